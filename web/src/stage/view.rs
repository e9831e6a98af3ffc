//! The middle column.

use leptos::prelude::*;

use super::compare::compare;
use super::details::details;
use super::filed::{attempts_of, filed};
use super::player::player;
use super::screen::screen;
use crate::connection::{Connection, Mode};
use crate::demand::on_demand;
use crate::desk::{Desk, can_share};
use crate::dom::{El, el, live};
use crate::ids;
use crate::ledger::{Ledger, Maker, State, Take};
use crate::library::face::{self, Act};
use crate::library::parts::{acts, provider_words};
use crate::text::{self, t};

/// DOM id of the heading.
const TITLE: &str = "stage-title";
/// DOM id of the take's prompt, which names its buttons.
const PROMPT: &str = "stage-prompt";

/// The middle column: the chosen take, or the newest.
pub fn stage() -> El {
    let ledger = expect_context::<Ledger>();
    let desk = expect_context::<Desk>();
    let take = Memo::new(move |_| shown(ledger, desk));
    let head = el("div")
        .class("column-head")
        .child(el("h2").id(TITLE).attr("tabindex", "-1").say(t().shell.stage));
    el("section")
        .class("column stage")
        .id(ids::STAGE)
        .attr("aria-labelledby", TITLE)
        .child(head)
        // One view for each take; its own news change it from inside, so that nothing that plays begins again.
        .swap(
            move || {
                let take = take.with(|take| take.as_ref().map(|take| take.id.clone()));
                (
                    take.filter(|_| desk.comparing.with(Vec::is_empty)),
                    desk.comparing.get(),
                )
            },
            move |(_, compared)| match take.get_untracked() {
                _ if !compared.is_empty() => {
                    let compared = compared.clone();
                    on_demand(move || stage_comparison(compared.clone()))
                }
                Some(first) => on_stage(take, first),
                None => empty(),
            },
        )
}

fn shown(ledger: Ledger, desk: Desk) -> Option<Take> {
    let chosen = desk.chosen.get();
    ledger.takes.with(|takes| {
        let chosen = takes.iter().find(|shelved| Some(&shelved.id) == chosen.as_ref());
        let shelved = chosen.or_else(|| takes.first())?;
        shelved.entry.with(|entry| entry.take().cloned())
    })
}

crate::part! { in compare;
    /// The comparison of some takes.
    fn stage_comparison(ids: Vec<String>) -> El {
        compare(&ids)
    }
}

fn on_stage(take: Memo<Option<Take>>, first: Take) -> El {
    // For the moment in which another take comes and this view goes, the last state stands.
    let take = Memo::new(move |last: Option<&Take>| {
        let now = take.get().filter(|take| take.id == first.id);
        now.or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
    });
    let has_video = move || {
        take.with(|take| {
            matches!(
                take.state,
                State::Kept { .. } | State::Succeeded { link: Some(_), .. }
            )
        })
    };
    let words = el("div")
        .class("stage-words")
        .child([
            el("p")
                .class("stage-prompt")
                .id(PROMPT)
                .attr("tabindex", "-1")
                .attr("dir", "auto")
                .say(live(move || take.with(|take| take.settings.prompt.clone()))),
            el("p")
                .class("take-facts num")
                .say(live(move || take.with(face::facts))),
        ])
        .swap(
            move || take.with(sentences),
            |sentences| {
                let say = |sentence: &String| el("p").class("take-say").say(sentence.clone());
                sentences.iter().map(say).collect::<Vec<El>>()
            },
        );
    let place = el("div")
        .class("on-stage")
        .swap(has_video, move |has_video| {
            if *has_video {
                player(take).into()
            } else {
                vec![screen(take)]
            }
        })
        .child(words);
    acts(place.child(attempts_of(take)), take, stage_acts, PROMPT)
        .swap(
            move || take.with(|take| face::provider_words(&take.state)),
            |words| words.as_deref().map(provider_words),
        )
        .when(
            move || take.with(|take| matches!(take.state, State::Kept { .. })),
            move || {
                [
                    super::sequence::this_frame(take),
                    crate::paper::view::carry_switch(),
                ]
            },
        )
        .child([super::sequence::sequence(take), filed(take), details(take)])
}

/// All that can be done with a take; playing is what the stage does.
fn stage_acts(take: &Take) -> Vec<Act> {
    let mut acts = face::acts_of(take);
    acts.retain(|act| *act != Act::Play);
    if matches!(take.state, State::Kept { .. })
        && can_share()
        && let Some(place) = acts.iter().position(|act| *act == Act::Download)
    {
        acts.insert(place + 1, Act::Share);
    }
    acts
}

/// What is said under the picture.
fn sentences(take: &Take) -> Vec<String> {
    let mut sentences = face::sentences(take);
    match &take.state {
        State::Failed { reason: None, .. } => sentences.insert(1, text::takes().say.no_reason.to_owned()),
        State::Kept { .. } | State::Succeeded { .. } if take.maker == Maker::Engine => {
            sentences.push(text::takes().say.draft.to_owned());
        }
        _ => {}
    }
    sentences
}

/// The screen where there is nothing to show yet.
pub fn empty() -> El {
    let words = t().beginning;
    let mode = expect_context::<Connection>().mode;
    let face = el("div")
        .class("screen-face")
        .child([
            el("p").class("screen-title").say(words.empty_title),
            el("p").say(words.empty),
        ])
        .when(
            move || mode.get() == Mode::Local,
            move || el("p").say(words.empty_free),
        );
    el("div")
        .class("screen empty")
        .child(face.child(crate::connection::first_run()))
}
