//! Results: the video behind a signed link, whole or in parts.

mod range;

use std::io;
use std::path::Path;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response as AnyResponse};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, SeekFrom};
use tokio_util::io::ReaderStream;

use crate::app::{AppState, Mode};
use crate::engine::Engine;
use crate::error::{ApiError, Reason};
use crate::links::{self, Verdict};
use range::{Wanted, wanted};

/// Bytes read from the disk at once.
const BLOCK_BYTES: usize = 64 * 1024;

/// `GET /files/<id>/<name>.mp4?expires=…&signature=…`
pub(crate) async fn file(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<AnyResponse, ApiError> {
    let Mode::Local(engine) = state.mode() else {
        return Err(missing());
    };
    let rest = uri.path().strip_prefix("/files/").unwrap_or_default();
    let (id, name) = rest.split_once('/').ok_or_else(missing)?;
    if name != format!("rushes-{id}.mp4") {
        return Err(missing());
    }
    match links::judge(
        engine.link_key(),
        id,
        uri.query().unwrap_or_default(),
        state.now_ms(),
    ) {
        Verdict::Good => {}
        Verdict::Expired => {
            return Err(forbidden(
                "This link has expired. Read the task's result again for a fresh one.",
            ));
        }
        Verdict::Forged => return Err(forbidden("This link is not one of this server's.")),
    }
    of_task(engine, id, &method, &headers).await
}

/// The video of a task, for a caller who may have it.
pub(crate) async fn of_task(
    engine: &Engine,
    id: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Result<AnyResponse, ApiError> {
    let path = engine.video(id).ok_or_else(missing)?;
    send(&path, id, method, headers).await.map_err(|error| {
        tracing::error!(task = %id, %error, "a result could not be read");
        missing()
    })
}

fn missing() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        Reason::ApiNotFound,
        "There is no such file here.",
    )
}

fn forbidden(message: &str) -> ApiError {
    ApiError::new(StatusCode::FORBIDDEN, Reason::ApiNotAllowed, message)
}

async fn send(path: &Path, id: &str, method: &Method, headers: &HeaderMap) -> io::Result<AnyResponse> {
    let mut file = File::open(path).await?;
    let size = file.metadata().await?.len();
    // A result never changes, so its task's id names its bytes.
    let tag = format!("\"{id}\"");
    if names_tag(headers, &tag) {
        let unchanged = builder(StatusCode::NOT_MODIFIED, &tag).body(Body::empty());
        return unchanged.map_err(io::Error::other);
    }
    let (status, start, length) = match wanted(headers, &tag, size) {
        Wanted::All => (StatusCode::OK, 0, size),
        Wanted::Part { start, length } => (StatusCode::PARTIAL_CONTENT, start, length),
        Wanted::Nothing => {
            let message = format!("The range lies outside the file's {size} bytes.");
            let error = ApiError::body(StatusCode::RANGE_NOT_SATISFIABLE, message);
            let mut response = error.into_response();
            insert(
                response.headers_mut(),
                header::CONTENT_RANGE,
                &format!("bytes */{size}"),
            );
            return Ok(response);
        }
    };
    let mut response = builder(status, &tag)
        .header(header::CONTENT_TYPE, "video/mp4")
        .header(header::CONTENT_LENGTH, length)
        .header(
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"rushes-{id}.mp4\""),
        );
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {start}-{}/{size}", start + length - 1);
        response = response.header(header::CONTENT_RANGE, range);
    }
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        file.seek(SeekFrom::Start(start)).await?;
        Body::from_stream(ReaderStream::with_capacity(file.take(length), BLOCK_BYTES))
    };
    response.body(body).map_err(io::Error::other)
}

fn builder(status: StatusCode, tag: &str) -> axum::http::response::Builder {
    Response::builder()
        .status(status)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, tag)
        .header(header::CACHE_CONTROL, "private, max-age=3600")
}

fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn names_tag(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    given.is_some_and(|given| {
        given
            .split(',')
            .map(str::trim)
            .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
    })
}
