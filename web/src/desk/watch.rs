//! The watch: the client's lookout run in one tab for all, its news written into the ledger.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use crate::task::spawn;
use leptos::prelude::WithUntracked;
use rushes_client::{Client, Lookout, News};
use rushes_core::TaskId;
use rushes_core::exchange::Read;
use rushes_core::watch::{Expectation, History, Kind, Outlook};

use super::line::{self, Fetch};
use crate::ledger::{Event, Ledger, Maker, Take, Trouble, locks, now_ms};
use crate::sorted::Sorted;

/// The watch of this tab.
pub(super) struct Watch {
    ledger: Ledger,
    client: Client<Fetch>,
    lookout: Lookout<Fetch>,
    /// Which take a watched task belongs to.
    takes: RefCell<Sorted<String>>,
    is_leading: Cell<bool>,
}

impl Watch {
    /// A watch that does not run yet.
    pub(super) fn new(ledger: Ledger, client: Client<Fetch>) -> Self {
        let lookout = Lookout::new(client.clone());
        Self {
            ledger,
            client,
            lookout,
            takes: RefCell::default(),
            is_leading: Cell::new(false),
        }
    }

    /// Whether this tab watches and keeps: it leads, or has trouble with storage, so that no other tab can see its takes.
    pub(super) fn is_in_charge(&self) -> bool {
        self.is_leading.get() || self.ledger.trouble.with_untracked(Option::is_some)
    }

    /// Watches whatever it is told to, for as long as the page lives.
    pub(super) async fn run(self: &Rc<Self>) {
        line::run(&self.lookout, |news| self.hear(news)).await;
    }

    /// Waits until no other tab leads, then leads for as long as the page lives. `led` is called once it does.
    pub(super) async fn lead(&self, led: impl FnOnce()) {
        // Without Web Locks every tab watches for itself: that reads twice, and harms nothing.
        let _lead = locks::hold(locks::WATCH).await;
        self.is_leading.set(true);
        led();
        std::future::pending::<()>().await;
    }

    /// Brings the watch in line with a take: watched if it runs and this tab leads, forgotten otherwise.
    pub(super) fn follow(&self, take: &Take) {
        let Some(task) = take.state.task().and_then(TaskId::new) else {
            return;
        };
        if self.is_in_charge() && take.state.is_watched() {
            let is_new = self
                .takes
                .borrow_mut()
                .insert(task.as_str(), take.id.clone())
                .is_none();
            if is_new {
                let age_ms = now_ms().saturating_sub(take.created_ms);
                self.lookout.watch(task, age_ms, self.expected(take));
            }
        } else if self.takes.borrow_mut().remove(task.as_str()).is_some() {
            self.lookout.forget(&task);
        }
    }

    /// How long such a take is made, by all that its maker made before and that is still on record.
    fn expected(&self, take: &Take) -> Expectation {
        let mut history = History::default();
        self.ledger.takes.with_untracked(|takes| {
            for shelved in takes.iter().rev() {
                shelved.entry.with_untracked(|entry| {
                    if let Some(other) = entry.take()
                        && is_alike(other.maker, take.maker)
                    {
                        learn(&mut history, other);
                    }
                });
            }
        });
        history.expect(kind(take))
    }

    /// Expects of every watched take what is known now.
    fn expect_anew(&self) {
        for (task, take) in self.takes.borrow().iter() {
            if let (Some(task), Some(take)) = (TaskId::new(task), self.ledger.take(take)) {
                self.lookout.watch(task, 0, self.expected(&take));
            }
        }
    }

    /// Forgets a task whose take is deleted.
    pub(super) fn forget_all_but(&self, is_known: impl Fn(&str) -> bool) {
        self.takes.borrow_mut().retain(|task, take| {
            let stays = is_known(take);
            if !stays && let Some(task) = TaskId::new(task) {
                self.lookout.forget(&task);
            }
            stays
        });
    }

    /// Whether a running take has gone on for so long that it is looked at rarely, or is out of sight.
    pub(super) fn is_slow(&self, take: &Take) -> bool {
        let outlook = take
            .state
            .task()
            .and_then(TaskId::new)
            .map(|task| self.lookout.outlook(&task));
        matches!(
            outlook,
            Some(Outlook::Watching { slow: true, .. } | Outlook::LostSight { .. })
        )
    }

    /// Tells whether somebody can see the page.
    pub(super) fn set_visible(&self, is_visible: bool) {
        self.lookout.set_visible(is_visible);
    }

    /// Tells whether there is a network.
    pub(super) fn set_online(&self, is_online: bool) {
        self.lookout.set_online(is_online);
    }

    /// One fresh look at a task that is over, for a link that died. Says whether an answer came.
    pub(super) async fn look_once(&self, take: &Take) -> bool {
        let Some(task) = take.state.task().and_then(TaskId::new) else {
            return false;
        };
        match self.client.read(&task).await {
            Read::State(state) => {
                self.ledger.apply(&take.id, &Event::Saw(state)).await;
                true
            }
            Read::Missed(_) => false,
        }
    }

    fn hear(self: &Rc<Self>, news: News) {
        let (task, event) = match news {
            News::State { id, state, .. } => (id, Event::Saw(state)),
            News::Missed { id, failure, .. } => (id, Event::Missed(Trouble::from(&failure))),
        };
        let Some(take) = self.takes.borrow().get(task.as_str()).cloned() else {
            return;
        };
        let watch = self.clone();
        spawn(async move {
            let ended = watch.ledger.apply(&take, &event).await;
            if ended.is_some_and(|take| take.took_ms.is_some()) {
                watch.expect_anew();
            }
        });
    }
}

/// Whether one maker's pace tells of the other's: the local engine's tells nothing of a provider's.
fn is_alike(one: Maker, other: Maker) -> bool {
    (one == Maker::Engine) == (other == Maker::Engine)
}

fn kind(take: &Take) -> Kind {
    Kind {
        duration_secs: take.settings.duration_secs,
        sound: take.settings.sound,
    }
}

fn learn(history: &mut History, take: &Take) {
    if let Some(took_ms) = take.took_ms {
        history.add(kind(take), Duration::from_millis(took_ms).as_secs_f64());
    }
}
