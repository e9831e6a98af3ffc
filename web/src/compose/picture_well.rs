//! The well of the start or the end image: drop, paste, file or web address.

use std::{rc::Rc, sync::Arc};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlInputElement, Node};

use super::{
    form::Picture,
    notes::notes_of,
    reading,
    state::{Composer, Slot, use_composer},
    view::field_ids,
};
use crate::{
    archive::Depot,
    darkroom::Darkroom,
    desk::ObjectUrl,
    dom::{El, el},
    kit::{Field, Icon, Tone, button, icon, icon_button, use_toaster},
    ledger::Ledger,
    text::{format, t},
};

/// What choosing a file does.
type Pick = Rc<dyn Fn()>;

/// The parts of a picture that the well shows; the thumbnail follows the id.
#[derive(PartialEq)]
enum Face {
    Empty,
    Url,
    File {
        thumbnail: Option<u32>,
        name: String,
        facts: String,
    },
}

fn face(picture: &Picture) -> Face {
    let name = picture.name().unwrap_or_default().to_owned();
    let mut facts = Vec::new();
    if let Some(info) = picture.info() {
        facts.push(format!("{} × {}", info.width, info.height));
        facts.push(format::ratio(info.width, info.height));
    }
    facts.extend(picture.size().map(format::bytes));
    if let Picture::Held {
        had_location: true, ..
    } = picture
    {
        facts.push(t().compose.location_removed.to_owned());
    }
    let facts = facts.join(" · ");
    match picture {
        Picture::Empty => Face::Empty,
        Picture::Url(_) => Face::Url,
        Picture::Held { id, .. } => Face::File {
            thumbnail: Some(*id),
            name,
            facts,
        },
        Picture::Reading { .. } => Face::File {
            thumbnail: None,
            facts: (t().compose.reading)(&name),
            name,
        },
        Picture::Refused { .. } => Face::File {
            thumbnail: None,
            name,
            facts,
        },
    }
}

/// A well for one of the two pictures.
pub fn picture_well(slot: Slot) -> El {
    let composer = use_composer();
    let is_over = RwSignal::new(false);
    let picker = picker(composer, slot);
    let input: HtmlInputElement = picker.node().clone().unchecked_into();
    let pick: Pick = Rc::new(move || {
        // Without this the same file cannot be chosen twice.
        input.set_value("");
        input.click();
    });
    let well = el("div")
        .class("well")
        .attr("data-slot", if slot == Slot::Start { "start" } else { "end" })
        .toggle("over", move || is_over.get())
        .child(picker)
        .swap(
            move || composer.with(|form| face(slot.of(form))),
            move |face| match face {
                Face::Empty => vec![empty_well(composer, slot, Rc::clone(&pick))],
                Face::Url => vec![url_well(composer, slot, Rc::clone(&pick))],
                Face::File { name, facts, .. } => file_well(composer, slot, name, facts, Rc::clone(&pick)),
            },
        );
    take_drops(well, composer, slot, is_over)
}

fn picker(composer: Composer, slot: Slot) -> El {
    file_field(composer, slot).attr("accept", "image/*,.png,.jpg,.jpeg,.webp,.avif,.heic,.heif")
}

/// A field for a file, pressed by a button that is seen.
fn file_field(composer: Composer, slot: Slot) -> El {
    let picker = el("input")
        .attr("type", "file")
        .class("picker")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true");
    let input: HtmlInputElement = picker.node().clone().unchecked_into();
    picker.on("change", move |_| {
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            composer.take_file(slot, file);
        }
    })
}

fn take_drops(well: El, composer: Composer, slot: Slot, is_over: RwSignal<bool>) -> El {
    let toaster = use_toaster();
    well.on("dragover", move |event| {
        if reading::holds_files(event.unchecked_ref::<DragEvent>().data_transfer()) {
            event.prevent_default();
            is_over.set(true);
        }
    })
    .on("dragleave", move |event| {
        if !goes_inside(&event) {
            is_over.set(false);
        }
    })
    .on("drop", move |event| {
        event.prevent_default();
        event.stop_propagation();
        is_over.set(false);
        match reading::first_file(event.unchecked_ref::<DragEvent>().data_transfer()) {
            Some(file) => composer.take_file(slot, file),
            None => toaster.say(t().compose.no_file),
        }
    })
}

/// Whether the pointer left for something inside the well.
fn goes_inside(event: &Event) -> bool {
    let to = event.unchecked_ref::<DragEvent>().related_target();
    event.current_target().is_some_and(|well| {
        to.is_some_and(|to| well.unchecked_ref::<Node>().contains(Some(to.unchecked_ref())))
    })
}

fn labels(slot: Slot) -> crate::text::Labelled {
    match slot {
        Slot::Start => t().compose.start,
        Slot::End => t().compose.end,
    }
}

fn choose(pick: Pick, tone: Tone, words: &'static str) -> El {
    button(tone, words, move || pick())
}

fn empty_well(composer: Composer, slot: Slot, pick: Pick) -> El {
    let words = t().compose;
    let ids = field_ids(slot.field());
    let use_url = button(Tone::Quiet, words.use_url, move || {
        composer.edit(|form| *slot.of_mut(form) = Picture::Url(String::new()));
        composer.focus(slot.field());
    });
    let text = el("div").class("well-text").child([
        el("span").class("label").say(labels(slot).label),
        el("p").class("hint").id(&ids.hint).say(labels(slot).hint),
    ]);
    let choose = choose(pick, Tone::Plain, words.choose_file)
        .id(&ids.control)
        .attr("aria-describedby", &ids.hint);
    el("div").class("well-empty").child([
        el("span")
            .class("well-mark")
            .attr("aria-hidden", "true")
            .child(icon(Icon::Picture)),
        text,
        el("div")
            .class("well-actions")
            .child([choose, use_url, from_take(slot)])
            .child(camera_button(slot)),
        drop_here(),
    ])
}

/// On a phone its own camera, by a file field that asks for one; elsewhere ours.
fn camera_button(slot: Slot) -> Vec<El> {
    let (composer, darkroom) = (use_composer(), expect_context::<Darkroom>());
    let has_own = window()
        .match_media("(pointer: coarse)")
        .ok()
        .flatten()
        .is_some_and(|coarse| coarse.matches());
    let picker = file_field(composer, slot)
        .attr("accept", "image/*")
        .attr("capture", "environment");
    let input: HtmlInputElement = picker.node().clone().unchecked_into();
    let press = icon_button(Icon::Camera, t().doors.camera, move || {
        if has_own {
            input.set_value("");
            input.click();
        } else {
            darkroom.shoot(slot);
        }
    });
    if has_own { vec![press, picker] } else { vec![press] }
}

/// A frame of an earlier take; where there is none, nothing.
fn from_take(slot: Slot) -> El {
    let (depot, ledger) = (expect_context::<Depot>(), expect_context::<Ledger>());
    let has_any = move || {
        ledger
            .takes
            .with(|takes| takes.iter().any(|shelved| shelved.card.bytes > 0))
    };
    el("span").class("from-take").when(has_any, move || {
        button(Tone::Quiet, t().doors.frames, move || depot.pick_frame(slot))
    })
}

fn drop_here() -> El {
    el("span")
        .class("drop-here")
        .attr("aria-hidden", "true")
        .say(t().compose.drop_here)
}

fn url_well(composer: Composer, slot: Slot, pick: Pick) -> El {
    let words = t().compose;
    let field = slot.field();
    let ids = field_ids(field);
    let input = el("input")
        .class("line")
        .attr("type", "url")
        .attr("inputmode", "url")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "https://")
        .id(&ids.control)
        .attr("aria-describedby", &ids.described_by())
        .set_aria("aria-invalid", move || composer.is_invalid(field))
        .value(move || {
            composer.with(|form| match slot.of(form) {
                Picture::Url(url) => url.clone(),
                _ => String::new(),
            })
        })
        .on_text(move |url| composer.edit(|form| *slot.of_mut(form) = Picture::Url(url)))
        .on("blur", move |_| composer.leave(field));
    let control = el("div").class("row").child([
        input,
        choose(pick, Tone::Quiet, words.choose_file),
        remove_button(composer, slot),
    ]);
    Field {
        ids,
        label: (words.url_label)(slot == Slot::End).into(),
        aside: None,
        hint: words.url_hint.into(),
        notes: notes_of(composer, field),
        control,
    }
    .view()
}

fn file_well(composer: Composer, slot: Slot, name: &str, facts: &str, pick: Pick) -> Vec<El> {
    let words = t().compose;
    let ids = field_ids(slot.field());
    let replace = choose(pick, Tone::Plain, words.replace)
        .id(&ids.control)
        .attr("aria-describedby", &ids.notes);
    let darkroom = expect_context::<Darkroom>();
    let crop = button(Tone::Plain, t().doors.adjust, move || darkroom.fix(slot));
    let actions = el("div")
        .class("well-actions")
        .child([replace, crop, remove_button(composer, slot)]);
    let text = el("div").class("well-text").child([
        el("span").class("label").say(labels(slot).label),
        el("p").class("file-name").say(name.to_owned()),
        el("p").class("hint numbers").say(facts.to_owned()),
        actions,
    ]);
    let file = el("div")
        .class("well-file")
        .child([thumbnail(composer, slot, name), text, drop_here()]);
    vec![file, notes_of(composer, slot.field()).id(&ids.notes)]
}

/// The picture itself, where its bytes are held.
fn thumbnail(composer: Composer, slot: Slot, name: &str) -> El {
    let bytes = composer.now(|form| match slot.of(form) {
        Picture::Held { bytes, .. } => Some(Arc::clone(bytes)),
        _ => None,
    });
    // The type is said to be PNG because the browser looks at the content anyway.
    match bytes.and_then(|bytes| ObjectUrl::of_bytes(&bytes, "image/png")) {
        Some(url) => {
            let image = el("img")
                .class("thumbnail")
                .attr("src", url.as_str())
                .attr("alt", &(t().compose.thumbnail)(name));
            on_cleanup(move || drop(url));
            image
        }
        None => el("span")
            .class("thumbnail none")
            .attr("aria-hidden", "true")
            .child(icon(Icon::Picture)),
    }
}

fn remove_button(composer: Composer, slot: Slot) -> El {
    button(Tone::Quiet, t().compose.remove, move || {
        composer.set_picture(slot, Picture::Empty);
        // The button that had the focus is gone.
        composer.focus(slot.field());
    })
}
