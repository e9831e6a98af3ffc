//! Why something did not go as asked.

/// What kind of failure, decided by the API's `reason` first and by the HTTP status second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// Surely not sent: no connection was made.
    Network,
    /// The task itself failed, says the provider.
    TaskFailed,
}

/// One failure, ready to show: no key and no URL in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What kind.
    pub kind: FailureKind,
    /// HTTP status, if an answer came.
    pub status: Option<u16>,
    /// The provider's own reason code (`ILLEGAL_PROMPT`, …), if given.
    pub reason: Option<String>,
    /// One sentence for a person, with the next step.
    pub message: String,
    /// The provider's own words, verbatim, if given (text, never HTML).
    pub detail: Option<String>,
    /// Milliseconds to wait before trying again, if the provider said so.
    pub retry_after_ms: Option<u64>,
    /// Whether the same call may be made again (for a `POST`: only when it surely was not accepted).
    pub retryable: bool,
}
