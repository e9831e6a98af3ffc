//! One take of the list.

use leptos::prelude::*;

use super::face::{self, Act};
use super::parts::{Acts, HowFar, ProviderWords};
use crate::desk::{Desk, ObjectUrl, follow_link};
use crate::ids;
use crate::kit::{Button, Lamp, Light, Tone};
use crate::ledger::{Damage, Damaged, Entry, Ledger, State, Take};
use crate::text::t;

/// Most characters of a prompt in the list.
const EXCERPT_CHARS: usize = 110;

/// One record of the list, sound or not.
#[component]
pub fn Row(
    /// The record.
    entry: ArcRwSignal<Entry>,
) -> impl IntoView {
    let entry = RwSignal::from(entry);
    let damaged = Memo::new(move |_| {
        entry.with(|entry| match entry {
            Entry::Damaged(damaged) => Some(damaged.clone()),
            Entry::Take(_) => None,
        })
    });
    let is_sound = Memo::new(move |_| damaged.with(Option::is_none));
    move || {
        if is_sound.get() {
            entry.with_untracked(|entry| entry.take().cloned()).map(|first| {
                // Keeps the last sound record for the moment in which it turns damaged and this view goes.
                let take = Memo::new(move |last: Option<&Take>| {
                    entry
                        .with(|entry| entry.take().cloned())
                        .or_else(|| last.cloned())
                        .unwrap_or_else(|| first.clone())
                });
                view! { <TakeRow take=take /> }.into_any()
            })
        } else {
            damaged
                .get()
                .map(|damaged| view! { <DamagedRow damaged=damaged /> }.into_any())
        }
    }
}

#[component]
fn TakeRow(
    /// The take.
    take: Memo<Take>,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let id = take.with_untracked(|take| take.id.clone());
    let name = ids::fresh("take");
    let is_saving = Memo::new({
        let id = id.clone();
        move |_| desk.saving(&id).is_some()
    });
    let is_chosen = Memo::new({
        let id = id.clone();
        move |_| desk.chosen.with(|chosen| chosen.as_ref() == Some(&id))
    });
    let light = Signal::derive(move || take.with(|take| face::light(&take.state)));
    let word = Signal::derive(move || take.with(|take| face::word(&take.state, is_saving.get()).to_owned()));
    let acts = Memo::new(move |_| take.with(|take| row_acts(&take.state)));
    let sentence = Memo::new(move |_| take.with(sentence));
    let prompt = Memo::new(move |_| take.with(|take| face::excerpt(&take.settings.prompt, EXCERPT_CHARS)));
    view! {
        <li class="take" class:chosen=move || is_chosen.get()>
            <div class="take-head">
                <Lamp light=light word=word />
                <span class="take-facts num">{move || take.with(face::facts)}</span>
            </div>
            <Poster take=take />
            <button
                type="button"
                class="take-open"
                id=name.clone()
                dir="auto"
                aria-current=move || is_chosen.get().then_some("true")
                on:click=move |_| desk.show(&id)
            >
                {move || prompt.get()}
            </button>
            <HowFar take=take />
            {move || sentence.get().map(|sentence| view! { <p class="take-say">{sentence}</p> })}
            {move || {
                take.with(|take| matches!(take.state, State::Failed { .. } | State::Refused(_)))
                    .then(|| view! { <ProviderWords take=take /> })
            }}
            <Acts take=take acts=acts named_by=name />
        </li>
    }
}

/// A small picture from the video, for those that have one.
#[component]
fn Poster(
    /// The take.
    take: Memo<Take>,
) -> impl IntoView {
    let ledger = expect_context::<Ledger>();
    let picture = RwSignal::new_local(None::<ObjectUrl>);
    let has_poster = Memo::new(move |_| take.with(|take| matches!(take.state, State::Kept { .. })));
    let id = take.with_untracked(|take| take.id.clone());
    Effect::new(move |_| {
        ledger.posters.track();
        if !has_poster.get() || picture.with_untracked(Option::is_some) {
            return;
        }
        let id = id.clone();
        leptos::task::spawn_local(async move {
            // Without one the row has its words.
            if let Some(blob) = ledger.poster(&id).await {
                picture.try_set(ObjectUrl::of(&blob));
            }
        });
    });
    move || {
        picture.with(|picture| {
            // The words beside it say what it shows.
            picture
                .as_ref()
                .map(|url| view! { <img class="take-poster" src=url.as_str().to_owned() alt="" /> })
        })
    }
}

/// The actions that fit a row: the stage has all. Playing is pressing the row itself.
fn row_acts(state: &State) -> Vec<Act> {
    let acts = face::acts(state).iter().copied().filter(|act| *act != Act::Play);
    match state {
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

#[component]
fn DamagedRow(
    /// The record.
    damaged: Damaged,
) -> impl IntoView {
    let ledger = expect_context::<Ledger>();
    let words = &t().takes;
    let is_asking = RwSignal::new(false);
    let Damaged { id, damage, text } = damaged;
    let sentence = match damage {
        Damage::Newer => words.say.newer,
        _ => words.say.damaged,
    };
    let file = StoredValue::new(text.clone());
    let erase = move |()| {
        let id = id.clone();
        // Where it fails, the ledger says what is wrong with storage.
        leptos::task::spawn_local(async move { drop(ledger.erase(&id).await) });
    };
    let erase = Callback::new(erase);
    view! {
        <li class="take">
            <div class="take-head">
                <Lamp light=Light::Bad word=words.state.damaged.to_owned() />
            </div>
            <p class="take-say">{sentence}</p>
            <details class="verbatim-words">
                <summary>{words.stage.details}</summary>
                <pre class="verbatim" tabindex="0">{text}</pre>
            </details>
            <div class="acts">
                <Button on_press=move |()| file.with_value(|text| save_text(text))>{words.act.save_record}</Button>
                {move || {
                    if is_asking.get() {
                        view! { <Button tone=Tone::Danger on_press=erase>{words.act.erase_sure}</Button> }
                    } else {
                        view! {
                            <Button tone=Tone::Quiet on_press=move |()| is_asking.set(true)>
                                {words.act.erase}
                            </Button>
                        }
                    }
                }}
            </div>
        </li>
    }
}

fn save_text(text: &str) {
    let pieces = js_sys::Array::of1(&text.into());
    let Ok(blob) = web_sys::Blob::new_with_str_sequence(&pieces) else {
        return;
    };
    if let Some(url) = crate::desk::ObjectUrl::of(&blob) {
        follow_link(url.as_str(), "take.json");
        // The browser copies from the address after this function is over.
        set_timeout(move || drop(url), std::time::Duration::from_mins(1));
    }
}
