//! The right column.

use leptos::prelude::*;

use super::chosen::chosen_bar;
use super::finder::{finder, views};
use super::room::room;
use super::row::row;
use super::selection::Selection;
use super::shelf::Shelf;
use crate::app::{Politeness, announce};
use crate::desk::Desk;
use crate::dom::{El, el, live};
use crate::ids;
use crate::kit::{Toaster, Tone, button, use_toaster};
use crate::ledger::{Ledger, Standing, StorageTrouble, ask_to_persist};
use crate::task::{follow, spawn};
use crate::text::{self, t};

/// From how many takes on they can be searched.
const FIND_FROM: usize = 4;

/// The right column: what runs, what needs a decision, and all that is kept.
pub fn library() -> El {
    let ledger = expect_context::<Ledger>();
    let shelf = expect_context::<Shelf>();
    let head = el("div")
        .class("column-head")
        .child(
            el("h2")
                .id("library-title")
                .attr("tabindex", "-1")
                .say(t().shell.library),
        )
        .swap(
            move || summary(ledger),
            |words| (!words.is_empty()).then(|| el("p").class("takes-summary num").say(words.clone())),
        );
    let column = el("section")
        .class("column library")
        .id(ids::LIBRARY)
        .attr("aria-labelledby", "library-title")
        .set("aria-busy", move || {
            (!ledger.is_loaded.get()).then(|| "true".into())
        })
        .child(head);
    let queue = el("ul")
        .class("take-list")
        .attr("aria-label", text::library().queue)
        .each(
            move || shelf.found.with(|found| found.queue.clone()),
            move |id| row(ledger, id),
        );
    super::focus::keep_in_queue(shelf, queue.node());
    forget_gone(shelf);
    troubles(column, ledger)
        .swap(
            move || nothing(shelf),
            move |words| {
                let is_new = move || ledger.is_loaded.get() && ledger.takes.with(Vec::is_empty);
                words.map(|words| {
                    el("div")
                        .class("takes-none")
                        .child(el("p").say(words))
                        .when(is_new, crate::app::invite)
                })
            },
        )
        .child(queue)
        .when(
            move || ledger.takes.with(|takes| !takes.is_empty()),
            move || shelf_room(shelf),
        )
}

fn shelf_room(shelf: Shelf) -> El {
    el("div")
        .class("shelf-room")
        .when(
            move || shelf.ledger.takes.with(Vec::len) >= FIND_FROM,
            move || finder(shelf),
        )
        .when(
            move || shelf.found.with(|found| !found.shelf.is_empty()),
            move || shelf_head(shelf),
        )
        .child(chosen_bar(shelf))
        .child(
            el("p")
                .class("sr-only")
                .id("shelf-keys")
                .say(text::library().keys),
        )
        .child(super::shelf::shelf(shelf))
}

/// How many there are, and how they are laid out.
fn shelf_head(shelf: Shelf) -> El {
    let words = text::library();
    let count = move || {
        let found = shelf.found.with(|found| found.shelf.len() + found.queue.len());
        let all = shelf.ledger.takes.with(Vec::len);
        if found == all {
            (words.count)(all)
        } else {
            (words.count_of)(found, all)
        }
    };
    let all = move || shelf.found.with(|found| found.shelf.len());
    el("div").class("shelf-head").child([
        el("p").class("soft num").attr("role", "status").say(live(count)),
        views(shelf),
        button(Tone::Quiet, live(move || (words.choose_all)(all())), move || {
            shelf.choose_all();
            let count = shelf.chosen.with_untracked(Selection::len);
            announce((words.chosen)(count, ""), Politeness::Polite);
        }),
    ])
}

/// Lets go of chosen takes that are gone.
fn forget_gone(shelf: Shelf) {
    follow(move || {
        let mut there: Vec<String> = Vec::new();
        shelf.ledger.takes.with(|takes| {
            if shelf.chosen.with_untracked(|chosen| !chosen.is_empty()) {
                there.extend(takes.iter().map(|shelved| shelved.id.clone()));
            }
        });
        if shelf.chosen.with_untracked(Selection::is_empty) {
            return;
        }
        there.sort_unstable();
        let there: Vec<&str> = there.iter().map(String::as_str).collect();
        shelf.chosen.update(|chosen| chosen.keep_only(&there));
    });
}

/// What is said where there is no list.
fn nothing(shelf: Shelf) -> Option<&'static str> {
    let words = text::takes();
    match () {
        () if shelf.ledger.takes.with(|takes| !takes.is_empty()) => {
            let is_empty = shelf
                .found
                .with(|found| found.queue.is_empty() && found.shelf.is_empty());
            is_empty.then_some(words.none_fit)
        }
        () if !shelf.ledger.is_loaded.get() => Some(t().beginning.reading_takes),
        () => Some(t().beginning.no_takes),
    }
}

/// "2 running · 1 not sure · 5 saved".
fn summary(ledger: Ledger) -> String {
    let (mut running, mut unsure, mut kept) = (0, 0, 0);
    ledger.takes.with(|takes| {
        for shelved in takes {
            match shelved.card.standing {
                Standing::Running | Standing::Stopped => running += 1,
                Standing::Unsure => unsure += 1,
                Standing::Kept => kept += 1,
                _ => {}
            }
        }
    });
    let words = text::takes();
    let parts: Vec<String> = [
        (running, words.running),
        (unsure, words.unsure_count),
        (kept, words.kept_count),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, words)| words(count))
    .collect();
    parts.join(" · ")
}

/// Asks the browser not to clear what is kept here, and says what it answered.
fn ask_to_keep(toaster: Toaster) {
    spawn(async move {
        let words = text::watching();
        let is_promised = ask_to_persist().await;
        toaster.say(if is_promised {
            words.will_keep
        } else {
            words.may_clear
        });
    });
}

/// What is wrong around the takes: the network, the storage.
fn troubles(place: El, ledger: Ledger) -> El {
    let desk = expect_context::<Desk>();
    let toaster = use_toaster();
    let storage = move || {
        let words = &text::takes().storage;
        ledger.trouble.get().map(|trouble| match trouble {
            StorageTrouble::MemoryOnly => words.memory_only.to_owned(),
            StorageTrouble::Full => words.full.to_owned(),
            StorageTrouble::Failed(why) => (words.failed)(&why),
        })
    };
    follow(move || {
        if let Some(text) = storage() {
            crate::app::announce(text, crate::app::Politeness::Assertive);
        }
    });
    place
        .swap(storage, move |text| {
            text.clone().map(move |text| {
                el("div").class("banner bad stack").child([
                    el("p").say(text),
                    el("div").class("row").child([
                        button(Tone::Plain, text::watching().download_all, move || {
                            desk.save_all(toaster);
                        }),
                        button(Tone::Plain, text::watching().ask_to_keep, move || {
                            ask_to_keep(toaster);
                        }),
                    ]),
                ])
            })
        })
        .child(room(ledger))
}
