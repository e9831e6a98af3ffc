//! The native transport against a small server that misbehaves. Run with `--features native`.
#![cfg(feature = "native")]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rushes_client::{
    BaseUrl, Cancel, Client, Config, Native, Outgoing, Secret, Transport, WaitOptions, Waited,
};
use rushes_core::exchange::{Arrival, Body, Created, Method, Read};
use rushes_core::{Endpoint, FailureKind, Input, Request, Status, TaskId, check};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CANARY: &str = "sk_canary";

/// What the server does with a request once it has read it whole.
#[derive(Clone, Debug)]
enum Act {
    /// Writes these bytes and closes the connection.
    Say(String),
    /// Writes these bytes and then resets the connection.
    SayAndReset(String),
    /// Says nothing, for ever.
    Hang,
}

/// A server that does one thing per request, the last one for ever, and keeps what it was sent.
struct Server {
    addr: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, acts.clone(), Arc::clone(&kept)));
            }
        });
        Self { addr, requests }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("lock").clone()
    }

    fn client(&self) -> Client<Native> {
        let base_url = BaseUrl::new(&self.url("")).expect("a URL");
        let key = Some(Secret::new(CANARY).expect("a key"));
        Client::new(
            Native::new().expect("a transport"),
            Config {
                base_url,
                key,
                ..Config::default()
            },
        )
    }
}

async fn serve(mut stream: TcpStream, acts: Vec<Act>, kept: Arc<Mutex<Vec<String>>>) {
    let mut bytes = Vec::new();
    while !is_whole(&bytes) {
        let mut buffer = [0; 4096];
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
    let act = {
        let mut kept = kept.lock().expect("lock");
        kept.push(String::from_utf8_lossy(&bytes).into_owned());
        acts[(kept.len() - 1).min(acts.len() - 1)].clone()
    };
    match act {
        Act::Say(text) => {
            // The client may have gone; what it makes of that is what is tested.
            drop(stream.write_all(text.as_bytes()).await);
            drop(stream.shutdown().await);
        }
        Act::SayAndReset(text) => {
            drop(stream.write_all(text.as_bytes()).await);
            stream.set_zero_linger().expect("a socket option");
        }
        Act::Hang => std::future::pending().await,
    }
}

/// Whether head and body of the request are there.
fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length: ")
            .map(str::to_owned)
    });
    body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

fn http(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn request() -> Request {
    let input = Input::Object(vec![("prompt".to_owned(), Input::Text("A fox".to_owned()))]);
    check(Endpoint::TextToVideo, input).expect("valid").request
}

fn id(text: &str) -> TaskId {
    TaskId::new(text).expect(text)
}

/// One word for what arrived.
fn word(arrival: &Arrival) -> String {
    match arrival {
        Arrival::Answer { status, .. } => status.to_string(),
        Arrival::NotSent { .. } => "not sent".to_owned(),
        Arrival::Lost { .. } => "lost".to_owned(),
    }
}

#[tokio::test]
async fn every_way_a_post_can_go_wrong_is_named_rightly_and_sent_once() {
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"task_id\":";
    let half_refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\n{\"reason\":";
    let endless = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n{}",
        "x".repeat(5_000_000)
    );
    let cases = [
        (Act::Say(http("200 OK", "", r#"{"task_id":"t-1"}"#)), "200"),
        (Act::Say(http("404 Not Found", "", "404 page not found")), "404"),
        (
            Act::Say(http("429 Too Many Requests", "Retry-After: 7\r\n", "{}")),
            "429",
        ),
        (Act::Say(http("503 Service Unavailable", "", "<html>")), "503"),
        (Act::SayAndReset(String::new()), "lost"),
        (Act::Say(String::new()), "lost"),
        (Act::Say("gibberish\r\n\r\n".to_owned()), "lost"),
        (Act::Say(half.to_owned()), "lost"),
        (Act::SayAndReset(half.to_owned()), "lost"),
        (Act::Say(half_refusal.to_owned()), "403"),
        (Act::Say(endless), "lost"),
        (Act::Hang, "lost"),
    ];
    let transport = Native::new().expect("a transport");
    for (act, expected) in cases {
        let words: String = format!("{act:?}").chars().take(90).collect();
        // Only the one that hangs needs its limit; the others must not run into it on a busy machine.
        let timeout_ms = if matches!(act, Act::Hang) { 300 } else { 60_000 };
        let server = Server::start(vec![act]).await;
        let outgoing = Outgoing::new(Method::Post, server.url("/v3"), Some("{}"), timeout_ms, None);
        let arrival = transport.send(outgoing).await;
        assert_eq!(word(&arrival), expected, "{words}: {arrival:?}");
        assert_eq!(server.requests().len(), 1, "{words}");
        if let Arrival::Lost { detail } | Arrival::NotSent { detail } = arrival {
            assert!(
                !detail.is_empty() && !detail.contains("127.0.0.1"),
                "{words}: {detail}"
            );
        }
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port")
        .local_addr()
        .expect("an address");
    let transport = Native::new().expect("a transport");
    let urls = [
        format!("http://{closed}/v3"),
        "http://no-such-host.invalid/v3".to_owned(),
        "http://exa mple/".to_owned(),
    ];
    for url in urls {
        let arrival = transport
            .send(Outgoing::new(Method::Post, url.clone(), Some("{}"), 60_000, None))
            .await;
        assert_eq!(word(&arrival), "not sent", "{url}: {arrival:?}");
    }
    // A server that does not speak TLS: the handshake fails before anything of the request leaves.
    let tls = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let tls_addr = tls.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = tls.accept().await {
            drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await);
        }
    });
    let outgoing = Outgoing::new(
        Method::Post,
        format!("https://{tls_addr}/v3"),
        Some("{}"),
        60_000,
        None,
    );
    let arrival = transport.send(outgoing).await;
    assert_eq!(word(&arrival), "not sent", "{arrival:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_key_stays() {
    let elsewhere = Server::start(vec![Act::Say(http("200 OK", "", r#"{"task_id":"t-1"}"#))]).await;
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let location = format!("Location: {}\r\n", elsewhere.url("/v3"));
        let server = Server::start(vec![Act::Say(http(status, &location, ""))]).await;
        let Created::Unsure(failure) = server.client().create(&request()).await else {
            panic!("{status}")
        };
        assert_eq!(failure.status, status[..3].parse().ok(), "{status}");
        let Read::Missed(_) = server.client().read(&id("t-1")).await else {
            panic!("{status}")
        };
    }
    assert!(elsewhere.requests().is_empty(), "{:?}", elsewhere.requests());
}

#[tokio::test]
async fn the_client_creates_and_waits_for_a_task() {
    let state = |status| {
        http(
            "200 OK",
            "",
            &format!(r#"{{"task":{{"status":"TASK_STATUS_{status}","eta":1}}}}"#),
        )
    };
    let server = Server::start(vec![
        Act::Say(http("200 OK", "", r#"{"task_id":"t-1"}"#)),
        Act::Say(state("QUEUED")),
        Act::SayAndReset(String::new()),
        Act::Say(state("SUCCEED")),
    ])
    .await;
    let client = server.client();
    let Created::Accepted(task) = client.create(&request()).await else {
        panic!("accepted")
    };
    let mut looks = 0;
    let waited = client
        .wait(
            &task,
            WaitOptions {
                age_ms: 60_000,
                ..WaitOptions::default()
            },
            |_| looks += 1,
        )
        .await;
    let Waited::Ended(state) = waited else {
        panic!("{waited:?}")
    };
    assert_eq!((state.status, looks), (Status::Succeeded, 3));
    let requests = server.requests();
    let post = requests[0].to_ascii_lowercase();
    assert!(
        post.starts_with("post /v3/async/kling-v3.0-std-t2v http/1.1\r\n"),
        "{post}"
    );
    assert!(post.contains("content-type: application/json\r\n"), "{post}");
    assert!(post.contains("authorization: bearer sk_canary\r\n"), "{post}");
    assert!(requests[0].ends_with(&request().body()), "{post}");
    assert!(
        requests[1].starts_with("GET /v3/async/task-result?task_id=t-1 HTTP/1.1\r\n"),
        "{}",
        requests[1]
    );
}

#[tokio::test]
async fn a_lost_answer_is_unsure_and_one_post() {
    let accepted_then_cut = "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{\"task_id\"";
    let server = Server::start(vec![Act::SayAndReset(accepted_then_cut.to_owned())]).await;
    let Created::Unsure(failure) = server.client().create(&request()).await else {
        panic!("unsure")
    };
    assert_eq!((failure.kind, failure.retryable), (FailureKind::Unsure, false));
    assert!(!format!("{failure:?}").contains("canary"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_cancel_ends_a_read_that_hangs() {
    let server = Server::start(vec![Act::Hang]).await;
    let client = server.client();
    let cancel = Cancel::new();
    let task = id("t-1");
    let stop = async {
        while server.requests().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        cancel.cancel();
    };
    let (read, ()) = tokio::join!(cancel.race(client.read(&task)), stop);
    assert!(read.is_err(), "{read:?}");
}

#[tokio::test]
async fn numbers_and_text_arrive_as_they_are() {
    let server = Server::start(vec![Act::Say(http(
        "418 I'm a teapot",
        "Retry-After: soon\r\n",
        "short and stout",
    ))])
    .await;
    let transport = Native::new().expect("a transport");
    let arrival = transport
        .send(Outgoing::new(Method::Get, server.url("/"), None, 60_000, None))
        .await;
    let expected = Arrival::Answer {
        status: 418,
        retry_after: Some("soon".to_owned()),
        body: Body::Text("short and stout".to_owned()),
    };
    assert_eq!(arrival, expected);
}
