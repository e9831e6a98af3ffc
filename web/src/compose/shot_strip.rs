//! The shots: a strip whose widths are their seconds, and a row for each.

use leptos::prelude::*;
use rushes_core::limits::{DURATION_MAX_SECS, DURATION_MIN_SECS, SHOT_PROMPT_ADVISED_CHARS};
use web_sys::KeyboardEvent;

use super::{cure::Cure, fields::FieldKey, form::Form, prompts::WordsField, state::use_composer};
use crate::{
    app::{Politeness, announce},
    aria::aria,
    kit::{Button, Icon, IconButton, When, field::Notes, use_toaster},
    text::t,
};

/// The shots.
#[component]
pub fn Shots() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let toaster = use_toaster();
    let ids = composer.part(|form| form.shots.iter().map(|shot| shot.id).collect::<Vec<u32>>());
    let total = composer.part(Form::total_seconds);
    let has_room = composer.part(Form::has_room_for_shot);
    let add = move |()| {
        if has_room.get_untracked() {
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
        } else {
            toaster.say(words.no_room);
        }
    };
    let total_text = move || {
        total
            .get()
            .map_or_else(String::new, |sum| (words.shots_total)(sum))
    };
    let is_over = move || total.get().is_some_and(|sum| sum > f64::from(DURATION_MAX_SECS));
    view! {
        <div class="shots" id=FieldKey::Shots.control_id() tabindex="-1" role="group" aria-label=words.plan_shots>
            <Strip />
            <p class="total numbers" class:over=is_over>{total_text}</p>
            <Notes id="field-shots-notes" notes=composer.notes(FieldKey::Shots) />
            <ol class="shot-list">
                <For each=move || ids.get() key=|id| *id let:id>
                    <ShotRow id=id />
                </For>
            </ol>
            <Button icon=Icon::Add unavailable=Signal::derive(move || !has_room.get()) on_press=add>
                {words.add_shot}
            </Button>
            <When on=Signal::derive(move || !has_room.get())>
                <p class="hint">{words.no_room}</p>
            </When>
        </div>
    }
}

/// The shots as the film will be cut: fifteen seconds are the whole width.
#[component]
fn Strip() -> impl IntoView {
    let composer = use_composer();
    let shots = composer.part(|form| {
        form.shots
            .iter()
            .map(|shot| (shot.id, shot.seconds_number().unwrap_or(0.0)))
            .collect::<Vec<(u32, f64)>>()
    });
    let frames = move || {
        let shots = shots.get();
        let sum: f64 = shots.iter().map(|(_, seconds)| seconds.max(0.0)).sum();
        let whole = sum.max(f64::from(DURATION_MAX_SECS));
        shots
            .into_iter()
            .enumerate()
            .map(|(index, (id, seconds))| {
                let width = format!("{:.3}%", seconds.max(0.0) / whole * 100.0);
                view! {
                    <a
                        class="frame"
                        href="#field-shots"
                        tabindex="-1"
                        style:width=width
                        on:click=move |event| {
                            event.prevent_default();
                            composer.focus(FieldKey::ShotPrompt(id));
                        }
                    >
                        <span>{index + 1}</span>
                        <span class="seconds">{crate::text::format::number(seconds)}" "{t().compose.second_unit}</span>
                    </a>
                }
            })
            .collect_view()
    };
    view! {
        <div class="strip" aria-hidden="true">
            {frames}
        </div>
    }
}

#[component]
fn ShotRow(id: u32) -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let number = composer.part(move |form| form.shot_index(id).map_or(0, |index| index + 1));
    let prompt = composer.part(move |form| form.shot(id).map(|shot| shot.prompt.clone()).unwrap_or_default());
    view! {
        <li class="shot">
            <WordsField
                field=FieldKey::ShotPrompt(id)
                label=Signal::derive(move || (words.shot)(number.get()))
                hint=""
                placeholder=words.shot_placeholder
                rows=2
                max=SHOT_PROMPT_ADVISED_CHARS
                is_advice=true
                value=prompt
                on_input=move |text| composer.edit(|form| form.edit_shot(id, |shot| shot.prompt = text))
            />
            <div class="shot-tools">
                <ShotSeconds id=id number=number />
                <ShotActions id=id number=number />
            </div>
            <Notes id=notes_id(id) notes=composer.notes(FieldKey::ShotSeconds(id)) />
        </li>
    }
}

fn notes_id(id: u32) -> String {
    format!("{}-notes", FieldKey::ShotSeconds(id).control_id())
}

#[component]
fn ShotSeconds(id: u32, number: Signal<usize>) -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let field = FieldKey::ShotSeconds(id);
    let seconds =
        composer.part(move |form| form.shot(id).map(|shot| shot.seconds.clone()).unwrap_or_default());
    let invalid = composer.is_invalid(field);
    let write = move |text| composer.edit(|form| form.edit_shot(id, |shot| shot.seconds = text));
    let step = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 1.0,
            "ArrowDown" => -1.0,
            _ => return,
        };
        event.prevent_default();
        composer.edit(|form| form.step_shot(id, by));
    };
    view! {
        <span class="number">
            <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                id=field.control_id()
                aria-label=move || (words.shot_seconds)(number.get())
                aria-describedby=notes_id(id)
                aria-invalid=move || aria(invalid.get())
                prop:value=seconds
                on:input=move |event| write(event_target_value(&event))
                on:keydown=step
                on:blur=move |_| composer.leave(field)
            />
            <span class="unit" aria-hidden="true">{words.second_unit}</span>
        </span>
    }
}

#[component]
fn ShotActions(id: u32, number: Signal<usize>) -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let toaster = use_toaster();
    let count = composer.part(|form| form.shots.len());
    let is_full = composer.part(|form| !form.has_room_for_shot());
    let shift = move |by| {
        let mut moved = None;
        composer.edit(|form| moved = form.move_shot(id, by));
        if let Some((from, to)) = moved {
            announce((words.shot_moved)(from + 1, to + 1), Politeness::Polite);
        }
    };
    let remove = move |()| {
        let before = composer.now(|form| form.shots.clone());
        let shot = number.get_untracked();
        composer.edit(|form| Cure::RemoveShot(id).apply(form));
        let undo = move || composer.edit(|form| form.shots.clone_from(&before));
        toaster.offer((words.shot_removed)(shot), t().shell.undo, undo);
        composer.focus(FieldKey::Shots);
    };
    view! {
        <span class="tools">
            <IconButton
                icon=Icon::Up
                label=Signal::derive(move || (words.move_up)(number.get()))
                unavailable=Signal::derive(move || number.get() <= 1)
                on_press=move |()| shift(-1)
            />
            <IconButton
                icon=Icon::Down
                label=Signal::derive(move || (words.move_down)(number.get()))
                unavailable=Signal::derive(move || number.get() >= count.get())
                on_press=move |()| shift(1)
            />
            <IconButton
                icon=Icon::Copy
                label=Signal::derive(move || (words.copy_shot)(number.get()))
                unavailable=is_full
                on_press=move |()| composer.edit(|form| form.copy_shot(id))
            />
            <IconButton
                icon=Icon::Remove
                label=Signal::derive(move || (words.remove_shot)(number.get()))
                on_press=remove
            />
        </span>
    }
}
