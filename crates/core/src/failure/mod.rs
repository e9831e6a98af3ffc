//! Why something did not go as asked.

mod kind;
mod redact;

use serde::{Deserialize, Serialize};

pub use kind::{FailureKind, REASONS};
pub use redact::redact;
pub(crate) use redact::tidy;

/// One failure, ready to show: no key and no signed URL in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind.
    pub kind: FailureKind,
    /// HTTP status, if an answer came.
    pub status: Option<u16>,
    /// The provider's own reason code (`ILLEGAL_PROMPT`, …), if given.
    pub reason: Option<String>,
    /// One sentence for a person, with the next step.
    pub message: String,
    /// The provider's own words, if given: text, never HTML, clipped, with anything that looks like a key or a
    /// signed URL taken out.
    pub detail: Option<String>,
    /// Milliseconds to wait before trying again, if the provider said so.
    pub retry_after_ms: Option<u64>,
    /// Whether the same call may be made again by itself (for a `POST`: only when it surely was not accepted).
    pub retryable: bool,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// The text, where it has the form of a reason code: capitals, digits and `_`, at most 64 of them.
pub(crate) fn as_code(text: &str) -> Option<String> {
    let sound = (3..=64).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    sound.then(|| text.to_owned())
}
