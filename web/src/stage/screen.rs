//! The screen while there is nothing to play: the state, as large as the picture will be.

use leptos::prelude::*;

use crate::desk::Desk;
use crate::dom::{El, el, live};
use crate::kit::lamp;
use crate::ledger::{State, Take};
use crate::library::face;
use crate::library::parts::how_far;
use crate::text;

/// A screen that shows a state.
pub fn screen(take: Memo<Take>) -> El {
    let desk = expect_context::<Desk>();
    let lamp = lamp(
        move || take.with(|take| face::light(&take.state)),
        live(move || take.with(|take| face::word(&take.state, false).to_owned())),
    );
    let checked = move || {
        take.with(|take| match &take.state {
            State::Watched { watch, .. } if !watch.is_stopped => {
                let gone = desk.now_ms.get().saturating_sub(watch.checked_ms?);
                Some((text::takes().say.checked)(&face::rough(gone / 1000)))
            }
            _ => None,
        })
    };
    let expected = Memo::new(move |_| take.with(|take| desk.expected(take)));
    let usual = move || {
        let expected = expected.get()?;
        let (half, most) = (secs(expected.typical_secs), secs(expected.slow_secs));
        Some((text::watching().usual)(&face::rough(half), &face::rough(most)))
    };
    let is_slow = move || {
        let now_ms = desk.now_ms.get();
        let slow_secs = expected.get().map(|expected| secs(expected.slow_secs));
        take.with(|take| {
            let gone_secs = now_ms.saturating_sub(take.created_ms) / 1000;
            take.state.is_watched() && (slow_secs.is_some_and(|slow| gone_secs > slow) || desk.is_slow(take))
        })
    };
    let face = el("div")
        .class("screen-face")
        .child(lamp)
        .when(
            move || take.with(|take| take.state.is_running()),
            move || how_far(take),
        )
        .swap(usual, |words| {
            words
                .as_ref()
                .map(|words| el("p").class("num soft").say(words.clone()))
        })
        .when(is_slow, || el("p").say(text::takes().say.slow))
        .when(
            move || checked().is_some(),
            move || {
                el("p")
                    .class("num soft")
                    .say(live(move || checked().unwrap_or_default()))
            },
        );
    of_shape(take).child(face)
}

/// Whole seconds of an expectation.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an expectation is finite and above 0"
)]
fn secs(secs: f64) -> u64 {
    secs.round() as u64
}

/// A screen of the shape of a take's picture, where that is known.
pub(super) fn of_shape(take: Memo<Take>) -> El {
    el("div").class("screen").set("data-shape", move || {
        Some(take.with(face::shape).unwrap_or_default())
    })
}
