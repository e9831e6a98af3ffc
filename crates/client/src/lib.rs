//! The decisions of `rushes-core` carried out for Rust hosts, over a [`Transport`].
//!
//! This crate sends, sleeps and cancels. What an answer means, whether anything may be sent again and when to look at
//! a task is core's to say, so the same rules hold here as in every other host.
//!
//! - [`Client::create`] sends one `POST` for a request; only what surely was not accepted is sent again.
//! - [`Client::read`] looks at a task once.
//! - [`Client::settle`] asks a server of one's own what came of a create whose answer was lost.
//! - [`Client::wait`] follows one task to its end; a [`Lookout`] follows any number within one budget.
//! - Dropping any of their futures stops it at once. [`Cancel`] does the same from afar. Neither is ever a failure.
//!
//! The transports: `Fetch` (feature `fetch`, in a browser's page or worker) and `Native` (feature `native`, reqwest over
//! tokio). Another is two methods and two clocks.
//!
//! # Tests
//!
//! `cargo test -p rushes-client --features native` runs the client over a script in simulated time, and the native
//! transport against a server that misbehaves. `cargo test -p rushes-client --target wasm32-unknown-unknown --features
//! fetch` runs the other transport in headless Chromium, in a page and in a worker; it wants
//! `CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner` (of the pinned version) and `CHROMEDRIVER`;
//! `webdriver.json` beside the manifest says which browser.

mod ask;
mod base_url;
mod bell;
mod cancel;
mod client;
#[cfg(all(feature = "fetch", target_arch = "wasm32"))]
mod fetch;
mod lookout;
#[cfg(any(test, all(feature = "fetch", target_arch = "wasm32")))]
mod loopback;
#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
mod native;
mod scrub;
mod secret;
mod settle;
mod transport;

pub use base_url::{BaseUrl, BaseUrlError};
pub use cancel::{Cancel, Cancelled};
pub use client::{Client, Config, WaitOptions, Waited};
#[cfg(all(feature = "fetch", target_arch = "wasm32"))]
pub use fetch::Fetch;
pub use lookout::{Lookout, News};
#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
pub use native::{Native, NativeError};
pub use secret::{KeyError, Secret};
pub use settle::Settled;
pub use transport::{MaybeSend, MaybeSync, Outgoing, Transport};
