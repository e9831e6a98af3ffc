//! Who may call: access tokens, host names, web origins.

mod host;
mod layer;
mod origin;
mod tokens;

pub use tokens::Tokens;

pub(crate) use layer::{CallerHost, Unshared, admit, harden};
