//! Sends one intent at a time and watches what comes of it.

use leptos::prelude::*;
use rushes_core::{Checked, price::Estimate};

/// Handle of the desk, given by context.
#[derive(Clone, Copy)]
pub struct Desk {
    sending: RwSignal<bool>,
}

impl Desk {
    /// Starts one intent: written to the ledger, then sent, then watched.
    pub fn submit(&self, _checked: Checked, _estimate: Estimate) {}

    /// Whether an intent is on its way.
    pub fn is_sending(&self) -> Signal<bool> {
        self.sending.into()
    }
}

/// Gives the desk to everything below.
pub fn provide_desk() {
    provide_context(Desk {
        sending: RwSignal::new(false),
    });
}
