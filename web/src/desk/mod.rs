//! Sends one intent at a time and looks after what comes of it: watches it, keeps its bytes, acts on its author's word.

mod acts;
mod bytes;
mod door;
mod frame;
mod keeper;
pub mod line;
mod lines;
mod look;
mod many;
mod object_url;
mod posters;
mod resume;
mod send;
mod share;
mod sniff;
mod tell;
mod watch;
mod world;

use std::cell::RefCell;
use std::ops::Deref;
use std::pin::Pin;
use std::rc::Rc;

use crate::task::spawn;
use leptos::prelude::*;
use rushes_core::watch::Expectation;
use rushes_core::{Checked, Request, price::Estimate};

pub(crate) use acts::stem;
pub use acts::{Tools, follow_link};
pub(crate) use bytes::kind_of;
pub use door::Door;
pub use frame::{BEFORE_END_SECS, file as file_of, small_still, still};
pub use object_url::ObjectUrl;
pub use posters::miss_poster;
pub use send::{Sent, new_id};
pub use share::can_share;
pub use sniff::extension;
pub use world::is_this_computer;

use crate::app::{Columns, Politeness, announce};
use crate::archive::Depot;
use crate::connection::{Connection, Mode};
use crate::ledger::{Entry, Event, Ledger, Maker, Progress, State, Take, locks};
use crate::library::face;
use crate::sorted::Sorted;
use crate::text::{self, t};
use keeper::Keeper;
use send::From;
use watch::Watch;

/// Most characters of a prompt in an announcement.
const SPOKEN_CHARS: usize = 60;

/// Handle of the desk, given by context. The desk stands as long as the page, so the handle is one address.
#[derive(Clone, Copy)]
pub struct Desk(&'static Parts);

impl Deref for Desk {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

/// What a [`Desk`] gives to read.
pub struct Parts {
    ledger: Ledger,
    connection: Connection,
    columns: Columns,
    depot: Depot,
    sending: ArcRwSignal<bool>,
    /// Id of the take on the stage; nothing chosen shows the newest.
    pub chosen: ArcRwSignal<Option<String>>,
    /// Takes that are compared on the stage, in its place.
    pub comparing: ArcRwSignal<Vec<String>>,
    /// The take that waits for another to be compared with.
    compare_first: ArcRwSignal<Option<String>>,
    /// Now, Unix milliseconds: goes on each second while somebody looks.
    pub now_ms: ArcRwSignal<u64>,
    /// Whether there is a network, as far as the browser knows.
    pub is_online: ArcRwSignal<bool>,
    /// Whether the part of the program that does the work is here.
    pub door: ArcRwSignal<Door>,
    owner: Owner,
    inner: StoredValue<Option<Rc<Inner>>, LocalStorage>,
}

struct Inner {
    watch: Rc<Watch>,
    keeper: Rc<Keeper>,
    /// The last word said of each take and its language, so that only news is announced.
    said: RefCell<Sorted<(&'static str, &'static str)>>,
    /// Takes that another page is sending, whose locks are waited for.
    foreign: RefCell<Sorted<()>>,
    /// Takes that this page is sending.
    own: RefCell<Sorted<()>>,
}

impl Inner {
    fn new(ledger: Ledger, connection: Connection) -> Self {
        let watch = Rc::new(Watch::new(ledger, connection));
        let keeper = Rc::new(Keeper::new(ledger, watch.clone()));
        Self {
            watch,
            keeper,
            said: RefCell::default(),
            foreign: RefCell::default(),
            own: RefCell::default(),
        }
    }
}

crate::part! { in takes;
    /// Starts one intent.
    pub(crate) fn send_take(desk: Desk, request: Request, estimate: Estimate, continues: Option<String>) -> bool {
        desk.send(request, estimate, From { continues, ..From::default() });
        true
    }
}

/// One intent on its way, and what comes of it.
pub type Sending = Pin<Box<dyn Future<Output = Sent>>>;

crate::part! { in takes;
    /// Sends one intent under an id that was made before, once nothing else is on its way.
    pub(crate) fn send_as(
        desk: Desk, id: String, request: Request, estimate: Estimate, continues: Option<String>,
    ) -> Sending {
        Box::pin(desk.send_under(id, request, estimate, continues))
    }
}

/// Gives the desk to everything below. It sets to work when there is a reason to.
pub fn provide_desk() {
    let desk = Desk::new(expect_context(), expect_context(), expect_context());
    provide_context(desk);
    desk.attend();
}

impl Desk {
    fn new(ledger: Ledger, connection: Connection, columns: Columns) -> Self {
        Self(Box::leak(Box::new(Parts {
            ledger,
            connection,
            columns,
            depot: expect_context(),
            sending: ArcRwSignal::default(),
            chosen: ArcRwSignal::default(),
            comparing: ArcRwSignal::default(),
            compare_first: ArcRwSignal::default(),
            now_ms: ArcRwSignal::new(crate::ledger::now_ms()),
            is_online: ArcRwSignal::new(world::is_online()),
            door: ArcRwSignal::new(Door::Asking),
            owner: Owner::current().unwrap_or_default(),
            inner: StoredValue::new_local(None),
        })))
    }

    /// Starts one intent: written to the ledger, then sent, then watched. While one is on its way, nothing happens.
    ///
    /// `continues` is the take whose frame it begins with.
    pub fn submit(self, checked: Checked, estimate: Estimate, continues: Option<String>) {
        if self.sending.get_untracked() {
            return;
        }
        if !untrack(|| self.connection.can_reach(self.connection.place().as_ref())) {
            // Its key went with the tab that held it. Nothing is sent elsewhere instead.
            self.connection.open_chosen();
            return;
        }
        self.sending.set(true);
        spawn(async move {
            let is_here = self.opened().await;
            self.sending.set(false);
            // Without the part nothing was written down, so nothing is sent.
            if !is_here
                || send_take(self, checked.request, estimate, continues)
                    .await
                    .is_err()
            {
                self.show_missing();
            }
        });
    }

    /// Whether an intent is on its way.
    pub fn is_sending(self) -> &'static ArcRwSignal<bool> {
        &self.0.sending
    }

    /// Whether that take was brought to the stage; reactively.
    pub fn has_chosen(self, id: &str) -> bool {
        self.chosen.with(|chosen| chosen.as_deref() == Some(id))
    }

    /// Brings a take to the stage, and on a phone the stage to the front.
    pub fn show(self, id: &str) {
        self.chosen.set(Some(id.to_owned()));
        if self.comparing.with_untracked(|comparing| !comparing.is_empty()) {
            self.comparing.set(Vec::new());
        }
        self.go_to_stage();
    }

    /// Brings the stage to the front.
    pub fn go_to_stage(self) {
        self.columns.go(crate::ids::STAGE);
    }

    /// How much of a take's video has come, while it is coming, to this tab or to another one.
    pub fn saving(self, id: &str) -> Option<Progress> {
        let here = self.inner().keeper.saving.with(|saving| saving.get(id).copied());
        let elsewhere = || {
            self.ledger
                .saving_elsewhere
                .with(|saving| saving.get(id).copied())
        };
        here.or_else(elsewhere)
    }

    /// Whether a running take is slower than such videos ever are.
    pub fn is_slow(self, take: &Take) -> bool {
        self.inner().watch.is_slow(take)
    }

    /// How long such a take takes, by those that were made before. Nothing is said of drafts, which take what this
    /// computer takes.
    pub fn expected(self, take: &Take) -> Option<Expectation> {
        let is_told = take.state.is_watched() && take.maker != Maker::Engine;
        is_told.then(|| self.inner().watch.expected(take))
    }

    /// What does the work; made when it is first needed.
    fn inner(self) -> Rc<Inner> {
        if let Some(inner) = self.inner.get_value() {
            return inner;
        }
        let inner = Rc::new(Inner::new(self.ledger, self.connection));
        self.inner.set_value(Some(Rc::clone(&inner)));
        inner
    }

    /// Who makes what is sent now.
    fn maker(self) -> Maker {
        match self.connection.mode.get_untracked() {
            Mode::Local => Maker::Engine,
            Mode::Gateway => Maker::Provider,
            Mode::Unknown => Maker::Unknown,
        }
    }

    fn start(self) {
        world::follow(self);
        crate::task::follow(move || {
            self.ledger.is_loaded.track();
            // With trouble this tab must look after its takes itself.
            self.ledger.trouble.track();
            self.connection.track_reach();
            untrack(|| self.follow_all());
        });
        crate::task::follow(move || self.follow_news());
        let leader = self.inner().watch.clone();
        let led = move || {
            untrack(|| self.follow_all());
            spawn(self.ledger.sweep());
        };
        spawn(async move { leader.lead(led).await });
    }

    /// Brings watch, keeper and announcements in line with every take.
    fn follow_all(self) {
        let inner = self.inner();
        let is_loaded = self.ledger.is_loaded.get_untracked();
        for shelved in self.ledger.takes.get_untracked() {
            self.follow_entry(&inner, &shelved.entry, is_loaded);
        }
    }

    /// The same with what is new. Runs whenever a record changes, here or in another tab: the records are the only
    /// truth, so nothing else needs to be told of anything.
    fn follow_news(self) {
        self.ledger.news.track();
        let inner = self.inner();
        let is_loaded = self.ledger.is_loaded.get_untracked();
        for id in self.ledger.take_news() {
            match self.ledger.entry(&id) {
                Some(entry) => untrack(|| self.follow_entry(&inner, &entry, is_loaded)),
                None => inner.watch.forget(&id),
            }
        }
    }

    fn follow_entry(self, inner: &Inner, entry: &ArcRwSignal<Entry>, is_loaded: bool) {
        entry.with_untracked(|entry| {
            if let Some(take) = entry.take() {
                self.follow(inner, take, is_loaded);
            }
        });
    }

    fn follow(self, inner: &Inner, take: &Take, is_loaded: bool) {
        inner.watch.follow(take);
        if is_loaded && inner.watch.is_in_charge() {
            inner.keeper.follow(take);
        }
        if take.state == State::Sending && !inner.own.borrow().contains(&take.id) {
            self.wait_for_sender(inner, &take.id);
        }
        let word = face::word(&take.state, false);
        let language = t().tag;
        let last = inner.said.borrow_mut().insert(&take.id, (language, word));
        if is_loaded && last.is_some_and(|last| last.0 == language && last.1 != word) {
            say(take, word);
            if take.is_awaited && take.state.is_over() && inner.watch.is_in_charge() {
                self.tell_end(take, word);
            }
        }
    }

    /// Another page is sending this one, or was: its lock is ours once it is done or dead. If it is dead, the record
    /// still says that it is being sent, and nobody knows the outcome.
    fn wait_for_sender(self, inner: &Inner, id: &str) {
        if inner.foreign.borrow_mut().insert(id, ()).is_some() {
            return;
        }
        let id = id.to_owned();
        spawn(async move {
            if locks::are_supported() {
                let _sender_is_gone = locks::hold(&locks::of_attempt(&id)).await;
                self.ledger.apply(&id, &Event::PageClosed).await;
            } else {
                // Nothing tells whether that page lives. Past the longest time-out of a create, it does not matter.
                crate::task::sleep(send::longest_ms()).await;
                self.ledger.apply(&id, &Event::PageClosed).await;
            }
        });
    }
}

/// Announces a take's new state: at once where money or work is at risk.
fn say(take: &Take, word: &str) {
    let politeness = match take.state {
        State::Unsure {
            is_put_away: false, ..
        }
        | State::Refused(_)
        | State::Failed { .. } => Politeness::Assertive,
        _ => Politeness::Polite,
    };
    let prompt = face::excerpt(&take.settings.prompt, SPOKEN_CHARS);
    announce((text::takes().say.changed)(word, &prompt), politeness);
}
