//! The bar at the bottom: what is missing, what will be sent, what it costs, and the one button.

use std::rc::Rc;

use leptos::prelude::*;

use super::{
    problem_list::problem_list,
    state::{Composer, use_composer},
    variations_view::{series_line, variations_dialog},
    wire_dialog::wire_dialog,
};
use crate::{
    app::keys::mod_key,
    connection::{Connection, Mode},
    desk::Desk,
    dom::{El, el, live},
    ids,
    kit::{Light, Tone, button, dialog, lamp, use_toaster},
    ledger::Ledger,
    money::{
        purse,
        view::{budget_question, money_dialog},
    },
    task::follow,
    text::{format, t},
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
            let connection = expect_context::<Connection>();
            if untrack(|| connection.is_cut_off()) {
                use_toaster().say(t().offline.draft_stays);
                return;
            }
            let cost = estimate.micro_usd;
            let continues = composer.now(super::form::Form::continues);
            purse().guard(expect_context(), connection, cost, move || {
                desk.submit(checked, estimate, continues);
            });
        }
        _ => composer.point_at_problems(),
    }
}

/// The bar. `on_generate` is the same as the key's.
pub fn bar(on_generate: Rc<dyn Fn()>) -> [El; 6] {
    let composer = use_composer();
    let sending = expect_context::<Desk>().is_sending();
    let connection = expect_context::<Connection>();
    let words = t().compose;
    let show_problems = RwSignal::new(false);
    let show_wire = RwSignal::new(false);
    let show_money = RwSignal::new(false);
    let show_variations = RwSignal::new(false);
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
        .unavailable(move || sending.get() || composer.stopping() > 0 || connection.is_cut_off())
        .attr("aria-describedby", "bar-reasons")
        .child(el("kbd").attr("aria-hidden", "true").say(mod_key()).say("⏎"));
    let wire = button(Tone::Quiet, t().doors.request, move || show_wire.set(true)).say("…");
    let vary = button(Tone::Quiet, t().doors.variations, move || {
        show_variations.set(true);
    })
    .say("…");
    let bar = el("section")
        .class("bar")
        .attr("aria-label", words.generate)
        .child(series_line())
        .child(reasons(composer, show_problems))
        .child(el("div").class("bar-wire").child([wire, vary]))
        .child([price(composer, show_money), generate]);
    let problems = dialog(show_problems, words.problems_title, move |body| {
        problem_list(body, move || show_problems.set(false))
    });
    [
        bar,
        problems,
        wire_dialog(show_wire),
        variations_dialog(show_variations),
        money_dialog(show_money),
        budget_question(),
    ]
}

fn reasons(composer: Composer, show_problems: RwSignal<bool>) -> El {
    let words = t().compose;
    let connection = expect_context::<Connection>();
    el("div").class("bar-reasons").id("bar-reasons").swap(
        move || (composer.stopping(), connection.is_cut_off()),
        move |state| match *state {
            (0, true) => lamp(|| Light::Unsure, t().offline.no_network),
            (0, false) => lamp(|| Light::Off, words.ready),
            (count, _) => button(Tone::Quiet, (words.to_fix)(count), move || {
                show_problems.set(true);
            })
            .say("…"),
        },
    )
}

fn price(composer: Composer, show_money: RwSignal<bool>) -> El {
    let words = t().compose;
    let mode = expect_context::<Connection>().mode;
    let ledger = expect_context::<Ledger>();
    let amount = move || (words.price)(composer.estimate().as_ref());
    let rule = move || {
        composer.price().map_or_else(String::new, |(estimate, sound)| {
            String::from(" · ") + &(words.price_rule)(&estimate, sound)
        })
    };
    let against = move || {
        let money = purse().money();
        let (is_day, budget) = match (money.day, money.all) {
            (Some(day), _) => (true, day),
            (None, Some(all)) => (false, all),
            (None, None) => return String::new(),
        };
        let spent = purse().spent(ledger);
        let sum = if is_day { spent.today } else { spent.all };
        let said = (t().compose.price_against)(&format::usd(sum.counted()), &format::usd(budget), is_day);
        [" · ", &said].concat()
    };
    let amount = button(Tone::Quiet, live(amount), move || show_money.set(true))
        .set("title", move || {
            composer.estimate().as_ref().map(words.price_source)
        })
        .class("button quiet price-amount");
    el("p")
        .class("price numbers")
        .when(
            move || mode.get() == Mode::Local,
            move || el("span").class("price-local").say(words.price_local).say(" "),
        )
        .child(amount)
        .child(el("span").class("price-rule").say(live(rule)))
        .child(el("span").say(live(against)))
}
