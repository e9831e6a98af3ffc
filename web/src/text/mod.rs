//! The catalogue: every word of the page, per language, as typed data. A language is one file of statics; one that
//! lacks a word does not compile, and a test finds the words that were left in another language.

mod archive;
mod arrived;
mod beginning;
mod compose;
mod connect;
mod darkroom;
mod demand;
mod design;
mod doors;
mod en;
mod en_archive;
mod en_arrived;
mod en_beginning;
mod en_connect;
mod en_darkroom;
mod en_demand;
mod en_design;
mod en_doors;
mod en_guide;
mod en_help;
mod en_issues;
mod en_keys;
mod en_library;
mod en_money;
mod en_offline;
mod en_paper;
mod en_player;
mod en_request;
mod en_shots;
mod en_stock;
mod en_takes;
mod en_variations;
mod en_watching;
pub mod format;
mod guide;
mod help;
#[cfg(target_arch = "wasm32")]
mod intl;
mod keys;
pub mod library;
mod measures;
mod money;
mod offline;
mod paper;
#[cfg(not(target_arch = "wasm32"))]
mod plain;
pub mod player;
mod request;
mod rooms;
mod shell;
mod shots;
mod stock;
pub mod takes;
mod variations;
pub mod watching;
mod zh;
mod zh_archive;
mod zh_arrived;
mod zh_beginning;
mod zh_connect;
mod zh_darkroom;
mod zh_demand;
mod zh_design;
mod zh_doors;
mod zh_guide;
mod zh_help;
mod zh_issues;
mod zh_keys;
mod zh_library;
mod zh_money;
mod zh_offline;
mod zh_paper;
mod zh_player;
mod zh_request;
mod zh_shots;
mod zh_stock;
mod zh_takes;
mod zh_variations;
mod zh_watching;

use std::cell::Cell;

use crate::demand::Missing;

pub use archive::Archive;
pub use arrived::Arrived;
pub use beginning::Beginning;
pub use compose::{Compose, Example, Labelled};
pub use connect::Connect;
pub use darkroom::Darkroom;
pub use demand::Demand;
pub use design::{Design, design};
pub use doors::Doors;
pub use guide::Guide;
pub use help::Help;
pub use keys::{Keys, keys};
pub use library::Library;
pub use measures::Measures;
pub use money::Money;
pub use offline::Offline;
pub use paper::Paper;
pub use player::Player;
pub use request::RequestWords;
pub use rooms::{
    Rooms, archive, arrived, connect, darkroom, library, money, paper, player, request, stock, takes,
    variations, watching,
};
pub use shell::Shell;
pub use shots::Shots;
pub use stock::{Stock, WordGroup};
pub use takes::Takes;
pub use variations::Variations;
pub use watching::Watching;

/// The words of one language.
#[derive(Debug)]
pub struct Text {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its own name for itself.
    pub name: &'static str,
    /// The page around everything.
    pub shell: &'static Shell,
    /// What opens rooms.
    pub doors: &'static Doors,
    /// Parts that are loaded when they are needed.
    pub demand: &'static Demand,
    /// The first steps.
    pub guide: &'static Guide,
    /// Where nothing was made yet.
    pub beginning: &'static Beginning,
    /// No network, and a newer page.
    pub offline: &'static Offline,
    /// Measures and failures.
    pub measures: &'static Measures,
    /// The composer.
    pub compose: &'static Compose,
    /// What helps with writing.
    pub help: &'static Help,
    /// Shots.
    pub shots: &'static Shots,
    /// The rooms; nothing where their words come with them.
    pub rooms: Option<&'static Rooms>,
}

/// A language that the page can speak.
#[derive(Debug)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its own name for itself.
    pub name: &'static str,
    /// What the page itself writes into records, in this language: it is known again in every other.
    pub not_written: &'static str,
}

/// Every language; the first one is spoken where none fits, and its words need no part of their own.
pub static LANGUAGES: [Language; 2] = [en::LANGUAGE, zh::LANGUAGE];

crate::part! { in zh;
    /// The words of Simplified Chinese.
    pub(crate) fn chinese() -> &'static Text {
        &zh::TEXT
    }
}

/// The words of a language.
///
/// # Errors
/// [`Missing`]: they did not arrive.
pub async fn words(language: &'static Language) -> Result<&'static Text, Missing> {
    if language.tag == zh::LANGUAGE.tag {
        chinese().await
    } else {
        Ok(&en::TEXT)
    }
}

thread_local! {
    static CHOSEN: Cell<&'static Text> = const { Cell::new(&en::TEXT) };
}

/// The words of the page's language. Read where they are used, never kept: the language can change at any time.
pub fn t() -> &'static Text {
    CHOSEN.get()
}

/// Speaks that language from now on, and writes numbers, money and dates as `locale` does.
pub fn speak(language: &'static Text, locale: &str) {
    CHOSEN.set(language);
    format::follow(locale);
}

/// The language for someone who reads those (BCP 47 tags, the best first).
pub fn best(wanted: &[String]) -> &'static Language {
    let spoken = |tag: &String| LANGUAGES.iter().find(|text| is_same_language(text.tag, tag));
    wanted.iter().find_map(spoken).unwrap_or(&LANGUAGES[0])
}

/// How someone who reads those writes numbers and dates in that language: as in their own region, where they name one.
pub fn locale<'a>(language: &'static Language, wanted: &'a [String]) -> &'a str {
    let fits = |tag: &&String| is_same_language(language.tag, tag) && is_tag(tag);
    wanted.iter().find(fits).map_or(language.tag, String::as_str)
}

fn is_same_language(tag: &str, other: &str) -> bool {
    let primary = |tag| str::split(tag, ['-', '_']).next().unwrap_or_default();
    primary(tag).eq_ignore_ascii_case(primary(other))
}

/// Whether it can be a BCP 47 tag. Some browsers hand over what is none (`en-US@posix`), and `Intl` throws at it.
fn is_tag(tag: &str) -> bool {
    tag.split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The language with that tag.
pub fn language(tag: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|text| text.tag == tag)
}

#[cfg(test)]
mod tests;
