//! The three documented routes, forwarded to the provider with a key that stays here.
//!
//! One `POST` in is at most one `POST` out: it is checked first, never sent again, and its answer is read to the end
//! even when the caller has gone, so that a paid task's id is at least in the log.

mod answer;
mod relay;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use rushes_core::exchange::{self, HttpRequest, Method};
use rushes_core::{Request, TaskId};
use tokio_util::task::TaskTracker;
use url::Url;

use crate::config::ApiKey;
use crate::engine::PublicNames;
use crate::error::{ApiError, Reason};
use crate::http_client;
use answer::Answer;

/// The provider may think about a `POST` for this long; giving up earlier would only make more outcomes unknown.
const CREATE_TIMEOUT: Duration = Duration::from_mins(3);
/// A read costs nothing and is simply made again.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The way to the provider. Cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    /// Every `POST` gets a connection of its own: on one that was kept open, the client below would quietly send again
    /// what it thinks was not read.
    creating: reqwest::Client,
    reading: reqwest::Client,
    /// For files wherever the provider puts them, on the public Internet alone.
    relaying: reqwest::Client,
    /// Every `POST` whose answer has not been read to its end.
    under_way: TaskTracker,
    /// Without a slash at its end.
    base: String,
    key: ApiKey,
}

/// Why there is no way to the provider.
#[derive(Debug)]
pub enum GatewayError {
    /// The client could not be made (no certificates, say).
    Client(reqwest::Error),
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(error) => write!(f, "this machine cannot make connections: {error}"),
        }
    }
}

impl std::error::Error for GatewayError {}

/// What went wrong between here and the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// No connection was made: surely nothing was sent.
    NotConnected,
    /// No whole answer in time.
    TimedOut,
    /// The connection broke.
    Broken,
    /// The answer is larger than any documented one.
    TooBig,
    /// It points elsewhere, where the key must not go.
    Redirect,
}

impl Trouble {
    fn of(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::NotConnected
        } else if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Broken
        }
    }

    /// What the caller is told. A `POST` that may have arrived must read as "unknown" to whoever sent it, and a status
    /// of 5xx does.
    fn told(self) -> ApiError {
        let (status, message) = match self {
            Self::NotConnected => (
                StatusCode::BAD_GATEWAY,
                "The provider could not be reached. Nothing was sent to it.",
            ),
            Self::TimedOut => (
                StatusCode::GATEWAY_TIMEOUT,
                "The provider did not answer in time. It may have accepted the request.",
            ),
            Self::Broken => (
                StatusCode::BAD_GATEWAY,
                "The connection to the provider broke. It may have accepted the request.",
            ),
            Self::TooBig | Self::Redirect => (
                StatusCode::BAD_GATEWAY,
                "The provider's answer could not be used. It may have accepted the request.",
            ),
        };
        ApiError::new(status, Reason::ServiceNotAvailable, message)
            .with("sent", serde_json::Value::Bool(self != Self::NotConnected))
    }
}

impl Gateway {
    /// A way to the provider at that base URL.
    pub fn new(base: &Url, key: ApiKey) -> Result<Self, GatewayError> {
        let client = |idle| {
            let builder = http_client::builder()
                .retry(reqwest::retry::never())
                .pool_max_idle_per_host(idle);
            builder.build().map_err(GatewayError::Client)
        };
        Ok(Self {
            creating: client(0)?,
            reading: client(8)?,
            relaying: http_client::builder()
                .dns_resolver(Arc::new(PublicNames::default()))
                .read_timeout(READ_TIMEOUT)
                .build()
                .map_err(GatewayError::Client)?,
            under_way: TaskTracker::new(),
            base: base.as_str().trim_end_matches('/').to_owned(),
            key,
        })
    }

    /// Forwards a checked `POST`, once. The caller may go; the answer is read all the same.
    pub(crate) async fn create(&self, request: &Request) -> Result<Response, ApiError> {
        let this = self.clone();
        let request = exchange::create(request);
        let forwarded = self.under_way.spawn(async move {
            let outcome = this.send(&request, CREATE_TIMEOUT).await;
            match &outcome {
                Ok(answer) => tracing::info!(
                    path = %request.path,
                    status = answer.status(),
                    task = answer.task_id().as_ref().map_or("", TaskId::as_str),
                    "forwarded"
                ),
                Err(trouble) => tracing::warn!(path = %request.path, ?trouble, "forwarding failed"),
            }
            outcome
        });
        let outcome = forwarded.await.map_err(|_| Trouble::Broken.told())?;
        outcome.map(Answer::into_response).map_err(Trouble::told)
    }

    /// Ready when the answer of every `POST` that was forwarded has been read.
    pub(crate) async fn settled(&self) {
        self.under_way.close();
        if !self.under_way.is_empty() {
            tracing::info!(posts = self.under_way.len(), "waiting for the provider's answers");
        }
        self.under_way.wait().await;
    }

    /// Forwards a read.
    pub(crate) async fn read(&self, id: &TaskId) -> Result<Response, ApiError> {
        match self.send(&exchange::read(id), READ_TIMEOUT).await {
            Ok(answer) => Ok(answer.into_response()),
            Err(trouble) => {
                tracing::warn!(task = %id, ?trouble, "a read failed");
                Err(trouble.told())
            }
        }
    }

    async fn send(&self, request: &HttpRequest, timeout: Duration) -> Result<Answer, Trouble> {
        let url = format!("{}{}", self.base, request.path);
        let sending = match request.method {
            Method::Get => self.reading.get(url),
            Method::Post => self.creating.post(url),
        };
        let mut key = HeaderValue::from_str(&format!("Bearer {}", self.key.expose()))
            .map_err(|_| Trouble::NotConnected)?;
        key.set_sensitive(true);
        // The documentation asks for the content type on reads too.
        let mut sending = sending
            .timeout(timeout)
            .header(AUTHORIZATION, key)
            .header(CONTENT_TYPE, "application/json");
        if let Some(body) = &request.body {
            sending = sending.body(body.clone());
        }
        // reqwest's own error names the URL; only what kind it is goes on from here.
        let answer = sending.send().await.map_err(|error| Trouble::of(&error))?;
        Answer::read(answer, self.key.expose()).await
    }
}
