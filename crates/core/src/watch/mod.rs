//! When to look at which task: a state machine without I/O, clock or randomness of its own.
//!
//! The host loops: ask [`Watcher::next`], carry out the [`Action`], tell the result with [`Watcher::saw`].

use crate::TaskId;

/// What the host should do now. Times are milliseconds on the host's own monotonic clock.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Read these tasks now (each at once; one slow answer must not delay the others).
    Read(Vec<TaskId>),
    /// Nothing until then (or until something changes).
    WaitUntil(u64),
    /// Nothing is being watched, or everything watched is being read.
    Idle,
}

/// What one look told.
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
        /// Milliseconds the provider asked us to wait, for everything.
        retry_after_ms: Option<u64>,
    },
}
