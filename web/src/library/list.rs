//! The right column.

use leptos::prelude::*;

use super::filter::{Filter, Kind};
use super::row::Row;
use crate::desk::Desk;
use crate::ids;
use crate::kit::{Choice, ChoiceOption};
use crate::ledger::{Ledger, Shelved, State, StorageTrouble};
use crate::text::t;

/// From how many takes on they can be searched.
const FIND_FROM: usize = 4;

/// The right column: what runs, what is kept, what needs a decision.
#[component]
pub fn Library() -> impl IntoView {
    let ledger = expect_context::<Ledger>();
    let filter = RwSignal::new(Filter::default());
    let fitting = Memo::new(move |_| {
        let filter = filter.get();
        let takes = ledger.takes.get();
        let fits = |shelved: &&Shelved| {
            filter == Filter::default() || shelved.entry.with(|entry| filter.fits(entry))
        };
        takes
            .iter()
            .filter(fits)
            .map(|shelved| shelved.id.clone())
            .collect::<Vec<_>>()
    });
    let can_find = Memo::new(move |_| ledger.takes.with(Vec::len) >= FIND_FROM);
    let nothing = move || {
        let words = &t().takes;
        let text = match () {
            () if !ledger.is_loaded.get() => words.reading,
            () if ledger.takes.with(Vec::is_empty) => words.none,
            () if fitting.with(Vec::is_empty) => words.none_fit,
            () => return None,
        };
        Some(view! { <p class="takes-none">{text}</p> })
    };
    view! {
        <section class="column library" id=ids::LIBRARY aria-labelledby="library-title">
            <div class="column-head">
                <h2 id="library-title" tabindex="-1">{t().shell.library}</h2>
                <Summary />
            </div>
            <Troubles />
            {move || can_find.get().then(|| view! { <Find filter=filter /> })}
            {nothing}
            <ul class="take-list">
                <For each=move || fitting.get() key=Clone::clone let:id>
                    {ledger.entry(&id).map(|entry| view! { <Row entry=entry /> })}
                </For>
            </ul>
        </section>
    }
}

/// "2 running · 1 not sure · 5 saved".
#[component]
fn Summary() -> impl IntoView {
    let ledger = expect_context::<Ledger>();
    let words = Memo::new(move |_| {
        let (mut running, mut unsure, mut kept) = (0, 0, 0);
        for shelved in ledger.takes.get() {
            shelved
                .entry
                .with(|entry| match entry.take().map(|take| &take.state) {
                    Some(State::Sending | State::Watched { .. }) => running += 1,
                    Some(State::Unsure {
                        is_put_away: false, ..
                    }) => unsure += 1,
                    Some(State::Kept { .. }) => kept += 1,
                    _ => {}
                });
        }
        let words = &t().takes;
        [
            (running, words.running),
            (unsure, words.unsure_count),
            (kept, words.kept_count),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| words(count))
        .collect::<Vec<_>>()
        .join(" · ")
    });
    move || {
        words.with(|words| {
            (!words.is_empty()).then(|| view! { <p class="takes-summary num">{words.clone()}</p> })
        })
    }
}

/// What is wrong around the takes: the network, the storage.
#[component]
fn Troubles() -> impl IntoView {
    let ledger = expect_context::<Ledger>();
    let desk = expect_context::<Desk>();
    let storage = move || {
        let words = &t().takes.storage;
        ledger.trouble.get().map(|trouble| match trouble {
            StorageTrouble::MemoryOnly => words.memory_only.to_owned(),
            StorageTrouble::Full => words.full.to_owned(),
            StorageTrouble::Failed(why) => (words.failed)(&why),
        })
    };
    Effect::new(move |_| {
        if let Some(text) = storage() {
            crate::app::announce(text, crate::app::Politeness::Assertive);
        }
    });
    let offline = move || (!desk.is_online.get()).then_some(t().takes.say.offline_watching);
    view! {
        {move || storage().map(|text| view! { <p class="banner bad">{text}</p> })}
        {move || offline().map(|text| view! { <p class="banner">{text}</p> })}
    }
}

#[component]
fn Find(
    /// What is looked for.
    filter: RwSignal<Filter>,
) -> impl IntoView {
    let words = &t().takes.find;
    let label = |kind: Kind| match kind {
        Kind::All => words.all,
        Kind::Running => words.running,
        Kind::Videos => words.videos,
        Kind::Trouble => words.trouble,
    };
    let options: Vec<ChoiceOption> = Kind::EACH
        .into_iter()
        .map(|kind| ChoiceOption {
            value: kind.name(),
            label: label(kind),
        })
        .collect();
    let kind = Signal::derive(move || filter.with(|filter| filter.kind.name().to_owned()));
    let search = ids::fresh("find");
    view! {
        <div class="find" role="search">
            <label class="sr-only" for=search.clone()>{words.search}</label>
            <input
                type="search"
                id=search
                placeholder=words.search
                autocomplete="off"
                prop:value=move || filter.with(|filter| filter.words.clone())
                on:input=move |event| filter.update(|filter| filter.words = event_target_value(&event))
            />
            <Choice
                legend=words.show
                quiet_legend=true
                options=options
                value=kind
                on_change=move |name: String| filter.update(|filter| filter.kind = Kind::from_name(&name))
            />
        </div>
    }
}
