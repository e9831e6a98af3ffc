//! One take of the list.

use std::sync::Arc;

use leptos::prelude::*;

use super::face::{self, Act};
use super::parts::{acts, how_far, provider_words};
use crate::desk::{Desk, ObjectUrl, follow_link};
use crate::dom::{El, el, live};
use crate::ids;
use crate::kit::{Light, Tone, button, lamp};
use crate::ledger::{Damage, Damaged, Entry, Ledger, State, Take};
use crate::task::{after_ms, follow, spawn};
use crate::text;

/// Most characters of a prompt in the list.
const EXCERPT_CHARS: usize = 110;
/// How long the address of a saved record stays good, in milliseconds: the browser copies from it.
const SAVE_MS: u32 = 60_000;

/// One record of the list, sound or not.
pub fn row(ledger: Ledger, id: &str) -> El {
    let place = el("li").class("take").attr("data-take", id);
    let Some(entry) = ledger.entry(id) else {
        return place;
    };
    let now = entry.clone();
    let damaged = move || {
        now.with(|entry| match entry {
            Entry::Damaged(damaged) => Some(damaged.clone()),
            Entry::Take(_) => None,
        })
    };
    let chosen = id.to_owned();
    let desk = expect_context::<Desk>();
    place
        .toggle("chosen", move || desk.has_chosen(&chosen))
        .swap(damaged, move |damaged| match damaged {
            Some(damaged) => Some(damaged_row(ledger, damaged)),
            None => entry
                .with_untracked(|entry| entry.take().cloned())
                .map(|first| take_row(entry.clone(), first)),
        })
}

fn take_row(entry: ArcRwSignal<Entry>, first: Take) -> El {
    let desk = expect_context::<Desk>();
    let id = first.id.clone();
    // Keeps the last sound record for the moment in which it turns damaged and this view goes.
    let take = Memo::new(move |last: Option<&Take>| {
        entry
            .with(|entry| entry.take().cloned())
            .or_else(|| last.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let name = ids::fresh("take");
    let word = move || take.with(|take| face::word(&take.state, desk.saving(&take.id).is_some()).to_owned());
    let head = el("div").class("take-head").child([
        lamp(move || take.with(|take| face::light(&take.state)), live(word)),
        el("span")
            .class("take-facts num")
            .say(live(move || take.with(face::facts))),
    ]);
    let chosen = id.clone();
    let open = el("button")
        .attr("type", "button")
        .class("take-open")
        .id(&name)
        .attr("dir", "auto")
        .set("aria-current", move || {
            desk.has_chosen(&chosen).then(|| "true".to_owned())
        })
        .say(live(move || {
            take.with(|take| face::excerpt(&take.settings.prompt, EXCERPT_CHARS))
        }))
        .on("click", move |_| desk.show(&id));
    let body = poster(el("div").class("take-body").child(head), take)
        .child([open, how_far(take)])
        .swap(
            move || take.with(sentence),
            |sentence| {
                sentence
                    .as_ref()
                    .map(|sentence| el("p").class("take-say").say(sentence.clone()))
            },
        )
        .swap(
            move || take.with(verbatim),
            |words| words.as_deref().map(provider_words),
        );
    acts(body, take, row_acts, &name)
}

/// The provider's words, where the take ended badly.
fn verbatim(take: &Take) -> Option<String> {
    match take.state {
        State::Failed { .. } | State::Refused(_) => face::provider_words(&take.state),
        _ => None,
    }
}

/// A small picture from the video, for those that have one, put into `place`.
fn poster(place: El, take: Memo<Take>) -> El {
    let ledger = expect_context::<Ledger>();
    let picture = RwSignal::new(None::<Arc<ObjectUrl>>);
    let id = take.with_untracked(|take| take.id.clone());
    follow(move || {
        ledger.posters.track();
        let has_poster = take.with(|take| matches!(take.state, State::Kept { .. }));
        if !has_poster || picture.with_untracked(Option::is_some) {
            return;
        }
        let id = id.clone();
        spawn(async move {
            // Without one the row has its words.
            if let Some(blob) = ledger.poster(&id).await {
                picture.try_set(ObjectUrl::of(&blob).map(Arc::new));
            }
        });
    });
    let url = move || picture.with(|picture| picture.as_ref().map(|url| url.as_str().to_owned()));
    place.swap(url, |url| {
        // The words beside it say what it shows.
        url.as_ref()
            .map(|url| el("img").class("take-poster").attr("src", url).attr("alt", ""))
    })
}

/// The actions that fit a row: the stage has all. Playing is pressing the row itself.
fn row_acts(take: &Take) -> Vec<Act> {
    let acts = face::acts_of(take).into_iter().filter(|act| *act != Act::Play);
    match take.state {
        State::Kept { .. } | State::Succeeded { .. } => acts
            .filter(|act| matches!(act, Act::Download | Act::LastFrame | Act::Keep | Act::Delete))
            .collect(),
        _ => acts.collect(),
    }
}

/// The one sentence a row has room for.
fn sentence(take: &Take) -> Option<String> {
    match &take.state {
        // The lamp's word and the figures say it.
        State::Watched { watch, .. } if watch.missed.is_none() && !watch.is_stopped => None,
        State::Kept { .. } => None,
        State::Watched { watch, .. } if !watch.is_stopped => face::sentences(take).pop(),
        State::Failed { .. } | State::Refused(_) => Some(face::sentences(take).join(" ")),
        _ => face::sentences(take).into_iter().next(),
    }
}

fn damaged_row(ledger: Ledger, damaged: &Damaged) -> El {
    let words = text::takes();
    let is_asking = RwSignal::new(false);
    let Damaged { id, damage, text } = damaged.clone();
    let sentence = match damage {
        Damage::Newer => words.say.newer,
        _ => words.say.damaged,
    };
    let file = text.clone();
    let save = button(Tone::Plain, words.act.save_record, move || save_text(&file));
    let acts = el("div").class("acts").child(save).swap(
        move || is_asking.get(),
        move |is_asking_now| {
            if !is_asking_now {
                return button(Tone::Quiet, words.act.erase, move || is_asking.set(true));
            }
            let id = id.clone();
            button(Tone::Danger, words.act.erase_sure, move || {
                let id = id.clone();
                // Where it fails, the ledger says what is wrong with storage.
                spawn(async move { drop(ledger.erase(&[id]).await) });
            })
        },
    );
    let record = el("details").class("verbatim-words").child([
        el("summary").say(words.stage.details),
        el("pre").class("verbatim").attr("tabindex", "0").say(text),
    ]);
    el("div").class("take-body").child([
        el("div")
            .class("take-head")
            .child(lamp(|| Light::Bad, words.state.damaged)),
        el("p").class("take-say").say(sentence),
        record,
        acts,
    ])
}

fn save_text(text: &str) {
    let pieces = js_sys::Array::of1(&text.into());
    let Ok(blob) = web_sys::Blob::new_with_str_sequence(&pieces) else {
        return;
    };
    if let Some(url) = ObjectUrl::of(&blob) {
        follow_link(url.as_str(), "take.json");
        after_ms(SAVE_MS, move || drop(url));
    }
}
