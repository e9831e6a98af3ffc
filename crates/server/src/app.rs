//! The router, and what its handlers share.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post, put};
use rushes_core::Endpoint;

use crate::clock::Clock;
use crate::config::Config;
use crate::engine::Engine;
use crate::faults::{self, Faults};
use crate::gateway::{Gateway, GatewayError};
use crate::guard;
use crate::once::Once;
use crate::page::Page;
use crate::routes::{create, files, health, intents, misses, openapi, page, relay, task_result};
use crate::store::StoreError;

/// The documented path of the `GET`.
pub const TASK_RESULT_PATH: &str = "/v3/async/task-result";

/// What every handler shares. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    clock: Clock,
    mode: Mode,
    page: Page,
    faults: Option<Faults>,
    once: Once,
    started: Instant,
}

/// Who answers the three documented routes.
pub enum Mode {
    /// This machine.
    Local(Engine),
    /// The provider, with the key that lies here.
    Gateway(Gateway),
}

/// Why a server cannot start.
#[derive(Debug)]
pub enum StartError {
    /// The data folder.
    Store(StoreError),
    /// Connections to the provider.
    Gateway(GatewayError),
    /// Faults in front of the provider, who would be paid for what they throw away.
    FaultsWithKey,
    /// The bill of the faults.
    Bill(std::io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => write!(f, "{error}"),
            Self::Gateway(error) => write!(f, "{error}"),
            Self::FaultsWithKey => f.write_str(
                "faults would throw away answers that the provider is paid for: \
                 use --faults without NOVITA_API_KEY",
            ),
            Self::Bill(error) => write!(f, "the bill in the data folder cannot be used: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

impl AppState {
    /// Opens what a server needs: the data folder, or the way to the provider. Blocks on the disk.
    ///
    /// # Errors
    /// A [`StartError`] that says what to mend.
    pub fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        if config.key.is_some() && config.faults.is_some() {
            return Err(StartError::FaultsWithKey);
        }
        let mode = match &config.key {
            Some(key) => {
                Mode::Gateway(Gateway::new(&config.base_url, key.clone()).map_err(StartError::Gateway)?)
            }
            None => Mode::Local(Engine::start(&config, Arc::clone(&clock)).map_err(StartError::Store)?),
        };
        let page = Page::new(config.page.as_deref());
        let faults = match (&config.faults, &mode) {
            (Some(script), Mode::Local(engine)) => {
                let faults = Faults::open(script.clone(), &config.data).map_err(StartError::Bill)?;
                faults.take_up(engine.requests());
                Some(faults)
            }
            _ => None,
        };
        Ok(Self {
            inner: Arc::new(Inner {
                config,
                clock,
                mode,
                page,
                faults,
                once: Once::default(),
                started: Instant::now(),
            }),
        })
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// Who answers.
    pub fn mode(&self) -> &Mode {
        &self.inner.mode
    }

    /// The time, in Unix milliseconds.
    pub fn now_ms(&self) -> u64 {
        (self.inner.clock)()
    }

    /// Milliseconds since it was started. Unlike the time, which may be set anew, it can be trusted for how long ago
    /// something came; at most it stands still while the machine sleeps.
    pub(crate) fn up_ms(&self) -> u64 {
        u64::try_from(self.inner.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Ends what runs beside the handlers. Waits at most that long, and blocks meanwhile.
    pub fn stop(&self, patience: Duration) {
        if let Mode::Local(engine) = &self.inner.mode {
            engine.stop(patience);
        }
    }

    /// Its faults on purpose, if it has any.
    pub fn faults(&self) -> Option<&Faults> {
        self.inner.faults.as_ref()
    }

    pub(crate) fn once(&self) -> &Once {
        &self.inner.once
    }

    pub(crate) fn page(&self) -> &Page {
        &self.inner.page
    }
}

/// The whole service as a router: tests call it without a port.
pub fn app(state: AppState) -> Router {
    let mut router = Router::new();
    if state.faults().is_some() {
        router = router
            .route(
                "/faults/bill",
                get(faults::routes::bill).delete(faults::routes::clear),
            )
            .route("/faults/log", get(faults::routes::log))
            .route("/faults/script", put(faults::routes::replace));
    }
    router
        .route(Endpoint::TextToVideo.path(), post(create::text_to_video))
        .route(Endpoint::ImageToVideo.path(), post(create::image_to_video))
        .route(TASK_RESULT_PATH, get(task_result::read))
        .route("/v3", any(misses::no_such_api))
        .route("/v3/", any(misses::no_such_api))
        .route("/v3/{*rest}", any(misses::no_such_api))
        .route("/healthz", get(health::health))
        .route("/openapi.json", get(openapi::document))
        .route("/files/{*rest}", get(files::file))
        .route("/intents/{key}", post(intents::settle))
        .route("/relay", get(relay::relay))
        .route("/", get(page::page))
        .route("/{*rest}", get(page::page))
        .method_not_allowed_fallback(misses::wrong_method)
        .layer(from_fn_with_state(state.clone(), faults::layer::misbehave))
        .layer(from_fn_with_state(state.clone(), guard::admit))
        .layer(from_fn(guard::harden))
        .with_state(state)
}
