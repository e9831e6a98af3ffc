//! A failure as it is written down.

use rushes_core::{Failure, FailureKind};

/// The message of what surely never came to this page's server: a word, which each language has a sentence for.
pub const NEVER_CAME: &str = "never_came";

/// A [`Failure`] in a record: no key and no URL in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Name of the kind.
    pub kind: String,
    /// HTTP status, if an answer came.
    pub status: Option<u16>,
    /// The provider's reason code.
    pub reason: Option<String>,
    /// One sentence for a person.
    pub message: String,
    /// The provider's own words, verbatim.
    pub detail: Option<String>,
    /// Milliseconds the provider asked to wait.
    pub retry_after_ms: Option<u64>,
}

/// Every kind; in records it has its own name, which is never changed.
const KINDS: [FailureKind; 12] = [
    FailureKind::Invalid,
    FailureKind::Image,
    FailureKind::Moderation,
    FailureKind::Balance,
    FailureKind::Auth,
    FailureKind::Permission,
    FailureKind::NotFound,
    FailureKind::RateLimit,
    FailureKind::Provider,
    FailureKind::Unsure,
    FailureKind::Network,
    FailureKind::TaskFailed,
];

impl Trouble {
    /// The kind; a name from a newer page counts as the provider's own trouble.
    pub fn kind(&self) -> FailureKind {
        KINDS
            .into_iter()
            .find(|kind| kind.as_str() == self.kind)
            .unwrap_or(FailureKind::Provider)
    }

    /// Trouble of this page's own, before anything was sent.
    pub fn not_sent(message: &str, detail: Option<String>) -> Self {
        Self {
            kind: FailureKind::Network.as_str().to_owned(),
            status: None,
            reason: None,
            message: message.to_owned(),
            detail,
            retry_after_ms: None,
        }
    }
}

impl From<&Failure> for Trouble {
    fn from(failure: &Failure) -> Self {
        Self {
            kind: failure.kind.as_str().to_owned(),
            status: failure.status,
            reason: failure.reason.clone(),
            message: failure.message.clone(),
            detail: failure.detail.clone(),
            retry_after_ms: failure.retry_after_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_being_written_down() {
        for kind in KINDS {
            let failure = Failure {
                kind,
                status: Some(400),
                reason: Some("R".into()),
                message: "m".into(),
                detail: None,
                retry_after_ms: Some(7),
                retryable: false,
            };
            assert_eq!(Trouble::from(&failure).kind(), kind);
        }
    }

    #[test]
    fn an_unknown_kind_is_the_providers_trouble() {
        let mut trouble = Trouble::not_sent("m", None);
        trouble.kind = "from_the_future".into();
        assert_eq!(trouble.kind(), FailureKind::Provider);
    }
}
