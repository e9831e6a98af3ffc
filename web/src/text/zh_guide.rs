//! Simplified Chinese: the guide through the first take.

use super::Guide;
use crate::help::steps::Step;

pub(super) static ZH: Guide = Guide {
    title: "入门步骤",
    count: |step, of| format!("第 {step} 步，共 {of} 步："),
    say: |step| match step {
        Step::Begin => "您的第一个视频：从示例开始，或自己写。",
        Step::Send => "费用显示在“生成”旁边。按下之前什么也不会发送。",
        Step::Watch => "正在制作。可以看放映区，写下一个，或关闭页面：制作会继续。",
        Step::Kept => "已保存在此浏览器。可以在片库里找到它，任何一帧都能作为下一个的开头。",
    },
    example: "试试示例",
    to_generate: "带我去",
    to_stage: "去放映区",
    to_library: "去片库",
    done: "知道了",
    hide: "收起入门步骤",
    invite: "制作第一个",
};
