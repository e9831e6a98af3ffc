//! The shots: a strip whose widths are their seconds, and a row for each.

use leptos::prelude::*;
use rushes_core::limits::{DURATION_MAX_SECS, DURATION_MIN_SECS, SHOT_PROMPT_ADVISED_CHARS};

use super::{
    cure::Cure,
    fields::FieldKey,
    form::{Form, ShotForm},
    prompts::WordsField,
    state::use_composer,
};
use crate::{
    app::{Politeness, announce},
    aria::aria,
    kit::{Button, Icon, IconButton, When, field::Notes, use_toaster},
    text::t,
};

/// Whether another shot of the shortest length has room.
fn has_room(form: &Form) -> bool {
    let most = usize::from(DURATION_MAX_SECS / DURATION_MIN_SECS);
    form.shots.len() < most
}

/// The shots.
#[component]
pub fn Shots() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let toaster = use_toaster();
    let ids = composer.part(|form| form.shots.iter().map(|shot| shot.id).collect::<Vec<u32>>());
    let total = composer.part(Form::total_seconds);
    let has_room = composer.part(has_room);
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
    let read = move |part: fn(&ShotForm) -> String| {
        composer.part(move |form| {
            form.shots
                .iter()
                .find(|shot| shot.id == id)
                .map(part)
                .unwrap_or_default()
        })
    };
    let write = move |change: &dyn Fn(&mut ShotForm)| {
        composer.edit(|form| {
            if let Some(shot) = form.shots.iter_mut().find(|shot| shot.id == id) {
                change(shot);
            }
        });
    };
    let seconds_id = FieldKey::ShotSeconds(id).control_id();
    let notes_id = format!("{seconds_id}-notes");
    let described_by = notes_id.clone();
    let seconds = read(|shot| shot.seconds.clone());
    let invalid = composer.is_invalid(FieldKey::ShotSeconds(id));
    let step = move |by: i32| {
        let now = composer.now(|form| {
            form.shots
                .iter()
                .find(|shot| shot.id == id)
                .and_then(ShotForm::seconds_number)
        });
        let next = (now.unwrap_or(f64::from(DURATION_MIN_SECS)) + f64::from(by))
            .clamp(f64::from(DURATION_MIN_SECS), f64::from(DURATION_MAX_SECS));
        write(&|shot| shot.seconds = crate::text::format::number(next));
    };
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
                value=read(|shot| shot.prompt.clone())
                on_input=move |text: String| write(&|shot| shot.prompt.clone_from(&text))
            />
            <div class="shot-tools">
                <span class="number">
                    <input
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        id=seconds_id
                        aria-label=move || (words.shot_seconds)(number.get())
                        aria-describedby=described_by
                        aria-invalid=move || aria(invalid.get())
                        prop:value=seconds
                        on:input=move |event| {
                            let text = event_target_value(&event);
                            write(&|shot| shot.seconds.clone_from(&text));
                        }
                        on:keydown=move |event| {
                            let by = match event.key().as_str() {
                                "ArrowUp" => 1,
                                "ArrowDown" => -1,
                                _ => return,
                            };
                            event.prevent_default();
                            step(by);
                        }
                        on:blur=move |_| composer.leave(FieldKey::ShotSeconds(id))
                    />
                    <span class="unit" aria-hidden="true">{words.second_unit}</span>
                </span>
                <ShotActions id=id number=number />
            </div>
            <Notes id=notes_id notes=composer.notes(FieldKey::ShotSeconds(id)) />
        </li>
    }
}

#[component]
fn ShotActions(id: u32, number: Signal<usize>) -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let toaster = use_toaster();
    let count = composer.part(|form| form.shots.len());
    let is_full = composer.part(|form| !has_room(form));
    let shift = move |by: isize| {
        let Some(from) = composer.now(|form| form.shot_index(id)) else {
            return;
        };
        let Some(to) = from
            .checked_add_signed(by)
            .filter(|to| *to < count.get_untracked())
        else {
            return;
        };
        composer.edit(|form| form.shots.swap(from, to));
        announce((words.shot_moved)(from + 1, to + 1), Politeness::Polite);
    };
    let copy = move |()| {
        composer.edit(|form| {
            if let Some(index) = form.shot_index(id) {
                let copy = ShotForm {
                    id: form.fresh_shot_id(),
                    ..form.shots[index].clone()
                };
                form.shots.insert(index + 1, copy);
            }
        });
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
                on_press=copy
            />
            <IconButton
                icon=Icon::Remove
                label=Signal::derive(move || (words.remove_shot)(number.get()))
                on_press=remove
            />
        </span>
    }
}
