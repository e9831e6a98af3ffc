//! One suite for everything that speaks the API: the local service in process and over HTTP, the gateway in front of
//! it, and, with a key and a word in the environment, the provider itself (free calls only).
//!
//! The suite's cases lie in `tests/`; here are the backends they run against and the tables they run through.

#![expect(clippy::missing_panics_doc, reason = "a panic is how a test says no")]

mod backend;
mod backends;
pub mod images;
pub mod tables;

pub use backend::{Answered, Asked, Backend};
pub use backends::{Local, OverHttp, Provider, Settings, ThroughGateway};
