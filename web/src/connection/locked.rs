//! What a running take says while this tab cannot look at it.

use leptos::prelude::*;

use super::Connection;
use crate::{
    dom::{El, el},
    kit::{Tone, button},
    ledger::{Place, Take},
    text,
};

/// Where a take is that this tab cannot look at: it runs, or its link may have to be asked for again.
fn locked_place(connection: Connection, take: &Take) -> Option<Place> {
    let place = take.place.clone()?;
    (take.state.is_watched() && !connection.can_reach(Some(&place))).then_some(place)
}

/// The sentence and the button that asks for what is missing. The take goes on and is still watched as soon as it can
/// be: this is never a failure.
pub fn locked(take: Memo<Take>) -> El {
    let connection = expect_context::<Connection>();
    el("div").class("locked").swap(
        move || take.with(|take| locked_place(connection, take)),
        move |place| match place.clone() {
            None => Vec::new(),
            Some(place) => {
                let words = text::connect();
                let about = if place.needs_key {
                    words.locked
                } else {
                    words.locked_open
                };
                let say = about(place.host());
                let ask = button(Tone::Plain, words.unlock, move || {
                    connection.ask_for_key(place.clone());
                });
                vec![el("p").class("take-say").say(say), ask]
            }
        },
    )
}
