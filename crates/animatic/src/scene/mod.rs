//! A storyboard card: an abstract scene in layers, drawn from what the words are about.

mod mood;

pub(crate) use mood::{Light, Mood, Place, Subject, Weather};
