//! The two documented `POST`s.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use rushes_animatic::MAX_PIXELS;
use rushes_core::request::{ImageSource, Plan};
use rushes_core::{Endpoint, check};
use serde_json::json;
use tokio::task::spawn_blocking;

use super::body::read_json;
use crate::app::{AppState, Mode};
use crate::engine::{Engine, Refused};
use crate::error::{ApiError, Reason, json_response};
use crate::once::{self, Outcome};

/// `POST /v3/async/kling-v3.0-std-t2v`
pub(crate) async fn text_to_video(
    State(state): State<AppState>,
    request: Request,
) -> Result<Response, ApiError> {
    create(&state, Endpoint::TextToVideo, request).await
}

/// `POST /v3/async/kling-v3.0-std-i2v`
pub(crate) async fn image_to_video(
    State(state): State<AppState>,
    request: Request,
) -> Result<Response, ApiError> {
    create(&state, Endpoint::ImageToVideo, request).await
}

async fn create(state: &AppState, endpoint: Endpoint, request: Request) -> Result<Response, ApiError> {
    let key = once::key(request.headers())?;
    let body = read_json(request).await?;
    // A body may hold 20 MB of images: nobody else waits while it is checked.
    let checked = spawn_blocking(move || check::check_json(endpoint, &body))
        .await
        .map_err(|_| not_created("The request could not be checked."))?
        .map_err(|report| ApiError::invalid(&report))?;
    let digest = digest(&checked.request);
    let carried_out = carry_out(state.clone(), checked.request);
    match key {
        None => carried_out.await,
        Some(key) => {
            let work = carried_out.map(outcome);
            state.once().run(key, digest, state.up_ms(), work).await
        }
    }
}

async fn carry_out(state: AppState, request: rushes_core::Request) -> Result<Response, ApiError> {
    match state.mode() {
        Mode::Local(engine) => enqueue(engine.clone(), request).await,
        Mode::Gateway(gateway) => gateway.create(&request).await,
    }
}

/// Which request it is.
fn digest(request: &rushes_core::Request) -> Vec<u8> {
    let text = format!("{}\n{}", request.endpoint().name(), request.body());
    ring::digest::digest(&ring::digest::SHA256, text.as_bytes())
        .as_ref()
        .to_vec()
}

fn outcome(answer: Result<Response, ApiError>) -> Outcome {
    let refused = match &answer {
        Ok(response) => response.status().is_client_error(),
        Err(error) => error.is_refusal(),
    };
    Outcome {
        response: answer.into_response(),
        refused,
    }
}

async fn enqueue(engine: Engine, request: rushes_core::Request) -> Result<Response, ApiError> {
    drawable(&request)?;
    let taken = spawn_blocking(move || engine.submit(&request)).await;
    match taken.map_err(|_| not_created("The task could not be created."))? {
        Ok(id) => {
            tracing::info!(task = %id, "taken");
            Ok(json_response(StatusCode::OK, &json!({ "task_id": id })))
        }
        Err(Refused::Full { retry_after_secs }) => {
            let message = "Too many tasks are waiting here. Try again later.";
            let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, Reason::RateLimitExceeded, message);
            Err(error.retry_after(retry_after_secs))
        }
        Err(Refused::Stopping) => {
            let message = "This server is about to stop. Nothing was created.";
            Err(ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                Reason::ServiceNotAvailable,
                message,
            ))
        }
        Err(Refused::Store(error)) => {
            tracing::error!(%error, "a task could not be written to disk");
            Err(not_created(
                "The task could not be written to this server's disk. Nothing was created.",
            ))
        }
    }
}

/// Refuses what this machine would not decode: the provider has a limit too, which it does not publish.
fn drawable(request: &rushes_core::Request) -> Result<(), ApiError> {
    let rushes_core::Request::ImageToVideo(request) = request else {
        return Ok(());
    };
    let end = match request.plan() {
        Plan::Single { end_image, .. } => end_image.as_ref(),
        Plan::Shots(_) => None,
    };
    let infos = [Some(request.image()), end]
        .into_iter()
        .flatten()
        .filter_map(ImageSource::info);
    let largest = infos
        .map(|info| u64::from(info.width) * u64::from(info.height))
        .max();
    if largest.is_some_and(|pixels| pixels > MAX_PIXELS) {
        let message = format!("An image has more than the {MAX_PIXELS} pixels that this server decodes.");
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            Reason::ImageExceedsMaxResolution,
            message,
        ));
    }
    Ok(())
}

fn not_created(message: &str) -> ApiError {
    ApiError::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        Reason::CreateTaskFailed,
        message,
    )
}
