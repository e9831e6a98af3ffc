//! The vocabulary and every decision of Rushes, without I/O, clock, randomness, JavaScript or HTTP client.
//!
//! A host (the page, the npm package, the server) hands values in and carries out what comes back.

pub mod check;
pub mod decimal;
pub mod exchange;
pub mod failure;
pub mod image;
pub mod input;
pub mod json;
pub mod limits;
pub mod price;
pub mod report;
pub mod request;
mod say;
#[cfg(feature = "schema")]
pub mod schema;
pub mod task;
pub mod watch;

pub use check::{Checked, check};
pub use failure::{Failure, FailureKind};
pub use input::Input;
pub use report::{Code, Detail, Issue, Report, Severity};
pub use request::{Draft, Endpoint, Request};
pub use task::{Status, TaskId, TaskState};
