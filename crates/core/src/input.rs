//! A loosely typed value from outside, before any rule has looked at it.

use std::sync::Arc;

/// A value from outside: JSON, a JavaScript value or a typed draft, all through one door.
///
/// Unlike a JSON value it can hold what JavaScript can hand over and JSON cannot: numbers that are not finite,
/// and the bytes of an image file.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// `null` or `undefined`: counts as absent.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, possibly NaN or infinite.
    Number(f64),
    /// A string.
    Text(String),
    /// The bytes of a file (cheap to clone).
    Bytes(Arc<[u8]>),
    /// An array.
    List(Vec<Input>),
    /// An object, its fields in the order they came.
    Object(Vec<(String, Input)>),
}
