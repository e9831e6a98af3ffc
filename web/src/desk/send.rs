//! One intent: written down, then sent, once.

use crate::task::spawn;
use leptos::prelude::*;
use rushes_core::Request;
use rushes_core::exchange::{Created, MAX_SENDS, Method, timeout_ms};
use rushes_core::limits::IMAGE_MAX_BYTES;
use rushes_core::price::Estimate;

use super::{Desk, line};
use crate::ids;
use crate::ledger::{
    Event, Filed, Price, SCHEMA, Settings, State, Take, Trouble, inline_images, locks, now_ms,
};
use crate::text::{self, t};

/// Longest wait between two sendings of one create, in milliseconds.
const WAIT_MS: u64 = 60_000;
/// How often is looked whether something else is still on its way, in milliseconds.
const TURN_MS: u32 = 50;
/// Room for the words of a request, in bytes.
const WORDS_BYTES: u64 = 200_000;

/// What came of one intent.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// It has a task id.
    Accepted,
    /// It surely was not accepted.
    Refused(Trouble),
    /// Nobody knows.
    Unsure,
    /// It could not be written down, so it was not sent.
    NotWritten,
    /// Where it goes cannot be reached without its key, so it was not sent.
    NotReached,
}

/// Longest that a create can take in all, in milliseconds: two of the largest images in base64, sent as often as is
/// allowed, each time to the end of its time-out.
pub(super) fn longest_ms() -> u32 {
    let body_bytes = 2 * IMAGE_MAX_BYTES.div_ceil(3) * 4 + WORDS_BYTES;
    let once_ms = timeout_ms(Method::Post, body_bytes) + WAIT_MS;
    u32::try_from(once_ms * u64::from(MAX_SENDS)).unwrap_or(u32::MAX)
}

/// What an intent comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct From {
    /// The take it repeats.
    pub again_of: Option<String>,
    /// The take whose frame it begins with.
    pub continues: Option<String>,
}

impl Desk {
    pub(super) fn send(self, request: Request, estimate: Estimate, from: From) {
        if self.sending.get_untracked() {
            return;
        }
        if untrack(|| self.connection.is_cut_off()) {
            // Known before anything is sent, hence no attempt.
            self.owner
                .with(crate::kit::use_toaster)
                .say(t().offline.draft_stays);
            return;
        }
        if !untrack(|| self.connection.can_reach(self.connection.place_now().as_ref())) {
            // Its key went with the tab that held it. Nothing is sent elsewhere instead.
            self.connection.open_chosen();
            return;
        }
        self.sending.set(true);
        spawn(async move {
            self.send_now(new_id(), request, &estimate, from).await;
            self.sending.set(false);
        });
    }

    /// Sends one intent under an id that was made before, once nothing else is on its way: what came of it.
    pub(super) async fn send_under(
        self,
        id: String,
        request: Request,
        estimate: Estimate,
        continues: Option<String>,
    ) -> Sent {
        while self.sending.get_untracked() {
            crate::task::sleep(TURN_MS).await;
        }
        if untrack(|| self.connection.is_cut_off()) {
            return Sent::NotReached;
        }
        if !untrack(|| self.connection.can_reach(self.connection.place_now().as_ref())) {
            self.connection.open_chosen();
            return Sent::NotReached;
        }
        self.sending.set(true);
        let from = From {
            again_of: None,
            continues,
        };
        let sent = self.send_now(id, request, &estimate, from).await;
        self.sending.set(false);
        sent
    }

    async fn send_now(self, id: String, request: Request, estimate: &Estimate, from: From) -> Sent {
        let take = self.intent(id.clone(), &request, estimate, from);
        let inner = self.inner();
        inner.own.borrow_mut().insert(&id, ());
        // Held before the record exists, so that no other page takes the record for a dead page's.
        let _out = locks::hold(&locks::of_attempt(&id)).await;
        let images = inline_images(&request);
        if let Err(error) = self.ledger.begin(take.clone(), &images).await {
            // Not on disk, so not sent: an attempt that nobody could remember must not cost money.
            let trouble = Trouble::not_sent(text::takes().say.not_written, Some(error.words().to_owned()));
            self.ledger.show_unwritten(Take {
                state: State::Refused(trouble),
                ..take
            });
            self.chosen.set(Some(id));
            return Sent::NotWritten;
        }
        self.chosen.set(Some(id.clone()));
        self.columns.show(ids::STAGE);
        let client = inner.watch.client(take.place.as_ref());
        let (event, sent) = match client.create_named(&request, take.sent_as.as_deref()).await {
            Created::Accepted(task) => (Event::Accepted(task), Sent::Accepted),
            Created::Refused(failure) => {
                let trouble = Trouble::from(&failure);
                (Event::Refused(trouble.clone()), Sent::Refused(trouble))
            }
            Created::Unsure(failure) => (Event::Doubted(Trouble::from(&failure)), Sent::Unsure),
        };
        // On disk when this returns; only then is it looked at, and only then is the lock let go.
        self.ledger.apply(&id, &event).await;
        sent
    }

    fn intent(self, id: String, request: &Request, estimate: &Estimate, from: From) -> Take {
        let now_ms = now_ms();
        let place = self.connection.place_now();
        Take {
            schema: SCHEMA,
            sent_as: (place.is_none() && line::is_own()).then(|| id.clone()),
            id,
            created_ms: now_ms,
            changed_ms: now_ms,
            settings: Settings::of(request),
            price: Price::of(estimate),
            maker: self.maker(),
            state: State::Sending,
            took_ms: None,
            again_of: from.again_of,
            continues: from.continues,
            filed: Filed::default(),
            is_awaited: false,
            deleted_ms: None,
            place,
        }
    }
}

/// An id that no other intent has: a UUID, or the same number of random bits where the page is not served securely.
pub fn new_id() -> String {
    let crypto = window().crypto();
    let uuid = crypto
        .as_ref()
        .ok()
        .and_then(|crypto| window().is_secure_context().then(|| crypto.random_uuid()));
    uuid.unwrap_or_else(|| {
        let mut bits = [0_u8; 16];
        let is_random = crypto.is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bits).is_ok());
        if !is_random {
            bits[..8].copy_from_slice(&now_ms().to_be_bytes());
            bits[8..].copy_from_slice(&js_sys::Math::random().to_be_bytes());
        }
        format!("{:032x}", u128::from_be_bytes(bits))
    })
}

#[cfg(test)]
mod tests {
    use super::longest_ms;

    #[test]
    fn the_longest_create_is_waited_for() {
        // 60 s, 28 MB at 64 bytes a millisecond, and a minute's wait; three times.
        let once_ms = 60_000 + 436_000 + 60_000;
        assert!(
            (3 * once_ms..3 * once_ms + 60_000).contains(&longest_ms()),
            "{}",
            longest_ms()
        );
    }
}
