//! Words around parts of the page that are loaded when they are needed.

/// Words around parts of the page that are loaded when they are needed.
#[derive(Debug)]
pub struct Demand {
    /// While a part is on its way.
    pub coming: &'static str,
    /// It did not arrive.
    pub missing: &'static str,
    /// Asks for it once more.
    pub again: &'static str,
}
