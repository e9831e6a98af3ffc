//! Old results make room.

use super::{Inner, lock};
use crate::store::Record;

/// Forgets ended tasks that are too old, then the oldest until the rest fits.
pub(super) fn clean(inner: &Inner) {
    let ended = lock(&inner.tasks).ended();
    let keep_ms = u64::try_from(inner.settings.keep_for.as_millis()).unwrap_or(u64::MAX);
    for id in doomed(&ended, (inner.clock)(), keep_ms, inner.settings.keep_bytes) {
        // Forgotten before its files go: nobody is sent to a file that is gone.
        lock(&inner.tasks).forget(&id);
        match inner.store.remove(&id) {
            Ok(()) => tracing::info!(task = %id, "an old task was removed"),
            Err(error) => tracing::warn!(task = %id, %error, "an old task could not be removed"),
        }
    }
}

/// Which of the ended tasks (the oldest first) go.
fn doomed(ended: &[Record], now_ms: u64, keep_ms: u64, keep_bytes: u64) -> Vec<String> {
    let mut room = ended.iter().map(|record| record.video_bytes).sum::<u64>();
    let mut gone = Vec::new();
    for record in ended {
        let is_old = now_ms.saturating_sub(record.ended_ms.unwrap_or(record.created_ms)) > keep_ms;
        if is_old || room > keep_bytes {
            room = room.saturating_sub(record.video_bytes);
            gone.push(record.id.clone());
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use rushes_core::Endpoint;

    use super::*;
    use crate::store::Stage;

    #[test]
    fn the_old_go_first_and_then_the_oldest() {
        let ended: Vec<Record> = [("a", 10, 5), ("b", 20, 5), ("c", 30, 5)]
            .into_iter()
            .map(|(id, ended_ms, video_bytes)| Record {
                stage: Stage::Succeeded,
                ended_ms: Some(ended_ms),
                video_bytes,
                ..Record::new(id.to_owned(), Endpoint::TextToVideo, 5, 1)
            })
            .collect();
        let cases: [(u64, u64, u64, &[&str]); 5] = [
            (40, 100, 15, &[]),
            (40, 25, 15, &["a"]),
            (40, 100, 14, &["a"]),
            (40, 100, 5, &["a", "b"]),
            (40, 5, 0, &["a", "b", "c"]),
        ];
        for (now, keep_ms, keep_bytes, gone) in cases {
            assert_eq!(
                doomed(&ended, now, keep_ms, keep_bytes),
                gone,
                "{keep_ms} ms, {keep_bytes} bytes"
            );
        }
    }
}
