//! A frame of an earlier take as the start or end image: the last one, or any.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlVideoElement};

use crate::compose::{Composer, Slot, form, use_composer};
use crate::desk::{BEFORE_END_SECS, Desk, ObjectUrl, still};
use crate::dom::{El, el};
use crate::kit::{Tone, button, use_toaster};
use crate::ledger::{Ledger, Standing};
use crate::library::{face, posters::follow_poster};
use crate::task::spawn;
use crate::text::{self, t};

/// How many takes are shown at first, and how many more at a time.
const SHOWN: usize = 24;
/// Most characters of a prompt under a picture.
const WORDS_CHARS: usize = 60;
/// One step of the slider, in seconds: a frame at 25 a second.
const STEP_SECS: &str = "0.04";

crate::part! { in archive;
    /// The kept takes, and the frames of the one that is chosen.
    pub(crate) fn picker_room(slot: Slot, open: RwSignal<bool>) -> El {
        room(slot, open)
    }
}

fn room(slot: Slot, open: RwSignal<bool>) -> El {
    let chosen = RwSignal::new(None::<String>);
    expect_context::<Desk>().open();
    el("div").class("stack").swap(
        move || chosen.get(),
        move |id| match id {
            Some(id) => frames(id.clone(), slot, open, chosen),
            None => takes(chosen),
        },
    )
}

fn kept(ledger: Ledger) -> Vec<String> {
    ledger.takes.with(|takes| {
        let kept = takes
            .iter()
            .filter(|shelved| shelved.card.standing == Standing::Kept);
        kept.map(|shelved| shelved.id.clone()).collect()
    })
}

fn takes(chosen: RwSignal<Option<String>>) -> Vec<El> {
    let ledger = expect_context::<Ledger>();
    let most = RwSignal::new(SHOWN);
    let shown = move || {
        let mut ids = kept(ledger);
        ids.truncate(most.get());
        ids
    };
    let rest = move || kept(ledger).len().saturating_sub(most.get());
    let all = el("ul").class("pick-list").each(shown, move |id| {
        let words = ledger
            .take(id)
            .map(|take| face::excerpt(&take.settings.prompt, WORDS_CHARS))
            .unwrap_or_default();
        let own = id.clone();
        let picture = follow_poster(el("img").class("pick-poster"), ledger, id, || Standing::Kept);
        let press = button(Tone::Quiet, "", move || chosen.set(Some(own.clone())))
            .class("button quiet pick")
            .child([
                el("span").class("pick-picture").child(picture),
                el("span").attr("dir", "auto").say(words),
            ]);
        el("li").child(press)
    });
    let place = el("div")
        .class("stack")
        .child(all)
        .when(
            move || ledger.is_loaded.get() && kept(ledger).is_empty(),
            || el("p").class("hint").say(text::archive().pick_none),
        )
        .swap(rest, move |rest| {
            (*rest > 0).then(|| {
                button(
                    Tone::Plain,
                    (text::archive().pick_more)((*rest).min(SHOWN)),
                    move || {
                        most.update(|most| *most += SHOWN);
                    },
                )
            })
        });
    vec![place]
}

fn frames(id: String, slot: Slot, open: RwSignal<bool>, chosen: RwSignal<Option<String>>) -> Vec<El> {
    let words = text::archive();
    let (desk, ledger) = (expect_context::<Desk>(), expect_context::<Ledger>());
    let (composer, toaster) = (use_composer(), use_toaster());
    let place = el("video")
        .class("film")
        .attr("playsinline", "")
        .attr("preload", "auto")
        .attr("aria-label", t().doors.frames_title);
    let player: HtmlVideoElement = place.node().clone().unchecked_into();
    player.set_muted(true);
    let slider = slider(&player);
    let place = follow_length(place, &slider);
    let url = StoredValue::new(None::<ObjectUrl>);
    let (shown, own) = (player.clone(), id.clone());
    spawn(async move {
        let video = match ledger.take(&own) {
            Some(take) => desk.video(&take).await,
            None => None,
        };
        match video.and_then(|video| ObjectUrl::of(&video)) {
            Some(address) => {
                shown.set_src(address.as_str());
                // Closed meanwhile: the address goes with the value.
                url.try_set_value(Some(address));
            }
            None => toaster.say(words.pick_failed),
        }
    });
    let use_it = button(Tone::Primary, words.pick_use, move || {
        let (player, id) = (player.clone(), id.clone());
        spawn(async move {
            match still(&player, "image/png", 1.0).await {
                Some(bytes) => {
                    open.set(false);
                    put(composer, slot, bytes, id);
                }
                None => toaster.say(words.pick_failed),
            }
        });
    });
    let label = el("label")
        .class("pick-slider")
        .child([el("span").say(words.pick_frame), slider]);
    let back = button(Tone::Plain, words.pick_other, move || chosen.set(None));
    vec![place, label, el("div").class("row").child([use_it, back])]
}

fn put(composer: Composer, slot: Slot, bytes: std::sync::Arc<[u8]>, id: String) {
    if slot == Slot::Start {
        // The take that it continues is remembered with it.
        composer.use_as_start_image(bytes, "frame.png".to_owned(), Some(id));
    } else {
        let picture = form::held(composer.fresh_picture_id(), "frame.png".to_owned(), bytes);
        composer.set_picture(slot, picture);
    }
    composer.focus(slot.field());
}

/// Goes to the frame that is chosen.
fn slider(player: &HtmlVideoElement) -> El {
    let place = el("input")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", "0")
        .attr("step", STEP_SECS)
        .attr("value", "0");
    let input: HtmlInputElement = place.node().clone().unchecked_into();
    let player = player.clone();
    place.on("input", move |_| player.set_current_time(input.value_as_number()))
}

/// Once its length is known: the last frame is shown, and the slider stands at its end.
fn follow_length(place: El, slider: &El) -> El {
    let player: HtmlVideoElement = place.node().clone().unchecked_into();
    let input: HtmlInputElement = slider.node().clone().unchecked_into();
    place.on("loadedmetadata", move |_| {
        let last = (player.duration() - BEFORE_END_SECS).max(0.0);
        if last.is_finite() {
            input.set_max(&last.to_string());
            input.set_value(&last.to_string());
            player.set_current_time(last);
        }
    })
}
