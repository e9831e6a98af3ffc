//! "What will be sent": the exact body, readable, and ways to take it along.

use std::rc::Rc;

use leptos::prelude::*;
use rushes_core::{Request, price::Rates};
use wasm_bindgen_futures::JsFuture;

use super::{problem_list::problem_list, state::use_composer, wire};
use crate::{
    dom::{El, el},
    kit::{Icon, Toaster, Tone, button_with, dialog, use_toaster},
    task::spawn,
    text::t,
};

/// The dialog, opened by `open`.
pub fn wire_dialog(open: RwSignal<bool>) -> El {
    let composer = use_composer();
    dialog(open, t().compose.wire, move |body| {
        let request = move || {
            composer
                .result()
                .with(|result| result.as_ref().ok().map(|checked| checked.request.clone()))
        };
        body.swap(request, move |request| {
            let place = el("div").class("stack");
            match request {
                Some(request) => wire(place, request),
                None => problem_list(place.child(el("p").say(t().compose.wire_not_yet)), move || {
                    open.set(false);
                }),
            }
        })
    })
}

fn wire(place: El, request: &Request) -> El {
    let words = t().compose;
    let toaster = use_toaster();
    let endpoint = request.endpoint();
    let body: Rc<str> = request.body().into();
    let readable = wire::readable(&body);
    let estimate = request.estimate(&Rates::default());
    let price = (words.price)(Some(&estimate)) + " · " + &(words.price_source)(&estimate);
    let json = Rc::clone(&body);
    let copy_json = button_with(Icon::Copy, Tone::Plain, words.copy_json, move || {
        copy(json.to_string(), toaster);
    });
    let copy_curl = button_with(Icon::Copy, Tone::Plain, words.copy_curl, move || {
        let origin = window().location().origin().unwrap_or_default();
        copy(wire::curl(&origin, endpoint, &body), toaster);
    });
    let line = el("code").say("POST ").say(endpoint.path());
    place.child([
        el("p").class("hint").say(words.wire_about),
        el("p").class("wire-line").child(line),
        el("pre")
            .class("wire")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", words.wire_body)
            .child(el("code").say(readable)),
        el("p").class("hint numbers").say(price),
        el("div").class("row").child([copy_json, copy_curl]),
    ])
}

fn copy(text: String, toaster: Toaster) {
    spawn(async move {
        // Without https (and off localhost) there is no clipboard at all: the promise is then a TypeError of its own.
        let navigator = window().navigator();
        let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into())
            .is_ok_and(|clipboard| clipboard.is_object());
        let copied = has_clipboard
            && JsFuture::from(navigator.clipboard().write_text(&text))
                .await
                .is_ok();
        toaster.say(if copied {
            t().compose.copied
        } else {
            t().compose.not_copied
        });
    });
}
