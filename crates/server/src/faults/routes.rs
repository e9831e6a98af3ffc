//! The bill, and another script.

use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Faults;
use super::script::ScriptError;
use crate::app::AppState;
use crate::error::{ApiError, Reason, json_response};
use crate::routes::body;

/// `GET /faults/bill`
pub(crate) async fn bill(State(state): State<AppState>) -> Result<Response, ApiError> {
    let bill = faults(&state)?.bill();
    let body = serde_json::to_value(bill).map_err(|_| failed("The bill cannot be written as JSON."))?;
    Ok(json_response(StatusCode::OK, &body))
}

/// `GET /faults/log?after=<number>`
pub(crate) async fn log(State(state): State<AppState>, uri: Uri) -> Result<Response, ApiError> {
    let query = uri.query().unwrap_or_default();
    let given = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "after");
    let after = match given {
        Some((_, value)) => value
            .parse()
            .map_err(|_| ApiError::body(StatusCode::BAD_REQUEST, "after takes a whole number."))?,
        None => 0,
    };
    let requests = serde_json::to_value(faults(&state)?.log(after));
    let requests = requests.map_err(|_| failed("The log cannot be written as JSON."))?;
    Ok(json_response(StatusCode::OK, &json!({ "requests": requests })))
}

/// `DELETE /faults/bill`
pub(crate) async fn clear(State(state): State<AppState>) -> Result<Response, ApiError> {
    faults(&state)?.clear_bill().map_err(|error| {
        tracing::error!(%error, "the bill could not be cleared");
        failed("The bill on this server's disk could not be cleared.")
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `PUT /faults/script`
pub(crate) async fn replace(State(state): State<AppState>, request: Request) -> Result<Response, ApiError> {
    let faults = faults(&state)?;
    let json = body::read_json(request).await?;
    faults.replace(&json).map_err(|error| wrong(&error))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn faults(state: &AppState) -> Result<&Faults, ApiError> {
    // These routes are only there with faults.
    state
        .faults()
        .ok_or_else(|| ApiError::no_such_route("This server has no faults."))
}

fn failed(message: &str) -> ApiError {
    ApiError::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        Reason::ServiceNotAvailable,
        message,
    )
}

fn wrong(error: &ScriptError) -> ApiError {
    let problems: Vec<Value> = error
        .problems
        .iter()
        .map(|problem| json!({ "pointer": problem.pointer, "message": problem.message }))
        .collect();
    ApiError::body(StatusCode::BAD_REQUEST, error.to_string()).with("problems", Value::Array(problems))
}
