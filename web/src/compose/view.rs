//! The left column.

use rushes_core::Endpoint;

use super::{
    examples::examples,
    fields::FieldKey,
    form::{Form, Plan},
    picture_well::picture_well,
    prompts::{negative, prompt},
    settings::{guidance, settings},
    shot_strip::shots,
    state::{Composer, Slot, use_composer},
};
use crate::{
    dom::{El, el, live},
    ids,
    kit::{ChoiceOption, Tone, button, choice},
    text::t,
};

/// The whole form.
pub fn compose() -> El {
    let composer = use_composer();
    let words = t().compose;
    let form = el("section")
        .class("column compose")
        .id(ids::COMPOSE)
        .attr("aria-labelledby", "compose-title")
        .child([head(composer), picture_well(Slot::Start)])
        .swap(
            move || composer.with(|form| !form.start.is_empty()),
            move |with_image| {
                if *with_image {
                    plan_choice(composer)
                } else {
                    el("p").class("hint aside-hint").say(words.no_shots_in_text)
                }
            },
        );
    let more = el("details").class("fold").child([
        el("summary").say(words.more),
        el("div").class("fold-body").child([negative(), guidance()]),
    ]);
    prompt(form)
        .child([settings(), more])
        .when(move || composer.with(Form::is_blank), examples)
}

fn head(composer: Composer) -> El {
    let words = t().compose;
    let mode = move || {
        match composer.with(Form::endpoint) {
            Endpoint::TextToVideo => words.text_to_video,
            Endpoint::ImageToVideo => words.image_to_video,
        }
        .to_owned()
    };
    el("div")
        .class("column-head")
        .child(
            el("h2")
                .id("compose-title")
                .attr("tabindex", "-1")
                .say(live(mode)),
        )
        .when(
            move || composer.with(|form| *form != Form::default()),
            move || button(Tone::Quiet, words.start_over, move || composer.start_over()),
        )
}

/// End image or shots: a two-way switch that keeps both.
fn plan_choice(composer: Composer) -> El {
    let words = t().compose;
    let options = [("one", words.plan_one), ("shots", words.plan_shots)];
    let uses_shots = move || composer.with(|form| form.plan == Plan::Shots);
    let choice = choice(
        words.plan,
        options.map(|(value, label)| ChoiceOption { value, label }),
        move || if uses_shots() { "shots" } else { "one" }.to_owned(),
        move |value| choose_plan(composer, value),
    )
    .attr("aria-describedby", "plan-reason");
    el("div")
        .class("plan")
        .child([
            choice,
            el("p").class("hint").id("plan-reason").say(words.plan_reason),
        ])
        .swap(uses_shots, |uses_shots| {
            if *uses_shots {
                shots()
            } else {
                picture_well(Slot::End)
            }
        })
}

fn choose_plan(composer: Composer, value: &str) {
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
}

/// The ids of a field's parts.
pub fn field_ids(field: FieldKey) -> crate::kit::FieldIds {
    crate::kit::FieldIds::of(&field.control_id())
}
