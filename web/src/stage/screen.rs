//! The screen while there is nothing to play: the state, as large as the picture will be.

use leptos::prelude::*;

use crate::desk::Desk;
use crate::kit::Lamp;
use crate::ledger::{State, Take};
use crate::library::face;
use crate::library::parts::HowFar;
use crate::text::t;

/// A screen that shows a state.
#[component]
pub fn Screen(
    /// The take.
    take: Memo<Take>,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let light = Signal::derive(move || take.with(|take| face::light(&take.state)));
    let word = Signal::derive(move || take.with(|take| face::word(&take.state, false).to_owned()));
    let is_running = Memo::new(move |_| take.with(|take| take.state.is_running()));
    let shape = move || take.with(|take| face::shape(take).unwrap_or_default());
    let checked = move || {
        take.with(|take| match &take.state {
            State::Watched { watch, .. } if !watch.is_stopped => {
                let gone = desk.now_ms.get().saturating_sub(watch.checked_ms?);
                #[expect(clippy::cast_precision_loss, reason = "seconds, far below 2^52")]
                let secs = (gone / 1000) as f64;
                Some((t().takes.say.checked)(&face::rough(secs)))
            }
            _ => None,
        })
    };
    let slow = move || {
        desk.now_ms.track();
        take.with(|take| take.state.is_watched() && desk.is_slow(take))
            .then_some(t().takes.say.slow)
    };
    view! {
        <div class="screen" data-shape=shape>
            <div class="screen-face">
                <Lamp light=light word=word />
                {move || is_running.get().then(|| view! { <HowFar take=take /> })}
                {move || slow().map(|text| view! { <p>{text}</p> })}
                {move || checked().map(|text| view! { <p class="num soft">{text}</p> })}
            </div>
        </div>
    }
}
