use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;

use futures_util::future::{Either, select};

use crate::bell::Bell;

/// A way to stop waiting, from anywhere: cheap to clone, all clones are one. It stops the waiting and nothing else; a
/// task that exists goes on at the provider, and is not failed.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<Bell>);

/// The waiting was stopped, by one's own wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Stopped waiting.")
    }
}

impl std::error::Error for Cancelled {}

impl Cancel {
    /// One that is not cancelled yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops whatever runs under it, now and later.
    pub fn cancel(&self) {
        self.0.ring();
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.rings() > 0
    }

    /// Runs a future until it ends or this is cancelled, whichever comes first. Cancelled before, the future is never
    /// polled, so nothing is sent. Cancelled while a create is out, its outcome is unknown: whoever cancels that must
    /// treat the intent as unsure.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub async fn race<F: Future>(&self, future: F) -> Result<F::Output, Cancelled> {
        match select(self.0.after(0), pin!(future)).await {
            Either::Left(((), _)) => Err(Cancelled),
            Either::Right((output, _)) => Ok(output),
        }
    }
}
