//! The shots: a strip whose widths are their seconds, and a row for each.

use std::rc::Rc;

use rushes_core::limits::{DURATION_MAX_SECS, DURATION_MIN_SECS, SHOT_PROMPT_ADVISED_CHARS};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{
    cure::Cure,
    fields::FieldKey,
    form::Form,
    notes::notes_of,
    prompts::WordsField,
    state::{Composer, use_composer},
};
use crate::{
    app::{Politeness, announce},
    dom::{El, el, live},
    kit::{Icon, Tone, button_with, icon_button, unit, use_toaster},
    text::{format, t},
};

/// The shots.
pub fn shots() -> El {
    let composer = use_composer();
    let words = t().compose;
    let is_full = move || composer.with(|form| !form.has_room_for_shot());
    let toaster = use_toaster();
    let add = button_with(Icon::Add, Tone::Plain, words.add_shot, move || {
        if composer.now(Form::has_room_for_shot) {
            add_shot(composer);
        } else {
            toaster.say(words.no_room);
        }
    });
    let list = el("ol").class("shot-list").each(
        move || composer.with(|form| form.shots.iter().map(|shot| shot.id).collect::<Vec<u32>>()),
        move |id| row(composer, *id),
    );
    el("div")
        .class("shots")
        .id(&FieldKey::Shots.control_id())
        .attr("tabindex", "-1")
        .attr("role", "group")
        .attr("aria-label", words.plan_shots)
        .child([
            strip(composer),
            total(composer),
            notes_of(composer, FieldKey::Shots).id("field-shots-notes"),
            list,
            add.unavailable(is_full),
        ])
        .when(is_full, move || el("p").class("hint").say(words.no_room))
}

fn add_shot(composer: Composer) {
    let id = composer.now(Form::fresh_shot_id);
    composer.edit(|form| {
        Cure::AddShot.apply(form);
        let left = f64::from(DURATION_MAX_SECS) - form.total_seconds().unwrap_or(0.0);
        if left < 0.0
            && let Some(shot) = form.shots.last_mut()
        {
            shot.seconds = DURATION_MIN_SECS.to_string();
        }
    });
    composer.focus(FieldKey::ShotPrompt(id));
}

fn total(composer: Composer) -> El {
    let total = move || composer.with(Form::total_seconds);
    let text = move || total().map_or_else(String::new, t().compose.shots_total);
    el("p")
        .class("total numbers")
        .toggle("over", move || {
            total().is_some_and(|sum| sum > f64::from(DURATION_MAX_SECS))
        })
        .say(live(text))
}

fn strip(composer: Composer) -> El {
    let shots = move || {
        composer.with(|form| {
            form.shots
                .iter()
                .map(|shot| (shot.id, shot.seconds_number().unwrap_or(0.0)))
                .collect::<Vec<(u32, f64)>>()
        })
    };
    el("div")
        .class("strip")
        .attr("aria-hidden", "true")
        .swap(shots, move |shots| frames(composer, shots))
}

fn frames(composer: Composer, shots: &[(u32, f64)]) -> Vec<El> {
    let sum: f64 = shots.iter().map(|(_, seconds)| seconds.max(0.0)).sum();
    let whole = sum.max(f64::from(DURATION_MAX_SECS));
    let frame = |(index, (id, seconds)): (usize, &(u32, f64))| {
        let id = *id;
        let width = format::number(seconds.max(0.0) / whole * 100.0) + "%";
        let seconds = [&format::number(*seconds), " ", t().compose.second_unit].concat();
        el("a")
            .class("frame")
            .attr("href", "#field-shots")
            .attr("tabindex", "-1")
            .style("width", &width)
            .on("click", move |event| {
                event.prevent_default();
                composer.focus(FieldKey::ShotPrompt(id));
            })
            .child([
                el("span").say((index + 1).to_string()),
                el("span").class("seconds").say(seconds),
            ])
    };
    shots.iter().enumerate().map(frame).collect()
}

/// The number of a shot, from 1; 0 when it is gone.
fn number(composer: Composer, id: u32) -> usize {
    composer.with(|form| form.shot_index(id).map_or(0, |index| index + 1))
}

fn row(composer: Composer, id: u32) -> El {
    let words = t().compose;
    let prompt = WordsField {
        field: FieldKey::ShotPrompt(id),
        label: live(move || (words.shot)(number(composer, id))),
        hint: "".into(),
        placeholder: words.shot_placeholder,
        rows: "2",
        max: SHOT_PROMPT_ADVISED_CHARS,
        is_advice: true,
        value: Rc::new(move || {
            composer.with(|form| form.shot(id).map(|shot| shot.prompt.clone()).unwrap_or_default())
        }),
        write: Rc::new(move |text| composer.edit(|form| form.edit_shot(id, |shot| shot.prompt = text))),
    };
    let tools = el("div")
        .class("shot-tools")
        .child([seconds(composer, id), actions(composer, id)]);
    el("li").class("shot").child([
        prompt.view(composer),
        tools,
        notes_of(composer, FieldKey::ShotSeconds(id)).id(&notes_id(id)),
    ])
}

fn notes_id(id: u32) -> String {
    FieldKey::ShotSeconds(id).control_id() + "-notes"
}

fn seconds(composer: Composer, id: u32) -> El {
    let words = t().compose;
    let field = FieldKey::ShotSeconds(id);
    let input = el("input")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .id(&field.control_id())
        .set("aria-label", move || {
            Some((words.shot_seconds)(number(composer, id)))
        })
        .attr("aria-describedby", &notes_id(id))
        .set_aria("aria-invalid", move || composer.is_invalid(field))
        .value(move || {
            composer.with(|form| form.shot(id).map(|shot| shot.seconds.clone()).unwrap_or_default())
        })
        .on_text(move |text| composer.edit(|form| form.edit_shot(id, |shot| shot.seconds = text)))
        .on("keydown", move |event| {
            let by = match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
                "ArrowUp" => 1.0,
                "ArrowDown" => -1.0,
                _ => return,
            };
            event.prevent_default();
            composer.edit(|form| form.step_shot(id, by));
        })
        .on("blur", move |_| composer.leave(field));
    el("span").class("number").child([input, unit(words.second_unit)])
}

fn actions(composer: Composer, id: u32) -> El {
    let words = t().compose;
    let named = move |name: fn(usize) -> String| live(move || name(number(composer, id)));
    let up = icon_button(Icon::Up, named(words.move_up), move || shift(composer, id, -1))
        .unavailable(move || number(composer, id) <= 1);
    let down = icon_button(Icon::Down, named(words.move_down), move || shift(composer, id, 1))
        .unavailable(move || number(composer, id) >= composer.with(|form| form.shots.len()));
    let copy = icon_button(Icon::Copy, named(words.copy_shot), move || {
        composer.edit(|form| form.copy_shot(id));
    })
    .unavailable(move || composer.with(|form| !form.has_room_for_shot()));
    let toaster = use_toaster();
    let remove = icon_button(Icon::Remove, named(words.remove_shot), move || {
        let (before, index) = composer.now(|form| (form.shots.clone(), form.shot_index(id)));
        composer.edit(|form| Cure::RemoveShot(id).apply(form));
        let undo = move || composer.edit(|form| form.shots.clone_from(&before));
        let said = (words.shot_removed)(index.map_or(0, |index| index + 1));
        toaster.offer(said, t().shell.undo, undo);
        composer.focus(FieldKey::Shots);
    });
    el("span").class("tools").child([up, down, copy, remove])
}

fn shift(composer: Composer, id: u32, by: isize) {
    let mut moved = None;
    composer.edit(|form| moved = form.move_shot(id, by));
    if let Some((from, to)) = moved {
        announce((t().compose.shot_moved)(from + 1, to + 1), Politeness::Polite);
    }
}
