//! A simulated host and provider: time passes only as the watcher asks.

use std::collections::{BTreeMap, BTreeSet};

use rushes_core::FailureKind;
use rushes_core::TaskId;
use rushes_core::watch::{Action, Expectation, Options, Outlook, Sighting, Watcher};

/// How long a simulated read takes.
pub(crate) const LATENCY_MS: u64 = 120;

/// One simulated task.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// When it is created and taken on.
    pub(crate) created_ms: u64,
    /// How long the provider takes for it.
    pub(crate) takes_ms: u64,
}

/// What a simulation saw.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// Every read: when, and of which task.
    pub(crate) reads: Vec<(u64, usize)>,
    /// When each ended task was noticed.
    pub(crate) noticed: BTreeMap<usize, u64>,
}

impl Log {
    /// Most reads in any window of sixty seconds.
    pub(crate) fn busiest_minute(&self) -> usize {
        let mut busiest = 0;
        let mut from = 0;
        for (index, (at_ms, _)) in self.reads.iter().enumerate() {
            while at_ms - self.reads[from].0 >= 60_000 {
                from += 1;
            }
            busiest = busiest.max(index - from + 1);
        }
        busiest
    }

    /// The longest time that a task went without a read while it was watched, and not noticed as ended.
    pub(crate) fn longest_gap_ms(&self, plans: &[Plan], until_ms: u64) -> u64 {
        let mut last: Vec<u64> = plans.iter().map(|plan| plan.created_ms).collect();
        let mut longest = 0;
        for (at_ms, task) in &self.reads {
            longest = longest.max(at_ms - last[*task]);
            last[*task] = *at_ms;
        }
        for (task, last_ms) in last.iter().enumerate() {
            if !self.noticed.contains_key(&task) {
                longest = longest.max(until_ms.saturating_sub(*last_ms));
            }
        }
        longest
    }
}

pub(crate) fn id(task: usize) -> TaskId {
    TaskId::new(&format!("task-{task:05}")).expect("an id")
}

/// Runs until all ended or the time is over. `answer` is what the provider says of a task that has not ended, given its
/// plan, its age in milliseconds and how often anything was read.
pub(crate) fn simulate(
    options: Options,
    expected: Expectation,
    plans: &[Plan],
    until_ms: u64,
    answer: impl Fn(Plan, u64, usize) -> Sighting,
) -> Log {
    let mut watcher = Watcher::new(options);
    let mut log = Log::default();
    let mut to_come: BTreeSet<(u64, usize)> = plans
        .iter()
        .enumerate()
        .map(|(task, plan)| (plan.created_ms, task))
        .collect();
    let mut answers: BTreeSet<(u64, usize)> = BTreeSet::new();
    let by_id: BTreeMap<TaskId, usize> = (0..plans.len()).map(|task| (id(task), task)).collect();
    let mut now = 0;
    while now <= until_ms {
        while to_come.first().is_some_and(|(at, _)| *at <= now) {
            let (_, task) = to_come.pop_first().expect("it is there");
            watcher.watch(id(task), 0, expected, now);
        }
        while answers.first().is_some_and(|(at, _)| *at <= now) {
            let (_, task) = answers.pop_first().expect("it is there");
            let age = now - LATENCY_MS / 2 - plans[task].created_ms;
            let sighting = if age >= plans[task].takes_ms {
                Sighting::Ended
            } else {
                answer(plans[task], age, log.reads.len())
            };
            if watcher.saw(&id(task), &sighting, now) == Outlook::Ended {
                log.noticed.insert(task, now);
            }
        }
        let next = match watcher.next(now) {
            Action::Read(ids) => {
                for read in ids {
                    let task = by_id[&read];
                    log.reads.push((now, task));
                    answers.insert((now + LATENCY_MS, task));
                }
                continue;
            }
            Action::WaitUntil(at) => {
                assert!(at > now, "a wait must end later than now");
                at
            }
            Action::Idle => u64::MAX,
        };
        let soonest = [to_come.first(), answers.first()]
            .into_iter()
            .flatten()
            .map(|(at, _)| *at)
            .min();
        now = next.min(soonest.unwrap_or(u64::MAX));
    }
    log
}

/// A provider that says nothing but that it goes on.
pub(crate) fn silent(_: Plan, _: u64, _: usize) -> Sighting {
    Sighting::Going {
        progress_percent: None,
        eta_secs: None,
    }
}

/// A provider that says truly how far it is.
pub(crate) fn honest(plan: Plan, age_ms: u64, _: usize) -> Sighting {
    Sighting::Going {
        progress_percent: Some(100.0 * age_ms as f64 / plan.takes_ms as f64),
        eta_secs: None,
    }
}

/// A look that told nothing.
pub(crate) fn missed(kind: FailureKind, retry_after_ms: Option<u64>) -> Sighting {
    Sighting::Missed { kind, retry_after_ms }
}

/// Numbers that look random and are the same in each run (`xorshift64*`), from 0 to 1.
pub(crate) fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed | 1;
    move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
