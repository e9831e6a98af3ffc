//! One live region for the whole page, so that announcements never talk over each other.

use std::sync::OnceLock;

use leptos::prelude::*;

use crate::dom::{El, el, live};

/// How urgent an announcement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Politeness {
    /// When the reader has finished.
    Polite,
    /// At once: money or work is at risk.
    Assertive,
}

static SAID: OnceLock<[ArcRwSignal<String>; 2]> = OnceLock::new();

fn said(politeness: Politeness) -> &'static ArcRwSignal<String> {
    let [polite, assertive] = SAID.get_or_init(|| [ArcRwSignal::default(), ArcRwSignal::default()]);
    match politeness {
        Politeness::Polite => polite,
        Politeness::Assertive => assertive,
    }
}

/// Says something to screen readers. Works anywhere, also in a task that has no owner any more.
pub fn announce(text: impl Into<String>, politeness: Politeness) {
    let mut text = text.into();
    let said = said(politeness);
    if said.with_untracked(|last| *last == text) {
        // The same words twice would be no change, hence silent.
        text.push('\u{a0}');
    }
    said.set(text);
}

/// The live regions themselves.
pub fn live_regions() -> [El; 2] {
    let region = |role: &str, politeness: Politeness| {
        el("div")
            .class("sr-only")
            .attr("role", role)
            .attr("aria-live", if role == "alert" { "assertive" } else { "polite" })
            .say(live(move || said(politeness).get()))
    };
    [
        region("status", Politeness::Polite),
        region("alert", Politeness::Assertive),
    ]
}
