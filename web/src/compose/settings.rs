//! Length, shape, sound and guidance.

use leptos::prelude::*;
use rushes_core::limits::{CFG_SCALE_MAX, CFG_SCALE_MIN, DURATION_MAX_SECS, DURATION_MIN_SECS};

use super::{
    fields::FieldKey,
    form::{Form, Picture, typed_number},
    state::use_composer,
    view::field_ids,
};
use crate::{
    kit::{Choice, ChoiceOption, Field, Slider, Switch, When},
    text::{format, t},
};

/// Length, shape and sound.
#[component]
pub fn Settings() -> impl IntoView {
    view! {
        <div class="settings">
            <Length />
            <Shape />
            <Sound />
        </div>
    }
}

#[component]
fn Length() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let in_one_take = composer.part(|form| !form.uses_shots());
    let total = composer.part(Form::total_seconds);
    let seconds = composer.part(|form| form.seconds.clone());
    let from_shots = move || {
        let total = total.get().map_or_else(|| "?".to_owned(), format::number);
        view! {
            <p class="given">
                <span class="label">{words.seconds.label}</span>
                <span>{(words.seconds_from_shots)(&total)}</span>
            </p>
        }
    };
    view! {
        <When on=in_one_take fallback=from_shots>
            <Field
                ids=field_ids(FieldKey::Seconds)
                label=words.seconds.label
                notes=composer.notes(FieldKey::Seconds)
            >
                <Slider
                    ids=field_ids(FieldKey::Seconds)
                    label=words.seconds.label
                    min=f64::from(DURATION_MIN_SECS)
                    max=f64::from(DURATION_MAX_SECS)
                    step=1.0
                    unit=words.second_unit
                    value=seconds
                    invalid=composer.is_invalid(FieldKey::Seconds)
                    value_text=Signal::derive(move || format!("{} {}", seconds.get(), words.second_unit))
                    on_change=move |text| composer.edit(|form| form.seconds = text)
                    on_leave=move |()| composer.leave(FieldKey::Seconds)
                />
            </Field>
        </When>
    }
}

#[component]
fn Shape() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let without_image = composer.part(|form| form.start.is_empty());
    let given = composer.part(|form| match &form.start {
        Picture::Held { info: Some(info), .. } | Picture::Refused { info: Some(info), .. } => {
            (t().compose.ratio_from_image)(&format::ratio(info.width, info.height))
        }
        _ => t().compose.ratio_unknown.to_owned(),
    });
    let options = || {
        words
            .ratios
            .iter()
            .map(|(value, label)| ChoiceOption { value, label })
            .collect::<Vec<ChoiceOption>>()
    };
    let from_image = move || {
        view! {
            <p class="given">
                <span class="label">{words.ratio.label}</span>
                <span>{given}</span>
            </p>
        }
    };
    view! {
        <When on=without_image fallback=from_image>
            <Choice
                legend=words.ratio.label
                id=FieldKey::Ratio.control_id()
                options=options()
                value=composer.part(|form| form.ratio.clone())
                on_change=move |ratio| composer.edit(|form| form.ratio = ratio)
            />
        </When>
    }
}

#[component]
fn Sound() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    view! {
        <div class="field">
            <Switch
                id=FieldKey::Sound.control_id()
                label=words.sound.label
                on=composer.part(|form| form.sound)
                on_change=move |on| composer.edit(|form| form.sound = on)
                described_by="sound-hint"
            />
            <p class="hint" id="sound-hint">{words.sound.hint}</p>
        </div>
    }
}

/// How closely the model keeps to the words.
#[component]
pub fn Guidance() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let guidance = composer.part(|form| form.guidance.clone());
    let in_words = move || {
        let value = typed_number(&guidance.get()).unwrap_or(rushes_core::limits::CFG_SCALE_DEFAULT);
        if (CFG_SCALE_MIN..=CFG_SCALE_MAX).contains(&value) {
            (words.guidance_words)(value)
        } else {
            ""
        }
    };
    view! {
        <Field
            ids=field_ids(FieldKey::Guidance)
            label=words.guidance.label
            notes=composer.notes(FieldKey::Guidance)
            aside=move || view! { <span class="counter">{in_words}</span> }
        >
            <Slider
                ids=field_ids(FieldKey::Guidance)
                label=words.guidance.label
                min=CFG_SCALE_MIN
                max=CFG_SCALE_MAX
                step=0.05
                value=guidance
                invalid=composer.is_invalid(FieldKey::Guidance)
                value_text=Signal::derive(move || format!("{}, {}", guidance.get(), in_words()))
                on_change=move |text| composer.edit(|form| form.guidance = text)
                on_leave=move |()| composer.leave(FieldKey::Guidance)
            />
            <div class="ends" aria-hidden="true">
                <span>{words.guidance_loose}</span>
                <span>{words.guidance_strict}</span>
            </div>
        </Field>
    }
}
