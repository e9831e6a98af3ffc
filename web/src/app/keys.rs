//! Keys that work anywhere on the page, and the list of them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::{
    demand::on_demand,
    dom::{El, listen as listen_to},
    help::keys::key_list,
    kit::dialog,
    storage,
    text::t,
};

/// `⌘` on Apple's machines, `Ctrl ` elsewhere.
pub fn mod_key() -> &'static str {
    if is_apple() { "⌘" } else { "Ctrl " }
}

/// Whether this is one of Apple's machines.
pub fn is_apple() -> bool {
    let navigator = window().navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    agent.contains("Mac") || agent.contains("iPhone") || agent.contains("iPad")
}

/// Whether keys are being typed into something.
fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return false;
    };
    let takes_text = |element: &Element| match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            element.get_attribute("type").as_deref(),
            Some("checkbox" | "radio" | "range" | "button" | "submit" | "file")
        ),
        _ => element.has_attribute("contenteditable"),
    };
    takes_text(&element)
}

fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// Whether `?` asks for the list here, and is no letter of a text.
fn is_question(event: &KeyboardEvent) -> bool {
    !is_typing(event) && !dialog_is_open() && is_question_on()
}

/// Listens for the page's keys.
pub fn listen(on_generate: impl Fn() + 'static, show_help: RwSignal<bool>) {
    listen_to(&window(), "keydown", move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let has_mod = event.ctrl_key() || event.meta_key();
        // Whether a dialog is open is asked last: most keys are letters of a prompt.
        match event.key().as_str() {
            "Enter" if has_mod && !event.repeat() && !dialog_is_open() => {
                event.prevent_default();
                on_generate();
            }
            "?" if !has_mod && !event.alt_key() && is_question(event) => {
                event.prevent_default();
                show_help.set(true);
            }
            _ => {}
        }
    });
}

/// The list of keys, opened by `open`.
pub fn key_help(open: RwSignal<bool>) -> El {
    dialog(open, t().shell.keys_title, move |body| {
        body.child(on_demand(move || key_list(open)))
    })
}

/// Whether `?` opens the list: unless somebody turned that off.
pub fn is_question_on() -> bool {
    storage::stored(storage::QUESTION).as_deref() != Some("off")
}

/// Turns it on or off.
pub fn turn_question(on: bool) {
    storage::remember(storage::QUESTION, if on { "on" } else { "off" });
}
