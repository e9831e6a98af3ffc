//! What is looked at: the chosen take, playing, on its way, or gone.

pub mod compare;
pub mod controls;
pub mod deck;
pub mod details;
pub mod filed;
pub mod key_dialog;
pub mod keymap;
pub mod player;
pub mod request;
pub mod screen;
pub mod sequence;
pub mod timing;
mod view;

pub use view::{empty, stage};
