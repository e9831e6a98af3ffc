//! A label, a control, and what is said of it.

use super::icon::{Icon, icon};
use crate::dom::{El, Words, el};

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

/// A label, a control and its notes.
pub struct Field {
    /// The ids; the label names `ids.control`.
    pub ids: FieldIds,
    /// The label.
    pub label: Words,
    /// At the right end of the label's line: a counter, a switch.
    pub aside: Option<El>,
    /// One line that explains; empty is not shown.
    pub hint: Words,
    /// What is wrong, where it may be said: of [`notes`].
    pub notes: El,
    /// The control.
    pub control: El,
}

impl Field {
    /// The field.
    pub fn view(self) -> El {
        let head = el("div")
            .class("field-head")
            .child(el("label").attr("for", &self.ids.control).say(self.label))
            .child(self.aside);
        let hint = el("p").class("hint").id(&self.ids.hint);
        let hint = match self.hint.clone() {
            Words::Still(words) if words.is_empty() => hint.attr("hidden", ""),
            Words::Still(_) => hint,
            Words::Live(read) => hint.flag("hidden", move || read().is_empty()),
        };
        el("div").class("field").child([
            head,
            self.control,
            hint.say(self.hint),
            self.notes.id(&self.ids.notes),
        ])
    }
}

/// Where the notes under a control stand.
pub fn notes() -> El {
    el("div").class("notes")
}

/// One sentence under a control, with the button of a cure where one is at hand.
pub fn note(kind: NoteKind, text: String, cure: Option<El>) -> El {
    let (class, picture) = match kind {
        NoteKind::Error => ("note error", Icon::Warning),
        NoteKind::Warning => ("note", Icon::Help),
    };
    el("p")
        .class(class)
        .child([icon(picture), el("span").say(text)])
        .child(cure)
}
