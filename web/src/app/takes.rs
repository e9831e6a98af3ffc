//! The columns of the takes: empty, until the part of the program that fills them is here.

use leptos::prelude::*;

use super::Columns;
use crate::demand::{on_demand, trouble};
use crate::desk::{Desk, Door};
use crate::dom::{El, el};
use crate::kit::{Tone, button};
use crate::task::spawn;
use crate::text::t;
use crate::{ids, library, stage};

crate::part! { in takes;
    /// The middle column.
    pub(crate) fn stage_column() -> El {
        stage::stage()
    }
}

crate::part! { in takes;
    /// The right column.
    pub(crate) fn library_column() -> El {
        library::library()
    }
}

/// Puts both columns into `main`.
pub(super) fn columns(main: El) -> El {
    let desk = expect_context::<Desk>();
    let is_open = move || desk.door.get() == Door::Open;
    main.swap(is_open, move |is_open| {
        if *is_open {
            return on_demand(stage_column);
        }
        closed(desk, ids::STAGE, t().shell.stage, stage::empty)
    })
    .swap(is_open, move |is_open| {
        if *is_open {
            return on_demand(library_column);
        }
        closed(desk, ids::LIBRARY, t().shell.library, no_takes)
    })
}

/// What the library says until its part is here: nothing of what is kept, before that is known.
fn no_takes() -> El {
    let is_known = expect_context::<Desk>().door.get_untracked() == Door::Closed;
    let words = t().beginning;
    let said = if is_known {
        words.no_takes
    } else {
        words.reading_takes
    };
    el("div")
        .class("takes-none")
        .child(el("p").say(said))
        .child(is_known.then(invite))
}

/// From an empty library to the form.
pub fn invite() -> El {
    let columns = expect_context::<Columns>();
    button(Tone::Plain, t().guide.invite, move || columns.go(ids::COMPOSE))
}

/// A column without what fills it. Its id is also its class.
fn closed(desk: Desk, id: &'static str, heading: &'static str, empty: fn() -> El) -> El {
    let columns = expect_context::<Columns>();
    let title = [id, "-title"].concat();
    let head = el("div")
        .class("column-head")
        .child(el("h2").id(&title).attr("tabindex", "-1").say(heading));
    el("section")
        .class(&["column ", id].concat())
        .id(id)
        .attr("aria-labelledby", &title)
        .child(head)
        .swap(
            move || desk.door.get(),
            move |door| match door {
                Door::Missing => Some(trouble(move || try_again(desk, columns, id))),
                Door::Opening => Some(el("p").class("on-demand-wait").say(t().demand.coming)),
                Door::Asking | Door::Closed => Some(empty()),
                Door::Open => None,
            },
        )
}

/// The button that is pressed goes, and the column itself when the part has come: the focus stays on the heading.
fn try_again(desk: Desk, columns: Columns, id: &'static str) {
    columns.go(id);
    spawn(async move {
        desk.opened().await;
        columns.go(id);
    });
}
