//! The public interface, as its hosts use it.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "tests count pixels and samples, all far below 2^24"
)]
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod common;
mod images;
#[cfg(feature = "cjk")]
mod known;
mod picture;
mod sound;
mod timing;
