//! English: what helps with writing.

use super::Help;

/// English.
pub(super) static EN: Help = Help {
    undo: "Undo",
    redo: "Redo",
    undone: "Undone",
    redone: "Redone",
    nothing_to_undo: "Nothing to undo",
    nothing_to_redo: "Nothing to redo",
    earlier: |place, count, text| format!("{place} of {count}: {text}"),
    no_earlier: "Nothing was sent before.",
    own_again: "Your own words again",
};
