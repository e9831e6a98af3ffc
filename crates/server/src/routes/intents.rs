//! `POST /intents/{key}`: what came of the request that named itself so. It never creates anything.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::app::AppState;
use crate::error::{ApiError, json_response};
use crate::once::{self, Settled};

/// Settles a key. It is a `POST` because a key that never came is closed by it.
pub(crate) async fn settle(
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<Response, ApiError> {
    let settled = state.once().settle(once::sound(&key)?, state.up_ms());
    let body = match settled {
        Settled::Answered {
            status,
            body,
            is_refused,
        } => {
            let text = String::from_utf8_lossy(&body);
            let answer = serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text.as_ref()));
            json!({
                "state": "answered",
                "status": status.as_u16(),
                "answer": answer,
                "refused": is_refused,
            })
        }
        Settled::UnderWay => json!({ "state": "under_way" }),
        Settled::NotKnown { remembers_ms } => json!({ "state": "not_known", "remembers_ms": remembers_ms }),
    };
    Ok(json_response(StatusCode::OK, &body))
}
