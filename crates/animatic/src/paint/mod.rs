//! Drawing shapes and text once, in layers that are laid over frames again and again.

mod canvas;
mod layer;
mod shape;

pub(crate) use canvas::{Canvas, Paint};
pub(crate) use layer::{Layer, Veil, Veiling, lay};
pub(crate) use shape::{Point, Shape};
