//! What a fault does to connections and bodies, byte by byte.

use std::time::Duration;

use futures_util::FutureExt;
use rushes_contract::{Asked, Backend};
use rushes_core::Endpoint;
use rushes_core::exchange::Created;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{QUICK, client, link, raw_get, request, service};

fn body(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    &answer[end.expect("a head") + 4..]
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
    let bill = || service.state().faults().expect("faults").bill();
    // Each caller stays a little longer than the one before, until some stayed long enough to be heard.
    let mut stays = Duration::ZERO;
    while bill().posts < 5 {
        let addr = service.base().trim_start_matches("http://");
        let mut stream = TcpStream::connect(addr).await.expect("it is listening");
        let post = format!(
            "POST {} HTTP/1.1\r\nHost: {addr}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            Endpoint::TextToVideo.path(),
            body.len()
        );
        stream.write_all(post.as_bytes()).await.expect("it is listening");
        tokio::time::sleep(stays).await;
        stays += Duration::from_millis(1);
    }
    while bill().accepted < bill().posts {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let tasks = &bill().intents[0].tasks;
    for id in tasks {
        assert_eq!(service.send(Asked::read(id)).await.status, 200);
    }
}
