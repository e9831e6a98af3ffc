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
mod tests {
    use rushes_core::schema::{self, Service};

    use super::*;

    /// `UPDATE_OPENAPI=1 cargo test -p rushes-server openapi` writes the file anew.
    #[test]
    fn the_committed_description_is_core_s() {
        let service = Service {
            title: "Kling v3.0 Standard video, as rushes-server speaks it",
            version: env!("CARGO_PKG_VERSION"),
            url: None,
            needs_key: false,
        };
        let text = schema::text(&schema::openapi(&service)).unwrap();
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
