//! The catalogue: every word of the page, per language, as typed data. A language is one file of statics; one that
//! lacks a word does not compile.

mod compose;
mod en;
mod en_issues;
pub mod format;
mod shell;
pub mod takes;

pub use compose::{Compose, Example, Labelled};
pub use shell::{KeyHelp, Shell};
pub use takes::Takes;

/// Every word of one language.
#[derive(Debug)]
pub struct Text {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// The page around everything.
    pub shell: &'static Shell,
    /// The composer.
    pub compose: &'static Compose,
    /// Takes: queue, library, stage.
    pub takes: &'static Takes,
}

/// The words of the page's language.
pub fn t() -> &'static Text {
    &en::TEXT
}
