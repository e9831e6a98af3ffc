//! How far a render is: frames done, and how fast they come.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// Frames after which a render's own speed says more than the last one's.
const FRAMES_TO_TRUST: u32 = 12;

/// How far one render is.
#[derive(Debug)]
pub(crate) struct Progress {
    frames: u32,
    done: AtomicU32,
    since: Instant,
}

impl Progress {
    /// Nothing done of that many frames.
    pub(crate) fn new(frames: u32) -> Self {
        Self {
            frames,
            done: AtomicU32::new(0),
            since: Instant::now(),
        }
    }

    /// That many frames are done now.
    pub(crate) fn finished(&self, done: u32) {
        self.done.store(done, Ordering::Relaxed);
    }

    /// Whole percent; 100 is left to the finished file.
    pub(crate) fn percent(&self) -> u32 {
        let done = u64::from(self.done.load(Ordering::Relaxed));
        let percent = done * 100 / u64::from(self.frames.max(1));
        u32::try_from(percent).unwrap_or(99).min(99)
    }

    /// Frames still to do.
    pub(crate) fn left(&self) -> u32 {
        self.frames.saturating_sub(self.done.load(Ordering::Relaxed))
    }

    /// Frames per second so far, once there are enough to tell.
    pub(crate) fn rate(&self) -> Option<f64> {
        let done = self.done.load(Ordering::Relaxed);
        let secs = self.since.elapsed().as_secs_f64();
        (done >= FRAMES_TO_TRUST && secs > 0.0).then(|| f64::from(done) / secs)
    }
}

/// Whole seconds for that many frames at that speed, rounded up.
pub(crate) fn eta_secs(frames: u64, rate: Option<f64>) -> Option<u64> {
    let rate = rate.filter(|rate| *rate > 0.0)?;
    #[expect(clippy::cast_precision_loss, reason = "frames in a queue are far below 2^52")]
    let secs = (frames as f64 / rate).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and saturating"
    )]
    Some(secs as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_counts_frames_and_stops_short_of_the_file() {
        let progress = Progress::new(120);
        for (done, percent) in [(0, 0), (1, 0), (60, 50), (119, 99), (120, 99)] {
            progress.finished(done);
            assert_eq!(progress.percent(), percent);
            assert_eq!(progress.left(), 120 - done);
        }
        assert_eq!(Progress::new(0).percent(), 0);
    }

    #[test]
    fn time_to_go_needs_a_measured_speed() {
        let cases = [
            (120, None, None),
            (120, Some(0.0), None),
            (120, Some(48.0), Some(3)),
            (0, Some(9.0), Some(0)),
        ];
        for (frames, rate, secs) in cases {
            assert_eq!(eta_secs(frames, rate), secs);
        }
        assert_eq!(Progress::new(120).rate(), None);
    }
}
