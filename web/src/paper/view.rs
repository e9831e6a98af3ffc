//! What is seen of it: sharing, and what comes back.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

use super::errand::{Errand, go};
use super::link::MARK;
use crate::compose::{Composer, Slot};
use crate::dom::{El, el, listen};
use crate::kit::{Toaster, switch};
use crate::storage;
use crate::task::follow;
use crate::text;

/// DOM id of the switch, and of what it explains.
const SWITCH: (&str, &str) = ("carry-request", "carry-request-hint");

/// Whether saved files carry their request: unless their owner said no.
pub fn carries() -> bool {
    storage::stored(storage::CARRY).as_deref() != Some("no")
}

/// The choice, and the list of what is put in.
pub fn carry_switch() -> El {
    let words = text::paper();
    let is_on = RwSignal::new(carries());
    let choose = move |on: bool| {
        is_on.set(on);
        storage::remember(storage::CARRY, if on { "yes" } else { "no" });
    };
    el("div").class("carry").child([
        switch(words.carry, SWITCH.0, SWITCH.1, move || is_on.get(), choose),
        el("p").class("hint").id(SWITCH.1).say(words.carry_list),
    ])
}

/// Whether a file is a film, by what it says of itself.
pub fn is_film(file: &File) -> bool {
    const ENDINGS: [&str; 3] = [".mp4", ".m4v", ".mov"];
    let name = file.name().to_ascii_lowercase();
    file.type_().starts_with("video/") || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether a file may be a request, by what it says of itself.
pub fn is_request(file: &File) -> bool {
    file.type_() == "application/json" || file.name().to_ascii_lowercase().ends_with(".json")
}

/// Asks for a file with a request, and opens it.
pub fn choose_file(composer: Composer) {
    let Ok(input) = document().create_element("input") else {
        return;
    };
    let input: web_sys::HtmlInputElement = input.unchecked_into();
    input.set_type("file");
    input.set_accept(".json,.mp4,.zip,application/json,video/mp4,application/zip");
    let chosen = input.clone();
    listen(&input, "change", move |_| {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            composer.take_file(Slot::Start, file);
        }
    });
    input.click();
}

/// Opens the request in the address's fragment, now and whenever another is put there. Nothing is sent; what was in the
/// form can be taken back.
pub fn open_links(composer: Composer, toaster: Toaster) {
    let open = move || {
        let fragment = window().location().hash().unwrap_or_default();
        if fragment.starts_with(MARK) {
            // Gone from the address at once: a reload must not undo what was made of it.
            let plain = window().location().pathname().unwrap_or_default();
            if let Ok(history) = window().history() {
                // Fails only for another origin's address.
                drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&plain)));
            }
            go(Errand::Link(fragment), composer, toaster);
        }
    };
    listen(&window(), "hashchange", move |_| open());
    let mut is_open = false;
    follow(move || {
        // The pictures of the last visit come first, so that they can be taken back with the rest.
        if composer.is_restored().get() && !std::mem::replace(&mut is_open, true) {
            open();
        }
    });
}
