//! What components are made of: colours, sizes of words, spaces, icons.

use crate::{
    dom::{El, el},
    kit::{Icon, icon},
    text::t,
};

/// Tokens that are colours, by their names in `tokens.css`.
const COLOURS: [&str; 18] = [
    "ground",
    "surface",
    "raised",
    "well",
    "ink",
    "ink-soft",
    "hairline",
    "edge",
    "amber",
    "amber-deep",
    "on-amber",
    "amber-wash",
    "red",
    "on-red",
    "red-wash",
    "screen",
    "on-screen",
    "focus",
];
const SIZES: [&str; 3] = ["small", "body", "large"];
const WEIGHTS: [&str; 2] = ["regular", "strong"];
const SPACES: [&str; 6] = ["s1", "s2", "s3", "s4", "s6", "s8"];

/// Every icon.
const ICONS: [Icon; 31] = [
    Icon::Download,
    Icon::Up,
    Icon::Down,
    Icon::Copy,
    Icon::Close,
    Icon::Add,
    Icon::Remove,
    Icon::Picture,
    Icon::Tick,
    Icon::Warning,
    Icon::Play,
    Icon::Again,
    Icon::Theme,
    Icon::Settings,
    Icon::Help,
    Icon::More,
    Icon::Frame,
    Icon::Undo,
    Icon::Redo,
    Icon::Words,
    Icon::Split,
    Icon::Merge,
    Icon::Camera,
    Icon::Star,
    Icon::Pause,
    Icon::FrameBack,
    Icon::FrameOn,
    Icon::Sound,
    Icon::Full,
    Icon::Open,
    Icon::Link,
];

fn token(name: &str) -> String {
    ["var(--", name, ")"].concat()
}

pub(super) fn colours() -> Vec<El> {
    let swatch = |name: &'static str| {
        let patch = el("span").class("patch").style("background", &token(name));
        el("div").class("swatch").child([patch, el("code").say(name)])
    };
    COLOURS.map(swatch).into()
}

pub(super) fn sizes() -> Vec<El> {
    let line = |size: &'static str, weight: &'static str| {
        el("p")
            .style("font-size", &token(size))
            .style("font-weight", &token(weight))
            .say(t().compose.example_text.about)
            .say(" ")
            .child(el("code").say([size, ", ", weight].concat()))
    };
    SIZES
        .iter()
        .flat_map(|size| WEIGHTS.map(|weight| line(size, weight)))
        .collect()
}

pub(super) fn spaces() -> Vec<El> {
    let bar = |name: &'static str| {
        let bar = el("span").class("space").style("inline-size", &token(name));
        el("div").class("swatch").child([bar, el("code").say(name)])
    };
    SPACES.map(bar).into()
}

pub(super) fn icons() -> Vec<El> {
    let all = ICONS.map(|one| {
        let name = format!("{one:?}");
        el("div").class("swatch").child([icon(one), el("code").say(name)])
    });
    all.into()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_shown() {
        let source = include_str!("../kit/icon.rs");
        let (_, list) = source.split_once("pub enum Icon {").expect("the icons");
        let (list, _) = list.split_once('}').expect("their end");
        let named = list.lines().filter(|line| line.trim_end().ends_with(',')).count();
        assert_eq!(ICONS.len(), named);
        for (at, icon) in ICONS.iter().enumerate() {
            assert!(!ICONS[..at].contains(icon), "{icon:?} stands twice");
        }
    }

    #[test]
    fn every_colour_of_the_tokens_is_shown() {
        let tokens = include_str!("../../styles/tokens.css");
        let mut named: Vec<&str> = tokens
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": light-dark("))
            .map(|(name, _)| name)
            .collect();
        let mut shown = COLOURS.to_vec();
        named.sort_unstable();
        shown.sort_unstable();
        assert_eq!(shown, named);
        for name in SIZES.iter().chain(&WEIGHTS).chain(&SPACES) {
            assert!(tokens.contains(&format!("--{name}: ")), "{name}");
        }
    }
}
