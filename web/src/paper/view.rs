//! What is seen of it: sharing, and what comes back.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::Sheet;
use super::file::NoRequest;
use super::link::MARK;
use crate::compose::{Composer, Slot};
use crate::desk::{ObjectUrl, follow_link};
use crate::dom::{El, el, listen};
use crate::kit::{Toaster, switch};
use crate::storage;
use crate::task::{after_ms, follow, spawn};
use crate::text::t;

/// Name of a saved request.
const FILE_NAME: &str = "request.json";
/// How long the address of a saved file stays good, in milliseconds: the browser copies from it.
const SAVE_MS: u32 = 60_000;
/// DOM id of the switch, and of what it explains.
const SWITCH: (&str, &str) = ("carry-request", "carry-request-hint");

/// Whether saved files carry their request: unless their owner said no.
pub fn carries() -> bool {
    storage::stored(storage::CARRY).as_deref() != Some("no")
}

/// The choice, and the list of what is put in.
pub fn carry_switch() -> El {
    let words = t().paper;
    let is_on = RwSignal::new(carries());
    let choose = move |on: bool| {
        is_on.set(on);
        storage::remember(storage::CARRY, if on { "yes" } else { "no" });
    };
    el("div").class("carry").child([
        switch(words.carry, SWITCH.0, SWITCH.1, move || is_on.get(), choose),
        el("p").class("hint").id(SWITCH.1).say(words.carry_list),
    ])
}

/// Whether a file is a film, by what it says of itself.
pub fn is_film(file: &File) -> bool {
    const ENDINGS: [&str; 3] = [".mp4", ".m4v", ".mov"];
    let name = file.name().to_ascii_lowercase();
    file.type_().starts_with("video/") || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Brings the request back that a film carries.
pub fn bring_back(composer: Composer, toaster: Toaster, file: File) {
    let name = file.name();
    let blob: Blob = file.into();
    spawn(async move {
        let words = t().paper;
        let Ok(later) = super::paper_find(blob).await else {
            return toaster.say(t().demand.missing);
        };
        match later.await {
            Ok(Some(sheet)) => load(composer, sheet, (words.came_back)(&name)),
            Ok(None) => toaster.say((words.nothing_in)(&name)),
            Err(why) => {
                web_sys::console::warn_2(&name.as_str().into(), &why.as_str().into());
                toaster.say((words.nothing_in)(&name));
            }
        }
    });
}

/// Whether a file may be a request, by what it says of itself.
pub fn is_request(file: &File) -> bool {
    file.type_() == "application/json" || file.name().to_ascii_lowercase().ends_with(".json")
}

/// Opens the request in a file. Nothing is sent; what was in the form can be taken back.
pub fn open_file(composer: Composer, toaster: Toaster, file: File) {
    let name = file.name();
    spawn(async move {
        let words = t().archive;
        let Ok(later) = super::paper_read(file.into()).await else {
            return toaster.say(t().demand.missing);
        };
        match later.await {
            Ok(sheet) => load(composer, sheet, (words.request_opened)(&name)),
            Err(NoRequest::Newer) => toaster.say((words.request_newer)(&name)),
            Err(NoRequest::Other) => toaster.say((words.request_broken)(&name)),
        }
    });
}

/// Asks for a file with a request, and opens it.
pub fn choose_file(composer: Composer) {
    let Ok(input) = document().create_element("input") else {
        return;
    };
    let input: web_sys::HtmlInputElement = input.unchecked_into();
    input.set_type("file");
    input.set_accept(".json,.mp4,.zip,application/json,video/mp4,application/zip");
    let chosen = input.clone();
    listen(&input, "change", move |_| {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            composer.take_file(Slot::Start, file);
        }
    });
    input.click();
}

/// Saves the request in the form as a file.
pub fn save_file(composer: Composer, toaster: Toaster) {
    let draft = composer.now(crate::compose::form::Form::draft);
    spawn(async move {
        let words = t().archive;
        let Ok(later) = super::paper_write(draft).await else {
            return toaster.say(t().demand.missing);
        };
        let url = later.await.and_then(|file| ObjectUrl::of(&file));
        let Some(url) = url else {
            return toaster.say(words.request_failed);
        };
        follow_link(url.as_str(), FILE_NAME);
        after_ms(SAVE_MS, move || drop(url));
        toaster.say((words.request_saved)(FILE_NAME));
    });
}

fn load(composer: Composer, sheet: Sheet, said: String) {
    let mut said = said;
    if !sheet.left_out.is_empty() {
        said.push(' ');
        said.push_str(&(t().paper.left_out)(
            sheet.left_out.contains(&"image"),
            sheet.left_out.contains(&"end_image"),
        ));
    }
    composer.load_saying(sheet.draft, said);
}

/// Opens the request in the address's fragment, now and whenever another is put there. Nothing is sent; what was in the
/// form can be taken back.
pub fn open_links(composer: Composer, toaster: Toaster) {
    let open = move || {
        let fragment = window().location().hash().unwrap_or_default();
        if fragment.starts_with(MARK) {
            // Gone from the address at once: a reload must not undo what was made of it.
            let plain = window().location().pathname().unwrap_or_default();
            if let Ok(history) = window().history() {
                // Fails only for another origin's address.
                drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&plain)));
            }
            spawn(open_one(composer, toaster, fragment));
        }
    };
    listen(&window(), "hashchange", move |_| open());
    let mut is_open = false;
    follow(move || {
        // The pictures of the last visit come first, so that they can be taken back with the rest.
        if composer.is_restored().get() && !std::mem::replace(&mut is_open, true) {
            open();
        }
    });
}

async fn open_one(composer: Composer, toaster: Toaster, fragment: String) {
    let Ok(later) = super::paper_open(fragment).await else {
        return toaster.say(t().demand.missing);
    };
    match later.await {
        Some(sheet) => load(composer, sheet, t().paper.link_opened.to_owned()),
        None => toaster.say(t().paper.link_broken),
    }
}

/// Copies a link to the request in the form.
pub fn share(composer: Composer, toaster: Toaster) {
    let draft = composer.now(crate::compose::form::Form::draft);
    let has_pictures = [&draft.image, &draft.end_image].into_iter().flatten();
    let has_pictures = has_pictures.into_iter().any(|picture| picture.as_str().is_none());
    spawn(async move {
        let words = t().paper;
        let Ok(later) = super::paper_link(draft).await else {
            return toaster.say(t().demand.missing);
        };
        let is_copied = match later.await {
            Some(link) => copied(&link).await,
            None => false,
        };
        toaster.say(match (is_copied, has_pictures) {
            (false, _) => words.link_failed,
            (true, true) => words.link_copied_bare,
            (true, false) => words.link_copied,
        });
    });
}

/// Without https (and off localhost) there is no clipboard at all.
fn has_clipboard() -> bool {
    js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|found| found.is_object())
}

async fn copied(text: &str) -> bool {
    has_clipboard()
        && JsFuture::from(window().navigator().clipboard().write_text(text))
            .await
            .is_ok()
}
