use rushes_core::TaskId;
use rushes_core::exchange::{self, Arrival, Body, Created, Method, Read};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::arrived::Arrived;
use crate::tape;
use crate::view::{CreatedView, LookView, StateView, plain};

pub(crate) fn arrival(
    arrived: Arrived,
    status: u16,
    retry_after: Option<String>,
    text: &str,
    tape: &[f64],
) -> Result<Arrival, JsError> {
    Ok(match arrived {
        Arrived::NotSent => Arrival::NotSent {
            detail: text.to_owned(),
        },
        Arrived::Lost => Arrival::Lost {
            detail: text.to_owned(),
        },
        Arrived::Json => Arrival::Answer {
            status,
            retry_after,
            body: Body::Json(tape::read(text, tape, &[])?),
        },
        _ => Arrival::Answer {
            status,
            retry_after,
            body: Body::Text(text.to_owned()),
        },
    })
}

/// A clock or a size as JavaScript gives it; what is no such number counts as zero.
pub(crate) fn whole(number: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a clock or a size; the cast saturates"
    )]
    let number = number as u64;
    number
}

pub(crate) fn task_id(id: &str) -> Result<TaskId, JsError> {
    TaskId::new(id).ok_or_else(|| {
        JsError::new("not a task id: it is empty, too long, or holds white space or control characters")
    })
}

/// What came of a `POST` that was sent for the `sent`-th time: `{ id }`, or `{ failure, resendMs }` with the wait
/// after which it may be sent again by itself, `null` for never.
///
/// # Errors
/// A broken tape.
#[wasm_bindgen]
pub fn created(
    arrived: Arrived,
    status: u16,
    retry_after: Option<String>,
    text: &str,
    tape: &[f64],
    now_unix_ms: f64,
    sent: u32,
) -> Result<JsValue, JsError> {
    let arrival = arrival(arrived, status, retry_after, text, tape)?;
    match exchange::created(&arrival, whole(now_unix_ms)) {
        Created::Accepted(id) => plain(&CreatedView {
            id: Some(id.as_str()),
            failure: None,
            resend_ms: None,
        }),
        Created::Refused(failure) | Created::Unsure(failure) => plain(&CreatedView {
            id: None,
            failure: Some(&failure),
            resend_ms: exchange::resend(&failure, sent),
        }),
    }
}

/// Path and query of the `GET` for a task.
///
/// # Errors
/// Not a task id.
#[wasm_bindgen]
pub fn read_path(id: &str) -> Result<String, JsError> {
    Ok(exchange::read(&task_id(id)?).path)
}

/// Milliseconds to wait for the whole answer to a `POST` of so many bytes; of the `GET` where none are given.
#[wasm_bindgen]
pub fn timeout_ms(body_bytes: Option<f64>) -> f64 {
    let ms = match body_bytes {
        Some(bytes) => exchange::timeout_ms(Method::Post, whole(bytes)),
        None => exchange::timeout_ms(Method::Get, 0),
    };
    #[expect(clippy::cast_precision_loss, reason = "hours at most, in milliseconds")]
    let ms = ms as f64;
    ms
}

/// What came of the `GET` for a task, outside of any watching: `{ state, failure, lost, slow }`, one of the first two.
///
/// # Errors
/// A broken tape, or not a task id.
#[wasm_bindgen]
pub fn was_read(
    id: &str,
    arrived: Arrived,
    status: u16,
    retry_after: Option<String>,
    text: &str,
    tape: &[f64],
    now_unix_ms: f64,
) -> Result<JsValue, JsError> {
    let arrival = arrival(arrived, status, retry_after, text, tape)?;
    let read = exchange::was_read(&task_id(id)?, &arrival, whole(now_unix_ms));
    let (state, failure) = match &read {
        Read::State(state) => (Some(StateView::new(state)), None),
        Read::Missed(failure) => (None, Some(failure)),
    };
    plain(&LookView {
        state,
        failure,
        lost: false,
        slow: false,
    })
}
