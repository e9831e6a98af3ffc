//! All takes that are found, as pictures or line by line: a grid of which only what is seen stands on the page.

use std::cell::Cell;
use std::ops::{Deref, Range};
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Array, Function};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent};

use super::attempts::Links;
use super::cell::cell;
use super::filter::{Filter, Named, Order, View};
use super::focus::{focus_home, keep_in_grid};
use super::queue::queued;
use super::selection::Selection;
use super::window::{Grid, Step, columns};
use crate::desk::Desk;
use crate::dom::{El, digits, el, number_in};
use crate::kit::{Toaster, use_toaster};
use crate::ledger::{Card, Ledger, Shelved, now_ms};
use crate::storage;
use crate::task::{follow, next_frame};
use crate::text;

/// Least width of a picture, room for its words, and height of a line, in rem; space between pictures in pixels.
const TILE_REM: f64 = 8.0;
const WORDS_REM: f64 = 4.25;
const LINE_REM: f64 = 4.25;
const GAP_PX: f64 = 8.0;
/// Height of a picture of its width: most are wide.
const PICTURE: f64 = 9.0 / 16.0;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What goes on or needs a decision.
    pub queue: Vec<String>,
    /// All the others, in the chosen order.
    pub shelf: Arc<Vec<String>>,
}

/// How large cells are, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sizes {
    columns: usize,
    row_px: f64,
}

/// Handle of the library, which stands as long as the page.
#[derive(Clone, Copy)]
pub struct Shelf(&'static Parts);

impl Deref for Shelf {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

/// What a [`Shelf`] gives to read.
pub struct Parts {
    /// Where records are.
    pub ledger: Ledger,
    /// What is looked for.
    pub filter: RwSignal<Filter>,
    /// In which order.
    pub order: RwSignal<Order>,
    /// How it is laid out.
    pub view: RwSignal<View>,
    /// What is chosen.
    pub chosen: RwSignal<Selection>,
    /// What was found.
    pub found: Memo<Found>,
    /// The cell of the keyboard: its place and its take.
    home: Memo<Option<(usize, String)>>,
    /// The take that the keyboard was last at.
    pub active: RwSignal<Option<String>>,
    pub(super) sizes: RwSignal<Sizes>,
    shown: RwSignal<Range<usize>>,
    toaster: Toaster,
}

/// A choice that is remembered under a key; one that is gone is the usual one again.
fn remembered<V: Named + Send + Sync>(key: &'static str) -> RwSignal<V> {
    let value = RwSignal::new(V::from_name(&storage::stored(key).unwrap_or_default()));
    follow(move || storage::remember(key, value.get().name()));
    value
}

/// Gives the library to everything below.
pub fn provide_library(ledger: Ledger) {
    provide_context(Shelf::new(ledger));
}

impl Shelf {
    /// A library of the takes in a ledger.
    pub fn new(ledger: Ledger) -> Self {
        let filter = RwSignal::new(Filter::default());
        let order = remembered::<Order>(storage::LIBRARY_ORDER);
        let found = Memo::new(move |_| {
            ledger
                .takes
                .with(|takes| find(takes, &filter.read(), order.get()))
        });
        let active = RwSignal::new(None::<String>);
        let home = Memo::new(move |last: Option<&Option<(usize, String)>>| {
            found.with(|found| {
                let place = active.with(|active| {
                    let active = active.as_ref()?;
                    found.shelf.iter().position(|id| id == active)
                });
                // Where its take is gone, the keyboard is where it was.
                let last = last.and_then(Option::as_ref).map_or(0, |(place, _)| *place);
                let place = place.unwrap_or_else(|| last.min(found.shelf.len().saturating_sub(1)));
                Some((place, found.shelf.get(place)?.clone()))
            })
        });
        Self(Box::leak(Box::new(Parts {
            ledger,
            filter,
            order,
            view: remembered::<View>(storage::LIBRARY_VIEW),
            chosen: RwSignal::new(Selection::default()),
            found,
            home,
            active,
            sizes: RwSignal::new(Sizes {
                columns: 1,
                row_px: 80.0,
            }),
            shown: RwSignal::new(0..1),
            toaster: use_toaster(),
        })))
    }

    fn grid(self) -> Grid {
        let Sizes { columns, row_px } = self.sizes.get();
        Grid {
            count: self.found.with(|found| found.shelf.len()),
            columns,
            row_px,
        }
    }

    /// The takes of a row, with their columns.
    fn row(self, row: usize) -> Vec<(usize, String)> {
        let cells = self.grid().cells(row);
        self.found.with(|found| {
            let ids = found.shelf.get(cells).unwrap_or_default();
            ids.iter().cloned().enumerate().collect()
        })
    }

    /// Whether the keyboard comes to that take first.
    pub fn is_home(self, id: &str) -> bool {
        self.home
            .with(|home| home.as_ref().is_some_and(|(_, home)| home == id))
    }

    /// Chooses all that are found.
    pub fn choose_all(self) {
        self.found
            .with_untracked(|found| self.chosen.update(|chosen| chosen.add_all(&found.shelf)));
    }

    /// Deletes what is chosen, or the take of the keyboard where none is.
    fn delete(self, desk: Desk) {
        let ids = self.chosen.with_untracked(|chosen| chosen.ids().to_vec());
        let home = self.home.get_untracked();
        let ids = match home {
            Some((_, home)) if ids.is_empty() => vec![home],
            _ => ids,
        };
        desk.delete_many(ids, self.toaster);
    }
}

/// Those that fit, the pending ones apart.
fn find(takes: &[Shelved], filter: &Filter, order: Order) -> Found {
    let all = || takes.iter().map(|shelved| (shelved.id.as_str(), &*shelved.card));
    let found: Vec<(&str, &Card)> = filter
        .find(all().map(|(_, card)| card), order)
        .into_iter()
        .map(|index| (takes[index].id.as_str(), &*takes[index].card))
        .collect();
    let is_queued = queued(&found, &Links::of(all()), now_ms());
    let (mut queue, mut shelf) = (Vec::new(), Vec::new());
    for ((id, _), is_queued) in found.into_iter().zip(is_queued) {
        if is_queued { &mut queue } else { &mut shelf }.push(id.to_owned());
    }
    Found {
        queue,
        shelf: Arc::new(shelf),
    }
}

/// The grid itself.
pub fn shelf(shelf: Shelf) -> El {
    let desk = expect_context::<Desk>();
    let words = text::library();
    let grid = el("div")
        .class("shelf")
        .attr("role", "grid")
        .attr("aria-label", words.shelf)
        .attr("aria-multiselectable", "true")
        .attr("aria-describedby", "shelf-keys")
        .set("data-view", move || Some(shelf.view.get().name().to_owned()))
        .set("aria-rowcount", move || Some(shelf.grid().rows().to_string()))
        .set("aria-colcount", move || {
            Some(shelf.sizes.get().columns.to_string())
        })
        .flag("hidden", move || shelf.found.with(|found| found.shelf.is_empty()))
        .style_live("block-size", move || px(shelf.grid().height_px()))
        .on("keydown", move |event| {
            press_key(shelf, desk, event.unchecked_ref());
        })
        .on("click", move |event| press(shelf, desk, event.unchecked_ref()));
    let node = grid.node().clone();
    watch(shelf, &node);
    keep_in_grid(shelf, &node);
    grid.each(
        move || {
            let active = shelf.home.with(|home| home.as_ref().map(|(place, _)| *place));
            shelf.shown.with(|shown| shelf.grid().rows_with(shown, active))
        },
        move |row| line(shelf, *row),
    )
}

/// One row, at its place.
fn line(shelf: Shelf, row: usize) -> El {
    el("div")
        .class("shelf-row")
        .attr("role", "row")
        .attr("aria-rowindex", &(row + 1).to_string())
        .style_live("transform", move || {
            let top = shelf.grid().top_px(row);
            ["translateY(", &px(top), ")"].concat()
        })
        .style_live("block-size", move || px(shelf.sizes.get().row_px - GAP_PX))
        .style_live("--columns", move || shelf.sizes.get().columns.to_string())
        .each(
            move || shelf.row(row),
            move |(column, id)| cell(shelf, *column, id),
        )
}

fn px(pixels: f64) -> String {
    digits(pixels) + "px"
}

/// Measures the grid whenever its size changes, and looks which rows are seen whenever anything scrolls.
fn watch(shelf: Shelf, node: &Element) {
    let waits = Rc::new(Cell::new(false));
    let grid = node.clone();
    let look: Rc<dyn Fn()> = Rc::new(move || {
        if waits.replace(true) {
            return;
        }
        let (waits, grid) = (Rc::clone(&waits), grid.clone());
        next_frame(move || {
            waits.set(false);
            see(shelf, &grid);
        });
    });
    for event in ["scroll", "resize"] {
        let look = Rc::clone(&look);
        // Whatever scrolls it: events of a column reach the window only on their way down.
        let run = Closure::<dyn FnMut(Event)>::new(move |_| look()).into_js_value();
        drop(window().add_event_listener_with_callback_and_bool(event, run.unchecked_ref(), true));
    }
    let sized = Rc::clone(&look);
    let observe = Closure::<dyn FnMut(Array)>::new(move |_| sized()).into_js_value();
    // Missing in no browser that runs this program; without it, only the window's size is followed.
    if let Ok(observer) = web_sys::ResizeObserver::new(observe.unchecked_ref::<Function>()) {
        observer.observe(node);
        std::mem::forget(observer);
    }
    follow(move || {
        shelf.found.track();
        shelf.view.track();
        look();
    });
}

/// Takes the sizes as they are, and the rows that are seen.
fn see(shelf: Shelf, grid: &Element) {
    let rect = grid.get_bounding_client_rect();
    if rect.width() <= 0.0 {
        // Not shown just now: nothing is seen, and nothing can be measured.
        return;
    }
    let sizes = sizes(shelf.view.get_untracked(), rect.width(), rem_px());
    if shelf.sizes.get_untracked() != sizes {
        shelf.sizes.set(sizes);
    }
    let view_px = window().inner_height().ok().and_then(|height| height.as_f64());
    let shown = untrack(|| shelf.grid()).window(-rect.top(), view_px.unwrap_or(1_000.0));
    if shelf.shown.with_untracked(|old| *old != shown) {
        shelf.shown.set(shown);
    }
}

fn sizes(view: View, width_px: f64, rem_px: f64) -> Sizes {
    match view {
        View::List => Sizes {
            columns: 1,
            row_px: LINE_REM * rem_px + GAP_PX,
        },
        View::Grid => {
            let columns = columns(width_px, TILE_REM * rem_px, GAP_PX);
            #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
            let tile_px = (width_px + GAP_PX) / columns as f64 - GAP_PX;
            Sizes {
                columns,
                row_px: (tile_px * PICTURE + WORDS_REM * rem_px + GAP_PX).round(),
            }
        }
    }
}

/// Pixels of a rem, as large as the reader has chosen.
fn rem_px() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| number_in(&size)).unwrap_or(16.0)
}

/// The take that an event happened to.
fn take_of(event: &Event) -> Option<(String, Element)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let cell = target.closest("[data-take]").ok().flatten()?;
    Some((cell.get_attribute("data-take")?, target))
}

fn press(shelf: Shelf, desk: Desk, event: &MouseEvent) {
    let Some((id, target)) = take_of(event) else {
        return;
    };
    shelf.active.set(Some(id.clone()));
    let is_tick = target.closest("[role=checkbox]").ok().flatten().is_some();
    if event.shift_key() {
        event.prevent_default();
        extend(shelf, &id);
    } else if is_tick || event.ctrl_key() || event.meta_key() {
        shelf.chosen.update(|chosen| chosen.toggle(&id));
    } else {
        shelf.chosen.update(|chosen| chosen.start_at(&id));
        desk.show(&id);
    }
}

fn extend(shelf: Shelf, id: &str) {
    shelf
        .found
        .with_untracked(|found| shelf.chosen.update(|chosen| chosen.extend_to(&found.shelf, id)));
}

fn press_key(shelf: Shelf, desk: Desk, event: &KeyboardEvent) {
    let Some((from, id)) = shelf.home.get_untracked() else {
        return;
    };
    let has_mod = event.ctrl_key() || event.meta_key();
    let page = shelf.shown.with_untracked(|shown| shown.len() / 2);
    let step = match event.key().as_str() {
        "ArrowLeft" => Step::Back,
        "ArrowRight" => Step::On,
        "ArrowUp" => Step::Up,
        "ArrowDown" => Step::Down,
        "PageUp" => Step::PageUp(page),
        "PageDown" => Step::PageDown(page),
        "Home" if has_mod => Step::First,
        "End" if has_mod => Step::Last,
        "Home" => Step::RowStart,
        "End" => Step::RowEnd,
        key => {
            act_by_key(shelf, desk, event, key, &id);
            return;
        }
    };
    event.prevent_default();
    let to = untrack(|| shelf.grid()).step(from, step);
    let Some(next) = shelf.found.with_untracked(|found| found.shelf.get(to).cloned()) else {
        return;
    };
    if event.shift_key() {
        if shelf.chosen.with_untracked(Selection::is_empty) {
            shelf.chosen.update(|chosen| chosen.start_at(&id));
        }
        extend(shelf, &next);
    }
    shelf.active.set(Some(next));
    let grid = event.current_target();
    next_frame(move || {
        if let Some(grid) = grid {
            focus_home(grid.unchecked_ref());
        }
    });
}

fn act_by_key(shelf: Shelf, desk: Desk, event: &KeyboardEvent, key: &str, id: &str) {
    let has_mod = event.ctrl_key() || event.meta_key();
    match key {
        "Enter" if !has_mod => desk.show(id),
        " " if event.shift_key() => extend(shelf, id),
        " " => shelf.chosen.update(|chosen| chosen.toggle(id)),
        "a" | "A" if has_mod => shelf.choose_all(),
        "Escape" if shelf.chosen.with_untracked(|chosen| !chosen.is_empty()) => {
            shelf.chosen.update(|chosen| chosen.clear(Some(id)));
        }
        "Delete" | "Backspace" => shelf.delete(desk),
        _ => return,
    }
    event.prevent_default();
}
