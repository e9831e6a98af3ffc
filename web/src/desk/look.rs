//! What became of an unsure take: asked of the page's own server, which carried its request on and may know.

use rushes_client::Settled;
use rushes_core::exchange::Created;

use super::Desk;
use crate::kit::Toaster;
use crate::ledger::{Event, NEVER_CAME, State, Take, Trouble};
use crate::text::{self, Arrived};

impl Desk {
    /// Looks whether an unsure take arrived, writes down what is known, and says it. Nothing is sent again.
    pub(super) async fn look_whether_it_arrived(self, take: Take, toaster: Toaster) {
        let Some(name) = &take.sent_as else {
            return toaster.say(text::arrived().nobody);
        };
        let client = self.inner().watch.client(take.place.as_ref());
        let (event, say) = found(client.settle(name, take.created_ms).await, text::arrived());
        if let Some(event) = event {
            self.ledger.apply(&take.id, &event).await;
            // Its own answer, or its author's paste, may have come first: then that is what is shown.
            if matches!(
                self.ledger.take(&take.id).map(|take| take.state),
                Some(State::Unsure { .. })
            ) {
                return;
            }
        }
        toaster.say(say);
    }
}

/// What is to be written down, if anything is known now, and what to say.
fn found(settled: Settled, words: &'static Arrived) -> (Option<Event>, &'static str) {
    match settled {
        Settled::Created(Created::Accepted(task)) => (Some(Event::Accepted(task)), words.accepted),
        Settled::Created(Created::Refused(failure)) => {
            (Some(Event::Refused(Trouble::from(&failure))), words.refused)
        }
        Settled::NeverCame => {
            let trouble = Trouble::not_sent(NEVER_CAME, None);
            (Some(Event::Refused(trouble)), words.never)
        }
        Settled::Created(Created::Unsure(_)) => (None, words.unsure),
        Settled::UnderWay => (None, words.under_way),
        Settled::Forgotten => (None, words.forgotten),
        Settled::Untold => (None, words.untold),
    }
}

#[cfg(test)]
mod tests {
    use rushes_core::{Failure, FailureKind, TaskId};

    use super::*;

    #[test]
    fn only_what_is_known_is_written_down() {
        let failure = |kind| Failure {
            kind,
            status: None,
            reason: None,
            message: "m".into(),
            detail: None,
            retry_after_ms: None,
            retryable: false,
        };
        let words = text::arrived();
        let unsure = Settled::Created(Created::Unsure(failure(FailureKind::Unsure)));
        for (settled, say) in [
            (unsure, words.unsure),
            (Settled::UnderWay, words.under_way),
            (Settled::Forgotten, words.forgotten),
            (Settled::Untold, words.untold),
        ] {
            assert_eq!(found(settled, words), (None, say));
        }
        let task = TaskId::new("t-1").expect("an id");
        let accepted = Settled::Created(Created::Accepted(task.clone()));
        assert_eq!(
            found(accepted, words),
            (Some(Event::Accepted(task)), words.accepted)
        );
        let refused = Settled::Created(Created::Refused(failure(FailureKind::Balance)));
        for (settled, kind) in [
            (refused, FailureKind::Balance),
            (Settled::NeverCame, FailureKind::Network),
        ] {
            let (Some(Event::Refused(trouble)), _) = found(settled, words) else {
                panic!("refused")
            };
            assert_eq!(trouble.kind(), kind);
        }
    }
}
