//! The left column.

use rushes_core::Endpoint;

use super::{
    drafts::drafts,
    examples::examples,
    fields::FieldKey,
    form::Form,
    picture_well::picture_well,
    plan::plan,
    prompts::{negative, prompt},
    settings::{guidance, settings},
    state::{Composer, Slot, use_composer},
    undo::undo_buttons,
};
use crate::{
    dom::{El, el, live},
    ids,
    kit::{Icon, Tone, button, icon_button, use_toaster},
    paper::{
        self,
        errand::{Errand, go},
    },
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
        .child([head(composer), picture_well(Slot::Start), plan(composer)]);
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
    let toaster = use_toaster();
    let mode = move || {
        match composer.with(Form::endpoint) {
            Endpoint::TextToVideo => words.text_to_video,
            Endpoint::ImageToVideo => words.image_to_video,
        }
        .to_owned()
    };
    let draft = move || Box::new(composer.now(Form::draft));
    let tools = el("div")
        .class("head-tools")
        .child(undo_buttons())
        .child(drafts())
        .child(icon_button(Icon::Open, t().doors.open_request, move || {
            paper::view::choose_file(composer);
        }))
        .when(
            move || composer.with(|form| *form != Form::default()),
            move || {
                [
                    icon_button(Icon::Link, t().doors.share_request, move || {
                        go(Errand::Share(draft()), composer, toaster);
                    }),
                    icon_button(Icon::Download, t().doors.save_request, move || {
                        go(Errand::Save(draft()), composer, toaster);
                    }),
                    button(Tone::Quiet, words.start_over, move || composer.start_over()),
                ]
            },
        );
    el("div").class("column-head compose-head").child([
        el("h2")
            .id("compose-title")
            .attr("tabindex", "-1")
            .say(live(mode)),
        tools,
    ])
}

/// The ids of a field's parts.
pub fn field_ids(field: FieldKey) -> crate::kit::FieldIds {
    crate::kit::FieldIds::of(&field.control_id())
}
