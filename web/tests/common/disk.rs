//! Stores of videos and records, for tests.

use js_sys::Array;
use rushes_web::ledger::{Entry, Event, KeptFile, State, Store, Take};
use web_sys::Blob;

use crate::common::take;

/// A name for a database that no other test has.
pub(crate) fn name(test: &str) -> String {
    format!("test-{test}-{}", js_sys::Math::random())
}

pub(crate) async fn open(name: &str) -> Store {
    Store::open(name).await.expect("this browser has storage")
}

/// Both kinds of store, which must behave alike.
pub(crate) async fn stores(test: &str) -> [Store; 2] {
    [open(&name(test)).await, Store::memory()]
}

pub(crate) fn found(entry: Option<Entry>) -> Take {
    match entry {
        Some(Entry::Take(take)) => *take,
        other => panic!("no sound record: {other:?}"),
    }
}

pub(crate) fn blob(text: &str) -> Blob {
    Blob::new_with_str_sequence(&Array::of1(&text.into())).expect("a blob")
}

pub(crate) fn happen(event: Event) -> impl FnOnce(&mut Take) -> bool {
    move |take| match take.state.after(&event, 1) {
        Some(state) => {
            take.state = state;
            true
        }
        None => false,
    }
}

/// A take whose video exists and is not kept.
pub(crate) fn done_take(id: &str) -> Take {
    let done = State::Succeeded {
        task: "t-1".into(),
        link: None,
        not_kept: None,
    };
    take(id, done)
}

/// A file of five bytes.
pub(crate) fn kept_file() -> KeptFile {
    KeptFile {
        bytes: 5,
        media_type: "video/mp4".into(),
        kept_ms: 7,
    }
}
