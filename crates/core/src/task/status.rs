use serde::{Deserialize, Serialize};

/// Where a task stands. Written and read as the API's own word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Status {
    /// `TASK_STATUS_QUEUED`
    Queued,
    /// `TASK_STATUS_PROCESSING`
    Processing,
    /// `TASK_STATUS_SUCCEED`
    Succeeded,
    /// `TASK_STATUS_FAILED`
    Failed,
    /// Any other text, kept (empty where the API said nothing): never an end.
    Unknown(String),
}

impl Status {
    /// The API's word: `TASK_STATUS_QUEUED`, …; for [`Unknown`](Self::Unknown) what the API said.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Queued => "TASK_STATUS_QUEUED",
            Self::Processing => "TASK_STATUS_PROCESSING",
            Self::Succeeded => "TASK_STATUS_SUCCEED",
            Self::Failed => "TASK_STATUS_FAILED",
            Self::Unknown(word) => word,
        }
    }

    /// Whether nothing will change any more. Only two words end a task; an unknown one never does.
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed)
    }
}

impl From<&str> for Status {
    fn from(word: &str) -> Self {
        match word {
            "TASK_STATUS_QUEUED" => Self::Queued,
            "TASK_STATUS_PROCESSING" => Self::Processing,
            "TASK_STATUS_SUCCEED" => Self::Succeeded,
            "TASK_STATUS_FAILED" => Self::Failed,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for Status {
    fn from(word: String) -> Self {
        Self::from(word.as_str())
    }
}

impl From<Status> for String {
    fn from(status: Status) -> Self {
        match status {
            Status::Unknown(word) => word,
            known => known.as_str().to_owned(),
        }
    }
}
