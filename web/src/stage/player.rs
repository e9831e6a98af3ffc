//! The player: the kept bytes, or the provider's link while there are none.

use std::rc::Rc;

use leptos::prelude::*;

use super::screen::of_shape;
use crate::desk::{Desk, ObjectUrl};
use crate::dom::{El, el, live};
use crate::kit::lamp;
use crate::ledger::{Ledger, State, StorageTrouble, Take};
use crate::library::face;
use crate::library::parts::how_far;
use crate::task::follow;
use crate::task::spawn;
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

/// The video of a take, with the browser's own controls, and the line under it. It never starts by itself.
pub fn player(take: Memo<Take>) -> [El; 2] {
    let source = RwSignal::new(None::<Source>);
    let load = loader(take, source);
    let is_kept = move || take.with(|take| matches!(take.state, State::Kept { .. }));
    let link = move || {
        take.with(|take| match &take.state {
            State::Succeeded { link: Some(link), .. } => Some(link.url.clone()),
            _ => None,
        })
    };
    let copy = Rc::clone(&load);
    let mut was_kept = false;
    follow(move || {
        // What plays from the link goes on from there when the copy is ready: it would begin again otherwise.
        match (is_kept(), source.get_untracked(), link()) {
            (true, None, _) if !was_kept => copy(),
            (false, None, Some(url)) => source.set(Some(Source::Link(url))),
            (false, Some(Source::Link(old)), Some(url)) if old != url => source.set(Some(Source::Link(url))),
            _ => {}
        }
        was_kept = is_kept();
    });
    let broke: Rc<dyn Fn()> = Rc::new(move || {
        // A link that dies while it is looked at; the copy takes over if there is one.
        // An element that has left the page tells of its errors all the same, when nothing of its view is left.
        let is_link = source.try_with_untracked(|source| matches!(source, Some(Source::Link(_))));
        if is_link == Some(true) && untrack(is_kept) {
            load();
        }
    });
    let is_picture = move || {
        take.with(|take| match &take.state {
            State::Kept { file, .. } => file.media_type.starts_with("image/"),
            State::Succeeded { link: Some(link), .. } => link.kind.as_deref() == Some("gif"),
            _ => false,
        })
    };
    let film = of_shape(take).swap(is_picture, move |is_picture| {
        film(take, source, *is_picture, Rc::clone(&broke))
    });
    [film, under(take)]
}

/// What brings the kept bytes into the player.
fn loader(take: Memo<Take>, source: RwSignal<Option<Source>>) -> Rc<dyn Fn()> {
    let desk = expect_context::<Desk>();
    let copy = StoredValue::new(None::<ObjectUrl>);
    Rc::new(move || {
        let now = take.get_untracked();
        spawn(async move {
            if let Some(url) = desk.video(&now).await.and_then(|blob| ObjectUrl::of(&blob)) {
                // The view may have gone meanwhile: the address is revoked with the value then.
                source.try_set(Some(Source::Copy(url.as_str().to_owned())));
                copy.try_set_value(Some(url));
            }
        });
    })
}

fn film(take: Memo<Take>, source: RwSignal<Option<Source>>, is_picture: bool, broke: Rc<dyn Fn()>) -> El {
    let name =
        move || take.with(|take| (t().takes.stage.player)(&face::excerpt(&take.settings.prompt, NAME_CHARS)));
    let film = if is_picture {
        el("img").label("alt", live(name))
    } else {
        el("video")
            .attr("controls", "")
            .attr("playsinline", "")
            .attr("preload", "metadata")
            .label("aria-label", live(name))
            .on("error", move |_| broke())
    };
    film.class("film").set("src", move || {
        source.with(|source| source.as_ref().map(|source| source.url().to_owned()))
    })
}

/// The line under the picture: where the bytes are, and how long the link is good.
fn under(take: Memo<Take>) -> El {
    let desk = expect_context::<Desk>();
    let ledger = expect_context::<Ledger>();
    let word = move || {
        take.with(|take| match &take.state {
            State::Kept { file, .. } => {
                let size = format::bytes(file.bytes);
                if ledger.trouble.get() == Some(StorageTrouble::MemoryOnly) {
                    (t().takes.say.kept_for_now)(&size)
                } else {
                    (t().takes.say.kept)(&size)
                }
            }
            state => face::word(state, desk.saving(&take.id).is_some()).to_owned(),
        })
    };
    el("div").class("under").child([
        lamp(move || take.with(|take| face::light(&take.state)), live(word)),
        how_far(take),
    ])
}
