//! Connections to the outside, all made the same way.

use std::time::Duration;

use reqwest::ClientBuilder;
use reqwest::redirect::Policy;

/// Making a connection may take this long.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A client that follows no redirect (a key or a check must never be carried elsewhere) and knows no proxy.
pub fn builder() -> ClientBuilder {
    // An error says that one is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_TIMEOUT)
        .user_agent(concat!("rushes-server/", env!("CARGO_PKG_VERSION")))
}
