//! A label, a control, and what is said of it.

use leptos::prelude::*;

use super::button::{Button, Tone};
use super::icon::{Icon, IconView};

/// The ids that tie a control to its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldIds {
    /// The control.
    pub control: String,
    /// The line that explains it.
    pub hint: String,
    /// What is wrong with it.
    pub notes: String,
}

impl FieldIds {
    /// The ids of the field whose control has that id.
    pub fn of(control: &str) -> Self {
        Self {
            control: control.to_owned(),
            hint: format!("{control}-hint"),
            notes: format!("{control}-notes"),
        }
    }

    /// For `aria-describedby`.
    pub fn described_by(&self) -> String {
        format!("{} {}", self.hint, self.notes)
    }
}

/// How grave a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// Stops the request.
    Error,
    /// Good to know.
    Warning,
}

/// One sentence under a control, with a cure where one is at hand.
#[derive(Clone, Debug)]
pub struct Note {
    /// How grave.
    pub kind: NoteKind,
    /// The sentence.
    pub text: String,
    /// The cure's words and what it does.
    pub cure: Option<(String, Callback<()>)>,
}

/// A label, a control and its notes.
#[component]
pub fn Field(
    /// The ids; the label names `ids.control`.
    ids: FieldIds,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// At the right end of the label's line: a counter, a switch.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// One line that explains.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong, where it may be said.
    #[prop(optional, into)]
    notes: Signal<Vec<Note>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let FieldIds {
        control,
        hint: hint_id,
        notes: notes_id,
    } = ids;
    view! {
        <div class="field" class:has-notes=move || notes.with(|notes| !notes.is_empty())>
            <div class="field-head">
                <label for=control>{label}</label>
                {aside.map(|aside| aside.run())}
            </div>
            {children()}
            <p class="hint" id=hint_id hidden=move || hint.with(String::is_empty)>
                {hint}
            </p>
            <Notes id=notes_id notes=notes />
        </div>
    }
}

/// The notes under a control.
#[component]
pub fn Notes(
    /// DOM id, for `aria-describedby`.
    #[prop(into)]
    id: String,
    /// The notes.
    #[prop(into)]
    notes: Signal<Vec<Note>>,
) -> impl IntoView {
    view! {
        <div class="notes" id=id>
            {move || notes.get().into_iter().map(note_view).collect_view()}
        </div>
    }
}

fn note_view(note: Note) -> impl IntoView {
    let (class, icon) = match note.kind {
        NoteKind::Error => ("note error", Icon::Warning),
        NoteKind::Warning => ("note", Icon::Help),
    };
    view! {
        <p class=class>
            <IconView icon=icon />
            <span>{note.text}</span>
            {note.cure.map(|(label, cure)| view! { <Button tone=Tone::Quiet on_press=cure>{label}</Button> })}
        </p>
    }
}
