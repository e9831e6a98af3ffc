//! Where the keys of the player are changed, or turned off.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::keymap::{Deed, Keymap};
use crate::dom::{El, el};
use crate::ids;
use crate::kit::{Tone, button, dialog, switch};
use crate::text;

/// What a deed is called.
pub fn name(deed: Deed) -> &'static str {
    let words = text::player();
    match deed {
        Deed::Play => words.play,
        Deed::Backward => words.backward,
        Deed::Stop => words.stop,
        Deed::Forward => words.forward,
        Deed::FrameBack => words.frame_back,
        Deed::FrameOn => words.frame_on,
        Deed::MarkIn => words.mark_in,
        Deed::MarkOut => words.mark_out,
        Deed::Loop => words.looping,
        Deed::Mute => words.mute,
        Deed::Full => words.full,
    }
}

/// The button that opens the dialog, and the dialog.
pub fn key_dialog(keys: RwSignal<Keymap>) -> [El; 2] {
    let words = text::player();
    let open = RwSignal::new(false);
    let title = words.keys.trim_end_matches('…');
    let dialog = dialog(open, title, move |body| {
        let hint = ids::fresh("keys-hint");
        let is_on = switch(
            words.keys_on,
            &ids::fresh("keys-on"),
            &hint,
            move || keys.with(|keys| keys.is_on),
            move |is_on| keys.update(|keys| keys.is_on = is_on),
        );
        let fields = Deed::EACH.map(|deed| field(keys, deed));
        body.child([
            el("p").class("hint").id(&hint).say(words.keys_hint),
            is_on,
            el("div").class("player-keys").child(fields),
            button(Tone::Quiet, words.keys_reset, move || keys.set(Keymap::default())),
        ])
    });
    [button(Tone::Quiet, words.keys, move || open.set(true)), dialog]
}

fn field(keys: RwSignal<Keymap>, deed: Deed) -> El {
    let id = ids::fresh("key");
    let shown = move || {
        keys.with(|keys| match keys.key(deed) {
            " " => text::player().space.to_owned(),
            key => key.to_uppercase(),
        })
    };
    let input = el("input")
        .attr("type", "text")
        .id(&id)
        .attr("readonly", "")
        .attr("autocomplete", "off")
        .value(shown)
        .on("keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let key = event.key();
            let mut is_key = false;
            keys.update(|keys| is_key = keys.set(deed, &key));
            if is_key {
                event.prevent_default();
            }
        });
    el("div")
        .class("player-key")
        .child([el("label").attr("for", &id).say(name(deed)), input])
}
