//! Brings the bytes of finished takes onto this disk before their links die.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::task::{sleep, spawn};
use leptos::prelude::*;

use super::bytes::{self, Progress};
use super::frame;
use super::watch::Watch;
use crate::ledger::{Event, Gone, KeptFile, Ledger, Link, NotKept, State, StoreError, Take, now_ms};
use crate::sorted::Sorted;

/// How often a host that cannot be read is tried again, and after how many milliseconds.
const RETRIES_MS: [u32; 2] = [2_000, 10_000];
/// How many videos come in at once.
const AT_ONCE: usize = 2;

/// The keeper of this tab.
pub(super) struct Keeper {
    ledger: Ledger,
    watch: Rc<Watch>,
    /// What is coming in right now.
    pub(super) saving: RwSignal<Sorted<Progress>>,
    waiting: RefCell<VecDeque<String>>,
    busy: Cell<usize>,
    /// Tried in this page's life: a reload, or its owner, tries again.
    tried: RefCell<Sorted<()>>,
}

/// What one attempt came to.
enum Outcome {
    /// On disk.
    Kept,
    /// Not this time.
    NotKept(NotKept),
    /// The link does not work.
    Dead,
}

impl Keeper {
    /// A keeper with nothing to do.
    pub(super) fn new(ledger: Ledger, watch: Rc<Watch>) -> Self {
        Self {
            ledger,
            watch,
            saving: RwSignal::default(),
            waiting: RefCell::default(),
            busy: Cell::new(0),
            tried: RefCell::default(),
        }
    }

    /// Keeps a take if it is done and not kept, once.
    pub(super) fn follow(self: &Rc<Self>, take: &Take) {
        if matches!(take.state, State::Succeeded { .. })
            && self.tried.borrow_mut().insert(&take.id, ()).is_none()
        {
            self.waiting.borrow_mut().push_back(take.id.clone());
            self.start();
        }
    }

    /// Tries again.
    pub(super) fn again(self: &Rc<Self>, id: &str) {
        if !self.saving.with_untracked(|saving| saving.contains(id)) {
            self.waiting.borrow_mut().push_back(id.to_owned());
            self.start();
        }
    }

    fn start(self: &Rc<Self>) {
        while self.busy.get() < AT_ONCE {
            let Some(id) = self.waiting.borrow_mut().pop_front() else {
                return;
            };
            self.busy.set(self.busy.get() + 1);
            let keeper = self.clone();
            spawn(async move {
                keeper.keep(&id).await;
                keeper.saving.update(|saving| {
                    saving.remove(&id);
                });
                keeper.busy.set(keeper.busy.get() - 1);
                keeper.start();
            });
        }
    }

    /// Fetches, checks and writes one video. A link that does not work gets one fresh look before it is given up.
    async fn keep(&self, id: &str) {
        let mut has_asked = false;
        loop {
            let Some(take) = self.ledger.take(id) else { return };
            let State::Succeeded { link, .. } = &take.state else {
                return;
            };
            let outcome = match link {
                Some(link) if !is_dead(link) => self.fetch(&take, link).await,
                _ => Outcome::Dead,
            };
            match outcome {
                Outcome::Kept => return ask_to_persist(),
                Outcome::NotKept(why) => {
                    self.ledger.apply(id, &Event::NotKept(why)).await;
                    return;
                }
                Outcome::Dead if has_asked => {
                    let cause = if link.is_some() { Gone::Link } else { Gone::NoLink };
                    self.ledger.apply(id, &Event::LinkDied(cause)).await;
                    return;
                }
                Outcome::Dead => {
                    has_asked = true;
                    if !self.watch.look_once(&take).await {
                        // No answer is no proof: the take stays done, to be tried again.
                        self.ledger.apply(id, &Event::NotKept(NotKept::Unreadable)).await;
                        return;
                    }
                }
            }
        }
    }

    async fn fetch(&self, take: &Take, link: &Link) -> Outcome {
        let mut waits = RETRIES_MS.into_iter();
        loop {
            let id = take.id.clone();
            let saving = self.saving;
            let report = move |progress| {
                saving.update(|saving| {
                    saving.insert(&id, progress);
                });
            };
            report(Progress { got: 0, of: None });
            let why = match bytes::fetch(&link.url, report).await {
                Ok(video) => return self.write(&take.id, video).await,
                Err(bytes::Trouble::Gone) => return Outcome::Dead,
                Err(bytes::Trouble::NotAVideo) => return Outcome::NotKept(NotKept::NotAVideo),
                Err(bytes::Trouble::CutShort) => NotKept::CutShort,
                Err(bytes::Trouble::Unreadable) => NotKept::Unreadable,
            };
            match waits.next() {
                Some(ms) if !is_dead(link) => sleep(ms).await,
                _ if is_dead(link) => return Outcome::Dead,
                _ => return Outcome::NotKept(why),
            }
        }
    }

    async fn write(&self, id: &str, video: bytes::Video) -> Outcome {
        let file = KeptFile {
            bytes: video.bytes,
            media_type: video.media_type.to_owned(),
            kept_ms: now_ms(),
        };
        match self.ledger.keep(id, &video.blob, file).await {
            Ok(()) => {
                // Beside, not before: a hidden page may decode nothing for a long time.
                let (ledger, id) = (self.ledger, id.to_owned());
                spawn(async move {
                    if let Some(poster) = frame::poster(&video.blob).await {
                        ledger.keep_poster(&id, &poster).await;
                    }
                });
                Outcome::Kept
            }
            // Said by the ledger as trouble with storage; the take itself only has no copy.
            Err(StoreError::Full | StoreError::Missing | StoreError::Newer | StoreError::Other(_)) => {
                Outcome::NotKept(NotKept::NoRoom)
            }
        }
    }
}

fn is_dead(link: &Link) -> bool {
    link.expires_ms.is_some_and(|expires| expires <= now_ms())
}

/// Asks the browser not to clear what is kept, once there is something to lose. Whether it agrees changes nothing here.
fn ask_to_persist() {
    let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else {
        return;
    };
    if let Ok(asked) = window.navigator().storage().persist() {
        spawn(async move { drop(wasm_bindgen_futures::JsFuture::from(asked).await) });
    }
}
