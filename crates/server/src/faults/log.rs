//! Who asked for what, and what happened to it: the last requests, in memory.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

/// Requests kept.
const MAX_ENTRIES: usize = 20_000;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// From 1, in the order they came.
    pub number: u64,
    /// When, in Unix milliseconds.
    pub at_ms: u64,
    /// `create`, `read` or `file`.
    pub on: &'static str,
    /// For a create, the intent; for a read or a file, the task.
    pub of: String,
    /// Which fault acted on it.
    pub fault: Option<&'static str>,
}

/// The last requests.
#[derive(Debug, Default)]
pub(super) struct Log {
    inner: Mutex<(u64, VecDeque<Entry>)>,
}

impl Log {
    pub(super) fn note(&self, at_ms: u64, on: &'static str, of: &str, fault: Option<&'static str>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, entries) = &mut *inner;
        *count += 1;
        if entries.len() == MAX_ENTRIES {
            entries.pop_front();
        }
        entries.push_back(Entry {
            number: *count,
            at_ms,
            on,
            of: of.to_owned(),
            fault,
        });
    }

    /// Those after the one of that number.
    pub(super) fn after(&self, number: u64) -> Vec<Entry> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner
            .1
            .iter()
            .filter(|entry| entry.number > number)
            .cloned()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_requests_are_kept_and_numbered() {
        let log = Log::default();
        for at_ms in 0..=MAX_ENTRIES as u64 {
            log.note(at_ms, "read", "t", None);
        }
        let all = log.after(0);
        assert_eq!((all.len(), all[0].number), (MAX_ENTRIES, 2));
        let last = log.after(MAX_ENTRIES as u64);
        assert_eq!((last.len(), last[0].at_ms), (1, MAX_ENTRIES as u64));
    }
}
