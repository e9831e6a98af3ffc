//! Simplified Chinese: where nothing was made yet.

use super::Beginning;

/// Simplified Chinese.
pub(super) static ZH: Beginning = Beginning {
    no_takes: "还没有片段。您生成的内容会出现在这里，刷新页面后仍在。",
    reading_takes: "正在读取您的片段…",
    empty_title: "还没有可放映的内容",
    empty: "写下应该看到什么，或拖入首帧图片，然后按“生成”。视频长 3 到 15 秒；有首帧图片时最多可分为五个镜头。",
    empty_free: "这台机器上的草稿引擎不收费。",
    ways: "您想怎样开始？",
    begin_local: "现在就试：草稿免费，不需要密钥",
    begin_gateway_here: "经此服务器",
    begin_here: "经本页的服务器",
    begin_key: "使用我的密钥…",
    begin_gateway: "使用网关…",
};
