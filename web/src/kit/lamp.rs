//! A state as a small lamp with a word beside it: never colour alone.

use leptos::prelude::*;

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

/// A lamp and its word.
#[component]
pub fn Lamp(
    /// How it shines.
    #[prop(into)]
    light: Signal<Light>,
    /// The word.
    #[prop(into)]
    word: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="lamp" data-light=move || light.get().name()>
            <span class="bulb" aria-hidden="true"></span>
            {word}
        </span>
    }
}
