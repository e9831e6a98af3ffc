//! The player: the kept bytes, or the provider's link while there are none.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::desk::{Desk, ObjectUrl};
use crate::kit::Lamp;
use crate::ledger::{State, Take};
use crate::library::face;
use crate::library::parts::HowFar;
use crate::text::{format, t};

/// Most characters of the prompt in the player's name.
const NAME_CHARS: usize = 80;

/// What is played.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// The provider's link.
    Link(String),
    /// Bytes on this disk, under an address of this page.
    Copy(String),
}

impl Source {
    fn url(&self) -> &str {
        match self {
            Self::Link(url) | Self::Copy(url) => url,
        }
    }
}

/// The video of a take, with the browser's own controls. It never starts by itself.
#[component]
pub fn Player(
    /// The take.
    take: Memo<Take>,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let source = RwSignal::new(None::<Source>);
    let copy = StoredValue::new_local(None::<ObjectUrl>);
    let load = move || {
        spawn_local(async move {
            let now = take.get_untracked();
            if let Some(url) = desk.video(&now).await.and_then(|blob| ObjectUrl::of(&blob)) {
                // The view may have gone meanwhile: the address is revoked with the value then.
                source.try_set(Some(Source::Copy(url.as_str().to_owned())));
                copy.try_set_value(Some(url));
            }
        });
    };
    let is_kept = Memo::new(move |_| take.with(|take| matches!(take.state, State::Kept { .. })));
    let link = Memo::new(move |_| {
        take.with(|take| match &take.state {
            State::Succeeded { link: Some(link), .. } => Some(link.url.clone()),
            _ => None,
        })
    });
    Effect::new(move |_| {
        // What plays from the link goes on from there when the copy is ready: it would begin again otherwise.
        match (is_kept.get(), source.get_untracked(), link.get()) {
            (true, None, _) => load(),
            (false, None | Some(Source::Link(_)), Some(url)) => source.set(Some(Source::Link(url))),
            _ => {}
        }
    });
    let broke = move |_| {
        // A link that dies while it is looked at; the copy takes over if there is one.
        if is_kept.get_untracked() && matches!(source.get_untracked(), Some(Source::Link(_))) {
            load();
        }
    };
    let name =
        move || take.with(|take| (t().takes.stage.player)(&face::excerpt(&take.settings.prompt, NAME_CHARS)));
    let is_picture = Memo::new(move |_| {
        take.with(|take| match &take.state {
            State::Kept { file, .. } => file.media_type.starts_with("image/"),
            State::Succeeded { link: Some(link), .. } => link.kind.as_deref() == Some("gif"),
            _ => false,
        })
    });
    let shape = move || take.with(|take| face::shape(take).unwrap_or_default());
    let url = move || source.with(|source| source.as_ref().map(|source| source.url().to_owned()));
    view! {
        <div class="screen" data-shape=shape>
            {move || {
                if is_picture.get() {
                    view! { <img class="film" src=url alt=name /> }.into_any()
                } else {
                    view! {
                        <video class="film" controls playsinline preload="metadata" src=url aria-label=name on:error=broke>
                        </video>
                    }
                        .into_any()
                }
            }}
        </div>
        <Under take=take />
    }
}

/// The line under the picture: where the bytes are, and how long the link is good.
#[component]
fn Under(
    /// The take.
    take: Memo<Take>,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let ledger = expect_context::<crate::ledger::Ledger>();
    let light = Signal::derive(move || take.with(|take| face::light(&take.state)));
    let word = Signal::derive(move || {
        take.with(|take| match &take.state {
            State::Kept { file, .. } => {
                let size = format::bytes(file.bytes);
                if ledger.trouble.get() == Some(crate::ledger::StorageTrouble::MemoryOnly) {
                    (t().takes.say.kept_for_now)(&size)
                } else {
                    (t().takes.say.kept)(&size)
                }
            }
            state => face::word(state, desk.saving(&take.id).is_some()).to_owned(),
        })
    });
    view! {
        <div class="under">
            <Lamp light=light word=word />
            <HowFar take=take />
        </div>
    }
}
