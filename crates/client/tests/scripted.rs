//! The client over a scripted transport, in simulated time: what arrives decides what is sent.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::ops::ControlFlow;
use std::time::Duration;

use rushes_client::{Cancel, Cancelled, Client, Lookout, News, Transport, WaitOptions, Waited};
use rushes_core::exchange::{Arrival, Created};
use rushes_core::{FailureKind, Status};
use support::{Scripted, answer, id, limited, lost, not_sent, request, state};

#[tokio::test(start_paused = true)]
async fn one_intent_is_one_post_unless_it_surely_was_not_accepted() {
    let ok = || answer(200, r#"{"task_id":"t-1"}"#);
    let cases: Vec<(Vec<Arrival>, &str, usize, u64)> = vec![
        (vec![ok()], "accepted", 1, 0),
        (vec![lost(), ok()], "unsure", 1, 0),
        (vec![answer(200, "{}"), ok()], "unsure", 1, 0),
        (vec![answer(200, r#"{"task_id":"t-"#), ok()], "unsure", 1, 0),
        (vec![answer(302, ""), ok()], "unsure", 1, 0),
        (vec![answer(408, ""), ok()], "unsure", 1, 0),
        (vec![answer(500, ""), ok()], "unsure", 1, 0),
        (
            vec![answer(503, r#"{"reason":"SERVICE_NOT_AVAILABLE"}"#), ok()],
            "unsure",
            1,
            0,
        ),
        (
            vec![answer(500, r#"{"reason":"CREATE_TASK_FAILED"}"#), ok()],
            "unsure",
            1,
            0,
        ),
        (
            vec![answer(400, r#"{"reason":"ILLEGAL_PROMPT"}"#), ok()],
            "refused",
            1,
            0,
        ),
        (vec![answer(401, ""), ok()], "refused", 1, 0),
        (
            vec![answer(403, r#"{"reason":"NOT_ENOUGH_BALANCE"}"#), ok()],
            "refused",
            1,
            0,
        ),
        (vec![not_sent(), ok()], "accepted", 2, 1_000),
        (vec![not_sent(), not_sent(), ok()], "accepted", 3, 3_000),
        (
            vec![not_sent(), not_sent(), not_sent(), ok()],
            "refused",
            3,
            3_000,
        ),
        (vec![not_sent(), lost(), ok()], "unsure", 2, 1_000),
        (vec![limited("7"), ok()], "accepted", 2, 7_000),
        (vec![limited("7"), lost(), ok()], "unsure", 2, 7_000),
        (vec![limited("600"), ok()], "refused", 1, 0),
        (
            vec![answer(429, ""), answer(429, ""), answer(429, ""), ok()],
            "refused",
            3,
            30_000,
        ),
    ];
    for (script, expected, posts, waited_ms) in cases {
        let words = format!("{script:?}");
        let transport = Scripted::new(script, 0);
        let outcome = match transport.client().create(&request()).await {
            Created::Accepted(_) => "accepted",
            Created::Refused(_) => "refused",
            Created::Unsure(_) => "unsure",
        };
        assert_eq!(
            (outcome, transport.posts(), transport.gets()),
            (expected, posts, 0),
            "{words}"
        );
        let elapsed_ms = transport.now_ms();
        assert!(
            (waited_ms..=waited_ms + 5 * posts as u64).contains(&elapsed_ms),
            "{elapsed_ms}: {words}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_outlasts_every_kind_of_bad_look() {
    let bad = vec![
        answer(404, r#"{"reason":"TASK_NOT_FOUND"}"#),
        state("QUEUED"),
        answer(500, ""),
        lost(),
        not_sent(),
        limited("30"),
        answer(200, "<html>"),
        answer(
            200,
            r#"{"task":{"task_id":"another","status":"TASK_STATUS_FAILED"}}"#,
        ),
        answer(401, ""),
        state("UNKNOWN"),
        state("PROCESSING"),
        state("SUCCEED"),
    ];
    let looks = bad.len();
    let transport = Scripted::new(bad, 50);
    let mut news = Vec::new();
    let waited = transport
        .client()
        .wait(&id("t-1"), WaitOptions::default(), |told| news.push(told.clone()))
        .await;
    let Waited::Ended(state) = waited else {
        panic!("{waited:?}")
    };
    assert_eq!(
        (state.status, transport.gets(), news.len()),
        (Status::Succeeded, looks, looks)
    );
    let missed = news
        .iter()
        .filter(|told| matches!(told, News::Missed { .. }))
        .count();
    assert_eq!(missed, 8);
}

#[tokio::test(start_paused = true)]
async fn a_failed_task_is_an_end_with_its_reason() {
    let failed = r#"{"task":{"status":"TASK_STATUS_FAILED","reason":"ILLEGAL_PROMPT"}}"#;
    let transport = Scripted::new(vec![answer(200, failed)], 50);
    let Waited::Ended(state) = transport
        .client()
        .wait(&id("t-1"), WaitOptions::default(), |_| {})
        .await
    else {
        panic!("it ended")
    };
    assert_eq!(
        state.failure().map(|failure| failure.kind),
        Some(FailureKind::TaskFailed)
    );
}

#[tokio::test(start_paused = true)]
async fn a_time_out_stops_the_waiting_and_says_no_more() {
    let transport = Scripted::new(vec![state("PROCESSING")], 50);
    let options = WaitOptions {
        timeout_ms: Some(60_000),
        ..WaitOptions::default()
    };
    assert_eq!(
        transport.client().wait(&id("t-1"), options, |_| {}).await,
        Waited::TimedOut
    );
    let (gets, now_ms) = (transport.gets(), transport.now_ms());
    assert!(
        gets > 5 && (60_000..60_100).contains(&now_ms),
        "{gets} looks in {now_ms} ms"
    );
}

#[tokio::test(start_paused = true)]
async fn cancelled_before_nothing_is_sent_and_cancelled_later_it_stops_at_once() {
    let transport = Scripted::new(vec![state("PROCESSING")], 50);
    let client = transport.client();
    let cancel = Cancel::new();
    let stop = cancel.clone();
    let task = id("t-1");
    let waiting = cancel.race(client.wait(&task, WaitOptions::default(), |_| {}));
    let stopping = async {
        tokio::time::sleep(Duration::from_secs(20)).await;
        stop.cancel();
    };
    let (waited, ()) = tokio::join!(waiting, stopping);
    assert_eq!(waited, Err(Cancelled));
    let looks = transport.gets();
    assert!(looks > 1 && (20_000..20_010).contains(&transport.now_ms()));
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!(transport.gets(), looks, "no look after the cancel");

    assert!(cancel.is_cancelled());
    assert_eq!(cancel.race(client.create(&request())).await, Err(Cancelled));
    assert_eq!(transport.posts(), 0, "cancelled before: nothing is sent");
}

#[tokio::test(start_paused = true)]
async fn a_create_cancelled_between_two_sends_is_not_sent_again() {
    let transport = Scripted::new(vec![limited("30"), answer(200, r#"{"task_id":"t-1"}"#)], 50);
    let client = transport.client();
    let cancel = Cancel::new();
    let request = request();
    let stopping = async {
        tokio::time::sleep(Duration::from_secs(5)).await;
        cancel.cancel();
    };
    let (created, ()) = tokio::join!(cancel.race(client.create(&request)), stopping);
    assert_eq!(created, Err(Cancelled));
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!(transport.posts(), 1);
}

/// Checked by the compiler: on native targets all futures can go to another thread.
const _: fn(Client<Scripted>, Lookout<Scripted>, Cancel) = |client, lookout, cancel| {
    fn is_send<T: Send>(_: T) {}
    is_send(async move {
        let request = request();
        let created = cancel.race(client.create(&request)).await;
        let waited = client.wait(&id("t-1"), WaitOptions::default(), |_| {}).await;
        lookout.run(|_| ControlFlow::Break(())).await;
        (created, waited)
    });
};
