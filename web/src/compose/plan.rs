//! One take or shots: a two-way switch that keeps both, and says what steps aside.

use super::{
    cure::Cure,
    fields::FieldKey,
    form::{Form, Plan},
    picture_well::picture_well,
    shot_strip::shots,
    state::{Composer, Slot},
};
use crate::{
    app::{Politeness, announce},
    dom::{El, el, live},
    kit::{ChoiceOption, Icon, Tone, button, choice, icon},
    text::t,
};

/// The switch, what is chosen, and what is kept aside.
pub fn plan(composer: Composer) -> El {
    let words = t().shots;
    let options = [("one", words.plan_one), ("shots", words.plan_shots)];
    let uses_shots = move || composer.with(Form::uses_shots);
    let choice = choice(
        words.plan,
        options.map(|(value, label)| ChoiceOption { value, label }),
        move || if uses_shots() { "shots" } else { "one" }.to_owned(),
        move |value| {
            choose(
                composer,
                if value == "shots" {
                    Plan::Shots
                } else {
                    Plan::OneTake
                },
            );
        },
    )
    .attr("aria-describedby", "plan-reason");
    let reason = move || {
        if composer.with(|form| form.start.is_empty()) {
            words.reason_text
        } else {
            words.reason_image
        }
        .to_owned()
    };
    el("div")
        .class("plan")
        .child([choice, el("p").class("hint").id("plan-reason").say(live(reason))])
        .swap(
            move || composer.with(|form| (form.uses_shots(), form.start.is_empty())),
            move |(uses_shots, is_text)| match (uses_shots, is_text) {
                (true, true) => vec![shots()],
                (true, false) => vec![shots(), end_aside(composer)],
                (false, true) => vec![shots_aside(composer)],
                (false, false) => vec![picture_well(Slot::End), shots_aside(composer)],
            },
        )
}

/// Chooses, and says what steps aside by it.
fn choose(composer: Composer, plan: Plan) {
    composer.edit(|form| {
        form.plan = plan;
        if plan == Plan::Shots && form.shots.is_empty() {
            Cure::AddShot.apply(form);
        }
    });
    let aside = composer.now(|form| match plan {
        Plan::Shots if has_end(form) => Some((t().shots.end_aside)(&end_name(form))),
        Plan::OneTake => shots_aside_words(form),
        Plan::Shots => None,
    });
    if let Some(aside) = aside {
        announce(aside, Politeness::Polite);
    }
}

fn has_end(form: &Form) -> bool {
    !form.start.is_empty() && !form.end.is_empty()
}

fn end_name(form: &Form) -> String {
    form.end.name().unwrap_or(t().shots.end_unnamed).to_owned()
}

fn shots_aside_words(form: &Form) -> Option<String> {
    let is_worth_it = form.shots.len() > 1 || form.shots.iter().any(|shot| !shot.prompt.trim().is_empty());
    is_worth_it.then(|| (t().shots.shots_aside)(form.shots.len(), has_end(form)))
}

/// That shots are kept, while one take is sent.
fn shots_aside(composer: Composer) -> El {
    let said = move || composer.with(shots_aside_words);
    el("div").swap(said, move |said| {
        said.clone().map(|said| {
            let back = button(Tone::Quiet, t().shots.use_shots, move || {
                choose(composer, Plan::Shots);
                composer.focus(FieldKey::Shots);
            });
            aside(said, back)
        })
    })
}

/// That the end image is kept, while shots are sent; or where one can be put in.
fn end_aside(composer: Composer) -> El {
    let name = move || composer.with(|form| has_end(form).then(|| end_name(form)));
    el("div").swap(name, move |name| {
        let words = t().shots;
        let to_end = move || {
            choose(composer, Plan::OneTake);
            composer.focus(FieldKey::End);
        };
        match name {
            Some(name) => aside(
                (words.end_aside)(name),
                button(Tone::Quiet, words.use_end, to_end),
            ),
            None => button(Tone::Quiet, words.add_end, to_end),
        }
    })
}

fn aside(said: String, back: El) -> El {
    el("p")
        .class("note aside")
        .child([icon(Icon::Help), el("span").say(said), back])
}
