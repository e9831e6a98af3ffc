//! The misbehaving service over real HTTP: every fault does what `docs/faults.md` says, and this project's own client
//! takes each of them for what it is.

mod bill;
mod connections;
mod meanings;

use rushes_client::{BaseUrl, Client, Config, Native};
use rushes_contract::{OverHttp, Settings};
use rushes_core::exchange::{Created, Read};
use rushes_core::{Endpoint, Request, TaskId, TaskState, check};
use serde_json::json;
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

fn state(read: Read) -> TaskState {
    match read {
        Read::State(state) => *state,
        Read::Missed(failure) => panic!("{failure:?}"),
    }
}

/// The path of a finished task's video.
async fn link(service: &OverHttp) -> String {
    let id = task(service).await;
    let url = state(client(service).read(&id).await).videos.remove(0).url;
    url[service.base().len()..].to_owned()
}
