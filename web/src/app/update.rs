//! A newer page that waits: it is said, and nothing reloads by itself. `boot.js` knows of it and does it.

use leptos::prelude::*;
use web_sys::Event;

use super::{Politeness, announce};
use crate::{
    connection::Connection,
    desk::Desk,
    dom::{El, el, listen, live},
    kit::{Tone, button, use_toaster},
    text::t,
};

/// `boot.js` says that a newer page waits; it also marks the document.
const WAITS: &str = "rushes-update";
const MARK: &str = "data-update";
/// Tells `boot.js` to go on to it.
const RELOAD: &str = "rushes-reload";

/// Puts the banner at the end of the header, when there is a newer page.
pub(super) fn banner(header: El) -> El {
    let root = document().document_element();
    let is_here = RwSignal::new(root.is_some_and(|root| root.has_attribute(MARK)));
    listen(&window(), WAITS, move |_| {
        if !is_here.get_untracked() {
            is_here.set(true);
            announce(
                [t().offline.newer, " ", t().offline.reload].concat(),
                Politeness::Polite,
            );
        }
    });
    header.when(move || is_here.get(), words)
}

fn words() -> El {
    let words = t().offline;
    let connection = expect_context::<Connection>();
    let desk = expect_context::<Desk>();
    let toaster = use_toaster();
    let go = button(Tone::Plain, words.reload, move || {
        if desk.is_sending().get_untracked() {
            // What is on its way would come back as "not sure".
            toaster.say(t().compose.sending_reason);
        } else if let Ok(event) = Event::new(RELOAD) {
            // Whether somebody prevented it, which nobody does.
            drop(window().dispatch_event(&event));
        }
    });
    let keeps = live(move || (words.reload_keeps)(connection.holds_keys()).to_owned());
    el("div").class("banner row newer").child([
        el("p")
            .class("grow")
            .child([el("strong").say(words.newer), el("span").say(" ").say(keeps)]),
        go,
    ])
}
