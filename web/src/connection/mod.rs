//! Where requests go.

use leptos::prelude::*;

/// What answers at the base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Not known (yet).
    Unknown,
    /// The local draft engine: free.
    Local,
    /// A gateway to the provider: costs money.
    Gateway,
}

/// Handle of the connection, given by context.
#[derive(Clone, Copy)]
pub struct Connection {
    /// What answers.
    pub mode: RwSignal<Mode>,
}

/// Gives the connection to everything below.
pub fn provide_connection() {
    provide_context(Connection {
        mode: RwSignal::new(Mode::Unknown),
    });
}
