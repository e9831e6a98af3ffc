//! Simplified Chinese: parts of the page that are loaded when they are needed.

use super::Demand;

pub(super) static ZH: Demand = Demand {
    coming: "正在加载…",
    missing: "页面的这一部分没有加载成功。请检查网络后重试；如果仍然不行，请重新加载页面。你做的一切都不会丢失。",
    again: "重试",
};
