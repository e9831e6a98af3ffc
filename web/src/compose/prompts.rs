//! The prompt and the negative prompt.

use leptos::prelude::*;
use rushes_core::limits::PROMPT_MAX_CHARS;

use super::{fields::FieldKey, form::Form, state::use_composer, view::field_ids};
use crate::{
    aria::aria,
    kit::{Button, Counter, Field, Tone, When},
    text::t,
};

/// The prompt.
#[component]
pub fn Prompt() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let uses_shots = composer.part(Form::uses_shots);
    let hint = Signal::derive(move || {
        if uses_shots.get() {
            words.prompt_beside_shots.to_owned()
        } else {
            String::new()
        }
    });
    let can_copy = composer.part(|form| {
        form.uses_shots()
            && !form.prompt.trim().is_empty()
            && form
                .shots
                .first()
                .is_some_and(|shot| shot.prompt.trim().is_empty())
    });
    let copy_to_shot = move |()| {
        composer.edit(|form| {
            let prompt = form.prompt.clone();
            if let Some(shot) = form.shots.first_mut() {
                shot.prompt = prompt;
            }
        });
    };
    view! {
        <WordsField
            field=FieldKey::Prompt
            label=words.prompt.label
            hint=hint
            placeholder=words.prompt_placeholder
            rows=5
            max=PROMPT_MAX_CHARS
            value=composer.part(|form| form.prompt.clone())
            on_input=move |text| composer.edit(|form| form.prompt = text)
        />
        <When on=can_copy>
            <div class="field-tools">
                <Button tone=Tone::Quiet on_press=copy_to_shot>{words.move_to_shot}</Button>
            </div>
        </When>
    }
}

/// The negative prompt.
#[component]
pub fn Negative() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    view! {
        <WordsField
            field=FieldKey::Negative
            label=words.negative.label
            hint=words.negative.hint
            placeholder=""
            rows=2
            max=PROMPT_MAX_CHARS
            value=composer.part(|form| form.negative.clone())
            on_input=move |text| composer.edit(|form| form.negative = text)
        />
    }
}

/// A text area with a counter. It counts Unicode scalar values, as the check does, and never cuts.
#[component]
pub fn WordsField(
    /// Which field.
    field: FieldKey,
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// The line under it.
    #[prop(into)]
    hint: Signal<String>,
    /// In the empty area.
    placeholder: &'static str,
    /// Lines it begins with.
    rows: u32,
    /// Most characters, allowed or advised.
    max: usize,
    /// Whether more is only unwise.
    #[prop(optional)]
    is_advice: bool,
    /// Its text.
    value: Signal<String>,
    /// What typing does.
    #[prop(into)]
    on_input: Callback<String>,
) -> impl IntoView {
    let composer = use_composer();
    let ids = field_ids(field);
    let (control, described_by) = (ids.control.clone(), ids.described_by());
    let count = Signal::derive(move || value.with(|text| text.chars().count()));
    let invalid = composer.is_invalid(field);
    let is_over = move || !is_advice && count.get() > max;
    view! {
        <Field
            ids=ids
            label=label
            hint=hint
            notes=composer.notes(field)
            aside=move || view! { <Counter count=count max=max /> }
        >
            <textarea
                class="words"
                id=control
                rows=rows
                placeholder=placeholder
                spellcheck="true"
                aria-describedby=described_by
                aria-invalid=move || aria(invalid.get() || is_over())
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
                on:blur=move |_| composer.leave(field)
            ></textarea>
        </Field>
    }
}
