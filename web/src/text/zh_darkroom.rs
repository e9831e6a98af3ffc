//! Simplified Chinese: the darkroom.

use super::Labelled;
use super::darkroom::Darkroom;

/// Simplified Chinese.
pub(super) static ZH: Darkroom = Darkroom {
    title: "修正图片",
    adjust: "裁剪…",
    about: "这一切都在您的浏览器里完成，不会上传任何内容。",
    opening: "正在打开图片…",
    cannot_open: |format| format!("此浏览器无法打开 {format} 图片。"),
    convert: "请用其他程序把它另存为 JPEG 或 PNG，再选择那个文件。",
    shape: "形状",
    shape_free: "自由",
    crop: |width, height, left, top| format!("裁剪：{width} × {height} 像素，距左 {left}，距上 {top}"),
    crop_kind: "裁剪框",
    crop_hint: "拖动裁剪框或它的角。方向键移动，加 Shift 改变大小；也可以直接输入数字。",
    left: "左",
    top: "上",
    width: "宽",
    height: "高",
    longest: Labelled {
        label: "长边最多",
        hint: "文件越小发送越快；视频最多 1,280 像素。",
    },
    numbers: "修正前后",
    before: "之前",
    after: "之后",
    pixels: "像素",
    ratio: "比例",
    size: "文件",
    format: "格式",
    location: "位置信息",
    location_there: "文件中有",
    location_none: "无",
    location_removed: "已移除位置信息",
    unknown: "…",
    turned: "已转正",
    use_it: "使用这张",
    cancel: "取消",
    done: |before, after| format!("图片已修正：{before} 变为 {after}。"),
    failed: "无法生成图片：可能是浏览器内存不足。请把长边改小一些。",
    camera: "拍照",
    camera_title: "拍一张照片",
    shoot: "拍摄",
    camera_wait: "正在启动摄像头…浏览器可能会询问是否允许本页使用。",
    camera_denied: "本页无权使用摄像头。请在浏览器的网站设置中允许，或改选文件。",
    camera_missing: "没有找到摄像头。请改选文件。",
    camera_failed: "摄像头没有启动；可能正被其他程序占用。",
    camera_insecure: "浏览器只允许通过 https 或本机打开的页面使用摄像头。",
    camera_view: "摄像头画面",
    camera_other: "切换摄像头",
    from_take: "取自成片…",
    frames_title: "成片中的一帧",
    no_takes: "此浏览器中还没有保存的成片。",
    choose_take: "成片",
    moment: "时刻",
    frame_back: "上一帧",
    frame_on: "下一帧",
    frame_first: "首帧",
    frame_last: "尾帧",
    at_seconds: |seconds| format!("{seconds} 秒"),
    use_frame: |is_end| {
        if is_end {
            "用作尾帧图片"
        } else {
            "用作首帧图片"
        }
    },
    frame_view: "这一帧",
};
