//! The right column.

use leptos::prelude::*;

use super::filter::{Filter, Kind};
use super::room::room;
use super::row::row;
use crate::dom::{El, el};
use crate::ids;
use crate::kit::{ChoiceOption, choice};
use crate::ledger::{Ledger, Shelved, State, StorageTrouble};
use crate::task::follow;
use crate::text::t;

/// From how many takes on they can be searched.
const FIND_FROM: usize = 4;

/// The right column: what runs, what is kept, what needs a decision.
pub fn library() -> El {
    let ledger = expect_context::<Ledger>();
    let filter = RwSignal::new(Filter::default());
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
        .child(head);
    let list = el("ul")
        .class("take-list")
        .each(move || fitting(ledger, filter), move |id| row(ledger, id));
    troubles(column, ledger)
        .when(
            move || ledger.takes.with(Vec::len) >= FIND_FROM,
            move || find(filter),
        )
        .swap(
            move || nothing(ledger, filter),
            |words| words.map(|words| el("p").class("takes-none").say(words)),
        )
        .child(list)
}

/// The takes that are looked for.
fn fitting(ledger: Ledger, filter: RwSignal<Filter>) -> Vec<String> {
    let filter = filter.get();
    let all = filter == Filter::default();
    let fits = |shelved: &&Shelved| all || shelved.entry.with(|entry| filter.fits(entry));
    ledger.takes.with(|takes| {
        takes
            .iter()
            .filter(fits)
            .map(|shelved| shelved.id.clone())
            .collect()
    })
}

/// What is said where there is no list.
fn nothing(ledger: Ledger, filter: RwSignal<Filter>) -> Option<&'static str> {
    let words = &t().takes;
    match () {
        () if !ledger.is_loaded.get() => Some(words.reading),
        () if ledger.takes.with(Vec::is_empty) => Some(words.none),
        () if fitting(ledger, filter).is_empty() => Some(words.none_fit),
        () => None,
    }
}

/// "2 running · 1 not sure · 5 saved".
fn summary(ledger: Ledger) -> String {
    let (mut running, mut unsure, mut kept) = (0, 0, 0);
    for shelved in ledger.takes.get() {
        shelved
            .entry
            .with(|entry| match entry.take().map(|take| &take.state) {
                Some(State::Sending | State::Watched { .. }) => running += 1,
                Some(State::Unsure {
                    is_put_away: false, ..
                }) => unsure += 1,
                Some(State::Kept { .. }) => kept += 1,
                _ => {}
            });
    }
    let words = &t().takes;
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

/// What is wrong around the takes: the network, the storage.
fn troubles(place: El, ledger: Ledger) -> El {
    let storage = move || {
        let words = &t().takes.storage;
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
        .swap(storage, |text| {
            text.clone().map(|text| el("p").class("banner bad").say(text))
        })
        .child(room(ledger))
}

fn find(filter: RwSignal<Filter>) -> El {
    let words = &t().takes.find;
    let label = |kind: Kind| match kind {
        Kind::All => words.all,
        Kind::Running => words.running,
        Kind::Videos => words.videos,
        Kind::Trouble => words.trouble,
    };
    let options = Kind::EACH.into_iter().map(|kind| ChoiceOption {
        value: kind.name(),
        label: label(kind),
    });
    let search = ids::fresh("find");
    let input = el("input")
        .attr("type", "search")
        .id(&search)
        .attr("placeholder", words.search)
        .attr("autocomplete", "off")
        .value(move || filter.with(|filter| filter.words.clone()))
        .on_text(move |text| filter.update(|filter| filter.words = text));
    let kinds = choice(
        words.show,
        options,
        move || filter.with(|filter| filter.kind.name().to_owned()),
        move |name| filter.update(|filter| filter.kind = Kind::from_name(name)),
    );
    el("div").class("find").attr("role", "search").child([
        el("label")
            .class("sr-only")
            .attr("for", &search)
            .say(words.search),
        input,
        kinds,
    ])
}
