//! The `fetch` transport in a browser's page. Run with `--target wasm32-unknown-unknown --features fetch`.
#![cfg(all(feature = "fetch", target_arch = "wasm32"))]

use std::ops::ControlFlow;

use js_sys::{Function, Object, Reflect};
use rushes_client::{BaseUrl, Cancel, Client, Config, Fetch, Lookout, News, Outgoing, Secret, Transport};
use rushes_core::exchange::{Arrival, Body, Created, Method, Read};
use rushes_core::watch::Expectation;
use rushes_core::{Endpoint, FailureKind, Input, Request, Status, TaskId, check};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Replaces `fetch` by a function of JavaScript while it lives. What it was called with is kept in `seen`.
struct Mock {
    real: JsValue,
}

impl Mock {
    /// `body` is the body of `(request, calls) => …`; `calls` counts from 1.
    fn new(body: &str) -> Self {
        let real = get("fetch");
        let install = Function::new_no_args(&format!(
            "globalThis.seen = [];
             globalThis.fetch = async (request) => {{
                 const calls = seen.push({{
                     url: request.url, method: request.method, redirect: request.redirect, cache: request.cache,
                     authorization: request.headers.get('authorization'),
                     type: request.headers.get('content-type'), once: request.headers.get('idempotency-key'),
                     body: await request.clone().text(), signal: request.signal,
                 }});
                 {body}
             }};"
        ));
        install.call0(&JsValue::NULL).expect("the mock is installed");
        Self { real }
    }

    fn calls() -> u32 {
        get("seen").unchecked_into::<js_sys::Array>().length()
    }

    /// A property of what `fetch` was called with the first time.
    fn first(name: &str) -> JsValue {
        Self::nth(0, name)
    }

    /// A property of what `fetch` was called with, counted from 0.
    fn nth(number: u32, name: &str) -> JsValue {
        let call = get("seen").unchecked_into::<js_sys::Array>().get(number);
        Reflect::get(&call, &name.into()).expect("a property")
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        Reflect::set(&js_sys::global(), &"fetch".into(), &self.real).expect("fetch is put back");
    }
}

fn get(name: &str) -> JsValue {
    Reflect::get(&js_sys::global(), &name.into()).expect("a global")
}

fn origin() -> String {
    let location = get("location");
    Reflect::get(&location, &"origin".into())
        .ok()
        .and_then(|origin| origin.as_string())
        .expect("an origin")
}

fn client() -> Client<Fetch> {
    let base_url = BaseUrl::new(&origin()).expect("a URL");
    let key = Some(Secret::new("sk_canary").expect("a key"));
    Client::new(
        Fetch,
        Config {
            base_url,
            key,
            ..Config::default()
        },
    )
}

fn request() -> Request {
    let input = Input::Object(vec![(
        "prompt".to_owned(),
        Input::Text("Ein Füchslein 🦊".to_owned()),
    )]);
    check(Endpoint::TextToVideo, input).expect("valid").request
}

fn id(text: &str) -> TaskId {
    TaskId::new(text).expect(text)
}

async fn post(url: &str, timeout_ms: u64) -> Arrival {
    Fetch
        .send(Outgoing::new(
            Method::Post,
            url.to_owned(),
            Some("{}"),
            timeout_ms,
            None,
        ))
        .await
}

fn word(arrival: &Arrival) -> String {
    match arrival {
        Arrival::Answer { status, .. } => status.to_string(),
        Arrival::NotSent { .. } => "not sent".to_owned(),
        Arrival::Lost { .. } => "lost".to_owned(),
    }
}

#[wasm_bindgen_test]
async fn a_create_is_one_post_with_the_key_in_its_header() {
    let _mock = Mock::new("return new Response('{\"task_id\":\"t-1\"}');");
    assert_eq!(client().create(&request()).await, Created::Accepted(id("t-1")));
    assert_eq!(Mock::calls(), 1);
    let cases = [
        ("url", format!("{}/v3/async/kling-v3.0-std-t2v", origin())),
        ("method", "POST".to_owned()),
        ("redirect", "error".to_owned()),
        ("authorization", "Bearer sk_canary".to_owned()),
        ("type", "application/json".to_owned()),
        ("body", request().body()),
    ];
    for (name, expected) in cases {
        assert_eq!(Mock::first(name).as_string(), Some(expected), "{name}");
    }
}

#[wasm_bindgen_test]
async fn whatever_fetch_does_is_named_rightly_and_called_once() {
    let cases = [
        (
            "return new Response('{}', { status: 429, headers: { 'Retry-After': '7' } });",
            "429",
        ),
        ("return new Response('<html>', { status: 502 });", "502"),
        ("return new Response(null, { status: 204 });", "204"),
        ("throw new TypeError('Failed to fetch');", "lost"),
        ("throw 'not even an Error';", "lost"),
        ("throw null;", "lost"),
        ("return undefined;", "lost"),
        ("return { status: 200 };", "lost"),
        ("return Response.error();", "0"),
        (
            "return new Response(new ReadableStream({ start(c) { c.error(new TypeError('cut')); } }));",
            "lost",
        ),
        (
            "return new Response(new ReadableStream({ start(c) { c.error('cut'); } }), { status: 403 });",
            "403",
        ),
        ("return new Response('x'.repeat(5_000_000));", "lost"),
        ("return new Promise(() => {});", "lost"),
    ];
    for (body, expected) in cases {
        let _mock = Mock::new(body);
        // Only the last one runs into its limit.
        let timeout_ms = if body.contains("Promise(") { 50 } else { 60_000 };
        let arrival = post(&origin(), timeout_ms).await;
        assert_eq!(word(&arrival), expected, "{body}: {arrival:?}");
        assert_eq!(Mock::calls(), 1, "{body}");
    }
}

#[wasm_bindgen_test]
async fn a_time_out_aborts_the_request() {
    let _mock = Mock::new("return new Promise(() => {});");
    let arrival = post(&origin(), 20).await;
    assert!(
        matches!(&arrival, Arrival::Lost { detail } if detail.contains("No answer")),
        "{arrival:?}"
    );
    assert!(is_aborted());
}

#[wasm_bindgen_test]
async fn a_cancel_aborts_the_request_and_before_it_nothing_is_sent() {
    let _mock = Mock::new(
        "return new Promise((_, no) => request.signal.addEventListener('abort', () => no(request.signal.reason)));",
    );
    let (client, cancel, task) = (client(), Cancel::new(), id("t-1"));
    let stop = async {
        while Mock::calls() == 0 {
            Fetch.sleep(1).await;
        }
        cancel.cancel();
    };
    let (read, ()) = futures_util::future::join(cancel.race(client.read(&task)), stop).await;
    assert!(read.is_err() && is_aborted(), "{read:?}");
    assert!(cancel.race(client.create(&request())).await.is_err());
    assert_eq!(Mock::calls(), 1, "nothing is sent after the cancel");
}

fn is_aborted() -> bool {
    Mock::first("signal")
        .unchecked_into::<web_sys::AbortSignal>()
        .aborted()
}

#[wasm_bindgen_test]
async fn an_answer_that_came_is_not_aborted_afterwards() {
    let _mock = Mock::new("return new Response('{}');");
    assert_eq!(word(&post(&origin(), 1_000).await), "200");
    Fetch.sleep(5).await;
    assert!(!is_aborted());
}

#[wasm_bindgen_test]
async fn known_to_be_offline_nothing_is_sent() {
    let _mock = Mock::new("return new Response('{}');");
    let set = |online: &str| {
        let define =
            format!("Object.defineProperty(navigator, 'onLine', {{ value: {online}, configurable: true }})");
        Function::new_no_args(&define)
            .call0(&JsValue::NULL)
            .expect("a property");
    };
    set("false");
    let arrival = post("https://api.example/", 1_000).await;
    assert_eq!(
        (word(&arrival).as_str(), Mock::calls()),
        ("not sent", 0),
        "{arrival:?}"
    );
    // This machine needs no network.
    for url in [
        "http://localhost:7400/",
        "http://127.0.0.1:7400/",
        "http://[::1]:7400/",
    ] {
        assert_eq!(word(&post(url, 1_000).await), "200", "{url}");
    }
    set("true");
    assert_eq!(Mock::calls(), 3);
}

#[wasm_bindgen_test]
async fn a_create_names_itself_to_ones_own_server_and_to_nobody_else() {
    let _mock = Mock::new("return new Response('{}');");
    let own = [origin(), origin() + "/v3", "http://localhost:7400/".to_owned()];
    for url in own.iter().map(String::as_str).chain(["https://api.example/"]) {
        post(url, 1_000).await;
    }
    let keys: Vec<Option<String>> = (0..4)
        .map(|number| Mock::nth(number, "once").as_string())
        .collect();
    for key in &keys[..3] {
        let key = key.as_deref().expect("a key");
        assert!(
            key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{key}"
        );
    }
    assert!(
        keys[0] != keys[1] && keys[1] != keys[2],
        "each request has its own"
    );
    assert_eq!(keys[3], None);
    // The fourth address is the page's own host on another port, which is on this machine in these tests.
    client().read(&id("t-1")).await;
    assert_eq!(Mock::nth(4, "once").as_string(), None, "a read is no create");
}

#[wasm_bindgen_test]
async fn an_address_no_request_can_be_made_of_is_not_sent() {
    let _mock = Mock::new("return new Response('{}');");
    for url in ["http://", "https://user:pass@host.example/", "http://[broken"] {
        let arrival = post(url, 1_000).await;
        assert_eq!(
            (word(&arrival).as_str(), Mock::calls()),
            ("not sent", 0),
            "{url}: {arrival:?}"
        );
    }
}

#[wasm_bindgen_test]
async fn the_engine_parses_what_arrives() {
    let get = |data: &str| Outgoing::new(Method::Get, format!("data:text/plain,{data}"), None, 60_000, None);
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let cases = [
        ("{\"a\":[1,\"ü\",null,true]}", true),
        ("{\"a\":", false),
        ("plain words", false),
        (deep.as_str(), false),
    ];
    for (text, is_json) in cases {
        let encoded: String = js_sys::encode_uri_component(text).into();
        let Arrival::Answer {
            status: 200, body, ..
        } = Fetch.send(get(&encoded)).await
        else {
            panic!("{text:.40}")
        };
        match body {
            Body::Json(input) => {
                assert!(is_json, "{text:.40}");
                let items = input.get("a").and_then(Input::as_list).expect("a list").to_vec();
                let expected = [
                    Input::Number(1.0),
                    Input::Text("ü".to_owned()),
                    Input::Null,
                    Input::Bool(true),
                ];
                assert_eq!(items, expected);
            }
            Body::Text(kept) => assert!(!is_json && kept == text, "{text:.40}"),
        }
    }
}

#[wasm_bindgen_test]
async fn a_real_answer_and_a_real_refusal_to_connect() {
    // The test's own server knows no such task; nothing listens on port 9 (and Chromium bars it).
    let Read::Missed(failure) = client().read(&id("t-1")).await else {
        panic!("missed")
    };
    assert_eq!((failure.kind, failure.status), (FailureKind::NotFound, Some(404)));
    assert_eq!(
        word(&post("http://127.0.0.1:9/", 60_000).await),
        "lost",
        "a browser cannot tell"
    );
}

#[wasm_bindgen_test]
async fn a_lookout_follows_a_task_to_its_end() {
    let _mock = Mock::new(
        "const status = ['QUEUED', 'PROCESSING', 'SUCCEED'][Math.min(calls, 3) - 1];
         return new Response(JSON.stringify({ task: { task_id: 't-1', status: 'TASK_STATUS_' + status, eta: 1 } }));",
    );
    let lookout = Lookout::new(client());
    lookout.watch(id("t-1"), 60_000, Expectation::default());
    let mut seen = Vec::new();
    let running = lookout.run(|news| {
        let News::State { state, .. } = news else {
            panic!("{news:?}")
        };
        seen.push(state.status.clone());
        if state.is_end() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    running.await;
    assert_eq!(seen, [Status::Queued, Status::Processing, Status::Succeeded]);
    assert_eq!(Mock::first("cache").as_string().as_deref(), Some("no-store"));
}

#[wasm_bindgen_test]
async fn clocks_go_forward_and_sleep_sleeps() {
    let (before, unix) = (Fetch.now_ms(), Fetch.now_unix_ms());
    Fetch.sleep(30).await;
    assert!(Fetch.now_ms() >= before + 25);
    assert!(unix > 1_700_000_000_000);
    assert!(Object::is(&get("globalThis"), &js_sys::global()));
}
