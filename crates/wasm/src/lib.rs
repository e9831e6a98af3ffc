//! `rushes-core` for JavaScript: every function here turns JavaScript's values into core's, calls core, and turns
//! what comes back into plain objects. It holds no rule.
//!
//! The npm package's TypeScript (`npm/src`) is the only caller. It walks what its user gave it and hands the walk
//! over in one call (see [`tape`]), since each crossing of the boundary costs more than the whole check.

mod arrived;
mod check;
mod exchange;
mod image;
pub mod tape;
mod view;
mod watch;

pub use arrived::Arrived;
pub use check::{check, estimate};
pub use exchange::{created, read_path, timeout_ms, was_read};
pub use image::{HeaderProbe, inspect_text};
pub use watch::Watch;
