//! The way to the takes' part of the program: ledger, watch, keeper, stage and library.
//!
//! Who has never sent anything needs none of it to compose. It comes when there may be something to look after: records
//! on this disk, a word from another tab, the first sign that somebody is here. And always before anything is sent.

use std::future::poll_fn;

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{Desk, world};
use crate::app::{Politeness, announce, tab_title};
use crate::dom::listen;
use crate::ids;
use crate::ledger;
use crate::library;
use crate::task::{after_ms, spawn};
use crate::text::t;

/// What somebody does first on a page. Presses and keys count when they are over: what is pressed must still be there
/// when its click comes.
const SIGNS: [&str; 5] = ["keyup", "input", "click", "paste", "drop"];

/// Whether the takes' part of the program is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Whether anything is kept here is being asked.
    Asking,
    /// Nobody asked for it.
    Closed,
    /// It is on its way.
    Opening,
    /// It did not arrive.
    Missing,
    /// It is here, and at work.
    Open,
}

crate::part! { in takes;
    /// Reads the ledger and sets to work, once.
    pub(crate) fn open_takes(desk: Desk) -> bool {
        if desk.door.get_untracked() != Door::Open {
            library::provide_library(desk.ledger);
            tab_title::follow_takes(desk.ledger);
            desk.ledger.read();
            desk.start();
            desk.door.set(Door::Open);
        }
        true
    }
}

impl Desk {
    /// Opens when there is a reason to.
    pub(super) fn attend(self) {
        world::follow_network(&self.is_online);
        for sign in SIGNS {
            // Where it did not arrive, its button asks again: a key pressed on that must find it where it is.
            listen(&window(), sign, move |_| {
                after_ms(0, move || {
                    if matches!(self.door.get_untracked(), Door::Asking | Door::Closed) {
                        self.open();
                    }
                });
            });
        }
        self.ledger.on_word(move || self.open());
        spawn(async move {
            if is_anything_kept().await {
                self.open();
            } else if self.door.get_untracked() == Door::Asking {
                self.door.set(Door::Closed);
            }
        });
    }

    /// Sets to work, unless it is at it; where the part did not arrive, tries once more.
    pub fn open(self) {
        if matches!(
            self.door.get_untracked(),
            Door::Asking | Door::Closed | Door::Missing
        ) {
            spawn(async move {
                self.opened().await;
            });
        }
    }

    /// Waits until it is at work. Where the part does not arrive, says so and gives `false`.
    pub async fn opened(self) -> bool {
        if self.door.get_untracked() == Door::Open {
            return true;
        }
        self.door.set(Door::Opening);
        let mut coming = Box::pin(open_takes(self));
        let arrived = poll_fn(|context| self.owner.with(|| coming.as_mut().poll(context))).await;
        if arrived.is_err() {
            self.door.set(Door::Missing);
            announce(t().demand.missing, Politeness::Assertive);
        }
        arrived.is_ok()
    }

    /// Shows where it is said that the part did not arrive.
    pub(super) fn show_missing(self) {
        self.columns.show(ids::STAGE);
    }
}

/// Whether this browser may hold records. Where it does not tell, it may.
async fn is_anything_kept() -> bool {
    let Some(names) = databases().await else {
        return true;
    };
    names.iter().any(|database| {
        let name = Reflect::get(&database, &"name".into()).ok();
        name.and_then(|name| name.as_string()).as_deref() == Some(ledger::NAME)
    })
}

/// Every database of this origin, as the browser describes them.
async fn databases() -> Option<Array> {
    let factory = window().indexed_db().ok().flatten()?;
    let ask: Function = Reflect::get(&factory, &"databases".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let asked: Promise = ask.call0(&factory).ok()?.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()?.dyn_into().ok()
}
