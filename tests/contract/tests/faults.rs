//! The misbehaving service over real HTTP: every fault does what `docs/faults.md` says, and this project's own client
//! takes each of them for what it is.

use std::time::Duration;

use futures_util::FutureExt;
use http::Method;
use rushes_client::{BaseUrl, Client, Config, Native};
use rushes_contract::{Asked, Backend, Local, OverHttp, Settings, tables};
use rushes_core::exchange::{Created, Read};
use rushes_core::{Endpoint, FailureKind, Request, Status, TaskId, TaskState, check};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Tasks that end at once.
const QUICK: &str = r#""tasks":{}"#;
/// Tasks that go on for longer than any test.
const LONG: &str = r#""tasks":{"rendering_ms":600000}"#;

async fn service(tasks: &str, rules: &str) -> OverHttp {
    let faults = Some(format!("{{{tasks},\"rules\":[{rules}]}}"));
    OverHttp::with(&Settings {
        faults,
        ..Settings::default()
    })
    .await
}

fn client(service: &OverHttp) -> Client<Native> {
    let base_url = BaseUrl::new(service.base()).expect("a URL");
    let config = Config {
        base_url,
        ..Config::default()
    };
    Client::new(Native::new().expect("a transport"), config)
}

fn request(prompt: &str) -> Request {
    let body = json!({ "prompt": prompt }).to_string();
    check::check_json(Endpoint::TextToVideo, &body)
        .expect("valid")
        .request
}

fn accepted(service: &OverHttp) -> u64 {
    service.state().faults().expect("faults").bill().accepted
}

/// A task on a service that only misbehaves later.
async fn task(service: &OverHttp) -> TaskId {
    match client(service).create(&request("A fox")).await {
        Created::Accepted(id) => id,
        other => panic!("{other:?}"),
    }
}

/// What comes back for these bytes, until the other end closes; `None` where nobody listens.
async fn raw(service: &OverHttp, request: &str) -> Option<Vec<u8>> {
    let addr = service.base().trim_start_matches("http://");
    let mut stream = TcpStream::connect(addr).await.ok()?;
    let asked = format!("{request}\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.expect("it is listening");
    let mut seen = Vec::new();
    // A connection that is reset has said what it had to say.
    let _ = stream.read_to_end(&mut seen).await;
    Some(seen)
}

async fn raw_get(service: &OverHttp, path: &str) -> Vec<u8> {
    raw(service, &format!("GET {path} HTTP/1.1"))
        .await
        .expect("it is listening")
}

fn body(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    &answer[end.expect("a head") + 4..]
}

#[tokio::test]
async fn a_create_that_meets_a_fault_is_taken_for_what_it_is_and_billed_once_at_most() {
    let cases = [
        (r#""do":"rate_limit","retry_after":1,"times":1"#, "accepted", 1),
        (r#""do":"rate_limit","retry_after":600"#, "refused", 0),
        (r#""do":"error""#, "unsure", 0),
        (r#""do":"error","when":"after""#, "unsure", 1),
        (
            r#""do":"error","status":502,"form":"html","when":"after""#,
            "unsure",
            1,
        ),
        (
            r#""do":"error","status":503,"form":"nested","when":"after""#,
            "unsure",
            1,
        ),
        (
            r#""do":"error","status":504,"form":"text","when":"after""#,
            "unsure",
            1,
        ),
        (
            r#""do":"error","status":504,"form":"empty","when":"after""#,
            "unsure",
            1,
        ),
        (
            r#""do":"error","status":400,"reason":"ILLEGAL_PROMPT""#,
            "refused",
            0,
        ),
        (r#""do":"redirect","to":"/elsewhere","when":"after""#, "unsure", 1),
        (r#""do":"drop""#, "unsure", 0),
        (r#""do":"drop","when":"after""#, "unsure", 1),
        (r#""do":"refuse","for_ms":100"#, "unsure", 0),
        (r#""do":"stall","for_ms":30"#, "accepted", 1),
        (r#""do":"stall","for_ms":30,"when":"before""#, "accepted", 1),
        (r#""do":"cut","at":0"#, "unsure", 1),
        (r#""do":"cut""#, "unsure", 1),
        (r#""do":"slow","bytes_per_sec":200"#, "accepted", 1),
        (r#""do":"garble""#, "unsure", 1),
        (r#""do":"garble","into":"html""#, "unsure", 1),
        (r#""do":"garble","into":"text""#, "unsure", 1),
        (r#""do":"garble","into":"empty""#, "unsure", 1),
        (r#""do":"garble","into":"not_utf8""#, "unsure", 1),
        (r#""do":"no_task_id""#, "unsure", 1),
        (r#""do":"no_task_id","into":"null""#, "unsure", 1),
        (r#""do":"no_task_id","into":"blank""#, "unsure", 1),
        (r#""do":"no_task_id","into":"envelope""#, "unsure", 1),
        (r#""do":"no_cors""#, "accepted", 1),
    ];
    for (fault, outcome, billed) in cases {
        let service = service(QUICK, &format!(r#"{{"on":"create",{fault}}}"#)).await;
        let created = client(&service).create(&request("A fox")).await;
        let word = match &created {
            Created::Accepted(_) => "accepted",
            Created::Unsure(_) => "unsure",
            Created::Refused(_) => "refused",
        };
        assert_eq!(word, outcome, "{fault}: {created:?}");
        let bill = service.state().faults().expect("faults").bill();
        assert_eq!(bill.accepted, billed, "{fault}");
        assert_eq!(bill.answered, u64::from(outcome == "accepted"), "{fault}");
        assert_eq!(
            (bill.intents.len(), bill.intents[0].prompt.as_str()),
            (1, "A fox")
        );
        let resent = u64::from(fault.contains("times"));
        assert_eq!(
            bill.posts,
            1 + resent,
            "{fault}: what may be accepted is not sent again"
        );
        assert!(bill.rules[0].fired > 0, "{fault}");
    }
}

/// Reads a task once, with a fault on every read.
async fn read_with(tasks: &str, fault: &str) -> (OverHttp, TaskId, Read) {
    let service = service(tasks, &format!(r#"{{"on":"read",{fault}}}"#)).await;
    let id = task(&service).await;
    let read = client(&service).read(&id).await;
    (service, id, read)
}

#[tokio::test]
async fn a_read_that_meets_a_fault_tells_nothing_and_fails_nothing() {
    let cases = [
        (r#""do":"rate_limit","retry_after":7"#, FailureKind::RateLimit),
        (r#""do":"error""#, FailureKind::Provider),
        (r#""do":"error","status":401"#, FailureKind::Auth),
        (r#""do":"error","status":404"#, FailureKind::NotFound),
        (
            r#""do":"error","status":502,"form":"html""#,
            FailureKind::Provider,
        ),
        (r#""do":"redirect","to":"/""#, FailureKind::Provider),
        (r#""do":"drop""#, FailureKind::Network),
        (r#""do":"drop","when":"after""#, FailureKind::Network),
        (r#""do":"refuse","for_ms":100"#, FailureKind::Network),
        (r#""do":"cut""#, FailureKind::Network),
        (r#""do":"garble""#, FailureKind::Provider),
        (r#""do":"garble","into":"html""#, FailureKind::Provider),
        (r#""do":"garble","into":"empty""#, FailureKind::Provider),
        (r#""do":"garble","into":"not_utf8""#, FailureKind::Provider),
    ];
    for (fault, kind) in cases {
        match read_with(QUICK, fault).await.2 {
            Read::Missed(failure) => assert_eq!(failure.kind, kind, "{fault}: {failure:?}"),
            Read::State(state) => panic!("{fault}: {state:?}"),
        }
    }
    let (_, _, limited) = read_with(QUICK, cases[0].0).await;
    assert!(matches!(limited, Read::Missed(failure) if failure.retry_after_ms == Some(7_000)));
}

fn state(read: Read) -> TaskState {
    match read {
        Read::State(state) => *state,
        Read::Missed(failure) => panic!("{failure:?}"),
    }
}

#[tokio::test]
async fn a_state_can_be_strange() {
    for fault in [
        r#""do":"stall","for_ms":30"#,
        r#""do":"slow","bytes_per_sec":2000"#,
        r#""do":"no_cors""#,
    ] {
        let (_, _, read) = read_with(QUICK, fault).await;
        assert_eq!(state(read).status, Status::Succeeded, "{fault}");
    }
    for into in ["empty_list", "missing", "null", "not_http"] {
        let fault = format!(r#""do":"no_url","into":"{into}""#);
        let state = state(read_with(QUICK, &fault).await.2);
        assert_eq!(
            (&state.status, state.videos.len()),
            (&Status::Succeeded, 0),
            "{into}"
        );
        assert!(state.failure().is_some_and(|failure| failure.retryable), "{into}");
    }
    for (fault, word) in [
        (r#""do":"unknown_status""#, "TASK_STATUS_ON_HOLD"),
        (r#""do":"unknown_status","status":"PAUSED""#, "PAUSED"),
    ] {
        let state = state(read_with(QUICK, fault).await.2);
        assert_eq!(state.status, Status::Unknown(word.to_owned()));
        assert!(!state.is_end() && state.videos.is_empty());
    }
    let (service, id, first) = read_with(LONG, r#""do":"progress_backwards""#).await;
    let second = client(&service).read(&id).await;
    let told = [first, second].map(|read| state(read).progress_percent);
    assert_eq!(told, [Some(90.0), Some(75.0)]);
}

#[tokio::test]
async fn a_link_can_be_dead_or_lead_elsewhere() {
    let http = rushes_server::http_client_builder().build().expect("a client");
    let (_dead, _, read) = read_with(QUICK, r#""do":"expired_url""#).await;
    let media = state(read).videos.remove(0);
    assert_eq!(media.ttl_secs, Some(3600), "it says that it lives");
    let answer = http.get(&media.url).send().await.expect("an answer");
    assert_eq!(answer.status(), 403);

    let (service, _, read) = read_with(QUICK, r#""do":"other_host""#).await;
    let url = state(read).videos.remove(0).url;
    let port = service.base().rsplit(':').next().expect("a port");
    assert!(
        url.starts_with(&format!("http://localhost:{port}/files/")),
        "{url}"
    );
    let addr = service
        .base()
        .trim_start_matches("http://")
        .parse()
        .expect("an address");
    let http = rushes_server::http_client_builder()
        .resolve("localhost", addr)
        .build();
    let answer = http.expect("a client").get(&url).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
}

/// The path of a finished task's video.
async fn link(service: &OverHttp) -> String {
    let id = task(service).await;
    let url = state(client(service).read(&id).await).videos.remove(0).url;
    url[service.base().len()..].to_owned()
}

#[tokio::test]
async fn a_file_can_come_otherwise_than_announced() {
    let plain = service(QUICK, "").await;
    let whole = plain.send(Asked::get(link(&plain).await)).await.body;
    assert_eq!(&whole[4..8], b"ftyp");
    let size = whole.len();
    // What is announced, and what comes.
    let cases = [
        (r#""do":"cut""#, size, size / 2),
        (r#""do":"cut","at":0"#, size, 0),
        (r#""do":"cut","at":0.25"#, size, size / 4),
        (r#""do":"wrong_length""#, size + 1000, size),
        (r#""do":"wrong_length","by":-100"#, size - 100, size - 100),
        (r#""do":"slow","bytes_per_sec":500000"#, size, size),
        (r#""do":"stall","for_ms":30"#, size, size),
        (r#""do":"no_cors""#, size, size),
    ];
    for (fault, announced, comes) in cases {
        let service = service(QUICK, &format!(r#"{{"on":"file",{fault}}}"#)).await;
        let answer = raw_get(&service, &link(&service).await).await;
        let head = String::from_utf8_lossy(&answer[..answer.len() - body(&answer).len()]).to_lowercase();
        assert!(
            head.contains(&format!("content-length: {announced}\r\n")),
            "{fault}: {head}"
        );
        assert_eq!(
            head.contains("access-control"),
            !fault.contains("no_cors"),
            "{fault}: {head}"
        );
        assert!(
            body(&answer) == &whole[..comes],
            "{fault}: {} of {size}",
            body(&answer).len()
        );
    }
    for (fault, status) in [
        (r#""do":"error","status":403"#, "403"),
        (r#""do":"rate_limit""#, "429"),
        (
            r#""do":"redirect","to":"http://elsewhere.example/v.mp4","status":302"#,
            "302",
        ),
    ] {
        let service = service(QUICK, &format!(r#"{{"on":"file",{fault}}}"#)).await;
        let answer = raw_get(&service, &link(&service).await).await;
        assert!(
            answer.starts_with(format!("HTTP/1.1 {status} ").as_bytes()),
            "{fault}"
        );
    }
}

#[tokio::test]
async fn a_dropped_connection_ends_without_a_byte() {
    for when in ["before", "after"] {
        for on in ["read", "file"] {
            let service = service(
                QUICK,
                &format!(r#"{{"on":"{on}","after":1,"do":"drop","when":"{when}"}}"#),
            )
            .await;
            let link = link(&service).await;
            if on == "file" {
                assert_eq!(service.send(Asked::get(&link)).await.status, 200, "the first");
            }
            let path = if on == "file" {
                &link
            } else {
                "/v3/async/task-result?task_id=x"
            };
            assert_eq!(raw_get(&service, path).await, b"", "{on} {when}");
        }
    }
}

#[tokio::test]
async fn a_closed_port_refuses_and_opens_again() {
    let service = service(QUICK, r#"{"on":"read","nth":1,"do":"refuse","for_ms":400}"#).await;
    let addr = service.base().trim_start_matches("http://").to_owned();
    // A connection that has nothing to do with it is cut as well.
    let mut other = TcpStream::connect(&addr).await.expect("it is listening");
    assert_eq!(raw_get(&service, "/v3/async/task-result?task_id=x").await, b"");
    let mut rest = Vec::new();
    let _ = other.read_to_end(&mut rest).await;
    assert_eq!(rest, b"");
    let mut refusals = 0;
    while TcpStream::connect(&addr).await.is_err() {
        refusals += 1;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(refusals > 0);
    assert_eq!(service.send(Asked::read("x")).await.status, 404, "as before");
    let refused = client(&service);
    // Nobody listens where nobody listened from the start: surely nothing was sent.
    assert!(matches!(
        refused.create(&request("A hen")).await,
        Created::Accepted(_)
    ));
}

#[tokio::test]
async fn a_stall_without_end_says_nothing_and_bills_what_came_before_it() {
    for (when, billed) in [("before", 0), ("after", 1)] {
        let service = service(
            QUICK,
            &format!(r#"{{"on":"create","do":"stall","when":"{when}"}}"#),
        )
        .await;
        let body = json!({ "prompt": "A fox" }).to_string();
        let post = format!(
            "POST {} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}",
            Endpoint::TextToVideo.path(),
            body.len()
        );
        let addr = service.base().trim_start_matches("http://");
        let mut stream = TcpStream::connect(addr).await.expect("it is listening");
        stream
            .write_all(format!("{post}\r\nHost: {addr}\r\n\r\n{body}").as_bytes())
            .await
            .expect("it is listening");
        let bill = || service.state().faults().expect("faults").bill();
        while bill().posts == 0 || bill().accepted < billed {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(stream.read_u8().now_or_never().is_none(), "not a byte");
        drop(stream);
        // The caller is gone, the server is not.
        assert_eq!(service.send(Asked::read("x")).await.status, 404);
        assert_eq!((bill().accepted, bill().answered), (billed, 0), "{when}");
    }
}

#[tokio::test]
async fn a_caller_who_goes_while_a_task_is_made_is_billed_all_the_same() {
    let service = service(QUICK, "").await;
    let body = json!({ "prompt": "A fox" }).to_string();
    for _ in 0..20 {
        let addr = service.base().trim_start_matches("http://");
        let mut stream = TcpStream::connect(addr).await.expect("it is listening");
        let post = format!(
            "POST {} HTTP/1.1\r\nHost: {addr}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            Endpoint::TextToVideo.path(),
            body.len()
        );
        stream.write_all(post.as_bytes()).await.expect("it is listening");
    }
    let bill = || service.state().faults().expect("faults").bill();
    while bill().accepted < bill().posts || bill().posts == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let tasks = &bill().intents[0].tasks;
    for id in tasks {
        assert_eq!(service.send(Asked::read(id)).await.status, 200);
    }
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
