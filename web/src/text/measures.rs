//! Words of measures, and of failures.

use crate::ledger::Trouble;

/// Words of measures, and of failures.
#[derive(Debug)]
pub struct Measures {
    /// So many seconds, the number already written.
    pub seconds: fn(&str) -> String,
    /// So many minutes.
    pub minutes: fn(&str) -> String,
    /// So many hours.
    pub hours: fn(&str) -> String,
    /// So much more is there than is shown.
    pub more: fn(&str) -> String,
    /// Why a request was surely not accepted, and the next step.
    pub failure: fn(&Trouble) -> String,
}
