//! The theme: as the system, or as chosen and remembered. `boot.js` applies it before the first paint.

use leptos::prelude::*;

use super::{Politeness, announce};
use crate::{
    dom::{El, live},
    kit::{Icon, icon_button},
    text::t,
};

/// The same key as in `boot.js`.
const KEY: &str = "rushes.theme";

fn remembered() -> String {
    let storage = window().local_storage().ok().flatten();
    let theme = storage.and_then(|storage| storage.get_item(KEY).ok().flatten());
    theme
        .filter(|theme| theme == "dark" || theme == "light")
        .unwrap_or_else(|| "system".to_owned())
}

fn apply(theme: &str) {
    // A storage that is full or forbidden forgets the choice; the attribute's name is valid.
    if let Some(root) = document().document_element() {
        let _ = if theme == "system" {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", theme)
        };
    }
    if let Some(storage) = window().local_storage().ok().flatten() {
        let _ = if theme == "system" {
            storage.remove_item(KEY)
        } else {
            storage.set_item(KEY, theme)
        };
    }
}

/// Goes round the themes; its name says which is on.
pub fn theme_button() -> El {
    let theme = RwSignal::new(remembered());
    let label = move || {
        let words = t().shell;
        let theme = theme.with(|theme| match theme.as_str() {
            "dark" => words.theme_dark,
            "light" => words.theme_light,
            _ => words.theme_system,
        });
        [words.theme, ": ", theme].concat()
    };
    icon_button(Icon::Theme, live(label), move || {
        let next = next(&theme.get_untracked());
        apply(next);
        theme.set(next.to_owned());
        announce(untrack(label), Politeness::Polite);
    })
}

fn next(theme: &str) -> &'static str {
    match theme {
        "system" => "dark",
        "dark" => "light",
        _ => "system",
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_themes_go_round() {
        assert_eq!(next(next(next("system"))), "system");
        assert_eq!(next("nonsense"), "system");
    }
}
