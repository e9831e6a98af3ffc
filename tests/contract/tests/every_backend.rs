//! What holds for everything that speaks the API.

use std::time::Duration;

use http::Method;
use rushes_contract::images::jpeg_uri;
use rushes_contract::{Answered, Asked, Backend, Local, OverHttp, ThroughGateway, tables};
use rushes_core::exchange::{self, Arrival, Read};
use rushes_core::{Endpoint, TaskId};
use serde_json::{Value, json};

/// Makes one test of every case for every backend.
macro_rules! for_every_backend {
    ($($case:ident)*) => {
        mod in_process {
            $(#[tokio::test] async fn $case() { super::$case(&super::Local::start()).await; })*
        }
        mod over_http {
            $(#[tokio::test] async fn $case() { super::$case(&super::OverHttp::start().await).await; })*
        }
        mod through_gateway {
            $(#[tokio::test] async fn $case() { super::$case(&super::ThroughGateway::start().await).await; })*
        }
    };
}

for_every_backend! {
    every_broken_row_gets_the_documented_form
    everything_wrong_is_told_at_once
    what_is_no_request_is_refused
    bodies_are_bounded
    only_the_documented_routes_answer
    a_task_that_is_not_there_is_not_found
    text_becomes_a_video
    a_picture_with_shots_becomes_a_video
}

async fn every_broken_row_gets_the_documented_form(backend: &dyn Backend) {
    for row in tables::broken() {
        let answer = backend.send(Asked::create(row.endpoint, &row.body)).await;
        let body = answer.error(400, row.reason);
        let issues = body["metadata"]["issues"].as_array().expect("issues");
        let found = issues.iter().any(|issue| {
            issue["path"] == row.path && issue["code"] == row.code && issue["severity"] == "error"
        });
        assert!(found, "{} {} not in {issues:?}", row.path, row.code);
    }
}

async fn everything_wrong_is_told_at_once(backend: &dyn Backend) {
    let body = json!({ "prompt": "", "duration": 99, "sound": "yes", "foo": 1 });
    let answer = backend.send(Asked::create(Endpoint::TextToVideo, &body)).await;
    let error = answer.error(400, "INVALID_REQUEST_BODY");
    let issues = error["metadata"]["issues"].as_array().expect("issues");
    let paths: Vec<&str> = issues.iter().filter_map(|issue| issue["path"].as_str()).collect();
    assert_eq!(paths, ["/prompt", "/duration", "/sound", "/foo"]);
}

async fn what_is_no_request_is_refused(backend: &dyn Backend) {
    let path = Endpoint::TextToVideo.path();
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"prompt\":\"x\"}{}",
        "{\"prompt\":\"\\ud800\"}",
    ] {
        backend
            .send(Asked::post(path, body))
            .await
            .error(400, "INVALID_REQUEST_BODY");
    }
    backend
        .send(Asked::post(path, &b"{\"prompt\":\"\xff\"}"[..]))
        .await
        .error(400, "INVALID_REQUEST_BODY");
    let good = tables::text_to_video(json!({})).to_string();
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let asked = Asked::post(path, good.clone()).with("content-type", kind);
        backend.send(asked).await.error(415, "INVALID_REQUEST_BODY");
    }
}

async fn bodies_are_bounded(backend: &dyn Backend) {
    let huge = format!("{{\"prompt\":\"{}\"}}", "x".repeat(40 * 1024 * 1024));
    let answer = backend
        .send(Asked::post(Endpoint::TextToVideo.path(), huge))
        .await;
    answer.error(413, "INVALID_REQUEST_BODY");
}

async fn only_the_documented_routes_answer(backend: &dyn Backend) {
    for path in [
        "/v3",
        "/v3/",
        "/v3/model",
        "/v3/async/kling-v3.0-pro-t2v",
        "/v3/async/%ff",
        "/v3/user",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            backend
                .send(Asked::new(method, path))
                .await
                .error(404, "API_NOT_FOUND");
        }
    }
    let wrong = [
        (Method::GET, Endpoint::TextToVideo.path()),
        (Method::PUT, Endpoint::ImageToVideo.path()),
        (Method::POST, rushes_server::TASK_RESULT_PATH),
    ];
    for (method, path) in wrong {
        backend
            .send(Asked::new(method, path))
            .await
            .error(405, "API_NOT_FOUND");
    }
}

async fn a_task_that_is_not_there_is_not_found(backend: &dyn Backend) {
    for id in [
        "0",
        "../../etc/passwd",
        "%2e%2e%2fx",
        "00000000000000000000000000000000",
        "%F0%9F%A6%8A",
    ] {
        backend.send(Asked::read(id)).await.error(404, "TASK_NOT_FOUND");
    }
    for path in ["", "?task_id=", "?task_id=%20", "?id=1", "?task_id=a%00b"] {
        let asked = Asked::get(format!("{}{path}", rushes_server::TASK_RESULT_PATH));
        backend.send(asked).await.error(400, "INVALID_REQUEST_BODY");
    }
}

async fn text_becomes_a_video(backend: &dyn Backend) {
    let body = tables::text_to_video(json!({ "aspect_ratio": "1:1", "sound": true }));
    let answer = succeed(backend, Endpoint::TextToVideo, &body).await;
    assert_eq!(answer["task"]["task_type"], "TXT_TO_VIDEO");
}

async fn a_picture_with_shots_becomes_a_video(backend: &dyn Backend) {
    let shots = json!([{ "prompt": "push in", "duration": 3 }, { "prompt": "pan left", "duration": 3 }]);
    let body = json!({ "image": jpeg_uri(), "prompt": "A walk", "multi_prompt": shots });
    let answer = succeed(backend, Endpoint::ImageToVideo, &body).await;
    assert_eq!(answer["task"]["task_type"], "IMG_TO_VIDEO");
}

/// Creates a task and reads it to its good end; on the way every answer has the documented form.
async fn succeed(backend: &dyn Backend, endpoint: Endpoint, body: &Value) -> Value {
    let created = backend.send(Asked::create(endpoint, body)).await;
    assert_eq!(created.status, 200, "{created:?}");
    let created = created.json();
    assert_eq!(
        created.as_object().map(serde_json::Map::len),
        Some(1),
        "no envelope: {created}"
    );
    let id = created["task_id"].as_str().expect("an id").to_owned();
    let mut percent = 0;
    loop {
        let answer = backend.send(Asked::read(&id)).await;
        let state = documented_state(&answer, &id);
        let now = state["task"]["progress_percent"].as_u64().expect("a number");
        assert!((percent..=100).contains(&now), "from {percent} to {now}");
        percent = now;
        match state["task"]["status"].as_str() {
            Some("TASK_STATUS_SUCCEED") => return state,
            Some("TASK_STATUS_QUEUED" | "TASK_STATUS_PROCESSING") => {
                assert_eq!(state["videos"], json!([]));
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            other => panic!("{other:?}: {state}"),
        }
    }
}

#[track_caller]
fn documented_state(answer: &Answered, id: &str) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    let state = answer.json();
    assert_eq!(state["task"]["task_id"], id);
    assert!(state["task"]["reason"].is_string());
    for list in ["videos", "images", "audios"] {
        assert!(state[list].is_array(), "{state}");
    }
    for video in state["videos"].as_array().expect("checked above") {
        assert!(
            video["video_url"]
                .as_str()
                .is_some_and(|url| url.starts_with("http://")),
            "{state}"
        );
        assert_eq!(video["video_url_ttl"], "3600", "a text");
        assert_eq!(video["video_type"], "mp4");
    }
    // Our own reader agrees.
    let text = std::str::from_utf8(&answer.body).expect("text");
    let arrival = Arrival::Answer {
        status: 200,
        retry_after: None,
        body: exchange::Body::from_json_text(text),
    };
    let id = TaskId::new(id).expect("an id");
    assert!(
        matches!(exchange::was_read(&id, &arrival, 0), Read::State(_)),
        "{text}"
    );
    state
}
