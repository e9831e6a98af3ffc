//! Rushes Studio: the page that composes requests, sends them once, and keeps what comes back.
//!
//! A folder holds its views and, beside them, the plain structs and functions they call. Those know no Leptos and no
//! DOM, so `cargo test -p rushes-web` tests them natively.

pub mod app;
pub mod archive;
pub mod aria;
pub mod blob;
pub mod compose;
pub mod connection;
pub mod darkroom;
pub mod demand;
pub mod design;
pub mod desk;
pub mod dom;
pub mod help;
pub mod ids;
pub mod kit;
pub mod ledger;
pub mod library;
pub mod money;
pub mod paper;
pub mod sorted;
pub mod stage;
pub mod storage;
pub mod task;
pub mod text;

pub use app::start;
