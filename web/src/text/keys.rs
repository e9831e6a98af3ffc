//! Words of the list of keys. They come with it: the page's first file holds none of them.

use super::{en_keys, t, zh, zh_keys};
use crate::help::shortcuts::{Place, Shortcut};

/// Words of the list of keys.
#[derive(Debug)]
pub struct Keys {
    /// Where keys work.
    pub place: fn(Place) -> &'static str,
    /// What a key does.
    pub does: fn(Shortcut) -> &'static str,
    /// The player's own keys.
    pub player: &'static str,
    /// Where those are changed.
    pub player_own: &'static str,
    /// They are turned off.
    pub player_off: &'static str,
    /// Whether `?` opens the list.
    pub question: &'static str,
    /// When single keys work.
    pub note: &'static str,
    /// Shows the guide once more.
    pub guide_again: &'static str,
}

/// The words of the list in the page's language.
pub fn keys() -> &'static Keys {
    if t().tag == zh::LANGUAGE.tag {
        &zh_keys::ZH
    } else {
        &en_keys::EN
    }
}
