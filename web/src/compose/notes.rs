//! The notes under a field: what is wrong with it, once that may be said.

use super::{fields::FieldKey, state::Composer};
use crate::{
    dom::El,
    kit::{self, NoteKind, Tone, button},
    text::t,
};

/// The notes of a field, to stand under it.
pub fn notes_of(composer: Composer, field: FieldKey) -> El {
    kit::notes().swap(
        move || composer.notes(field),
        move |problems| {
            let note = |problem: &super::problems::Problem| {
                let cure = problem.cure.clone().map(|cure| {
                    button(Tone::Quiet, (t().compose.cure)(&cure), move || {
                        composer.cure(&cure, field);
                    })
                });
                let kind = if problem.stops {
                    NoteKind::Error
                } else {
                    NoteKind::Warning
                };
                kit::note(kind, problem.text.clone(), cure)
            };
            problems.iter().map(note).collect::<Vec<El>>()
        },
    )
}
