//! The client over a scripted transport, in simulated time: what arrives decides what is sent.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rushes_client::{
    BaseUrl, Cancel, Cancelled, Client, Config, Lookout, News, Outgoing, Secret, Transport, WaitOptions,
    Waited,
};
use rushes_core::exchange::{Arrival, Body, Created, Method, Read};
use rushes_core::watch::{Expectation, Outlook};
use rushes_core::{Endpoint, FailureKind, Input, Request, Status, TaskId, check};
use tokio::time::Instant;

const CANARY: &str = "canary+key/7";

/// Answers from a list, the last one for ever, each after a time; counts what is sent.
#[derive(Clone)]
struct Scripted(Arc<Script>);

struct Script {
    arrivals: Mutex<VecDeque<Arrival>>,
    latency_ms: u64,
    posts: AtomicUsize,
    gets: AtomicUsize,
    sent: Mutex<Vec<String>>,
    started: Instant,
}

impl Scripted {
    fn new(arrivals: Vec<Arrival>, latency_ms: u64) -> Self {
        Self(Arc::new(Script {
            arrivals: Mutex::new(arrivals.into()),
            latency_ms,
            posts: AtomicUsize::new(0),
            gets: AtomicUsize::new(0),
            sent: Mutex::new(Vec::new()),
            started: Instant::now(),
        }))
    }

    fn posts(&self) -> usize {
        self.0.posts.load(Ordering::SeqCst)
    }

    fn gets(&self) -> usize {
        self.0.gets.load(Ordering::SeqCst)
    }

    fn client(&self) -> Client<Self> {
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

fn request() -> Request {
    let input = Input::Object(vec![("prompt".to_owned(), Input::Text("A fox".to_owned()))]);
    check(Endpoint::TextToVideo, input).expect("valid").request
}

fn id(text: &str) -> TaskId {
    TaskId::new(text).expect(text)
}

fn answer(status: u16, body: &str) -> Arrival {
    Arrival::Answer {
        status,
        retry_after: None,
        body: Body::from_json_text(body),
    }
}

fn limited(retry_after: &str) -> Arrival {
    Arrival::Answer {
        status: 429,
        retry_after: Some(retry_after.to_owned()),
        body: Body::Text(String::new()),
    }
}

fn lost() -> Arrival {
    Arrival::Lost {
        detail: "reset".to_owned(),
    }
}

fn not_sent() -> Arrival {
    Arrival::NotSent {
        detail: "refused".to_owned(),
    }
}

fn state(status: &str) -> Arrival {
    answer(
        200,
        &format!(r#"{{"task":{{"task_id":"t-1","status":"TASK_STATUS_{status}"}}}}"#),
    )
}

#[tokio::test(start_paused = true)]
async fn one_intent_is_one_post_unless_it_surely_was_not_accepted() {
    let ok = || answer(200, r#"{"task_id":"t-1"}"#);
    let cases: Vec<(Vec<Arrival>, &str, usize, u64)> = vec![
        (vec![ok()], "accepted", 1, 0),
        (vec![lost(), ok()], "unsure", 1, 0),
        (vec![answer(200, "{}"), ok()], "unsure", 1, 0),
        (vec![answer(200, r#"{"task_id":"t-"#), ok()], "unsure", 1, 0),
        (vec![answer(302, ""), ok()], "unsure", 1, 0),
        (vec![answer(408, ""), ok()], "unsure", 1, 0),
        (vec![answer(500, ""), ok()], "unsure", 1, 0),
        (
            vec![answer(503, r#"{"reason":"SERVICE_NOT_AVAILABLE"}"#), ok()],
            "unsure",
            1,
            0,
        ),
        (
            vec![answer(500, r#"{"reason":"CREATE_TASK_FAILED"}"#), ok()],
            "unsure",
            1,
            0,
        ),
        (
            vec![answer(400, r#"{"reason":"ILLEGAL_PROMPT"}"#), ok()],
            "refused",
            1,
            0,
        ),
        (vec![answer(401, ""), ok()], "refused", 1, 0),
        (
            vec![answer(403, r#"{"reason":"NOT_ENOUGH_BALANCE"}"#), ok()],
            "refused",
            1,
            0,
        ),
        (vec![not_sent(), ok()], "accepted", 2, 1_000),
        (vec![not_sent(), not_sent(), ok()], "accepted", 3, 3_000),
        (
            vec![not_sent(), not_sent(), not_sent(), ok()],
            "refused",
            3,
            3_000,
        ),
        (vec![not_sent(), lost(), ok()], "unsure", 2, 1_000),
        (vec![limited("7"), ok()], "accepted", 2, 7_000),
        (vec![limited("7"), lost(), ok()], "unsure", 2, 7_000),
        (vec![limited("600"), ok()], "refused", 1, 0),
        (
            vec![answer(429, ""), answer(429, ""), answer(429, ""), ok()],
            "refused",
            3,
            30_000,
        ),
    ];
    for (script, expected, posts, waited_ms) in cases {
        let words = format!("{script:?}");
        let transport = Scripted::new(script, 0);
        let outcome = match transport.client().create(&request()).await {
            Created::Accepted(_) => "accepted",
            Created::Refused(_) => "refused",
            Created::Unsure(_) => "unsure",
        };
        assert_eq!(
            (outcome, transport.posts(), transport.gets()),
            (expected, posts, 0),
            "{words}"
        );
        let elapsed_ms = transport.now_ms();
        assert!(
            (waited_ms..=waited_ms + 5 * posts as u64).contains(&elapsed_ms),
            "{elapsed_ms}: {words}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_key_is_in_one_header_and_nowhere_else() {
    let echo = format!(r#"{{"reason":"INVALID_API_KEY","message":"no such key: {CANARY}"}}"#);
    let transport = Scripted::new(vec![answer(401, &echo)], 0);
    let client = transport.client();
    let created = client.create(&request()).await;
    let read = client.read(&id("t-1")).await;
    let failed = format!(r#"{{"task":{{"status":"TASK_STATUS_FAILED","reason":"key {CANARY} ran out"}}}}"#);
    let of_a_state = Scripted::new(vec![answer(200, &failed)], 0)
        .client()
        .read(&id("t-1"))
        .await;
    let shown = format!("{created:?} {read:?} {of_a_state:?} {:?}", client.config());
    assert!(!shown.contains("canary"), "{shown}");
    assert!(
        shown.contains("no such key: [removed]") && shown.contains("ran out"),
        "{shown}"
    );
    let sent = transport.0.sent.lock().expect("lock").clone();
    let base = BaseUrl::PROVIDER;
    assert_eq!(
        sent,
        [
            format!(
                "{base}/v3/async/kling-v3.0-std-t2v Accept: application/json, \
                 Content-Type: application/json, Authorization: Bearer {CANARY}"
            ),
            format!(
                "{base}/v3/async/task-result?task_id=t-1 Accept: application/json, Authorization: Bearer {CANARY}"
            ),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_key_that_clipping_would_cut_in_two_is_taken_out_whole() {
    // Whatever length it is that words are clipped to: one of these cuts through the key.
    for before in (3..1_500).step_by(5) {
        let words = "ha ".repeat(500)[..before].to_owned() + CANARY + &" ho".repeat(500);
        let bodies = [
            (
                401,
                format!(r#"{{"reason":"INVALID_API_KEY","message":"{words}"}}"#),
            ),
            (500, format!(r#"{{"error":{{"message":"{words}"}}}}"#)),
            (500, format!(r#"{{"error":"{words}"}}"#)),
            (500, words.clone()),
            (
                200,
                format!(r#"{{"task":{{"status":"TASK_STATUS_FAILED","reason":"{words}"}}}}"#),
            ),
        ];
        for (status, body) in bodies {
            let read = Scripted::new(vec![answer(status, &body)], 0)
                .client()
                .read(&id("t-1"))
                .await;
            let shown = format!("{read:?}");
            assert!(
                !shown.contains("canary") && shown.contains("ha "),
                "{before}: {shown}"
            );
        }
    }
    let lost = Arrival::Lost {
        detail: format!("reset by {CANARY}"),
    };
    let created = Scripted::new(vec![lost], 0).client().create(&request()).await;
    assert!(
        format!("{created:?}").contains("reset by [removed]"),
        "{created:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_short_key_costs_no_handle() {
    let body = r#"{"task":{"task_id":"t-1","status":"TASK_STATUS_SUCCEED"},
        "videos":[{"video_url":"https://example.org/t-1/STATUS.mp4","video_url_ttl":"3600"}]}"#;
    let transport = Scripted::new(vec![answer(200, body)], 0);
    for key in ["t-1", "SUCCEED", "https", "3600", "mp4"] {
        let key = Some(Secret::new(key).expect("a key"));
        let client = Client::new(
            transport.clone(),
            Config {
                key,
                ..Config::default()
            },
        );
        let Read::State(state) = client.read(&id("t-1")).await else {
            panic!("a state")
        };
        assert_eq!(state.videos[0].url, "https://example.org/t-1/STATUS.mp4");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_key_there_is_no_header_of_it() {
    let transport = Scripted::new(vec![state("QUEUED")], 0);
    let base_url = BaseUrl::new("http://127.0.0.1:7400").expect("a URL");
    let client = Client::new(
        transport.clone(),
        Config {
            base_url,
            ..Config::default()
        },
    );
    client.read(&id("t-1")).await;
    let sent = transport.0.sent.lock().expect("lock").clone();
    assert_eq!(
        sent,
        ["http://127.0.0.1:7400/v3/async/task-result?task_id=t-1 Accept: application/json"]
    );
}

#[tokio::test(start_paused = true)]
async fn waiting_outlasts_every_kind_of_bad_look() {
    let bad = vec![
        answer(404, r#"{"reason":"TASK_NOT_FOUND"}"#),
        state("QUEUED"),
        answer(500, ""),
        lost(),
        not_sent(),
        limited("30"),
        answer(200, "<html>"),
        answer(
            200,
            r#"{"task":{"task_id":"another","status":"TASK_STATUS_FAILED"}}"#,
        ),
        answer(401, ""),
        state("UNKNOWN"),
        state("PROCESSING"),
        state("SUCCEED"),
    ];
    let looks = bad.len();
    let transport = Scripted::new(bad, 50);
    let mut news = Vec::new();
    let waited = transport
        .client()
        .wait(&id("t-1"), WaitOptions::default(), |told| news.push(told.clone()))
        .await;
    let Waited::Ended(state) = waited else {
        panic!("{waited:?}")
    };
    assert_eq!(
        (state.status, transport.gets(), news.len()),
        (Status::Succeeded, looks, looks)
    );
    let missed = news
        .iter()
        .filter(|told| matches!(told, News::Missed { .. }))
        .count();
    assert_eq!(missed, 8);
}

#[tokio::test(start_paused = true)]
async fn a_failed_task_is_an_end_with_its_reason() {
    let failed = r#"{"task":{"status":"TASK_STATUS_FAILED","reason":"ILLEGAL_PROMPT"}}"#;
    let transport = Scripted::new(vec![answer(200, failed)], 50);
    let Waited::Ended(state) = transport
        .client()
        .wait(&id("t-1"), WaitOptions::default(), |_| {})
        .await
    else {
        panic!("it ended")
    };
    assert_eq!(
        state.failure().map(|failure| failure.kind),
        Some(FailureKind::TaskFailed)
    );
}

#[tokio::test(start_paused = true)]
async fn a_time_out_stops_the_waiting_and_says_no_more() {
    let transport = Scripted::new(vec![state("PROCESSING")], 50);
    let options = WaitOptions {
        timeout_ms: Some(60_000),
        ..WaitOptions::default()
    };
    assert_eq!(
        transport.client().wait(&id("t-1"), options, |_| {}).await,
        Waited::TimedOut
    );
    let (gets, now_ms) = (transport.gets(), transport.now_ms());
    assert!(
        gets > 5 && (60_000..60_100).contains(&now_ms),
        "{gets} looks in {now_ms} ms"
    );
}

#[tokio::test(start_paused = true)]
async fn cancelled_before_nothing_is_sent_and_cancelled_later_it_stops_at_once() {
    let transport = Scripted::new(vec![state("PROCESSING")], 50);
    let client = transport.client();
    let cancel = Cancel::new();
    let stop = cancel.clone();
    let task = id("t-1");
    let waiting = cancel.race(client.wait(&task, WaitOptions::default(), |_| {}));
    let stopping = async {
        tokio::time::sleep(Duration::from_secs(20)).await;
        stop.cancel();
    };
    let (waited, ()) = tokio::join!(waiting, stopping);
    assert_eq!(waited, Err(Cancelled));
    let looks = transport.gets();
    assert!(looks > 1 && (20_000..20_010).contains(&transport.now_ms()));
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!(transport.gets(), looks, "no look after the cancel");

    assert!(cancel.is_cancelled());
    assert_eq!(cancel.race(client.create(&request())).await, Err(Cancelled));
    assert_eq!(transport.posts(), 0, "cancelled before: nothing is sent");
}

#[tokio::test(start_paused = true)]
async fn a_create_cancelled_between_two_sends_is_not_sent_again() {
    let transport = Scripted::new(vec![limited("30"), answer(200, r#"{"task_id":"t-1"}"#)], 50);
    let client = transport.client();
    let cancel = Cancel::new();
    let request = request();
    let stopping = async {
        tokio::time::sleep(Duration::from_secs(5)).await;
        cancel.cancel();
    };
    let (created, ()) = tokio::join!(cancel.race(client.create(&request)), stopping);
    assert_eq!(created, Err(Cancelled));
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!(transport.posts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_lookout_watches_many_and_takes_on_and_lets_go_while_it_runs() {
    let transport = Scripted::new(
        vec![answer(200, r#"{"task":{"status":"TASK_STATUS_PROCESSING"}}"#)],
        5_000,
    );
    let lookout = Lookout::new(transport.client());
    let seen = Mutex::new(Vec::new());
    let running = lookout.run(|news| {
        let News::State { id, outlook, .. } = news else {
            panic!("{news:?}")
        };
        assert!(matches!(outlook, Outlook::Watching { slow: false, .. }));
        seen.lock().expect("lock").push(id);
        ControlFlow::Continue(())
    });
    let other = lookout.clone();
    let steering = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        for task in ["a", "b", "c"] {
            other.watch(id(task), 3_600_000, Expectation::default());
        }
        // All three are read at once: each answer takes five seconds, none waits for another.
        tokio::time::sleep(Duration::from_millis(5_500)).await;
        assert_eq!(*seen.lock().expect("lock"), [id("a"), id("b"), id("c")]);
        other.forget(&id("b"));
        other.set_online(false);
        let looks = transport.gets();
        tokio::time::sleep(Duration::from_mins(5)).await;
        assert_eq!(transport.gets(), looks, "offline");
        other.set_online(true);
        tokio::time::sleep(Duration::from_millis(5_500)).await;
        assert_eq!(seen.lock().expect("lock")[3..], [id("a"), id("c")]);
        assert_eq!((other.len(), other.outlook(&id("b"))), (2, Outlook::Unwatched));
        other.look_now(&id("c"));
        tokio::time::sleep(Duration::from_millis(5_500)).await;
        assert_eq!(seen.lock().expect("lock")[5..], [id("c")]);
    };
    tokio::select! {
        () = running => panic!("nothing broke it off"),
        () = steering => {}
    }
}

#[tokio::test(start_paused = true)]
async fn reads_under_way_when_a_run_ends_are_made_again_by_the_next() {
    let transport = Scripted::new(vec![state("PROCESSING"), state("SUCCEED")], 5_000);
    let lookout = Lookout::new(transport.client());
    lookout.watch(id("t-1"), 3_600_000, Expectation::default());
    tokio::select! {
        () = lookout.run(|news| panic!("{news:?}")) => panic!("nothing broke it off"),
        () = tokio::time::sleep(Duration::from_secs(1)) => {}
    }
    assert_eq!(transport.gets(), 1, "one was under way");
    lookout.run(|_| ControlFlow::Break(())).await;
    assert_eq!(transport.gets(), 2);
    assert!(
        (6_000..6_010).contains(&transport.now_ms()),
        "at once, not after two minutes"
    );

    // Broken off by the news of one, the look at the other is given back as well.
    lookout.watch(id("t-2"), 3_600_000, Expectation::default());
    lookout.look_now(&id("t-1"));
    lookout.run(|_| ControlFlow::Break(())).await;
    assert_eq!(transport.gets(), 4);
    let before_ms = transport.now_ms();
    lookout.run(|_| ControlFlow::Break(())).await;
    assert!(
        transport.now_ms() - before_ms < 6_000,
        "{}",
        transport.now_ms() - before_ms
    );
}

/// Checked by the compiler: on native targets all futures can go to another thread.
const _: fn(Client<Scripted>, Lookout<Scripted>, Cancel) = |client, lookout, cancel| {
    fn is_send<T: Send>(_: T) {}
    is_send(async move {
        let request = request();
        let created = cancel.race(client.create(&request)).await;
        let waited = client.wait(&id("t-1"), WaitOptions::default(), |_| {}).await;
        lookout.run(|_| ControlFlow::Break(())).await;
        (created, waited)
    });
};
