//! States for tests, all of one task.

use rushes_web::ledger::{Doubt, Gone, KeptFile, Link, NotKept, State, Trouble, Watch};

/// The id of their task.
pub(crate) const TASK: &str = "t-1";

/// Nobody knows whether it arrived.
pub(crate) fn unsure(is_put_away: bool) -> State {
    State::Unsure {
        why: Doubt::PageClosed,
        since_ms: 1,
        is_put_away,
    }
}

/// It was never sent.
pub(crate) fn refused() -> State {
    State::Refused(Trouble::not_sent("No.", None))
}

/// It goes on, and this was seen of it.
pub(crate) fn watched(watch: Watch) -> State {
    State::Watched {
        task: TASK.into(),
        watch,
    }
}

/// It may go on, and nobody looks.
pub(crate) fn stopped() -> State {
    watched(Watch {
        is_stopped: true,
        ..Watch::default()
    })
}

/// It is made, and not kept.
pub(crate) fn done(link: Option<Link>, not_kept: Option<NotKept>) -> State {
    State::Succeeded {
        task: TASK.into(),
        link,
        not_kept,
    }
}

/// It is kept, in a file of that size.
pub(crate) fn kept(bytes: u64) -> State {
    State::Kept {
        task: TASK.into(),
        file: file(bytes),
    }
}

/// A file of that size.
pub(crate) fn file(bytes: u64) -> KeptFile {
    KeptFile {
        bytes,
        media_type: "video/mp4".into(),
        kept_ms: 1,
    }
}

/// Its maker gave it up, and did not say why.
pub(crate) fn failed() -> State {
    State::Failed {
        task: TASK.into(),
        reason: None,
    }
}

/// Its link has died.
pub(crate) fn gone() -> State {
    State::Expired {
        task: TASK.into(),
        cause: Gone::Link,
    }
}
