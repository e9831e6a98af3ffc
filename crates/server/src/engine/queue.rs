//! All tasks in memory, and whose turn it is.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::progress::{Progress, eta_secs};
use super::{Load, Look, frames_of};
use crate::store::{Record, Stage};

/// How often a render may be begun: a request that brings the whole server down is not tried for ever.
const MAX_ATTEMPTS: u32 = 3;

/// All tasks.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    records: HashMap<String, Record>,
    waiting: VecDeque<String>,
    /// Places promised to requests that are being written to disk.
    reserved: usize,
    running: Option<(String, Arc<Progress>)>,
    /// Frames per second of the last render.
    rate: Option<f64>,
}

impl Tasks {
    /// Takes up a record that an earlier server left; what it changed must be written back.
    pub(super) fn take_up(&mut self, mut record: Record) -> Option<Record> {
        let was = record.clone();
        if !record.stage.is_end() {
            if record.attempts >= MAX_ATTEMPTS {
                record.stage = Stage::Failed;
                record.reason = Some(format!(
                    "The server stopped {} times while rendering this.",
                    record.attempts
                ));
                record.ended_ms = record.started_ms;
            } else {
                record.stage = Stage::Queued;
                self.waiting.push_back(record.id.clone());
            }
        }
        let changed = (record != was).then(|| record.clone());
        self.records.insert(record.id.clone(), record);
        changed
    }

    /// Promises a place among that many.
    ///
    /// # Errors
    /// The frames to be rendered before there is room, when all are taken.
    pub(super) fn reserve(&mut self, room: usize) -> Result<(), u64> {
        // What is being rendered waits no longer; an idle engine takes one beyond the room for waiting.
        let beginning = usize::from(self.running.is_none());
        if self.waiting.len() + self.reserved >= room.saturating_add(beginning) {
            return Err(self.frames_running());
        }
        self.reserved += 1;
        Ok(())
    }

    /// Takes back a promise that came to nothing.
    pub(super) fn give_back(&mut self) {
        self.reserved = self.reserved.saturating_sub(1);
    }

    /// Keeps a promise.
    pub(super) fn enqueue(&mut self, record: Record) {
        self.give_back();
        self.waiting.push_back(record.id.clone());
        self.records.insert(record.id.clone(), record);
    }

    /// Takes a record without a turn: nobody will render it.
    pub(super) fn keep(&mut self, record: Record) {
        self.records.insert(record.id.clone(), record);
    }

    /// Every record that has not ended.
    pub(super) fn unended(&self) -> Vec<Record> {
        let records = self.records.values();
        records.filter(|record| !record.stage.is_end()).cloned().collect()
    }

    /// Begins the next render: its record is changed and must be written.
    pub(super) fn begin(&mut self, now_ms: u64) -> Option<(Record, Arc<Progress>)> {
        while let Some(id) = self.waiting.pop_front() {
            if let Some(record) = self.records.get_mut(&id) {
                record.stage = Stage::Processing;
                record.attempts += 1;
                record.started_ms = Some(now_ms);
                let progress = Arc::new(Progress::new(frames_of(record.duration_secs)));
                self.running = Some((id, Arc::clone(&progress)));
                return Some((record.clone(), progress));
            }
        }
        None
    }

    /// Ends the running render with that record.
    pub(super) fn end(&mut self, record: Record) {
        if let Some((_, progress)) = self.running.take() {
            self.rate = progress.rate().or(self.rate);
        }
        if record.stage == Stage::Queued {
            self.waiting.push_front(record.id.clone());
        }
        self.records.insert(record.id.clone(), record);
    }

    /// What there is to say of a task.
    pub(super) fn look(&self, id: &str) -> Option<Look> {
        let record = self.records.get(id)?.clone();
        let (progress_percent, eta) = match record.stage {
            Stage::Queued => (0, eta_secs(self.frames_before(id), self.rate())),
            Stage::Processing => self.running_now(id),
            Stage::Succeeded => (100, Some(0)),
            Stage::Failed => (0, Some(0)),
        };
        Some(Look {
            record,
            progress_percent,
            eta_secs: eta,
        })
    }

    /// Frames per second, as last measured.
    pub(super) fn rate(&self) -> Option<f64> {
        self.running
            .as_ref()
            .and_then(|(_, progress)| progress.rate())
            .or(self.rate)
    }

    /// How busy the engine is.
    pub(super) fn load(&self, room: usize) -> Load {
        Load {
            waiting: self.waiting.len() + self.reserved,
            room,
            rendering: self.running.is_some(),
        }
    }

    /// Ended tasks, the one that ended first coming first.
    pub(super) fn ended(&self) -> Vec<Record> {
        let mut ended: Vec<Record> = self
            .records
            .values()
            .filter(|record| record.stage.is_end())
            .cloned()
            .collect();
        ended.sort_by(|a, b| (a.ended_ms, &a.id).cmp(&(b.ended_ms, &b.id)));
        ended
    }

    /// Forgets a task.
    pub(super) fn forget(&mut self, id: &str) {
        self.records.remove(id);
    }

    fn running_now(&self, id: &str) -> (u32, Option<u64>) {
        match &self.running {
            Some((running, progress)) if running == id => (
                progress.percent(),
                eta_secs(u64::from(progress.left()), self.rate()),
            ),
            _ => (0, None),
        }
    }

    fn frames_running(&self) -> u64 {
        self.running
            .as_ref()
            .map_or(0, |(_, progress)| u64::from(progress.left()))
    }

    /// Frames until a waiting task is done: those being rendered, those ahead, its own.
    fn frames_before(&self, id: &str) -> u64 {
        let mut frames = self.frames_running();
        for waiting in &self.waiting {
            frames += self
                .records
                .get(waiting)
                .map_or(0, |record| u64::from(frames_of(record.duration_secs)));
            if waiting == id {
                break;
            }
        }
        frames
    }
}

#[cfg(test)]
mod tests {
    use rushes_core::Endpoint;

    use super::*;

    fn record(id: &str) -> Record {
        Record::new(id.to_owned(), Endpoint::TextToVideo, 5, 1)
    }

    #[test]
    fn places_are_bounded_and_given_back() {
        let mut tasks = Tasks::default();
        // One to begin with and two to wait.
        for id in ["a", "b", "c"] {
            tasks.reserve(2).unwrap();
            tasks.enqueue(record(id));
        }
        assert_eq!(tasks.reserve(2), Err(0));
        let (begun, _) = tasks.begin(5).unwrap();
        assert_eq!(
            (begun.id.as_str(), begun.stage, begun.attempts),
            ("a", Stage::Processing, 1)
        );
        assert_eq!(tasks.reserve(2), Err(120), "the running one's frames come first");
        tasks.end(Record {
            stage: Stage::Succeeded,
            ..begun
        });
        tasks.reserve(2).unwrap();
        tasks.give_back();
        assert_eq!(
            tasks.load(2),
            Load {
                waiting: 2,
                room: 2,
                rendering: false
            }
        );
    }

    #[test]
    fn a_render_that_was_stopped_is_next_again() {
        let mut tasks = Tasks::default();
        for id in ["a", "b"] {
            tasks.reserve(9).unwrap();
            tasks.enqueue(record(id));
        }
        let (begun, _) = tasks.begin(5).unwrap();
        tasks.end(Record {
            stage: Stage::Queued,
            ..begun
        });
        assert_eq!(tasks.begin(6).unwrap().0.id, "a");
    }

    #[test]
    fn a_killed_render_is_queued_again_but_not_for_ever() {
        let mut tasks = Tasks::default();
        let killed = Record {
            stage: Stage::Processing,
            attempts: 1,
            ..record("a")
        };
        assert_eq!(
            tasks.take_up(killed.clone()),
            Some(Record {
                stage: Stage::Queued,
                ..killed.clone()
            })
        );
        assert_eq!(
            tasks.take_up(record("b")),
            None,
            "nothing to write for one that only waited"
        );
        let fatal = Record {
            attempts: MAX_ATTEMPTS,
            id: "c".to_owned(),
            ..killed
        };
        let failed = tasks.take_up(fatal).unwrap();
        assert_eq!(failed.stage, Stage::Failed);
        assert!(failed.reason.is_some());
        assert_eq!(tasks.load(9).waiting, 2);
    }

    #[test]
    fn time_to_go_counts_everything_ahead() {
        let mut tasks = Tasks::default();
        for id in ["a", "b"] {
            tasks.reserve(9).unwrap();
            tasks.enqueue(record(id));
        }
        assert_eq!(
            tasks.look("b").unwrap().eta_secs,
            None,
            "nothing was measured yet"
        );
        tasks.rate = Some(60.0);
        assert_eq!(tasks.look("a").unwrap().eta_secs, Some(2));
        assert_eq!(tasks.look("b").unwrap().eta_secs, Some(4));
        assert_eq!(tasks.look("c"), None);
    }
}
