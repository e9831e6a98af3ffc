//! The program as a process, and a provider that does as it is told.

#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A running `rushes-server`, killed when it is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) url: String,
    log: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts the program on a free port and waits until it listens.
    pub(crate) fn start(data: &Path, flags: &[&str], env: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rushes-server"));
        command
            .args(["--addr", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(flags);
        for name in ["NOVITA_API_KEY", "NOVITA_BASE_URL", "RUSHES_ACCESS_TOKENS"] {
            command.env_remove(name);
        }
        command
            .envs(env.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut err = child.stderr.take().expect("a pipe");
        let log = thread::spawn(move || {
            let mut text = String::new();
            err.read_to_string(&mut text).expect("a log in UTF-8");
            text
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut line)
            .expect("a line");
        let url = line
            .trim()
            .strip_prefix("listening on ")
            .unwrap_or_default()
            .to_owned();
        Self {
            child,
            url,
            log: Some(log),
        }
    }

    /// Ends it at once, as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it ran");
        self.child.wait().expect("it ended");
    }

    /// Asks it to end and waits until it has.
    pub(crate) fn terminate(&mut self) -> ExitStatus {
        self.ask_to_end();
        self.child.wait().expect("it ended")
    }

    /// Asks it to end.
    pub(crate) fn ask_to_end(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .expect("kill is there");
        assert!(sent.success());
    }

    /// How it ended, and everything it logged.
    pub(crate) fn ended(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().expect("it ended");
        (
            status,
            self.log.take().expect("taken once").join().expect("a log"),
        )
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> reqwest::Response {
        self.post_as(path, body, None).await
    }

    /// Posts under that `Idempotency-Key`.
    pub(crate) async fn post_as(&self, path: &str, body: &Value, key: Option<&str>) -> reqwest::Response {
        let mut request = client()
            .post(format!("{}{path}", self.url))
            .header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request
            .header("authorization", "Bearer callers-own")
            .body(body.to_string())
            .send()
            .await
            .expect("an answer")
    }

    /// Asks what came of that `Idempotency-Key`.
    pub(crate) async fn settle(&self, key: &str) -> Value {
        let url = format!("{}/intents/{key}", self.url);
        json_of(client().post(url).send().await.expect("an answer")).await
    }

    pub(crate) async fn read(&self, id: &str) -> Value {
        let url = format!("{}/v3/async/task-result?task_id={id}", self.url);
        let answer = client().get(url).send().await.expect("an answer");
        json_of(answer).await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn client() -> reqwest::Client {
    rushes_server::http_client_builder().build().expect("a client")
}

pub(crate) async fn json_of(answer: reqwest::Response) -> Value {
    serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON")
}

pub(crate) fn text_request(secs: u8) -> Value {
    json!({ "prompt": "A fox leaps a mossy log", "duration": secs, "aspect_ratio": "1:1" })
}

pub(crate) const T2V: &str = "/v3/async/kling-v3.0-std-t2v";

/// What a [`Provider`] does with a request.
#[derive(Clone)]
pub(crate) enum Does {
    /// Answers these bytes; `{auth}` in them becomes the request's own Authorization header.
    Answer(String),
    /// Answers nothing and hangs up.
    HangUp,
    /// Waits until the permit comes, then answers.
    AnswerLater(Arc<tokio::sync::Notify>, String),
    /// Answers by the path: the first whose path the request's begins with; hangs up on others.
    ByPath(Vec<(String, String)>),
}

/// A provider that does as it is told and counts what it is sent.
pub(crate) struct Provider {
    pub(crate) url: String,
    posts: Arc<AtomicUsize>,
    seen: Arc<Mutex<Vec<String>>>,
    does: Arc<Mutex<Does>>,
}

impl Provider {
    pub(crate) async fn start(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (posts, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let provider = Self {
            url,
            posts: Arc::clone(&posts),
            seen: Arc::clone(&seen),
            does: Arc::new(Mutex::new(does)),
        };
        let does = Arc::clone(&provider.does);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let does = does.lock().expect("no panic").clone();
                tokio::spawn(answer(stream, does, Arc::clone(&posts), Arc::clone(&seen)));
            }
        });
        provider
    }

    /// From now on answers that at that path, too.
    pub(crate) fn also(&self, path: &str, text: &str) {
        if let Does::ByPath(answers) = &mut *self.does.lock().expect("no panic") {
            answers.push((path.to_owned(), text.to_owned()));
        }
    }

    /// How many `POST`s came.
    pub(crate) fn posts(&self) -> usize {
        self.posts.load(Ordering::SeqCst)
    }

    /// The heads and bodies of all requests.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }
}

async fn answer(mut stream: TcpStream, does: Does, posts: Arc<AtomicUsize>, seen: Arc<Mutex<Vec<String>>>) {
    let Some(request) = whole_request(&mut stream).await else {
        return;
    };
    if request.starts_with("POST") {
        posts.fetch_add(1, Ordering::SeqCst);
    }
    let lower = request.to_ascii_lowercase();
    let auth = lower
        .find("authorization: ")
        .map_or("", |at| request[at + 15..].lines().next().unwrap_or_default());
    let auth = auth.to_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    seen.lock().expect("no panic").push(request);
    let text = match does {
        Does::ByPath(answers) => match answers.into_iter().find(|(start, _)| path.starts_with(start)) {
            Some((_, text)) => text,
            None => return,
        },
        Does::HangUp => return,
        Does::Answer(text) => text,
        Does::AnswerLater(when, text) => {
            when.notified().await;
            text
        }
    };
    // Whoever hung up meanwhile is what some tests are about.
    let _ = stream.write_all(text.replace("{auth}", &auth).as_bytes()).await;
    let _ = stream.shutdown().await;
}

async fn whole_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_ascii_lowercase();
            let length = length
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.lines().next()?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        let mut block = [0; 4096];
        match stream.read(&mut block).await {
            Ok(count) if count > 0 => bytes.extend_from_slice(&block[..count]),
            _ => return None,
        }
    }
}

/// An HTTP answer that ends with the connection.
pub(crate) fn http(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\n\r\n{body}")
}
