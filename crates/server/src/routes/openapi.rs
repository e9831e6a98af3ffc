//! The API described for machines.

use axum::http::header;
use axum::response::IntoResponse;

/// The description as it is committed; a test keeps it equal to what the limits say.
const COMMITTED: &str = include_str!("../../openapi.json");

/// `GET /openapi.json`
pub(crate) async fn document() -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        COMMITTED,
    )
}

#[cfg(test)]
mod description;

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE_OPENAPI=1 cargo test -p rushes-server openapi` writes the file anew.
    #[test]
    fn the_committed_description_matches_the_limits() {
        let mut text = serde_json::to_string_pretty(&description::description()).unwrap();
        text.push('\n');
        if std::env::var_os("UPDATE_OPENAPI").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json"), &text).unwrap();
            return;
        }
        assert_eq!(
            COMMITTED, text,
            "run UPDATE_OPENAPI=1 cargo test -p rushes-server openapi"
        );
    }
}
