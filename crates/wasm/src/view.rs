//! What core says, as JavaScript sees it.

use rushes_core::{Failure, Input, Issue, Status, TaskId, TaskState};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsError, JsValue};

/// A plain object (never a `Map`), with `null` for what is absent.
pub(crate) fn plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| JsError::new(&error.to_string()))
}

/// What came of a check: what would be `sent` where it passed, and then only warnings in `issues`.
#[derive(Serialize)]
pub(crate) struct Verdict<'a> {
    pub(crate) sent: Option<SentView<'a>>,
    pub(crate) request: Option<Input>,
    pub(crate) issues: &'a [Issue],
}

/// The `POST` of a valid request, and the length of its video.
#[derive(Serialize)]
pub(crate) struct SentView<'a> {
    pub(crate) path: &'a str,
    pub(crate) body: &'a str,
    pub(crate) seconds: u8,
}

/// What came of a create: an `id`, or a `failure` and after how long it may be sent again by itself.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CreatedView<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) failure: Option<&'a Failure>,
    pub(crate) resend_ms: Option<u64>,
}

/// What came of a look at a task: a `state`, or in `failure` why there is none.
#[derive(Serialize)]
pub(crate) struct LookView<'a> {
    pub(crate) state: Option<StateView<'a>>,
    pub(crate) failure: Option<&'a Failure>,
    pub(crate) lost: bool,
    pub(crate) slow: bool,
}

/// Which tasks to read now, or until when to wait.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NextView<'a> {
    pub(crate) read: &'a [TaskId],
    pub(crate) wait_until: Option<u64>,
}

/// A task's state: the API's own, with what core makes of it.
#[derive(Serialize)]
pub(crate) struct StateView<'a> {
    task: &'a TaskState,
    /// `queued`, `processing`, `succeeded`, `failed` or `unknown`.
    phase: &'static str,
    ended: bool,
    /// Why the state, though it is an end, is no video.
    problem: Option<Failure>,
}

impl<'a> StateView<'a> {
    pub(crate) fn new(state: &'a TaskState) -> Self {
        let phase = match state.status {
            Status::Queued => "queued",
            Status::Processing => "processing",
            Status::Succeeded => "succeeded",
            Status::Failed => "failed",
            Status::Unknown(_) => "unknown",
        };
        Self {
            task: state,
            phase,
            ended: state.is_end(),
            problem: state.failure(),
        }
    }
}

/// An estimate in whole dollars, or the issues of a request that has no price.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EstimateView<'a> {
    pub(crate) seconds: u8,
    pub(crate) usd: f64,
    pub(crate) rate_per_second: f64,
    pub(crate) source: &'a str,
    pub(crate) as_of: &'a str,
}

/// An estimate, or the issues of a request that cannot have one.
#[derive(Serialize)]
pub(crate) struct Priced<'a> {
    pub(crate) estimate: Option<EstimateView<'a>>,
    pub(crate) issues: &'a [Issue],
}
