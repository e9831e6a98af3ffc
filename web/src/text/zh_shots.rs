//! Simplified Chinese: shots.

use rushes_core::limits::DURATION_MAX_SECS;

use super::{Shots, format::number};

/// Simplified Chinese.
pub(super) static ZH: Shots = Shots {
    plan: "构成",
    plan_one: "一镜到底",
    plan_shots: "分镜",
    reason_text: "镜头会写进提示词，每个镜头一行。",
    reason_image: "模型只接受尾帧图片或分镜之一。",
    shots_aside: |count, with_end| {
        let why = if with_end {
            "模型只接受尾帧图片或分镜之一"
        } else {
            "现在是一镜到底"
        };
        format!("您的 {count} 个镜头暂时不用：{why}。内容都保留着。")
    },
    use_shots: "改用分镜",
    end_aside: |name| format!("{name} 暂时不用：模型只接受尾帧图片或分镜之一。图片保留着。"),
    end_unnamed: "您的尾帧图片",
    use_end: "改用它",
    add_end: "改用尾帧图片",
    prompt_beside: "有镜头时模型可能忽略这里：请写进镜头 1。但它仍是必填项，所以也留在这里。",
    prompt_before: "放在镜头之前；可以留空。",
    move_in: "写进镜头 1",
    compiled: "实际发送的提示词",
    seconds: |seconds| format!("{seconds} 秒，各镜头之和"),
    timeline: "时间线",
    timeline_help: "拖动镜头可以移动它，拖动边缘可以改变时长。",
    timeline_keys: "按键：← → 选择镜头，⇧ ← → 移动镜头，↑ ↓ 改变秒数，回车编辑文字。",
    frame: |shot, seconds, words| {
        if words.is_empty() {
            format!("镜头 {shot}，{seconds} 秒，还没有文字")
        } else {
            format!("镜头 {shot}，{seconds} 秒：{words}")
        }
    },
    edge: |shot| format!("镜头 {shot} 的结尾"),
    edge_value: |seconds| format!("{seconds} 秒"),
    resized: |shot, seconds| format!("镜头 {shot} 现在是 {seconds} 秒"),
    shot: |shot| format!("镜头 {shot}"),
    placeholder: "这个镜头里看到什么",
    shot_seconds: |shot| format!("镜头 {shot} 的秒数"),
    add: "添加镜头",
    no_room: "15 秒最多容纳五个 3 秒的镜头。",
    move_up: |shot| format!("上移镜头 {shot}"),
    move_down: |shot| format!("下移镜头 {shot}"),
    split: |shot| format!("在光标处拆分镜头 {shot}"),
    was_split: |shot| format!("镜头 {shot} 已拆成两个"),
    merge: |shot| format!("把镜头 {shot} 与下一个合并"),
    was_merged: |shot| format!("镜头 {shot} 与 {} 已合并", shot + 1),
    copy: |shot| format!("复制镜头 {shot}"),
    was_copied: |shot| format!("镜头 {shot} 已复制"),
    remove: |shot| format!("删除镜头 {shot}"),
    was_removed: |shot| format!("镜头 {shot} 已删除"),
    was_moved: |from, to| format!("镜头 {from} 现在是镜头 {to}"),
    total: |sum| {
        let max = f64::from(DURATION_MAX_SECS);
        if sum > max {
            format!(
                "{} / {DURATION_MAX_SECS} 秒，超出 {} 秒",
                number(sum),
                number(sum - max)
            )
        } else {
            format!(
                "{} / {DURATION_MAX_SECS} 秒，还剩 {} 秒",
                number(sum),
                number(max - sum)
            )
        }
    },
};
