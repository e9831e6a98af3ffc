//! How many reads may be made, for all tasks together.

use std::collections::VecDeque;

/// One minute, in milliseconds.
const MINUTE_MS: u64 = 60_000;
/// Longest pause after 429 without `Retry-After`, in milliseconds.
const MAX_PAUSE_MS: u64 = 60_000;
/// Pause after a refused key, in milliseconds.
const KEY_PAUSE_MS: u64 = 30_000;
/// How often the spacing of reads is doubled at most when the provider keeps answering 429.
const MAX_STRAIN: u32 = 4;

/// The reads of any sixty seconds, kept within a number: a small burst at once, the rest evenly spaced.
#[derive(Debug)]
pub(super) struct Budget {
    /// Most reads in any sixty seconds.
    most: usize,
    /// When the reads of the last sixty seconds were made.
    made_ms: VecDeque<u64>,
    /// Milliseconds between reads once the burst is used up.
    spacing_ms: u64,
    /// Reads that may be made at once.
    burst: u64,
    /// When all reads so far are "paid for" (the theoretical arrival time of the generic cell rate algorithm).
    paid_until_ms: u64,
    /// No read before that: the provider asked for it.
    quiet_until_ms: u64,
    /// No read before that: the key was refused, and only its owner can change that.
    key_pause_until_ms: u64,
    /// How often in a row 429 was answered; doubles the spacing.
    strain: u32,
    /// When strain last changed.
    strained_at_ms: u64,
}

impl Budget {
    /// At most that many reads in any sixty seconds (1 to 60,000; others count as the nearest of these).
    pub(super) fn new(reads_per_minute: u32) -> Self {
        let per_minute = reads_per_minute.clamp(1, 60_000);
        Self {
            most: usize::try_from(per_minute).unwrap_or(usize::MAX),
            made_ms: VecDeque::new(),
            spacing_ms: MINUTE_MS / u64::from(per_minute),
            burst: u64::from(per_minute / 10).max(1),
            paid_until_ms: 0,
            quiet_until_ms: 0,
            key_pause_until_ms: 0,
            strain: 0,
            strained_at_ms: 0,
        }
    }

    fn spacing_ms(&self) -> u64 {
        self.spacing_ms << self.strain
    }

    /// When the next read may be made: `now` or later.
    pub(super) fn free_at(&self, now_ms: u64) -> u64 {
        self.spaced_at(now_ms)
            .max(self.quiet_until_ms)
            .max(self.key_pause_until_ms)
    }

    /// The same, but for pauses that the provider asked for.
    pub(super) fn spaced_at(&self, now_ms: u64) -> u64 {
        let slack = self.spacing_ms * (self.burst - 1);
        let oldest = self.made_ms.len().checked_sub(self.most);
        let full_until_ms = oldest.map_or(0, |oldest| self.made_ms[oldest].saturating_add(MINUTE_MS));
        now_ms
            .max(self.paid_until_ms.saturating_sub(slack))
            .max(full_until_ms)
    }

    /// Counts one read, made now.
    pub(super) fn spend(&mut self, now_ms: u64) {
        self.relax(now_ms);
        while self
            .made_ms
            .front()
            .is_some_and(|made_ms| now_ms.saturating_sub(*made_ms) >= MINUTE_MS)
        {
            self.made_ms.pop_front();
        }
        self.made_ms.push_back(now_ms);
        self.paid_until_ms = self.paid_until_ms.max(now_ms).saturating_add(self.spacing_ms());
    }

    /// No reads for that long: the provider said so.
    pub(super) fn be_quiet(&mut self, for_ms: u64, now_ms: u64) {
        self.quiet_until_ms = self.quiet_until_ms.max(now_ms.saturating_add(for_ms));
    }

    /// The key was refused: no reads for a while.
    pub(super) fn key_refused(&mut self, now_ms: u64) {
        self.key_pause_until_ms = now_ms.saturating_add(KEY_PAUSE_MS);
    }

    /// There is another key: the pause for the old one is over.
    pub(super) fn key_changed(&mut self) {
        self.key_pause_until_ms = 0;
    }

    /// The provider answered 429: fewer reads from now on, and a pause if it named none itself. Answers to reads that
    /// were made before the pause began do not count again.
    pub(super) fn strained(&mut self, asked_ms: Option<u64>, now_ms: u64) {
        if now_ms >= self.quiet_until_ms {
            self.strain = (self.strain + 1).min(MAX_STRAIN);
            self.strained_at_ms = now_ms;
        }
        let own = (2_500 << self.strain).min(MAX_PAUSE_MS);
        self.be_quiet(asked_ms.unwrap_or(own), now_ms);
    }

    /// A minute without 429 halves the spacing again.
    fn relax(&mut self, now_ms: u64) {
        if self.strain > 0 && now_ms.saturating_sub(self.strained_at_ms) >= MINUTE_MS {
            self.strain -= 1;
            self.strained_at_ms = now_ms;
        }
    }
}
