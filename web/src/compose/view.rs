//! The left column.

use leptos::prelude::*;
use rushes_core::Endpoint;

use super::{
    examples::Examples,
    fields::FieldKey,
    form::Plan,
    picture_well::PictureWell,
    prompts::{Negative, Prompt},
    settings::{Guidance, Settings},
    shot_strip::Shots,
    state::{Slot, use_composer},
};
use crate::{
    ids,
    kit::{Button, Choice, ChoiceOption, Tone, When},
    text::t,
};

/// The whole form.
#[component]
pub fn Compose() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let with_image = composer.part(|form| !form.start.is_empty());
    let is_blank = composer.part(super::form::Form::is_blank);
    let is_touched = composer.part(|form| *form != super::form::Form::default());
    let mode = composer.part(|form| {
        match form.endpoint() {
            Endpoint::TextToVideo => t().compose.text_to_video,
            Endpoint::ImageToVideo => t().compose.image_to_video,
        }
        .to_owned()
    });
    view! {
        <section class="column compose" id=ids::COMPOSE aria-labelledby="compose-title">
            <div class="column-head">
                <h2 id="compose-title" tabindex="-1">{mode}</h2>
                <When on=is_touched>
                    <Button tone=Tone::Quiet on_press=move |()| composer.start_over()>{words.start_over}</Button>
                </When>
            </div>
            <PictureWell which=Slot::Start />
            <When
                on=with_image
                fallback=move || view! { <p class="hint aside-hint">{words.no_shots_in_text}</p> }
            >
                <PlanChoice />
            </When>
            <Prompt />
            <Settings />
            <details class="fold">
                <summary>{words.more}</summary>
                <div class="fold-body">
                    <Negative />
                    <Guidance />
                </div>
            </details>
            <When on=is_blank>
                <Examples />
            </When>
        </section>
    }
}

/// End image or shots: a two-way switch that keeps both.
#[component]
fn PlanChoice() -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let plan = composer.part(|form| form.plan);
    let options = vec![
        ChoiceOption {
            value: "one",
            label: words.plan_one,
        },
        ChoiceOption {
            value: "shots",
            label: words.plan_shots,
        },
    ];
    let value = Signal::derive(move || if plan.get() == Plan::Shots { "shots" } else { "one" }.to_owned());
    let choose = move |value: String| {
        composer.edit(|form| {
            form.plan = if value == "shots" {
                Plan::Shots
            } else {
                Plan::OneTake
            };
            if form.plan == Plan::Shots && form.shots.is_empty() {
                super::cure::Cure::AddShot.apply(form);
            }
        });
    };
    view! {
        <div class="plan">
            <Choice
                legend=words.plan
                options=options
                value=value
                on_change=choose
                described_by="plan-reason"
            />
            <p class="hint" id="plan-reason">{words.plan_reason}</p>
            <When on=composer.part(|form| form.plan == Plan::OneTake) fallback=|| view! { <Shots /> }>
                <PictureWell which=Slot::End />
            </When>
        </div>
    }
}

/// The ids of a field's parts.
pub fn field_ids(field: FieldKey) -> crate::kit::FieldIds {
    crate::kit::FieldIds::of(&field.control_id())
}
