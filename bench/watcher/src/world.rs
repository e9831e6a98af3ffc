//! Time that passes only as the pollers ask, and the provider at the other end.

use std::collections::BTreeSet;

use rushes_core::watch::Sighting;

use crate::plan::{Plan, Words};
use crate::poller::{Next, Poller};

/// How long one read takes, there and back: an ordinary line.
pub(crate) const LATENCY_MS: u64 = 120;

/// What a simulation saw.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    /// When each read was made, in order.
    pub(crate) reads: Vec<u64>,
    /// How long after its end each task was noticed, in milliseconds, the soonest first.
    pub(crate) late_ms: Vec<u64>,
    /// From the first create to the last end that was noticed.
    pub(crate) lasted_ms: u64,
}

/// Runs until every task is noticed.
pub(crate) fn simulate(plans: &[Plan], words: Words, poller: &mut dyn Poller) -> Log {
    let mut to_come: BTreeSet<(u64, usize)> = plans
        .iter()
        .enumerate()
        .map(|(task, plan)| (plan.created_ms, task))
        .collect();
    let first_ms = to_come.first().map_or(0, |(at, _)| *at);
    let mut answers: BTreeSet<(u64, usize)> = BTreeSet::new();
    let (mut reads, mut late_ms, mut now, mut last_ms) = (Vec::new(), Vec::new(), first_ms, first_ms);
    while late_ms.len() < plans.len() {
        while let Some((_, task)) = to_come.pop_first_until(now) {
            poller.take_on(task, now);
        }
        while let Some((_, task)) = answers.pop_first_until(now) {
            let plan = plans[task];
            // The provider looked in the middle of the way.
            let age_ms = (now - LATENCY_MS / 2).saturating_sub(plan.created_ms);
            if age_ms >= plan.takes_ms {
                poller.saw(task, &Sighting::Ended, now);
                late_ms.push(now - plan.created_ms - plan.takes_ms);
                last_ms = now;
            } else {
                poller.saw(task, &words.of(plan, age_ms), now);
            }
        }
        let until = match poller.next(now) {
            Next::Read(tasks) => {
                for task in tasks {
                    reads.push(now);
                    answers.insert((now + LATENCY_MS, task));
                }
                continue;
            }
            Next::Wait(at) => at,
        };
        let soonest = [to_come.first(), answers.first()].into_iter().flatten();
        let soonest = soonest.map(|(at, _)| *at).min().unwrap_or(u64::MAX);
        now = until.min(soonest).max(now + 1);
    }
    late_ms.sort_unstable();
    Log {
        reads,
        late_ms,
        lasted_ms: last_ms - first_ms,
    }
}

impl Log {
    /// Reads of one minute, on average over the whole time.
    pub(crate) fn reads_per_minute(&self) -> f64 {
        self.reads.len() as f64 * 60_000.0 / self.lasted_ms as f64
    }

    /// The most reads of any sixty seconds.
    pub(crate) fn busiest_minute(&self) -> usize {
        let mut from = 0;
        let most = self.reads.iter().enumerate().map(|(index, at_ms)| {
            while at_ms - self.reads[from] >= 60_000 {
                from += 1;
            }
            index - from + 1
        });
        most.max().unwrap_or_default()
    }
}

trait Until {
    /// The first, if it is not later than now.
    fn pop_first_until(&mut self, now_ms: u64) -> Option<(u64, usize)>;
}

impl Until for BTreeSet<(u64, usize)> {
    fn pop_first_until(&mut self, now_ms: u64) -> Option<(u64, usize)> {
        self.first().filter(|(at, _)| *at <= now_ms)?;
        self.pop_first()
    }
}
