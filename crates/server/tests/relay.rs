//! The relay hands on what the provider names for a task, and nothing else.

mod support;

use serde_json::json;
use support::{Does, Program, Provider, client, http, json_of};

const KEY: &str = "sk-canary-5f3a9c";

fn gateway(data: &tempfile::TempDir, base: &str, flags: &[&str], env: &[(&str, &str)]) -> Program {
    let mut all = vec!["--log", "trace", "--base-url", base];
    all.extend(flags);
    let mut variables = vec![("NOVITA_API_KEY", KEY)];
    variables.extend(env);
    Program::start(data.path(), &all, &variables)
}

fn result(url: &str) -> String {
    let body = json!({
        "task": { "task_id": "t-1", "status": "TASK_STATUS_SUCCEED" },
        "videos": [{ "video_url": url, "video_url_ttl": "3600", "video_type": "mp4" }],
    });
    http("200 OK", "content-type: application/json\r\n", &body.to_string())
}

/// A provider whose task has its video at that path of its own.
async fn provider(file: &str) -> Provider {
    let provider = Provider::start(Does::ByPath(vec![("/video.mp4".to_owned(), file.to_owned())])).await;
    let url = format!("{}/video.mp4?signature=canary", provider.url);
    provider.also("/v3/async/task-result", &result(&url));
    provider
}

#[tokio::test]
async fn a_part_is_handed_on_with_what_the_host_says_of_it() {
    let head = "content-type: text/html\r\ncontent-range: bytes 2-4/5\r\netag: \"v\"\r\nset-cookie: a=b\r\n";
    let provider = provider(&http("206 Partial Content", head, "llo")).await;
    let data = tempfile::tempdir().unwrap();
    let mut gateway = gateway(&data, &provider.url, &[], &[]);
    let answer = client()
        .get(format!("{}/relay?task_id=t-1", gateway.url))
        .header("range", "bytes=2-")
        .header("if-range", "\"v\"")
        .header("cookie", "own=secret")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 206);
    let headers = answer.headers().clone();
    assert_eq!(headers["content-range"], "bytes 2-4/5");
    assert_eq!(headers["etag"], "\"v\"");
    assert_eq!(headers["content-type"], "application/octet-stream");
    assert_eq!(headers["content-disposition"], "attachment");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert!(!headers.contains_key("set-cookie"));
    assert_eq!(answer.text().await.unwrap(), "llo");
    let seen = provider.seen();
    let asked = seen.last().unwrap().to_lowercase();
    assert!(asked.contains("range: bytes=2-") && asked.contains("if-range: \"v\""));
    assert!(
        !asked.contains("authorization") && !asked.contains("cookie"),
        "{asked}"
    );
    gateway.kill();
    let (_, log) = gateway.ended();
    assert!(!log.contains(KEY) && !log.contains("canary"), "{log}");
}

#[tokio::test]
async fn it_goes_nowhere_else() {
    let elsewhere = Provider::start(Does::Answer(http(
        "200 OK",
        "content-type: video/mp4\r\n",
        "secret",
    )))
    .await;
    let moved = format!("location: {}/secret\r\n", elsewhere.url);
    for answer in [
        result(&format!("{}/secret", elsewhere.url)),
        result(&elsewhere.url.replace("http:", "https:")),
        result("https://169.254.169.254/latest"),
        result("https://localhost/x"),
        result("file:///etc/passwd"),
        result(""),
        http("200 OK", "content-type: application/json\r\n", "{}"),
        http("302 Found", &moved, ""),
    ] {
        let provider = Provider::start(Does::Answer(answer)).await;
        let data = tempfile::tempdir().unwrap();
        let gateway = gateway(&data, &provider.url, &[], &[]);
        let url = format!("{}/relay?task_id=t-1&url={}/secret", gateway.url, elsewhere.url);
        let told = client().get(url).send().await.unwrap();
        assert!(matches!(told.status().as_u16(), 404 | 502), "{}", told.status());
    }
    // A redirect of the file is judged like its first address.
    let provider = provider(&http("302 Found", &moved, "")).await;
    let data = tempfile::tempdir().unwrap();
    let gateway = gateway(&data, &provider.url, &[], &[]);
    let told = client()
        .get(format!("{}/relay?task_id=t-1", gateway.url))
        .send()
        .await
        .unwrap();
    assert_eq!(told.status(), 502);
    assert_eq!(elsewhere.seen(), Vec::<String>::new());
}

#[tokio::test]
async fn what_the_host_refuses_and_who_may_not_ask() {
    let provider = provider(&http("403 Forbidden", "", "<Error>expired</Error>")).await;
    let data = tempfile::tempdir().unwrap();
    let gateway = gateway(&data, &provider.url, &[], &[("RUSHES_ACCESS_TOKENS", "alpha")]);
    let url = format!("{}/relay?task_id=t-1", gateway.url);
    let without = client().get(&url).send().await.unwrap();
    assert_eq!(without.status(), 401);
    assert_eq!(provider.seen(), Vec::<String>::new());
    let with = client().get(&url).header("authorization", "Bearer alpha");
    let with = with.send().await.unwrap();
    assert_eq!(with.status(), 404);
    assert_eq!(json_of(with).await["reason"], "GET_RESULT_FAILED");
    let nameless = client().get(format!("{}/relay", gateway.url));
    let nameless = nameless
        .header("authorization", "Bearer alpha")
        .send()
        .await
        .unwrap();
    assert_eq!(nameless.status(), 400);
}
