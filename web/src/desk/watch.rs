//! The watch: the client's lookouts run in one tab for all, their news written into the ledger.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use crate::task::spawn;
use leptos::prelude::WithUntracked;
use rushes_client::{Client, News};
use rushes_core::exchange::Read;
use rushes_core::watch::{Expectation, History, Kind, Outlook};
use rushes_core::{FailureKind, TaskId};

use super::line::Fetch;
use super::lines::{Line, Lines, Takes};
use crate::connection::Connection;
use crate::ledger::{Event, Ledger, Maker, Place, Take, Trouble, locks, now_ms};

/// The watch of this tab.
pub(super) struct Watch {
    ledger: Ledger,
    lines: Lines,
    is_leading: Cell<bool>,
}

impl Watch {
    /// A watch over nothing yet.
    pub(super) fn new(ledger: Ledger, connection: Connection) -> Self {
        Self {
            ledger,
            lines: Lines::new(connection),
            is_leading: Cell::new(false),
        }
    }

    /// Whether this tab watches and keeps: it leads, or has trouble with storage, so that no other tab can see its takes.
    pub(super) fn is_in_charge(&self) -> bool {
        self.is_leading.get() || self.ledger.trouble.with_untracked(Option::is_some)
    }

    /// Waits until no other tab leads, then leads for as long as the page lives. `led` is called once it does.
    pub(super) async fn lead(&self, led: impl FnOnce()) {
        // Without Web Locks every tab watches for itself: that reads twice, and harms nothing.
        let _lead = locks::hold(locks::WATCH).await;
        self.is_leading.set(true);
        led();
        std::future::pending::<()>().await;
    }

    fn line(self: &Rc<Self>, place: Option<&Place>) -> Rc<Line> {
        let watch = self.clone();
        self.lines.to(place, move |takes, news| watch.hear(takes, news))
    }

    /// What speaks to a place, with the key that this tab holds for it.
    pub(super) fn client(self: &Rc<Self>, place: Option<&Place>) -> Client<Fetch> {
        self.line(place).client.clone()
    }

    /// Brings the watch in line with a take: watched if it runs and this tab is to look at it, forgotten otherwise. What
    /// needs a key is looked at by the tabs that hold it, whichever leads. Reactive in the keys.
    pub(super) fn follow(self: &Rc<Self>, take: &Take) {
        let Some(task) = take.state.task().and_then(TaskId::new) else {
            return;
        };
        let place = take.place.as_ref();
        if !self.lines.connection().can_reach(place) {
            return self.lines.close(place);
        }
        let is_ours = self.is_in_charge() || place.is_some_and(|place| place.needs_key);
        if is_ours && take.state.is_watched() {
            let line = self.line(place);
            let last = line.takes.borrow_mut().insert(task.as_str(), take.id.clone());
            if last.is_none() {
                let age_ms = now_ms().saturating_sub(take.created_ms);
                line.lookout.watch(task, age_ms, self.expected(take));
            }
        } else if let Some(line) = self.lines.is_open(place)
            && line.takes.borrow_mut().remove(task.as_str()).is_some()
        {
            line.lookout.forget(&task);
        }
    }

    /// How long such a take is made, by all that its maker made before and that is still on record.
    pub(super) fn expected(&self, take: &Take) -> Expectation {
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
        self.lines.each(|line| {
            for (task, take) in line.takes.borrow().iter() {
                if let (Some(task), Some(take)) = (TaskId::new(task), self.ledger.take(take)) {
                    line.lookout.watch(task, 0, self.expected(&take));
                }
            }
        });
    }

    /// Forgets the task of a take that is deleted.
    pub(super) fn forget(&self, gone: &str) {
        self.lines.each(|line| {
            line.takes.borrow_mut().retain(|task, take| {
                let stays = take != gone;
                if !stays && let Some(task) = TaskId::new(task) {
                    line.lookout.forget(&task);
                }
                stays
            });
        });
    }

    /// Whether a running take has gone on for so long that it is looked at rarely, or is out of sight.
    pub(super) fn is_slow(&self, take: &Take) -> bool {
        let line = self.lines.is_open(take.place.as_ref());
        let outlook = take
            .state
            .task()
            .and_then(TaskId::new)
            .zip(line)
            .map(|(task, line)| line.lookout.outlook(&task));
        matches!(
            outlook,
            Some(Outlook::Watching { slow: true, .. } | Outlook::LostSight { .. })
        )
    }

    /// Tells whether somebody can see the page.
    pub(super) fn set_visible(&self, is_visible: bool) {
        self.lines.set_visible(is_visible);
    }

    /// Tells whether there is a network.
    pub(super) fn set_online(&self, is_online: bool) {
        self.lines.set_online(is_online);
    }

    /// One fresh look at a task that is over, for a link that died, within the budget of all looks.
    pub(super) async fn look_once(self: &Rc<Self>, take: &Take) -> Looked {
        let place = take.place.as_ref();
        let Some(task) = take.state.task().and_then(TaskId::new) else {
            return Looked::Unanswered;
        };
        if !self.lines.can_reach_now(place) || !self.lines.is_online() {
            return Looked::Unanswered;
        }
        // Nothing of the line is held while waiting: closed, it ends this.
        let lookout = self.line(place).lookout.clone();
        match lookout.look_once(&task).await {
            Some(Read::State(state)) => {
                self.ledger.apply(&take.id, &Event::Saw(state)).await;
                Looked::Told
            }
            Some(Read::Missed(failure)) if failure.kind == FailureKind::NotFound => Looked::NotKnown,
            Some(Read::Missed(_)) | None => Looked::Unanswered,
        }
    }

    fn hear(self: &Rc<Self>, takes: &Takes, news: News) {
        let (task, event) = match news {
            News::State { id, state, .. } => (id, Event::Saw(state)),
            News::Missed { id, failure, .. } => (id, Event::Missed(Trouble::from(&failure))),
        };
        let Some(take) = takes.borrow().get(task.as_str()).cloned() else {
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

/// What came of one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looked {
    /// The task's state, which is in the ledger now.
    Told,
    /// The provider knows no such task.
    NotKnown,
    /// No answer, or none that tells anything.
    Unanswered,
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
