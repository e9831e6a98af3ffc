//! How takes are found: words, kind, order, and narrower conditions.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use super::collections::all_collections;
use super::filter::{Filter, Kind, Named, Order, View, values};
use super::shelf::Shelf;
use crate::dom::{El, el, is_checked, live};
use crate::ids;
use crate::kit::{ChoiceOption, Tone, button, choice, select};
use crate::task::after_ms;
use crate::text;

/// How long the words rest before they are looked for, in milliseconds: who types is not held up by thousands of takes.
const PAUSE_MS: u32 = 120;

/// The search, and the conditions.
pub fn finder(shelf: Shelf) -> El {
    el("div").class("find").attr("role", "search").child([
        search(shelf),
        el("div").class("find-row").child([kinds(shelf), orders(shelf)]),
        conditions(shelf),
    ])
}

/// Pictures or list.
pub fn views(shelf: Shelf) -> El {
    let words = text::library();
    let options = [("grid", words.as_grid), ("list", words.as_list)];
    choice(
        words.view,
        options.map(|(value, label)| ChoiceOption { value, label }),
        move || shelf.view.get().name().to_owned(),
        move |name| shelf.view.set(View::from_name(name)),
    )
}

fn search(shelf: Shelf) -> El {
    let words = text::takes().find.search;
    let id = ids::fresh("find");
    let turns = Rc::new(Cell::new(0_u32));
    let input = el("input")
        .attr("type", "search")
        .id(&id)
        .attr("placeholder", words)
        .attr("autocomplete", "off")
        .value(move || shelf.filter.with(|filter| filter.words.clone()))
        .on_text(move |text| {
            let turn = turns.get() + 1;
            turns.set(turn);
            let turns = Rc::clone(&turns);
            after_ms(PAUSE_MS, move || {
                if turns.get() == turn {
                    shelf.filter.update(|filter| filter.words = text);
                }
            });
        });
    let label = el("label").class("sr-only").attr("for", &id).say(words);
    el("div").child([label, input])
}

/// The values of a form with their words, which stand in the same order.
fn pairs<V: Named>(words: &[&'static str]) -> Vec<(String, String)> {
    V::EACH
        .iter()
        .zip(words)
        .map(|(value, words)| (value.name().to_owned(), (*words).to_owned()))
        .collect()
}

fn kinds(shelf: Shelf) -> El {
    let words = text::library();
    select(
        words.kind,
        move || pairs::<Kind>(&words.kinds),
        move || shelf.filter.with(|filter| filter.kind.name().to_owned()),
        move |name| shelf.filter.update(|filter| filter.kind = Kind::from_name(&name)),
    )
}

fn orders(shelf: Shelf) -> El {
    let words = text::library();
    select(
        words.order,
        move || pairs::<Order>(&words.orders),
        move || shelf.order.get().name().to_owned(),
        move |name| shelf.order.set(Order::from_name(&name)),
    )
}

/// A condition with two sides, or none.
fn either(
    shelf: Shelf,
    label: &'static str,
    sides: [(&'static str, &'static str); 2],
    read: fn(&Filter) -> Option<bool>,
    write: fn(&mut Filter, Option<bool>),
) -> El {
    let options = move || {
        let mut all = vec![(String::new(), text::library().any.to_owned())];
        all.extend(sides.map(|(value, words)| (value.to_owned(), words.to_owned())));
        all
    };
    let value = move || {
        shelf.filter.with(|filter| {
            read(filter)
                .map_or("", |is_first| sides[usize::from(!is_first)].0)
                .to_owned()
        })
    };
    select(label, options, value, move |name| {
        let side = sides.iter().position(|(value, _)| *value == name);
        shelf
            .filter
            .update(|filter| write(filter, side.map(|side| side == 0)));
    })
}

/// A condition of one of the values that there are, or none.
fn one_of(
    shelf: Shelf,
    label: &'static str,
    there: impl Fn() -> Vec<String> + 'static,
    read: fn(&Filter) -> &Option<String>,
    write: fn(&mut Filter, Option<String>),
) -> El {
    let options = move || {
        let mut all = vec![(String::new(), text::library().any.to_owned())];
        all.extend(there().into_iter().map(|value| (value.clone(), value)));
        all
    };
    let value = move || {
        shelf
            .filter
            .with(|filter| read(filter).clone().unwrap_or_default())
    };
    select(label, options, value, move |name| {
        let value = (!name.is_empty()).then_some(name);
        shelf.filter.update(|filter| write(filter, value));
    })
}

fn conditions(shelf: Shelf) -> El {
    let words = text::library();
    let ledger = shelf.ledger;
    let shapes = move || {
        ledger
            .takes
            .with(|takes| values(takes.iter().filter_map(|shelved| shelved.card.shape.as_ref())))
    };
    let starred = el("input")
        .attr("type", "checkbox")
        .checked(move || shelf.filter.with(|filter| filter.is_starred))
        .on("change", move |event| {
            shelf
                .filter
                .update(|filter| filter.is_starred = is_checked(&event));
        });
    let count = move || shelf.filter.with(Filter::count);
    let fields = el("div")
        .class("find-fields")
        .child([
            either(
                shelf,
                words.mode,
                [("image", words.from_image), ("text", words.from_text)],
                |filter| filter.is_image,
                |filter, value| filter.is_image = value,
            ),
            either(
                shelf,
                words.sound,
                [("sound", words.with_sound), ("silent", words.silent)],
                |filter| filter.sound,
                |filter, value| filter.sound = value,
            ),
            one_of(
                shelf,
                words.shape,
                shapes,
                |filter| &filter.shape,
                |filter, value| filter.shape = value,
            ),
            one_of(
                shelf,
                words.collection,
                move || all_collections(ledger),
                |filter| &filter.collection,
                |filter, value| filter.collection = value,
            ),
            el("label")
                .class("tick-line")
                .child(starred)
                .child(el("span").say(words.starred_only)),
        ])
        .when(
            move || count() > 0,
            move || {
                button(Tone::Quiet, words.clear, move || {
                    shelf.filter.update(|filter| {
                        *filter = Filter {
                            words: std::mem::take(&mut filter.words),
                            kind: filter.kind,
                            ..Filter::default()
                        };
                    });
                })
            },
        );
    el("details")
        .class("find-more")
        .child(el("summary").say(live(move || (words.filters)(count()))))
        .child(fields)
}
