use serde::Serialize;

use super::{Media, Status, media};
use crate::exchange::peek::{number, word};
use crate::failure::tidy;
use crate::{Failure, FailureKind, Input};

/// Longest `reason` kept, in characters.
const REASON_MAX_CHARS: usize = 2000;
/// Longest status, task type and seed kept, in characters.
const WORD_MAX_CHARS: usize = 128;
/// Longest time to go believed, in seconds: a week.
const ETA_MAX_SECS: f64 = 604_800.0;

/// What one reading of `task-result` says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskState {
    /// The id it speaks of, if it says so.
    pub task_id: Option<String>,
    /// Where the task stands.
    pub status: Status,
    /// Why it failed; only kept when it failed.
    pub reason: Option<String>,
    /// Kind of task, as given.
    pub task_type: Option<String>,
    /// Seconds to go, if given: zero or more.
    pub eta_secs: Option<f64>,
    /// 0 to 100, if given (clamped). Never the test for done: the API shows 0 for a video that is ready.
    pub progress_percent: Option<f64>,
    /// Resulting videos.
    pub videos: Vec<Media>,
    /// Resulting images.
    pub images: Vec<Media>,
    /// Resulting audio.
    pub audios: Vec<Media>,
    /// Files that the answer lists without an http(s) URL: they cannot be fetched and are left out above.
    pub unusable_files: usize,
    /// Seed, if the provider says one.
    pub seed: Option<String>,
}

impl TaskState {
    /// Reads the body of a `task-result` answer: `None` where it is none, that is without a `task` object.
    /// Every field in it may be missing, of another type, or hostile in size.
    pub fn read(answer: &Input) -> Option<Self> {
        let task = answer
            .get("task")
            .filter(|task| matches!(task, Input::Object(_)))?;
        let status = Status::from(word(task.get("status"), WORD_MAX_CHARS).unwrap_or_default());
        let (videos, unusable_videos) = media::read_all(answer, "video");
        let (images, unusable_images) = media::read_all(answer, "image");
        let (audios, unusable_audios) = media::read_all(answer, "audio");
        let reason = word(task.get("reason"), REASON_MAX_CHARS).map(|reason| tidy(&reason, REASON_MAX_CHARS));
        Some(Self {
            task_id: word(task.get("task_id"), super::TaskId::MAX_BYTES),
            reason: reason.filter(|reason| status == Status::Failed && !reason.is_empty()),
            status,
            task_type: word(task.get("task_type"), WORD_MAX_CHARS),
            eta_secs: number(task.get("eta"))
                .filter(|secs| *secs >= 0.0)
                .map(|secs| secs.min(ETA_MAX_SECS)),
            progress_percent: number(task.get("progress_percent")).map(|percent| percent.clamp(0.0, 100.0)),
            videos,
            images,
            audios,
            unusable_files: unusable_videos + unusable_images + unusable_audios,
            seed: answer
                .get("extra")
                .and_then(|extra| word(extra.get("seed"), WORD_MAX_CHARS)),
        })
    }

    /// Whether nothing will change any more.
    pub fn is_end(&self) -> bool {
        self.status.is_end()
    }

    /// Why this state is no video: it failed, or it ended well without a video that can be fetched (strange, but
    /// possible; reading once more may help). `None` while it goes on and when there is a video.
    pub fn failure(&self) -> Option<Failure> {
        match self.status {
            Status::Failed => Some(Failure {
                kind: FailureKind::TaskFailed,
                status: None,
                reason: self.reason.as_deref().and_then(crate::failure::as_code),
                message:
                    "The provider could not make this video; the reason it gives is in the details. Change \
                          the request and send it again as a new one."
                        .to_owned(),
                detail: self.reason.clone(),
                retry_after_ms: None,
                retryable: false,
            }),
            Status::Succeeded if self.videos.is_empty() => Some(Failure {
                kind: FailureKind::Provider,
                status: None,
                reason: None,
                message:
                    "The provider says the video is done but gives no link to it. Look again in a minute."
                        .to_owned(),
                detail: (self.unusable_files > 0)
                    .then(|| "The answer lists a file, but not with a web address.".to_owned()),
                retry_after_ms: None,
                retryable: true,
            }),
            _ => None,
        }
    }
}
