//! Words of a page on which nothing was made yet.

/// Words of a page on which nothing was made yet.
#[derive(Debug)]
pub struct Beginning {
    /// Where nothing was made yet.
    pub no_takes: &'static str,
    /// While the records are read.
    pub reading_takes: &'static str,
    /// Where nothing was made yet.
    pub empty_title: &'static str,
    /// What can be made.
    pub empty: &'static str,
    /// With the draft engine.
    pub empty_free: &'static str,
    /// Above the first choice.
    pub ways: &'static str,
    /// Begin with the draft engine.
    pub begin_local: &'static str,
    /// Begin with the page's own gateway.
    pub begin_gateway_here: &'static str,
    /// Begin with the page's own server.
    pub begin_here: &'static str,
    /// Begin with one's own key.
    pub begin_key: &'static str,
    /// Begin with a gateway.
    pub begin_gateway: &'static str,
}
