use std::fmt;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use reqwest::redirect;
use rushes_core::exchange::{Arrival, Body, Method};

use crate::{Outgoing, Transport};

/// Longest answer read, in bytes. A task's result is some kilobytes.
const ANSWER_MAX_BYTES: usize = 4 * 1024 * 1024;
/// How long a connection may take to be made, in milliseconds. Shorter than any request's own limit, so that a host
/// that does not answer is known as "not sent".
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The transport of a native program: reqwest over tokio. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Native {
    /// For reads: connections are kept.
    reads: reqwest::Client,
    /// For creates: each on its own new connection. On a kept one that the server is just closing it could not be told
    /// whether the request got through.
    creates: reqwest::Client,
    started: Instant,
}

/// The transport could not be set up: no usable TLS on this machine.
#[derive(Debug)]
pub struct NativeError(reqwest::Error);

impl fmt::Display for NativeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .write_str("The HTTP client could not be set up: this machine has no usable TLS certificates.")
    }
}

impl std::error::Error for NativeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl Native {
    /// A transport with its own connections.
    ///
    /// # Errors
    /// Where the machine's certificates cannot be used.
    pub fn new() -> Result<Self, NativeError> {
        // Where the program has chosen its cryptography already, that choice stands: the error says only this.
        drop(rustls::crypto::ring::default_provider().install_default());
        let builder = || {
            reqwest::Client::builder()
                .redirect(redirect::Policy::none())
                .retry(reqwest::retry::never())
                .connect_timeout(CONNECT_TIMEOUT)
                .no_proxy()
                .user_agent(concat!("rushes/", env!("CARGO_PKG_VERSION")))
        };
        Ok(Self {
            reads: builder().build().map_err(NativeError)?,
            creates: builder().pool_max_idle_per_host(0).build().map_err(NativeError)?,
            started: Instant::now(),
        })
    }

    async fn exchange(&self, outgoing: Outgoing<'_>) -> Arrival {
        let mut request = match outgoing.method {
            Method::Get => self.reads.get(&outgoing.url),
            Method::Post => self.creates.post(&outgoing.url),
        };
        for (name, value) in outgoing.headers() {
            let Ok(mut value) = reqwest::header::HeaderValue::from_str(&value) else {
                return Arrival::NotSent {
                    detail: "A header could not be written.".to_owned(),
                };
            };
            value.set_sensitive(name == "Authorization");
            request = request.header(name, value);
        }
        if let Some(body) = outgoing.body {
            request = request.body(body.to_owned());
        }
        match request.send().await {
            Ok(answer) => arrived(answer).await,
            // Nothing of a request leaves before its connection is made, TLS included.
            Err(error) if error.is_connect() || error.is_builder() => {
                Arrival::NotSent { detail: said(error) }
            }
            Err(error) => Arrival::Lost { detail: said(error) },
        }
    }
}

impl Transport for Native {
    async fn send(&self, outgoing: Outgoing<'_>) -> Arrival {
        let limit = Duration::from_millis(outgoing.timeout_ms);
        match tokio::time::timeout(limit, self.exchange(outgoing)).await {
            Ok(arrival) => arrival,
            Err(_elapsed) => Arrival::Lost {
                detail: format!("No answer within {} s.", limit.as_secs()),
            },
        }
    }

    async fn sleep(&self, ms: u64) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }

    fn now_ms(&self) -> u64 {
        millis(self.started.elapsed())
    }

    fn now_unix_ms(&self) -> u64 {
        // A clock before 1970 is no clock; only a Retry-After that is a date is read with it.
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, millis)
    }
}

async fn arrived(mut answer: reqwest::Response) -> Arrival {
    let status = answer.status().as_u16();
    let header = answer
        .headers()
        .get("retry-after")
        .and_then(|value| value.to_str().ok());
    let retry_after = header.map(str::to_owned);
    let mut bytes = Vec::new();
    let broken = loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > ANSWER_MAX_BYTES => {
                break Some("The answer is too long.".to_owned());
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break None,
            Err(error) => break Some(said(error)),
        }
    };
    match broken {
        // Without its body an answer of success says nothing; any other still says by its status what it is.
        Some(detail) if (200..300).contains(&status) => Arrival::Lost { detail },
        Some(_) => Arrival::Answer {
            status,
            retry_after,
            body: Body::Text(String::new()),
        },
        None => {
            let body = Body::from_json_text(&String::from_utf8_lossy(&bytes));
            Arrival::Answer {
                status,
                retry_after,
                body,
            }
        }
    }
}

/// An error's words without the URL, with the causes below it.
fn said(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        source = cause.source();
    }
    words
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
