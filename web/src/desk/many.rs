//! What a take's author does with many takes at once.

use leptos::prelude::*;

use super::Desk;
use crate::kit::Toaster;
use crate::ledger::{KeptFile, Standing, State, UNDO_MS, now_ms};
use crate::task::{after_ms, spawn};
use crate::text::{self, t};

/// Most videos that are compared at once: more fit on no screen, and few machines play them together.
const COMPARED_MOST: usize = 6;

impl Desk {
    /// Deletes takes, with a way back; those that go on, or of which nobody knows what came, stay.
    pub fn delete_many(self, ids: Vec<String>, toaster: Toaster) {
        let count = ids.len();
        let ids: Vec<String> = ids
            .into_iter()
            .filter(|id| self.ledger.take(id).is_some_and(|take| take.state.is_deletable()))
            .collect();
        let staying = count - ids.len();
        if ids.is_empty() {
            if staying > 0 {
                toaster.say((text::library().not_deletable)(staying));
            }
            return;
        }
        spawn(async move {
            if self.ledger.delete(&ids).await.is_err() {
                // The ledger has said what is wrong with storage; the takes are still there.
                return;
            }
            let words = text::library();
            let mut said = (words.deleted)(ids.len());
            if staying > 0 {
                said.push(' ');
                said.push_str(&(words.not_deletable)(staying));
            }
            let undone = ids.clone();
            let undo = move || {
                let ids = undone.clone();
                // Where it fails, the ledger says what is wrong with storage.
                spawn(async move { drop(self.ledger.restore(&ids).await) });
            };
            let offer = toaster.offer(said, t().shell.undo, undo);
            // From then on it can no longer be taken back, and the disk is given back what it held.
            after_ms(u32::try_from(UNDO_MS).unwrap_or(u32::MAX), move || {
                toaster.close(offer);
                spawn(async move { self.ledger.erase_deleted(&ids).await });
            });
        });
    }

    /// Keeps a file from its owner's disk as a take's video, if it is one.
    pub fn keep_file(self, id: String, file: web_sys::File, toaster: Toaster) {
        spawn(async move {
            let Some((media_type, bytes)) = super::bytes::kind_of(&file).await else {
                toaster.say(text::watching().not_a_video);
                return;
            };
            let kept = KeptFile {
                bytes,
                media_type: media_type.to_owned(),
                kept_ms: now_ms(),
            };
            // Where it fails, the ledger says what is wrong with storage.
            drop(self.ledger.keep(&id, &file, kept).await);
        });
    }

    /// Every video that is kept here, saved as files.
    pub fn save_all(self, toaster: Toaster) {
        let ids: Vec<String> = self.ledger.takes.with_untracked(|takes| {
            let kept = takes
                .iter()
                .filter(|shelved| shelved.card.standing == Standing::Kept);
            kept.map(|shelved| shelved.id.clone()).collect()
        });
        self.save_many(&ids, toaster);
    }

    /// Saves the videos of takes: one as it is, several as one zip.
    pub fn save_many(self, ids: &[String], toaster: Toaster) {
        let kept: Vec<_> = ids
            .iter()
            .filter_map(|id| self.ledger.take(id))
            .filter(|take| matches!(take.state, State::Kept { .. }))
            .collect();
        if kept.is_empty() {
            toaster.say(text::library().no_videos);
        } else if let ([take], 1) = (kept.as_slice(), ids.len()) {
            let take = take.clone();
            spawn(async move {
                self.save(&take, toaster).await;
            });
        } else {
            self.depot.zip_takes(ids.to_vec());
        }
    }

    /// Compares the kept videos of some takes on the stage.
    pub fn compare_many(self, ids: &[String], toaster: Toaster) {
        let is_kept = |id: &&String| {
            let take = self.ledger.take(id);
            take.is_some_and(|take| matches!(take.state, State::Kept { .. }))
        };
        let kept: Vec<String> = ids.iter().filter(is_kept).take(COMPARED_MOST).cloned().collect();
        if kept.len() < 2 {
            toaster.say(text::player().compare_needs);
            return;
        }
        self.compare_first.set(None);
        self.comparing.set(kept);
        self.go_to_stage();
    }

    /// Notes a take to be compared, or compares it with the one that was noted.
    pub fn compare(self, id: String, toaster: Toaster) {
        match self.compare_first.get_untracked() {
            Some(first) if first != id => self.compare_many(&[first, id], toaster),
            _ => {
                self.compare_first.set(Some(id));
                toaster.say(text::player().compare_next);
            }
        }
    }
}
