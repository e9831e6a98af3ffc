//! Simplified Chinese: requests that travel.

use rushes_film::Difference;

use super::paper::Paper;

/// Simplified Chinese.
pub(super) static ZH: Paper = Paper {
    carry: "把请求写进保存的文件",
    carry_list: "提示词、时长、引导强度、声音、画幅、镜头，以及不超过 1.5 MB 的图片。没有密钥，没有姓名，没有签名链接。把文件拖到本页即可找回请求。",
    not_carried: |why| format!("已保存，但没有写入请求：{why}。"),
    came_back: |name| format!("表单现在是 {name} 所带的请求。"),
    nothing_in: |name| format!("{name} 里没有本页的请求。"),
    left_out: |start, end| {
        match (start, end) {
            (true, true) => "它的图片不在其中，请重新添加。",
            (true, false) => "它的首帧图片不在其中，请重新添加。",
            _ => "它的尾帧图片不在其中，请重新添加。",
        }
        .to_owned()
    },
    link_copied: "已复制此请求的链接。请求就在链接里，任何服务器上都没有。",
    link_copied_bare: "已复制此请求的链接，但不含图片：图片只随保存的文件一起走。",
    link_failed: "无法复制链接：此浏览器不允许本页写入剪贴板。",
    link_opened: "表单现在是链接里的请求。没有发送任何内容。",
    link_broken: "链接里没有可读的请求；可能不完整。",
    continues: "接续",
    sequence: |takes| format!("{takes} 个片段的连播…"),
    sequence_title: "连播",
    sequence_wait: "正在拼接…",
    sequence_about: |takes| format!("{takes} 个片段原样相接，没有重新编码。"),
    sequence_save: "存为一个 MP4",
    sequence_each: "逐个保存",
    differs: |take, what| {
        let what = match what {
            Difference::Tracks => "只有一个有声音",
            Difference::Size => "画面大小不同",
            Difference::Codec => "编码方式不同",
            Difference::Time => "计时方式不同",
        };
        format!("第 {take} 个不能与第一个放进同一个文件：{what}。")
    },
    flawed: |take, why| format!("第 {take} 个不能放进同一个文件：{why}。"),
    apart: "这些片段无法放进同一个文件。",
    sequence_player: "连播画面",
};
