//! English: variations.

use super::Variations;

/// English.
pub(super) static EN: Variations = Variations {
    about: "Several takes of this request, or one for each value. They are sent one after another, each a take of its own with its own cost.",
    copies: "Takes of each",
    guidance: "Guidance, for example 0.3, 0.5, 0.7",
    seconds: "Lengths, for example 3, 5, 8",
    ratios: "Shapes",
    own: "as in the form",
    send: |count, cost| {
        if count == 1 {
            format!("Send 1 take, about {cost}")
        } else {
            format!("Send {count} takes, about {cost}")
        }
    },
    another: "Another series is not done yet. Send or drop its rest first.",
    too_many: |most| format!("These are more than {most} takes. Take fewer values."),
    form_first: |why| format!("The form cannot be sent yet: {why}"),
    sending: |number, count| format!("Sending take {number} of {count}."),
    waiting: |secs| format!("The provider asked to wait: {secs} s."),
    stopping: "Stopping behind the one that is being sent.",
    rest: |count, cost| {
        if count == 1 {
            format!("1 take of the series is not sent, about {cost}.")
        } else {
            format!("{count} takes of the series are not sent, about {cost}.")
        }
    },
    stop: "Stop",
    go_on: "Send the rest",
    discard: "Drop the rest",
    discarded: |count| {
        if count == 1 {
            "1 unsent take dropped".to_owned()
        } else {
            format!("{count} unsent takes dropped")
        }
    },
    all_sent: "All takes of the series are sent",
    not_kept: "The browser could not keep the series, so nothing more was sent.",
    not_reached: "The key went with the tab that held it. Connect again, then send the rest.",
    cannot_send: "One take of the series cannot be sent any more; it was left out.",
    unsure: "Nobody knows whether the last one arrived: it may have been charged. It is not sent again.",
    refused: |why| format!("One was not accepted: {why}"),
    too_many_waits: "The provider asked to wait again and again.",
};
