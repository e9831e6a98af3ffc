//! Something that takes a while: how far it is, its end, and the button that stops it.

use leptos::prelude::*;
use web_sys::Blob;

use super::pack::Stop;
use crate::app::{Politeness, announce};
use crate::desk::{ObjectUrl, follow_link};
use crate::dom::{El, el, live};
use crate::kit::{Tone, button, progress};
use crate::task::after_ms;
use crate::text::{self, format, t};

/// How long the address of a saved file stays good, in milliseconds: a large one is copied slowly.
const SAVE_MS: u32 = 600_000;

/// How it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct End {
    /// In a sentence.
    pub(super) said: String,
    /// What was left out, and why: nothing, or a heading with its names.
    pub(super) left_out: Option<(String, Vec<String>)>,
    /// Whether it did what it was to do.
    pub(super) is_good: bool,
}

/// Handle of it; closing its dialog stops it.
#[derive(Clone, Copy)]
pub(super) struct Work {
    done: RwSignal<u64>,
    all: RwSignal<u64>,
    is_stopped: RwSignal<bool>,
    end: RwSignal<Option<End>>,
}

impl Work {
    pub(super) fn new() -> Self {
        Self {
            done: RwSignal::default(),
            all: RwSignal::default(),
            is_stopped: RwSignal::default(),
            end: RwSignal::default(),
        }
    }

    /// How many bytes there are to be read.
    pub(super) fn expect(self, bytes: u64) {
        self.all.try_set(bytes);
    }

    /// That many bytes more were read.
    pub(super) fn came(self, bytes: u64) {
        self.done.try_update(|done| *done += bytes);
    }

    /// Whether nobody waits for it any more.
    pub(super) fn is_stopped(self) -> bool {
        self.is_stopped.try_get_untracked().unwrap_or(true)
    }

    /// Whether it has ended; reactively.
    pub(super) fn is_over(self) -> bool {
        self.end.with(Option::is_some)
    }

    /// It has ended.
    pub(super) fn end(self, end: End) {
        announce(end.said.clone(), Politeness::Polite);
        self.end.try_set(Some(end));
    }

    /// It has not come to its end.
    pub(super) fn stop(self, why: &Stop) {
        let words = text::archive();
        let said = match why {
            Stop::Cancelled => words.cancelled.to_owned(),
            Stop::Unreadable(name) => (words.unreadable)(name),
        };
        self.end(End {
            said,
            ..End::default()
        });
    }

    /// What is shown of it; `close` closes its dialog.
    pub(super) fn view(self, close: impl Fn() + 'static) -> El {
        let words = text::archive();
        let share = move || {
            let (done, all) = (self.done.get(), self.all.get().max(1));
            #[expect(clippy::cast_precision_loss, reason = "a bar, and files far below 2^52 bytes")]
            let share = done as f64 / all as f64;
            (share * 100.0).min(100.0)
        };
        let said = move || {
            let done = self.done.get();
            let so_far = || (words.packing)(&format::bytes(done), &format::bytes(self.all.get().max(done)));
            self.end.get().map_or_else(so_far, |end| end.said)
        };
        let label = move || {
            if self.is_over() {
                t().shell.close
            } else {
                words.cancel
            }
            .to_owned()
        };
        let press = button(Tone::Plain, live(label), move || {
            if self.end.with_untracked(Option::is_some) {
                close();
            } else {
                self.is_stopped.set(true);
            }
        });
        el("div")
            .class("stack work")
            .child([
                progress(share, words.progress),
                el("p").class("num").say(live(said)),
            ])
            .swap(
                move || {
                    self.end
                        .with(|end| end.as_ref().and_then(|end| end.left_out.clone()))
                },
                |left_out| left_out.as_ref().map(|(heading, names)| list(heading, names)),
            )
            .child(el("div").class("row").child(press))
    }
}

/// A heading and the names under it; they scroll where they are many.
pub(super) fn list(heading: &str, names: &[String]) -> El {
    let rows = names
        .iter()
        .map(|name| el("li").attr("dir", "auto").say(name.clone()));
    el("div")
        .class("left-out")
        .attr("role", "group")
        .attr("aria-label", heading)
        .child([
            el("p").say(heading.to_owned()),
            el("ul").attr("tabindex", "0").child(rows),
        ])
}

/// Saves a file under that name.
pub(super) fn save(file: &Blob, name: &str) {
    if let Some(url) = ObjectUrl::of(file) {
        follow_link(url.as_str(), name);
        after_ms(SAVE_MS, move || drop(url));
    }
}

/// Today, as `2026-11-22`, by universal time.
pub(super) fn today() -> String {
    let now: String = js_sys::Date::new_0().to_iso_string().into();
    now.chars().take(10).collect()
}
