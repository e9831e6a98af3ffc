//! Buttons.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::icon::{Icon, icon};
use crate::dom::{El, Words, el};

/// What a button is for, hence how loud it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    /// An ordinary action.
    #[default]
    Plain,
    /// The one action of the page.
    Primary,
    /// Money or work at risk.
    Danger,
    /// An action inside a line of text or a tool row.
    Quiet,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

fn bare(class: &str, press: Box<dyn Fn()>) -> El {
    el("button")
        .attr("type", "button")
        .class(class)
        .on("click", move |_| press())
}

/// A button with words. It can always be focused: one that cannot act now says so by [`El::unavailable`] and keeps its
/// place in the tab order, and the press still arrives, so that the answer can be the reason.
pub fn button(tone: Tone, words: impl Into<Words>, press: impl Fn() + 'static) -> El {
    bare(tone.class(), Box::new(press)).say(words)
}

/// A button with an icon before its words.
pub fn button_with(before: Icon, tone: Tone, words: impl Into<Words>, press: impl Fn() + 'static) -> El {
    bare(tone.class(), Box::new(press)).child(icon(before)).say(words)
}

/// A square button with an icon alone; its label is its name and its tooltip. While it is unavailable a press does
/// nothing.
pub fn icon_button(picture: Icon, label: impl Into<Words>, press: impl Fn() + 'static) -> El {
    square(picture, label.into(), Box::new(press))
}

fn square(picture: Icon, label: Words, press: Box<dyn Fn()>) -> El {
    el("button")
        .attr("type", "button")
        .class("button quiet square")
        .label("aria-label", label.clone())
        .label("title", label)
        .on("click", move |event| {
            let is_unavailable = event
                .current_target()
                .and_then(|button| button.unchecked_ref::<Element>().get_attribute("aria-disabled"))
                .is_some_and(|state| state == "true");
            if !is_unavailable {
                press();
            }
        })
        .child(icon(picture))
}
