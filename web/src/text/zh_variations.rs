//! Simplified Chinese: variations.

use super::Variations;

/// Simplified Chinese.
pub(super) static ZH: Variations = Variations {
    about: "同一请求的多个片段，或每个取值一个。它们会依次发送，每个都是单独的片段、单独计费。",
    copies: "每种的片段数",
    guidance: "贴合度，例如 0.3, 0.5, 0.7",
    seconds: "时长，例如 3, 5, 8",
    ratios: "画幅",
    own: "与表单相同",
    send: |count, cost| format!("发送 {count} 个片段，约 {cost}"),
    another: "另一个系列还没有完成。请先发送或放弃剩下的部分。",
    too_many: |most| format!("超过了 {most} 个片段。请减少取值。"),
    form_first: |why| format!("表单还不能发送：{why}"),
    sending: |number, count| format!("正在发送第 {number} 个，共 {count} 个。"),
    waiting: |secs| format!("服务商要求等待：{secs} 秒。"),
    stopping: "正在发送的这个完成后停止。",
    rest: |count, cost| format!("系列中还有 {count} 个片段没有发送，约 {cost}。"),
    stop: "停止",
    go_on: "发送剩下的",
    discard: "放弃剩下的",
    discarded: |count| format!("已放弃 {count} 个未发送的片段"),
    all_sent: "系列中的片段已全部发送",
    not_kept: "浏览器无法保存这个系列，因此没有继续发送。",
    not_reached: "密钥已随保存它的标签页消失。请重新连接，再发送剩下的。",
    cannot_send: "系列中有一个片段已无法发送，已略过。",
    unsure: "不知道最后一个是否送达：可能已收费。不会再次发送。",
    refused: |why| format!("有一个未被接受：{why}"),
    too_many_waits: "服务商一再要求等待。",
};
