//! Simplified Chinese: a page without a network, and a newer page.

use super::Offline;

pub(super) static ZH: Offline = Offline {
    newer: "有新版本。",
    reload: "刷新以更新",
    reload_keeps: |forgets_key| {
        if forgets_key {
            "草稿和片段都会保留；本标签页的密钥需要重新填写。"
        } else {
            "草稿和片段都会保留。"
        }
    },
    no_network: "没有网络：草稿已保留",
    draft_stays: "没有网络，什么也没有发送。草稿保留在此；恢复联网后再按“生成”。",
    still_watching: "离线。进行中的任务在服务方那边继续；恢复联网后会接着查看。",
};
