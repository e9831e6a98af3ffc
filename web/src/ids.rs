//! DOM ids: the fixed ones that several files speak of, and fresh ones for components.

use std::sync::atomic::{AtomicU32, Ordering};

/// The element that the page is mounted into; the static shell of `index.html` stands in it until then.
pub const APP: &str = "app";
/// The composer's column.
pub const COMPOSE: &str = "compose";
/// The stage's column.
pub const STAGE: &str = "stage";
/// The queue's and library's column.
pub const LIBRARY: &str = "library";
/// The button that sends.
pub const GENERATE: &str = "generate";
/// The button that says where requests go.
pub const ENGINE: &str = "engine";
/// The button that opens the settings.
pub const SETTINGS: &str = "settings";
/// The prompt's text area.
pub const PROMPT: &str = "field-prompt";

/// A DOM id that no other element of this page has, with a readable beginning.
pub fn fresh(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
