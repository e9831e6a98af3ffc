//! The catalogue: every word of the page, per language, as typed data. A language is one file of statics; one that
//! lacks a word does not compile.

mod compose;
mod en;
mod en_issues;
mod en_takes;
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

#[cfg(test)]
mod tests {
    use super::t;

    /// The static shell is seen before the program runs: its words are the catalogue's.
    #[test]
    fn the_static_shell_has_the_same_words() {
        let html: String = include_str!("../../../index.html")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let (shell, compose) = (t().shell, t().compose);
        let words = [
            shell.name,
            shell.engine_unknown,
            shell.compose,
            shell.stage,
            shell.library,
            compose.text_to_video,
            compose.start.label,
            compose.start.hint,
            compose.choose_file,
            compose.use_url,
            compose.no_shots_in_text,
            compose.prompt.label,
            compose.prompt_placeholder,
            compose.seconds.label,
            compose.ratio.label,
            compose.sound.label,
            compose.sound.hint,
            compose.more,
            compose.wire,
            compose.generate,
        ];
        let labels = compose.ratios.iter().map(|(_, label)| *label);
        let missing: Vec<&str> = words
            .into_iter()
            .chain(labels)
            .filter(|words| !html.contains(words))
            .collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
