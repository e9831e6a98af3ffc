use super::classify::{DETAIL_MAX_CHARS, Said, said};
use super::peek::word;
use super::{Arrival, Body, Created, Read, retry_after_ms, words};
use crate::failure::tidy;
use crate::{Failure, FailureKind, TaskId, TaskState};

/// What came of the `POST`.
///
/// | what arrived | outcome |
/// |---|---|
/// | 2xx with a `task_id` | accepted |
/// | a documented refusal by its `reason`, whatever the status | refused |
/// | 429 | refused, may be sent again later |
/// | another 4xx by which a request is turned away unprocessed | refused |
/// | a provider's reason (`CREATE_TASK_FAILED`, `BILLING_FAILED`, …) other than with 429 | unsure: work, or billing, had begun |
/// | 2xx without `task_id`, 3xx, 408, 409, 425, 499, 5xx, no whole answer | unsure |
/// | no connection was made | refused, may be sent again |
///
/// `now_unix_ms` is only used to read a `Retry-After` that is a date.
pub fn created(arrival: &Arrival, now_unix_ms: u64) -> Created {
    match arrival {
        Arrival::NotSent { detail } => Created::Refused(not_sent(detail)),
        Arrival::Lost { detail } => Created::Unsure(unsure(None, None, host_words(detail), None)),
        Arrival::Answer {
            status,
            retry_after,
            body,
        } => {
            if let Some(id) = task_id(*status, body) {
                return Created::Accepted(id);
            }
            let said = said(body);
            let wait = retry_after
                .as_deref()
                .and_then(|header| retry_after_ms(header, now_unix_ms));
            match refusal(*status, &said) {
                Some(kind) => Created::Refused(refused(kind, *status, said, wait)),
                None => Created::Unsure(unsure(Some(*status), said.reason, said.words, wait)),
            }
        }
    }
}

/// The id in an accepting answer. One that cannot be used (empty, an object) leaves the outcome unknown.
fn task_id(status: u16, body: &Body) -> Option<TaskId> {
    let Body::Json(answer) = body else { return None };
    let id = word(answer.get("task_id"), TaskId::MAX_BYTES + 1)?;
    (200..300).contains(&status).then(|| TaskId::new(&id))?
}

/// The kind of a sure refusal; `None` where it is not sure.
fn refusal(status: u16, said: &Said) -> Option<FailureKind> {
    match (said.kind(), status) {
        (Some(FailureKind::Provider) | None, 429) => Some(FailureKind::RateLimit),
        (Some(FailureKind::Provider), _) => None,
        (Some(kind), _) => Some(kind),
        (None, status) if turned_away(status) => Some(FailureKind::of_status(status)),
        (None, _) => None,
    }
}

/// The statuses by which HTTP turns a request away before anything is done for it. Not among them: 408 and 499 (sent
/// when the connection broke), 409 and 425 (they speak of another copy of the request), 5xx.
fn turned_away(status: u16) -> bool {
    matches!(status, 400..=407 | 410..=417 | 421 | 422 | 426 | 428 | 429 | 431 | 451)
}

fn refused(kind: FailureKind, status: u16, said: Said, wait: Option<u64>) -> Failure {
    Failure {
        kind,
        status: Some(status),
        message: words::refused(kind, Some(status), said.reason.as_deref()).to_owned(),
        reason: said.reason,
        detail: said.words,
        retry_after_ms: wait,
        // By the reason alone, with 2xx or 5xx, it counts as refused but is not sent again by itself.
        retryable: kind == FailureKind::RateLimit && (400..500).contains(&status),
    }
}

fn not_sent(detail: &str) -> Failure {
    Failure {
        kind: FailureKind::Network,
        status: None,
        reason: None,
        message: words::refused(FailureKind::Network, None, None).to_owned(),
        detail: host_words(detail),
        retry_after_ms: None,
        retryable: true,
    }
}

fn unsure(status: Option<u16>, reason: Option<String>, detail: Option<String>, wait: Option<u64>) -> Failure {
    Failure {
        kind: FailureKind::Unsure,
        status,
        reason,
        message: words::UNSURE.to_owned(),
        detail,
        retry_after_ms: wait,
        retryable: false,
    }
}

/// What came of the `GET` for that task.
///
/// A 2xx with a readable state of this task is a state; everything else is a look that told nothing, and the task
/// goes on. That includes a refused key or account (kind `auth`, `permission`, `balance`): whoever holds the key must
/// act, so it is not marked retryable, but it says nothing of the task. `now_unix_ms` is only used to read a
/// `Retry-After` that is a date.
pub fn was_read(id: &TaskId, arrival: &Arrival, now_unix_ms: u64) -> Read {
    match arrival {
        Arrival::NotSent { detail } | Arrival::Lost { detail } => {
            Read::Missed(missed(FailureKind::Network, None, None, host_words(detail), None))
        }
        Arrival::Answer {
            status,
            retry_after,
            body,
        } => {
            let wait = retry_after
                .as_deref()
                .and_then(|header| retry_after_ms(header, now_unix_ms));
            let state = match body {
                Body::Json(answer) if (200..300).contains(status) => TaskState::read(answer),
                _ => None,
            };
            match state {
                Some(state) if state.task_id.as_deref().is_none_or(|told| told == id.as_str()) => {
                    Read::State(Box::new(state))
                }
                Some(_) => {
                    let detail = Some("The answer speaks of another task.".to_owned());
                    Read::Missed(missed(FailureKind::Provider, Some(*status), None, detail, wait))
                }
                None => {
                    let said = said(body);
                    let kind = said.kind().unwrap_or_else(|| read_kind(*status));
                    Read::Missed(missed(kind, Some(*status), said.reason, said.words, wait))
                }
            }
        }
    }
}

/// The kind that a status speaks of when a task was read: nothing in a read can be wrong but its address, so a status
/// that blames the request is the provider's trouble.
fn read_kind(status: u16) -> FailureKind {
    match FailureKind::of_status(status) {
        FailureKind::Invalid => FailureKind::Provider,
        kind => kind,
    }
}

fn missed(
    kind: FailureKind,
    status: Option<u16>,
    reason: Option<String>,
    detail: Option<String>,
    wait: Option<u64>,
) -> Failure {
    Failure {
        kind,
        status,
        reason,
        message: words::missed(kind).to_owned(),
        detail,
        retry_after_ms: wait,
        retryable: !matches!(
            kind,
            FailureKind::Auth | FailureKind::Permission | FailureKind::Balance
        ),
    }
}

/// What a host knows of a broken connection, fit to show.
fn host_words(detail: &str) -> Option<String> {
    Some(tidy(detail, DETAIL_MAX_CHARS)).filter(|words| !words.is_empty())
}
