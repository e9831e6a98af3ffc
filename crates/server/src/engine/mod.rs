//! The local engine: takes requests, renders them one after the other, remembers what came of them.

mod cleaning;
mod encode;
mod fetch;
mod mux;
mod pretend;
mod progress;
mod queue;
mod render;
mod worker;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rushes_core::limits::FRAMES_PER_SECOND;
use rushes_core::{Endpoint, Request};

use crate::clock::Clock;
use crate::config::Config;
use crate::store::{Record, Stage, Store, StoreError, new_id};

use fetch::Fetcher;
pub(crate) use fetch::{PublicNames, is_public_place};
pub use pretend::Pretence;
use pretend::Pretended;
use progress::eta_secs;
use queue::Tasks;

/// `Retry-After` before any speed was measured: about what a draft of five seconds takes.
const UNMEASURED_RETRY_SECS: u64 = 5;

/// The engine of one server. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    settings: Settings,
    tasks: Mutex<Tasks>,
    /// Told when there is something to render, or the server stops.
    changed: Condvar,
    stop: AtomicBool,
    /// With these nothing is rendered.
    pretended: Option<Pretended>,
    worker: Mutex<Option<JoinHandle<()>>>,
}

struct Settings {
    waiting: usize,
    keep_for: Duration,
    keep_bytes: u64,
}

/// Why a request was not taken.
#[derive(Debug)]
pub enum Refused {
    /// Too many are waiting; seconds until there is room, as far as can be told.
    Full {
        /// Seconds.
        retry_after_secs: u64,
    },
    /// The server is about to end.
    Stopping,
    /// It could not be written to disk.
    Store(StoreError),
}

/// What there is to say of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Where it stands on disk.
    pub record: Record,
    /// Whole percent of its frames.
    pub progress_percent: u32,
    /// Seconds to go, once a speed was measured.
    pub eta_secs: Option<u64>,
}

/// How busy the engine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Tasks waiting.
    pub waiting: usize,
    /// How many may wait.
    pub room: usize,
    /// Whether one is being rendered.
    pub rendering: bool,
}

impl Engine {
    /// Opens the data folder, takes up what was left in it, and starts to render.
    ///
    /// # Errors
    /// A [`StoreError`] when the folder cannot be used.
    pub fn start(config: &Config, clock: Clock) -> Result<Self, StoreError> {
        let store = Store::open(&config.data)?;
        let pretended = pretended(config)?;
        let mut tasks = Tasks::default();
        for record in store.load()? {
            if let Some(pretended) = &pretended {
                if let Ok(body) = store.body(&record.id) {
                    pretended.take(&record.id, &body);
                }
                tasks.keep(record);
            } else if let Some(changed) = tasks.take_up(record)
                && let Err(error) = store.update(&changed)
            {
                tracing::warn!(task = %changed.id, %error, "a task's record could not be updated");
            }
        }
        let inner = Arc::new(Inner {
            store,
            clock,
            settings: Settings {
                waiting: config.queue,
                keep_for: config.keep_for,
                keep_bytes: config.keep_bytes,
            },
            tasks: Mutex::new(tasks),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
            pretended,
            worker: Mutex::new(None),
        });
        if inner.pretended.is_some() {
            return Ok(Self { inner });
        }
        let fetcher = Fetcher::new(config.allow_private_images);
        let of_worker = Arc::clone(&inner);
        let worker = thread::Builder::new().name("render".to_owned());
        let handle = worker
            .spawn(move || worker::run(&of_worker, &fetcher))
            .map_err(|error| StoreError::Io {
                doing: "starting to render",
                error,
            })?;
        *lock(&inner.worker) = Some(handle);
        Ok(Self { inner })
    }

    /// Takes a request: it is on disk when this returns. Blocks on the disk.
    ///
    /// # Errors
    /// [`Refused`], and then nothing was taken.
    pub fn submit(&self, request: &Request) -> Result<String, Refused> {
        let inner = &self.inner;
        if inner.stop.load(Ordering::Relaxed) {
            return Err(Refused::Stopping);
        }
        if let Some(pretended) = &inner.pretended {
            let record = self.write(request).map_err(Refused::Store)?;
            pretended.take(&record.id, &request.body());
            let id = record.id.clone();
            lock(&inner.tasks).keep(record);
            return Ok(id);
        }
        // A place is reserved before the disk is written: two requests never share the last one.
        let mut tasks = lock(&inner.tasks);
        let rate = tasks.rate();
        tasks
            .reserve(inner.settings.waiting)
            .map_err(|frames| Refused::Full {
                retry_after_secs: eta_secs(frames, rate).unwrap_or(UNMEASURED_RETRY_SECS).max(1),
            })?;
        drop(tasks);
        let written = self.write(request);
        let mut tasks = lock(&inner.tasks);
        match written {
            Ok(record) => {
                let id = record.id.clone();
                tasks.enqueue(record);
                inner.changed.notify_all();
                Ok(id)
            }
            Err(error) => {
                tasks.give_back();
                Err(Refused::Store(error))
            }
        }
    }

    /// Puts a new task with that request on disk.
    fn write(&self, request: &Request) -> Result<Record, StoreError> {
        let inner = &self.inner;
        let record = Record::new(
            new_id()?,
            request.endpoint(),
            request.duration_secs(),
            (inner.clock)(),
        );
        inner.store.create(&record, &request.body())?;
        Ok(record)
    }

    /// What there is to say of a task; `None` when there is no such task.
    pub fn look(&self, id: &str) -> Option<Look> {
        let look = lock(&self.inner.tasks).look(id)?;
        Some(match &self.inner.pretended {
            Some(pretended) => pretended.look(look.record, (self.inner.clock)()),
            None => look,
        })
    }

    /// The request of a task that has not ended, and which endpoint took it: what only the disk knows.
    pub(crate) fn requests(&self) -> Vec<(String, Endpoint, String)> {
        let open = lock(&self.inner.tasks).unended();
        let with_body = |record: Record| {
            let body = self.inner.store.body(&record.id).ok()?;
            Some((record.id.clone(), record.endpoint(), body))
        };
        open.into_iter().filter_map(with_body).collect()
    }

    /// The video of a task that has succeeded.
    pub fn video(&self, id: &str) -> Option<PathBuf> {
        let look = self.look(id)?;
        (look.record.stage == Stage::Succeeded).then(|| match &self.inner.pretended {
            Some(pretended) => pretended.video(),
            None => self.inner.store.video(id),
        })
    }

    /// The key that signs links to results.
    pub fn link_key(&self) -> &[u8; 32] {
        self.inner.store.link_key()
    }

    /// How busy the engine is.
    pub fn load(&self) -> Load {
        lock(&self.inner.tasks).load(self.inner.settings.waiting)
    }

    /// Forgets finished tasks that are too old or take too much room. Blocks on the disk.
    pub fn clean(&self) {
        cleaning::clean(&self.inner);
    }

    /// Stops rendering: what is being rendered goes back into the queue on disk. Waits at most that long.
    pub fn stop(&self, patience: Duration) {
        self.inner.stop.store(true, Ordering::Relaxed);
        self.inner.changed.notify_all();
        let Some(worker) = lock(&self.inner.worker).take() else {
            return;
        };
        let until = Instant::now() + patience;
        while !worker.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(20));
        }
        if worker.is_finished() && worker.join().is_err() {
            tracing::error!("rendering ended with a panic");
        }
    }
}

fn pretended(config: &Config) -> Result<Option<Pretended>, StoreError> {
    let script = config.faults.as_ref();
    let pretence = script.and_then(|script| Some((script.tasks?, script.seed)));
    pretence
        .map(|(pretence, seed)| Pretended::open(pretence, seed, &config.data))
        .transpose()
}

/// The frames of that many seconds.
fn frames_of(secs: u8) -> u32 {
    u32::from(secs) * FRAMES_PER_SECOND
}

/// A lock that a panic elsewhere does not take away: every change under it is a single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
