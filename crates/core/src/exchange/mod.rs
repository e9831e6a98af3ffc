//! Which HTTP request to make, and what its answer, or the lack of one, means.
//!
//! The host adds the base URL and the key; neither is known here, so neither can leak from here.

use crate::{Failure, Input, Request, TaskId, TaskState};

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

/// The body of an answer: JSON where it parsed, otherwise the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// It parsed.
    Json(Input),
    /// It did not (an HTML page, plain text, half a body, nothing).
    Text(String),
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
pub fn create(_request: &Request) -> HttpRequest {
    todo!()
}

/// What came of the `POST`.
pub fn created(_arrival: &Arrival, _now_unix_ms: u64) -> Created {
    todo!()
}

/// The `GET` for a task.
pub fn read(_id: &TaskId) -> HttpRequest {
    todo!()
}

/// What came of the `GET`.
pub fn was_read(_arrival: &Arrival, _now_unix_ms: u64) -> Read {
    todo!()
}
