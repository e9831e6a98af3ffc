//! What a request will cost, as an estimate with its source.

/// Prices per second of video, in millionths of a US dollar, and where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Without sound.
    pub silent_micro_usd: u64,
    /// With sound.
    pub sound_micro_usd: u64,
    /// Who says so.
    pub source: String,
    /// When it was read, `YYYY-MM-DD`.
    pub as_of: String,
}

/// The cost of one request: always an estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Seconds billed.
    pub seconds: u8,
    /// Whole price in millionths of a US dollar.
    pub micro_usd: u64,
    /// Price per second in millionths of a US dollar.
    pub rate_micro_usd: u64,
    /// Who says so.
    pub source: String,
    /// When it was read, `YYYY-MM-DD`.
    pub as_of: String,
}

impl Default for Rates {
    /// The rates seen on 2026-10-07.
    fn default() -> Self {
        todo!()
    }
}

/// The cost of a video of that length.
pub fn estimate(_seconds: u8, _sound: bool, _rates: &Rates) -> Estimate {
    todo!()
}
