//! What happens before any handler: is the caller one of ours?

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::host::{is_loopback_host, is_sound_host};
use super::origin;
use crate::app::AppState;
use crate::error::{ApiError, Reason};

/// The `Host` that a request was let in with: a sound name and port.
#[derive(Clone, Debug)]
pub(crate) struct CallerHost(pub(crate) String);

/// Marks an answer that other origins may not read, against all custom: a fault on purpose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unshared;

/// What kind of thing a path names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    /// The documented routes: tokens and origins are checked.
    Api,
    /// Results: whoever holds a link may read, from any page.
    Files,
    /// Facts that are no secret, but for pages of ours alone.
    Facts,
    /// The page itself.
    Page,
}

fn area(path: &str) -> Area {
    if path == "/v3" || path.starts_with("/v3/") {
        Area::Api
    } else if path == "/relay" || path.starts_with("/faults/") || path.starts_with("/intents/") {
        // Whoever may not call the API may have neither what comes of it nor a hand in what it does.
        Area::Api
    } else if path.starts_with("/files/") {
        Area::Files
    } else if matches!(path, "/healthz" | "/openapi.json") {
        Area::Facts
    } else {
        Area::Page
    }
}

/// Lets a request in, or answers it.
pub(crate) async fn admit(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let host = match host(&state, request.headers()) {
        Ok(host) => host,
        Err(error) => return error.into_response(),
    };
    let area = area(request.uri().path());
    let origin = match origin(&state, request.headers(), &host, area) {
        Ok(origin) => origin,
        Err(error) => return error.into_response(),
    };
    request.extensions_mut().insert(CallerHost(host));
    let answer = if request.method() == Method::OPTIONS && area != Area::Page {
        preflight(request.headers(), area)
    } else if let (Area::Api, Err(error)) = (area, token(&state, request.headers())) {
        error.into_response()
    } else {
        next.run(request).await
    };
    share(answer, area, origin)
}

/// Adds what every answer carries.
pub(crate) async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// The `Host`, checked. On loopback only this machine's names pass: a page elsewhere can make its own name point
/// here (DNS rebinding), but cannot make the browser say another.
fn host(state: &AppState, headers: &HeaderMap) -> Result<String, ApiError> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let config = state.config();
    let public = config.public_url.as_ref().is_some_and(|url| {
        let authority = url.port().map_or_else(
            || url.host_str().unwrap_or_default().to_owned(),
            |port| format!("{}:{port}", url.host_str().unwrap_or_default()),
        );
        authority.eq_ignore_ascii_case(host)
    });
    if public || is_loopback_host(host) || (!config.is_loopback() && is_sound_host(host)) {
        return Ok(host.to_owned());
    }
    let message = "This server only answers to localhost, 127.0.0.1 and [::1]; see --public-url.";
    Err(ApiError::new(
        StatusCode::MISDIRECTED_REQUEST,
        Reason::ApiNotAllowed,
        message,
    ))
}

/// The `Origin` to share the answer with, if the request names one and it may call.
fn origin(
    state: &AppState,
    headers: &HeaderMap,
    host: &str,
    area: Area,
) -> Result<Option<HeaderValue>, ApiError> {
    let Some(value) = headers.get(header::ORIGIN) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default();
    let config = state.config();
    let may_call = origin::may_call(text, host, config.is_loopback(), &config.allowed_origins)
        || config
            .public_url
            .as_ref()
            .is_some_and(|url| url.origin().ascii_serialization() == text);
    if may_call {
        return Ok(Some(value.clone()));
    }
    match area {
        Area::Files | Area::Page => Ok(None),
        Area::Api | Area::Facts => {
            let message = "Pages of this origin may not call this server; see --allow-origin.";
            Err(ApiError::new(
                StatusCode::FORBIDDEN,
                Reason::ApiNotAllowed,
                message,
            ))
        }
    }
}

fn token(state: &AppState, headers: &HeaderMap) -> Result<(), ApiError> {
    let tokens = &state.config().tokens;
    if tokens.is_empty() {
        return Ok(());
    }
    let refused = |reason, message| Err(ApiError::new(StatusCode::UNAUTHORIZED, reason, message));
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return refused(
            Reason::MissingApiKey,
            "This server needs an access token: Authorization: Bearer <token>.",
        );
    };
    let given = value.to_str().ok().and_then(|value| value.split_once(' '));
    match given {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && tokens.accept(token.trim()) => {
            Ok(())
        }
        _ => refused(
            Reason::InvalidApiKey,
            "This access token is not one of this server's.",
        ),
    }
}

/// The answer to a browser that asks before it sends.
fn preflight(headers: &HeaderMap, area: Area) -> Response {
    let (methods, allowed) = match area {
        Area::Api => ("GET, POST", "authorization, content-type, idempotency-key"),
        Area::Files | Area::Facts | Area::Page => ("GET, HEAD", "range, if-range, if-none-match"),
    };
    let mut response = StatusCode::NO_CONTENT.into_response();
    let out = response.headers_mut();
    out.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static(methods),
    );
    out.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static(allowed),
    );
    out.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    // A page on the Internet that --allow-origin names reaches this machine only where this is said.
    if headers.contains_key("access-control-request-private-network") {
        let name = HeaderName::from_static("access-control-allow-private-network");
        out.insert(name, HeaderValue::from_static("true"));
    }
    response
}

/// Says who may read the answer.
fn share(mut response: Response, area: Area, origin: Option<HeaderValue>) -> Response {
    if response.extensions().get::<Unshared>().is_some() {
        return response;
    }
    let headers = response.headers_mut();
    match area {
        Area::Files => {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            let exposed = "accept-ranges, content-length, content-range, etag";
            headers.insert(
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static(exposed),
            );
            let name = HeaderName::from_static("cross-origin-resource-policy");
            headers.insert(name, HeaderValue::from_static("cross-origin"));
        }
        Area::Api | Area::Facts => {
            headers.append(header::VARY, HeaderValue::from_static("origin"));
            if let Some(origin) = origin {
                headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                headers.insert(
                    header::ACCESS_CONTROL_EXPOSE_HEADERS,
                    HeaderValue::from_static("retry-after"),
                );
            }
        }
        Area::Page => {}
    }
    response
}
