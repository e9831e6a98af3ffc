//! The theme: as the system, or as chosen and remembered. `boot.js` applies it before the first paint.

use std::sync::OnceLock;

use leptos::prelude::*;

use super::{Politeness, announce};
use crate::{
    dom::{El, live},
    kit::{ChoiceOption, Icon, choice, icon_button},
    storage,
    text::t,
};

/// As the system, and the two of our own.
const THEMES: [&str; 3] = ["system", "dark", "light"];

static CHOSEN: OnceLock<ArcRwSignal<&'static str>> = OnceLock::new();

fn chosen() -> &'static ArcRwSignal<&'static str> {
    CHOSEN.get_or_init(|| ArcRwSignal::new(remembered()))
}

fn remembered() -> &'static str {
    known(&storage::stored(storage::THEME).unwrap_or_default())
}

fn known(theme: &str) -> &'static str {
    THEMES
        .into_iter()
        .find(|known| *known == theme)
        .unwrap_or(THEMES[0])
}

fn choose(theme: &'static str) {
    // The attribute's name is valid.
    if let Some(root) = document().document_element() {
        let _ = if theme == THEMES[0] {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", theme)
        };
    }
    if theme == THEMES[0] {
        storage::forget(storage::THEME);
    } else {
        storage::remember(storage::THEME, theme);
    }
    chosen().set(theme);
}

fn name(theme: &str) -> &'static str {
    let words = t().shell;
    match theme {
        "dark" => words.theme_dark,
        "light" => words.theme_light,
        _ => words.theme_system,
    }
}

/// The choice, in the settings.
pub fn theme_choice() -> El {
    let option = |value| ChoiceOption {
        value,
        label: name(value),
    };
    choice(
        t().shell.theme,
        THEMES.map(option),
        || chosen().get().to_owned(),
        choose,
    )
}

/// Goes round the themes; its name says which is on.
pub fn theme_button() -> El {
    let label = || [t().shell.theme, ": ", name(chosen().get())].concat();
    icon_button(Icon::Theme, live(label), move || {
        choose(next(chosen().get_untracked()));
        announce(untrack(label), Politeness::Polite);
    })
}

fn next(theme: &str) -> &'static str {
    let at = THEMES
        .iter()
        .position(|known| *known == theme)
        .unwrap_or_default();
    THEMES[(at + 1) % THEMES.len()]
}

#[cfg(test)]
mod tests {
    use super::{known, next};

    #[test]
    fn the_themes_go_round() {
        assert_eq!(next(next(next("system"))), "system");
        assert_eq!(next("system"), "dark");
        assert_eq!((known("nonsense"), known("light")), ("system", "light"));
    }
}
