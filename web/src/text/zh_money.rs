//! Simplified Chinese: money.

use super::Money;

/// Simplified Chinese.
pub(super) static ZH: Money = Money {
    not_known: "时长确定后才知道价格。",
    source: |source, day| format!("{source}；{day}。"),
    rates: "单价",
    rates_about: "每秒的美元价格。请填写您实际支付的价格；留空则用价格表。",
    silent: "无声",
    sound: "有声",
    use_table: "恢复价格表的单价",
    budget: "预算",
    budget_about: "单位为美元。超出之前会先询问；您总可以继续。",
    per_day: "每天",
    in_all: "总计",
    none: "无",
    no_amount: "这不是金额。请填写例如 0.126 或 5。",
    spent: "已花费",
    spent_about: "根据保存在此浏览器中的片段（包括已删除的），按当时的估价计算。可能收费的也计入预算。",
    today: "今天",
    ever: "总计",
    billed: "已收费",
    unknown: "可能收费：进行中、失败或不确定",
    not_billed: "未收费",
    takes: |count| format!("{count} 个片段"),
    was_billed: "已收费",
    was_unknown: "可能收费",
    was_not: "未收费",
    asks: |is_day, spent, budget, cost| {
        let when = if is_day { "今天" } else { "总计" };
        format!("{when}已花费 {spent}，预算为 {budget}。这次大约需要 {cost}。")
    },
    go_on: |cost| format!("仍然继续，{cost}"),
    stay: "不发送",
    change: "修改预算",
};
