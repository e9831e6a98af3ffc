//! When to look at which task: a state machine without I/O, clock or randomness of its own.
//!
//! The host loops: ask [`Watcher::next`], carry out the [`Action`], tell the result with [`Watcher::saw`]. One task or
//! ten thousand, in Rust or in JavaScript: this is the only thing that decides when to look.
//!
//! A watcher belongs to one account at one provider: a wait asked for by one answer holds for all its tasks.

mod budget;
mod expectation;
mod foresight;
mod history;
mod pace;
mod watcher;

pub use expectation::Expectation;
pub use history::{History, Kind, wait_between};
pub use watcher::{DEFAULT_READS_PER_MINUTE, Options, Watcher};

use crate::exchange::Read;
use crate::{FailureKind, TaskId};

/// What the host should do now. Times are milliseconds on the host's own monotonic clock.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Read these tasks now (each at once; one slow answer must not delay the others).
    Read(Vec<TaskId>),
    /// Nothing until then (or until something changes).
    WaitUntil(u64),
    /// Nothing until something changes: nothing is watched, or the host is offline.
    Idle,
}

/// What one look told. Made from a [`Read`] by `Sighting::from`.
#[derive(Clone, Debug, PartialEq)]
pub enum Sighting {
    /// Still going (any status that is not an end, unknown ones too); what the provider says of progress and time to go.
    Going {
        /// 0 to 100.
        progress_percent: Option<f64>,
        /// Seconds to go.
        eta_secs: Option<f64>,
    },
    /// Ended, well or badly: no more looks.
    Ended,
    /// The look told nothing.
    Missed {
        /// Why.
        kind: FailureKind,
        /// Milliseconds the provider asked us to wait, for everything.
        retry_after_ms: Option<u64>,
    },
}

impl From<&Read> for Sighting {
    fn from(read: &Read) -> Self {
        match read {
            Read::State(state) if state.is_end() => Self::Ended,
            Read::State(state) => Self::Going {
                progress_percent: state.progress_percent,
                eta_secs: state.eta_secs,
            },
            Read::Missed(failure) => Self::Missed {
                kind: failure.kind,
                retry_after_ms: failure.retry_after_ms,
            },
        }
    }
}

/// How the watcher sees a task after a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It goes on.
    Watching {
        /// When it is looked at again, at the earliest, on the host's clock.
        next_look_ms: u64,
        /// Whether it has gone on for so long (two hours) that it is looked at every five minutes only.
        slow: bool,
    },
    /// The provider keeps saying that it does not know this task. It is looked at every five minutes, because an
    /// unfinished task is never given up; the host should say that it is out of sight.
    LostSight {
        /// When it is looked at again, at the earliest, on the host's clock.
        next_look_ms: u64,
    },
    /// It ended and is no longer watched.
    Ended,
    /// It was not being watched (any more): nothing to do.
    Unwatched,
}
