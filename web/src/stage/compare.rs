//! Several takes side by side, or one over the other, kept together to the frame.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, PointerEvent};

use super::controls::{controls, keymap};
use super::deck::Deck;
use super::key_dialog::key_dialog;
use crate::desk::{Desk, ObjectUrl};
use crate::dom::{El, digits, el, number_in};
use crate::kit::{ChoiceOption, Icon, Tone, button_with, choice, select};
use crate::ledger::{Ledger, Take};
use crate::library::face;
use crate::task::{follow, spawn};
use crate::text;

/// Most characters of a prompt under its film.
const WORDS_CHARS: usize = 80;

/// How the films lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Layout {
    #[default]
    Beside,
    Wipe,
}

/// The letter of a film: A, B, C.
fn letter(index: usize) -> String {
    let letter = u8::try_from(index).ok().and_then(|index| b'A'.checked_add(index));
    char::from(letter.unwrap_or(b'?')).to_string()
}

/// The comparison of those takes.
pub fn compare(ids: &[String]) -> El {
    let desk = expect_context::<Desk>();
    let ledger = expect_context::<Ledger>();
    let words = text::player();
    let takes: Vec<Take> = ids.iter().filter_map(|id| ledger.take(id)).collect();
    let group = Deck::new();
    let layout = RwSignal::new(Layout::Beside);
    let wipe_percent = RwSignal::new(50.0_f64);
    let heard = RwSignal::new(None::<usize>);
    let count = takes.len();
    let player = el("div")
        .class("player compare")
        .attr("role", "group")
        .attr("tabindex", "0")
        .attr("aria-label", &(words.comparing)(count));
    let films = films(group, &takes, layout, wipe_percent, heard);
    let tools = tools(layout, wipe_percent, heard, count);
    let keys = keymap();
    let controls = controls(group, &player, keys, None);
    let end = button_with(Icon::Close, Tone::Plain, words.compare_end, move || {
        desk.comparing.set(Vec::new());
        desk.go_to_stage();
    });
    el("div").class("on-stage").child([
        player.child([films, tools]).child(controls),
        el("p").class("soft").say(text::takes().stage.no_seed),
        el("div").class("acts").child(end).child(key_dialog(keys)),
    ])
}

fn films(
    group: Deck,
    takes: &[Take],
    layout: RwSignal<Layout>,
    wipe_percent: RwSignal<f64>,
    heard: RwSignal<Option<usize>>,
) -> El {
    let is_wiped = move || layout.get() == Layout::Wipe;
    let films = takes
        .iter()
        .enumerate()
        .map(|(index, take)| film(group, index, take, heard));
    let place = el("div")
        .class("compare-films")
        .toggle("wipe", is_wiped)
        .style_live("--wipe", move || digits(wipe_percent.get()) + "%")
        .child(films)
        .when(is_wiped, || el("span").class("wipe-line"));
    let node = place.node().clone();
    let drag = move |event: web_sys::Event| {
        let event: &PointerEvent = event.unchecked_ref();
        if event.buttons() & 1 == 0 || layout.get_untracked() != Layout::Wipe {
            return;
        }
        wipe_percent.set(share(&node, event.client_x()));
    };
    place.on("pointerdown", drag.clone()).on("pointermove", drag)
}

/// Where in an element a point of the page lies, in percent of its width.
fn share(element: &Element, x: i32) -> f64 {
    let rect = element.get_bounding_client_rect();
    ((f64::from(x) - rect.left()) / rect.width().max(1.0) * 100.0).clamp(0.0, 100.0)
}

/// One film, silent until its sound is chosen.
fn film(group: Deck, index: usize, take: &Take, heard: RwSignal<Option<usize>>) -> El {
    let desk = expect_context::<Desk>();
    let words = face::excerpt(&take.settings.prompt, WORDS_CHARS);
    let video = el("video")
        .class("film")
        .attr("playsinline", "")
        .attr("preload", "auto")
        .attr("aria-label", &[&letter(index), ": ", &words].concat());
    let node: web_sys::HtmlVideoElement = video.node().clone().unchecked_into();
    let muted = node.clone();
    follow(move || muted.set_muted(heard.get() != Some(index)));
    group.add(&node);
    let held = StoredValue::new(None::<ObjectUrl>);
    let take = take.clone();
    spawn(async move {
        if let Some(url) = desk.video(&take).await.and_then(|blob| ObjectUrl::of(&blob)) {
            node.set_src(url.as_str());
            // The view may have gone meanwhile: the address is revoked with the value then.
            held.try_set_value(Some(url));
        }
    });
    el("div").class("compare-film").child([
        el("div").class("screen").child(video),
        el("p")
            .attr("dir", "auto")
            .child(el("strong").say(letter(index)))
            .say(" ")
            .say(words),
    ])
}

fn tools(
    layout: RwSignal<Layout>,
    wipe_percent: RwSignal<f64>,
    heard: RwSignal<Option<usize>>,
    count: usize,
) -> El {
    let words = text::player();
    let place = el("div").class("compare-tools");
    // One over the other makes sense for two.
    let place = if count == 2 {
        let options = [("beside", words.side_by_side), ("wipe", words.wipe)];
        place.child(choice(
            words.layout,
            options.map(|(value, label)| ChoiceOption { value, label }),
            move || options[usize::from(layout.get() == Layout::Wipe)].0.to_owned(),
            move |value| {
                layout.set(if value == "wipe" {
                    Layout::Wipe
                } else {
                    Layout::Beside
                });
            },
        ))
    } else {
        place
    };
    let sounds = move || {
        let each = (0..count).map(|index| (index.to_string(), letter(index)));
        std::iter::once((String::new(), words.no_sound.to_owned()))
            .chain(each)
            .collect()
    };
    place
        .when(
            move || layout.get() == Layout::Wipe,
            move || wipe_slider(wipe_percent),
        )
        .child(
            select(
                words.sound_of,
                sounds,
                move || heard.get().map(|index| index.to_string()).unwrap_or_default(),
                move |index| heard.set(index.parse().ok()),
            )
            .class("select inline"),
        )
}

fn wipe_slider(wipe_percent: RwSignal<f64>) -> El {
    el("label").class("select inline").child([
        el("span").say(text::player().wipe_at),
        el("input")
            .attr("type", "range")
            .attr("min", "0")
            .attr("max", "100")
            .value(move || digits(wipe_percent.get().round()))
            .on("input", move |event| {
                let input = event.target().map(JsCast::unchecked_into::<HtmlInputElement>);
                if let Some(percent) = input.and_then(|input| number_in(&input.value())) {
                    wipe_percent.set(percent);
                }
            }),
    ])
}
