//! The built page, served as files, under a strict policy.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::error::{ApiError, Reason};

/// What the page may do: run its own scripts and wasm, show pictures and videos from anywhere, talk to any API that
/// its user names. Nothing inline, nothing framed, no form sent.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data: http: https:; media-src 'self' blob: http: https:; \
    connect-src 'self' http: https:; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the page never asks for, and the camera, which it may. Only names that Chromium knows: it warns of each other one in the console.
const PERMISSIONS: &str = "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), \
    midi=(), display-capture=(), accelerometer=(), gyroscope=(), magnetometer=()";

/// Said where no page was built.
const NO_PAGE: &str = "rushes-server is running, but no page was built for it.\n\n\
    Build it with `cargo xtask page`, then start the server with `--page dist`;\n\
    or let `cargo xtask start` do both.\n\n\
    The API answers under /v3/async/, its description is at /openapi.json.\n";

/// The page of one server.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    dir: Option<PathBuf>,
}

impl Page {
    /// The page in that folder, if there is one.
    pub(crate) fn new(dir: Option<&Path>) -> Self {
        Self {
            dir: dir.map(Path::to_owned),
        }
    }

    /// The answer to a `GET` or `HEAD` for one of the page's paths.
    pub(crate) async fn serve(&self, request: Request) -> Response {
        let mut response = match &self.dir {
            Some(dir) => from_dir(dir, request).await,
            None if request.uri().path() == "/" => NO_PAGE.into_response(),
            None => missing().into_response(),
        };
        let headers = response.headers_mut();
        for (name, value) in [
            ("content-security-policy", POLICY),
            ("permissions-policy", PERMISSIONS),
            ("cross-origin-opener-policy", "same-origin"),
            ("x-frame-options", "DENY"),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    }
}

async fn from_dir(dir: &Path, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let index = index_request(&request);
    let asked = if path.ends_with('/') {
        None
    } else {
        Some(file(dir, request).await)
    };
    let (name, response) = match asked {
        Some(response)
            if response.status() == StatusCode::NOT_MODIFIED
                || (response.status() != StatusCode::NOT_FOUND && !response.status().is_redirection()) =>
        {
            (path.as_str(), response)
        }
        // A path inside the page, which the page itself routes; a file that is not there is a miss.
        _ if is_route(&path) => ("index.html", file(dir, index).await),
        _ => return missing().into_response(),
    };
    if response.status() == StatusCode::NOT_FOUND {
        return missing().into_response();
    }
    cached(name, response)
}

async fn file(dir: &Path, request: Request) -> Response {
    let files = ServeDir::new(dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    match files.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

/// The same request for the page's only document.
fn index_request(request: &Request) -> Request {
    let mut index = Request::new(Body::empty());
    *index.method_mut() = request.method().clone();
    *index.headers_mut() = request.headers().clone();
    *index.uri_mut() = Uri::from_static("/index.html");
    index
}

/// Whether the last part of a path has no extension.
fn is_route(path: &str) -> bool {
    !path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// Files whose names hold a hash of their content never change; all others are asked for each time.
fn cached(name: &str, mut response: Response) -> Response {
    let rule = if has_hash(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(rule));
    response
}

/// Whether a name holds a dash and then at least 12 hexadecimal digits, as Trunk writes them: `app-0123456789abcdef.js`.
fn has_hash(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.']).any(|part| {
        part.len() >= 12
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

fn missing() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        Reason::ApiNotFound,
        "There is nothing at this address.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        let cases = [
            ("/rushes-web-3f0c4e5c1b7a2b3d.js", true),
            ("/rushes-web-3f0c4e5c1b7a2b3d_bg.wasm", true),
            ("/styles-0123456789abcdef.css", true),
            ("/index.html", false),
            ("/sw.js", false),
            ("/boot.js", false),
            ("/icon-512.png", false),
            ("/3f0c4e5c1b7a2b3d/plain.js", false),
            ("/some-effacedfacade.js", false),
        ];
        for (name, hashed) in cases {
            assert_eq!(has_hash(name), hashed, "{name}");
        }
    }
}
