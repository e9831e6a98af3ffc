//! A transport that answers by a script, in simulated time.

#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rushes_client::{Client, Config, Outgoing, Secret, Transport};
use rushes_core::exchange::{Arrival, Body, Method};
use rushes_core::{Endpoint, Input, Request, TaskId, check};
use tokio::time::Instant;

pub(crate) const CANARY: &str = "canary+key/7";

/// Answers from a list, the last one for ever, each after a time; counts what is sent.
#[derive(Clone)]
pub(crate) struct Scripted(pub(crate) Arc<Script>);

pub(crate) struct Script {
    arrivals: Mutex<VecDeque<Arrival>>,
    latency_ms: u64,
    posts: AtomicUsize,
    gets: AtomicUsize,
    pub(crate) sent: Mutex<Vec<String>>,
    started: Instant,
}

impl Scripted {
    pub(crate) fn new(arrivals: Vec<Arrival>, latency_ms: u64) -> Self {
        Self(Arc::new(Script {
            arrivals: Mutex::new(arrivals.into()),
            latency_ms,
            posts: AtomicUsize::new(0),
            gets: AtomicUsize::new(0),
            sent: Mutex::new(Vec::new()),
            started: Instant::now(),
        }))
    }

    pub(crate) fn posts(&self) -> usize {
        self.0.posts.load(Ordering::SeqCst)
    }

    pub(crate) fn gets(&self) -> usize {
        self.0.gets.load(Ordering::SeqCst)
    }

    pub(crate) fn client(&self) -> Client<Self> {
        let key = Some(Secret::new(CANARY).expect("a key"));
        Client::new(
            self.clone(),
            Config {
                key,
                ..Config::default()
            },
        )
    }
}

impl Transport for Scripted {
    async fn send(&self, outgoing: Outgoing<'_>) -> Arrival {
        let script = &self.0;
        let count = if outgoing.method == Method::Post {
            &script.posts
        } else {
            &script.gets
        };
        count.fetch_add(1, Ordering::SeqCst);
        let headers: Vec<String> = outgoing
            .headers()
            .map(|(name, value)| format!("{name}: {}", value.as_str()))
            .collect();
        script
            .sent
            .lock()
            .expect("lock")
            .push(format!("{} {}", outgoing.url, headers.join(", ")));
        assert!(!format!("{outgoing:?}").contains("canary"), "no key in Debug");
        tokio::time::sleep(Duration::from_millis(script.latency_ms)).await;
        let mut arrivals = script.arrivals.lock().expect("lock");
        if arrivals.len() > 1 {
            arrivals.pop_front()
        } else {
            arrivals.front().cloned()
        }
        .expect("a script")
    }

    async fn sleep(&self, ms: u64) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.0.started.elapsed().as_millis()).expect("a short test")
    }

    fn now_unix_ms(&self) -> u64 {
        1_700_000_000_000 + self.now_ms()
    }
}

pub(crate) fn request() -> Request {
    let input = Input::Object(vec![("prompt".to_owned(), Input::Text("A fox".to_owned()))]);
    check(Endpoint::TextToVideo, input).expect("valid").request
}

pub(crate) fn id(text: &str) -> TaskId {
    TaskId::new(text).expect(text)
}

pub(crate) fn answer(status: u16, body: &str) -> Arrival {
    Arrival::Answer {
        status,
        retry_after: None,
        body: Body::from_json_text(body),
    }
}

pub(crate) fn limited(retry_after: &str) -> Arrival {
    Arrival::Answer {
        status: 429,
        retry_after: Some(retry_after.to_owned()),
        body: Body::Text(String::new()),
    }
}

pub(crate) fn lost() -> Arrival {
    Arrival::Lost {
        detail: "reset".to_owned(),
    }
}

pub(crate) fn not_sent() -> Arrival {
    Arrival::NotSent {
        detail: "refused".to_owned(),
    }
}

pub(crate) fn state(status: &str) -> Arrival {
    answer(
        200,
        &format!(r#"{{"task":{{"task_id":"t-1","status":"TASK_STATUS_{status}"}}}}"#),
    )
}
