//! Where a take stands after each event: the whole table, and the laws that follow from it.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/state.rs"]
mod state;

use rushes_core::task::Media;
use rushes_core::{Status, TaskId, TaskState};
use rushes_web::ledger::{Event, Gone, Link, NotKept, State, Trouble, Watch};
use state::{TASK, done, failed, file, gone, kept, refused, stopped, unsure, watched};

const NOW_MS: u64 = 1_800_000_000_000;

fn trouble() -> Trouble {
    Trouble::not_sent("No.", None)
}

fn succeeded(url: &str, expires_ms: u64) -> State {
    let link = Link {
        url: url.into(),
        expires_ms: Some(expires_ms),
        kind: None,
    };
    done(Some(link), None)
}

fn states() -> Vec<(&'static str, State)> {
    vec![
        ("sending", State::Sending),
        ("unsure", unsure(false)),
        ("away", unsure(true)),
        ("refused", refused()),
        ("watched", watched(Watch::default())),
        ("stopped", stopped()),
        ("succeeded", succeeded("https://old.example/v.mp4", 5)),
        ("kept", kept(9)),
        ("failed", failed()),
        ("expired", gone()),
    ]
}

fn seen(status: Status, url: Option<&str>) -> Event {
    let video = |url: &str| Media {
        url: url.into(),
        ttl_secs: Some(3600),
        kind: Some("mp4".into()),
    };
    Event::Saw(Box::new(TaskState {
        task_id: None,
        status,
        reason: Some("because".into()),
        task_type: None,
        eta_secs: Some(4.0),
        progress_percent: Some(50.0),
        videos: url.map(video).into_iter().collect(),
        images: Vec::new(),
        audios: Vec::new(),
        unusable_files: 0,
        seed: None,
    }))
}

fn task() -> TaskId {
    TaskId::new(TASK).expect("an id")
}

fn events() -> Vec<(&'static str, Event)> {
    vec![
        ("accepted", Event::Accepted(task())),
        ("refused", Event::Refused(trouble())),
        ("doubted", Event::Doubted(trouble())),
        ("closed", Event::PageClosed),
        ("queued", seen(Status::Queued, None)),
        ("odd", seen(Status::Unknown("DREAMING".into()), None)),
        ("done", seen(Status::Succeeded, Some("https://new.example/v.mp4"))),
        ("no_link", seen(Status::Succeeded, None)),
        ("failed", seen(Status::Failed, None)),
        ("missed", Event::Missed(trouble())),
        ("stop", Event::StopWatching),
        ("look", Event::LookAgain),
        ("named", Event::Named(task())),
        ("away", Event::PutAway(true)),
        ("back", Event::PutAway(false)),
        ("kept", Event::Kept(file(9))),
        ("not_kept", Event::NotKept(NotKept::CutShort)),
        ("died", Event::LinkDied(Gone::Link)),
        ("gone", Event::CopyGone),
        ("freed", Event::Freed),
    ]
}

/// What each event makes of each state; whatever is not named changes nothing.
const TABLE: [(&str, &[(&str, &str)]); 10] = [
    (
        "sending",
        &[
            ("accepted", "watched"),
            ("refused", "refused"),
            ("doubted", "unsure"),
            ("closed", "unsure"),
        ],
    ),
    (
        "unsure",
        &[
            ("accepted", "watched"),
            ("refused", "refused"),
            ("doubted", "unsure"),
            ("named", "watched"),
            ("away", "away"),
        ],
    ),
    (
        "away",
        &[
            ("accepted", "watched"),
            ("refused", "refused"),
            ("doubted", "away"),
            ("named", "watched"),
            ("back", "unsure"),
        ],
    ),
    ("refused", &[("accepted", "watched")]),
    (
        "watched",
        &[
            ("queued", "watched"),
            ("odd", "watched"),
            ("done", "succeeded"),
            ("no_link", "succeeded"),
            ("failed", "failed"),
            ("missed", "watched"),
            ("stop", "stopped"),
        ],
    ),
    (
        "stopped",
        &[
            ("queued", "stopped"),
            ("odd", "stopped"),
            ("done", "succeeded"),
            ("no_link", "succeeded"),
            ("failed", "failed"),
            ("missed", "stopped"),
            ("look", "watched"),
        ],
    ),
    (
        "succeeded",
        &[
            ("done", "succeeded"),
            ("kept", "kept"),
            ("not_kept", "succeeded"),
            ("died", "expired"),
        ],
    ),
    ("kept", &[("gone", "expired"), ("freed", "expired")]),
    ("failed", &[]),
    ("expired", &[("done", "succeeded"), ("kept", "kept")]),
];

fn name(state: &State) -> &'static str {
    match state {
        State::Sending => "sending",
        State::Unsure {
            is_put_away: false, ..
        } => "unsure",
        State::Unsure {
            is_put_away: true, ..
        } => "away",
        State::Refused(_) => "refused",
        State::Watched { watch, .. } if watch.is_stopped => "stopped",
        State::Watched { .. } => "watched",
        State::Succeeded { .. } => "succeeded",
        State::Kept { .. } => "kept",
        State::Failed { .. } => "failed",
        State::Expired { .. } => "expired",
    }
}

#[test]
fn every_event_makes_of_every_state_what_the_table_says() {
    for (from, state) in states() {
        let row = TABLE
            .iter()
            .find(|(name, _)| *name == from)
            .expect("every state has a row")
            .1;
        for (event_name, event) in events() {
            let expected = row
                .iter()
                .find(|(name, _)| *name == event_name)
                .map(|(_, to)| *to);
            let after = state.after(&event, NOW_MS);
            assert_eq!(
                after.as_ref().map(name),
                expected,
                "{event_name} happens to {from}"
            );
        }
    }
}

#[test]
fn no_chain_of_events_breaks_a_promise() {
    let events = events();
    for (from, state) in states() {
        let mut reached = vec![state];
        for _ in 0..3 {
            let mut next = Vec::new();
            for state in &reached {
                for (event_name, event) in &events {
                    let Some(after) = state.after(event, NOW_MS) else {
                        continue;
                    };
                    let says_failed = matches!(event, Event::Saw(seen) if seen.status == Status::Failed);
                    assert!(
                        name(&after) != "failed" || says_failed,
                        "{event_name} after {from}: only the provider says that a task failed"
                    );
                    assert_ne!(
                        name(state),
                        "failed",
                        "{event_name}: nothing wins over the provider's failure"
                    );
                    assert_ne!(
                        name(&after),
                        "sending",
                        "{event_name} after {from}: nothing is sent a second time"
                    );
                    if let Some(task) = state.task() {
                        assert_eq!(
                            after.task(),
                            Some(task),
                            "{event_name} after {from}: an id is never lost"
                        );
                    }
                    next.push(after);
                }
            }
            next.dedup();
            reached = next;
        }
    }
}

#[test]
fn the_life_of_a_link_begins_when_it_is_first_seen() {
    let again = seen(Status::Succeeded, Some("https://old.example/v.mp4"));
    let Some(State::Succeeded { link: Some(link), .. }) =
        succeeded("https://old.example/v.mp4", 5).after(&again, NOW_MS)
    else {
        panic!("it stays done");
    };
    assert_eq!(link.expires_ms, Some(5), "the same link again lives no longer");

    let fresh = seen(Status::Succeeded, Some("https://new.example/v.mp4"));
    let Some(State::Succeeded { link: Some(link), .. }) =
        succeeded("https://old.example/v.mp4", 5).after(&fresh, NOW_MS)
    else {
        panic!("it stays done");
    };
    assert_eq!(link.expires_ms, Some(NOW_MS + 3_600_000));
}

#[test]
fn a_look_that_tells_something_forgets_the_one_that_did_not() {
    let missed = watched(Watch::default())
        .after(&Event::Missed(trouble()), NOW_MS)
        .expect("a miss is noted");
    let State::Watched { watch, .. } = &missed else {
        panic!("a miss ends nothing")
    };
    assert!(watch.missed.is_some() && watch.checked_ms.is_none());
    let seen = missed
        .after(&seen(Status::Queued, None), NOW_MS)
        .expect("a sighting is noted");
    let State::Watched { watch, .. } = &seen else {
        panic!("queued is no end")
    };
    assert!(watch.missed.is_none());
    assert_eq!(
        (watch.checked_ms, watch.progress_percent),
        (Some(NOW_MS), Some(50.0))
    );
}

#[test]
fn nothing_that_may_yet_come_can_be_deleted() {
    for (name, state) in states() {
        let expected = !matches!(name, "sending" | "unsure" | "watched" | "stopped");
        assert_eq!(state.is_deletable(), expected, "{name}");
    }
}
