//! Brings the bytes of finished takes onto this disk before their links die.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use crate::task::{after_ms, sleep, spawn};
use leptos::prelude::*;

use super::bytes::{self, Trouble};
use super::posters::make_poster;
use super::watch::{Looked, Watch};
use crate::ledger::{
    Event, Gone, KeptFile, Ledger, Link, NotKept, Part, Progress, State, Take, locks, now_ms,
};
use crate::sorted::Sorted;

/// How often a host that cannot be read is tried again, and after how many milliseconds.
const RETRIES_MS: [u32; 2] = [2_000, 10_000];
/// After that many milliseconds it is tried again from the beginning, doubled each time, so often at most.
const LATER_MS: u32 = 60_000;
const LATER_DOUBLINGS: u32 = 4;
/// How often the other tabs are told how much has come, in milliseconds.
const TELL_MS: u64 = 250;
/// How many videos come in at once.
const AT_ONCE: usize = 2;

/// The keeper of this tab.
pub(super) struct Keeper {
    ledger: Ledger,
    watch: Rc<Watch>,
    /// What is coming in right now. It has no owner but the keeper: the first to ask for that may be an effect, and
    /// what an effect owns is gone when it runs again.
    pub(super) saving: ArcRwSignal<Sorted<Progress>>,
    /// Which are next, and whether a fresh link was asked for already.
    waiting: RefCell<VecDeque<(String, bool)>>,
    busy: Cell<usize>,
    /// Tried in this page's life: a reload, or its owner, tries again.
    tried: RefCell<Sorted<()>>,
    /// How often each was given up since it last worked.
    given_up: RefCell<Sorted<u32>>,
    /// Those of whose task the provider said that it knows none.
    not_known: RefCell<Sorted<()>>,
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
            saving: ArcRwSignal::default(),
            waiting: RefCell::default(),
            busy: Cell::new(0),
            tried: RefCell::default(),
            given_up: RefCell::default(),
            not_known: RefCell::default(),
        }
    }

    /// Keeps a take if it is done and not kept, once.
    pub(super) fn follow(self: &Rc<Self>, take: &Take) {
        if matches!(take.state, State::Succeeded { .. })
            && self.tried.borrow_mut().insert(&take.id, ()).is_none()
        {
            self.enqueue(take.id.clone(), false);
        }
    }

    /// Tries again.
    pub(super) fn again(self: &Rc<Self>, id: &str) {
        if !self.saving.with_untracked(|saving| saving.contains(id)) {
            self.enqueue(id.to_owned(), false);
        }
    }

    fn enqueue(self: &Rc<Self>, id: String, has_asked: bool) {
        self.waiting.borrow_mut().push_back((id, has_asked));
        self.start();
    }

    fn start(self: &Rc<Self>) {
        while self.busy.get() < AT_ONCE {
            let Some((id, has_asked)) = self.waiting.borrow_mut().pop_front() else {
                return;
            };
            self.busy.set(self.busy.get() + 1);
            let keeper = self.clone();
            spawn(async move {
                keeper.keep(&id, has_asked).await;
                keeper.saving.update(|saving| {
                    saving.remove(&id);
                });
                keeper.ledger.tell_saving(&id, None);
                keeper.busy.set(keeper.busy.get() - 1);
                keeper.start();
            });
        }
    }

    /// Fetches, checks and writes one video. A link that does not work gets one fresh look before it is given up.
    async fn keep(self: &Rc<Self>, id: &str, has_asked: bool) {
        // One tab at a time: the next one finds it kept, or goes on where a dead one was.
        let _alone = locks::hold(&locks::of_bytes(id)).await;
        self.ledger.look_again(id).await;
        let Some(take) = self.ledger.take(id) else { return };
        let State::Succeeded { link, .. } = &take.state else {
            return;
        };
        let outcome = match link {
            Some(link) if !is_dead(link) => {
                let mut part = self.ledger.part(id).await;
                self.fetch(&take, link, &mut part).await
            }
            _ => Outcome::Dead,
        };
        match outcome {
            Outcome::Kept => {}
            Outcome::NotKept(why) => self.give_up(id, why).await,
            Outcome::Dead if has_asked => {
                let cause = if link.is_some() { Gone::Link } else { Gone::NoLink };
                self.ledger.apply(id, &Event::LinkDied(cause)).await;
            }
            Outcome::Dead => self.ask_for_link(take),
        }
    }

    /// Has a fresh look made when its turn comes, then goes on. Other videos are kept meanwhile.
    fn ask_for_link(self: &Rc<Self>, take: Take) {
        let keeper = self.clone();
        spawn(async move {
            match keeper.watch.look_once(&take).await {
                Looked::Told => {
                    keeper.not_known.borrow_mut().remove(&take.id);
                    keeper.enqueue(take.id, true);
                }
                // Said a second time, it is no slip: nobody will give this video a link any more.
                Looked::NotKnown if keeper.not_known.borrow_mut().insert(&take.id, ()).is_some() => {
                    keeper.ledger.apply(&take.id, &Event::LinkDied(Gone::Link)).await;
                }
                // No answer is no proof: the take stays done, to be tried again.
                Looked::NotKnown | Looked::Unanswered => {
                    keeper.give_up(&take.id, NotKept::Unreadable).await;
                }
            }
        });
    }

    /// Says that a video could not be kept this time, and tries again later for as long as its link lives: a network
    /// comes back, and so does a server.
    async fn give_up(self: &Rc<Self>, id: &str, why: NotKept) {
        self.ledger.apply(id, &Event::NotKept(why)).await;
        if matches!(why, NotKept::Unreadable | NotKept::CutShort) {
            let times = self.given_up.borrow().get(id).copied().unwrap_or_default();
            self.given_up.borrow_mut().insert(id, times + 1);
            let (keeper, id) = (self.clone(), id.to_owned());
            after_ms(LATER_MS << times.min(LATER_DOUBLINGS), move || keeper.again(&id));
        }
    }

    /// Asks the video's host, and where that lets no page read it the page's own server; a few times.
    async fn fetch(&self, take: &Take, link: &Link, part: &mut Part) -> Outcome {
        let relay = take.state.task().and_then(|task| bytes::relay(&link.url, task));
        let mut waits = RETRIES_MS.into_iter();
        let mut most = part.got();
        loop {
            let mut why = self.attempt(&take.id, &link.url, part).await;
            if let (Err(Trouble::Unreadable), Some(relay)) = (&why, &relay) {
                why = match self.attempt(&take.id, relay, part).await {
                    // A server without that route has nothing to say of the link.
                    Err(Trouble::Gone | Trouble::NotAVideo) => Err(Trouble::Unreadable),
                    other => other,
                };
            }
            let why = match why {
                Ok(()) => return Outcome::Kept,
                Err(Trouble::Gone) => return Outcome::Dead,
                Err(Trouble::NotAVideo) => return Outcome::NotKept(NotKept::NotAVideo),
                Err(Trouble::NoRoom) => {
                    self.ledger.say_full();
                    return Outcome::NotKept(NotKept::NoRoom);
                }
                Err(Trouble::CutShort) => NotKept::CutShort,
                Err(Trouble::Unreadable) => NotKept::Unreadable,
            };
            if part.got() > most {
                // It gets on: no reason to give up.
                (most, waits) = (part.got(), RETRIES_MS.into_iter());
            }
            match waits.next() {
                Some(ms) if !is_dead(link) => sleep(ms).await,
                _ if is_dead(link) => return Outcome::Dead,
                _ => return Outcome::NotKept(why),
            }
        }
    }

    /// Fetches from one place, looks at what came, and keeps it.
    async fn attempt(&self, id: &str, url: &str, part: &mut Part) -> Result<(), Trouble> {
        let told_ms = Cell::new(0);
        let report = |progress| {
            self.saving.update(|saving| {
                saving.insert(id, progress);
            });
            if now_ms().saturating_sub(told_ms.get()) >= TELL_MS {
                told_ms.set(now_ms());
                self.ledger.tell_saving(id, Some(progress));
            }
        };
        report(Progress {
            got: part.got(),
            of: part.head().length,
        });
        bytes::fetch(self.ledger, url, part, &report).await?;
        let (blob, media_type) = bytes::look(part).await?;
        let file = KeptFile {
            bytes: part.got(),
            media_type: media_type.to_owned(),
            kept_ms: now_ms(),
        };
        self.ledger.keep(id, &blob, file).await?;
        self.given_up.borrow_mut().remove(id);
        // Beside, not before: a hidden page may decode nothing for a long time.
        make_poster(self.ledger, id);
        Ok(())
    }
}

fn is_dead(link: &Link) -> bool {
    link.expires_ms.is_some_and(|expires| expires <= now_ms())
}
