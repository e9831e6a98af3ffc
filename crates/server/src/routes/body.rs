//! Request bodies, read with limits.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use rushes_core::limits::IMAGE_MAX_BYTES;

use crate::error::ApiError;

/// Two images at their largest, in base64, and two megabytes for everything else.
pub(crate) const MAX_BODY_BYTES: u64 = 2 * IMAGE_MAX_BYTES.div_ceil(3) * 4 + 2 * 1024 * 1024;
/// A larger body is still read to its end, up to this, so that the caller gets to see the answer.
const MAX_DRAINED_BYTES: u64 = 8 * MAX_BODY_BYTES;
/// A body takes no longer than this to arrive.
const PATIENCE: Duration = Duration::from_mins(2);

/// The body of a `POST` as text.
pub(crate) async fn read_json(request: Request) -> Result<String, ApiError> {
    let (parts, body) = request.into_parts();
    let is_json = is_json(&parts.headers);
    let read = tokio::time::timeout(PATIENCE, read(body)).await;
    if !is_json {
        let message = "The body must be JSON: send it with Content-Type: application/json.";
        return Err(ApiError::body(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let bytes = read.map_err(|_| {
        let message = format!("The body did not arrive within {} seconds.", PATIENCE.as_secs());
        ApiError::body(StatusCode::REQUEST_TIMEOUT, message)
    })??;
    String::from_utf8(bytes).map_err(|_| {
        ApiError::body(
            StatusCode::BAD_REQUEST,
            "The body is not valid UTF-8, so it is not JSON.",
        )
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

/// The bytes of a body, within the limits.
pub(crate) async fn read(mut body: Body) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    let mut seen = 0_u64;
    while let Some(frame) = body.frame().await {
        let frame = frame
            .map_err(|_| ApiError::body(StatusCode::BAD_REQUEST, "The body broke off before its end."))?;
        let Ok(data) = frame.into_data() else { continue };
        seen += data.len() as u64;
        if seen <= MAX_BODY_BYTES {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
            if seen > MAX_DRAINED_BYTES {
                break;
            }
        }
    }
    if seen > MAX_BODY_BYTES {
        let message =
            format!("The body is larger than {MAX_BODY_BYTES} bytes; an image may have {IMAGE_MAX_BYTES}.");
        return Err(ApiError::body(StatusCode::PAYLOAD_TOO_LARGE, message));
    }
    Ok(bytes)
}
