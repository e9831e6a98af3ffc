//! What only the local service has: results as files, expiry, a bounded queue, guards.

use std::time::Duration;

use http::Method;
use rushes_contract::{Answered, Asked, Backend, Local, OverHttp, Settings, images, tables};
use rushes_core::Endpoint;
use serde_json::{Value, json};

/// A task's last state, once it has ended.
async fn ended(service: &Local, id: &str) -> Value {
    loop {
        let state = service.send(Asked::read(id)).await.json();
        match state["task"]["status"].as_str() {
            Some("TASK_STATUS_SUCCEED" | "TASK_STATUS_FAILED") => return state,
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn created(service: &Local, endpoint: Endpoint, body: &Value) -> String {
    let answer = service.send(Asked::create(endpoint, body)).await;
    answer.json()["task_id"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer:?}"))
        .to_owned()
}

/// The path and query of a finished task's video.
async fn video(service: &Local, sound: bool) -> (String, String) {
    let body = tables::text_to_video(json!({ "aspect_ratio": "1:1", "sound": sound }));
    let id = created(service, Endpoint::TextToVideo, &body).await;
    let state = ended(service, &id).await;
    (id, link(&state))
}

#[track_caller]
fn link(state: &Value) -> String {
    let url = state["videos"][0]["video_url"]
        .as_str()
        .unwrap_or_else(|| panic!("{state}"));
    url.strip_prefix("http://127.0.0.1:7400")
        .expect("the host that was asked for")
        .to_owned()
}

#[track_caller]
fn shared_with_all(answer: &Answered) {
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(
        answer
            .header("access-control-expose-headers")
            .contains("content-range")
    );
}

#[tokio::test]
async fn a_result_is_read_whole_and_in_parts() {
    let service = Local::start();
    let (_, link) = video(&service, true).await;
    let whole = service
        .send(Asked::get(&link).with("origin", "https://anywhere.example"))
        .await;
    assert_eq!(
        (whole.status.as_u16(), whole.header("content-type")),
        (200, "video/mp4")
    );
    shared_with_all(&whole);
    let size = whole.body.len();
    assert_eq!(whole.header("content-length"), size.to_string());
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let tag = whole.header("etag").to_owned();

    let head = service.send(Asked::new(Method::HEAD, &link)).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), size.to_string());

    let parts = [
        ("bytes=0-99".to_owned(), 0, 100),
        (format!("bytes={}-", size - 7), size - 7, 7),
        ("bytes=-5".to_owned(), size - 5, 5),
    ];
    for (range, start, length) in parts {
        let part = service
            .send(Asked::get(&link).with("range", &range).with("if-range", &tag))
            .await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.body, whole.body.slice(start..start + length), "{range}");
        assert_eq!(
            part.header("content-range"),
            format!("bytes {start}-{}/{size}", start + length - 1)
        );
        shared_with_all(&part);
    }
    let other = service
        .send(
            Asked::get(&link)
                .with("range", "bytes=0-9")
                .with("if-range", "\"other\""),
        )
        .await;
    assert_eq!((other.status.as_u16(), other.body.len()), (200, size));
    let outside = service
        .send(Asked::get(&link).with("range", &format!("bytes={size}-")))
        .await;
    outside.error(416, "INVALID_REQUEST_BODY");
    assert_eq!(outside.header("content-range"), format!("bytes */{size}"));
    let unchanged = service.send(Asked::get(&link).with("if-none-match", &tag)).await;
    assert_eq!((unchanged.status.as_u16(), unchanged.body.len()), (304, 0));
    let asked_first = service
        .send(Asked::new(Method::OPTIONS, &link).with("origin", "https://x.example"))
        .await;
    assert_eq!(asked_first.status, 204);
    shared_with_all(&asked_first);
}

#[tokio::test]
async fn an_old_link_is_dead_and_a_fresh_one_lives() {
    let service = Local::start();
    let (id, link) = video(&service, false).await;
    service.pass(Duration::from_secs(3590));
    assert_eq!(service.send(Asked::get(&link)).await.status, 200);
    service.pass(Duration::from_secs(11));
    service
        .send(Asked::get(&link))
        .await
        .error(403, "API_NOT_ALLOWED");
    let fresh = self::link(&ended(&service, &id).await);
    assert_ne!(fresh, link);
    assert_eq!(service.send(Asked::get(&fresh)).await.status, 200);
}

#[tokio::test]
async fn links_cannot_be_guessed_or_bent() {
    let service = Local::start();
    let (id, link) = video(&service, false).await;
    let (path, query) = link.split_once('?').expect("a signed link");
    let longer = query.replace("expires=", "expires=9");
    let forged = [
        path.to_owned(),
        format!("{path}?{longer}"),
        format!("{path}?expires=1&signature=00"),
    ];
    for forged in forged {
        service
            .send(Asked::get(forged))
            .await
            .error(403, "API_NOT_ALLOWED");
    }
    let missing = [
        format!("/files/{id}"),
        format!("/files/{id}/other.mp4?{query}"),
        format!("/files/{id}/record.json?{query}"),
        "/files/".to_owned(),
        "/files/../link-key".to_owned(),
        "/files/%2e%2e/%2e%2e/link-key".to_owned(),
    ];
    for missing in missing {
        service
            .send(Asked::get(missing))
            .await
            .error(404, "API_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_full_queue_says_when_to_come_back() {
    let service = Local::with(&Settings {
        queue: Some(0),
        ..Settings::default()
    });
    let body = tables::text_to_video(json!({ "duration": 15 }));
    let first = created(&service, Endpoint::TextToVideo, &body).await;
    let refused = service.send(Asked::create(Endpoint::TextToVideo, &body)).await;
    refused.error(429, "RATE_LIMIT_EXCEEDED");
    let secs: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!(secs >= 1, "{secs}");
    assert_eq!(
        service.send(Asked::read(&first)).await.status,
        200,
        "the first one goes on"
    );
}

#[tokio::test]
async fn a_private_image_url_fails_the_task_and_says_why() {
    let service = Local::start();
    for url in [
        "http://127.0.0.1:9/a.png",
        "http://localhost/a.png",
        "http://169.254.169.254/latest",
    ] {
        let body = tables::image_to_video(json!({ "image": url }));
        let id = created(&service, Endpoint::ImageToVideo, &body).await;
        let state = ended(&service, &id).await;
        assert_eq!(state["task"]["status"], "TASK_STATUS_FAILED", "{state}");
        let reason = state["task"]["reason"].as_str().expect("a reason");
        assert!(
            reason.contains("private network") && !reason.contains("127"),
            "{reason}"
        );
        assert_eq!(state["videos"], json!([]));
    }
}

#[tokio::test]
async fn a_picture_behind_a_url_is_fetched_and_judged() {
    let dir = tempfile::tempdir().expect("a folder");
    let files: [(&str, &[u8]); 3] = [
        ("index.html", b"<!doctype html>"),
        ("a.jpg", images::JPEG),
        ("a.png", b"GIF89a no png at all"),
    ];
    for (name, bytes) in files {
        std::fs::write(dir.path().join(name), bytes).expect("a file");
    }
    let host = OverHttp::with(&Settings {
        page: Some(dir.path().to_owned()),
        ..Settings::default()
    })
    .await;
    let service = Local::with(&Settings {
        allow_private_images: true,
        ..Settings::default()
    });
    let cases = [
        ("a.jpg", "TASK_STATUS_SUCCEED", ""),
        ("a.png", "TASK_STATUS_FAILED", "PNG"),
        ("gone.png", "TASK_STATUS_FAILED", "404"),
    ];
    for (name, status, word) in cases {
        let url = format!("{}/{name}", host.base());
        let body = tables::image_to_video(json!({ "image": url, "end_image": url }));
        let id = created(&service, Endpoint::ImageToVideo, &body).await;
        let state = ended(&service, &id).await;
        assert_eq!(state["task"]["status"], status, "{state}");
        assert!(
            state["task"]["reason"]
                .as_str()
                .is_some_and(|reason| reason.contains(word)),
            "{state}"
        );
    }
}

#[tokio::test]
async fn a_picture_of_too_many_pixels_is_refused() {
    let service = Local::start();
    let uri = images::data_uri("image/png", &images::png(15_000, 7_000));
    for field in ["image", "end_image"] {
        let body = tables::image_to_video(json!({ field: uri }));
        let answer = service.send(Asked::create(Endpoint::ImageToVideo, &body)).await;
        answer.error(400, "IMAGE_EXCEEDS_MAX_RESOLUTION");
    }
}

#[tokio::test]
async fn tokens_are_asked_for_where_there_are_some() {
    let service = Local::with(&Settings {
        tokens: "canary-token",
        ..Settings::default()
    });
    let asked = || Asked::read("0");
    service.send(asked()).await.error(401, "MISSING_API_KEY");
    for wrong in [
        "Bearer nope",
        "Bearer",
        "Basic canary-token",
        "canary-token",
        "Bearer canary-token2",
    ] {
        let answer = service.send(asked().with("authorization", wrong)).await;
        answer.error(401, "INVALID_API_KEY");
        assert!(!String::from_utf8_lossy(&answer.body).contains("canary"));
    }
    service
        .send(asked().with("authorization", "Bearer canary-token"))
        .await
        .error(404, "TASK_NOT_FOUND");
    assert_eq!(
        service.send(Asked::get("/healthz")).await.json()["needs_token"],
        true
    );
}

#[tokio::test]
async fn other_names_and_origins_are_turned_away() {
    let service = Local::start();
    for host in ["evil.example", "127.0.0.1.nip.io:7400", "192.168.1.7:7400", ""] {
        for path in ["/", "/healthz", "/v3/async/task-result?task_id=0"] {
            service
                .send(Asked::get(path).with("host", host))
                .await
                .error(421, "API_NOT_ALLOWED");
        }
    }
    let good = Asked::create(Endpoint::TextToVideo, &tables::text_to_video(json!({})));
    for origin in ["https://evil.example", "null", "http://localhost.evil.example"] {
        let answer = service.send(good.clone().with("origin", origin)).await;
        answer.error(403, "API_NOT_ALLOWED");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
    let mine = service
        .send(Asked::read("0").with("origin", "http://localhost:5173"))
        .await;
    mine.error(404, "TASK_NOT_FOUND");
    assert_eq!(
        mine.header("access-control-allow-origin"),
        "http://localhost:5173"
    );
    let asked_first = Asked::new(Method::OPTIONS, Endpoint::TextToVideo.path())
        .with("origin", "http://localhost:5173")
        .with("access-control-request-method", "POST");
    let allowed = service.send(asked_first).await;
    assert_eq!(allowed.status, 204);
    assert_eq!(
        allowed.header("access-control-allow-headers"),
        "authorization, content-type, idempotency-key"
    );
}

#[tokio::test]
async fn facts_are_told() {
    let service = Local::start();
    let health = service.send(Asked::get("/healthz")).await.json();
    assert_eq!(
        (&health["status"], &health["mode"]),
        (&json!("ok"), &json!("local"))
    );
    assert_eq!(
        health["queue"],
        json!({ "waiting": 0, "room": 16, "rendering": false })
    );
    let description = service.send(Asked::get("/openapi.json")).await.json();
    let paths = description["paths"].as_object().expect("paths");
    let known = [
        Endpoint::TextToVideo.path(),
        Endpoint::ImageToVideo.path(),
        rushes_server::TASK_RESULT_PATH,
    ];
    assert_eq!(paths.len(), known.len());
    assert!(known.iter().all(|path| paths.contains_key(*path)));
}

#[tokio::test]
async fn old_results_make_room() {
    let service = Local::start();
    let (id, link) = video(&service, false).await;
    let rushes_server::Mode::Local(engine) = service.state().mode() else {
        panic!("a local service")
    };
    engine.clean();
    assert_eq!(
        service.send(Asked::get(&link)).await.status,
        200,
        "too young to go"
    );
    service.pass(Duration::from_hours(8 * 24));
    engine.clean();
    service.send(Asked::read(&id)).await.error(404, "TASK_NOT_FOUND");
}
