//! The bar at the bottom: what is missing, what will be sent, what it costs, and the one button.

use std::rc::Rc;

use leptos::prelude::*;

use super::{
    problem_list::problem_list,
    state::{Composer, use_composer},
    wire_dialog::wire_dialog,
};
use crate::{
    app::keys::mod_key,
    connection::{Connection, Mode},
    desk::Desk,
    dom::{El, el, live},
    ids,
    kit::{Light, Tone, button, dialog, lamp, use_toaster},
    task::follow,
    text::t,
};

/// Sends the form, or points at what stops it.
pub fn generate() {
    let composer = use_composer();
    let desk = expect_context::<Desk>();
    if desk.is_sending().get_untracked() {
        use_toaster().say(t().compose.sending_reason);
        return;
    }
    let checked = composer
        .result()
        .with_untracked(|result| result.as_ref().ok().cloned());
    match (checked, untrack(|| composer.estimate())) {
        (Some(checked), Some(estimate)) if untrack(|| composer.stopping()) == 0 => {
            desk.submit(checked, estimate, composer.now(super::form::Form::continues));
        }
        _ => composer.point_at_problems(),
    }
}

/// The bar. `on_generate` is the same as the key's.
pub fn bar(on_generate: Rc<dyn Fn()>) -> [El; 3] {
    let composer = use_composer();
    let sending = expect_context::<Desk>().is_sending();
    let words = t().compose;
    let show_problems = RwSignal::new(false);
    let show_wire = RwSignal::new(false);
    let label = move || {
        if sending.get() {
            words.sending
        } else {
            words.generate
        }
        .to_owned()
    };
    // When the last problem is cured from inside the list, there is nothing left to list.
    follow(move || {
        if composer.problems().with(Vec::is_empty) && show_problems.get_untracked() {
            show_problems.set(false);
        }
    });
    let generate = button(Tone::Primary, live(label), move || on_generate())
        .id(ids::GENERATE)
        .unavailable(move || sending.get() || composer.stopping() > 0)
        .attr("aria-describedby", "bar-reasons")
        .child(el("kbd").attr("aria-hidden", "true").say(mod_key()).say("⏎"));
    let wire = button(Tone::Quiet, t().request.title, move || show_wire.set(true)).say("…");
    let bar = el("section")
        .class("bar")
        .attr("aria-label", words.generate)
        .child(reasons(composer, show_problems))
        .child(el("div").class("bar-wire").child(wire))
        .child([price(composer), generate]);
    let problems = dialog(show_problems, words.problems_title, move |body| {
        problem_list(body, move || show_problems.set(false))
    });
    [bar, problems, wire_dialog(show_wire)]
}

fn reasons(composer: Composer, show_problems: RwSignal<bool>) -> El {
    let words = t().compose;
    el("div").class("bar-reasons").id("bar-reasons").swap(
        move || composer.stopping(),
        move |count| match *count {
            0 => lamp(|| Light::Off, words.ready),
            count => button(Tone::Quiet, (words.to_fix)(count), move || {
                show_problems.set(true);
            })
            .say("…"),
        },
    )
}

fn price(composer: Composer) -> El {
    let words = t().compose;
    let mode = expect_context::<Connection>().mode;
    let amount = move || (words.price)(composer.estimate().as_ref());
    let rule = move || {
        composer.estimate().map_or_else(String::new, |estimate| {
            let sound = composer.with(|form| form.sound);
            String::from(" · ") + &(words.price_rule)(&estimate, sound)
        })
    };
    el("p")
        .class("price numbers")
        .set("title", move || {
            composer.estimate().as_ref().map(words.price_source)
        })
        .when(
            move || mode.get() == Mode::Local,
            move || el("span").class("price-local").say(words.price_local).say(" "),
        )
        .child(el("strong").say(live(amount)))
        .child(el("span").class("price-rule").say(live(rule)))
}
