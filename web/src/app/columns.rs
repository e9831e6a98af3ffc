//! Which column is shown where only one has room.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{dom::listen, ids, task::next_frame};

/// Handle of the columns, given by context.
#[derive(Clone, Copy)]
pub struct Columns {
    /// DOM id of the shown one.
    pub selected: &'static ArcRwSignal<&'static str>,
}

/// Gives the columns to everything below. An address can name the one that is shown (`#library`).
pub fn provide_columns() {
    let columns = Columns {
        selected: Box::leak(Box::new(ArcRwSignal::new(named().unwrap_or(ids::COMPOSE)))),
    };
    provide_context(columns);
    listen(&window(), "hashchange", move |_| {
        if let Some(id) = named() {
            columns.go(id);
        }
    });
}

fn named() -> Option<&'static str> {
    let fragment = window().location().hash().unwrap_or_default();
    [ids::COMPOSE, ids::STAGE, ids::LIBRARY]
        .into_iter()
        .find(|id| fragment.strip_prefix('#') == Some(id))
}

impl Columns {
    /// Shows the column with that DOM id; where all have room nothing changes.
    pub fn show(self, id: &'static str) {
        if self.selected.get_untracked() != id {
            self.selected.set(id);
        }
    }

    /// Shows the column and puts the focus on its heading, as following a link would.
    pub fn go(self, id: &'static str) {
        self.show(id);
        next_frame(move || {
            let heading = document()
                .query_selector(&["#", id, " h2"].concat())
                .ok()
                .flatten();
            if let Some(heading) = heading {
                // Fails only for an element that cannot be focused.
                drop(heading.unchecked_into::<web_sys::HtmlElement>().focus());
            }
        });
    }
}
