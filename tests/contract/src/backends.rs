use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http_body_util::BodyExt;
use rushes_server::config::{ApiKey, Config};
use rushes_server::faults::Script;
use rushes_server::{AppState, app, serve, system_clock};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tower::ServiceExt;

use crate::{Answered, Asked, Backend};

/// What a test changes about the local service.
#[derive(Default)]
pub struct Settings {
    /// Access tokens; none by default.
    pub tokens: &'static str,
    /// How many tasks may wait; the default of the service when not given.
    pub queue: Option<usize>,
    /// A folder with a built page.
    pub page: Option<std::path::PathBuf>,
    /// Whether `image` URLs may point into private networks.
    pub allow_private_images: bool,
    /// A script of faults.
    pub faults: Option<String>,
}

fn config(data: &TempDir, settings: &Settings) -> Config {
    let mut config = Config::new(data.path().to_owned());
    config.tokens.add_from(settings.tokens);
    config.queue = settings.queue.unwrap_or(config.queue);
    config.page.clone_from(&settings.page);
    config.allow_private_images = settings.allow_private_images;
    let script = |json: &String| Script::parse(json).unwrap_or_else(|error| panic!("{error}\n{json}"));
    config.faults = settings.faults.as_ref().map(script);
    config
}

/// The local service in process: no port, and a clock that the test moves.
pub struct Local {
    router: Router,
    state: AppState,
    ahead_ms: Arc<AtomicU64>,
    _data: TempDir,
}

impl Local {
    /// A service with default settings.
    pub fn start() -> Self {
        Self::with(&Settings::default())
    }

    /// A service with those settings.
    pub fn with(settings: &Settings) -> Self {
        let data = TempDir::new().expect("a folder for a test");
        let ahead_ms = Arc::new(AtomicU64::new(0));
        let (real, ahead) = (system_clock(), Arc::clone(&ahead_ms));
        let clock = Arc::new(move || real() + ahead.load(Ordering::Relaxed));
        let state = AppState::open(config(&data, settings), clock).expect("a service");
        Self {
            router: app(state.clone()),
            state,
            ahead_ms,
            _data: data,
        }
    }

    /// Lets time pass, for the service.
    pub fn pass(&self, time: Duration) {
        let ms = u64::try_from(time.as_millis()).expect("a short time");
        self.ahead_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// The service's state.
    pub fn state(&self) -> &AppState {
        &self.state
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        self.state.stop(Duration::from_secs(10));
    }
}

impl Backend for Local {
    fn send(&self, asked: Asked) -> BoxFuture<'_, Answered> {
        let router = self.router.clone();
        async move {
            let mut request = http::Request::new(Body::from(asked.body));
            *request.method_mut() = asked.method;
            *request.uri_mut() = asked.path.parse().expect("a path of a test");
            *request.headers_mut() = asked.headers;
            let host = http::HeaderValue::from_static("127.0.0.1:7400");
            request.headers_mut().entry("host").or_insert(host);
            let answer = router
                .oneshot(request)
                .await
                .unwrap_or_else(|never| match never {});
            let (parts, body) = answer.into_parts();
            let body = body.collect().await.expect("a whole body").to_bytes();
            Answered {
                status: parts.status,
                headers: parts.headers,
                body,
            }
        }
        .boxed()
    }
}

/// Anything at a base URL.
struct Remote {
    base: String,
    authorization: Option<String>,
    client: reqwest::Client,
}

impl Remote {
    fn new(base: String, authorization: Option<String>) -> Self {
        // The server installs the cryptography; a suite that only speaks to the provider must do it itself.
        let builder = rushes_server::http_client_builder();
        Self {
            base,
            authorization,
            client: builder.build().expect("a client"),
        }
    }

    async fn send(&self, asked: Asked) -> Answered {
        let mut sending = self
            .client
            .request(asked.method, format!("{}{}", self.base, asked.path));
        if let Some(authorization) = &self.authorization {
            sending = sending.header("authorization", authorization);
        }
        let answer = sending
            .headers(asked.headers)
            .body(asked.body)
            .send()
            .await
            .expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await.expect("a whole body");
        Answered {
            status,
            headers,
            body,
        }
    }
}

/// A server of ours on a port of its own, until it is dropped.
struct Served {
    addr: std::net::SocketAddr,
    state: AppState,
    stop: Option<oneshot::Sender<()>>,
    _data: TempDir,
}

impl Served {
    async fn start(change: impl FnOnce(&mut Config), settings: &Settings) -> Self {
        let data = TempDir::new().expect("a folder for a test");
        let mut config = config(&data, settings);
        change(&mut config);
        let state = AppState::open(config, system_clock()).expect("a service");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(serve(listener, state.clone(), stopped.map(|_| ())));
        Self {
            addr,
            state,
            stop: Some(stop),
            _data: data,
        }
    }

    fn base(&self) -> String {
        format!("http://{}", self.addr)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Gone already is as good.
            let _ = stop.send(());
        }
    }
}

/// The local service on a port.
pub struct OverHttp {
    remote: Remote,
    served: Served,
}

impl OverHttp {
    /// A service with default settings.
    pub async fn start() -> Self {
        Self::with(&Settings::default()).await
    }

    /// A service with those settings.
    pub async fn with(settings: &Settings) -> Self {
        let served = Served::start(|_| {}, settings).await;
        Self {
            remote: Remote::new(served.base(), None),
            served,
        }
    }
}

impl OverHttp {
    /// Where it is, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.remote.base
    }

    /// The service's state.
    pub fn state(&self) -> &AppState {
        &self.served.state
    }
}

impl Backend for OverHttp {
    fn send(&self, asked: Asked) -> BoxFuture<'_, Answered> {
        self.remote.send(asked).boxed()
    }
}

/// The gateway, in front of a local service that plays the provider and wants the gateway's key.
pub struct ThroughGateway {
    remote: Remote,
    _gateway: Served,
    _provider: Served,
}

/// The key that only the gateway knows.
const KEY: &str = "sk-contract-canary";

impl ThroughGateway {
    /// A gateway and its provider.
    pub async fn start() -> Self {
        let provider = Served::start(
            |_| {},
            &Settings {
                tokens: KEY,
                ..Settings::default()
            },
        )
        .await;
        let base = provider.base().parse().expect("a URL");
        let to_provider = |config: &mut Config| {
            config.key = ApiKey::new(KEY);
            config.base_url = base;
        };
        let gateway = Served::start(to_provider, &Settings::default()).await;
        // A caller's own key is nobody's business: were it handed on, the provider would refuse it.
        let remote = Remote::new(gateway.base(), Some("Bearer somebody-elses".to_owned()));
        Self {
            remote,
            _gateway: gateway,
            _provider: provider,
        }
    }
}

impl Backend for ThroughGateway {
    fn send(&self, asked: Asked) -> BoxFuture<'_, Answered> {
        async move {
            let answered = self.remote.send(asked).await;
            let seen = format!(
                "{:?}{}",
                answered.headers,
                String::from_utf8_lossy(&answered.body)
            );
            assert!(!seen.contains(KEY), "the key came back: {seen}");
            answered
        }
        .boxed()
    }
}

/// The provider itself: only with `NOVITA_API_KEY` and `RUSHES_CONTRACT_PROVIDER=1`, and only for calls that are free.
pub struct Provider {
    remote: Remote,
}

impl Provider {
    /// The provider, when the environment asks for it.
    pub fn from_env() -> Option<Self> {
        let asked_for = std::env::var("RUSHES_CONTRACT_PROVIDER").is_ok_and(|word| word == "1");
        let key = std::env::var("NOVITA_API_KEY")
            .ok()
            .filter(|key| asked_for && !key.is_empty())?;
        let base = std::env::var("NOVITA_BASE_URL").ok();
        let base = base.unwrap_or_else(|| rushes_server::config::DEFAULT_BASE_URL.to_owned());
        Some(Self {
            remote: Remote::new(
                base.trim_end_matches('/').to_owned(),
                Some(format!("Bearer {key}")),
            ),
        })
    }
}

impl Backend for Provider {
    fn send(&self, asked: Asked) -> BoxFuture<'_, Answered> {
        assert!(asked.method == http::Method::GET, "only reads are free");
        self.remote.send(asked).boxed()
    }
}
