use rushes_core::exchange::{self, Arrival, Body, Created, Method, Read};
use rushes_core::{Failure, Input, TaskId, TaskState};

use crate::answer::{self, float};
use crate::check::{LAID_OUT_WRONGLY, text_of};
use crate::desk::Desk;
use crate::tape::Lengths;

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

/// What came of a read.
pub(crate) fn seen(read: &Read) -> Result<&TaskState, &Failure> {
    match read {
        Read::State(state) => Ok(state),
        Read::Missed(failure) => Err(failure),
    }
}

const NO_TASK_ID: &str = "not a task id: it is empty, too long, or holds white space or control characters";

impl Desk {
    /// The id that was written; without one the error is put down.
    pub(crate) fn task_id(&mut self, text: usize) -> Result<TaskId, usize> {
        TaskId::new(self.text(text)).ok_or_else(|| self.error(NO_TASK_ID))
    }

    /// What lies on the tape, `[id, retryAfter, body]`, as an arrival. The body is JSON for an answer of JSON, or else
    /// a text: that of the answer, or what the host knows of there being none.
    pub(crate) fn arrival(
        &mut self,
        arrived: u8,
        status: u16,
        lengths: Lengths,
    ) -> Result<(Input, Arrival), usize> {
        let Some([id, retry_after, body]) = self.read_list(lengths) else {
            return Err(self.error(LAID_OUT_WRONGLY));
        };
        let arrival = match (arrived, body) {
            (NOT_SENT, body) => Arrival::NotSent {
                detail: text_of(body).unwrap_or_default(),
            },
            (LOST, body) => Arrival::Lost {
                detail: text_of(body).unwrap_or_default(),
            },
            (kind, body) => Arrival::Answer {
                status,
                retry_after: text_of(retry_after),
                body: match body {
                    Input::Text(text) if kind == TEXT => Body::Text(text),
                    json => Body::Json(json),
                },
            },
        };
        Ok((id, arrival))
    }

    /// As [`arrival`](Self::arrival), for a task.
    pub(crate) fn arrival_for(
        &mut self,
        arrived: u8,
        status: u16,
        lengths: Lengths,
    ) -> Result<(TaskId, Arrival), usize> {
        let (id, arrival) = self.arrival(arrived, status, lengths)?;
        let id = id.as_str().and_then(TaskId::new);
        id.map(|id| (id, arrival)).ok_or_else(|| self.error(NO_TASK_ID))
    }
}

/// What came of sending a request, as far as the host can tell. 0: an answer with a JSON body. This: an answer whose
/// body is not JSON.
const TEXT: u8 = 1;
/// Surely nothing was sent.
const NOT_SENT: u8 = 2;
/// Something may have been sent, no whole answer came.
const LOST: u8 = 3;

impl Desk {
    /// What came of a `POST` that was sent for the `sent`-th time: `{ id }`, or `{ failure, resendMs }` with the wait
    /// after which it may be sent again by itself, `null` for never.
    pub fn created(
        &mut self,
        text: usize,
        cells: usize,
        arrived: u8,
        status: u16,
        now_unix_ms: f64,
        sent: u32,
    ) -> usize {
        let files = 0;
        let arrival = match self.arrival(arrived, status, Lengths { text, cells, files }) {
            Ok((_, arrival)) => arrival,
            Err(error) => return error,
        };
        self.answer(match exchange::created(&arrival, whole(now_unix_ms)) {
            Created::Accepted(id) => answer::created(Some(&id), None, None),
            Created::Refused(failure) | Created::Unsure(failure) => {
                answer::created(None, Some(&failure), exchange::resend(&failure, sent))
            }
        })
    }

    /// Path and query of the `GET` for the task whose id was written.
    pub fn read_path(&mut self, text: usize) -> usize {
        match self.task_id(text) {
            Ok(id) => self.answer(exchange::read(&id).path),
            Err(error) => error,
        }
    }

    /// What came of the `GET` for a task, outside of any watching: `{ state, failure, lost, slow }`.
    pub fn was_read(
        &mut self,
        text: usize,
        cells: usize,
        arrived: u8,
        status: u16,
        now_unix_ms: f64,
    ) -> usize {
        let files = 0;
        match self.arrival_for(arrived, status, Lengths { text, cells, files }) {
            Ok((id, arrival)) => {
                let read = exchange::was_read(&id, &arrival, whole(now_unix_ms));
                self.answer(answer::look(seen(&read), false, false))
            }
            Err(error) => error,
        }
    }
}

/// Milliseconds to wait for the whole answer to a `POST` of so many bytes; of the `GET` where that is below zero.
pub fn timeout_ms(body_bytes: f64) -> f64 {
    let method = if body_bytes < 0.0 {
        Method::Get
    } else {
        Method::Post
    };
    float(exchange::timeout_ms(method, whole(body_bytes)))
}
