//! Everything that is not the API: the page.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::app::AppState;

/// `GET /`, and whatever lies under it.
pub(crate) async fn page(State(state): State<AppState>, request: Request) -> Response {
    state.page().serve(request).await
}
