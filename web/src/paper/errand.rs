//! What is done with a request when somebody asks: opened from a film, a file or a link, saved, or shared.

use js_sys::Reflect;
use leptos::prelude::window;
use rushes_core::Draft;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::file::{self, NoRequest};
use super::{Later, Sheet, film, link};
use crate::compose::Composer;
use crate::desk::{ObjectUrl, follow_link};
use crate::kit::Toaster;
use crate::task::{after_ms, spawn};
use crate::text::{self, t};

/// Name of a saved request.
const FILE_NAME: &str = "request.json";
/// How long the address of a saved file stays good, in milliseconds: the browser copies from it.
const SAVE_MS: u32 = 60_000;

/// What is to be done.
#[derive(Debug)]
pub enum Errand {
    /// Brings the request back that a film carries.
    Film(File),
    /// Opens the request in a file.
    File(File),
    /// Opens the request in such a fragment of the address.
    Link(String),
    /// Saves a request as a file.
    Save(Box<Draft>),
    /// Copies a link to a request.
    Share(Box<Draft>),
}

/// Does it, or says that what knows how did not arrive. Nothing is sent; what was in the form can be taken back.
pub fn go(errand: Errand, composer: Composer, toaster: Toaster) {
    spawn(async move {
        match paper_errand(errand, composer, toaster).await {
            Ok(errand) => errand.await,
            Err(_) => toaster.say(t().demand.missing),
        }
    });
}

crate::part! { in paper;
    /// Does it.
    fn paper_errand(errand: Errand, composer: Composer, toaster: Toaster) -> Later<()> {
        Box::pin(run(errand, composer, toaster))
    }
}

async fn run(errand: Errand, composer: Composer, toaster: Toaster) {
    match errand {
        Errand::Film(file) => bring_back(composer, toaster, file).await,
        Errand::File(file) => open_file(composer, toaster, file).await,
        Errand::Link(fragment) => match link::read(fragment).await {
            Some(sheet) => load(composer, sheet, text::paper().link_opened.to_owned()),
            None => toaster.say(text::paper().link_broken),
        },
        Errand::Save(draft) => save(toaster, &draft),
        Errand::Share(draft) => share(toaster, *draft).await,
    }
}

async fn bring_back(composer: Composer, toaster: Toaster, file: File) {
    let words = text::paper();
    let name = file.name();
    match film::find(Blob::from(file)).await {
        Ok(Some(sheet)) => load(composer, sheet, (words.came_back)(&name)),
        Ok(None) => toaster.say((words.nothing_in)(&name)),
        Err(why) => {
            web_sys::console::warn_2(&name.as_str().into(), &why.as_str().into());
            toaster.say((words.nothing_in)(&name));
        }
    }
}

async fn open_file(composer: Composer, toaster: Toaster, file: File) {
    let words = text::archive();
    let name = file.name();
    match file::read(file.into()).await {
        Ok(sheet) => load(composer, sheet, (words.request_opened)(&name)),
        Err(NoRequest::Newer) => toaster.say((words.request_newer)(&name)),
        Err(NoRequest::Other) => toaster.say((words.request_broken)(&name)),
    }
}

fn load(composer: Composer, sheet: Sheet, said: String) {
    let mut said = said;
    if !sheet.left_out.is_empty() {
        said.push(' ');
        said.push_str(&(text::paper().left_out)(
            sheet.left_out.contains(&"image"),
            sheet.left_out.contains(&"end_image"),
        ));
    }
    composer.load_saying(sheet.draft, said);
}

fn save(toaster: Toaster, draft: &Draft) {
    let words = text::archive();
    let Some(url) = file::write(draft).and_then(|file| ObjectUrl::of(&file)) else {
        return toaster.say(words.request_failed);
    };
    follow_link(url.as_str(), FILE_NAME);
    after_ms(SAVE_MS, move || drop(url));
    toaster.say((words.request_saved)(FILE_NAME));
}

async fn share(toaster: Toaster, draft: Draft) {
    let words = text::paper();
    let has_pictures = [&draft.image, &draft.end_image].into_iter().flatten();
    let has_pictures = has_pictures.into_iter().any(|picture| picture.as_str().is_none());
    let is_copied = match link::write(draft).await {
        Some(link) => copied(&link).await,
        None => false,
    };
    toaster.say(match (is_copied, has_pictures) {
        (false, _) => words.link_failed,
        (true, true) => words.link_copied_bare,
        (true, false) => words.link_copied,
    });
}

/// Without https (and off localhost) there is no clipboard at all.
fn has_clipboard() -> bool {
    Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|found| found.is_object())
}

async fn copied(text: &str) -> bool {
    has_clipboard()
        && JsFuture::from(window().navigator().clipboard().write_text(text))
            .await
            .is_ok()
}
