//! Who looks when: core's watcher, and fixed intervals.

use std::collections::{BTreeSet, HashMap};

use rushes_core::TaskId;
use rushes_core::watch::{Action, Expectation, Options, Sighting, Watcher};

/// What to do now.
#[derive(Debug)]
pub(crate) enum Next {
    /// Read these.
    Read(Vec<usize>),
    /// Nothing until then.
    Wait(u64),
}

/// Decides when to look at which task.
pub(crate) trait Poller {
    /// A task was created.
    fn take_on(&mut self, task: usize, now_ms: u64);
    /// A look told this.
    fn saw(&mut self, task: usize, sighting: &Sighting, now_ms: u64);
    /// What to do now.
    fn next(&mut self, now_ms: u64) -> Next;
}

/// Core's watcher, as the page and the package run it.
pub(crate) struct Ours {
    watcher: Watcher,
    ids: Vec<TaskId>,
    tasks: HashMap<TaskId, usize>,
    expected: Vec<Expectation>,
}

impl Ours {
    /// A watcher of tasks of which that is expected.
    pub(crate) fn new(max_reads_per_minute: u32, expected: Vec<Expectation>) -> Self {
        let ids: Vec<TaskId> = (0..expected.len())
            .filter_map(|task| TaskId::new(&format!("task-{task}")))
            .collect();
        Self {
            watcher: Watcher::new(Options {
                max_reads_per_minute,
                seed: 7,
            }),
            tasks: ids
                .iter()
                .enumerate()
                .map(|(task, id)| (id.clone(), task))
                .collect(),
            ids,
            expected,
        }
    }
}

impl Poller for Ours {
    fn take_on(&mut self, task: usize, now_ms: u64) {
        self.watcher
            .watch(self.ids[task].clone(), 0, self.expected[task], now_ms);
    }

    fn saw(&mut self, task: usize, sighting: &Sighting, now_ms: u64) {
        self.watcher.saw(&self.ids[task], sighting, now_ms);
    }

    fn next(&mut self, now_ms: u64) -> Next {
        match self.watcher.next(now_ms) {
            Action::Read(ids) => Next::Read(ids.iter().map(|id| self.tasks[id]).collect()),
            Action::WaitUntil(at_ms) => Next::Wait(at_ms),
            Action::Idle => Next::Wait(u64::MAX),
        }
    }
}

/// A fixed wait between an answer and the next look, for each task by itself, as other clients have it.
#[derive(Debug)]
pub(crate) struct Fixed {
    interval_ms: u64,
    /// Least time between two reads of any tasks: a limit on all together, where there is one.
    apart_ms: u64,
    free_ms: u64,
    due: BTreeSet<(u64, usize)>,
}

impl Fixed {
    pub(crate) fn new(interval_ms: u64, max_reads_per_minute: u32) -> Self {
        Self {
            interval_ms,
            apart_ms: 60_000 / u64::from(max_reads_per_minute),
            free_ms: 0,
            due: BTreeSet::new(),
        }
    }
}

impl Poller for Fixed {
    fn take_on(&mut self, task: usize, now_ms: u64) {
        self.due.insert((now_ms + self.interval_ms, task));
    }

    fn saw(&mut self, task: usize, sighting: &Sighting, now_ms: u64) {
        if *sighting != Sighting::Ended {
            self.due.insert((now_ms + self.interval_ms, task));
        }
    }

    fn next(&mut self, now_ms: u64) -> Next {
        let mut reads = Vec::new();
        loop {
            let Some((due_ms, _)) = self.due.first() else {
                break if reads.is_empty() {
                    Next::Wait(u64::MAX)
                } else {
                    Next::Read(reads)
                };
            };
            let at_ms = self.free_ms.max(*due_ms);
            if at_ms > now_ms {
                break if reads.is_empty() {
                    Next::Wait(at_ms)
                } else {
                    Next::Read(reads)
                };
            }
            self.free_ms = now_ms + self.apart_ms;
            reads.extend(self.due.pop_first().map(|(_, task)| task));
        }
    }
}
