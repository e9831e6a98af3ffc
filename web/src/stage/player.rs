//! The player: the kept bytes, or the provider's link while there are none.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::controls::{Sound, controls, keymap};
use super::deck::Deck;
use super::key_dialog::key_dialog;
use super::keymap::Keymap;
use super::screen::of_shape;
use super::timing;
use crate::desk::{Desk, ObjectUrl, small_still};
use crate::dom::{El, el, live};
use crate::kit::{Tone, button, lamp, use_toaster};
use crate::ledger::{Ledger, State, StorageTrouble, Take};
use crate::library::face;
use crate::library::parts::how_far;
use crate::library::posters::forget_poster;
use crate::task::follow;
use crate::task::spawn;
use crate::text::{self, format};

/// Most characters of the prompt in the player's name.
const NAME_CHARS: usize = 80;

/// What is played.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// The provider's link.
    Link(String),
    /// Bytes on this disk, under an address of this page.
    Copy(String),
}

impl Source {
    fn url(&self) -> &str {
        match self {
            Self::Link(url) | Self::Copy(url) => url,
        }
    }
}

/// The video of a take, with the controls under it, and the line under those. It never starts by itself.
pub fn player(take: Memo<Take>) -> [El; 2] {
    let source = RwSignal::new(None::<Source>);
    let load = loader(take, source);
    let is_kept = move || take.with(|take| matches!(take.state, State::Kept { .. }));
    let link = move || {
        take.with(|take| match &take.state {
            State::Succeeded { link: Some(link), .. } => Some(link.url.clone()),
            _ => None,
        })
    };
    let copy = Rc::clone(&load);
    let mut was_kept = false;
    follow(move || {
        // What plays from the link goes on from there when the copy is ready: it would begin again otherwise.
        match (is_kept(), source.get_untracked(), link()) {
            (true, None, _) if !was_kept => copy(),
            (false, None, Some(url)) => source.set(Some(Source::Link(url))),
            (false, Some(Source::Link(old)), Some(url)) if old != url => source.set(Some(Source::Link(url))),
            _ => {}
        }
        was_kept = is_kept();
    });
    let broke: Rc<dyn Fn()> = Rc::new(move || {
        // A link that dies while it is looked at; the copy takes over if there is one.
        // An element that has left the page tells of its errors all the same, when nothing of its view is left.
        let is_link = source.try_with_untracked(|source| matches!(source, Some(Source::Link(_))));
        if is_link == Some(true) && untrack(is_kept) {
            load();
        }
    });
    let is_picture = move || {
        take.with(|take| match &take.state {
            State::Kept { file, .. } => file.media_type.starts_with("image/"),
            State::Succeeded { link: Some(link), .. } => link.kind.as_deref() == Some("gif"),
            _ => false,
        })
    };
    let film = el("div")
        .class("player-place")
        .swap(is_picture, move |is_picture| {
            if *is_picture {
                of_shape(take).child(picture(take, source))
            } else {
                film(take, source, Rc::clone(&broke))
            }
        });
    [film, under(take)]
}

/// What brings the kept bytes into the player.
fn loader(take: Memo<Take>, source: RwSignal<Option<Source>>) -> Rc<dyn Fn()> {
    let desk = expect_context::<Desk>();
    let copy = StoredValue::new(None::<ObjectUrl>);
    Rc::new(move || {
        let now = take.get_untracked();
        spawn(async move {
            if let Some(url) = desk.video(&now).await.and_then(|blob| ObjectUrl::of(&blob)) {
                // The view may have gone meanwhile: the address is revoked with the value then.
                source.try_set(Some(Source::Copy(url.as_str().to_owned())));
                copy.try_set_value(Some(url));
            }
        });
    })
}

fn name(take: Memo<Take>) -> String {
    take.with(|take| (text::takes().stage.player)(&face::excerpt(&take.settings.prompt, NAME_CHARS)))
}

fn url(source: RwSignal<Option<Source>>) -> Option<String> {
    source.with(|source| source.as_ref().map(|source| source.url().to_owned()))
}

fn picture(take: Memo<Take>, source: RwSignal<Option<Source>>) -> El {
    el("img")
        .class("film")
        .label("alt", live(move || name(take)))
        .set("src", move || url(source))
}

/// A video, with the player's own controls and keys.
fn film(take: Memo<Take>, source: RwSignal<Option<Source>>, broke: Rc<dyn Fn()>) -> El {
    let deck = Deck::new();
    let video = el("video")
        .class("film")
        .attr("playsinline", "")
        .attr("preload", "metadata")
        .label("aria-label", live(move || name(take)))
        .on("error", move |_| broke())
        .on("click", move |_| deck.toggle());
    let video = with_poster(video, take).set("src", move || url(source));
    deck.add(video.node().unchecked_ref());
    let player = el("div")
        .class("player")
        .attr("role", "group")
        .attr("tabindex", "0")
        .label(
            "aria-label",
            live(move || {
                take.with(|take| (text::player().name)(&face::excerpt(&take.settings.prompt, NAME_CHARS)))
            }),
        );
    let keys = keymap();
    let controls = controls(deck, &player, keys, Some(Sound::new(deck)));
    player
        .child(of_shape(take).child(video.clone()))
        .child(shots(deck, take))
        .child(controls)
        .child(more(deck, take, video, keys))
}

/// The small picture stands where the first frame will be.
fn with_poster(video: El, take: Memo<Take>) -> El {
    let ledger = expect_context::<Ledger>();
    let poster = RwSignal::new(None::<Arc<ObjectUrl>>);
    let id = take.with_untracked(|take| take.id.clone());
    spawn(async move {
        if let Some(blob) = ledger.poster(&id).await {
            // The view may have gone meanwhile.
            poster.try_set(ObjectUrl::of(&blob).map(Arc::new));
        }
    });
    video.set("poster", move || {
        poster.with(|poster| poster.as_ref().map(|url| url.as_str().to_owned()))
    })
}

/// The shots that were asked for, each as wide as it is long: pressed, the player goes there.
fn shots(deck: Deck, take: Memo<Take>) -> El {
    let shots = move || {
        take.with(|take| {
            take.settings
                .shots
                .iter()
                .map(|shot| shot.duration_secs)
                .collect::<Vec<u8>>()
        })
    };
    let key = move || (shots(), deck.state().length_secs.get());
    el("div").class("player-shots").swap(key, move |(shots, length)| {
        let cuts = timing::cuts(shots, *length);
        let shot = |(index, (at, secs)): (usize, (&f64, &u8))| {
            let at = *at;
            let fps = deck.state().fps.get_untracked();
            button(Tone::Quiet, (index + 1).to_string(), move || deck.seek(at))
                .attr(
                    "aria-label",
                    &(text::player().shot)(index + 1, &timing::timecode(at, fps)),
                )
                .style("flex-grow", &secs.to_string())
        };
        cuts.iter().zip(shots).enumerate().map(shot).collect::<Vec<El>>()
    })
}

/// The loop's ends, the poster, the keys.
fn more(deck: Deck, take: Memo<Take>, video: El, keys: RwSignal<Keymap>) -> El {
    let words = text::player();
    let ledger = expect_context::<Ledger>();
    let toaster = use_toaster();
    let state = deck.state();
    let poster = move || {
        let (id, video) = (take.with_untracked(|take| take.id.clone()), video.node().clone());
        spawn(async move {
            if let Some(blob) = small_still(video.unchecked_ref()).await {
                forget_poster(&id);
                ledger.keep_poster(&id, &blob).await;
                toaster.say(words.poster_set);
            }
        });
    };
    let is_kept = move || take.with(|take| matches!(take.state, State::Kept { .. }));
    let is_marked = move || state.marks.get() != (None, None);
    el("div")
        .class("player-more")
        .child([
            button(Tone::Quiet, words.mark_in, move || deck.mark(false)),
            button(Tone::Quiet, words.mark_out, move || deck.mark(true)),
        ])
        .when(is_marked, move || {
            button(Tone::Quiet, words.no_marks, move || state.marks.set((None, None)))
        })
        .when(is_kept, move || button(Tone::Quiet, words.poster, poster.clone()))
        .child(key_dialog(keys))
}

/// The line under the picture: where the bytes are, and how long the link is good.
fn under(take: Memo<Take>) -> El {
    let desk = expect_context::<Desk>();
    let ledger = expect_context::<Ledger>();
    let word = move || {
        take.with(|take| match &take.state {
            State::Kept { file, .. } => {
                let size = format::bytes(file.bytes);
                if ledger.trouble.get() == Some(StorageTrouble::MemoryOnly) {
                    (text::takes().say.kept_for_now)(&size)
                } else {
                    (text::takes().say.kept)(&size)
                }
            }
            state => face::word(state, desk.saving(&take.id).is_some()).to_owned(),
        })
    };
    el("div").class("under").child([
        lamp(move || take.with(|take| face::light(&take.state)), live(word)),
        how_far(take),
    ])
}
