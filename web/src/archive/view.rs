//! Its dialogs.

use leptos::prelude::*;

use super::Depot;
use super::picker::picker_room;
use super::room::archive_room;
use super::zip_takes::zip_room;
use crate::demand::on_demand;
use crate::dom::{El, el};
use crate::kit::{Tone, button, dialog};
use crate::text::{self, t};

/// Its dialogs.
pub fn dialogs() -> Vec<El> {
    let depot = expect_context::<Depot>();
    let words = t().doors;
    vec![
        dialog(depot.zip, words.zip, move |body| {
            let ids = depot.takes.get_value();
            body.child(on_demand(move || zip_room(ids.clone(), depot.zip)))
        }),
        dialog(depot.archive, words.archive, move |body| {
            body.child(on_demand(move || {
                archive_room(depot.file.get_value(), depot.archive)
            }))
        }),
        dialog(depot.picker, words.frames_title, move |body| {
            let slot = depot.slot.get_untracked();
            body.child(on_demand(move || picker_room(slot, depot.picker)))
        }),
    ]
}

/// What opens the archive, in the settings.
pub fn archive_section() -> El {
    let depot = expect_context::<Depot>();
    let words = text::archive();
    el("section").class("stack-tight").child([
        el("h3").say(t().doors.archive),
        el("p").class("hint").say(words.about),
        button(Tone::Plain, words.open, move || depot.open_archive(None)),
    ])
}
