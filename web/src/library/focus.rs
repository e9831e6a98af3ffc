//! Where the keyboard goes when what had it goes: from a cell to its neighbour, from the queue along with its take.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::shelf::Shelf;
use crate::dom::listen;
use crate::task::{follow, next_frame};

/// Brings the keyboard back where the cell that had it is gone.
pub fn keep_in_grid(shelf: Shelf, grid: &Element) {
    let has_focus = Rc::new(Cell::new(false));
    let heard = Rc::clone(&has_focus);
    heed(grid, move |target| heard.set(target.is_some()));
    let grid = grid.clone();
    follow(move || {
        shelf.found.track();
        shelf.sizes.track();
        if has_focus.get() {
            let grid = grid.clone();
            next_frame(move || {
                if is_nowhere() {
                    focus_home(&grid);
                }
            });
        }
    });
}

/// Takes the keyboard along where the take that had it goes from the queue to the shelf.
pub fn keep_in_queue(shelf: Shelf, queue: &Element) {
    let at = Rc::new(RefCell::new(None::<String>));
    let heard = Rc::clone(&at);
    heed(queue, move |target| {
        let row = target.and_then(|target| target.closest("[data-take]").ok().flatten());
        *heard.borrow_mut() = row.and_then(|row| row.get_attribute("data-take"));
    });
    follow(move || {
        let is_there = |id: &String| shelf.found.with(|found| found.queue.contains(id));
        let gone = at.borrow().clone().filter(|id| !is_there(id));
        shelf.found.track();
        let Some(id) = gone else { return };
        next_frame(move || {
            if is_nowhere() {
                shelf.active.set(Some(id));
                // Its cell is there once the grid has followed.
                next_frame(|| {
                    let grid = document().query_selector("[role=grid]").ok().flatten();
                    if let Some(grid) = grid.filter(|_| is_nowhere()) {
                        focus_home(&grid);
                    }
                });
            }
        });
    });
}

/// Runs it with what gets the keyboard inside of `place`, and with nothing once that is, or the pointer presses, elsewhere.
fn heed(place: &Element, run: impl Fn(Option<&Element>) + 'static) {
    let run = Rc::new(run);
    for (event, is_focus) in [("focusin", true), ("pointerdown", false)] {
        let (run, place) = (Rc::clone(&run), place.clone());
        listen(&document(), event, move |event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            match target.filter(|target| place.contains(Some(target))) {
                Some(target) if is_focus => run(Some(&target)),
                Some(_) => {}
                None => run(None),
            }
        });
    }
}

fn is_nowhere() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// Puts the keyboard on its cell, or, where there is none any more, on the heading.
pub fn focus_home(grid: &Element) {
    let cell = grid
        .query_selector("[role=gridcell][tabindex='0']")
        .ok()
        .flatten();
    let place = cell.or_else(|| document().get_element_by_id("library-title"));
    if let Some(place) = place {
        // Fails only for an element that cannot be focused.
        drop(place.unchecked_ref::<HtmlElement>().focus());
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        place.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
