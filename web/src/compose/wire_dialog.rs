//! "The request": exactly what is sent, as JSON and as code, and ways to take it along.

use std::rc::Rc;

use leptos::prelude::*;
use rushes_core::Request;
use wasm_bindgen_futures::JsFuture;

use super::{
    code::{self, Files, Language},
    form::Picture,
    problem_list::problem_list,
    state::{Composer, Slot, use_composer},
    wire::{self, Line, Token},
};
use crate::{
    demand::on_demand,
    desk::{ObjectUrl, follow_link},
    dom::{El, el, live},
    kit::{ChoiceOption, Icon, Toaster, Tone, button_with, choice, dialog, use_toaster},
    task::{after_ms, spawn},
    text::{self, format, t},
};

/// The choice that shows the body itself.
const JSON: &str = "JSON";
/// How long the address of a saved image stays good, in milliseconds.
const SAVE_MS: u32 = 60_000;

/// The dialog, opened by `open`.
pub fn wire_dialog(open: RwSignal<bool>) -> El {
    let composer = use_composer();
    let form = RwSignal::new(JSON);
    dialog(open, t().doors.request, move |body| {
        let request = move || {
            composer
                .result()
                .with(|result| result.as_ref().ok().map(|checked| checked.request.clone()))
        };
        body.swap(request, move |request| {
            if let Some(request) = request.clone() {
                return on_demand(move || request_forms(composer, request.clone(), form));
            }
            let place = el("div")
                .class("stack")
                .child(el("p").say(text::request().not_yet));
            problem_list(place, move || open.set(false))
        })
    })
}

crate::part! { in request;
    /// The request in all its forms.
    pub(crate) fn request_forms(composer: Composer, request: Request, form: RwSignal<&'static str>) -> El {
        forms(el("div").class("stack"), composer, &request, form)
    }
}

fn forms(place: El, composer: Composer, request: &Request, form: RwSignal<&'static str>) -> El {
    let words = text::request();
    let names = std::iter::once(JSON).chain(Language::ALL.map(Language::name));
    let choice = choice(
        words.form,
        names.map(|name| ChoiceOption {
            value: name,
            label: name,
        }),
        move || form.get().to_owned(),
        move |value| form.set(value),
    );
    let request = request.clone();
    let body: Rc<str> = request.body().into();
    place.child(choice).swap(
        move || form.get(),
        move |form| {
            let found = Language::ALL
                .into_iter()
                .find(|language| language.name() == *form);
            match found {
                Some(language) => as_code(composer, &request, &body, language),
                None => as_json(&request, &body),
            }
        },
    )
}

fn as_json(request: &Request, body: &Rc<str>) -> Vec<El> {
    let words = text::request();
    let shown = el("code").child(wire::lines(body).iter().map(line));
    let copied = Rc::clone(body);
    vec![
        el("p").class("hint").say(words.about),
        el("p")
            .class("wire-line")
            .child(el("code").say("POST ").say(request.endpoint().path())),
        frame(JSON).child(shown),
        copy_button(JSON, move || copied.to_string()),
    ]
}

/// One line of the body. Its words are the body's and nothing else: where it begins is told by its looks.
fn line(line: &Line<'_>) -> El {
    let mut shown = el("span")
        .class("wire-row")
        .attr("data-depth", &line.depth.to_string());
    for token in &line.tokens {
        shown = match token {
            Token::Mark(mark) => shown.say(mark.to_string()),
            Token::Name(text) | Token::Value(text) => shown.say((*text).to_owned()),
            Token::Image(image) => {
                let note = (text::request().elided)(&format::bytes(image.bytes()));
                shown
                    .say(["\"", image.head].concat())
                    .child(el("em").class("elided").say(note))
                    .say("\"")
            }
        };
    }
    shown
}

fn as_code(composer: Composer, request: &Request, body: &str, language: Language) -> Vec<El> {
    let label = language.name();
    let words = text::request();
    let (start, end) = composer.now(|form| {
        let name = |picture: &Picture, otherwise: &str| picture.name().unwrap_or(otherwise).to_owned();
        (
            name(&form.start, words.start_file),
            name(&form.end, words.end_file),
        )
    });
    let files = Files {
        start: &start,
        end: &end,
    };
    let code = code::code(language, request.endpoint(), body, files);
    let read: Vec<Slot> = wire::tokens(body)
        .iter()
        .filter_map(|token| match token {
            Token::Image(image) if image.is_end => Some(Slot::End),
            Token::Image(_) => Some(Slot::Start),
            _ => None,
        })
        .collect();
    let names: Vec<&str> = read
        .iter()
        .map(|slot| {
            if *slot == Slot::End {
                end.as_str()
            } else {
                start.as_str()
            }
        })
        .collect();
    let reads = (!read.is_empty()).then(|| el("p").class("hint").say((words.reads_files)(&names.join(", "))));
    let copied = code.clone();
    let mut parts = vec![
        el("p").class("hint").say((words.needs)(language)),
        frame(label).child(el("code").say(code)),
    ];
    parts.extend(reads);
    let saves = read
        .iter()
        .zip(&names)
        .filter_map(|(slot, name)| save_button(composer, *slot, name));
    parts.push(copy_button(label, move || copied.clone()).child(saves));
    parts
}

/// Saves an image as it is sent: what the page took out of the file is not in it.
fn save_button(composer: Composer, slot: Slot, name: &str) -> Option<El> {
    let is_held = composer.now(|form| matches!(slot.of(form), Picture::Held { .. }));
    let name = name.to_owned();
    is_held.then(|| {
        button_with(
            Icon::Download,
            Tone::Plain,
            (text::request().save)(&name),
            move || {
                let url = composer.now(|form| match slot.of(form) {
                    Picture::Held { bytes, .. } => ObjectUrl::of_bytes(bytes, ""),
                    _ => None,
                });
                if let Some(url) = url {
                    follow_link(url.as_str(), &name);
                    // The browser copies from it for a moment.
                    after_ms(SAVE_MS, move || drop(url));
                }
            },
        )
    })
}

/// Where it is shown: it scrolls, so it can be focused.
fn frame(form: &'static str) -> El {
    el("pre")
        .class("wire")
        .attr("tabindex", "0")
        .attr("role", "region")
        .label("aria-label", live(move || (text::request().shown)(form)))
}

fn copy_button(form: &'static str, text: impl Fn() -> String + 'static) -> El {
    let toaster = use_toaster();
    let button = button_with(Icon::Copy, Tone::Plain, (text::request().copy)(form), move || {
        copy(text(), toaster);
    });
    el("div").class("row").child(button)
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
            text::request().copied
        } else {
            text::request().not_copied
        });
    });
}
