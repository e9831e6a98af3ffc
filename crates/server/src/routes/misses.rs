//! What is not there.

use axum::extract::Request;
use axum::http::StatusCode;

use crate::error::{ApiError, Reason};

/// A path under `/v3` that is none of the documented three.
pub(crate) async fn no_such_api() -> ApiError {
    ApiError::no_such_route(
        "There is no such API here. This server knows text-to-video, image-to-video and task-result.",
    )
}

/// A path that is there, but not for this method.
pub(crate) async fn wrong_method(request: Request) -> ApiError {
    let message = format!("This path does not take {}.", request.method());
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, Reason::ApiNotFound, message)
}
