//! English: money.

use super::Money;

/// English.
pub(super) static EN: Money = Money {
    not_known: "The price is known once the length is.",
    source: |source, day| format!("{source}; {day}."),
    rates: "Rate",
    rates_about: "US dollars a second. Set what you really pay; empty means the table’s.",
    silent: "Silent",
    sound: "With sound",
    use_table: "Back to the table’s rate",
    budget: "Budget",
    budget_about: "US dollars. You are asked before it is passed; you can always go on.",
    per_day: "A day",
    in_all: "In all",
    none: "none",
    no_amount: "That is no amount. Write for example 0.126 or 5.",
    spent: "Spent",
    spent_about: "From the takes kept in this browser, also deleted ones, by the estimate at the time. What may be charged counts against the budget.",
    today: "Today",
    ever: "In all",
    billed: "Charged",
    unknown: "May be charged: running, failed or not sure",
    not_billed: "Not charged",
    takes: |count| {
        if count == 1 {
            "1 take".to_owned()
        } else {
            format!("{count} takes")
        }
    },
    was_billed: "charged",
    was_unknown: "may be charged",
    was_not: "not charged",
    asks: |is_day, spent, budget, cost| {
        let when = if is_day { "today" } else { "in all" };
        format!("{spent} of {budget} are spent {when}. This costs about {cost}.")
    },
    go_on: |cost| format!("Go on for {cost}"),
    stay: "Do not send",
    change: "Change the budget",
};
