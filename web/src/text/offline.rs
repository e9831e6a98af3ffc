//! Words of a page without a network, and of a newer page.

/// Words of a page without a network, and of a newer page.
#[derive(Debug)]
pub struct Offline {
    /// A newer page waits.
    pub newer: &'static str,
    /// Goes on to it.
    pub reload: &'static str,
    /// What is kept then; the keys of this tab are not.
    pub reload_keeps: fn(bool) -> &'static str,
    /// Why nothing can be sent now.
    pub no_network: &'static str,
    /// What becomes of the request that was to be sent.
    pub draft_stays: &'static str,
    /// Offline, while tasks run.
    pub still_watching: &'static str,
}
