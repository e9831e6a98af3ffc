//! The gateway spends money, so: never twice, never for nothing, and the key is never seen.

mod support;

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use support::{Does, Program, Provider, T2V, http, json_of, text_request};
use tokio::sync::Notify;

const KEY: &str = "sk-canary-5f3a9c";

fn gateway(data: &tempfile::TempDir, base: &str) -> Program {
    Program::start(
        data.path(),
        &["--log", "trace", "--base-url", base],
        &[("NOVITA_API_KEY", KEY)],
    )
}

/// Ends a gateway and gives its log, which has not seen the key.
fn log_of(mut gateway: Program) -> String {
    gateway.kill();
    let (_, log) = gateway.ended();
    assert!(!log.contains(KEY), "the key is in the log");
    log
}

#[tokio::test]
async fn one_post_in_is_at_most_one_post_out() {
    let json = "content-type: application/json\r\n";
    let moved = "location: http://127.0.0.1:9/elsewhere\r\n";
    let cases = [
        (Does::Answer(http("200 OK", json, "{\"task_id\":\"t-1\"}")), 200),
        (Does::Answer(http("200 OK", json, "{}")), 200),
        (
            Does::Answer(http("429 Too Many Requests", "retry-after: 7\r\n", "slow down")),
            429,
        ),
        (
            Does::Answer(http(
                "400 Bad Request",
                json,
                "{\"code\":400,\"reason\":\"ILLEGAL_PROMPT\"}",
            )),
            400,
        ),
        (
            Does::Answer(http("500 Internal Server Error", "", "<html>oops</html>")),
            500,
        ),
        (Does::Answer(http("307 Temporary Redirect", moved, "")), 502),
        (
            Does::Answer("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_owned()),
            502,
        ),
        (Does::Answer("this is not HTTP".to_owned()), 502),
        (Does::HangUp, 502),
    ];
    for (does, status) in cases {
        let provider = Provider::start(does).await;
        let data = tempfile::tempdir().unwrap();
        let gateway = gateway(&data, &provider.url);
        let answer = gateway.post(T2V, &text_request(3)).await;
        assert_eq!(answer.status(), status);
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert!(!kind.contains("html"), "no page of someone else's: {kind}");
        if status == 429 {
            assert_eq!(answer.headers()["retry-after"], "7");
        }
        if status == 502 {
            let body = json_of(answer).await;
            assert_eq!(
                (&body["reason"], &body["metadata"]["sent"]),
                (&json!("SERVICE_NOT_AVAILABLE"), &json!(true))
            );
        }
        assert_eq!(provider.posts(), 1, "{status}");
        log_of(gateway);
    }
}

#[tokio::test]
async fn a_post_that_is_sent_again_under_its_key_goes_out_once() {
    let json = "content-type: application/json\r\n";
    let cases = [
        (
            Does::Answer(http("200 OK", json, "{\"task_id\":\"t-1\"}")),
            200,
            1,
        ),
        (
            Does::Answer(http("500 Internal Server Error", "", "oops")),
            500,
            1,
        ),
        (Does::HangUp, 502, 1),
        // What was surely refused may be tried again.
        (Does::Answer(http("429 Too Many Requests", "", "")), 429, 2),
        (Does::Answer(http("400 Bad Request", json, "{}")), 400, 2),
    ];
    for (does, status, posts) in cases {
        let provider = Provider::start(does).await;
        let data = tempfile::tempdir().unwrap();
        let gateway = gateway(&data, &provider.url);
        let mut told = Vec::new();
        for _ in 0..2 {
            let answer = gateway.post_as(T2V, &text_request(3), Some("intent-1")).await;
            assert_eq!(answer.status(), status);
            told.push(answer.text().await.unwrap());
        }
        assert_eq!(told[0], told[1]);
        assert_eq!(provider.posts(), posts, "{status}");
        if posts == 1 {
            let other = gateway.post_as(T2V, &text_request(4), Some("intent-1")).await;
            assert_eq!(other.status(), 422, "another request under the same key");
            gateway.post_as(T2V, &text_request(3), Some("intent-2")).await;
            assert_eq!(provider.posts(), 2, "another intent");
        }
        let seen = provider.seen().join("\n").to_lowercase();
        assert!(!seen.contains("idempotency"), "the provider knows no such header");
        log_of(gateway);
    }
}

#[tokio::test]
async fn what_is_invalid_is_never_sent() {
    let provider = Provider::start(Does::HangUp).await;
    let data = tempfile::tempdir().unwrap();
    let gateway = gateway(&data, &provider.url);
    let answer = gateway.post(T2V, &json!({ "prompt": "x", "duration": 99 })).await;
    assert_eq!(answer.status(), 400);
    for path in ["/v3/user/balance", "/v3/async/other", "/openai/v1/models"] {
        assert!(gateway.post(path, &json!({})).await.status().is_client_error());
    }
    assert_eq!(provider.seen(), Vec::<String>::new());
    log_of(gateway);
}

#[tokio::test]
async fn the_key_goes_to_the_provider_and_nowhere_else() {
    // A provider that repeats the key in its error, as some do.
    let body =
        "{\"code\":401,\"reason\":\"INVALID_API_KEY\",\"message\":\"{auth} is wrong\",\"metadata\":{}}";
    let provider = Provider::start(Does::Answer(http("401 Unauthorized", "x-key: {auth}\r\n", body))).await;
    let data = tempfile::tempdir().unwrap();
    let gateway = gateway(&data, &provider.url);
    let answer = gateway.post(T2V, &text_request(3)).await;
    assert!(!format!("{:?}", answer.headers()).contains(KEY));
    let text = answer.text().await.unwrap();
    assert!(text.contains("INVALID_API_KEY") && !text.contains(KEY), "{text}");
    let read = gateway.read("t-1").await;
    assert!(!read.to_string().contains(KEY));

    let seen = provider.seen();
    assert!(seen[0].contains(&format!("Bearer {KEY}")), "the provider gets it");
    assert!(
        !seen.iter().any(|request| request.contains("callers-own")),
        "the caller's own goes no further"
    );
    assert!(
        seen[1].starts_with("GET /v3/async/task-result?task_id=t-1 "),
        "{}",
        seen[1]
    );
    let log = log_of(gateway);
    assert!(!log.contains("mossy"), "nor are prompts logged");
}

#[tokio::test]
async fn a_provider_that_is_not_there_was_sent_nothing() {
    let data = tempfile::tempdir().unwrap();
    let gateway = gateway(&data, "http://127.0.0.1:9");
    let answer = gateway.post(T2V, &text_request(3)).await;
    assert_eq!(answer.status(), 502);
    let body = json_of(answer).await;
    assert_eq!(
        (&body["reason"], &body["metadata"]["sent"]),
        (&json!("SERVICE_NOT_AVAILABLE"), &json!(false))
    );
    log_of(gateway);
}

#[tokio::test]
async fn the_answer_is_kept_though_the_caller_hangs_up() {
    let answer_now = Arc::new(Notify::new());
    let text = http(
        "200 OK",
        "content-type: application/json\r\n",
        "{\"task_id\":\"paid-task-77\"}",
    );
    let provider = Provider::start(Does::AnswerLater(Arc::clone(&answer_now), text)).await;
    let data = tempfile::tempdir().unwrap();
    let gateway = Arc::new(gateway(&data, &provider.url));
    let caller = {
        let gateway = Arc::clone(&gateway);
        tokio::spawn(async move { gateway.post(T2V, &text_request(3)).await.status() })
    };
    while provider.posts() == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    caller.abort();
    assert!(caller.await.is_err_and(|error| error.is_cancelled()));
    let gateway = Arc::into_inner(gateway).expect("the caller is gone");
    // Even a server that is told to end meanwhile waits for what may have been paid for.
    gateway.ask_to_end();
    answer_now.notify_one();
    let (_, log) = tokio::task::spawn_blocking(move || gateway.ended())
        .await
        .unwrap();
    assert!(log.contains("paid-task-77"), "{log}");
    assert_eq!(provider.posts(), 1);
}
