//! Simplified Chinese: what opens rooms.

use super::Doors;

/// Simplified Chinese.
pub(super) static ZH: Doors = Doors {
    archive: "归档",
    zip: "打包下载",
    open_request: "打开文件：请求、视频或归档",
    save_request: "将请求存为文件",
    share_request: "复制请求的链接",
    frames: "取自片段",
    frames_title: "片段的一帧",
    adjust: "裁剪…",
    darkroom: "修正图片",
    camera: "拍照",
    camera_title: "拍一张照片",
    connect: "请求发往何处",
    unlock: "查看别处的片段",
    words_for: |field| format!("词语：{field}"),
    palette: "模型认识的词语",
    drafts: "草稿",
    money: "价格与预算",
    budget: "这会超出您的预算",
    request: "请求内容",
    variations: "变体",
};
