//! The records of every take.

use leptos::prelude::*;

/// One take: an intent with everything that came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {}

/// Handle of the ledger, given by context.
#[derive(Clone, Copy)]
pub struct Ledger {
    /// Every take, the newest first.
    pub takes: RwSignal<Vec<Take>>,
}

/// Gives the ledger to everything below.
pub fn provide_ledger() {
    provide_context(Ledger {
        takes: RwSignal::new(Vec::new()),
    });
}
