//! What can be done with many takes at once.

use leptos::prelude::*;

use super::collections::collections;
use super::shelf::Shelf;
use crate::app::{Politeness, announce};
use crate::desk::Desk;
use crate::dom::{El, el, live};
use crate::kit::{Icon, Tone, button, button_with, use_toaster};
use crate::ledger::{Filed, Shelved};
use crate::task::spawn;
use crate::text::{self, format};

/// The bar of what is chosen, while anything is.
pub fn chosen_bar(shelf: Shelf) -> El {
    let is_any = move || shelf.chosen.with(|chosen| !chosen.is_empty());
    let open = RwSignal::new(false);
    el("div")
        .class("chosen-place")
        .when(is_any, move || bar(shelf, open))
        .child(collections(shelf, open))
}

fn bar(shelf: Shelf, open: RwSignal<bool>) -> El {
    let desk = expect_context::<Desk>();
    let toaster = use_toaster();
    let words = text::library();
    let ids = move || shelf.chosen.with_untracked(|chosen| chosen.ids().to_vec());
    let star = move || {
        if all_starred(shelf) {
            words.unstar
        } else {
            words.star
        }
    };
    el("div")
        .class("chosen-bar")
        .attr("role", "toolbar")
        .attr("aria-label", words.with_chosen)
        .child([
            el("span").class("num").say(live(move || summary(shelf))),
            button_with(Icon::Download, Tone::Plain, words.download, move || {
                desk.save_many(&ids(), toaster);
            }),
            button_with(
                Icon::Star,
                Tone::Plain,
                live(move || star().to_owned()),
                move || {
                    let is_starred = !untrack(|| all_starred(shelf));
                    file(shelf, move |filed| filed.is_starred = is_starred);
                },
            ),
            button(Tone::Plain, text::player().compare, move || {
                desk.compare_many(&ids(), toaster);
            }),
            button(Tone::Plain, words.collections, move || open.set(true)),
            button_with(Icon::Remove, Tone::Plain, text::takes().act.delete, move || {
                desk.delete_many(ids(), toaster);
            }),
            button(Tone::Quiet, words.choose_none, move || {
                shelf.chosen.update(|chosen| chosen.clear(None));
                announce(words.choose_none, Politeness::Polite);
            }),
        ])
}

/// Files what is chosen anew.
pub(super) fn file(shelf: Shelf, change: impl Fn(&mut Filed) + 'static) {
    let ids = shelf.chosen.with_untracked(|chosen| chosen.ids().to_vec());
    // Where it fails, the ledger says what is wrong with storage.
    spawn(async move { drop(shelf.ledger.file(&ids, change).await) });
}

/// Every chosen take, given to a function.
pub(super) fn each_chosen(shelf: Shelf, mut see: impl FnMut(&Shelved)) {
    shelf.ledger.takes.with(|takes| {
        shelf.chosen.with(|chosen| {
            takes
                .iter()
                .filter(|shelved| chosen.contains(&shelved.id))
                .for_each(&mut see);
        });
    });
}

fn all_starred(shelf: Shelf) -> bool {
    let mut all = true;
    each_chosen(shelf, |shelved| all &= shelved.card.is_starred);
    all
}

fn summary(shelf: Shelf) -> String {
    let (mut count, mut bytes) = (0, 0_u64);
    each_chosen(shelf, |shelved| {
        count += 1;
        bytes = bytes.saturating_add(shelved.card.bytes);
    });
    let size = if bytes > 0 {
        format::bytes(bytes)
    } else {
        String::new()
    };
    (text::library().chosen)(count, &size)
}

/// How many of the chosen takes are in a collection, and how many there are.
pub(super) fn in_collection(shelf: Shelf, name: &str) -> (usize, usize) {
    let (mut inside, mut all) = (0, 0);
    each_chosen(shelf, |shelved| {
        all += 1;
        inside += usize::from(shelved.card.collections.iter().any(|other| other == name));
    });
    (inside, all)
}
