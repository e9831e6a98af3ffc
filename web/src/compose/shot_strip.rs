//! The shots: their timeline, their sum, and a row for each.

use std::rc::Rc;

use leptos::prelude::{document, untrack};
use rushes_core::limits::{
    DURATION_MAX_SECS, DURATION_MIN_SECS, PROMPT_MAX_CHARS, SHOT_PROMPT_ADVISED_CHARS,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::{
    cure::Cure,
    fields::FieldKey,
    form::{Form, ShotForm},
    insert,
    notes::notes_of,
    prompts::WordsField,
    state::{Composer, use_composer},
    strip::timeline_strip,
    timeline,
};
use crate::{
    app::{Politeness, announce},
    dom::{El, el, live},
    kit::{Icon, Tone, button_with, icon_button, unit, use_toaster},
    text::t,
};

/// The shots.
pub fn shots() -> El {
    let composer = use_composer();
    let words = t().shots;
    let is_full = move || composer.with(|form| !form.has_room_for_shot());
    let toaster = use_toaster();
    let add = button_with(Icon::Add, Tone::Plain, words.add, move || {
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
            el("div")
                .class("timeline")
                .child([timeline_strip(), total(composer)]),
            el("p").class("hint").id("timeline-help").say(words.timeline_help),
            el("p")
                .class("hint timeline-keys")
                .id("timeline-keys")
                .say(words.timeline_keys),
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
    let text = move || total().map_or_else(String::new, t().shots.total);
    el("p")
        .class("total numbers")
        .toggle("over", move || {
            total().is_some_and(|sum| sum > f64::from(DURATION_MAX_SECS))
        })
        .say(live(text))
}

/// The number of a shot, from 1; 0 when it is gone.
pub(super) fn number(composer: Composer, id: u32) -> usize {
    composer.with(|form| form.shot_index(id).map_or(0, |index| index + 1))
}

fn row(composer: Composer, id: u32) -> El {
    let words = t().shots;
    let prompt = WordsField {
        field: FieldKey::ShotPrompt(id),
        label: live(move || (words.shot)(number(composer, id))),
        hint: "".into(),
        placeholder: words.placeholder,
        rows: "2",
        // Inside the prompt only the prompt's own limit counts.
        max: if composer.now(Form::is_compiled) {
            PROMPT_MAX_CHARS
        } else {
            SHOT_PROMPT_ADVISED_CHARS
        },
        is_advice: true,
        value: Rc::new(move || {
            composer.with(|form| form.shot(id).map(|shot| shot.prompt.clone()).unwrap_or_default())
        }),
        write: Rc::new(move |text| {
            composer.write(FieldKey::ShotPrompt(id), |form| {
                form.edit_shot(id, |shot| shot.prompt = text);
            });
        }),
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
            Some((t().shots.shot_seconds)(number(composer, id)))
        })
        .attr("aria-describedby", &notes_id(id))
        .set_aria("aria-invalid", move || composer.is_invalid(field))
        .value(move || {
            composer.with(|form| form.shot(id).map(|shot| shot.seconds.clone()).unwrap_or_default())
        })
        .on_text(move |text| {
            composer.write(field, |form| form.edit_shot(id, |shot| shot.seconds = text));
        })
        .on("keydown", move |event| {
            let by = match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
                "ArrowUp" => 1.0,
                "ArrowDown" => -1.0,
                _ => return,
            };
            event.prevent_default();
            composer.write(field, |form| form.step_shot(id, by));
        })
        .on("blur", move |_| composer.leave(field));
    el("span").class("number").child([input, unit(words.second_unit)])
}

fn actions(composer: Composer, id: u32) -> El {
    let words = t().shots;
    let named = move |name: fn(usize) -> String| live(move || name(number(composer, id)));
    let count = move || composer.with(|form| form.shots.len());
    let up = icon_button(Icon::Up, named(words.move_up), move || shift(composer, id, -1))
        .unavailable(move || number(composer, id) <= 1);
    let down = icon_button(Icon::Down, named(words.move_down), move || shift(composer, id, 1))
        .unavailable(move || number(composer, id) >= count());
    let split = icon_button(Icon::Split, named(words.split), move || split(composer, id))
        .unavailable(move || composer.with(|form| !can_split(form, id)));
    let merge = icon_button(Icon::Merge, named(words.merge), move || {
        done(composer, id, words.was_merged, |form| form.merge_shot(id));
    })
    .unavailable(move || number(composer, id) >= count());
    let copy = icon_button(Icon::Copy, named(words.copy), move || {
        done(composer, id, words.was_copied, |form| {
            form.copy_shot(id).is_some()
        });
    })
    .unavailable(move || composer.with(|form| !form.has_room_for_shot()));
    let toaster = use_toaster();
    let remove = icon_button(Icon::Remove, named(words.remove), move || {
        let (before, number) = (
            composer.now(|form| form.shots.clone()),
            untrack(|| number(composer, id)),
        );
        composer.edit(|form| Cure::RemoveShot(id).apply(form));
        let undo = move || composer.edit(|form| form.shots.clone_from(&before));
        toaster.offer((words.was_removed)(number), t().shell.undo, undo);
        composer.focus(FieldKey::Shots);
    });
    el("span")
        .class("tools")
        .child([up, down, split, merge, copy, remove])
}

fn can_split(form: &Form, id: u32) -> bool {
    let seconds = form.shot(id).and_then(ShotForm::seconds_number);
    form.has_room_for_shot() && seconds.and_then(timeline::halves).is_some()
}

/// Cuts a shot in two, its words where the caret was left in them.
fn split(composer: Composer, id: u32) {
    let caret = document()
        .get_element_by_id(&FieldKey::ShotPrompt(id).control_id())
        .and_then(|area| {
            area.unchecked_into::<HtmlTextAreaElement>()
                .selection_start()
                .ok()
                .flatten()
        });
    let at = composer.now(|form| {
        let shot = form.shot(id)?;
        Some(insert::byte_of(&shot.prompt, caret?))
    });
    done(composer, id, t().shots.was_split, |form| {
        form.split_shot(id, at).is_some()
    });
}

/// Makes a change and says what became of the shot, if it changed anything.
fn done(composer: Composer, id: u32, said: fn(usize) -> String, change: impl FnOnce(&mut Form) -> bool) {
    let number = untrack(|| number(composer, id));
    let mut changed = false;
    composer.edit(|form| changed = change(form));
    if changed {
        announce(said(number), Politeness::Polite);
    }
}

pub(super) fn shift(composer: Composer, id: u32, by: isize) {
    let mut moved = None;
    composer.edit(|form| moved = form.move_shot(id, by));
    if let Some((from, to)) = moved {
        announce((t().shots.was_moved)(from + 1, to + 1), Politeness::Polite);
    }
}
