//! Whether the server is well.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::app::{AppState, Mode};
use crate::error::json_response;

/// `GET /healthz`
pub(crate) async fn health(State(state): State<AppState>) -> Response {
    let mut body = json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "mode": match state.mode() {
            Mode::Local(_) => "local",
            Mode::Gateway(_) => "gateway",
        },
        "needs_token": !state.config().tokens.is_empty(),
    });
    if let (Mode::Local(engine), serde_json::Value::Object(fields)) = (state.mode(), &mut body) {
        let load = engine.load();
        let queue = json!({ "waiting": load.waiting, "room": load.room, "rendering": load.rendering });
        fields.insert("queue".to_owned(), queue);
    }
    json_response(StatusCode::OK, &body)
}
