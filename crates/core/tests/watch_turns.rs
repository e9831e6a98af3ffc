//! Turns: what every task gets, where more looks are due than may be made.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "simulated times are far below 2^52 milliseconds, and positive"
)]

#[expect(dead_code, reason = "the laws in watch.rs use the rest")]
mod watch_support;

use std::collections::BTreeSet;

use rushes_core::watch::{Expectation, Options, Sighting};
use watch_support::{LATENCY_MS, Log, Plan, silent, simulate};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;

fn options(max_reads_per_minute: u32) -> Options {
    Options {
        max_reads_per_minute,
        seed: 1,
    }
}

/// How often, at most, one task was read while another one waited for its next read.
fn most_overtaking(log: &Log, tasks: usize) -> usize {
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); tasks];
    let mut last: BTreeSet<usize> = BTreeSet::new();
    let mut most = 0;
    for (at, (at_ms, task)) in log.reads.iter().enumerate() {
        let reads = &mut own[*task];
        if let Some(at) = reads.last() {
            last.remove(at);
        }
        reads.push(at);
        let ended = log
            .noticed
            .get(task)
            .is_some_and(|noticed_ms| *at_ms + LATENCY_MS >= *noticed_ms);
        // Whoever was read longest ago is the one that is overtaken most. One that was not read yet is none.
        if let Some(longest) = last.first() {
            most = most.max(reads.len() - reads.partition_point(|at| at < longest));
        }
        // One that ended waits for nothing.
        if !ended {
            last.insert(at);
        }
    }
    most
}

#[test]
fn far_too_many_tasks_take_turns() {
    let plans = vec![
        Plan {
            created_ms: 0,
            takes_ms: u64::MAX
        };
        10_000
    ];
    let log = simulate(options(60), Expectation::default(), &plans, 24 * HOUR_MS, silent);
    assert!(log.busiest_minute() <= 60, "{}", log.busiest_minute());
    // All have the same wait, a tenth more or less, and whoever has waited longest past it comes first. Two waits are
    // longer than any one: while one task waits for its next look, no other one is looked at a third time.
    assert!(most_overtaking(&log, plans.len()) <= 2);
    // 60 reads a minute for 10,000 tasks: each one's turn comes after two hours and three quarters, on average. Those
    // seen first are younger then than those seen last, and so have shorter waits, once.
    let turn_ms = 10_000 * MINUTE_MS / 60;
    let longest_ms = log.longest_gap_ms(&plans, 24 * HOUR_MS);
    assert!(longest_ms <= turn_ms * 3 / 2, "{longest_ms} of {turn_ms}");
    assert!(
        log.reads.len() > 24 * 60 * 59,
        "the budget is used: {}",
        log.reads.len()
    );
    let mut turns = vec![0_u32; plans.len()];
    log.reads.iter().for_each(|(_, task)| turns[*task] += 1);
    let (least, most) = (turns.iter().min(), turns.iter().max());
    assert!(
        most.zip(least).is_some_and(|(most, least)| most - least <= 2),
        "{least:?} {most:?}"
    );
}

#[test]
fn whoever_is_near_the_end_comes_more_often_but_never_at_the_cost_of_anothers_turn() {
    // Every other one ends after half an hour. With 60 reads a minute for 60 tasks, most looks are too late.
    let plans: Vec<Plan> = (0..60)
        .map(|task| Plan {
            created_ms: 0,
            takes_ms: if task % 2 == 0 { HOUR_MS / 2 } else { 10 * HOUR_MS },
        })
        .collect();
    let tells_what_is_left = |plan: Plan, age_ms: u64, _: usize| Sighting::Going {
        progress_percent: None,
        eta_secs: Some((plan.takes_ms - age_ms) as f64 / 1000.0),
    };
    let log = simulate(
        options(60),
        Expectation::default(),
        &plans,
        HOUR_MS,
        tells_what_is_left,
    );
    // The shortest wait is 1.5 s, the longest of those that are neither late nor unseen 15 s; each a tenth more or less.
    // So often, at most, one task is looked at while another one waits: after each whole wait, and once before.
    let most = (15.0 * 1.1 / (1.5 * 0.9)) as usize + 1;
    let found = most_overtaking(&log, plans.len());
    assert!((3..=most).contains(&found), "{found} of {most}");
    // The share of each, in the last half minute before that end.
    let last = HOUR_MS / 2 - 30_000..HOUR_MS / 2;
    let mut turns = [0, 0];
    for (_, task) in log.reads.iter().filter(|(at, _)| last.contains(at)) {
        turns[task % 2] += 1;
    }
    let [near, far] = turns;
    assert!(2 * near > 3 * far && far > 0, "{near} {far}");
}
