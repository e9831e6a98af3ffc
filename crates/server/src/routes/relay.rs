//! The video of a task, handed on by this server for pages that its host lets not read it.

use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;

use super::{files, task_result};
use crate::app::{AppState, Mode};
use crate::error::ApiError;

/// `GET /relay?task_id=<id>`: whole, or in parts by `Range` and `If-Range`. Takes no address: which file it is, whoever
/// made the task says.
pub(crate) async fn relay(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let id = task_result::task_id(uri.query().unwrap_or_default())?;
    match state.mode() {
        Mode::Local(engine) => files::of_task(engine, id.as_str(), &method, &headers).await,
        Mode::Gateway(gateway) => gateway.relay(&id, &headers).await,
    }
}
