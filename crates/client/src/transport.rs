use std::fmt;
use std::future::Future;

use rushes_core::exchange::{Arrival, Method};
use zeroize::Zeroizing;

use crate::Secret;

/// `Send` on native targets, nothing on wasm32, where there is one thread and JavaScript's values cannot leave it.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send> MaybeSend for T {}
/// `Send` on native targets, nothing on wasm32, where there is one thread and JavaScript's values cannot leave it.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSend {}
#[cfg(target_arch = "wasm32")]
impl<T> MaybeSend for T {}

/// `Sync` on native targets, nothing on wasm32.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSync: Sync {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Sync> MaybeSync for T {}
/// `Sync` on native targets, nothing on wasm32.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSync {}
#[cfg(target_arch = "wasm32")]
impl<T> MaybeSync for T {}

/// One HTTP request, whole. Its `Debug` shows neither body nor key.
pub struct Outgoing<'a> {
    /// `GET` or `POST`.
    pub method: Method,
    /// The absolute URL.
    pub url: String,
    /// JSON text, for a `POST`.
    pub body: Option<&'a str>,
    /// Milliseconds to wait for the whole answer.
    pub timeout_ms: u64,
    /// What a `POST` may call itself at a server of one's own (`Idempotency-Key`); nobody else is told.
    pub name: Option<&'a str>,
    key: Option<&'a Secret>,
}

impl<'a> Outgoing<'a> {
    /// One request, whole, with the key that goes into its header.
    pub fn new(
        method: Method,
        url: String,
        body: Option<&'a str>,
        timeout_ms: u64,
        key: Option<&'a Secret>,
    ) -> Self {
        Self {
            method,
            url,
            body,
            timeout_ms,
            name: None,
            key,
        }
    }

    /// The same under that name.
    #[must_use]
    pub fn named(self, name: Option<&'a str>) -> Self {
        Self { name, ..self }
    }

    /// The headers to send, each once. The last of them may hold the key: it goes into the request and nowhere else.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, Zeroizing<String>)> {
        let plain = |text: &str| Zeroizing::new(text.to_owned());
        let content_type = self.body.map(|_| ("Content-Type", plain("application/json")));
        let authorization = self.key.map(|key| ("Authorization", key.authorization()));
        [
            Some(("Accept", plain("application/json"))),
            content_type,
            authorization,
        ]
        .into_iter()
        .flatten()
    }
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Outgoing")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("body_bytes", &self.body.map(str::len))
            .field("timeout_ms", &self.timeout_ms)
            .finish_non_exhaustive()
    }
}

/// What a host must be able to do. It decides nothing: it sends once, and says what arrived.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends it once, never again by itself, and follows no redirect (the key must not travel on).
    ///
    /// [`Arrival::NotSent`] only where surely nothing of it left; when in doubt, [`Arrival::Lost`]. Dropping the future
    /// gives up the answer.
    fn send(&self, outgoing: Outgoing<'_>) -> impl Future<Output = Arrival> + MaybeSend;

    /// Ends after that many milliseconds, or later.
    fn sleep(&self, ms: u64) -> impl Future<Output = ()> + MaybeSend;

    /// Milliseconds on a clock that never goes back.
    fn now_ms(&self) -> u64;

    /// Milliseconds since 1970, as far as the host knows.
    fn now_unix_ms(&self) -> u64;
}
