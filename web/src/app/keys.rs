//! Keys that work anywhere on the page, and the list of them.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::{kit::Dialog, text::t};

/// `⌘` on Apple's machines, `Ctrl ` elsewhere.
pub fn mod_key() -> &'static str {
    if is_apple() { "⌘" } else { "Ctrl " }
}

fn is_apple() -> bool {
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

/// Listens for the page's keys.
pub fn listen(on_generate: Callback<()>, show_help: RwSignal<bool>) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() || dialog_is_open() {
            return;
        }
        let has_mod = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "Enter" if has_mod && !event.repeat() => {
                event.prevent_default();
                on_generate.run(());
            }
            "?" if !has_mod && !event.alt_key() && !is_typing(&event) => {
                event.prevent_default();
                show_help.set(true);
            }
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
}

/// The list of keys.
#[component]
pub fn KeyHelp(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let words = t().shell;
    let rows = move || {
        words
            .keys
            .iter()
            .map(|key| {
                let keys = key
                    .keys
                    .split(' ')
                    .map(|part| {
                        let part = if part == "Mod" { mod_key().trim() } else { part };
                        view! { <kbd>{part}</kbd> " " }
                    })
                    .collect_view();
                view! {
                    <div class="key">
                        <dt>{keys}</dt>
                        <dd>{key.does}</dd>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog open=open title=words.keys_title>
            <dl class="keys">{rows()}</dl>
            <p class="hint">{words.keys_note}</p>
        </Dialog>
    }
}
