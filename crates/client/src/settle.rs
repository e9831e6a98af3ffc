//! What came of a create whose answer was lost, as a server of one's own tells it: `POST /intents/{name}`.

use rushes_core::Input;
use rushes_core::exchange::{self, Arrival, Body, Created, HttpRequest, Method};

/// What is known of an intent.
#[derive(Clone, Debug, PartialEq)]
pub enum Settled {
    /// This came of it. `Unsure` where the server itself got no whole answer.
    Created(Created),
    /// It is being carried out.
    UnderWay,
    /// It never came, and is refused should it come yet: surely nothing was created.
    NeverCame,
    /// The server does not remember that long.
    Forgotten,
    /// No answer that says anything: no server of one's own, an older one, or no connection.
    Untold,
}

/// The question. The name needs no escaping: it is letters, digits and hyphens.
pub(crate) fn ask(name: &str) -> HttpRequest {
    HttpRequest {
        method: Method::Post,
        path: ["/intents/", name].concat(),
        body: None,
    }
}

/// What the answer means for an intent sent at `sent_ms` or later, both in Unix milliseconds.
pub(crate) fn settled(arrival: &Arrival, sent_ms: u64, now_unix_ms: u64) -> Settled {
    let Arrival::Answer {
        status: 200,
        body: Body::Json(told),
        ..
    } = arrival
    else {
        return Settled::Untold;
    };
    match told.get("state").and_then(Input::as_str) {
        Some("answered") => answered(told, now_unix_ms),
        Some("under_way") => Settled::UnderWay,
        Some("not_known") => match told.get("remembers_ms").and_then(Input::as_f64) {
            Some(remembers_ms) if covers(remembers_ms, now_unix_ms.checked_sub(sent_ms)) => {
                Settled::NeverCame
            }
            Some(_) => Settled::Forgotten,
            None => Settled::Untold,
        },
        _ => Settled::Untold,
    }
}

/// Whether a memory reaches back so long; of an age that no clock can tell, it is not known.
#[expect(clippy::cast_precision_loss, reason = "ages below 2^53 milliseconds")]
fn covers(remembers_ms: f64, age_ms: Option<u64>) -> bool {
    age_ms.is_some_and(|age_ms| remembers_ms >= age_ms as f64)
}

/// The answer that was lost, read by the same rules as if it had come.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a status is 100 to 599"
)]
fn answered(told: &Input, now_unix_ms: u64) -> Settled {
    let status = told
        .get("status")
        .and_then(Input::as_f64)
        .filter(|status| (100.0..600.0).contains(status));
    let (Some(status), Some(answer)) = (status, told.get("answer")) else {
        return Settled::Untold;
    };
    let body = match answer {
        Input::Text(text) => Body::Text(text.clone()),
        other => Body::Json(other.clone()),
    };
    let arrival = Arrival::Answer {
        status: status as u16,
        retry_after: None,
        body,
    };
    let created = exchange::created(&arrival, now_unix_ms);
    let is_refused = told.get("refused").and_then(Input::as_bool) == Some(true);
    Settled::Created(match created {
        // The server knows more than its answer said: it could not even send the request on.
        Created::Unsure(failure) if is_refused => {
            let detail = failure.detail.unwrap_or(failure.message);
            exchange::created(&Arrival::NotSent { detail }, now_unix_ms)
        }
        created => created,
    })
}
