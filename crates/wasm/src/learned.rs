use rushes_core::exchange::Read;
use rushes_core::watch::{Expectation, History, Kind, wait_between};
use rushes_core::{Status, TaskId};

use crate::exchange::whole;

/// How long the videos take that one client watches: learned from those that it saw to their end.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    history: History,
    running: Vec<Running>,
}

/// A watched task whose kind is known.
#[derive(Debug)]
struct Running {
    id: TaskId,
    kind: Kind,
    /// When it was created, on the caller's clock.
    created: f64,
    /// Its age at the last look that saw it going on, in milliseconds.
    going_ms: u64,
}

impl Learned {
    /// Takes on a task that was created then; of one that is there already nothing changes.
    pub(crate) fn take_on(&mut self, id: &TaskId, kind: Kind, created: f64) -> Expectation {
        if self.place(id).is_none() {
            self.running.push(Running {
                id: id.clone(),
                kind,
                created,
                going_ms: 0,
            });
        }
        self.history.expect(kind)
    }

    /// Lets a task go.
    pub(crate) fn forget(&mut self, id: &TaskId) {
        if let Some(place) = self.place(id) {
            self.running.swap_remove(place);
        }
    }

    /// Learns from a look; what is expected of that task now, while it goes on.
    pub(crate) fn saw(&mut self, id: &TaskId, read: &Read, now: f64) -> Option<Expectation> {
        let place = self.place(id)?;
        let running = &mut self.running[place];
        if let Read::State(state) = read {
            let age_ms = whole(now - running.created);
            if state.status == Status::Succeeded
                && let Some(wait_ms) = wait_between(running.going_ms, age_ms)
            {
                #[expect(clippy::cast_precision_loss, reason = "waits are far below 2^52 milliseconds")]
                self.history.add(running.kind, wait_ms as f64 / 1000.0);
            }
            if state.is_end() {
                self.running.swap_remove(place);
                return None;
            }
            running.going_ms = age_ms;
        }
        Some(self.history.expect(running.kind))
    }

    fn place(&self, id: &TaskId) -> Option<usize> {
        self.running.iter().position(|running| running.id == *id)
    }
}
