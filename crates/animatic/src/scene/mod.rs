//! A storyboard card: an abstract scene in layers, drawn from what the words are about.

mod air;
mod built;
mod card;
mod land;
mod life;
mod mood;
mod palette;
mod sky;
mod stage;

pub(crate) use card::Card;
pub(crate) use mood::{Light, Mood, Place, Subject, Weather};
use palette::Palette;
