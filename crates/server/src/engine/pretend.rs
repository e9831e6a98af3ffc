//! Tasks that only pretend to be rendered: what becomes of one follows from the seed, its request and the clock.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, OnceLock, PoisonError};

use rushes_core::{Endpoint, check};

use super::Look;
use super::progress::Progress;
use super::render::render;
use crate::faults::drawn;
use crate::store::{Record, Stage, StoreError};

/// The request whose video every such task gets.
const REQUEST: &str = r#"{"prompt":"A task that only pretended","duration":3,"aspect_ratio":"1:1"}"#;
/// Its file in the data folder.
const FILE: &str = "pretended.mp4";

/// How tasks pretend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pretence {
    /// Least and most milliseconds in the queue.
    pub queued_ms: (u64, u64),
    /// Least and most milliseconds of rendering.
    pub rendering_ms: (u64, u64),
    /// Which part of them fails, 0 to 1.
    pub failing: f64,
    /// Whether they tell neither progress nor time to go.
    pub silent: bool,
}

/// What becomes of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    queued_ms: u64,
    rendering_ms: u64,
    fails: bool,
}

/// All tasks that pretend.
pub(super) struct Pretended {
    pretence: Pretence,
    seed: u64,
    video: PathBuf,
    parts: Mutex<HashMap<String, Part>>,
}

impl Pretended {
    /// With the one video in that folder, rendered now where it is missing. Blocks.
    pub(super) fn open(pretence: Pretence, seed: u64, data: &Path) -> Result<Self, StoreError> {
        let video = data.join(FILE);
        if !video.is_file() {
            let bytes = the_video()?;
            crate::store::write_whole(&video, bytes)?;
        }
        Ok(Self {
            pretence,
            seed,
            video,
            parts: Mutex::new(HashMap::new()),
        })
    }

    /// The one video.
    pub(super) fn video(&self) -> PathBuf {
        self.video.clone()
    }

    /// Takes on a task with that request.
    pub(super) fn take(&self, id: &str, body: &str) {
        let part = part(&self.pretence, self.seed, body);
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        parts.insert(id.to_owned(), part);
    }

    /// What there is to say of a task now.
    pub(super) fn look(&self, record: Record, now_ms: u64) -> Look {
        let parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        let part = parts.get(&record.id).copied();
        drop(parts);
        let part = part.unwrap_or_else(|| part_of_nothing(&record));
        let mut look = part.look(record, now_ms);
        if self.pretence.silent && !look.record.stage.is_end() {
            look.progress_percent = 0;
            look.eta_secs = None;
        }
        look
    }
}

/// A task whose request is not on disk any more was ended by a server that did not pretend.
fn part_of_nothing(record: &Record) -> Part {
    Part {
        queued_ms: 0,
        rendering_ms: 0,
        fails: record.stage == Stage::Failed,
    }
}

fn part(pretence: &Pretence, seed: u64, body: &str) -> Part {
    let between = |(least, most): (u64, u64), what: &str| {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most ten minutes in milliseconds"
        )]
        let more = ((most - least + 1) as f64 * drawn(seed, &format!("{what}\n{body}"))) as u64;
        (least + more).min(most)
    };
    Part {
        queued_ms: between(pretence.queued_ms, "queued"),
        rendering_ms: between(pretence.rendering_ms, "rendering"),
        fails: drawn(seed, &format!("fails\n{body}")) < pretence.failing,
    }
}

impl Part {
    fn look(self, mut record: Record, now_ms: u64) -> Look {
        let begins_ms = record.created_ms.saturating_add(self.queued_ms);
        let ends_ms = begins_ms.saturating_add(self.rendering_ms);
        let mut progress_percent = 0;
        record.started_ms = (now_ms >= begins_ms).then_some(begins_ms);
        record.ended_ms = (now_ms >= ends_ms).then_some(ends_ms);
        record.stage = if now_ms < begins_ms {
            Stage::Queued
        } else if now_ms < ends_ms {
            let done = (now_ms - begins_ms) * 100 / self.rendering_ms.max(1);
            progress_percent = u32::try_from(done).unwrap_or(99).min(99);
            Stage::Processing
        } else if self.fails {
            record.reason = Some("The render failed on purpose.".to_owned());
            Stage::Failed
        } else {
            progress_percent = 100;
            Stage::Succeeded
        };
        Look {
            record,
            progress_percent,
            eta_secs: Some(ends_ms.saturating_sub(now_ms).div_ceil(1000)),
        }
    }
}

/// A real video, as small as they come; rendered once in a process.
fn the_video() -> Result<&'static [u8], StoreError> {
    static VIDEO: OnceLock<Vec<u8>> = OnceLock::new();
    match VIDEO.get() {
        Some(video) => Ok(video),
        None => rendered().map(|video| VIDEO.get_or_init(|| video).as_slice()),
    }
}

fn rendered() -> Result<Vec<u8>, StoreError> {
    let failed = |error: String| StoreError::Io {
        doing: "rendering the video of tasks that only pretend",
        error: std::io::Error::other(error),
    };
    let accepted = check::check_json(Endpoint::TextToVideo, REQUEST)
        .map_err(|_| failed("its request is not valid".to_owned()))?;
    let frames = super::frames_of(accepted.request.duration_secs());
    render(
        &accepted.request,
        None,
        None,
        &Progress::new(frames),
        &AtomicBool::new(false),
    )
    .map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRETENCE: Pretence = Pretence {
        queued_ms: (100, 200),
        rendering_ms: (1_000, 3_000),
        failing: 0.25,
        silent: false,
    };

    #[test]
    fn a_task_goes_its_way_by_the_clock() {
        let part = Part {
            queued_ms: 100,
            rendering_ms: 1_000,
            fails: false,
        };
        let at = |part: Part, now_ms| {
            let record = Record::new("t".to_owned(), Endpoint::TextToVideo, 5, 1_000);
            let look = part.look(record, now_ms);
            (look.record.stage, look.progress_percent, look.eta_secs)
        };
        let cases = [
            (0, (Stage::Queued, 0, Some(3))),
            (1_099, (Stage::Queued, 0, Some(2))),
            (1_100, (Stage::Processing, 0, Some(1))),
            (1_600, (Stage::Processing, 50, Some(1))),
            (2_099, (Stage::Processing, 99, Some(1))),
            (2_100, (Stage::Succeeded, 100, Some(0))),
        ];
        for (now_ms, expected) in cases {
            assert_eq!(at(part, now_ms), expected, "{now_ms}");
        }
        let failing = Part { fails: true, ..part };
        assert_eq!(at(failing, 9_000), (Stage::Failed, 0, Some(0)));
    }

    #[test]
    fn what_becomes_of_a_task_follows_from_seed_and_request() {
        let parts = |seed: u64| -> Vec<Part> {
            (0..400)
                .map(|number| part(&PRETENCE, seed, &number.to_string()))
                .collect()
        };
        assert_eq!(parts(1), parts(1));
        assert_ne!(parts(1), parts(2));
        assert!(parts(1).iter().all(
            |part| (100..=200).contains(&part.queued_ms) && (1_000..=3_000).contains(&part.rendering_ms)
        ));
        let failing = parts(1).iter().filter(|part| part.fails).count();
        assert!((70..=130).contains(&failing), "about 100: {failing}");
    }
}
