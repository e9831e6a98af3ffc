//! Simplified Chinese: words of watching.

use super::watching::Watching;

/// Simplified Chinese.
pub(super) static ZH: Watching = Watching {
    usual: |half, most| format!("通常约 {half}，十次中有九次在 {most} 内完成。"),
    tell: "完成时通知我",
    tell_off: "不用通知我",
    will_tell: "只要此页面开着，完成时会用通知和轻声提示您。",
    will_sound: "只要此页面开着，完成时会用轻声提示您：此浏览器不显示本页的通知。",
    fix_prompt: "修改提示词",
    other_image: "换一张图片",
    change_key: "更换密钥",
    top_up: "请先在服务商处充值，再重新发送。",
    wait: |clock| format!("请等待 {clock}"),
    find_file: "在磁盘上找文件…",
    not_a_video: "该文件不是视频。",
    download_all: "全部下载",
    ask_to_keep: "请浏览器保留",
    will_keep: "浏览器不会自行清除此处保存的内容。",
    may_clear: "浏览器不保证保留：重要的请下载。",
};
