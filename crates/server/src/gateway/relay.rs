//! The video of a task, fetched from wherever the provider put it and handed on.
//!
//! Never an open proxy: the caller names a task, the provider names the file, and this server goes only to https
//! addresses on the public Internet, or to the provider's own origin, which its operator chose.

use std::io;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::stream;
use reqwest::Response as Answered;
use rushes_core::{TaskId, exchange};
use url::Url;

use super::{Gateway, READ_TIMEOUT, Trouble};
use crate::engine::is_public_place;
use crate::error::{ApiError, Reason};

/// Redirects that are followed, each one judged like the first address.
const MAX_REDIRECTS: usize = 3;
/// More than any video of 15 s has.
const MAX_BYTES: u64 = 1024 * 1024 * 1024;
/// What a caller may say of the part it wants.
const ASKED: [header::HeaderName; 2] = [header::RANGE, header::IF_RANGE];
/// What is handed on of what the host says of the file.
const TOLD: [header::HeaderName; 5] = [
    header::ACCEPT_RANGES,
    header::CONTENT_LENGTH,
    header::CONTENT_RANGE,
    header::ETAG,
    header::LAST_MODIFIED,
];

impl Gateway {
    /// The first video that the provider names for that task, or the part of it that `asked` asks for.
    pub(crate) async fn relay(&self, id: &TaskId, asked: &HeaderMap) -> Result<Response, ApiError> {
        let answer = self.send(&exchange::read(id), READ_TIMEOUT).await;
        let answer = answer.map_err(Trouble::told)?;
        let Some(url) = answer.video_url() else {
            if answer.status() != 200 {
                return Ok(answer.into_response());
            }
            return Err(refused(
                StatusCode::NOT_FOUND,
                "The provider names no video for this task.",
            ));
        };
        let file = self.walk(url, asked).await.inspect_err(|_| {
            // Without the address: a signed one is a secret.
            tracing::warn!(task = %id, "a video could not be handed on");
        })?;
        hand_on(file)
    }

    async fn walk(&self, mut url: Url, asked: &HeaderMap) -> Result<Answered, ApiError> {
        for _ in 0..=MAX_REDIRECTS {
            let client = if self.is_own(&url) {
                &self.reading
            } else if url.scheme() == "https" && is_public_place(&url) {
                &self.relaying
            } else {
                let message = "The video lies where this server does not go: not at a public https address.";
                return Err(refused(StatusCode::BAD_GATEWAY, message));
            };
            // No key goes there.
            let mut request = client
                .get(url.clone())
                .header(header::ACCEPT_ENCODING, "identity");
            for name in ASKED {
                if let Some(value) = asked.get(&name) {
                    request = request.header(name, value);
                }
            }
            let answer = request.send().await.map_err(|_| unreachable())?;
            if !answer.status().is_redirection() {
                return Ok(answer);
            }
            let place = answer
                .headers()
                .get(header::LOCATION)
                .and_then(|place| place.to_str().ok());
            let place = place.and_then(|place| url.join(place).ok());
            url = place.ok_or_else(unreachable)?;
        }
        Err(unreachable())
    }

    /// Whether it is at the origin that this server was told to take for the provider.
    fn is_own(&self, url: &Url) -> bool {
        Url::parse(&self.base).is_ok_and(|base| base.origin() == url.origin())
    }
}

fn hand_on(file: Answered) -> Result<Response, ApiError> {
    let status = file.status();
    if !matches!(status.as_u16(), 200 | 206 | 416) {
        let message = format!(
            "The host of the video answered with HTTP status {}.",
            status.as_u16()
        );
        let status = if status.is_client_error() {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::BAD_GATEWAY
        };
        return Err(refused(status, message));
    }
    if file.content_length().is_some_and(|length| length > MAX_BYTES) {
        return Err(refused(
            StatusCode::BAD_GATEWAY,
            "The video is larger than this server hands on.",
        ));
    }
    let mut headers = HeaderMap::new();
    for name in TOLD {
        if let Some(value) = file.headers().get(&name) {
            headers.insert(name, value.clone());
        }
    }
    let kind = file.headers().get(header::CONTENT_TYPE).cloned();
    // Whatever it is, it is a file to be saved: no page of someone else's ever runs under this origin.
    let kind = kind.filter(is_video).unwrap_or(OTHER);
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let mut response = Response::new(if status == StatusCode::RANGE_NOT_SATISFIABLE {
        headers.remove(header::CONTENT_LENGTH);
        Body::empty()
    } else {
        body(file)
    });
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

const OTHER: HeaderValue = HeaderValue::from_static("application/octet-stream");

fn is_video(kind: &HeaderValue) -> bool {
    kind.to_str()
        .is_ok_and(|kind| kind.starts_with("video/") || kind == "image/gif")
}

/// The bytes as they come; a file that grows past what is handed on breaks off.
fn body(file: Answered) -> Body {
    let pieces = stream::try_unfold((file, 0_u64), async |(mut file, sent)| {
        let piece = file
            .chunk()
            .await
            .map_err(|_| io::Error::other("the host of the video broke off"))?;
        let Some(piece) = piece else { return Ok(None) };
        let sent = sent.saturating_add(piece.len() as u64);
        if sent > MAX_BYTES {
            return Err(io::Error::other("the video is larger than this server hands on"));
        }
        Ok(Some((piece, (file, sent))))
    });
    Body::from_stream(pieces)
}

fn refused(status: StatusCode, message: impl Into<String>) -> ApiError {
    ApiError::new(status, Reason::GetResultFailed, message)
}

fn unreachable() -> ApiError {
    refused(
        StatusCode::BAD_GATEWAY,
        "The host of the video could not be reached.",
    )
}
