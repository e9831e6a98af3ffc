//! What a request will cost, as an estimate with its source.

use serde::Serialize;

use crate::Request;

/// Prices per second of video, in millionths of a US dollar, and where they come from.
///
/// Nobody promises them: every field can be overridden.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// The rates seen second hand on 2026-10-07: 0.084 USD a second, 0.126 with sound.
    fn default() -> Self {
        Self {
            silent_micro_usd: 84_000,
            sound_micro_usd: 126_000,
            source: "Prices of Kling v3.0 Standard on Novita AI, seen second hand; an estimate".to_owned(),
            as_of: "2026-10-07".to_owned(),
        }
    }
}

impl Estimate {
    /// The whole price in US dollars.
    pub fn usd(&self) -> f64 {
        dollars(self.micro_usd)
    }

    /// The price per second in US dollars.
    pub fn rate_usd(&self) -> f64 {
        dollars(self.rate_micro_usd)
    }
}

/// The nearest double: of 630,000 millionths, 0.63.
#[expect(clippy::cast_precision_loss, reason = "exact up to 9 billion dollars")]
fn dollars(micro_usd: u64) -> f64 {
    micro_usd as f64 / 1e6
}

/// The cost of a video of that length; prices beyond what fits stay at the largest number.
pub fn estimate(seconds: u8, sound: bool, rates: &Rates) -> Estimate {
    let rate_micro_usd = if sound {
        rates.sound_micro_usd
    } else {
        rates.silent_micro_usd
    };
    Estimate {
        seconds,
        micro_usd: rate_micro_usd.saturating_mul(seconds.into()),
        rate_micro_usd,
        source: rates.source.clone(),
        as_of: rates.as_of.clone(),
    }
}

impl Request {
    /// What it will cost at these rates.
    pub fn estimate(&self, rates: &Rates) -> Estimate {
        estimate(self.duration_secs(), self.sound(), rates)
    }
}
