//! What was spent, from the ledger's records: what was charged, what may have been and what surely was not are kept
//! apart. Amounts are the estimates that stood on the button; nobody tells more.

use super::rate::Money;
use crate::ledger::{Card, Charge, Take};

/// One take's part in the sum; what is left of a deleted one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was sent, Unix milliseconds.
    pub at_ms: u64,
    /// Whether it was charged.
    pub charge: Charge,
    /// The estimate, in millionths of a US dollar.
    pub micro_usd: u64,
}

impl Entry {
    /// Of that take.
    pub fn of(take: &Take) -> Self {
        Self {
            at_ms: take.created_ms,
            charge: Charge::of(take),
            micro_usd: take.price.micro_usd,
        }
    }

    /// Of the take of that card.
    pub fn of_card(card: &Card) -> Self {
        Self {
            at_ms: card.created_ms,
            charge: card.charge,
            micro_usd: card.micro_usd,
        }
    }

    /// As one text.
    pub fn write(&self) -> String {
        let charge = match self.charge {
            Charge::Billed => "billed",
            Charge::Unknown => "unknown",
            Charge::NotBilled => "not",
        };
        [charge, &self.at_ms.to_string(), &self.micro_usd.to_string()].join(" ")
    }

    /// Of such a text.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let charge = match parts.next()? {
            "billed" => Charge::Billed,
            "unknown" => Charge::Unknown,
            "not" => Charge::NotBilled,
            _ => return None,
        };
        Some(Self {
            charge,
            at_ms: parts.next()?.parse().ok()?,
            micro_usd: parts.next()?.parse().ok()?,
        })
    }
}

/// Sums over takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Charged, in millionths of a US dollar.
    pub billed: u64,
    /// Perhaps charged, in millionths of a US dollar.
    pub unknown: u64,
    /// How many were not charged.
    pub not_billed: usize,
}

impl Sum {
    /// What counts against a budget: what was charged and what may have been.
    pub fn counted(&self) -> u64 {
        self.billed.saturating_add(self.unknown)
    }

    fn add(&mut self, entry: &Entry) {
        match entry.charge {
            Charge::Billed => self.billed = self.billed.saturating_add(entry.micro_usd),
            Charge::Unknown => self.unknown = self.unknown.saturating_add(entry.micro_usd),
            Charge::NotBilled => self.not_billed += 1,
        }
    }
}

/// What was spent since the day began, and in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Since the day began.
    pub today: Sum,
    /// In all.
    pub all: Sum,
}

impl Spent {
    /// Of those entries; the day began at `day_ms`.
    pub fn of(entries: impl IntoIterator<Item = Entry>, day_ms: u64) -> Self {
        let mut spent = Self::default();
        for entry in entries {
            spent.all.add(&entry);
            if entry.at_ms >= day_ms {
                spent.today.add(&entry);
            }
        }
        spent
    }
}

/// A budget that would be passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Whether it is the day's; otherwise that of all.
    pub is_day: bool,
    /// The budget, in millionths of a US dollar.
    pub budget: u64,
    /// What counts against it already.
    pub spent: u64,
    /// What would come to it.
    pub cost: u64,
}

/// The budget that a cost would pass, the day's first. To reach it is not to pass it.
pub fn passed(money: &Money, spent: &Spent, cost: u64) -> Option<Passed> {
    let sums = [(true, money.day, spent.today), (false, money.all, spent.all)];
    sums.into_iter().find_map(|(is_day, budget, sum)| {
        let (budget, spent) = (budget?, sum.counted());
        (spent.saturating_add(cost) > budget && cost > 0).then_some(Passed {
            is_day,
            budget,
            spent,
            cost,
        })
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(charge: Charge, at_ms: u64, micro_usd: u64) -> Entry {
        Entry {
            at_ms,
            charge,
            micro_usd,
        }
    }

    #[test]
    fn what_is_known_and_what_is_not_are_kept_apart() {
        let spent = Spent::of(
            [
                entry(Charge::Billed, 5, 630_000),
                entry(Charge::Billed, 15, 420_000),
                entry(Charge::Unknown, 16, 100_000),
                entry(Charge::NotBilled, 17, 900_000),
            ],
            10,
        );
        let sum = |billed, unknown, not_billed| Sum {
            billed,
            unknown,
            not_billed,
        };
        assert_eq!(
            (spent.today, spent.all),
            (sum(420_000, 100_000, 1), sum(1_050_000, 100_000, 1))
        );
    }

    #[test]
    fn a_budget_is_passed_by_a_millionth_and_not_by_reaching_it() {
        let spent = Spent::of(
            [
                entry(Charge::Billed, 1, 4_000_000),
                entry(Charge::Unknown, 20, 500_000),
            ],
            10,
        );
        let money = |day, all| Money {
            day,
            all,
            ..Money::default()
        };
        for (day, all, cost, is_day) in [
            (None, None, u64::MAX, None),
            (Some(1_130_000), None, 630_000, None),
            (Some(1_129_999), None, 630_000, Some(true)),
            (None, Some(5_130_000), 630_000, None),
            (None, Some(5_129_999), 630_000, Some(false)),
            (Some(0), Some(0), 1, Some(true)),
            (Some(0), Some(0), 0, None),
            (Some(u64::MAX), None, u64::MAX, None),
        ] {
            let found = passed(&money(day, all), &spent, cost);
            assert_eq!(
                found.map(|passed| passed.is_day),
                is_day,
                "{day:?} {all:?} {cost}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_deleted_take_still_counts(charge in 0..3, at_ms in any::<u64>(), micro_usd in any::<u64>()) {
            let charge = [Charge::Billed, Charge::Unknown, Charge::NotBilled][usize::try_from(charge).expect("small")];
            let entry = entry(charge, at_ms, micro_usd);
            prop_assert_eq!(Entry::read(&entry.write()), Some(entry));
        }

        #[test]
        fn the_order_of_takes_does_not_matter(amounts in proptest::collection::vec((0_u64..9, 0_u64..99), 0..9)) {
            let entries: Vec<Entry> = amounts.into_iter().map(|(at, micro)| entry(Charge::Billed, at, micro)).collect();
            let back = Spent::of(entries.iter().rev().cloned(), 5);
            prop_assert_eq!(Spent::of(entries, 5), back);
        }

        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,30}") {
            Entry::read(&text);
        }
    }
}
