//! The documented `GET`: where a task stands.

use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use rushes_core::{Endpoint, TaskId};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::app::{AppState, Mode};
use crate::engine::{Engine, Look};
use crate::error::{ApiError, Reason, json_response};
use crate::guard::CallerHost;
use crate::links;
use crate::store::{Record, Stage};

/// `GET /v3/async/task-result?task_id=<id>`
pub(crate) async fn read(
    State(state): State<AppState>,
    Extension(CallerHost(host)): Extension<CallerHost>,
    uri: Uri,
) -> Result<Response, ApiError> {
    let id = task_id(uri.query().unwrap_or_default())?;
    match state.mode() {
        Mode::Local(engine) => {
            let look = engine.look(id.as_str()).ok_or_else(|| {
                ApiError::new(
                    StatusCode::NOT_FOUND,
                    Reason::TaskNotFound,
                    "There is no task with this id here.",
                )
            })?;
            Ok(json_response(
                StatusCode::OK,
                &answer(&state, engine, &look, &host),
            ))
        }
        Mode::Gateway(gateway) => gateway.read(&id).await,
    }
}

/// The `task_id` of a query.
pub(crate) fn task_id(query: &str) -> Result<TaskId, ApiError> {
    let mut given = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "task_id");
    let id = given.next().and_then(|(_, value)| TaskId::new(&value));
    id.ok_or_else(|| {
        let message = "task_id is missing or is no id: GET /v3/async/task-result?task_id=<id>.";
        ApiError::body(StatusCode::BAD_REQUEST, message)
    })
}

/// The documented answer, every field of it.
fn answer(state: &AppState, engine: &Engine, look: &Look, host: &str) -> Value {
    let record = &look.record;
    let mut task = json!({
        "task_id": record.id,
        "task_type": match record.endpoint() {
            Endpoint::TextToVideo => "TXT_TO_VIDEO",
            Endpoint::ImageToVideo => "IMG_TO_VIDEO",
        },
        "status": status(record.stage),
        "reason": record.reason.as_deref().unwrap_or_default(),
        "progress_percent": look.progress_percent,
    });
    if let (Some(secs), Value::Object(fields)) = (look.eta_secs, &mut task) {
        fields.insert("eta".to_owned(), json!(secs));
    }
    let videos = match record.stage {
        Stage::Succeeded => vec![video(state, engine, record, host)],
        Stage::Queued | Stage::Processing | Stage::Failed => Vec::new(),
    };
    json!({
        "task": task,
        "videos": videos,
        "images": [],
        "audios": [],
        "extra": {
            "seed": "",
            "debug_info": {
                "request_info": "",
                "submit_time_ms": record.created_ms.to_string(),
                "execute_time_ms": time(record.started_ms),
                "complete_time_ms": time(record.ended_ms),
            },
        },
    })
}

fn status(stage: Stage) -> &'static str {
    match stage {
        Stage::Queued => "TASK_STATUS_QUEUED",
        Stage::Processing => "TASK_STATUS_PROCESSING",
        Stage::Succeeded => "TASK_STATUS_SUCCEED",
        Stage::Failed => "TASK_STATUS_FAILED",
    }
}

/// A fresh link each time: whoever asks again gets one that lives its whole time.
fn video(state: &AppState, engine: &Engine, record: &Record, host: &str) -> Value {
    let ttl_secs = state.config().result_ttl.as_secs();
    let expires_secs = (state.now_ms() / 1000).saturating_add(ttl_secs);
    let path = links::path(engine.link_key(), &record.id, expires_secs);
    json!({
        "video_url": format!("{}{path}", links::origin(state.config(), host)),
        "video_url_ttl": ttl_secs.to_string(),
        "video_type": "mp4",
    })
}

fn time(ms: Option<u64>) -> String {
    ms.map(|ms| ms.to_string()).unwrap_or_default()
}
