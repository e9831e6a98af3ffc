//! A failure as it is written down.

use rushes_core::{Failure, FailureKind};
use serde::{Deserialize, Serialize};

/// A [`Failure`] in a record: no key and no URL in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// Every kind with the name it has in records. Names are never changed, only added.
const KINDS: [(FailureKind, &str); 12] = [
    (FailureKind::Invalid, "invalid"),
    (FailureKind::Image, "image"),
    (FailureKind::Moderation, "moderation"),
    (FailureKind::Balance, "balance"),
    (FailureKind::Auth, "auth"),
    (FailureKind::Permission, "permission"),
    (FailureKind::NotFound, "not_found"),
    (FailureKind::RateLimit, "rate_limit"),
    (FailureKind::Provider, "provider"),
    (FailureKind::Unsure, "unsure"),
    (FailureKind::Network, "network"),
    (FailureKind::TaskFailed, "task_failed"),
];

impl Trouble {
    /// The kind; a name from a newer page counts as the provider's own trouble.
    pub fn kind(&self) -> FailureKind {
        KINDS
            .iter()
            .find(|(_, name)| *name == self.kind)
            .map_or(FailureKind::Provider, |(kind, _)| *kind)
    }

    /// Trouble of this page's own, before anything was sent.
    pub fn not_sent(message: &str, detail: Option<String>) -> Self {
        Self {
            kind: name(FailureKind::Network).to_owned(),
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
            kind: name(failure.kind).to_owned(),
            status: failure.status,
            reason: failure.reason.clone(),
            message: failure.message.clone(),
            detail: failure.detail.clone(),
            retry_after_ms: failure.retry_after_ms,
        }
    }
}

fn name(kind: FailureKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("provider", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_being_written_down() {
        for (kind, name) in KINDS {
            let failure = Failure {
                kind,
                status: Some(400),
                reason: Some("R".into()),
                message: "m".into(),
                detail: None,
                retry_after_ms: Some(7),
                retryable: false,
            };
            let trouble = Trouble::from(&failure);
            assert_eq!((trouble.kind.as_str(), trouble.kind()), (name, kind));
        }
    }

    #[test]
    fn an_unknown_kind_is_the_providers_trouble() {
        let mut trouble = Trouble::not_sent("m", None);
        trouble.kind = "from_the_future".into();
        assert_eq!(trouble.kind(), FailureKind::Provider);
    }
}
