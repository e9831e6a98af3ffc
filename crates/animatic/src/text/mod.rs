//! Words as shapes: embedded fonts, lines that fit.

mod font;
mod layout;

pub(crate) use font::{Fonts, Weight};
pub(crate) use layout::wrap;
