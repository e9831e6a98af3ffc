//! The page's language: as the browser's reader wants it, or as chosen and remembered.

use std::sync::OnceLock;

use leptos::prelude::*;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, NodeList};

use super::{Politeness, announce};
use crate::ids;
use crate::kit::Toaster;
use crate::storage;
use crate::task::{next_frame, spawn};
use crate::text::{self, LANGUAGES, Language, Text, t};

static SPOKEN: OnceLock<ArcRwSignal<&'static str>> = OnceLock::new();

fn spoken() -> &'static ArcRwSignal<&'static str> {
    SPOKEN.get_or_init(|| ArcRwSignal::new(t().tag))
}

/// The tag of the page's language. Who reads it in an effect or a memo runs again when another is chosen.
pub fn language() -> &'static str {
    spoken().get()
}

/// Speaks the remembered language, or the first of the reader's that there is; English where its words do not arrive.
pub async fn begin() {
    let chosen = storage::stored(storage::LANGUAGE);
    let chosen = chosen.and_then(|tag| text::language(&tag));
    let language = chosen.unwrap_or_else(|| text::best(&wanted()));
    match text::words(language).await {
        Ok(words) => speak(language, words),
        Err(_) => spoken().set(t().tag),
    }
}

/// Speaks the language with that tag as soon as its words are here, from then on and after a reload.
pub fn choose(tag: &str, toaster: Toaster) {
    let Some(language) = text::language(tag) else {
        return;
    };
    spawn(async move {
        if let Ok(words) = text::words(language).await {
            change(language, words);
        } else {
            // The choice goes back to what is spoken.
            spoken().notify();
            toaster.say(t().demand.missing);
        }
    });
}

fn change(language: &'static Language, words: &'static Text) {
    storage::remember(storage::LANGUAGE, language.tag);
    let places = Places::now();
    speak(language, words);
    // The views are made anew before the next frame is drawn, and dialogs that are open open again in it.
    next_frame(move || {
        places.restore();
        focus(&["#", ids::SETTINGS].concat());
        next_frame(move || focus(&["input[value=", language.tag, "]"].concat()));
    });
    announce(
        [t().shell.language, ": ", language.name].concat(),
        Politeness::Polite,
    );
}

fn speak(language: &'static Language, words: &'static Text) {
    text::speak(words, text::locale(language, &wanted()));
    if let Some(root) = document().document_element() {
        // The attribute's name is valid.
        drop(root.set_attribute("lang", language.tag));
    }
    spoken().set(language.tag);
}

fn focus(selector: &str) {
    if let Some(element) = document().query_selector(selector).ok().flatten() {
        // Fails only for an element that cannot be focused.
        drop(element.unchecked_into::<HtmlElement>().focus());
    }
}

/// How far everything is scrolled, and which folds are open: what the views themselves know.
struct Places {
    scrolled: Vec<i32>,
    open: Vec<bool>,
}

impl Places {
    fn now() -> Self {
        let scrolled = scrolling().map(|element| element.scroll_top()).collect();
        let open = folds().map(|fold| fold.has_attribute("open")).collect();
        Self { scrolled, open }
    }

    fn restore(&self) {
        // The same views in the same order, but for what came or went in this very moment.
        for (fold, is_open) in folds().zip(&self.open) {
            // The attribute's name is valid.
            drop(fold.toggle_attribute_with_force("open", *is_open));
        }
        for (element, top) in scrolling().zip(&self.scrolled) {
            element.set_scroll_top(*top);
        }
    }
}

fn scrolling() -> impl Iterator<Item = Element> {
    all(".column").chain(document().scrolling_element())
}

fn folds() -> impl Iterator<Item = Element> {
    all(".column details")
}

fn all(selector: &str) -> impl Iterator<Item = Element> {
    let found = document().query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |index| Some(found.as_ref()?.get(index)?.unchecked_into()))
}

/// The reader's languages, the best first.
fn wanted() -> Vec<String> {
    let languages = window().navigator().languages();
    languages.iter().filter_map(|tag| tag.as_string()).collect()
}

/// Tags and names of all there are.
pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    LANGUAGES.iter().map(|text| (text.tag, text.name))
}
