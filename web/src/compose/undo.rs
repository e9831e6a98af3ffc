//! Undo and redo of the form, by button and by key. The browser's own undo of a text field stays out of the way: it
//! would know nothing of what the page writes there.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlTextAreaElement, InputEvent, KeyboardEvent};

use super::{
    fields::FieldKey,
    form::Form,
    history::History,
    state::{Composer, use_composer},
};
use crate::{
    app::{Politeness, announce},
    dom::{El, el, listen as listen_to},
    ids,
    kit::{Icon, icon_button},
    task::next_frame,
    text::t,
};

/// Undo and Redo.
pub fn undo_buttons() -> El {
    let composer = use_composer();
    let words = t().help;
    let undo = icon_button(Icon::Undo, words.undo, move || composer.undo())
        .unavailable(move || !composer.history().with(History::can).0);
    let redo = icon_button(Icon::Redo, words.redo, move || composer.redo())
        .unavailable(move || !composer.history().with(History::can).1);
    el("span").class("tools").child([undo, redo])
}

impl Composer {
    /// One step back, if there is one.
    pub fn undo(self) {
        self.travel(History::undo, t().help.undone, t().help.nothing_to_undo);
    }

    /// One step forth, if there is one.
    pub fn redo(self) {
        self.travel(History::redo, t().help.redone, t().help.nothing_to_redo);
    }

    fn travel(
        self,
        step: fn(&mut History, &Form) -> Option<Form>,
        done: &'static str,
        nothing: &'static str,
    ) {
        let now = self.now(Form::clone);
        let there = self.history().try_update(|history| step(history, &now)).flatten();
        let Some(form) = there else {
            announce(nothing, Politeness::Polite);
            return;
        };
        let focused = document().active_element();
        let was = focused.as_ref().and_then(area).map(|area| area.value());
        self.put(form);
        announce(done, Politeness::Polite);
        next_frame(move || {
            let Some(focused) = focused else { return };
            if !focused.is_connected() && focused.tag_name() != "BODY" {
                // What had the focus is gone with the step.
                self.focus(FieldKey::Prompt);
            } else if let (Some(area), Some(was)) = (area(&focused), was) {
                let now = area.value();
                if now != was {
                    let caret = behind_change(&was, &now);
                    // Fails only for what has no caret, which a text area has.
                    drop(area.set_selection_range(caret, caret));
                }
            }
        });
    }
}

fn area(element: &Element) -> Option<HtmlTextAreaElement> {
    element.clone().dyn_into().ok()
}

/// Where the change from one text to the other ends in the other, in UTF-16 units.
fn behind_change(before: &str, after: &str) -> u32 {
    let same = before
        .chars()
        .rev()
        .zip(after.chars().rev())
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one.len_utf8())
        .sum::<usize>();
    let head = after.get(..after.len() - same).unwrap_or_default();
    u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// Listens for the keys, and keeps the browser's own undo from the form's fields.
pub fn listen(composer: Composer) {
    let window = window();
    listen_to(&window, "keydown", move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        let has_mod = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
        if !has_mod || event.default_prevented() || event.is_composing() || is_elsewhere(event) {
            return;
        }
        match event.key().as_str() {
            "z" | "Z" if event.shift_key() => composer.redo(),
            "z" | "Z" => composer.undo(),
            "y" if event.ctrl_key() => composer.redo(),
            _ => return,
        }
        event.prevent_default();
    });
    listen_to(&window, "beforeinput", move |event| {
        let input: &InputEvent = event.unchecked_ref();
        let kind = input.input_type();
        if !kind.starts_with("history") || is_elsewhere(&event) {
            return;
        }
        event.prevent_default();
        if kind == "historyUndo" {
            composer.undo();
        } else {
            composer.redo();
        }
    });
}

/// Whether an event comes from a dialog, or from a field that is not the form's: they have an undo of their own.
fn is_elsewhere(event: &Event) -> bool {
    let Some(element) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return false;
    };
    let is_in = |selector: &str| element.closest(selector).is_ok_and(|found| found.is_some());
    let takes_text = element.matches("input, textarea, select").unwrap_or_default();
    is_in("dialog") || takes_text && !is_in(&["#", ids::COMPOSE].concat())
}

#[cfg(test)]
mod tests {
    use super::behind_change;

    #[test]
    fn the_caret_goes_behind_what_changed() {
        for (before, after, caret) in [
            ("a fox", "a red fox", 5),
            ("a red fox", "a fox", 1),
            ("", "狐\u{1F98A}", 3),
            ("same", "same", 0),
            ("ab", "", 0),
        ] {
            assert_eq!(behind_change(before, after), caret, "{before} -> {after}");
        }
    }
}
