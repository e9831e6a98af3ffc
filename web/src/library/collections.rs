//! Which collections the chosen takes are in. A collection is its name: it is there while a take is in it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::chosen::{file, in_collection};
use super::filter::values;
use super::shelf::Shelf;
use crate::dom::{El, el, is_checked};
use crate::ids;
use crate::kit::{Tone, button, dialog};
use crate::ledger::{Filed, Ledger};
use crate::text;

/// Most characters of a collection's name.
const NAME_CHARS: usize = 60;

/// Every collection, reactively.
pub fn all_collections(ledger: Ledger) -> Vec<String> {
    ledger
        .takes
        .with(|takes| values(takes.iter().flat_map(|shelved| &shelved.card.collections)))
}

/// A name as it is kept: without space around it, and not too long.
pub fn name_of(text: &str) -> Option<String> {
    let name: String = text.trim().chars().take(NAME_CHARS).collect();
    let name = name.trim_end().to_owned();
    (!name.is_empty()).then_some(name)
}

/// Puts a take into a collection, or takes it out.
pub fn put(filed: &mut Filed, name: &str, is_in: bool) {
    let place = filed
        .collections
        .binary_search_by(|other| other.as_str().cmp(name));
    match (place, is_in) {
        (Err(index), true) => filed.collections.insert(index, name.to_owned()),
        (Ok(index), false) => drop(filed.collections.remove(index)),
        _ => {}
    }
}

/// The dialog, opened by `open`.
pub(super) fn collections(shelf: Shelf, open: RwSignal<bool>) -> El {
    let words = text::library();
    dialog(open, words.collections.trim_end_matches('…'), move |body| {
        let list = el("ul").class("collections").each(
            move || all_collections(shelf.ledger),
            move |name| line(shelf, name),
        );
        let is_none = move || all_collections(shelf.ledger).is_empty();
        body.child(el("p").class("hint").say((words.collections_of)(
            shelf.chosen.with_untracked(super::selection::Selection::len),
        )))
        .when(is_none, move || el("p").say(words.no_collections))
        .child([list, new(shelf)])
    })
}

fn line(shelf: Shelf, name: &str) -> El {
    let [of, shown, set] = [name.to_owned(), name.to_owned(), name.to_owned()];
    let state = Memo::new(move |_| in_collection(shelf, &of));
    let is_in = move || state.with(|(inside, all)| *all > 0 && inside == all);
    let tick = el("input")
        .attr("type", "checkbox")
        .checked(is_in)
        .property(
            "indeterminate",
            Box::new(move || state.with(|(inside, all)| *inside > 0 && inside < all).into()),
        )
        .on("change", move |event| {
            let (name, is_in) = (set.clone(), is_checked(&event));
            file(shelf, move |filed| put(filed, &name, is_in));
        });
    el("li").child(
        el("label")
            .class("tick-line")
            .child([tick, el("span").attr("dir", "auto").say(shown)]),
    )
}

fn new(shelf: Shelf) -> El {
    let words = text::library();
    let id = ids::fresh("collection");
    let input = el("input")
        .attr("type", "text")
        .id(&id)
        .attr("maxlength", &NAME_CHARS.to_string())
        .attr("autocomplete", "off");
    let field: HtmlInputElement = input.node().clone().unchecked_into();
    let add = move || {
        if let Some(name) = name_of(&field.value()) {
            field.set_value("");
            file(shelf, move |filed| put(filed, &name, true));
        }
    };
    let pressed = add.clone();
    el("form")
        .class("new-collection")
        .on("submit", move |event| {
            event.prevent_default();
            add();
        })
        .child([
            el("label").attr("for", &id).say(words.new_collection),
            input,
            button(Tone::Plain, words.add, pressed),
        ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_bounded() {
        for (text, name) in [
            ("  Foxes ", Some("Foxes".to_owned())),
            (" \n", None),
            ("雪", Some("雪".to_owned())),
            (&"x".repeat(100), Some("x".repeat(60))),
        ] {
            assert_eq!(name_of(text), name, "{text}");
        }
    }

    #[test]
    fn a_take_is_in_a_collection_once_or_not() {
        let mut filed = Filed::default();
        for (name, is_in, expected) in [
            ("b", true, "b"),
            ("a", true, "a b"),
            ("b", true, "a b"),
            ("c", false, "a b"),
            ("a", false, "b"),
        ] {
            put(&mut filed, name, is_in);
            assert_eq!(filed.collections.join(" "), expected);
        }
    }
}
