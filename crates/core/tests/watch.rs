//! The watcher against a simulated provider: laws that must hold for one task and for ten thousand.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "simulated times are far below 2^52 milliseconds, and positive"
)]

mod watch_support;

use proptest::prelude::*;
use rushes_core::FailureKind;
use rushes_core::exchange::{self, Arrival};
use rushes_core::watch::{Action, Expectation, Options, Outlook, Sighting, Watcher};
use watch_support::{Log, Plan, honest, id, missed, noise, silent, simulate};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const GOING: Sighting = Sighting::Going {
    progress_percent: None,
    eta_secs: None,
};

fn options(max_reads_per_minute: u32) -> Options {
    Options {
        max_reads_per_minute,
        seed: 1,
    }
}

/// Waits around a typical one, spread by factors as real ones are, so far apart that they never meet.
fn one_after_another(typical_secs: f64, spread: f64, count: usize) -> Vec<Plan> {
    let mut next = noise(7);
    (0..count)
        .map(|task| {
            let bell: f64 = (0..12).map(|_| next()).sum::<f64>() - 6.0;
            let takes_secs = typical_secs * (spread * bell).exp();
            Plan {
                created_ms: task as u64 * 10_000_000,
                takes_ms: (takes_secs * 1000.0) as u64,
            }
        })
        .collect()
}

fn history(plans: &[Plan]) -> Expectation {
    let waits: Vec<f64> = plans.iter().map(|plan| plan.takes_ms as f64 / 1000.0).collect();
    Expectation::of_history(&waits).expect("enough waits")
}

/// Reads per task and seconds from end to notice, both on average.
fn cost(plans: &[Plan], log: &Log) -> (f64, f64) {
    assert_eq!(log.noticed.len(), plans.len(), "every end is noticed");
    let late_ms: u64 = log
        .noticed
        .iter()
        .map(|(task, at)| at - plans[*task].created_ms - plans[*task].takes_ms)
        .sum();
    let count = plans.len() as f64;
    (log.reads.len() as f64 / count, late_ms as f64 / 1000.0 / count)
}

/// The same for a fixed interval, on average over all phases.
fn fixed(plans: &[Plan], interval_secs: f64) -> (f64, f64) {
    let waits: f64 = plans
        .iter()
        .map(|plan| (plan.takes_ms as f64 / 1000.0 / interval_secs).ceil())
        .sum();
    (waits / plans.len() as f64, interval_secs / 2.0)
}

#[test]
fn ten_thousand_tasks_over_a_day_stay_within_budget_and_none_starves() {
    let mut next = noise(3);
    let plans: Vec<Plan> = (0..10_000)
        .map(|_| Plan {
            created_ms: (next() * 20.0 * HOUR_MS as f64) as u64,
            takes_ms: ((60.0 + next() * 600.0) * 1000.0) as u64,
        })
        .collect();
    let log = simulate(options(600), Expectation::default(), &plans, 24 * HOUR_MS, silent);
    assert_eq!(log.noticed.len(), plans.len());
    assert!(log.busiest_minute() <= 600, "{}", log.busiest_minute());
    assert!(
        log.longest_gap_ms(&plans, 24 * HOUR_MS) <= 2 * MINUTE_MS,
        "{:?}",
        log.longest_gap_ms(&plans, 0)
    );
}

#[test]
fn a_provider_that_tells_how_far_it_is_is_watched_sooner_and_cheaper_than_by_a_fixed_interval() {
    for (typical_secs, spread) in [(60.0, 0.3), (120.0, 0.5), (300.0, 0.4), (600.0, 0.4)] {
        let plans = one_after_another(typical_secs, spread, 200);
        for expected in [Expectation::default(), history(&plans)] {
            let log = simulate(options(600), expected, &plans, u64::MAX - 1, honest);
            let (reads, late_secs) = cost(&plans, &log);
            for interval_secs in [2.0, 3.0] {
                let (fixed_reads, fixed_late_secs) = fixed(&plans, interval_secs);
                let words = format!("{typical_secs} s ± {spread}: {reads:.1} reads, {late_secs:.2} s late");
                assert!(
                    reads < fixed_reads && late_secs < fixed_late_secs,
                    "{words}; fixed {interval_secs} s"
                );
            }
        }
    }
}

#[test]
fn a_provider_that_tells_nothing_is_watched_by_history_for_fewer_reads_than_every_two_seconds() {
    for (typical_secs, spread) in [(120.0, 0.3), (120.0, 0.5), (300.0, 0.4), (600.0, 0.4)] {
        let plans = one_after_another(typical_secs, spread, 200);
        let log = simulate(options(600), history(&plans), &plans, u64::MAX - 1, silent);
        let (reads, late_secs) = cost(&plans, &log);
        assert!(
            reads < fixed(&plans, 2.0).0,
            "{typical_secs} s ± {spread}: {reads:.1} reads"
        );
        assert!(
            late_secs < 2.5,
            "{typical_secs} s ± {spread}: {late_secs:.2} s late"
        );
    }
}

#[test]
fn an_end_that_never_comes_is_not_chased() {
    let plans = [Plan {
        created_ms: 0,
        takes_ms: u64::MAX,
    }];
    let promising = |_: Plan, _: u64, _: usize| Sighting::Going {
        progress_percent: Some(99.0),
        eta_secs: Some(1.0),
    };
    let log = simulate(
        options(600),
        Expectation::default(),
        &plans,
        12 * HOUR_MS,
        promising,
    );
    let (early, late) = log
        .reads
        .split_at(log.reads.partition_point(|(at, _)| *at < HOUR_MS));
    assert!(early.len() < 400, "{}", early.len());
    let gaps: Vec<u64> = late.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    assert!(gaps.iter().all(|gap| *gap > 40_000), "{gaps:?}");
    let after_two_hours = late.iter().filter(|(at, _)| *at > 3 * HOUR_MS).count();
    assert!(
        (9 * 60 / 6..=9 * 60 / 4).contains(&after_two_hours),
        "{after_two_hours} in nine hours"
    );
}

#[test]
fn retry_after_holds_for_all_tasks() {
    let plans: Vec<Plan> = (0..50)
        .map(|task| Plan {
            created_ms: task * 100,
            takes_ms: u64::MAX,
        })
        .collect();
    let limited_once = |_: Plan, _: u64, reads: usize| match reads {
        120..=125 => missed(FailureKind::RateLimit, Some(90_000)),
        _ => GOING,
    };
    let log = simulate(
        options(600),
        Expectation::default(),
        &plans,
        HOUR_MS,
        limited_once,
    );
    let gaps = log.reads.windows(2).map(|pair| pair[1].0 - pair[0].0);
    assert_eq!(
        gaps.filter(|gap| *gap >= 89_000).count(),
        1,
        "one silence for all"
    );
    assert_eq!(log.reads.iter().map(|(_, task)| task).max(), Some(&49));
}

#[test]
fn answered_with_429_for_ever_it_hardly_asks() {
    let plans = vec![
        Plan {
            created_ms: 0,
            takes_ms: u64::MAX
        };
        100
    ];
    let limited = |_: Plan, _: u64, _: usize| missed(FailureKind::RateLimit, None);
    let log = simulate(options(600), Expectation::default(), &plans, HOUR_MS, limited);
    // After a pause it tries with its small burst; never as often as its budget would allow.
    assert!(log.reads.len() < 60 * 100, "{}", log.reads.len());
    let log = simulate(options(60), Expectation::default(), &plans, HOUR_MS, limited);
    assert!(log.reads.len() < 60 * 12, "{}", log.reads.len());
}

/// Looks at one task until the watcher asks for something other than to wait, and says when that was.
fn next_read(watcher: &mut Watcher, mut now_ms: u64) -> u64 {
    for _ in 0..10 {
        match watcher.next(now_ms) {
            Action::Read(_) => return now_ms,
            Action::WaitUntil(at_ms) => now_ms = at_ms,
            Action::Idle => panic!("idle"),
        }
    }
    panic!("it never reads");
}

#[test]
fn a_task_nobody_knows_is_out_of_sight_after_a_few_looks_and_comes_back() {
    let unknown = missed(FailureKind::NotFound, None);
    let mut watcher = Watcher::new(options(60));
    watcher.watch(id(1), 0, Expectation::default(), 0);
    let mut now = 0;
    for look in 1..=5 {
        now = next_read(&mut watcher, now);
        let outlook = watcher.saw(&id(1), &unknown, now);
        assert_eq!(
            matches!(outlook, Outlook::LostSight { .. }),
            look == 5,
            "look {look} at {now}: {outlook:?}"
        );
    }
    assert!(
        now < 3 * MINUTE_MS,
        "a fresh task is lost sight of within minutes, not at once: {now}"
    );
    let later = next_read(&mut watcher, now);
    assert!(later - now >= 4 * MINUTE_MS, "{}", later - now);
    assert!(matches!(
        watcher.saw(&id(1), &GOING, later),
        Outlook::Watching { .. }
    ));
    let after = next_read(&mut watcher, later);
    assert!(after - later < MINUTE_MS);
    // Other misses in between do not add up.
    for kind in [
        FailureKind::NotFound,
        FailureKind::NotFound,
        FailureKind::Network,
        FailureKind::NotFound,
    ] {
        assert!(matches!(
            watcher.saw(&id(1), &missed(kind, None), after),
            Outlook::Watching { .. }
        ));
    }
}

#[test]
fn a_refused_key_pauses_everything_until_there_is_another() {
    let mut watcher = Watcher::new(options(60));
    watcher.watch(id(1), HOUR_MS, Expectation::default(), 0);
    watcher.watch(id(2), HOUR_MS, Expectation::default(), 0);
    assert_eq!(watcher.next(0), Action::Read(vec![id(1), id(2)]));
    for task in [1, 2] {
        watcher.saw(&id(task), &missed(FailureKind::Auth, None), 100);
    }
    let now = next_read(&mut watcher, 100);
    assert!(now >= 30_000, "{now}");
    for task in [1, 2] {
        watcher.saw(&id(task), &missed(FailureKind::Auth, None), now);
    }
    watcher.key_changed();
    assert_eq!(watcher.next(now), Action::Read(vec![id(1), id(2)]));
}

#[test]
fn hidden_it_looks_rarely_and_shown_again_at_once() {
    let mut watcher = Watcher::new(options(60));
    watcher.watch(id(1), 0, Expectation::default(), 0);
    let now = next_read(&mut watcher, 0);
    watcher.set_visible(false);
    watcher.saw(&id(1), &GOING, now);
    let Action::WaitUntil(at) = watcher.next(now) else {
        panic!("it waits")
    };
    assert!(at - now >= 27_000, "{}", at - now);
    watcher.set_visible(true);
    assert_eq!(watcher.next(now + 20_000), Action::Read(vec![id(1)]));
}

#[test]
fn offline_it_does_nothing_and_online_again_it_looks_at_once() {
    let mut watcher = Watcher::new(options(60));
    for task in 1..=3 {
        watcher.watch(id(task), HOUR_MS, Expectation::default(), task as u64);
    }
    watcher.set_online(false);
    assert_eq!(watcher.next(HOUR_MS), Action::Idle);
    watcher.set_online(true);
    assert_eq!(watcher.next(HOUR_MS), Action::Read(vec![id(1), id(2), id(3)]));
    for task in 1..=3 {
        watcher.saw(&id(task), &missed(FailureKind::Network, None), HOUR_MS);
    }
    watcher.set_online(false);
    watcher.set_online(true);
    assert_eq!(watcher.next(HOUR_MS), Action::Read(vec![id(1), id(2), id(3)]));
}

#[test]
fn what_ended_or_was_forgotten_is_never_read_again() {
    let mut watcher = Watcher::new(options(60));
    for task in 1..=2 {
        watcher.watch(id(task), HOUR_MS, Expectation::default(), 0);
    }
    assert_eq!(watcher.next(0), Action::Read(vec![id(1), id(2)]));
    assert_eq!(watcher.saw(&id(1), &Sighting::Ended, 10), Outlook::Ended);
    assert_eq!(watcher.saw(&id(1), &GOING, 20), Outlook::Unwatched);
    watcher.forget(&id(2));
    assert_eq!(watcher.saw(&id(2), &Sighting::Ended, 20), Outlook::Unwatched);
    assert!(watcher.is_empty());
    assert_eq!(watcher.next(HOUR_MS), Action::Idle);
}

#[test]
fn a_host_that_never_answers_is_asked_again() {
    let mut watcher = Watcher::new(options(60));
    watcher.watch(id(1), HOUR_MS, Expectation::default(), 0);
    assert_eq!(watcher.next(0), Action::Read(vec![id(1)]));
    assert_eq!(watcher.next(1), Action::WaitUntil(2 * MINUTE_MS));
    watcher.look_now(&id(1), 2);
    assert_eq!(
        watcher.next(2),
        Action::WaitUntil(2 * MINUTE_MS),
        "it is being read already"
    );
    assert_eq!(watcher.next(2 * MINUTE_MS), Action::Read(vec![id(1)]));
}

#[test]
fn a_look_that_was_given_up_is_made_again_at_once() {
    let mut watcher = Watcher::new(options(60));
    watcher.watch(id(1), HOUR_MS, Expectation::default(), 0);
    assert_eq!(watcher.next(0), Action::Read(vec![id(1)]));
    watcher.gave_up(&id(1), 500);
    assert_eq!(watcher.next(500), Action::Read(vec![id(1)]));
    let outlook = watcher.saw(&id(1), &GOING, 600);
    watcher.gave_up(&id(1), 700);
    assert_eq!(
        watcher.outlook(&id(1), 700),
        outlook,
        "it was seen: nothing to give up"
    );
    watcher.gave_up(&id(2), 700);
    assert_eq!(watcher.len(), 1, "nobody watches that one");
}

#[test]
fn asked_to_look_now_it_does() {
    let mut watcher = Watcher::new(options(60));
    watcher.watch(id(1), 0, Expectation::default(), 0);
    let Action::WaitUntil(at) = watcher.next(0) else {
        panic!("it waits")
    };
    assert!((1_000..2_000).contains(&at), "a first look soon: {at}");
    watcher.look_now(&id(1), 5);
    assert_eq!(watcher.next(5), Action::Read(vec![id(1)]));
}

#[test]
fn a_read_becomes_a_sighting() {
    let task = id(1);
    let read = |status, body: &str| {
        let body = exchange::Body::from_json_text(body);
        exchange::was_read(
            &task,
            &Arrival::Answer {
                status,
                retry_after: Some("2".to_owned()),
                body,
            },
            0,
        )
    };
    let cases = [
        (
            read(200, r#"{"task":{"status":"TASK_STATUS_FAILED"}}"#),
            Sighting::Ended,
        ),
        (
            read(200, r#"{"task":{"status":"TASK_STATUS_SUCCEED"}}"#),
            Sighting::Ended,
        ),
        (
            read(200, r#"{"task":{"status":"NEW","eta":9}}"#),
            Sighting::Going {
                progress_percent: None,
                eta_secs: Some(9.0),
            },
        ),
        (read(404, ""), missed(FailureKind::NotFound, Some(2_000))),
    ];
    for (read, expected) in cases {
        assert_eq!(Sighting::from(&read), expected);
    }
}

#[test]
fn history_gives_a_median_and_a_ninth_decile() {
    assert_eq!(Expectation::of_history(&[10.0, f64::NAN, -1.0, 20.0]), None);
    let waits: Vec<f64> = (1..=11).rev().map(f64::from).collect();
    let expected = Expectation::of_history(&waits).expect("enough");
    assert_eq!((expected.typical_secs, expected.slow_secs), (6.0, 10.0));
}

fn any_sighting() -> impl Strategy<Value = Sighting> {
    let kind = prop_oneof![
        Just(FailureKind::RateLimit),
        Just(FailureKind::NotFound),
        Just(FailureKind::Network),
        Just(FailureKind::Auth),
        Just(FailureKind::Provider)
    ];
    prop_oneof![
        3 => (any::<Option<f64>>(), any::<Option<f64>>())
            .prop_map(|(progress_percent, eta_secs)| Sighting::Going { progress_percent, eta_secs }),
        1 => (kind, proptest::option::of(0_u64..100_000)).prop_map(|(kind, wait)| missed(kind, wait)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_provider_and_the_host_do_the_budget_holds(
        budget in 0_u32..200,
        seed in any::<u64>(),
        typical_secs in any::<f64>(),
        slow_secs in any::<f64>(),
        steps in prop::collection::vec((0_u8..8, 0_usize..20, 0_u64..30_000, any_sighting()), 1..400),
    ) {
        let mut watcher = Watcher::new(Options { max_reads_per_minute: budget, seed });
        let mut log = Log::default();
        let mut now = 0;
        for (what, task, pause_ms, sighting) in steps {
            now += pause_ms;
            match what {
                0 => watcher.watch(id(task), pause_ms, Expectation { typical_secs, slow_secs }, now),
                1 => watcher.look_now(&id(task), now),
                2 => watcher.set_visible(pause_ms % 2 == 0),
                3 => watcher.set_online(pause_ms % 3 != 0),
                4 => drop(watcher.saw(&id(task), &sighting, now)),
                _ => match watcher.next(now) {
                    Action::Read(ids) => {
                        for read in ids {
                            log.reads.push((now, 0));
                            watcher.saw(&read, &sighting, now);
                        }
                    }
                    Action::WaitUntil(at) => prop_assert!(at > now),
                    Action::Idle => {}
                },
            }
        }
        prop_assert!(log.busiest_minute() <= budget.max(1) as usize);
    }
}
