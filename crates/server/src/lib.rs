//! Serves the page and speaks the API: answered on this machine, where drafts are rendered, or forwarded with a key
//! that never leaves the server.
//!
//! [`app`] is the whole service as a router, [`serve`] puts it on a port, [`config::parse`] reads the command line.

mod app;
mod clock;
pub mod config;
mod engine;
mod error;
pub mod faults;
mod gateway;
mod guard;
mod hex;
mod http_client;
mod links;
mod once;
mod page;
mod routes;
mod serve;
mod store;

pub use app::{AppState, Mode, StartError, TASK_RESULT_PATH, app};
pub use clock::{Clock, system as system_clock};
pub use engine::{Engine, Load, Look, Pretence, Refused};
pub use error::{ApiError, Reason};
pub use gateway::{Gateway, GatewayError};
pub use guard::Tokens;
pub use http_client::builder as http_client_builder;
pub use serve::serve;
pub use store::{Record, Stage, StoreError};
