//! Bodies that do not come as announced.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response as HttpResponse, header};
use axum::response::Response;
use futures_util::future::ready;
use futures_util::{Stream, StreamExt, stream};
use tokio::time::sleep;

use super::wire::Wire;

/// Between two pieces of a body that drips.
const DRIP: Duration = Duration::from_millis(100);
/// How long the first part of a body that breaks off gets to leave.
const HEAD_START: Duration = Duration::from_millis(50);

/// No answer at all.
pub(super) fn no_answer(wire: Option<&Wire>) -> Response {
    if let Some(wire) = wire {
        wire.cut();
    }
    HttpResponse::new(Body::from_stream(stream::once(async { broken_off() })))
}

fn broken_off() -> io::Result<Bytes> {
    Err(io::Error::new(
        io::ErrorKind::ConnectionAborted,
        "broken off on purpose",
    ))
}

/// The answer up to that part of its body.
pub(super) fn cut(response: Response, body: &Bytes, at: f64) -> Response {
    let (kept, body_length) = (body.slice(..part(body.len(), at)), body.len());
    let body = leaving(kept).chain(stream::once(async { broken_off() }));
    announced(response, body_length, Body::from_stream(body))
}

/// A body of that part, whose end is known only once it has left.
fn leaving(part: Bytes) -> impl Stream<Item = io::Result<Bytes>> {
    let end = stream::once(sleep(HEAD_START)).filter_map(|()| ready(None));
    stream::once(ready(Ok(part))).chain(end)
}

fn part(length: usize, at: f64) -> usize {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bodies are far below 2^52 bytes, and the product is between 0 and the length"
    )]
    let part = (length as f64 * at) as usize;
    part.min(length)
}

/// The answer, that many bytes a second.
pub(super) fn slow(response: Response, body: &Bytes, bytes_per_sec: u64) -> Response {
    let piece = usize::try_from(bytes_per_sec / 10).unwrap_or(usize::MAX).max(1);
    // Fewer than ten a second come one by one.
    let pause = if bytes_per_sec < 10 {
        Duration::from_secs(1) / u32::try_from(bytes_per_sec).unwrap_or(1).max(1)
    } else {
        DRIP
    };
    let pieces: Vec<Bytes> = (0..body.len())
        .step_by(piece)
        .map(|from| body.slice(from..body.len().min(from.saturating_add(piece))))
        .collect();
    let drips = stream::iter(pieces).then(move |piece| async move {
        sleep(pause).await;
        Ok::<_, Infallible>(piece)
    });
    announced(response, body.len(), Body::from_stream(drips))
}

/// The answer, announced so many bytes longer or shorter than it is.
pub(super) fn misannounced(response: Response, body: &Bytes, by: i64) -> Response {
    // A HEAD has no body: what it announces is in its header.
    let length = response
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok())
        .unwrap_or(body.len());
    let by_usize = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
    let told = if by < 0 {
        length.saturating_sub(by_usize)
    } else {
        length.saturating_add(by_usize)
    };
    let kept = body.slice(..body.len().min(told));
    announced(response, told, Body::from_stream(leaving(kept)))
}

/// The answer with another body, of that length by its header.
fn announced(response: Response, length: usize, body: Body) -> Response {
    let (mut parts, _) = response.into_parts();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    HttpResponse::from_parts(parts, body)
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_part_is_never_more_than_the_whole() {
        for (length, at, expected) in [
            (10, 0.0, 0),
            (10, 0.5, 5),
            (9, 0.5, 4),
            (10, 1.0, 10),
            (0, 0.7, 0),
        ] {
            assert_eq!(part(length, at), expected, "{at} of {length}");
        }
    }
}
