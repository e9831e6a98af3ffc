//! Words of the composer.

/// A request to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Which mode, and what it shows.
    pub title: &'static str,
    /// One line about it.
    pub about: &'static str,
    /// The prompt it fills in.
    pub prompt: &'static str,
    /// Its shots, with their seconds; only with an image.
    pub shots: &'static [(&'static str, u8)],
}

/// Words of the composer.
#[derive(Debug)]
pub struct Compose {
    /// The prompt's label.
    pub prompt: &'static str,
}
