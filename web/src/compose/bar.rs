//! The bar at the bottom: what is missing, what will be sent, what it costs, and the one button.

use leptos::prelude::*;
use rushes_core::price::Estimate;

use super::{problem_list::ProblemList, state::use_composer, wire_dialog::WireDialog};
use crate::{
    app::keys::mod_key,
    connection::Mode,
    desk::Desk,
    ids,
    kit::{Button, Dialog, Lamp, Light, Tone, use_toaster},
    text::t,
};

/// Sends the form, or points at what stops it.
pub fn generate() {
    let composer = use_composer();
    let desk = expect_context::<Desk>();
    let toaster = use_toaster();
    if desk.is_sending().get_untracked() {
        toaster.say(t().compose.sending_reason);
        return;
    }
    let checked = composer
        .result()
        .with_untracked(|result| result.as_ref().ok().cloned());
    let stopped = composer
        .problems()
        .with_untracked(|problems| problems.iter().any(|problem| problem.stops));
    match (checked, composer.estimate().get_untracked()) {
        (Some(checked), Some(estimate)) if !stopped => desk.submit(checked, estimate),
        _ => composer.point_at_problems(),
    }
}

/// The bar.
#[component]
pub fn Bar(
    /// What generating does; the same as the key.
    #[prop(into)]
    on_generate: Callback<()>,
    /// What answers.
    mode: Signal<Mode>,
) -> impl IntoView {
    let composer = use_composer();
    let desk = expect_context::<Desk>();
    let words = t().compose;
    let show_problems = RwSignal::new(false);
    let show_wire = RwSignal::new(false);
    let stopping = composer.stopping();
    let sending = desk.is_sending();
    let reasons = move || {
        let count = stopping.get();
        if count == 0 {
            view! { <Lamp light=Light::Off word=words.ready /> }.into_any()
        } else {
            view! { <Button tone=Tone::Quiet on_press=move |()| show_problems.set(true)>{(words.to_fix)(count)}"…"</Button> }
                .into_any()
        }
    };
    let label = move || {
        if sending.get() {
            words.sending
        } else {
            words.generate
        }
    };
    // When the last problem is cured from inside the list, there is nothing left to list.
    Effect::new(move |_| {
        if composer.problems().with(Vec::is_empty) {
            show_problems.set(false);
        }
    });
    view! {
        <section class="bar" aria-label=words.generate>
            <div class="bar-reasons" id="bar-reasons">{reasons}</div>
            <div class="bar-wire">
                <Button tone=Tone::Quiet on_press=move |()| show_wire.set(true)>{words.wire}"…"</Button>
            </div>
            <Price mode=mode />
            <Button
                tone=Tone::Primary
                id=ids::GENERATE
                unavailable=Signal::derive(move || sending.get() || stopping.get() > 0)
                described_by="bar-reasons"
                on_press=on_generate
            >
                {label}
                <kbd aria-hidden="true">{mod_key()}"⏎"</kbd>
            </Button>
        </section>
        <Dialog open=show_problems title=words.problems_title>
            <ProblemList on_follow=move |()| show_problems.set(false) />
        </Dialog>
        <WireDialog open=show_wire />
    }
}

#[component]
fn Price(mode: Signal<Mode>) -> impl IntoView {
    let composer = use_composer();
    let words = t().compose;
    let estimate = composer.estimate();
    let sound = composer.part(|form| form.sound);
    let is_local = move || mode.get() == Mode::Local;
    let amount = move || estimate.with(|estimate| (words.price)(estimate.as_ref()));
    let rule = move || {
        estimate.with(|estimate| {
            estimate
                .as_ref()
                .map(|estimate| (words.price_rule)(estimate, sound.get()))
        })
    };
    let source =
        move || estimate.with(|estimate: &Option<Estimate>| estimate.as_ref().map(words.price_source));
    view! {
        <p class="price numbers" title=source>
            {move || is_local().then(|| view! { <span class="price-local">{words.price_local}" "</span> })}
            <strong>{amount}</strong>
            <span class="price-rule">{move || rule().map(|rule| format!(" · {rule}"))}</span>
        </p>
    }
}
