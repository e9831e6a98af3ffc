//! What is looked at: the chosen take, playing, on its way, or gone.

pub mod details;
pub mod player;
pub mod request;
pub mod screen;
pub mod sequence;
mod view;

pub use view::{empty, stage};
