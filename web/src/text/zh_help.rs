//! Simplified Chinese: what helps with writing.

use super::Help;

/// Simplified Chinese.
pub(super) static ZH: Help = Help {
    undo: "撤销",
    redo: "重做",
    undone: "已撤销",
    redone: "已重做",
    nothing_to_undo: "没有可撤销的操作",
    nothing_to_redo: "没有可重做的操作",
    earlier: |place, count, text| format!("第 {place} 条，共 {count} 条：{text}"),
    no_earlier: "以前没有发送过。",
    own_again: "又是您自己的文字",
};
