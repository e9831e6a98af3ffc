//! The camera: which move the words name, and what it shows at each moment.

mod moves;
mod path;
mod words;

pub use moves::Move;
pub(crate) use path::{Path, View};
