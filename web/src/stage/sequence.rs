//! A chain of takes, each of which begins where the one before ended: played as one, saved as one.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlMediaElement, HtmlVideoElement};

use crate::compose::use_composer;
use crate::desk::{Desk, ObjectUrl, follow_link, still};
use crate::dom::{El, el};
use crate::ids;
use crate::kit::{Tone, button, dialog, use_toaster};
use crate::ledger::{Ledger, State, Take};
use crate::paper::film::Apart;
use crate::task::{after_ms, spawn};
use crate::text::{self, t};

/// Most takes of a chain.
const CHAIN_MAX: usize = 100;
/// How long the address of a saved file stays good, in milliseconds: the browser copies from it.
const SAVE_MS: u32 = 60_000;

/// The takes of which that one is the end, the first one first: as far back as they are kept.
pub fn chain(end: &Take, find: impl Fn(&str) -> Option<Take>) -> Vec<Take> {
    let mut chain = vec![end.clone()];
    while let Some(before) = chain.last().and_then(|take| find(take.continues.as_deref()?)) {
        let is_kept = matches!(before.state, State::Kept { .. });
        if !is_kept || chain.len() >= CHAIN_MAX || chain.iter().any(|take| take.id == before.id) {
            break;
        }
        chain.push(before);
    }
    chain.reverse();
    chain
}

/// The button that makes the frame shown on the stage the start image of the next request.
pub fn this_frame(take: Memo<Take>) -> El {
    let (composer, toaster) = (use_composer(), use_toaster());
    button(Tone::Plain, text::darkroom().use_frame, move || {
        let player = document()
            .query_selector(&["#", ids::STAGE, " video"].concat())
            .ok()
            .flatten();
        let player = player.map(JsCast::unchecked_into::<HtmlVideoElement>);
        spawn(async move {
            let words = text::darkroom();
            let shown = player.filter(|player| player.ready_state() >= HtmlMediaElement::HAVE_CURRENT_DATA);
            let frame = match &shown {
                Some(player) => still(player, "image/png", 1.0).await,
                None => None,
            };
            match (frame, take.try_with_untracked(|take| take.id.clone())) {
                (Some(bytes), Some(id)) => {
                    composer.use_as_start_image(bytes, "frame.png".to_owned(), Some(id));
                    toaster.say(words.frame_used);
                }
                _ => toaster.say(words.no_frame),
            }
        });
    })
}

/// The button that opens the sequence, and its dialog; empty where the take continues none.
pub fn sequence(take: Memo<Take>) -> El {
    let ledger = expect_context::<Ledger>();
    let open = RwSignal::new(false);
    let count = move || {
        ledger.takes.track();
        take.with(|take| {
            let is_kept = matches!(take.state, State::Kept { .. });
            if is_kept {
                chain(take, |id| ledger.take(id)).len()
            } else {
                0
            }
        })
    };
    el("div")
        .class("sequence")
        .swap(count, move |count| {
            (*count > 1).then(|| {
                button(Tone::Plain, (text::paper().sequence)(*count), move || {
                    open.set(true);
                })
            })
        })
        .child(dialog(open, text::paper().sequence_title, move |body| {
            let takes = chain(&take.get_untracked(), |id| ledger.take(id));
            whole(body, takes)
        }))
}

/// How far it is.
#[derive(Clone, PartialEq)]
enum Stage {
    Joining,
    Whole(String),
    Apart(String),
}

fn whole(body: El, takes: Vec<Take>) -> El {
    let desk = expect_context::<Desk>();
    let stage = RwSignal::new(Stage::Joining);
    let url = StoredValue::new(None::<ObjectUrl>);
    let count = takes.len();
    let all = takes.clone();
    spawn(async move {
        let now = match joined(desk, &all).await {
            Ok(blob) => match ObjectUrl::of(&blob) {
                Some(address) => {
                    let shown = address.as_str().to_owned();
                    // Closed meanwhile: the address goes with the value.
                    url.try_set_value(Some(address));
                    Stage::Whole(shown)
                }
                None => Stage::Apart(text::paper().apart.to_owned()),
            },
            Err(why) => Stage::Apart(why),
        };
        stage.try_set(now);
    });
    body.swap(
        move || stage.get(),
        move |stage| match stage {
            Stage::Joining => vec![el("p").attr("role", "status").say(text::paper().sequence_wait)],
            Stage::Whole(address) => player(address, count),
            Stage::Apart(why) => apart(desk, why, &takes),
        },
    )
}

fn player(address: &str, count: usize) -> Vec<El> {
    let words = text::paper();
    let saved = address.to_owned();
    vec![
        el("video")
            .class("film")
            .attr("controls", "")
            .attr("playsinline", "")
            .attr("preload", "metadata")
            .attr("aria-label", words.sequence_player)
            .attr("src", address),
        el("p").class("hint").say((words.sequence_about)(count)),
        el("div")
            .class("row")
            .child(button(Tone::Primary, words.sequence_save, move || {
                follow_link(&saved, "sequence.mp4");
            })),
    ]
}

fn apart(desk: Desk, why: &str, takes: &[Take]) -> Vec<El> {
    let takes = takes.to_vec();
    vec![
        el("p").attr("role", "alert").say(why.to_owned()),
        el("div")
            .class("row")
            .child(button(Tone::Plain, text::paper().sequence_each, move || {
                spawn(save_each(desk, takes.clone()));
            })),
    ]
}

async fn save_each(desk: Desk, takes: Vec<Take>) {
    for (number, take) in (1..).zip(&takes) {
        if let Some(url) = desk.video(take).await.and_then(|blob| ObjectUrl::of(&blob)) {
            follow_link(url.as_str(), &format!("sequence-{number}.mp4"));
            after_ms(SAVE_MS, move || drop(url));
        }
    }
}

/// The takes' films as one.
///
/// # Errors
/// The sentence that says why not.
async fn joined(desk: Desk, takes: &[Take]) -> Result<Blob, String> {
    let words = text::paper();
    let mut videos = Vec::with_capacity(takes.len());
    for take in takes {
        videos.push(desk.video(take).await.ok_or_else(|| words.apart.to_owned())?);
    }
    let later = crate::paper::paper_join(videos)
        .await
        .map_err(|_| t().demand.missing.to_owned())?;
    later.await.map_err(|why| match why {
        Apart::Differs(film, what) => (words.differs)(film + 1, what),
        Apart::Flawed(film, why) => (words.flawed)(film + 1, &why),
        Apart::Other => words.apart.to_owned(),
    })
}
