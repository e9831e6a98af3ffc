use std::future::Future;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;

use futures_util::future::{Either, select};
use rushes_core::exchange::{self, Created, HttpRequest, Read};
use rushes_core::watch::{self, Expectation};
use rushes_core::{Request, TaskId, TaskState};

use crate::lookout::{Lookout, News};
use crate::settle::{self, Settled};
use crate::{BaseUrl, MaybeSend, Outgoing, Secret, Transport, scrub};

/// Where to send, with which key, and how much.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Where the API answers; the provider unless told otherwise.
    pub base_url: BaseUrl,
    /// The key; none where a gateway adds it.
    pub key: Option<Secret>,
    /// Budget and seed of the watching.
    pub watch: watch::Options,
}

/// Sends creates and reads. Cheap to clone; all clones are one.
#[derive(Debug)]
pub struct Client<T> {
    inner: Arc<Inner<T>>,
}

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
        }
    }
}

#[derive(Debug)]
struct Inner<T> {
    transport: T,
    config: Config,
}

/// How to wait for one task.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WaitOptions {
    /// Milliseconds since its create: 0 for a new task.
    pub age_ms: u64,
    /// How long such videos take.
    pub expected: Expectation,
    /// Milliseconds after which to stop waiting; never, unless told.
    pub timeout_ms: Option<u64>,
}

/// How waiting for one task came to an end.
#[derive(Clone, Debug, PartialEq)]
pub enum Waited {
    /// The task ended, well or badly: see [`TaskState::failure`].
    Ended(Box<TaskState>),
    /// The time was over. The task goes on.
    TimedOut,
}

impl<T: Transport> Client<T> {
    /// A client over that transport.
    pub fn new(transport: T, config: Config) -> Self {
        Self {
            inner: Arc::new(Inner { transport, config }),
        }
    }

    /// What it sends through.
    pub fn transport(&self) -> &T {
        &self.inner.transport
    }

    /// How it was set up.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// Sends a request, once; again only where core says that it surely was not accepted.
    ///
    /// The intent should be on disk before. Dropping the future while the request is out leaves its outcome unknown.
    pub async fn create(&self, request: &Request) -> Created {
        self.create_named(request, None).await
    }

    /// The same; a server of one's own is told that name of the intent (visible ASCII, at most 200 bytes), and can be
    /// asked by it what came of it: see [`settle`](Self::settle).
    pub async fn create_named(&self, request: &Request, name: Option<&str>) -> Created {
        let http = exchange::create(request);
        let mut sent = 0;
        loop {
            sent += 1;
            let arrival = self.send(&http, name).await;
            match exchange::created(&arrival, self.inner.transport.now_unix_ms()) {
                Created::Accepted(id) => return Created::Accepted(id),
                Created::Unsure(failure) => return Created::Unsure(failure),
                Created::Refused(failure) => match exchange::resend(&failure, sent) {
                    Some(wait_ms) => self.inner.transport.sleep(wait_ms).await,
                    None => return Created::Refused(failure),
                },
            }
        }
    }

    /// Asks a server of one's own what came of the intent of that name, sent at `sent_ms` (Unix milliseconds) or
    /// later. It creates nothing. The provider has no such route: whoever knows to be speaking to it need not ask.
    pub async fn settle(&self, name: &str, sent_ms: u64) -> Settled {
        let arrival = self.send(&settle::ask(name), None).await;
        settle::settled(&arrival, sent_ms, self.inner.transport.now_unix_ms())
    }

    /// Looks at a task once.
    pub async fn read(&self, id: &TaskId) -> Read {
        let arrival = self.send(&exchange::read(id), None).await;
        exchange::was_read(id, &arrival, self.inner.transport.now_unix_ms())
    }

    /// Follows one task to its end, telling of every look. For several at once use one [`Lookout`], so that they
    /// share a budget.
    pub async fn wait<F>(&self, id: &TaskId, options: WaitOptions, mut on_news: F) -> Waited
    where
        F: FnMut(&News) + MaybeSend,
    {
        let lookout = Lookout::new(self.clone());
        lookout.watch(id.clone(), options.age_ms, options.expected);
        let mut end = None;
        let watching = lookout.run(|news| {
            on_news(&news);
            match news {
                News::State { state, .. } if state.is_end() => {
                    end = Some(state);
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }
        });
        match options.timeout_ms {
            Some(timeout_ms) => within(self.inner.transport.sleep(timeout_ms), watching).await,
            None => watching.await,
        }
        end.map_or(Waited::TimedOut, Waited::Ended)
    }

    async fn send(&self, http: &HttpRequest, name: Option<&str>) -> exchange::Arrival {
        let Inner { transport, config } = &*self.inner;
        let (url, body) = (config.base_url.join(&http.path), http.body.as_deref());
        let outgoing =
            Outgoing::new(http.method, url, body, http.timeout_ms(), config.key.as_ref()).named(name);
        let mut arrival = transport.send(outgoing).await;
        if let Some(key) = &config.key {
            scrub::arrival(key, &mut arrival);
        }
        arrival
    }
}

/// Runs the second until it ends or the first does.
async fn within(limit: impl Future<Output = ()>, work: impl Future<Output = ()>) {
    match select(pin!(work), pin!(limit)).await {
        Either::Left(((), _)) | Either::Right(((), _)) => {}
    }
}
