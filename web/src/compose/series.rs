//! A series of takes, sent one after another: each an intent of its own, in the ledger before its `POST`. What is not
//! sent yet is kept, and is only ever sent by its author's word: not by a reload, not after an answer that nobody
//! understands.

use std::{cell::Cell, pin::Pin};

use leptos::prelude::*;
use rushes_core::FailureKind;

use super::{
    compile, kept_pictures,
    named::{self, Item},
    saved,
    state::Composer,
    variations::Variation,
};
use crate::{
    app::{Politeness, announce},
    desk::{Desk, Sent, new_id, send_as},
    ledger::{Ledger, Trouble, locks},
    money::purse,
    storage,
    task::{sleep, spawn},
    text::{self, t},
};

/// The lock of the one tab that sends.
const LOCK: &str = "rushes-series";
/// The name that its images are kept under.
const PICTURES: &str = "series";
/// How long is waited after a 429 that does not say, in milliseconds.
const WAIT_MS: u64 = 60_000;
/// How often one take waits for a 429 before its author is asked.
const MOST_WAITS: u32 = 5;

/// What goes on.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Phase {
    /// Nothing: the rest, if there is one, waits for its author.
    #[default]
    Still,
    /// One is being sent.
    Sending,
    /// The provider asked to wait so many seconds.
    Waiting(u64),
    /// It will stop behind the one that is being sent.
    Stopping,
}

/// How a series stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// What goes on.
    pub phase: Phase,
    /// What is not sent: ids and labels.
    pub rest: Vec<(String, String)>,
    /// What the rest will cost, in millionths of a US dollar.
    pub cost: u64,
    /// How many this page has sent.
    pub sent: usize,
    /// Why it stands still, if not by its author's word.
    pub reason: Option<String>,
}

/// Handle of the series, given by context; it stands as long as the page.
#[derive(Clone, Copy)]
pub struct Series(&'static Parts);

struct Parts {
    status: ArcRwSignal<Status>,
    composer: Composer,
    desk: Desk,
    ledger: Ledger,
}

thread_local! {
    static IS_STOPPED: Cell<bool> = const { Cell::new(false) };
    static IS_RUNNING: Cell<bool> = const { Cell::new(false) };
}

/// Gives the series to everything below, and offers what another visit left unsent.
pub fn provide_series() {
    let series = Series(Box::leak(Box::new(Parts {
        status: ArcRwSignal::default(),
        composer: expect_context(),
        desk: expect_context(),
        ledger: expect_context(),
    })));
    provide_context(series);
    series.offer();
    crate::dom::listen(&window(), "storage", move |event| {
        let event: &web_sys::StorageEvent = wasm_bindgen::JsCast::unchecked_ref(&event);
        if event.key().as_deref() == Some(storage::SERIES) && !IS_RUNNING.get() {
            series.offer();
        }
    });
}

fn stored() -> Vec<Item> {
    named::stored(storage::SERIES)
}

fn store(items: &[Item]) -> bool {
    storage::store(storage::SERIES, &named::write(items))
}

crate::part! { in variations;
    /// Offers what another visit, or another tab, left unsent.
    fn look_for_series(series: Series) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(series.look())
    }
}

impl Series {
    /// How it stands; reactively.
    pub fn status(self) -> Status {
        self.0.status.get()
    }

    /// Looks for what is left, where there may be something, or is said to be.
    fn offer(self) {
        let is_kept = storage::stored(storage::SERIES).is_some_and(|kept| !kept.is_empty());
        let is_told = || {
            self.0
                .status
                .with_untracked(|status| *status != Status::default())
        };
        if is_kept || is_told() {
            spawn(async move {
                // Without the part nothing is offered, and what is left stays for another visit.
                if let Ok(looking) = look_for_series(self).await {
                    looking.await;
                }
            });
        }
    }

    /// Starts a series: kept whole, then sent one by one. Nothing happens while another waits.
    pub fn start(self, variations: Vec<Variation>) {
        let items: Vec<Item> = variations
            .into_iter()
            .map(|one| Item {
                id: new_id(),
                name: one.label,
                text: saved::write(&one.form),
            })
            .collect();
        spawn(async move {
            let form = self.0.composer.now(Clone::clone);
            let is_kept = kept_pictures::keep_as(PICTURES, &form).await.is_ok() && store(&items);
            if is_kept {
                self.run().await;
            } else {
                self.stand(Some(text::variations().not_kept.to_owned()));
            }
        });
    }

    /// Sends what is not sent yet.
    pub fn go_on(self) {
        spawn(self.run());
    }

    /// Stops behind the one that is being sent.
    pub fn stop(self) {
        IS_STOPPED.set(true);
        self.0.status.update(|status| status.phase = Phase::Stopping);
    }

    /// Gives up what is not sent: the labels and forms of it, so that they can be taken back.
    pub fn discard(self) -> Vec<Item> {
        let items = stored();
        store(&[]);
        self.stand(None);
        items
    }

    /// Takes that back.
    pub fn take_back(self, items: &[Item]) {
        store(items);
        self.stand(None);
    }

    /// Takes one out that is not sent: where it stood, and it. The one that is being sent stays.
    pub fn remove(self, id: &str) -> Option<(usize, Item)> {
        let is_first = self.0.status.with_untracked(|status| {
            status.phase != Phase::Still && status.rest.first().is_some_and(|one| one.0 == id)
        });
        let mut items = stored();
        let place = items
            .iter()
            .position(|item| item.id == id)
            .filter(|_| !is_first)?;
        let item = items.remove(place);
        store(&items);
        self.count_again();
        Some((place, item))
    }

    /// Puts one back that was taken out.
    pub fn put_back(self, place: usize, item: Item) {
        let mut items = stored();
        items.insert(place.min(items.len()), item);
        store(&items);
        self.count_again();
    }

    /// Brings what is left up to date, whatever goes on.
    fn count_again(self) {
        let (phase, reason) = self
            .0
            .status
            .with_untracked(|status| (status.phase.clone(), status.reason.clone()));
        let first = self
            .0
            .status
            .with_untracked(|status| status.rest.first().cloned());
        let is_running = phase != Phase::Still;
        self.tell(phase, reason);
        // The one that is on its way is in the ledger by now, and still part of what is counted.
        if let Some(first) = first.filter(|_| is_running) {
            self.0.status.update(|status| {
                if status.rest.iter().all(|one| one.0 != first.0) {
                    status.rest.insert(0, first);
                }
            });
        }
    }

    /// Waits until no other tab sends, then offers what is left.
    async fn look(self) {
        if stored().is_empty() {
            if !IS_RUNNING.get() {
                self.stand(None);
            }
            return;
        }
        let _no_other = locks::hold(LOCK).await;
        if self.until_loaded().await && !IS_RUNNING.get() {
            self.stand(None);
        }
    }

    /// Waits for the records: only they tell what was sent. Whether they came.
    async fn until_loaded(self) -> bool {
        if !self.0.desk.opened().await {
            return false;
        }
        while !self.0.ledger.is_loaded.get_untracked() {
            sleep(50).await;
        }
        true
    }

    /// What is not sent: an item whose id is in the ledger was.
    fn rest(self) -> Vec<Item> {
        let mut items = stored();
        items.retain(|item| self.0.ledger.entry(&item.id).is_none());
        items
    }

    fn tell(self, phase: Phase, reason: Option<String>) {
        let rest = self.rest();
        let rates = untrack(|| purse().rates());
        let cost = rest.iter().map(|item| cost(item, &rates)).sum();
        self.0.status.update(|status| {
            status.rest = rest.into_iter().map(|item| (item.id, item.name)).collect();
            (status.phase, status.reason, status.cost) = (phase, reason, cost);
        });
    }

    fn stand(self, reason: Option<String>) {
        if let Some(reason) = &reason {
            announce(reason.clone(), Politeness::Polite);
        }
        self.tell(Phase::Still, reason);
    }

    async fn run(self) {
        if IS_RUNNING.replace(true) {
            return;
        }
        IS_STOPPED.set(false);
        self.0.status.update(|status| status.sent = 0);
        let _only_one = locks::hold(LOCK).await;
        let reason = if self.until_loaded().await {
            self.send_all().await
        } else {
            Some(t().demand.missing.to_owned())
        };
        IS_RUNNING.set(false);
        if reason.is_none() && self.rest().is_empty() {
            store(&[]);
            // Images that nobody needs are only room.
            drop(kept_pictures::forget(PICTURES).await);
            announce(text::variations().all_sent, Politeness::Polite);
        }
        self.stand(reason);
    }

    /// Sends until nothing is left, its author says so, or something must be decided: why it stopped then.
    async fn send_all(self) -> Option<String> {
        let mut waits = 0;
        while let Some(item) = self.rest().into_iter().next() {
            if IS_STOPPED.get() {
                return None;
            }
            self.tell(Phase::Sending, None);
            match self.send(&item).await {
                Outcome::Sent => {
                    waits = 0;
                    drop_item(&item.id);
                    self.0.status.update(|status| status.sent += 1);
                }
                Outcome::Wait(ms) if waits < MOST_WAITS => {
                    waits += 1;
                    // Surely not accepted: the same request may be sent again, as an intent of its own.
                    rename(&item.id);
                    if !self.wait(ms).await {
                        return None;
                    }
                }
                Outcome::Wait(_) => {
                    rename(&item.id);
                    return Some(text::variations().too_many_waits.to_owned());
                }
                Outcome::Halt(reason) => return Some(reason),
                Outcome::Decide(reason) => {
                    drop_item(&item.id);
                    return Some(reason);
                }
            }
        }
        None
    }

    async fn send(self, item: &Item) -> Outcome {
        let words = text::variations();
        let Some(mut form) = saved::read(&item.text) else {
            return Outcome::Decide(words.cannot_send.to_owned());
        };
        if kept_pictures::bring(PICTURES, &mut form, self.0.composer)
            .await
            .is_err()
        {
            return Outcome::Decide(words.cannot_send.to_owned());
        }
        let Ok(checked) = compile::judge(&form) else {
            return Outcome::Decide(words.cannot_send.to_owned());
        };
        let estimate = checked.request.estimate(&untrack(|| purse().rates()));
        let sending = send_as(
            self.0.desk,
            item.id.clone(),
            checked.request,
            estimate,
            form.continues(),
        );
        let Ok(sending) = sending.await else {
            return Outcome::Halt(t().demand.missing.to_owned());
        };
        match sending.await {
            Sent::Accepted => Outcome::Sent,
            Sent::Unsure => Outcome::Decide(words.unsure.to_owned()),
            Sent::NotWritten => Outcome::Halt(words.not_kept.to_owned()),
            Sent::NotReached => Outcome::Halt(words.not_reached.to_owned()),
            Sent::Refused(trouble) => refused(&trouble),
        }
    }

    /// Waits, saying how long still; whether it may go on.
    async fn wait(self, ms: u64) -> bool {
        let mut left = ms.div_ceil(1_000);
        announce((text::variations().waiting)(left), Politeness::Polite);
        while left > 0 {
            if IS_STOPPED.get() {
                return false;
            }
            self.tell(Phase::Waiting(left), None);
            sleep(1_000).await;
            left -= 1;
        }
        !IS_STOPPED.get()
    }
}

fn drop_item(id: &str) {
    let mut items = stored();
    items.retain(|item| item.id != id);
    store(&items);
}

fn rename(id: &str) {
    let mut items = stored();
    if let Some(item) = items.iter_mut().find(|item| item.id == id) {
        item.id = new_id();
    }
    store(&items);
}

/// What became of one.
enum Outcome {
    Sent,
    /// Not accepted: too many at once.
    Wait(u64),
    /// Not sent, and still to be sent; why.
    Halt(String),
    /// Its author must decide; why.
    Decide(String),
}

fn refused(trouble: &Trouble) -> Outcome {
    if trouble.kind() == FailureKind::RateLimit {
        Outcome::Wait(trouble.retry_after_ms.unwrap_or(WAIT_MS))
    } else {
        Outcome::Decide((text::variations().refused)(&trouble.message))
    }
}

fn cost(item: &Item, rates: &rushes_core::price::Rates) -> u64 {
    let form = saved::read(&item.text);
    let seconds = form
        .as_ref()
        .and_then(|form| super::price_line::billable(form.total_seconds()?));
    seconds.map_or(0, |seconds| {
        let sound = form.is_some_and(|form| form.sound);
        rushes_core::price::estimate(seconds, sound, rates).micro_usd
    })
}
