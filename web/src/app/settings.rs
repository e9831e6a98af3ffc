//! The settings: what is the reader's own, whatever is made.

use leptos::prelude::*;

use super::{language, theme};
use crate::{
    demand::on_demand,
    dom::{El, el},
    kit::{ChoiceOption, choice, dialog, use_toaster},
    text::t,
};

/// The settings, opened by `open`.
pub fn settings(open: RwSignal<bool>) -> El {
    dialog(open, t().shell.settings, |body| {
        body.child(on_demand(settings_room))
    })
}

crate::part! { in settings;
    /// Its sections.
    fn settings_room() -> El {
        el("div").class("stack").child([
            languages(),
            theme::theme_choice(),
            crate::money::view::money_section(),
            crate::archive::view::archive_section(),
        ])
    }
}

fn languages() -> El {
    let toaster = use_toaster();
    let options = language::languages().map(|(value, label)| ChoiceOption { value, label });
    choice(
        t().shell.language,
        options,
        || language::language().to_owned(),
        move |tag| language::choose(tag, toaster),
    )
}
