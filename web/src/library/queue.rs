//! Which takes stand in the queue, with all that can be done with them. Plain values.

use super::attempts::Links;
use crate::ledger::{Card, Standing};

/// Most takes in the queue; more go to the shelf.
pub const MOST: usize = 30;
/// How long a take that ended badly stands there, in milliseconds, unless it was tried again.
const FRESH_MS: u64 = 24 * 3_600_000;

/// Of each take, given in the order they are shown in, whether it stands in the queue. Where there is no room for all,
/// what ended badly makes room first: what goes on or needs a decision is not lost from sight for it.
pub fn queued(takes: &[(&str, &Card)], links: &Links<'_>, now_ms: u64) -> Vec<bool> {
    let pending = takes.iter().filter(|(_, card)| card.is_pending()).count();
    let mut room = MOST.min(pending);
    let mut room_for_ended = MOST - room;
    takes
        .iter()
        .map(|(id, card)| {
            let room = if card.is_pending() {
                &mut room
            } else {
                &mut room_for_ended
            };
            let is_queued = *room > 0 && is_queued(card, links.has_next(id), now_ms);
            *room -= usize::from(is_queued);
            is_queued
        })
        .collect()
}

/// Whether a take belongs in the queue: it goes on, needs a decision, or ended badly today and was not tried again.
pub fn is_queued(card: &Card, has_next: bool, now_ms: u64) -> bool {
    let is_fresh = now_ms.saturating_sub(card.created_ms) < FRESH_MS;
    card.is_pending()
        || (matches!(card.standing, Standing::Failed | Standing::Refused) && is_fresh && !has_next)
}
