//! How what happens to a take is written down: on disk first, then on the screen.
//!
//! What a disk refuses (no room, for a moment or for long) still happened: it is owed to the record, goes before the next
//! write of it, and is tried again by itself until it is there.

use std::cell::{Cell, RefCell};

use rushes_core::watch::wait_between;

use super::{Durability, Entry, Event, KeptFile, Ledger, SCHEMA, State, StoreError, Take, now_ms, room};
use crate::task::{sleep, spawn};

/// How long until what a disk refused is tried again, in milliseconds: at first, and at most.
const AGAIN_MS: (u32, u32) = (1_000, 60_000);

/// What happened and is not on disk, in the order in which it happened.
#[derive(Default)]
pub(super) struct Owed {
    events: RefCell<Vec<Debt>>,
    count: Cell<u64>,
    is_trying: Cell<bool>,
}

#[derive(Clone)]
struct Debt {
    number: u64,
    id: String,
    event: Event,
}

impl Owed {
    fn add(&self, id: &str, event: Event) {
        self.count.set(self.count.get() + 1);
        self.events.borrow_mut().push(Debt {
            number: self.count.get(),
            id: id.to_owned(),
            event,
        });
    }

    fn of(&self, id: &str) -> Vec<Debt> {
        let events = self.events.borrow();
        events.iter().filter(|debt| debt.id == id).cloned().collect()
    }

    fn settle(&self, paid: &[Debt]) {
        self.events
            .borrow_mut()
            .retain(|debt| paid.iter().all(|other| other.number != debt.number));
    }

    /// Whether nothing is owed.
    pub(super) fn is_empty(&self) -> bool {
        self.events.borrow().is_empty()
    }

    /// The record that has waited longest.
    fn first(&self) -> Option<String> {
        self.events.borrow().first().map(|debt| debt.id.clone())
    }
}

impl Ledger {
    /// Lets an event happen to a take: on disk first, then on the screen. Says how the take stands after it.
    pub async fn apply(self, id: &str, event: &Event) -> Option<Take> {
        // Seen again at the next look; everything else is lost for good if it is lost.
        let is_passing = match event {
            Event::Saw(state) => !state.is_end(),
            Event::Missed(_) => true,
            _ => false,
        };
        let owed = self.with_inner(|inner| inner.owed.of(id));
        let durability = if is_passing && owed.is_empty() {
            Durability::Relaxed
        } else {
            Durability::Strict
        };
        let store = self.store().await;
        let outcome = store
            .change(id, durability, |take| all_happen(take, &owed, Some(event)))
            .await;
        match &outcome {
            Ok(_) => self.with_inner(|inner| inner.owed.settle(&owed)),
            Err(_) if is_passing => {}
            Err(_) => {
                self.with_inner(|inner| inner.owed.add(id, event.clone()));
                self.pay_later();
            }
        }
        self.after_write(id, outcome, event)
    }

    /// Keeps the bytes of a take's video. Its record says so only once they are there.
    ///
    /// # Errors
    /// [`StoreError`]; then the record is as it was.
    pub async fn keep(self, id: &str, video: &web_sys::Blob, file: KeptFile) -> Result<(), StoreError> {
        let event = Event::Kept(file);
        let owed = self.with_inner(|inner| inner.owed.of(id));
        let outcome = self
            .store()
            .await
            .keep(id, video, |take| all_happen(take, &owed, Some(&event)))
            .await;
        match outcome {
            Ok(found) => {
                self.with_inner(|inner| inner.owed.settle(&owed));
                self.after_write(id, Ok(found), &event);
                room::ask_once_to_persist();
                self.forget_full();
                self.measure().await;
                Ok(())
            }
            Err(error) => {
                self.report(&error);
                Err(error)
            }
        }
    }

    /// A record as it was read, with what is owed to it.
    pub(super) fn with_owed(self, mut entry: Entry) -> Entry {
        if let Entry::Take(take) = &mut entry {
            all_happen(take, &self.with_inner(|inner| inner.owed.of(&take.id)), None);
        }
        entry
    }

    /// Tries to write down what is owed until it is there; once at a time.
    fn pay_later(self) {
        if self.with_inner(|inner| inner.owed.is_trying.replace(true)) {
            return;
        }
        spawn(async move {
            let mut wait_ms = AGAIN_MS.0;
            while let Some(id) = self.with_inner(|inner| inner.owed.first()) {
                sleep(wait_ms).await;
                let is_paid = self.pay(&id).await;
                wait_ms = if is_paid {
                    AGAIN_MS.0
                } else {
                    (wait_ms * 2).min(AGAIN_MS.1)
                };
            }
            self.with_inner(|inner| inner.owed.is_trying.set(false));
        });
    }

    async fn pay(self, id: &str) -> bool {
        let owed = self.with_inner(|inner| inner.owed.of(id));
        let store = self.store().await;
        let outcome = store
            .change(id, Durability::Strict, |take| all_happen(take, &owed, None))
            .await;
        let Ok(found) = outcome else { return false };
        self.with_inner(|inner| inner.owed.settle(&owed));
        if let Some(take) = found {
            self.show(Entry::Take(Box::new(take)));
            self.tell(id);
        }
        self.forget_full();
        true
    }

    fn after_write(self, id: &str, outcome: Result<Option<Take>, StoreError>, event: &Event) -> Option<Take> {
        let take = match outcome {
            Ok(Some(take)) => Some(take),
            // Never written (no room): it lives on in this page.
            Ok(None) => self.happen_here(id, event),
            Err(error) => {
                self.report(&error);
                self.happen_here(id, event)
            }
        }?;
        self.show(Entry::Take(Box::new(take.clone())));
        self.tell(id);
        Some(take)
    }

    fn happen_here(self, id: &str, event: &Event) -> Option<Take> {
        let mut take = self.take(id)?;
        happen(&mut take, event);
        Some(take)
    }
}

/// Lets what is owed to a record happen to it, and then an event; says whether it changed.
fn all_happen(take: &mut Take, owed: &[Debt], event: Option<&Event>) -> bool {
    let events = owed.iter().map(|debt| &debt.event).chain(event);
    events.fold(false, |changed, event| happen(take, event) | changed)
}

/// Lets an event happen to a record; says whether it changed.
fn happen(take: &mut Take, event: &Event) -> bool {
    let now_ms = now_ms();
    let Some(state) = take.state.after(event, now_ms) else {
        return false;
    };
    if let (State::Watched { watch, .. }, State::Succeeded { .. }) = (&take.state, &state) {
        let age_ms = |at_ms: u64| at_ms.saturating_sub(take.created_ms);
        take.took_ms = wait_between(watch.checked_ms.map_or(0, age_ms), age_ms(now_ms));
    }
    take.state = state;
    take.changed_ms = now_ms;
    take.schema = SCHEMA;
    true
}
