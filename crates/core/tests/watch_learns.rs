//! What the watcher makes of what it is told: past waits, words in steps, a budget that is too small.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "simulated times are far below 2^52 milliseconds, and positive"
)]

#[expect(dead_code, reason = "the laws in watch.rs use the rest")]
mod watch_support;

use proptest::prelude::*;
use rushes_core::watch::{Expectation, History, Kind, Options, Sighting, wait_between};
use watch_support::{Log, Plan, noise, silent, simulate};

const SHORT: Kind = Kind {
    duration_secs: 5,
    sound: false,
};
const LOUD: Kind = Kind {
    duration_secs: 5,
    sound: true,
};
const LONG: Kind = Kind {
    duration_secs: 15,
    sound: true,
};

fn history(waits: &[(Kind, f64)]) -> History {
    let mut history = History::default();
    for (kind, secs) in waits {
        history.add(*kind, *secs);
    }
    history
}

#[test]
fn a_history_tells_of_the_same_kind_first_then_of_all_then_nothing() {
    type Case = (&'static str, &'static [(Kind, f64)], Kind, f64);
    let prior = Expectation::prior(15).typical_secs;
    let cases: [Case; 6] = [
        ("nothing known", &[], LONG, prior),
        ("two are too few", &[(LONG, 900.0), (LONG, 900.0)], LONG, prior),
        (
            "three of the kind",
            &[(LONG, 300.0), (LONG, 500.0), (LONG, 400.0)],
            LONG,
            400.0,
        ),
        (
            "sound is another kind",
            &[
                (SHORT, 60.0),
                (SHORT, 60.0),
                (SHORT, 60.0),
                (LOUD, 90.0),
                (LOUD, 90.0),
                (LOUD, 90.0),
            ],
            LOUD,
            90.0,
        ),
        (
            "others, by how they differ from the prior",
            &[(SHORT, 240.0), (SHORT, 240.0), (SHORT, 240.0)],
            LONG,
            prior * 2.0,
        ),
        (
            "what is no time counts for nothing",
            &[(LONG, f64::NAN), (LONG, -3.0), (LONG, 0.0), (LONG, f64::INFINITY)],
            LONG,
            prior,
        ),
    ];
    for (what, waits, kind, typical_secs) in cases {
        let expected = history(waits).expect(kind);
        assert!(
            (expected.typical_secs - typical_secs).abs() < 1e-9,
            "{what}: {expected:?}"
        );
        assert!(
            expected.slow_secs >= expected.typical_secs,
            "{what}: {expected:?}"
        );
    }
}

#[test]
fn a_history_forgets_the_oldest() {
    let old = (0..40).map(|_| (LONG, 1_000.0));
    let new = (0..30).map(|_| (LONG, 200.0));
    let waits: Vec<(Kind, f64)> = old.chain([(SHORT, 50.0)]).chain(new).collect();
    let expected = history(&waits).expect(LONG);
    assert!((expected.slow_secs - 200.0).abs() < 1e-9, "{expected:?}");
}

#[test]
fn a_wait_is_known_only_between_looks_that_lie_close() {
    for (going_ms, ended_ms, expected) in [
        (0, 4_000, Some(2_000)),
        (0, 6_000, None),
        (100_000, 102_000, Some(101_000)),
        (90_000, 120_000, Some(105_000)),
        (60_000, 3_600_000, None),
        (5_000, 4_000, Some(4_000)),
    ] {
        assert_eq!(
            wait_between(going_ms, ended_ms),
            expected,
            "{going_ms} {ended_ms}"
        );
    }
}

/// Tasks of two minutes, give or take, created within five.
fn many(count: usize) -> Vec<Plan> {
    let mut next = noise(5);
    (0..count)
        .map(|_| {
            let bell: f64 = (0..12).map(|_| next()).sum::<f64>() - 6.0;
            Plan {
                created_ms: (next() * 300_000.0) as u64,
                takes_ms: (120_000.0 * (0.3 * bell).exp()) as u64,
            }
        })
        .collect()
}

fn mean_late_secs(plans: &[Plan], log: &Log) -> f64 {
    assert_eq!(log.noticed.len(), plans.len(), "every end is noticed");
    let late_ms = |(task, at): (&usize, &u64)| at - plans[*task].created_ms - plans[*task].takes_ms;
    log.noticed.iter().map(late_ms).sum::<u64>() as f64 / 1000.0 / plans.len() as f64
}

fn run(plans: &[Plan], reads_per_minute: u32, answer: impl Fn(Plan, u64, usize) -> Sighting) -> Log {
    let options = Options {
        max_reads_per_minute: reads_per_minute,
        seed: 1,
    };
    let waits: Vec<f64> = plans.iter().map(|plan| plan.takes_ms as f64 / 1000.0).collect();
    let expected = Expectation::of_history(&waits).expect("enough waits");
    simulate(options, expected, plans, u64::MAX - 1, answer)
}

#[test]
fn progress_told_in_steps_is_followed_between_them() {
    let plans = many(100);
    for step in [1.0, 5.0, 10.0, 25.0] {
        let stepwise = move |plan: Plan, age_ms: u64, _: usize| {
            let percent = 100.0 * age_ms as f64 / plan.takes_ms as f64;
            Sighting::Going {
                progress_percent: Some((percent / step).floor() * step),
                eta_secs: None,
            }
        };
        let log = run(&plans, 60_000, stepwise);
        let late_secs = mean_late_secs(&plans, &log);
        let reads = log.reads.len() / plans.len();
        assert!(
            late_secs < 1.6 && reads < 40,
            "{step} %: {late_secs:.2} s, {reads} reads"
        );
    }
}

#[test]
fn with_too_few_reads_for_all_those_near_their_end_come_first() {
    let plans = many(1_000);
    let log = run(&plans, 600, silent);
    assert!(log.busiest_minute() <= 600, "{}", log.busiest_minute());
    // Taking turns, each of some 400 tasks at a time is read every 40 s, and noticed after 20 s on average.
    let late_secs = mean_late_secs(&plans, &log);
    assert!(late_secs < 18.0, "{late_secs:.2} s");
}

proptest! {
    #[test]
    fn whatever_was_seen_what_is_expected_is_a_time(
        waits in prop::collection::vec((0_u8..20, any::<bool>(), any::<f64>()), 0..50),
        duration_secs in any::<u8>(),
        sound in any::<bool>(),
    ) {
        let waits: Vec<(Kind, f64)> = waits
            .into_iter()
            .map(|(duration_secs, sound, secs)| (Kind { duration_secs, sound }, secs))
            .collect();
        let expected = history(&waits).expect(Kind { duration_secs, sound });
        prop_assert!(expected.typical_secs > 0.0 && expected.slow_secs >= expected.typical_secs, "{expected:?}");
    }
}
