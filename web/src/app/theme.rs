//! The theme: as the system, or as chosen and remembered. `boot.js` applies it before the first paint.

use leptos::prelude::*;

use crate::{
    kit::{Choice, ChoiceOption},
    text::t,
};

/// The same key as in `boot.js`.
const KEY: &str = "rushes.theme";

fn remembered() -> String {
    let storage = window().local_storage().ok().flatten();
    let theme = storage.and_then(|storage| storage.get_item(KEY).ok().flatten());
    theme.filter(|theme| theme == "dark" || theme == "light").unwrap_or_else(|| "system".to_owned())
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
        let _ = if theme == "system" { storage.remove_item(KEY) } else { storage.set_item(KEY, theme) };
    }
}

/// The choice of the theme.
#[component]
pub fn ThemeChoice() -> impl IntoView {
    let words = t().shell;
    let theme = RwSignal::new(remembered());
    let options = vec![
        ChoiceOption { value: "system", label: words.theme_system },
        ChoiceOption { value: "dark", label: words.theme_dark },
        ChoiceOption { value: "light", label: words.theme_light },
    ];
    let choose = move |value: String| {
        apply(&value);
        theme.set(value);
    };
    view! { <Choice legend=words.theme options=options value=theme on_change=choose /> }
}
