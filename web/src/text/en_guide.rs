//! English: the guide through the first take.

use super::Guide;
use crate::help::steps::Step;

pub(super) static EN: Guide = Guide {
    title: "First steps",
    count: |step, of| format!("{step}/{of}"),
    say: |step| match step {
        Step::Begin => "Your first video: begin with an example, or write your own.",
        Step::Send => "What it costs stands beside Generate. Nothing is sent before you press it.",
        Step::Watch => {
            "It is being made. Watch it on the stage, write the next one, or close the page: it goes on."
        }
        Step::Kept => {
            "It is kept in this browser. You find it in the library, and any frame can begin the next one."
        }
    },
    example: "Try an example",
    to_generate: "Take me there",
    to_stage: "To the stage",
    to_library: "To the library",
    done: "Got it",
    hide: "Hide the first steps",
    invite: "Make the first one",
};
