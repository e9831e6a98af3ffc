//! Which HTTP request to make, and what its answer, or the lack of one, means.
//!
//! The host adds the base URL and the key; neither is known here, so neither can leak from here.

mod body;
mod classify;
mod outcome;
pub(crate) mod peek;
mod resend;
mod retry_after;
mod words;

pub use body::Body;
pub use outcome::{created, was_read};
pub use resend::{MAX_SENDS, resend};
pub use retry_after::retry_after_ms;

use crate::{Failure, Request, TaskId, TaskState};

/// How a request is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; may be repeated.
    Get,
    /// Costs money; sent once.
    Post,
}

/// An HTTP request without origin and key.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpRequest {
    /// How.
    pub method: Method,
    /// Path and query, starting with `/`.
    pub path: String,
    /// JSON text, for a `POST`.
    pub body: Option<String>,
}

/// What came of sending an [`HttpRequest`].
#[derive(Clone, Debug, PartialEq)]
pub enum Arrival {
    /// An answer, whatever its status.
    Answer {
        /// HTTP status.
        status: u16,
        /// The `Retry-After` header, verbatim.
        retry_after: Option<String>,
        /// The body.
        body: Body,
    },
    /// Surely nothing was sent (no connection was made; known to be offline before).
    NotSent {
        /// What the host knows, without URL or key.
        detail: String,
    },
    /// It may have been sent; no whole answer came.
    Lost {
        /// What the host knows, without URL or key.
        detail: String,
    },
}

/// What came of a create.
#[derive(Clone, Debug, PartialEq)]
pub enum Created {
    /// The task exists.
    Accepted(TaskId),
    /// Surely not accepted. `retryable` in the failure says whether it may be sent again by itself.
    Refused(Failure),
    /// Nobody knows: kind `Unsure`. Never sent again by itself.
    Unsure(Failure),
}

/// What came of a read.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// The task's state.
    State(Box<TaskState>),
    /// This look told nothing; the task goes on. The failure says why and when to look again.
    Missed(Failure),
}

/// The `POST` for a request.
pub fn create(request: &Request) -> HttpRequest {
    HttpRequest {
        method: Method::Post,
        path: request.endpoint().path().to_owned(),
        body: Some(request.body()),
    }
}

/// The `GET` for a task.
pub fn read(id: &TaskId) -> HttpRequest {
    HttpRequest {
        method: Method::Get,
        path: [TASK_RESULT_PATH, "?task_id=", &encoded(id)].concat(),
        body: None,
    }
}

/// The documented path of the `GET` that tells a task's state.
pub const TASK_RESULT_PATH: &str = "/v3/async/task-result";

/// The id for a query: everything but the unreserved characters of RFC 3986 percent-encoded.
fn encoded(id: &TaskId) -> String {
    let mut out = String::with_capacity(id.as_str().len());
    for byte in id.as_str().bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// Time for a read's whole answer, in milliseconds.
const READ_TIMEOUT_MS: u64 = 20_000;
/// Time for a create's whole answer, in milliseconds, beside the time to send its body. Long, because past it nobody
/// knows whether it was accepted.
const CREATE_TIMEOUT_MS: u64 = 60_000;
/// Slowest upload that is waited for, in bytes per millisecond (about half a megabit per second).
const SLOWEST_UPLOAD: u64 = 64;

impl HttpRequest {
    /// Milliseconds to wait for the whole answer: see [`timeout_ms`].
    pub fn timeout_ms(&self) -> u64 {
        let body_bytes = self.body.as_ref().map_or(0, |body| body.len() as u64);
        timeout_ms(self.method, body_bytes)
    }
}

/// Milliseconds to wait for the whole answer: 20 s for a read; a minute for a create and, for an inline image, as
/// long again as a slow line takes to send it. For hosts that put the body together themselves.
pub fn timeout_ms(method: Method, body_bytes: u64) -> u64 {
    match method {
        Method::Get => READ_TIMEOUT_MS,
        Method::Post => CREATE_TIMEOUT_MS.saturating_add(body_bytes / SLOWEST_UPLOAD),
    }
}
