//! The purse: the rates and budgets that are set, what was spent, and the question before a budget is passed.

use std::{cell::RefCell, collections::HashMap, sync::OnceLock};

use leptos::prelude::*;
use rushes_core::price::Rates;

use super::{
    rate::Money,
    spent::{Entry, Passed, Spent, passed},
};
use crate::{
    compose::named::{self, Item},
    connection::{Connection, Mode},
    ledger::{Charge, Ledger, Standing, Take},
    storage,
    text::t,
};

/// Handle of the purse; it stands as long as the page.
#[derive(Clone, Copy, Debug)]
pub struct Purse(&'static Parts);

#[derive(Debug)]
struct Parts {
    money: ArcRwSignal<Money>,
    /// How often a deleted take was noted: what is kept of them is read again then.
    gone: ArcRwSignal<u32>,
    /// The budget that is about to be passed.
    asking: ArcRwSignal<Option<Passed>>,
}

thread_local! {
    /// What waits for the answer.
    static WAITING: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// The purse.
pub fn purse() -> Purse {
    static PURSE: OnceLock<Purse> = OnceLock::new();
    *PURSE.get_or_init(|| {
        let parts = Parts {
            money: ArcRwSignal::new(Money::read(&storage::stored(storage::MONEY).unwrap_or_default())),
            gone: ArcRwSignal::default(),
            asking: ArcRwSignal::default(),
        };
        Purse(Box::leak(Box::new(parts)))
    })
}

/// What deleted takes cost, under the takes' ids.
pub fn gone() -> Vec<Item> {
    named::stored(storage::SPENT)
}

/// Whether an item is what a take cost.
pub fn is_cost(item: &Item) -> bool {
    Entry::read(&item.text).is_some()
}

/// Adds what takes cost that were deleted elsewhere; whether the browser took it. What is known here stays as it is.
pub fn add_gone(more: &[Item]) -> bool {
    let mut items = gone();
    let fresh = named::fresh(&items, more);
    if fresh.is_empty() {
        return true;
    }
    items.extend(fresh.into_iter().cloned());
    let is_kept = storage::store(storage::SPENT, &named::write(&items));
    purse().0.gone.update(|count| *count += 1);
    is_kept
}

/// Takes were deleted, or that was taken back: what they cost stays in the sum.
pub fn note_deleted(takes: &[Take]) {
    let billed: HashMap<&str, (&Take, Entry)> = takes
        .iter()
        .map(|take| (take.id.as_str(), (take, Entry::of(take))))
        .filter(|(_, (_, entry))| entry.charge != Charge::NotBilled)
        .collect();
    if billed.is_empty() {
        return;
    }
    let mut items = gone();
    items.retain(|item| !billed.contains_key(item.id.as_str()));
    let deleted = billed.values().filter(|(take, _)| take.deleted_ms.is_some());
    items.extend(deleted.map(|(take, entry)| Item {
        id: take.id.clone(),
        name: String::new(),
        text: entry.write(),
    }));
    storage::remember(storage::SPENT, &named::write(&items));
    purse().0.gone.update(|count| *count += 1);
}

impl Purse {
    /// The rates that estimates are made with; reactively.
    pub fn rates(self) -> Rates {
        self.0.money.with(|money| money.rates(t().compose.own_rate))
    }

    /// What is set; reactively.
    pub fn money(self) -> Money {
        self.0.money.get()
    }

    /// Sets it.
    pub fn set(self, change: impl FnOnce(&mut Money)) {
        self.0.money.update(change);
        storage::remember(storage::MONEY, &self.0.money.with_untracked(Money::write));
    }

    /// What was spent, with what deleted takes cost; reactively.
    pub fn spent(self, ledger: Ledger) -> Spent {
        self.0.gone.track();
        let gone = gone();
        // One that was brought back counts once.
        let is_gone = |item: &&Item| ledger.take(&item.id).is_none();
        let gone = gone
            .iter()
            .filter(is_gone)
            .filter_map(|item| Entry::read(&item.text));
        // Of thousands of takes the cards are enough: a record changes with every answer of its task.
        ledger.takes.with(|takes| {
            let cards = takes.iter().map(|shelved| &*shelved.card);
            let there = cards.filter(|card| card.standing != Standing::Damaged);
            Spent::of(there.map(Entry::of_card).chain(gone), day_began_ms())
        })
    }

    /// The budget that is about to be passed; reactively.
    pub fn asking(self) -> Option<Passed> {
        self.0.asking.get()
    }

    /// Runs it, at once if no budget is passed by what it costs, otherwise once that was allowed. What the local
    /// engine makes is free.
    pub fn guard(self, ledger: Ledger, connection: Connection, cost: u64, run: impl FnOnce() + 'static) {
        let is_free = connection.mode.get_untracked() == Mode::Local;
        let over = untrack(|| passed(&self.money(), &self.spent(ledger), cost)).filter(|_| !is_free);
        match over {
            None => run(),
            Some(over) => {
                WAITING.set(Some(Box::new(run)));
                self.0.asking.set(Some(over));
            }
        }
    }

    /// The answer.
    pub fn answer(self, is_allowed: bool) {
        self.0.asking.set(None);
        if let Some(run) = WAITING.take()
            && is_allowed
        {
            run();
        }
    }
}

/// When the day began where the reader is, Unix milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a date after 1970, and whole milliseconds"
)]
fn day_began_ms() -> u64 {
    let day = js_sys::Date::new_0();
    day.set_hours(0);
    day.set_minutes(0);
    day.set_seconds(0);
    day.set_milliseconds(0);
    day.get_time() as u64
}

/// Today, `YYYY-MM-DD`.
pub fn today() -> String {
    let iso = String::from(js_sys::Date::new_0().to_iso_string());
    iso.get(..10).unwrap_or_default().to_owned()
}
