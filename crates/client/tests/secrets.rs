//! Where the key goes, and where it never does.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use rushes_client::{BaseUrl, Client, Config, Secret};
use rushes_core::exchange::{Arrival, Read};
use support::{CANARY, Scripted, answer, id, request, state};

#[tokio::test(start_paused = true)]
async fn the_key_is_in_one_header_and_nowhere_else() {
    let echo = format!(r#"{{"reason":"INVALID_API_KEY","message":"no such key: {CANARY}"}}"#);
    let transport = Scripted::new(vec![answer(401, &echo)], 0);
    let client = transport.client();
    let created = client.create(&request()).await;
    let read = client.read(&id("t-1")).await;
    let failed = format!(r#"{{"task":{{"status":"TASK_STATUS_FAILED","reason":"key {CANARY} ran out"}}}}"#);
    let of_a_state = Scripted::new(vec![answer(200, &failed)], 0)
        .client()
        .read(&id("t-1"))
        .await;
    let shown = format!("{created:?} {read:?} {of_a_state:?} {:?}", client.config());
    assert!(!shown.contains("canary"), "{shown}");
    assert!(
        shown.contains("no such key: [removed]") && shown.contains("ran out"),
        "{shown}"
    );
    let sent = transport.0.sent.lock().expect("lock").clone();
    let base = BaseUrl::PROVIDER;
    assert_eq!(
        sent,
        [
            format!(
                "{base}/v3/async/kling-v3.0-std-t2v Accept: application/json, \
                 Content-Type: application/json, Authorization: Bearer {CANARY}"
            ),
            format!(
                "{base}/v3/async/task-result?task_id=t-1 Accept: application/json, Authorization: Bearer {CANARY}"
            ),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_key_that_clipping_would_cut_in_two_is_taken_out_whole() {
    // Whatever length it is that words are clipped to: one of these cuts through the key.
    for before in (3..1_500).step_by(5) {
        let words = "ha ".repeat(500)[..before].to_owned() + CANARY + &" ho".repeat(500);
        let bodies = [
            (
                401,
                format!(r#"{{"reason":"INVALID_API_KEY","message":"{words}"}}"#),
            ),
            (500, format!(r#"{{"error":{{"message":"{words}"}}}}"#)),
            (500, format!(r#"{{"error":"{words}"}}"#)),
            (500, words.clone()),
            (
                200,
                format!(r#"{{"task":{{"status":"TASK_STATUS_FAILED","reason":"{words}"}}}}"#),
            ),
        ];
        for (status, body) in bodies {
            let read = Scripted::new(vec![answer(status, &body)], 0)
                .client()
                .read(&id("t-1"))
                .await;
            let shown = format!("{read:?}");
            assert!(
                !shown.contains("canary") && shown.contains("ha "),
                "{before}: {shown}"
            );
        }
    }
    let lost = Arrival::Lost {
        detail: format!("reset by {CANARY}"),
    };
    let created = Scripted::new(vec![lost], 0).client().create(&request()).await;
    assert!(
        format!("{created:?}").contains("reset by [removed]"),
        "{created:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_short_key_costs_no_handle() {
    let body = r#"{"task":{"task_id":"t-1","status":"TASK_STATUS_SUCCEED"},
        "videos":[{"video_url":"https://example.org/t-1/STATUS.mp4","video_url_ttl":"3600"}]}"#;
    let transport = Scripted::new(vec![answer(200, body)], 0);
    for key in ["t-1", "SUCCEED", "https", "3600", "mp4"] {
        let key = Some(Secret::new(key).expect("a key"));
        let client = Client::new(
            transport.clone(),
            Config {
                key,
                ..Config::default()
            },
        );
        let Read::State(state) = client.read(&id("t-1")).await else {
            panic!("a state")
        };
        assert_eq!(state.videos[0].url, "https://example.org/t-1/STATUS.mp4");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_key_there_is_no_header_of_it() {
    let transport = Scripted::new(vec![state("QUEUED")], 0);
    let base_url = BaseUrl::new("http://127.0.0.1:7400").expect("a URL");
    let client = Client::new(
        transport.clone(),
        Config {
            base_url,
            ..Config::default()
        },
    );
    client.read(&id("t-1")).await;
    let sent = transport.0.sent.lock().expect("lock").clone();
    assert_eq!(
        sent,
        ["http://127.0.0.1:7400/v3/async/task-result?task_id=t-1 Accept: application/json"]
    );
}
