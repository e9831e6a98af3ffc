use serde::{Deserialize, Serialize};

/// What kind of failure, decided by the API's `reason` first and by the HTTP status second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The request breaks a rule.
    Invalid,
    /// The image was refused.
    Image,
    /// Prompt or image was refused for its content.
    Moderation,
    /// Not enough balance or budget.
    Balance,
    /// No key, or one that is not accepted.
    Auth,
    /// The account may not do this.
    Permission,
    /// No such route or task.
    NotFound,
    /// Too many requests.
    RateLimit,
    /// The provider's own trouble.
    Provider,
    /// Outcome unknown: may have been accepted and billed.
    Unsure,
    /// No connection was made (nothing was sent), or a read got no whole answer.
    Network,
    /// The task itself failed, says the provider.
    TaskFailed,
}

/// The documented error table: every reason code that the provider gives, and its kind.
pub const REASONS: [(&str, FailureKind); 26] = [
    ("INVALID_REQUEST_BODY", FailureKind::Invalid),
    ("IMAGE_FILE_EXCEEDS_MAX_SIZE", FailureKind::Image),
    ("INVALID_IMAGE_FORMAT", FailureKind::Image),
    ("IMAGE_EXCEEDS_MAX_RESOLUTION", FailureKind::Image),
    ("INVALID_IMAGE_SIZE", FailureKind::Image),
    ("ILLEGAL_PROMPT", FailureKind::Moderation),
    ("ILLEGAL_IMAGE_CONTENT", FailureKind::Moderation),
    ("BILLING_BALANCE_NOT_ENOUGH", FailureKind::Balance),
    ("NOT_ENOUGH_BALANCE", FailureKind::Balance),
    ("NOT_ENOUGH_BUDGET", FailureKind::Balance),
    ("MISSING_API_KEY", FailureKind::Auth),
    ("INVALID_API_KEY", FailureKind::Auth),
    ("FAILED_TO_AUTH", FailureKind::Auth),
    ("BILLING_AUTH_FAILED", FailureKind::Auth),
    ("API_NOT_ALLOWED", FailureKind::Permission),
    ("FEATURE_NOT_ALLOWED", FailureKind::Permission),
    ("NEED_REAL_NAME_VERIFY", FailureKind::Permission),
    ("API_NOT_FOUND", FailureKind::NotFound),
    ("TASK_NOT_FOUND", FailureKind::NotFound),
    ("RATE_LIMIT_EXCEEDED", FailureKind::RateLimit),
    ("ANONYMOUS_ACCESS_QUOTA_EXCEEDS", FailureKind::RateLimit),
    ("BILLING_FAILED", FailureKind::Provider),
    ("CREATE_TASK_FAILED", FailureKind::Provider),
    ("GET_RESULT_FAILED", FailureKind::Provider),
    ("TASK_FAILED", FailureKind::Provider),
    ("SERVICE_NOT_AVAILABLE", FailureKind::Provider),
];

impl FailureKind {
    /// The stable name: `invalid`, `image`, `moderation`, `balance`, `auth`, `permission`, `not_found`,
    /// `rate_limit`, `provider`, `unsure`, `network` or `task_failed`. serde writes the same.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Image => "image",
            Self::Moderation => "moderation",
            Self::Balance => "balance",
            Self::Auth => "auth",
            Self::Permission => "permission",
            Self::NotFound => "not_found",
            Self::RateLimit => "rate_limit",
            Self::Provider => "provider",
            Self::Unsure => "unsure",
            Self::Network => "network",
            Self::TaskFailed => "task_failed",
        }
    }

    /// The kind of a reason code in the documented error table; `None` for a code that is not in it.
    pub fn of_reason(reason: &str) -> Option<Self> {
        let mut documented = REASONS.into_iter();
        documented.find(|(code, _)| *code == reason).map(|(_, kind)| kind)
    }

    /// The kind that an HTTP status alone speaks of.
    pub fn of_status(status: u16) -> Self {
        match status {
            401 | 407 => Self::Auth,
            402 => Self::Balance,
            403 | 451 => Self::Permission,
            404 | 405 | 410 => Self::NotFound,
            408 => Self::Provider,
            429 => Self::RateLimit,
            400..=499 => Self::Invalid,
            _ => Self::Provider,
        }
    }
}
