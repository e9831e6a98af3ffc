//! Answers that stand in place of the service's.

use axum::body::Body;
use axum::http::{HeaderValue, Response as HttpResponse, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::script::{Form, Garbled, NoId, On};
use crate::error::json_response;

/// A page as proxies show it.
const PAGE: &str = "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
const SENTENCE: &str = "This is a fault on purpose.";

/// 429, with that header.
pub(super) fn rate_limit(retry_after: Option<&str>) -> Response {
    let body = body(429, Some("RATE_LIMIT_EXCEEDED"));
    let mut response = json_response(StatusCode::TOO_MANY_REQUESTS, &body);
    if let Some(value) = retry_after.and_then(|text| HeaderValue::from_str(text).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// An error of that status and form.
pub(super) fn error(on: On, status: u16, reason: Option<&str>, form: Form) -> Response {
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let reason = reason.unwrap_or_else(|| usual_reason(on, status));
    match form {
        Form::Api => json_response(code, &body(status, Some(reason))),
        Form::Nested => {
            let body = json!({ "error": { "message": SENTENCE, "code": reason } });
            json_response(code, &body)
        }
        Form::Text => plain(code, "text/plain; charset=utf-8", SENTENCE),
        Form::Html => plain(code, "text/html", PAGE),
        Form::Empty => plain(code, "text/plain; charset=utf-8", ""),
    }
}

fn body(status: u16, reason: Option<&str>) -> Value {
    json!({ "code": status, "reason": reason, "message": SENTENCE, "metadata": {} })
}

/// The documented reason that goes with a status.
fn usual_reason(on: On, status: u16) -> &'static str {
    match status {
        401 => "INVALID_API_KEY",
        402 => "NOT_ENOUGH_BALANCE",
        403 => "API_NOT_ALLOWED",
        404 if on == On::Read => "TASK_NOT_FOUND",
        404 => "API_NOT_FOUND",
        429 => "RATE_LIMIT_EXCEEDED",
        500 if on.is_create() => "CREATE_TASK_FAILED",
        500 if on == On::Read => "GET_RESULT_FAILED",
        500.. => "SERVICE_NOT_AVAILABLE",
        _ => "INVALID_REQUEST_BODY",
    }
}

/// An answer that points elsewhere.
pub(super) fn redirect(status: u16, to: &str) -> Response {
    let mut response = StatusCode::from_u16(status)
        .unwrap_or(StatusCode::TEMPORARY_REDIRECT)
        .into_response();
    if let Ok(place) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

/// 200 with something that is no answer, made of the one that would have come.
pub(super) fn garbled(answer: &[u8], into: Garbled) -> Response {
    let json = "application/json";
    match into {
        Garbled::HalfJson => plain(StatusCode::OK, json, answer[..answer.len() / 2].to_vec()),
        Garbled::Html => plain(StatusCode::OK, "text/html", PAGE),
        Garbled::Text => plain(StatusCode::OK, "text/plain; charset=utf-8", SENTENCE),
        Garbled::Empty => plain(StatusCode::OK, json, ""),
        Garbled::NotUtf8 => {
            let bytes = [b"{\"task_id\":\"".as_slice(), &[0xff, 0xfe, 0xc3], b"\"}"].concat();
            plain(StatusCode::OK, json, bytes)
        }
    }
}

/// 200 without a `task_id` that can be used.
pub(super) fn without_id(task: &str, into: NoId) -> Response {
    let body = match into {
        NoId::EmptyObject => json!({}),
        NoId::Null => json!({ "task_id": null }),
        NoId::Blank => json!({ "task_id": "" }),
        NoId::Envelope => json!({ "code": 0, "data": { "task_id": task } }),
    };
    json_response(StatusCode::OK, &body)
}

fn plain(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = HttpResponse::new(body.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
