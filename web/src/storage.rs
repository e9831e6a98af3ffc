//! The browser's storage of small texts, and under which key which of them is kept.
//!
//! It may be forbidden or full: then nothing is kept, and what was chosen holds until the page goes away.

use web_sys::{Storage, window};

/// The language, by its tag. `boot.js` reads it before the first paint.
pub const LANGUAGE: &str = "rushes.language";
/// Dark or light. `boot.js` reads it too.
pub const THEME: &str = "rushes.theme";
/// Whether `?` opens the list of keys.
pub const QUESTION: &str = "rushes.question";
/// Whether the first steps are done, or closed. `boot.js` reads it too.
pub const GUIDE: &str = "rushes.guide";
/// Where requests go; never a key.
pub const CONNECTION: &str = "rushes.connection";
/// The form as it stands.
pub const FORM: &str = "rushes.form";
/// Drafts of one's own.
pub const DRAFTS: &str = "rushes.drafts";
/// Words of one's own.
pub const SNIPPETS: &str = "rushes.snippets";
/// Requests of a series that are not sent yet.
pub const SERIES: &str = "rushes.series";
/// The own rate and the budgets.
pub const MONEY: &str = "rushes.money";
/// What deleted takes cost.
pub const SPENT: &str = "rushes.spent";
/// Whether saved files carry their request.
pub const CARRY: &str = "rushes.carry";
/// The library as grid or list.
pub const LIBRARY_VIEW: &str = "rushes.library.view";
/// The order of the library.
pub const LIBRARY_ORDER: &str = "rushes.library.order";
/// The player's volume.
pub const PLAYER_VOLUME: &str = "rushes.player.volume";
/// The player's keys.
pub const PLAYER_KEYS: &str = "rushes.player.keys";
/// That the browser was asked not to clear what is kept.
pub const ASKED_TO_PERSIST: &str = "rushes.asked-to-persist";

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// The text under a key.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Puts a text under a key; whether the browser took it.
#[must_use = "a storage that is full or forbidden takes nothing"]
pub fn store(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// The same for what may be forgotten: a choice that costs a press to make again.
pub fn remember(key: &str, text: &str) {
    let _ = store(key, text);
}

/// Empties a key.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // One that is forbidden holds nothing.
        drop(storage.remove_item(key));
    }
}
