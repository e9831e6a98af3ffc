use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::budget::Budget;
use super::foresight::Foresight;
use super::pace::{self, Jitter, Known};
use super::{Action, Expectation, Outlook, Sighting};
use crate::{FailureKind, TaskId};

/// Reads per minute for all tasks together, unless told otherwise. The provider does not publish a limit for reading;
/// one a second is what a single client polling every second would do.
pub const DEFAULT_READS_PER_MINUTE: u32 = 60;
/// How long an answer is waited for before the task is read again, in milliseconds; longer than any host's time-out.
const PATIENCE_MS: u64 = 120_000;
/// Wait before the first look at a new task, in seconds.
const FIRST_LOOK_SECS: f64 = 1.5;
/// How often in a row the provider may not know a task that it never showed before, until that is said.
const UNKNOWN_AT_FIRST: u32 = 5;
/// The same for a task that it has shown before.
const UNKNOWN_LATER: u32 = 3;

/// Over how many seconds the stretch of the waits is taken on average.
const STRETCH_OVER_SECS: f64 = 60.0;
/// The largest stretch that waits are foreseen with.
const MOST_STRETCH: f64 = 100.0;

/// How a [`Watcher`] behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Most reads in any sixty seconds, for all tasks together: 1 to 60,000 (others count as the nearest of these).
    pub max_reads_per_minute: u32,
    /// Seed of the jitter: any number, another one for each host.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_reads_per_minute: DEFAULT_READS_PER_MINUTE,
            seed: 0,
        }
    }
}

#[derive(Debug)]
struct Watched {
    /// When it was created, on the host's clock (which may not reach so far back: negative).
    created_ms: i64,
    expected: Expectation,
    /// When it is read next, by the queue's time; for one that is being read, when patience ends. Its place in the queue.
    due_ms: u64,
    reading: bool,
    /// When it was last told of, or taken on, by the queue's time.
    looked_ms: u64,
    /// What the provider foretells.
    foresight: Foresight,
    was_seen: bool,
    misses: u32,
    unknowns: u32,
}

/// Decides when to look at which task. See the [module](super) for how a host drives it.
///
/// [`next`](Self::next) and [`saw`](Self::saw) take O(log n) per task; taking on and letting go moves the tasks behind
/// it in memory, and the switches ([`set_visible`](Self::set_visible),
/// [`set_online`](Self::set_online)) go through all tasks once.
#[derive(Debug)]
pub struct Watcher {
    /// By their ids.
    tasks: Vec<(TaskId, Watched)>,
    /// All tasks by when they are due: the longest overdue first, so that none starves. An entry that tells another
    /// time than its task was overtaken by a change and counts for nothing.
    queue: BinaryHeap<Reverse<(u64, TaskId)>>,
    budget: Budget,
    jitter: Jitter,
    /// How much the queue's time is behind the clock: it stands still while the next read must wait for the budget. So,
    /// when there are more looks to make than may be made, all waits grow alike: whatever is close to its end is still
    /// looked at more often than what has just begun, and nobody's turn is lost.
    behind_ms: u64,
    /// Since when the queue's time stands still, and until when.
    stands_still: Option<(u64, u64)>,
    /// Until when the queue's time is known.
    known_ms: u64,
    /// The share of the last minute, or so, in which the queue's time stood still: 0 to 1.
    still_share: f64,
    visible: bool,
    online: bool,
}

impl Watcher {
    /// A watcher of nothing, visible and online.
    pub fn new(options: Options) -> Self {
        Self {
            tasks: Vec::new(),
            queue: BinaryHeap::new(),
            budget: Budget::new(options.max_reads_per_minute),
            jitter: Jitter::new(options.seed),
            behind_ms: 0,
            stands_still: None,
            known_ms: 0,
            still_share: 0.0,
            visible: true,
            online: true,
        }
    }

    /// Takes on a task that was created `age_ms` ago (0 for a new one). One taken up again after a while (a reload) is
    /// looked at at once. A task already watched stays as it is, but for what is expected of it.
    pub fn watch(&mut self, id: TaskId, age_ms: u64, expected: Expectation, now_ms: u64) {
        let expected = expected.sane();
        let place = match self.place(&id) {
            Ok(at) => {
                self.tasks[at].1.expected = expected;
                return;
            }
            Err(place) => place,
        };
        let first_ms = self.jitter.around(FIRST_LOOK_SECS);
        let queue_ms = self.queue_ms(now_ms);
        let due_ms = queue_ms.saturating_add(first_ms.saturating_sub(age_ms));
        let created_ms = signed(now_ms).saturating_sub(signed(age_ms));
        self.queue.push(Reverse((due_ms, id.clone())));
        let task = Watched {
            created_ms,
            expected,
            due_ms,
            reading: false,
            looked_ms: queue_ms,
            foresight: Foresight::default(),
            was_seen: false,
            misses: 0,
            unknowns: 0,
        };
        self.tasks.insert(place, (id, task));
    }

    /// The queue's time.
    fn queue_ms(&mut self, now_ms: u64) -> u64 {
        let mut still_ms = 0;
        if let Some((since_ms, until_ms)) = self.stands_still {
            still_ms = now_ms.min(until_ms).saturating_sub(since_ms);
            self.behind_ms += still_ms;
            self.stands_still = (now_ms < until_ms).then_some((now_ms, until_ms));
        }
        let passed = secs(now_ms.saturating_sub(self.known_ms));
        if passed > 0.0 {
            let weight = (passed / STRETCH_OVER_SECS).min(1.0);
            self.still_share += (secs(still_ms) / passed - self.still_share) * weight;
            self.known_ms = now_ms;
        }
        now_ms.saturating_sub(self.behind_ms)
    }

    /// By how much all waits are longer than they should be, because more looks are due than may be made: 1 or more.
    fn stretch(&self) -> f64 {
        (1.0 / (1.0 - self.still_share)).clamp(1.0, MOST_STRETCH)
    }

    /// Where a task stands, or would stand.
    fn place(&self, id: &TaskId) -> Result<usize, usize> {
        self.tasks.binary_search_by(|(known, _)| known.cmp(id))
    }

    fn task(&self, id: &TaskId) -> Option<&Watched> {
        self.place(id).ok().map(|at| &self.tasks[at].1)
    }

    fn task_mut(&mut self, id: &TaskId) -> Option<&mut Watched> {
        self.place(id).ok().map(|at| &mut self.tasks[at].1)
    }

    /// When the first task is due.
    fn first_due_ms(&mut self) -> Option<u64> {
        while let Some(Reverse((due_ms, id))) = self.queue.peek() {
            if self.task(id).is_some_and(|task| task.due_ms == *due_ms) {
                return Some(*due_ms);
            }
            self.queue.pop();
        }
        None
    }

    /// Sets when a task is read next.
    fn schedule(&mut self, id: &TaskId, due_ms: u64) {
        if let Some(task) = self.task_mut(id) {
            task.due_ms = due_ms;
            self.queue.push(Reverse((due_ms, id.clone())));
        }
    }

    /// Stops watching a task: nothing else happens to it. An answer still under way is of no use any more.
    pub fn forget(&mut self, id: &TaskId) {
        if let Ok(at) = self.place(id) {
            self.tasks.remove(at);
        }
    }

    /// Whether it is being watched.
    pub fn is_watching(&self, id: &TaskId) -> bool {
        self.place(id).is_ok()
    }

    /// How many tasks are being watched.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether nothing is being watched.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// What to do now. For each task in [`Action::Read`] the host owes a [`saw`](Self::saw) or a
    /// [`gave_up`](Self::gave_up); without one the task is read again after two minutes.
    pub fn next(&mut self, now_ms: u64) -> Action {
        if !self.online {
            return Action::Idle;
        }
        let queue_ms = self.queue_ms(now_ms);
        self.stands_still = None;
        let mut reads = Vec::new();
        let wait_until_ms = loop {
            let Some(due_ms) = self.first_due_ms() else {
                break None;
            };
            let free_ms = self.budget.free_at(now_ms);
            if due_ms > queue_ms {
                break Some(free_ms.max(due_ms.saturating_add(self.behind_ms)));
            }
            if free_ms > now_ms {
                self.stands_still = Some((now_ms, self.budget.spaced_at(now_ms)));
                break Some(free_ms);
            }
            let Some(Reverse((_, id))) = self.queue.pop() else {
                break None;
            };
            if let Some(task) = self.task_mut(&id) {
                task.reading = true;
            }
            self.budget.spend(now_ms);
            self.schedule(&id, queue_ms.saturating_add(PATIENCE_MS));
            reads.push(id);
        };
        match wait_until_ms {
            _ if !reads.is_empty() => Action::Read(reads),
            Some(at_ms) => Action::WaitUntil(at_ms),
            None => Action::Idle,
        }
    }

    /// Takes what a look told, and says how the task stands.
    pub fn saw(&mut self, id: &TaskId, sighting: &Sighting, now_ms: u64) -> Outlook {
        if let Sighting::Missed { kind, retry_after_ms } = sighting {
            match kind {
                FailureKind::RateLimit => self.budget.strained(*retry_after_ms, now_ms),
                FailureKind::Auth => self.budget.key_refused(now_ms),
                _ => {}
            }
            if let Some(asked_ms) = retry_after_ms {
                self.budget.be_quiet(*asked_ms, now_ms);
            }
        }
        if *sighting == Sighting::Ended {
            let was_watched = self.is_watching(id);
            self.forget(id);
            return if was_watched {
                Outlook::Ended
            } else {
                Outlook::Unwatched
            };
        }
        let visible = self.visible;
        let queue_ms = self.queue_ms(now_ms);
        let Some(task) = self.task_mut(id) else {
            return Outlook::Unwatched;
        };
        task.learn(sighting, now_ms);
        task.reading = false;
        task.looked_ms = queue_ms;
        let known = task.known(visible, now_ms);
        let wait_secs = pace::wait_secs(known, self.stretch());
        let wait_ms = self.jitter.around(wait_secs);
        self.schedule(id, queue_ms.saturating_add(wait_ms));
        self.outlook(id, now_ms)
    }

    /// Tells that the host gave up a look before its result (whoever ran it stopped): the task is due again at once, and
    /// nothing is held against it. The read stays spent.
    pub fn gave_up(&mut self, id: &TaskId, now_ms: u64) {
        let queue_ms = self.queue_ms(now_ms);
        if let Some(task) = self.task_mut(id)
            && task.reading
        {
            task.reading = false;
            self.schedule(id, queue_ms);
        }
    }

    /// How a task stands.
    pub fn outlook(&self, id: &TaskId, now_ms: u64) -> Outlook {
        self.task(id)
            .map_or(Outlook::Unwatched, |task| task.outlook(self.behind_ms, now_ms))
    }

    /// Makes a task due now: somebody asked. The budget and a wait that the provider asked for still hold.
    pub fn look_now(&mut self, id: &TaskId, now_ms: u64) {
        let queue_ms = self.queue_ms(now_ms);
        if self
            .task(id)
            .is_some_and(|task| !task.reading && task.due_ms > queue_ms)
        {
            self.schedule(id, queue_ms);
        }
    }

    /// Tells that there is another key: the pause that a refused one brought is over, and everything is due at once.
    pub fn key_changed(&mut self) {
        self.budget.key_changed();
        self.catch_up(true);
    }

    /// Tells whether somebody can see the page. Hidden, each task is looked at every half minute at most; shown again,
    /// whatever would have been looked at meanwhile is due at once.
    pub fn set_visible(&mut self, visible: bool) {
        if self.visible != visible {
            self.visible = visible;
            if visible {
                self.catch_up(false);
            }
        }
    }

    /// Tells whether there is a network. Offline nothing is read and nothing is held against any task; online again,
    /// everything is due at once.
    pub fn set_online(&mut self, online: bool) {
        if self.online != online {
            self.online = online;
            if online {
                self.catch_up(true);
            }
        }
    }

    /// Moves tasks forward to when they would be due if the host had been awake, or (`forgive`) to at once. A time in
    /// the past counts as now and keeps the order: the longest unseen first.
    fn catch_up(&mut self, forgive: bool) {
        self.queue.clear();
        let stretch = self.stretch();
        for (id, task) in &mut self.tasks {
            if !task.reading {
                if forgive {
                    task.misses = 0;
                    task.due_ms = task.due_ms.min(task.looked_ms);
                } else {
                    let wait_ms = self
                        .jitter
                        .around(pace::wait_secs(task.known(true, task.looked_ms), stretch));
                    task.due_ms = task.due_ms.min(task.looked_ms.saturating_add(wait_ms));
                }
            }
            self.queue.push(Reverse((task.due_ms, id.clone())));
        }
    }
}

impl Watched {
    fn age_secs(&self, now_ms: u64) -> f64 {
        let age_ms = u64::try_from(signed(now_ms).saturating_sub(self.created_ms)).unwrap_or(0);
        secs(age_ms)
    }

    fn learn(&mut self, sighting: &Sighting, now_ms: u64) {
        match sighting {
            Sighting::Going {
                progress_percent,
                eta_secs,
            } => {
                self.was_seen = true;
                self.misses = 0;
                self.unknowns = 0;
                let age_secs = self.age_secs(now_ms);
                self.foresight.learn(age_secs, *eta_secs, *progress_percent);
            }
            Sighting::Missed { kind, .. } => {
                let is_unknown = *kind == FailureKind::NotFound;
                self.unknowns = if is_unknown {
                    self.unknowns.saturating_add(1)
                } else {
                    0
                };
                self.misses = self.misses.saturating_add(1);
            }
            Sighting::Ended => {}
        }
    }

    fn is_lost(&self) -> bool {
        self.unknowns
            >= if self.was_seen {
                UNKNOWN_LATER
            } else {
                UNKNOWN_AT_FIRST
            }
    }

    fn known(&self, visible: bool, now_ms: u64) -> Known {
        let age = self.age_secs(now_ms);
        Known {
            age,
            expected: self.expected,
            left: self.foresight.left(age),
            misses: self.misses,
            lost: self.is_lost(),
            visible,
        }
    }

    fn outlook(&self, behind_ms: u64, now_ms: u64) -> Outlook {
        let next_look_ms = self.due_ms.saturating_add(behind_ms);
        if self.is_lost() {
            return Outlook::LostSight { next_look_ms };
        }
        Outlook::Watching {
            next_look_ms,
            slow: self.age_secs(now_ms) >= pace::SLOW_AFTER_SECS,
        }
    }
}

fn secs(ms: u64) -> f64 {
    std::time::Duration::from_millis(ms).as_secs_f64()
}

/// The clock as a signed number: a task's creation may lie before the clock began.
fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}
