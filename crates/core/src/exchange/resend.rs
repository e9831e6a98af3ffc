use crate::{Failure, FailureKind};

/// Most times one intent is sent by itself, the first included.
pub const MAX_SENDS: u32 = 3;
/// Longest wait before sending again by itself, in milliseconds. Whoever pressed a button a minute ago may have
/// changed their mind: past it the failure is shown, and sending again is theirs to decide.
const MAX_WAIT_MS: u64 = 60_000;
/// First wait after a connection that could not be made, in milliseconds; doubled each time.
const NETWORK_WAIT_MS: u64 = 1_000;
/// First wait after 429 without `Retry-After`, in milliseconds; doubled each time. Creates are limited per minute.
const RATE_LIMIT_WAIT_MS: u64 = 10_000;

/// Whether a create that failed so may be sent again by itself, and after how many milliseconds.
///
/// `sent` is how often it was sent so far (1 after the first time). Only what surely was not accepted is ever sent
/// again: no connection was made, or 429. At most [`MAX_SENDS`] times, and never after a wait of over a minute.
pub fn resend(failure: &Failure, sent: u32) -> Option<u64> {
    if !failure.retryable || sent >= MAX_SENDS {
        return None;
    }
    let first = match failure.kind {
        FailureKind::Network => NETWORK_WAIT_MS,
        FailureKind::RateLimit => RATE_LIMIT_WAIT_MS,
        _ => return None,
    };
    let wait = failure
        .retry_after_ms
        .map_or(first << sent.saturating_sub(1), |asked| {
            asked.max(NETWORK_WAIT_MS)
        });
    (wait <= MAX_WAIT_MS).then_some(wait)
}
