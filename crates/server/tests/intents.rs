//! What came of a request whose answer was lost: told by its key, at both kinds of server, without a second one.

mod support;

use serde_json::{Value, json};
use support::{Does, Program, Provider, T2V, client, http, text_request};

fn local(dir: &tempfile::TempDir, rules: &str) -> Program {
    let path = dir.path().join("faults.json");
    std::fs::write(&path, format!(r#"{{"tasks":{{}},"rules":{rules}}}"#)).expect("a file");
    Program::start(
        dir.path(),
        &["--faults", path.to_str().expect("a plain path")],
        &[],
    )
}

/// A request under that key whose answer never comes.
async fn lose(server: &Program, key: &str) {
    let sending = client()
        .post(format!("{}{T2V}", server.url))
        .header("content-type", "application/json")
        .header("idempotency-key", key)
        .body(text_request(3).to_string());
    sending.send().await.expect_err("dropped");
}

#[tokio::test]
async fn an_accepted_task_is_found_by_its_key() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = local(&dir, r#"[{"on":"create","do":"drop","when":"after"}]"#);
    lose(&server, "intent-1").await;
    let told = server.settle("intent-1").await;
    assert_eq!(
        (&told["state"], &told["status"]),
        (&json!("answered"), &json!(200))
    );
    let id = told["answer"]["task_id"].as_str().expect("an id").to_owned();
    assert!(server.read(&id).await["task"]["status"].is_string());
    assert_eq!(server.settle("intent-1").await, told, "as often as one likes");

    server.kill();
    let server = local(&dir, "[]");
    let told = server.settle("intent-1").await;
    assert_eq!(told["state"], "not_known", "answers do not outlive the server");
    assert!(told["remembers_ms"].is_u64());
}

#[tokio::test]
async fn a_key_that_never_came_is_closed() {
    let dir = tempfile::tempdir().unwrap();
    let server = local(&dir, r#"[{"on":"create","times":1,"do":"drop","when":"before"}]"#);
    lose(&server, "intent-1").await;
    assert_eq!(server.settle("intent-1").await["state"], "not_known");
    let late = server.post_as(T2V, &text_request(3), Some("intent-1")).await;
    assert_eq!(late.status(), 409);
    let other = server.post_as(T2V, &text_request(3), Some("intent-2")).await;
    assert_eq!(other.status(), 200);
}

#[tokio::test]
async fn a_gateway_tells_what_the_provider_said() {
    let json_type = "content-type: application/json\r\n";
    let cases: [(Does, Value, bool, Value); 3] = [
        (
            Does::Answer(http("200 OK", json_type, "{\"task_id\":\"t-1\"}")),
            json!(200),
            false,
            json!({ "task_id": "t-1" }),
        ),
        (
            Does::Answer(http("400 Bad Request", json_type, "{\"reason\":\"R\"}")),
            json!(400),
            true,
            json!({ "reason": "R" }),
        ),
        (Does::HangUp, json!(502), false, Value::Null),
    ];
    for (does, status, refused, answer) in cases {
        let provider = Provider::start(does).await;
        let data = tempfile::tempdir().unwrap();
        let flags = ["--base-url", provider.url.as_str()];
        let gateway = Program::start(data.path(), &flags, &[("NOVITA_API_KEY", "sk-canary")]);
        gateway.post_as(T2V, &text_request(3), Some("intent-1")).await;
        let told = gateway.settle("intent-1").await;
        assert_eq!((&told["state"], &told["status"]), (&json!("answered"), &status));
        assert_eq!(told["refused"], refused, "{status}");
        if answer.is_null() {
            assert_eq!(
                told["answer"]["metadata"]["sent"], true,
                "nobody knows, and it says so"
            );
        } else {
            assert_eq!(told["answer"], answer);
        }
        assert_eq!(provider.posts(), 1, "asking sends nothing");
        assert!(!told.to_string().contains("canary"));
    }
}

#[tokio::test]
async fn only_who_may_send_may_ask() {
    let dir = tempfile::tempdir().unwrap();
    let server = Program::start(
        dir.path(),
        &[],
        &[("RUSHES_ACCESS_TOKENS", "a-long-enough-token-for-tests")],
    );
    let ask = |key: &str| client().post(format!("{}/intents/{key}", server.url));
    assert_eq!(ask("a").send().await.unwrap().status(), 401);
    let known = ask("a").header("authorization", "Bearer a-long-enough-token-for-tests");
    assert_eq!(known.send().await.unwrap().status(), 200);
    let open = Program::start(tempfile::tempdir().unwrap().path(), &[], &[]);
    let foreign = client()
        .post(format!("{}/intents/a", open.url))
        .header("origin", "https://evil.example");
    assert_eq!(foreign.send().await.unwrap().status(), 403);
    for wrong in ["a%20b", &"x".repeat(201)] {
        let answer = client()
            .post(format!("{}/intents/{wrong}", open.url))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 400, "{wrong}");
    }
}
