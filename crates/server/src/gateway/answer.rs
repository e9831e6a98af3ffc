//! What the provider said, as it is handed on.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rushes_core::TaskId;
use serde_json::Value;
use url::Url;

use super::Trouble;

/// Answers are a few kilobytes; more than this is not one.
const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// One answer of the provider's.
#[derive(Debug)]
pub(super) struct Answer {
    status: StatusCode,
    retry_after: Option<HeaderValue>,
    body: Vec<u8>,
    json: Option<Value>,
}

impl Answer {
    /// Reads an answer to its end. Should it repeat the key, the key is cut out.
    pub(super) async fn read(mut answer: reqwest::Response, key: &str) -> Result<Self, Trouble> {
        let status = answer.status();
        if status.is_redirection() {
            return Err(Trouble::Redirect);
        }
        let retry_after = answer.headers().get(header::RETRY_AFTER).cloned();
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|error| Trouble::of_body(&error))? {
            if body.len() + part.len() > MAX_ANSWER_BYTES {
                return Err(Trouble::TooBig);
            }
            body.extend_from_slice(&part);
        }
        let body = without(body, key.as_bytes());
        let retry_after = retry_after.filter(|value| !contains(value.as_bytes(), key.as_bytes()));
        let json = serde_json::from_slice(&body).ok();
        Ok(Self {
            status,
            retry_after,
            body,
            json,
        })
    }

    pub(super) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The id of the task that was created, if one was.
    pub(super) fn task_id(&self) -> Option<TaskId> {
        TaskId::new(self.json.as_ref()?.get("task_id")?.as_str()?)
    }

    /// Where the first video is that this result names.
    pub(super) fn video_url(&self) -> Option<Url> {
        let videos = self.json.as_ref()?.get("videos")?.as_array()?;
        videos.iter().find_map(|video| {
            let url = Url::parse(video.get("video_url")?.as_str()?).ok()?;
            matches!(url.scheme(), "http" | "https").then_some(url)
        })
    }

    /// The answer for the caller: status, body and `Retry-After`, nothing else. What is not JSON is plain text, so
    /// that no page of someone else's ever runs under this origin.
    pub(super) fn into_response(self) -> Response {
        let kind = if self.json.is_some() {
            "application/json"
        } else {
            "text/plain; charset=utf-8"
        };
        let mut response = (self.status, Body::from(self.body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(value) = self.retry_after {
            headers.insert(header::RETRY_AFTER, value);
        }
        response
    }
}

impl Trouble {
    /// Once an answer has begun, a connection was made.
    fn of_body(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Broken
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && bytes.windows(part.len()).any(|window| window == part)
}

/// The bytes with every occurrence of `secret` replaced.
fn without(bytes: Vec<u8>, secret: &[u8]) -> Vec<u8> {
    if !contains(&bytes, secret) {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    while let Some((first, after)) = rest.split_first() {
        if rest.starts_with(secret) {
            out.extend_from_slice(b"[key]");
            rest = &rest[secret.len()..];
        } else {
            out.push(*first);
            rest = after;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_comes_back_is_cut_out() {
        let cases = [
            (
                "{\"message\":\"bad key sk-1\"}",
                "{\"message\":\"bad key [key]\"}",
            ),
            ("sk-1sk-1", "[key][key]"),
            ("sk-", "sk-"),
            ("", ""),
        ];
        for (body, clean) in cases {
            assert_eq!(
                without(body.as_bytes().to_vec(), b"sk-1"),
                clean.as_bytes(),
                "{body}"
            );
        }
    }
}
