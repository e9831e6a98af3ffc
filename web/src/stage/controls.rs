//! The controls of a deck: buttons, ruler, keys.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use super::deck::Deck;
use super::keymap::{Deed, Keymap};
use super::timing::timecode;
use crate::dom::{El, digits, el, live, number_in};
use crate::kit::{Icon, icon_button, select};
use crate::storage;
use crate::task::follow;
use crate::text::{self, format};

/// Speeds to choose from.
const SPEEDS: [f64; 5] = [0.25, 0.5, 1.0, 1.5, 2.0];

/// The keys of the player, as they were left.
pub fn keymap() -> RwSignal<Keymap> {
    let keymap = RwSignal::new(
        storage::stored(storage::PLAYER_KEYS).map_or_else(Keymap::default, |text| Keymap::read(&text)),
    );
    follow(move || storage::remember(storage::PLAYER_KEYS, &keymap.with(Keymap::stored)));
    keymap
}

/// Volume and muting, which outlast the player.
#[derive(Clone, Copy)]
pub struct Sound {
    /// 0 to 1.
    volume: RwSignal<f64>,
    is_muted: RwSignal<bool>,
}

impl Sound {
    /// As it was left.
    pub fn new(deck: Deck) -> Self {
        let volume = storage::stored(storage::PLAYER_VOLUME).and_then(|text| number_in(&text));
        let volume = volume
            .filter(|volume| (0.0..=1.0).contains(volume))
            .unwrap_or(1.0);
        let sound = Self {
            volume: RwSignal::new(volume),
            is_muted: RwSignal::new(false),
        };
        follow(move || {
            let (volume, is_muted) = (sound.volume.get(), sound.is_muted.get());
            deck.each(|video| {
                video.set_volume(volume);
                video.set_muted(is_muted);
            });
        });
        sound
    }
}

/// Everything under the picture. `player` is what fills the screen, and where keys are heard; `sound` has its place
/// here where one video plays.
pub fn controls(deck: Deck, player: &El, keys: RwSignal<Keymap>, sound: Option<Sound>) -> [El; 2] {
    let words = text::player();
    let state = deck.state();
    let is_going = move || state.is_going.get();
    let name = move || if is_going() { words.pause } else { words.play }.to_owned();
    let play = icon_button(Icon::Play, live(name), move || deck.toggle()).toggle("going", is_going);
    let play = play.child(crate::kit::icon(Icon::Pause));
    let full = player.node().clone();
    let row = el("div").class("controls").child([
        play,
        icon_button(Icon::FrameBack, words.frame_back, move || deck.step(-1)),
        icon_button(Icon::FrameOn, words.frame_on, move || deck.step(1)),
        el("span").class("num timecode").say(live(move || {
            let fps = state.fps.get();
            let (now, all) = (state.now_secs.get(), state.length_secs.get());
            [timecode(now, fps), timecode(all, fps)].join(" / ")
        })),
        icon_button(Icon::Again, words.looping, move || {
            state.is_looping.update(|is_looping| *is_looping = !*is_looping);
        })
        .set_aria("aria-pressed", move || state.is_looping.get()),
        speeds(deck),
    ]);
    let row = match sound {
        Some(sound) => row.child(volume(sound)),
        None => row,
    };
    let row = row.child(icon_button(Icon::Full, words.full, move || {
        fill_screen(&full);
    }));
    hear_keys(deck, player, keys, sound);
    [ruler(deck), row]
}

fn speeds(deck: Deck) -> El {
    let options = SPEEDS.map(|speed| (format::number(speed), [&format::number(speed), "×"].concat()));
    select(
        text::player().speed,
        move || options.to_vec(),
        move || format::number(deck.state().speed.get()),
        move |speed| deck.set_speed(number_in(&speed).unwrap_or(1.0)),
    )
    .class("select speed")
}

fn volume(sound: Sound) -> [El; 2] {
    let words = text::player();
    let Sound { volume, is_muted } = sound;
    let name = move || if is_muted.get() { words.unmute } else { words.mute }.to_owned();
    let mute = icon_button(Icon::Sound, live(name), move || {
        is_muted.update(|is_muted| *is_muted = !*is_muted);
    })
    .toggle("muted", move || is_muted.get());
    let level = el("input")
        .attr("type", "range")
        .class("volume")
        .attr("min", "0")
        .attr("max", "1")
        .attr("step", "0.05")
        .attr("aria-label", words.volume)
        .value(move || format::number(volume.get()))
        .on("input", move |event| {
            let Some(level) = value(&event) else { return };
            volume.set(level);
            is_muted.set(level <= 0.0);
            storage::remember(storage::PLAYER_VOLUME, &digits(level));
        });
    [mute, level]
}

fn value(event: &web_sys::Event) -> Option<f64> {
    let input: HtmlInputElement = event.target()?.unchecked_into();
    number_in(&input.value())
}

/// The ruler: where it is, and where it can be sent.
fn ruler(deck: Deck) -> El {
    let words = text::player();
    let state = deck.state();
    let spoken = move || {
        let fps = state.fps.get();
        let (now, all) = (state.now_secs.get(), state.length_secs.get());
        Some((words.time_of)(&timecode(now, fps), &timecode(all, fps)))
    };
    let input = el("input")
        .attr("type", "range")
        .class("ruler")
        .attr("min", "0")
        .set("max", move || Some(digits(state.length_secs.get())))
        .set("step", move || Some(digits(1.0 / state.fps.get())))
        .attr("aria-label", words.time)
        .set("aria-valuetext", spoken)
        .value(move || {
            // Follows the length, too: a value beyond the old end was cut to it.
            state.length_secs.track();
            digits(state.now_secs.get())
        })
        .on("input", move |event| {
            if let Some(secs) = value(&event) {
                deck.seek(secs);
            }
        });
    let share = move |secs: f64| {
        let all = state.length_secs.get();
        if all > 0.0 { secs / all * 100.0 } else { 0.0 }
    };
    let stretch = el("span")
        .class("ruler-loop")
        .flag("hidden", move || state.marks.get() == (None, None))
        .style_live("inset-inline-start", move || {
            digits(share(state.marks.get().0.unwrap_or(0.0))) + "%"
        })
        .style_live("inset-inline-end", move || {
            let end = state.marks.get().1.unwrap_or_else(|| state.length_secs.get());
            digits(100.0 - share(end)) + "%"
        });
    el("div").class("ruler-place").child([stretch, input])
}

/// Fills the screen with an element, or takes that back.
fn fill_screen(element: &Element) {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else {
        // Refused where a page may not: the picture stays as large as it is.
        drop(element.request_fullscreen());
    }
}

/// Keys work while the focus is in the player, and not where they are typed or move something.
fn hear_keys(deck: Deck, player: &El, keys: RwSignal<Keymap>, sound: Option<Sound>) {
    let full = player.node().clone();
    crate::dom::listen(player.node(), "keydown", move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
            return;
        }
        let key = event.key();
        if is_for_the_control(event, &key) {
            return;
        }
        let Some(deed) = keys.with_untracked(|keys| keys.deed(&key)) else {
            return;
        };
        event.prevent_default();
        do_it(deck, deed, &full, sound);
    });
}

/// Space presses what has the focus; a list to choose from takes letters.
fn is_for_the_control(event: &KeyboardEvent, key: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| match target.tag_name().as_str() {
        "BUTTON" | "SUMMARY" => key == " ",
        "SELECT" | "TEXTAREA" => true,
        "INPUT" => target.get_attribute("type").as_deref() != Some("range"),
        _ => false,
    })
}

fn do_it(deck: Deck, deed: Deed, full: &Element, sound: Option<Sound>) {
    match deed {
        Deed::Play => deck.toggle(),
        Deed::Backward => deck.shuttle(false),
        Deed::Stop => deck.stop(),
        Deed::Forward => deck.shuttle(true),
        Deed::FrameBack => deck.step(-1),
        Deed::FrameOn => deck.step(1),
        Deed::MarkIn => deck.mark(false),
        Deed::MarkOut => deck.mark(true),
        Deed::Loop => deck
            .state()
            .is_looping
            .update(|is_looping| *is_looping = !*is_looping),
        Deed::Mute => {
            if let Some(sound) = sound {
                sound.is_muted.update(|is_muted| *is_muted = !*is_muted);
            }
        }
        Deed::Full => fill_screen(full),
    }
}
