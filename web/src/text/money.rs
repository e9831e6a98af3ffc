//! Words of money.

/// Words of money.
#[derive(Debug)]
pub struct Money {
    /// The price of what cannot be sent yet.
    pub not_known: &'static str,
    /// Where the rate comes from, by source and day.
    pub source: fn(&str, &str) -> String,
    /// Heading of the rate.
    pub rates: &'static str,
    /// What it is for.
    pub rates_about: &'static str,
    /// A second without sound.
    pub silent: &'static str,
    /// A second with sound.
    pub sound: &'static str,
    /// Back to the table's rate.
    pub use_table: &'static str,
    /// Heading of the budget.
    pub budget: &'static str,
    /// What it does.
    pub budget_about: &'static str,
    /// For a day.
    pub per_day: &'static str,
    /// For all takes.
    pub in_all: &'static str,
    /// Nothing is set.
    pub none: &'static str,
    /// What was typed is no amount.
    pub no_amount: &'static str,
    /// Heading of what was spent.
    pub spent: &'static str,
    /// How it is told.
    pub spent_about: &'static str,
    /// The column of today.
    pub today: &'static str,
    /// The column of all.
    pub ever: &'static str,
    /// The row of what was charged.
    pub billed: &'static str,
    /// The row of what may have been.
    pub unknown: &'static str,
    /// The row of what was not.
    pub not_billed: &'static str,
    /// So many takes.
    pub takes: fn(usize) -> String,
    /// A take was charged.
    pub was_billed: &'static str,
    /// A take may have been charged.
    pub was_unknown: &'static str,
    /// A take was not charged.
    pub was_not: &'static str,
    /// The question: whether it is the day's budget, spent, budget, cost.
    pub asks: fn(bool, &str, &str, &str) -> String,
    /// Goes on, for that cost.
    pub go_on: fn(&str) -> String,
    /// Does not.
    pub stay: &'static str,
    /// Opens the budget.
    pub change: &'static str,
}
