//! The transport of a page or a worker.

mod abort;
mod globals;
mod once;

use futures_util::future::{Either, select};
use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use js_sys::JSON;
use rushes_core::Input;
use rushes_core::exchange::{Arrival, Body, Method};
use serde::Deserialize;
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestRedirect;

use crate::loopback::is_loopback;
use crate::{Outgoing, Transport};
use abort::Abort;

/// Longest answer read, in UTF-16 units. A task's result is some kilobytes.
const ANSWER_MAX_UNITS: u32 = 4 * 1024 * 1024;

/// The transport of a page or a worker: `fetch`, by gloo-net.
///
/// A browser tells nothing of why a `fetch` was rejected: never sent, reply lost and barred by CORS look alike, and so
/// does a redirect, which is not followed lest the key travel on. All of that is [`Arrival::Lost`]. Only what happens
/// before the call is [`Arrival::NotSent`]: the browser knows to be offline (and the address is not on this machine), or
/// the request could not be built.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl Transport for Fetch {
    async fn send(&self, outgoing: Outgoing<'_>) -> Arrival {
        // This machine is reached without a network.
        if !globals::is_online() && !is_loopback(&outgoing.url) {
            return not_sent("The browser is offline.");
        }
        let Some(abort) = Abort::new() else {
            return not_sent("This environment has no AbortController.");
        };
        let timeout_ms = outgoing.timeout_ms;
        let Some(request) = build(&outgoing, &abort) else {
            return not_sent("The browser cannot make a request to this address.");
        };
        drop(outgoing);
        let arrival = pin!(exchange(request));
        match select(arrival, pin!(sleep(timeout_ms))).await {
            Either::Left((arrival, _)) => {
                abort.disarm();
                arrival
            }
            Either::Right(((), _)) => lost(&format!("No answer within {} s.", timeout_ms / 1000)),
        }
    }

    async fn sleep(&self, ms: u64) {
        sleep(ms).await;
    }

    fn now_ms(&self) -> u64 {
        globals::monotonic_ms()
    }

    fn now_unix_ms(&self) -> u64 {
        globals::unix_ms()
    }
}

/// `setTimeout` counts to 2^31 - 1 milliseconds; beyond that it ends early, which the watcher does not mind.
async fn sleep(ms: u64) {
    let ms = u32::try_from(ms).unwrap_or(u32::MAX).min(i32::MAX.unsigned_abs());
    TimeoutFuture::new(ms).await;
}

fn build(outgoing: &Outgoing<'_>, abort: &Abort) -> Option<Request> {
    let method = match outgoing.method {
        Method::Get => Request::get as fn(&str) -> RequestBuilder,
        Method::Post => Request::post,
    };
    let mut builder = method(&outgoing.url)
        .redirect(RequestRedirect::Error)
        .cache(web_sys::RequestCache::NoStore)
        .abort_signal(Some(abort.signal()));
    for (name, value) in outgoing.headers() {
        builder = builder.header(name, &value);
    }
    if outgoing.method == Method::Post
        && let Some(name) = once::name(&outgoing.url, outgoing.name)
    {
        builder = builder.header("Idempotency-Key", &name);
    }
    match outgoing.body {
        Some(body) => builder.body(body).ok(),
        None => builder.build().ok(),
    }
}

/// Calls `fetch` on what gloo-net built. Not by its `send`: that panics where a rejection is no `Error` of this realm.
async fn exchange(request: Request) -> Arrival {
    let Some(fetch) = globals::function("fetch") else {
        return not_sent("This environment has no fetch.");
    };
    let request = web_sys::Request::from(request);
    let called = fetch
        .call1(&js_sys::global(), &request)
        .map(JsCast::dyn_into::<js_sys::Promise>);
    let Ok(Ok(promise)) = called else {
        return lost("The request failed in the browser.");
    };
    match JsFuture::from(promise)
        .await
        .map(JsCast::dyn_into::<web_sys::Response>)
    {
        Ok(Ok(response)) => arrived(response).await,
        _ => lost("The request failed in the browser; it does not say whether it was sent."),
    }
}

async fn arrived(raw: web_sys::Response) -> Arrival {
    let text = match raw.text() {
        Ok(promise) => JsFuture::from(promise).await.ok(),
        Err(_) => None,
    };
    let response = Response::from(raw);
    let (status, retry_after) = (response.status(), response.headers().get("retry-after"));
    match text.and_then(body) {
        Some(body) => Arrival::Answer {
            status,
            retry_after,
            body,
        },
        // Without its body an answer of success says nothing; any other still says by its status what it is.
        None if response.ok() => lost("The answer broke off."),
        None => Arrival::Answer {
            status,
            retry_after,
            body: Body::Text(String::new()),
        },
    }
}

/// The body, parsed by the engine; `None` where it is too long to be an answer of the API.
fn body(text: JsValue) -> Option<Body> {
    let text = text.dyn_into::<js_sys::JsString>().ok()?;
    if text.length() > ANSWER_MAX_UNITS {
        return None;
    }
    let text = String::from(text);
    let parsed = JSON::parse(&text).ok();
    let input =
        parsed.and_then(|value| Input::deserialize(serde_wasm_bindgen::Deserializer::from(value)).ok());
    Some(input.map_or(Body::Text(text), Body::Json))
}

fn not_sent(detail: &str) -> Arrival {
    Arrival::NotSent {
        detail: detail.to_owned(),
    }
}

fn lost(detail: &str) -> Arrival {
    Arrival::Lost {
        detail: detail.to_owned(),
    }
}
