//! The first choice of whoever has made nothing yet.

use leptos::prelude::*;

use super::{Connection, Mode, Way};
use crate::{
    app::Columns,
    dom::{El, el, live},
    ids,
    kit::{Tone, button},
    text::t,
};

/// Three ways to begin, until one is chosen: nothing is asked of whoever just writes a prompt.
pub fn first_run() -> El {
    let connection = expect_context::<Connection>();
    el("div")
        .class("first-run")
        .when(move || !connection.is_chosen(), move || ways(connection))
}

fn ways(connection: Connection) -> [El; 2] {
    let words = t().beginning;
    let columns = expect_context::<Columns>();
    let here = move || {
        match connection.mode.get() {
            Mode::Local => words.begin_local,
            Mode::Gateway => words.begin_gateway_here,
            Mode::Unknown => words.begin_here,
        }
        .to_owned()
    };
    let stay = button(Tone::Plain, live(here), move || {
        connection.choose(None, None);
        columns.go(ids::COMPOSE);
    });
    let key = button(Tone::Quiet, words.begin_key, move || {
        connection.open(Way::Provider);
    });
    let gateway = button(Tone::Quiet, words.begin_gateway, move || {
        connection.open(Way::Gateway);
    });
    [
        el("p").class("first-run-title").say(words.ways),
        el("div").class("acts").child([stay, key, gateway]),
    ]
}
