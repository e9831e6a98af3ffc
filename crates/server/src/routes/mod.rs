//! Handlers, one file per resource.

pub(crate) mod body;
pub(crate) mod create;
pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod intents;
pub(crate) mod misses;
pub(crate) mod openapi;
pub(crate) mod page;
pub(crate) mod relay;
pub(crate) mod task_result;
