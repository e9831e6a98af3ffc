//! What tells something: lamps, bars, messages, dialogs, notices.

use leptos::prelude::*;

use super::specimen;
use crate::{
    demand,
    dom::{El, el},
    kit::{Light, Tone, button, dialog, lamp, progress, use_toaster},
    text::{self, design, t},
};

pub(super) fn lamps() -> Vec<El> {
    let words = design();
    [
        (Light::Off, words.lamp_off),
        (Light::Live, words.lamp_live),
        (Light::Unsure, words.lamp_unsure),
        (Light::Done, words.lamp_done),
        (Light::Bad, words.lamp_bad),
    ]
    .map(|(light, word)| lamp(move || light, word))
    .into()
}

pub(super) fn bars() -> Vec<El> {
    let label = design().bars;
    [("0 %", 0.0), ("42 %", 42.0), ("100 %", 100.0)]
        .map(|(name, percent)| specimen(name, progress(move || percent, label)))
        .into()
}

pub(super) fn messages() -> Vec<El> {
    let words = design();
    let toaster = use_toaster();
    vec![
        button(Tone::Plain, words.say_message, move || {
            toaster.say(t().compose.started_over);
        }),
        button(Tone::Plain, words.offer_message, move || {
            toaster.offer(t().compose.picture_removed, t().shell.undo, || {});
        }),
    ]
}

pub(super) fn dialogs() -> Vec<El> {
    let open = RwSignal::new(false);
    let words = design();
    vec![
        button(Tone::Plain, words.open_dialog, move || open.set(true)),
        dialog(open, t().compose.problems_title, |body| {
            body.child(el("p").say(design().about))
        }),
    ]
}

pub(super) fn notices() -> Vec<El> {
    let words = design();
    vec![
        el("p").class("banner").say(t().offline.still_watching),
        el("p").class("banner bad").say(text::takes().storage.full),
        specimen(
            words.coming,
            el("p").class("on-demand-wait").say(t().demand.coming),
        ),
        specimen(words.missing, demand::trouble(|| {})),
        el("div")
            .class("key")
            .child([el("kbd").say("Ctrl"), el("kbd").say("Z")]),
    ]
}
