//! English: requests that travel.

use rushes_film::Difference;

use super::paper::Paper;

/// English.
pub(super) static EN: Paper = Paper {
    carry: "Put the request in saved files",
    carry_list: "Prompts, length, guidance, sound, shape, shots, and pictures up to 1.5 MB. No key, no name, no signed link. Drop the file on this page to have the request back.",
    not_carried: |why| format!("Saved without its request: {why}."),
    came_back: |name| format!("The form holds the request that {name} carries."),
    nothing_in: |name| format!("{name} carries no request of this page."),
    left_out: |start, end| {
        match (start, end) {
            (true, true) => "Its pictures were not in it; add them again.",
            (true, false) => "Its start image was not in it; add it again.",
            _ => "Its end image was not in it; add it again.",
        }
        .to_owned()
    },
    link_copied: "A link to this request was copied. The request is in the link itself; no server has it.",
    link_copied_bare: "A link to this request was copied, without its pictures: those travel in saved files only.",
    link_failed: "No link could be copied: this browser does not let the page write to the clipboard.",
    link_opened: "The form holds the request of the link. Nothing was sent.",
    link_broken: "The link holds no request that can be read; it may be cut off.",
    continues: "Continues",
    sequence: |takes| format!("Sequence of {takes} takes…"),
    sequence_title: "Sequence",
    sequence_wait: "Putting the takes together…",
    sequence_about: |takes| format!("{takes} takes, joined as they are: nothing was encoded again."),
    sequence_save: "Save as one MP4",
    sequence_each: "Save them one by one",
    differs: |take, what| {
        let what = match what {
            Difference::Tracks => "only one of them has sound",
            Difference::Size => "its picture has another size",
            Difference::Codec => "it is encoded in another way",
            Difference::Time => "it counts its time in another way",
        };
        format!("Take {take} cannot follow the first in one file: {what}.")
    },
    flawed: |take, why| format!("Take {take} cannot be put into one file: {why}."),
    apart: "These takes could not be put into one file.",
    sequence_player: "The sequence",
};
