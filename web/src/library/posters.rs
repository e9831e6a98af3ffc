//! The small pictures of takes: read when they come into sight, and held for a while.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::desk::{ObjectUrl, miss_poster};
use crate::dom::El;
use crate::ledger::{Ledger, Standing};
use crate::task::{follow, spawn};

/// How many pictures are held; a screen shows a few dozen.
const HELD: usize = 160;

thread_local! {
    static POSTERS: RefCell<VecDeque<(String, Arc<ObjectUrl>)>> = const { RefCell::new(VecDeque::new()) };
}

fn held(id: &str) -> Option<Arc<ObjectUrl>> {
    POSTERS.with_borrow(|held| {
        held.iter()
            .find(|(other, _)| other == id)
            .map(|(_, url)| Arc::clone(url))
    })
}

fn hold(id: &str, url: &Arc<ObjectUrl>) {
    POSTERS.with_borrow_mut(|held| {
        if held.len() >= HELD {
            held.pop_front();
        }
        held.push_back((id.to_owned(), Arc::clone(url)));
    });
}

/// Lets go of a take's small picture: another took its place.
pub fn forget_poster(id: &str) {
    POSTERS.with_borrow_mut(|held| held.retain(|(other, _)| other != id));
}

/// Shows the take's small picture in an image, once there is one; the words beside it say what it shows.
pub fn follow_poster(image: El, ledger: Ledger, id: &str, standing: impl Fn() -> Standing + 'static) -> El {
    let picture = RwSignal::new(held(id));
    let id: Rc<str> = id.into();
    follow(move || {
        ledger.posters.track();
        if standing() != Standing::Kept || (picture.with_untracked(Option::is_some) && held(&id).is_some()) {
            return;
        }
        let id = Rc::clone(&id);
        spawn(async move {
            let Some(blob) = ledger.poster(&id).await else {
                miss_poster(ledger, &id);
                return;
            };
            if let Some(url) = ObjectUrl::of(&blob).map(Arc::new) {
                hold(&id, &url);
                picture.try_set(Some(url));
            }
        });
    });
    let url = move || picture.with(|picture| picture.as_ref().map(|url| url.as_str().to_owned()));
    let is_missing = move || picture.with(Option::is_none);
    image.attr("alt", "").set("src", url).flag("hidden", is_missing)
}
