//! The middle column.

use leptos::prelude::*;

use super::details::Details;
use super::player::Player;
use super::screen::Screen;
use crate::connection::{Connection, Mode};
use crate::desk::Desk;
use crate::ids;
use crate::ledger::{Ledger, Maker, State, Take};
use crate::library::face::{self, Act};
use crate::library::parts::{Acts, ProviderWords};
use crate::text::t;

/// DOM id of the heading.
const TITLE: &str = "stage-title";
/// DOM id of the take's prompt, which names its buttons.
const PROMPT: &str = "stage-prompt";

/// The middle column: the chosen take, or the newest.
#[component]
pub fn Stage() -> impl IntoView {
    let ledger = expect_context::<Ledger>();
    let desk = expect_context::<Desk>();
    let shown = Memo::new(move |_| {
        let takes = ledger.takes.get();
        let chosen = desk
            .chosen
            .get()
            .filter(|id| takes.iter().any(|shelved| shelved.id == *id));
        chosen.or_else(|| takes.first().map(|shelved| shelved.id.clone()))
    });
    let take = Memo::new(move |_| {
        let id = shown.get()?;
        ledger.entry(&id)?.with(|entry| entry.take().cloned())
    });
    // One view for each take; its own news change it from inside, so that nothing that plays begins again.
    let id = Memo::new(move |_| take.with(|take| take.as_ref().map(|take| take.id.clone())));
    view! {
        <section class="column stage" id=ids::STAGE aria-labelledby=TITLE>
            <div class="column-head">
                <h2 id=TITLE tabindex="-1">{t().shell.stage}</h2>
            </div>
            {move || {
                // Read, not only tracked: a memo that nobody reads follows nothing.
                id.get();
                match take.get_untracked() {
                    Some(first) => view! { <OnStage take=take first=first /> }.into_any(),
                    None => view! { <Empty /> }.into_any(),
                }
            }}
        </section>
    }
}

#[component]
fn OnStage(
    /// The take on the stage.
    take: Memo<Option<Take>>,
    /// How it stood when it came there.
    first: Take,
) -> impl IntoView {
    // For the moment in which another take comes and this view goes, the last state stands.
    let take = Memo::new(move |last: Option<&Take>| {
        let now = take.get().filter(|take| take.id == first.id);
        now.or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
    });
    let acts = Memo::new(move |_| {
        take.with(|take| {
            face::acts(&take.state)
                .iter()
                .copied()
                .filter(|act| *act != Act::Play)
                .collect::<Vec<_>>()
        })
    });
    let has_video = Memo::new(move |_| {
        take.with(|take| {
            matches!(
                take.state,
                State::Kept { .. } | State::Succeeded { link: Some(_), .. }
            )
        })
    });
    let sentences = Memo::new(move |_| take.with(sentences));
    view! {
        <div class="on-stage">
            {move || {
                if has_video.get() {
                    view! { <Player take=take /> }.into_any()
                } else {
                    view! { <Screen take=take /> }.into_any()
                }
            }}
            <div class="stage-words">
                <p class="stage-prompt" id=PROMPT tabindex="-1" dir="auto">
                    {move || take.with(|take| take.settings.prompt.clone())}
                </p>
                <p class="take-facts num">{move || take.with(face::facts)}</p>
                {move || {
                    sentences.get().into_iter().map(|sentence| view! { <p class="take-say">{sentence}</p> }).collect_view()
                }}
            </div>
            <Acts take=take acts=acts named_by=PROMPT />
            <ProviderWords take=take />
            <Details take=take />
        </div>
    }
}

/// What is said under the picture.
fn sentences(take: &Take) -> Vec<String> {
    let mut sentences = face::sentences(take);
    match &take.state {
        State::Failed { reason: None, .. } => sentences.insert(1, t().takes.say.no_reason.to_owned()),
        State::Kept { .. } | State::Succeeded { .. } if take.maker == Maker::Engine => {
            sentences.push(t().takes.say.draft.to_owned());
        }
        _ => {}
    }
    sentences
}

#[component]
fn Empty() -> impl IntoView {
    let words = &t().takes.stage;
    let mode = expect_context::<Connection>().mode;
    view! {
        <div class="screen empty">
            <div class="screen-face">
                <p class="screen-title">{words.empty_title}</p>
                <p>{words.empty}</p>
                {move || (mode.get() == Mode::Local).then(|| view! { <p>{words.empty_free}</p> })}
            </div>
        </div>
    }
}
