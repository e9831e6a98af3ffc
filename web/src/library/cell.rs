//! One take of the shelf: its small picture, its words, its lamp, a tick to choose it by.

use std::sync::Arc;

use leptos::prelude::*;

use super::face;
use super::posters::follow_poster;
use super::shelf::Shelf;
use crate::desk::Desk;
use crate::dom::{El, el, live};
use crate::kit::{Icon, Light, icon, lamp};
use crate::ledger::{Card, Entry};
use crate::text;

/// Most characters of a prompt in a cell.
const WORDS_CHARS: usize = 90;

/// The cell of a take in that column, counted from 0.
pub fn cell(shelf: Shelf, column: usize, id: &str) -> El {
    let desk = expect_context::<Desk>();
    let own: [Arc<str>; 3] = std::array::from_fn(|_| Arc::from(id));
    let [home, chosen, shown] = own;
    let place = el("div")
        .class("cell")
        .attr("role", "gridcell")
        .attr("data-take", id)
        .attr("aria-colindex", &(column + 1).to_string())
        .set("tabindex", move || {
            Some(if shelf.is_home(&home) { "0" } else { "-1" }.to_owned())
        })
        .set_aria("aria-selected", move || {
            shelf.chosen.with(|all| all.contains(&chosen))
        })
        .set("aria-current", move || {
            desk.has_chosen(&shown).then(|| "true".to_owned())
        });
    match shelf.ledger.entry(id) {
        Some(entry) => fill(shelf, place, entry, id),
        None => place,
    }
}

fn fill(shelf: Shelf, place: El, entry: ArcRwSignal<Entry>, id: &str) -> El {
    let ledger = shelf.ledger;
    let card = {
        let entry = entry.clone();
        Memo::new(move |_| entry.with(Card::of))
    };
    let (light_of, word_of, prompt_of, facts_of) = (entry.clone(), entry.clone(), entry.clone(), entry);
    let light =
        move || light_of.with(|entry| entry.take().map_or(Light::Bad, |take| face::light(&take.state)));
    let word = move || {
        word_of
            .with(|entry| match entry.take() {
                Some(take) => face::word(&take.state, false),
                None => text::takes().state.damaged,
            })
            .to_owned()
    };
    let words = move || {
        prompt_of.with(|entry| match entry {
            Entry::Take(take) => face::excerpt(&take.settings.prompt, WORDS_CHARS),
            Entry::Damaged(damaged) => damaged.id.clone(),
        })
    };
    let facts = move || facts_of.with(|entry| entry.take().map(face::facts).unwrap_or_default());
    let picture = follow_poster(el("img").class("cell-poster"), ledger, id, move || {
        card.with(|card| card.standing)
    });
    let tick = el("span")
        .class("cell-tick")
        .attr("role", "checkbox")
        .attr("aria-label", text::library().tick);
    let own: Arc<str> = Arc::from(id);
    let tick = tick
        .set_aria("aria-checked", move || {
            shelf.chosen.with(|all| all.contains(&own))
        })
        .child(icon(Icon::Tick));
    let star = move || {
        el("span")
            .class("cell-star")
            .attr("role", "img")
            .attr("aria-label", text::library().starred)
            .child(icon(Icon::Star))
    };
    place.child([
        el("div").class("cell-picture").child(picture),
        el("p").class("cell-words").attr("dir", "auto").say(live(words)),
        el("div")
            .class("cell-facts")
            .child([
                lamp(light, live(word)),
                el("span").class("take-facts num").say(live(facts)),
            ])
            .when(move || card.with(|card| card.is_starred), star),
        tick,
    ])
}
