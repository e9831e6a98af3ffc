//! What the API says of a task, read tolerantly: every field may be missing.

/// The id that the API gave a task: not empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(String);

impl TaskId {
    /// An id from outside: `None` when it is empty, longer than 256 bytes or holds control characters or spaces.
    pub fn new(_id: &str) -> Option<Self> {
        todo!()
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a task stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// `TASK_STATUS_QUEUED`
    Queued,
    /// `TASK_STATUS_PROCESSING`
    Processing,
    /// `TASK_STATUS_SUCCEED`
    Succeeded,
    /// `TASK_STATUS_FAILED`
    Failed,
    /// Any other text, kept: never an end.
    Unknown(String),
}

/// One resulting file.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    /// Where it is: http(s) only.
    pub url: String,
    /// Seconds the URL lives, from when it was read.
    pub ttl_secs: Option<u64>,
    /// `mp4`, `gif`, … as given.
    pub kind: Option<String>,
}

/// What one reading of `task-result` says.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskState {
    /// The id it speaks of, if it says so.
    pub task_id: Option<String>,
    /// Where the task stands.
    pub status: Status,
    /// Why it failed; only kept when it failed.
    pub reason: Option<String>,
    /// Kind of task, as given.
    pub task_type: Option<String>,
    /// Seconds to go, if given.
    pub eta_secs: Option<f64>,
    /// 0 to 100, if given (clamped).
    pub progress_percent: Option<f64>,
    /// Resulting videos.
    pub videos: Vec<Media>,
    /// Resulting images.
    pub images: Vec<Media>,
    /// Resulting audio.
    pub audios: Vec<Media>,
    /// Seed, if the provider says one.
    pub seed: Option<String>,
}
