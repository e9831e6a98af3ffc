//! The bill, the script, what follows from the seed, and tasks that only pretend.

use std::time::Duration;

use http::Method;
use rushes_contract::{Asked, Backend, Local, OverHttp, Settings, tables};
use rushes_core::Endpoint;
use serde_json::{Value, json};

use super::{QUICK, service, task};

fn accepted(service: &OverHttp) -> u64 {
    service.state().faults().expect("faults").bill().accepted
}

#[tokio::test]
async fn the_same_script_seed_and_requests_give_the_same_faults() {
    let run = |seed: u64| async move {
        let rules = r#"{"on":"create","chance":0.3,"do":"rate_limit"},
            {"on":"read","each":true,"chance":0.4,"do":"error"}"#;
        let script = format!(r#"{{"seed":{seed},"tasks":{{"failing":0.3}},"rules":[{rules}]}}"#);
        let service = Local::with(&Settings {
            faults: Some(script),
            ..Settings::default()
        });
        let mut story = Vec::new();
        for number in 0..40 {
            let body = tables::text_to_video(json!({ "prompt": format!("take {number}") }));
            let made = service.send(Asked::create(Endpoint::TextToVideo, &body)).await;
            story.push(made.status.as_u16().to_string());
            if made.status == 200 {
                let id = made.json()["task_id"].as_str().expect("an id").to_owned();
                let read = service.send(Asked::read(&id)).await;
                story.push(
                    read.json()["task"]["status"]
                        .as_str()
                        .unwrap_or("missed")
                        .to_owned(),
                );
            }
        }
        story
    };
    let story = run(1).await;
    assert_eq!(run(1).await, story);
    assert_ne!(run(2).await, story);
    for word in [
        "200",
        "429",
        "TASK_STATUS_SUCCEED",
        "TASK_STATUS_FAILED",
        "missed",
    ] {
        assert!(story.iter().any(|told| told == word), "{word}: {story:?}");
    }
}

#[tokio::test]
async fn a_silent_task_tells_nothing_until_it_ends() {
    let service = Local::with(&Settings {
        faults: Some(r#"{"tasks":{"rendering_ms":60000,"silent":true}}"#.to_owned()),
        ..Settings::default()
    });
    let body = tables::text_to_video(json!({}));
    let made = service
        .send(Asked::create(Endpoint::TextToVideo, &body))
        .await
        .json();
    let id = made["task_id"].as_str().expect("an id");
    service.pass(Duration::from_secs(30));
    let state = service.send(Asked::read(id)).await.json();
    assert_eq!(state["task"]["status"], "TASK_STATUS_PROCESSING");
    assert_eq!(
        (&state["task"]["progress_percent"], &state["task"]["eta"]),
        (&json!(0), &Value::Null)
    );
}

#[tokio::test]
async fn a_pretended_task_goes_its_way_by_the_clock() {
    let service = Local::with(&Settings {
        faults: Some(r#"{"tasks":{"queued_ms":60000,"rendering_ms":60000}}"#.to_owned()),
        queue: Some(0),
        ..Settings::default()
    });
    let mut ids = Vec::new();
    for number in 0..50 {
        let body = tables::text_to_video(json!({ "prompt": format!("take {number}") }));
        let made = service.send(Asked::create(Endpoint::TextToVideo, &body)).await;
        ids.push(
            made.json()["task_id"]
                .as_str()
                .expect("there is always room")
                .to_owned(),
        );
    }
    for (status, videos) in [("QUEUED", 0), ("PROCESSING", 0), ("SUCCEED", 1)] {
        for id in &ids {
            let state = service.send(Asked::read(id)).await.json();
            assert_eq!(
                state["task"]["status"],
                format!("TASK_STATUS_{status}"),
                "{state}"
            );
            assert_eq!(state["videos"].as_array().map(Vec::len), Some(videos));
        }
        service.pass(Duration::from_mins(1));
    }
    let state = service.send(Asked::read(&ids[7])).await.json();
    let url = state["videos"][0]["video_url"].as_str().expect("a URL");
    let path = url.strip_prefix("http://127.0.0.1:7400").expect("this server's");
    let video = service.send(Asked::get(path)).await;
    assert_eq!((video.status.as_u16(), &video.body[4..8]), (200, &b"ftyp"[..]));
}

#[tokio::test]
async fn bill_and_script_can_be_read_and_changed() {
    let service = service(QUICK, r#"{"on":"create","prompt":"hen","do":"drop"}"#).await;
    task(&service).await;
    task(&service).await;
    let bill = service.send(Asked::get("/faults/bill")).await.json();
    assert_eq!(
        (&bill["posts"], &bill["accepted"], &bill["answered"]),
        (&json!(2), &json!(2), &json!(2))
    );
    let intent = &bill["intents"][0];
    assert_eq!(
        (&intent["prompt"], &intent["endpoint"], &intent["seconds"]),
        (&json!("A fox"), &json!("text-to-video"), &json!(5))
    );
    assert_eq!(intent["tasks"].as_array().map(Vec::len), Some(2));
    assert_eq!(bill["rules"], json!([{ "looked": 0, "fired": 0 }]));

    let log = service.send(Asked::get("/faults/log?after=1")).await.json();
    assert_eq!(log["requests"].as_array().map(Vec::len), Some(1));
    let entry = &log["requests"][0];
    assert_eq!(
        (&entry["number"], &entry["on"], &entry["of"], &entry["fault"]),
        (&json!(2), &json!("create"), &intent["intent"], &Value::Null)
    );
    let put = |script: Value| {
        let mut asked = Asked::post("/faults/script", script.to_string());
        asked.method = Method::PUT;
        service.send(asked)
    };
    let wrong = put(json!({ "rules": [{ "on": "read" }] })).await;
    let problems = wrong.error(400, "INVALID_REQUEST_BODY")["metadata"]["problems"].clone();
    assert_eq!(problems[0]["pointer"], "/rules/0/do");
    let other = put(json!({ "tasks": { "failing": 1 } })).await;
    assert_eq!(
        other.error(400, "INVALID_REQUEST_BODY")["metadata"]["problems"][0]["pointer"],
        "/tasks"
    );
    assert_eq!(
        put(json!({ "rules": [{ "on": "create", "do": "rate_limit" }] }))
            .await
            .status,
        204
    );
    let body = tables::text_to_video(json!({}));
    assert_eq!(
        service
            .send(Asked::create(Endpoint::TextToVideo, &body))
            .await
            .status,
        429
    );

    assert_eq!(
        service
            .send(Asked::new(Method::DELETE, "/faults/bill"))
            .await
            .status,
        204
    );
    assert_eq!(accepted(&service), 0);
    let invalid = json!({ "prompt": "" });
    let refused = service.send(Asked::create(Endpoint::TextToVideo, &invalid)).await;
    refused.error(400, "INVALID_REQUEST_BODY");
    let bill = service.send(Asked::get("/faults/bill")).await.json();
    assert_eq!(bill["posts"], 0, "what is invalid is no intent");
}

#[tokio::test]
async fn sent_again_under_its_key_an_intent_is_billed_once() {
    let service = service(QUICK, r#"{"on":"create","nth":[1,2],"do":"drop","when":"after"}"#).await;
    let body = tables::text_to_video(json!({})).to_string();
    let http = rushes_server::http_client_builder().build().expect("a client");
    let post = || {
        http.post(format!("{}{}", service.base(), Endpoint::TextToVideo.path()))
            .header("content-type", "application/json")
            .header("idempotency-key", "intent-1")
            .body(body.clone())
            .send()
    };
    // As a browser does on connections that were kept open.
    assert!(post().await.is_err() && post().await.is_err());
    assert!(post().await.is_ok_and(|answer| answer.status() == 200));
    let bill = service.state().faults().expect("faults").bill();
    assert_eq!((bill.posts, bill.accepted, bill.answered), (3, 1, 1));
}

#[tokio::test]
async fn only_who_may_call_may_change_what_it_does() {
    let service = Local::with(&Settings {
        faults: Some("{}".to_owned()),
        tokens: "canary-token",
        ..Settings::default()
    });
    let asked = || Asked::get("/faults/bill");
    service.send(asked()).await.error(401, "MISSING_API_KEY");
    let evil = asked().with("origin", "https://evil.example");
    service.send(evil).await.error(403, "API_NOT_ALLOWED");
    let mine = asked().with("authorization", "Bearer canary-token");
    assert_eq!(service.send(mine).await.status, 200);
    let without = Local::start();
    without.send(asked()).await.error(404, "API_NOT_FOUND");
    without
        .send(Asked::new(Method::DELETE, "/faults/bill"))
        .await
        .error(405, "API_NOT_FOUND");
}
