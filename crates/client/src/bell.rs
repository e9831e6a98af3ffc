use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Something that can be rung, for any number of listeners. A ring between looking at the count and listening is not
/// lost: whoever listens says which ring it heard last.
#[derive(Debug, Default)]
pub(crate) struct Bell(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    rings: u64,
    next_listener: u64,
    wakers: BTreeMap<u64, Waker>,
}

impl Bell {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing can panic while it is held; a poisoned lock is as good as any.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How often it was rung.
    pub(crate) fn rings(&self) -> u64 {
        self.lock().rings
    }

    /// Rings it.
    pub(crate) fn ring(&self) {
        let wakers = {
            let mut inner = self.lock();
            inner.rings += 1;
            std::mem::take(&mut inner.wakers)
        };
        wakers.into_values().for_each(Waker::wake);
    }

    /// Ends once it was rung more often than that.
    pub(crate) fn after(&self, rings: u64) -> Listening<'_> {
        Listening {
            bell: self,
            rings,
            listener: None,
        }
    }
}

/// A future that ends with the next ring. Dropping it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Listening<'a> {
    bell: &'a Bell,
    rings: u64,
    listener: Option<u64>,
}

impl Future for Listening<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut inner = self.bell.lock();
        if inner.rings > self.rings {
            return Poll::Ready(());
        }
        let listener = self.listener.unwrap_or(inner.next_listener);
        inner.next_listener = inner.next_listener.max(listener + 1);
        inner.wakers.insert(listener, context.waker().clone());
        drop(inner);
        self.listener = Some(listener);
        Poll::Pending
    }
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        if let Some(listener) = self.listener {
            self.bell.lock().wakers.remove(&listener);
        }
    }
}
