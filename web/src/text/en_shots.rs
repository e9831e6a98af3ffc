//! English: shots.

use rushes_core::limits::DURATION_MAX_SECS;

use super::{Shots, format::number};

/// English.
pub(super) static EN: Shots = Shots {
    plan: "Made of",
    plan_one: "One take",
    plan_shots: "Shots",
    reason_text: "Shots are written into the prompt, one line each.",
    reason_image: "The model takes an end image or shots, not both.",
    shots_aside: |count, with_end| {
        let shots = if count == 1 {
            "Your shot steps".to_owned()
        } else {
            format!("Your {count} shots step")
        };
        let why = if with_end {
            "the model takes an end image or shots, not both"
        } else {
            "this is one take"
        };
        format!("{shots} aside: {why}. Nothing of them is lost.")
    },
    use_shots: "Use the shots instead",
    end_aside: |name| {
        format!("{name} steps aside: the model takes an end image or shots, not both. It is kept.")
    },
    end_unnamed: "Your end image",
    use_end: "Use it instead",
    add_end: "End image instead",
    prompt_beside: "Beside shots the model may ignore this: put it into shot 1. It is required all the same, so it stays here.",
    prompt_before: "Stands before the shots; may stay empty.",
    move_in: "Put it into shot 1",
    compiled: "The prompt as it is sent",
    seconds: |seconds| format!("{seconds} s, the sum of your shots"),
    timeline: "Timeline",
    timeline_help: "Drag a shot to move it, its edge to change its length.",
    timeline_keys: "Keys: ← → choose a shot, Shift ← → move it, ↑ ↓ change its seconds, Enter goes to its words.",
    frame: |shot, seconds, words| {
        if words.is_empty() {
            format!("Shot {shot}, {seconds} s, no words yet")
        } else {
            format!("Shot {shot}, {seconds} s: {words}")
        }
    },
    edge: |shot| format!("End of shot {shot}"),
    edge_value: |seconds| format!("{seconds} seconds"),
    resized: |shot, seconds| format!("Shot {shot} now lasts {seconds} s"),
    shot: |shot| format!("Shot {shot}"),
    placeholder: "What is seen in this shot",
    shot_seconds: |shot| format!("Seconds of shot {shot}"),
    add: "Add a shot",
    no_room: "15 s hold at most five shots of 3 s.",
    move_up: |shot| format!("Move shot {shot} up"),
    move_down: |shot| format!("Move shot {shot} down"),
    split: |shot| format!("Split shot {shot} at the caret"),
    was_split: |shot| format!("Shot {shot} is now two shots"),
    merge: |shot| format!("Merge shot {shot} with the next"),
    was_merged: |shot| format!("Shots {shot} and {} are now one", shot + 1),
    copy: |shot| format!("Duplicate shot {shot}"),
    was_copied: |shot| format!("Shot {shot} is duplicated"),
    remove: |shot| format!("Remove shot {shot}"),
    was_removed: |shot| format!("Shot {shot} removed"),
    was_moved: |from, to| format!("Shot {from} is now shot {to}"),
    total: |sum| {
        let max = f64::from(DURATION_MAX_SECS);
        if sum > max {
            format!(
                "{} of {DURATION_MAX_SECS} s, {} s too long",
                number(sum),
                number(sum - max)
            )
        } else {
            format!(
                "{} of {DURATION_MAX_SECS} s, {} s left",
                number(sum),
                number(max - sum)
            )
        }
    },
};
