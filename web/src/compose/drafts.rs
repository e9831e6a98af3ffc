//! Drafts: forms kept under a name, with their pictures. What is typed is kept in any case; these are for later.

use std::sync::OnceLock;

use leptos::prelude::*;

use super::{
    form::Form,
    kept_pictures,
    named::Item,
    named_view::{NamedTexts, keep_row, list},
    saved,
    state::{Composer, use_composer},
};
use crate::{
    app::{Politeness, announce},
    demand::on_demand,
    dom::{El, el},
    kit::{Icon, Tone, button, dialog, icon_button},
    library::face,
    storage,
    task::spawn,
    text::{self, t},
};

/// Most characters of a prompt in a name that is offered.
const NAME_CHARS: usize = 40;

fn texts() -> NamedTexts {
    static TEXTS: OnceLock<NamedTexts> = OnceLock::new();
    *TEXTS.get_or_init(|| NamedTexts::open(storage::DRAFTS))
}

/// The name that a draft's pictures are kept under.
fn pictures_of(id: &str) -> String {
    ["draft-", id].concat()
}

/// What opens the drafts.
pub fn drafts() -> [El; 2] {
    let words = t().doors;
    let open = RwSignal::new(false);
    let shown = dialog(open, words.drafts, move |body| {
        body.child(on_demand(move || drafts_room(open)))
    });
    let opener = button(Tone::Quiet, words.drafts, move || open.set(true)).say("…");
    [opener, shown]
}

crate::part! { in words;
    /// The drafts, and what keeps one.
    fn drafts_room(open: RwSignal<bool>) -> El {
        room(open)
    }
}

fn room(open: RwSignal<bool>) -> El {
    let composer = use_composer();
    let words = text::stock();
    let keep = move |name: &str| keep(composer, name);
    let name = move || composer.now(|form| face::excerpt(&form.prompt, NAME_CHARS));
    el("div").class("stack").child([
        el("p").class("hint").say(words.drafts_about),
        keep_row(words.draft_name, words.keep_draft, name, keep),
        list(
            texts(),
            words.no_drafts,
            move |item| acts(composer, open, item),
            |id| forget(pictures_of(id)),
        ),
    ])
}

fn keep(composer: Composer, name: &str) -> bool {
    let form = composer.now(Form::clone);
    let item = texts().add(name, saved::write(&form));
    let is_kept = item.is_some();
    if let Some(item) = item {
        spawn(keep_pictures(item.id, form));
    }
    is_kept
}

async fn keep_pictures(id: String, form: Form) {
    if kept_pictures::keep_as(&pictures_of(&id), &form).await.is_err() {
        announce(text::stock().no_pictures, Politeness::Polite);
    }
}

fn forget(name: String) {
    // What stays is out of sight, and is overwritten by nothing.
    spawn(async move { drop(kept_pictures::forget(&name).await) });
}

fn acts(composer: Composer, open: RwSignal<bool>, item: &Item) -> Vec<El> {
    let words = text::stock();
    let (opened, copied) = (item.clone(), item.clone());
    let open_it = button(Tone::Quiet, words.open_draft, move || {
        let item = opened.clone();
        open.set(false);
        spawn(async move {
            if let Some(form) = whole(composer, &item).await {
                composer.replace(form);
                announce((text::stock().is_open)(&item.name), Politeness::Polite);
                composer.focus(super::fields::FieldKey::Prompt);
            }
        });
    })
    .attr("aria-label", &(words.open_named)(&item.name));
    let copy = icon_button(Icon::Copy, (words.copy_named)(&item.name), move || {
        let item = copied.clone();
        spawn(async move {
            if let Some(form) = whole(composer, &item).await
                && let Some(copy) = texts().add(&item.name, item.text)
            {
                announce((text::stock().was_kept)(&copy.name), Politeness::Polite);
                keep_pictures(copy.id, form).await;
            }
        });
    });
    vec![open_it, copy]
}

/// The form of a draft, with its pictures.
async fn whole(composer: Composer, item: &Item) -> Option<Form> {
    let mut form = saved::read(&item.text)?;
    if kept_pictures::bring(&pictures_of(&item.id), &mut form, composer)
        .await
        .is_err()
    {
        announce(text::stock().no_pictures, Politeness::Polite);
    }
    Some(form)
}
