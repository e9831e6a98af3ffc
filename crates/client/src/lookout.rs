use std::future::pending;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt, select_biased};
use rushes_core::exchange::Read;
use rushes_core::watch::{Action, Expectation, Outlook, Sighting, Watcher};
use rushes_core::{Failure, TaskId, TaskState};

use crate::ask::{Ask, Asks};
use crate::bell::Bell;
use crate::{Client, MaybeSend, Transport};

/// Carries out what core's [`Watcher`] says, for any number of tasks within one budget. Cheap to clone: one clone is
/// run, the others add tasks and tell of what changed.
#[derive(Debug)]
pub struct Lookout<T> {
    client: Client<T>,
    shared: Arc<Shared>,
}

impl<T> Clone for Lookout<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            shared: Arc::clone(&self.shared),
        }
    }
}

#[derive(Debug)]
struct Shared {
    watcher: Mutex<Watcher>,
    changed: Bell,
    asks: Asks,
    /// What is watched for nobody but those who asked for one look.
    guests: Mutex<Vec<TaskId>>,
}

/// What one look told.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The task's state. With an end state it is no longer watched.
    State {
        /// Whose.
        id: TaskId,
        /// The state.
        state: Box<TaskState>,
        /// When it is looked at next.
        outlook: Outlook,
    },
    /// The look told nothing; the task goes on.
    Missed {
        /// Whose.
        id: TaskId,
        /// Why.
        failure: Failure,
        /// When it is looked at next.
        outlook: Outlook,
    },
}

impl<T: Transport> Lookout<T> {
    /// A lookout over nothing yet, with the client's budget.
    pub fn new(client: Client<T>) -> Self {
        let watcher = Mutex::new(Watcher::new(client.config().watch));
        Self {
            client,
            shared: Arc::new(Shared {
                watcher,
                changed: Bell::default(),
                asks: Asks::default(),
                guests: Mutex::default(),
            }),
        }
    }

    fn watcher(&self) -> MutexGuard<'_, Watcher> {
        // The watcher does not panic; a poisoned lock is as good as any.
        self.shared.watcher.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn guests(&self) -> MutexGuard<'_, Vec<TaskId>> {
        self.shared.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a task go that was watched for nobody but those who asked for one look, where none of them is left.
    fn see_off(&self, id: &TaskId) -> bool {
        let mut guests = self.guests();
        let Some(at) = guests.iter().position(|guest| guest == id) else {
            return false;
        };
        if !self.shared.asks.are_open(id) {
            guests.swap_remove(at);
            self.watcher().forget(id);
        }
        true
    }

    fn now_ms(&self) -> u64 {
        self.client.transport().now_ms()
    }

    /// Takes on a task that was created `age_ms` ago.
    pub fn watch(&self, id: TaskId, age_ms: u64, expected: Expectation) {
        let now_ms = self.now_ms();
        let mut guests = self.guests();
        guests.retain(|guest| *guest != id);
        self.watcher().watch(id, age_ms, expected, now_ms);
        drop(guests);
        self.shared.changed.ring();
    }

    /// Looks once at a task that need not be watched, as soon as the budget allows, and says what came of it. Like every
    /// look it is carried out by [`run`](Self::run): it waits for one, and comes to `None` when that ends first. Of a
    /// task that is not watched no news come. Dropping the future takes the wish back.
    pub async fn look_once(&self, id: &TaskId) -> Option<Read> {
        let asking = Asking::new(self, id);
        self.shared.asks.answer(&asking.ask).await
    }

    /// Stops watching a task. No news of it come after that; it goes on at the provider.
    pub fn forget(&self, id: &TaskId) {
        self.watcher().forget(id);
    }

    /// Looks at a task as soon as the budget allows: somebody asked.
    pub fn look_now(&self, id: &TaskId) {
        let now_ms = self.now_ms();
        self.watcher().look_now(id, now_ms);
        self.shared.changed.ring();
    }

    /// Tells whether somebody can see the page.
    pub fn set_visible(&self, visible: bool) {
        self.watcher().set_visible(visible);
        self.shared.changed.ring();
    }

    /// Tells whether there is a network.
    pub fn set_online(&self, online: bool) {
        self.watcher().set_online(online);
        self.shared.changed.ring();
    }

    /// How a task stands.
    pub fn outlook(&self, id: &TaskId) -> Outlook {
        let now_ms = self.now_ms();
        self.watcher().outlook(id, now_ms)
    }

    /// How many tasks are being watched.
    pub fn len(&self) -> usize {
        self.watcher().len()
    }

    /// Whether nothing is being watched.
    pub fn is_empty(&self) -> bool {
        self.watcher().is_empty()
    }

    /// Watches until `on_news` breaks off or the future is dropped; with nothing to watch it sleeps until there is.
    /// All reads that are due run at once: a slow answer delays nobody else. Run it once at a time. Reads under way when
    /// it ends are given up; their tasks are due at once when it runs again.
    pub async fn run<F>(&self, mut on_news: F)
    where
        F: FnMut(News) -> ControlFlow<()> + MaybeSend,
    {
        let _ending = Ending(&self.shared.asks);
        let mut reads = FuturesUnordered::new();
        loop {
            let rings = self.shared.changed.rings();
            let now_ms = self.now_ms();
            let action = self.watcher().next(now_ms);
            let until_ms = match action {
                Action::Read(ids) => {
                    reads.extend(ids.into_iter().map(|id| {
                        let look = Look { lookout: self, id };
                        async move {
                            let read = self.client.read(&look.id).await;
                            (look, read)
                        }
                    }));
                    continue;
                }
                Action::WaitUntil(at_ms) => Some(at_ms),
                Action::Idle => None,
            };
            let pause = async {
                match until_ms {
                    Some(at_ms) => self.client.transport().sleep(at_ms.saturating_sub(now_ms)).await,
                    None => pending().await,
                }
            };
            let mut pause = pin!(pause.fuse());
            let mut changed = self.shared.changed.after(rings).fuse();
            select_biased! {
                (look, read) = reads.select_next_some() => {
                    if let Some(news) = self.saw(look.id.clone(), read) && on_news(news).is_break() {
                        return;
                    }
                }
                () = changed => {}
                () = pause => {}
            }
        }
    }

    /// Tells the watcher; `None` where nobody watches that task any more.
    fn saw(&self, id: TaskId, read: Read) -> Option<News> {
        let now_ms = self.now_ms();
        let outlook = self.watcher().saw(&id, &Sighting::from(&read), now_ms);
        self.shared.asks.tell(&id, &read);
        if self.see_off(&id) || outlook == Outlook::Unwatched {
            return None;
        }
        Some(match read {
            Read::State(state) => News::State { id, state, outlook },
            Read::Missed(failure) => News::Missed { id, failure, outlook },
        })
    }
}

/// A read under way. Dropped before its result was told, with the future of a run, it gives the task back: else nobody
/// would look at it until the watcher's patience ends.
struct Look<'a, T: Transport> {
    lookout: &'a Lookout<T>,
    id: TaskId,
}

impl<T: Transport> Drop for Look<'_, T> {
    fn drop(&mut self) {
        let now_ms = self.lookout.now_ms();
        // After `saw` it is not being read any more, and this does nothing.
        self.lookout.watcher().gave_up(&self.id, now_ms);
    }
}

/// Whoever asked for a look learns that nobody looks any more, however a run ends.
struct Ending<'a>(&'a Asks);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.tell_all_that_it_ends();
    }
}

/// A look that somebody asks for, until it is told or not wanted any more.
struct Asking<'a, T: Transport> {
    lookout: &'a Lookout<T>,
    ask: Arc<Ask>,
    id: TaskId,
}

impl<'a, T: Transport> Asking<'a, T> {
    fn new(lookout: &'a Lookout<T>, id: &TaskId) -> Self {
        let now_ms = lookout.now_ms();
        let ask = lookout.shared.asks.ask(id);
        let mut guests = lookout.guests();
        let mut watcher = lookout.watcher();
        if watcher.is_watching(id) {
            watcher.look_now(id, now_ms);
        } else {
            // Due at once: it is not a new one.
            watcher.watch(id.clone(), u64::MAX, Expectation::default(), now_ms);
            guests.push(id.clone());
        }
        drop((guests, watcher));
        lookout.shared.changed.ring();
        Self {
            lookout,
            ask,
            id: id.clone(),
        }
    }
}

impl<T: Transport> Drop for Asking<'_, T> {
    fn drop(&mut self) {
        self.lookout.shared.asks.take_back(&self.ask);
        self.lookout.see_off(&self.id);
    }
}
