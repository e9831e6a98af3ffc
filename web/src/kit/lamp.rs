//! A state as a small lamp with a word beside it: never colour alone.

use crate::dom::{El, Words, el};

/// How the lamp shines. Each has its own shape as well as its own colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Light {
    /// Nothing is going on: a ring.
    #[default]
    Off,
    /// Live, going on: a full amber disc.
    Live,
    /// Nobody knows: a half disc.
    Unsure,
    /// Done and kept: a tick.
    Done,
    /// Failed, or money at risk: a red square.
    Bad,
}

impl Light {
    fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Live => "live",
            Self::Unsure => "unsure",
            Self::Done => "done",
            Self::Bad => "bad",
        }
    }
}

/// A lamp and its word. `light` says how it shines.
pub fn lamp(light: impl Fn() -> Light + 'static, word: impl Into<Words>) -> El {
    el("span")
        .class("lamp")
        .set("data-light", move || Some(light().name().to_owned()))
        .child(el("span").class("bulb").attr("aria-hidden", "true"))
        .say(word)
}
