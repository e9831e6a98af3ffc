use serde::{Deserialize, Serialize};

/// How long such videos take to make, from the create to the end, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expectation {
    /// Half of them take no longer than this.
    pub typical_secs: f64,
    /// Nine of ten take no longer than this.
    pub slow_secs: f64,
}

impl Expectation {
    /// Fewest past waits that tell more than the prior.
    pub(super) const FEWEST: usize = 3;

    /// Before anything was seen: a guess that grows with the length of the video. The provider publishes no figure;
    /// Kling renders are known to take minutes, and other clients' limits of 10 and 15 minutes proved too short.
    pub fn prior(duration_secs: u8) -> Self {
        let typical_secs = 60.0 + 12.0 * f64::from(duration_secs);
        Self {
            typical_secs,
            slow_secs: typical_secs * 3.0,
        }
    }

    /// From the host's own history of waits like this one, in seconds: their median and ninth decile. `None` where
    /// there are fewer than three that are finite and above zero.
    pub fn of_history(waits_secs: &[f64]) -> Option<Self> {
        // Put in order as they come: they are few, and a sort's program is large.
        let mut waits: Vec<f64> = Vec::with_capacity(waits_secs.len());
        for secs in waits_secs.iter().copied() {
            if secs.is_finite() && secs > 0.0 {
                waits.insert(waits.partition_point(|other| *other < secs), secs);
            }
        }
        if waits.len() < Self::FEWEST {
            return None;
        }
        let last = waits.len() - 1;
        Some(Self {
            typical_secs: waits[last / 2],
            slow_secs: waits[last - last / 10],
        })
    }

    /// The same with sound numbers: finite, a second or more, slow not below typical.
    pub(super) fn sane(self) -> Self {
        let prior = Self::default();
        let or = |secs: f64, otherwise: f64| {
            if secs.is_finite() {
                secs.clamp(1.0, 86_400.0)
            } else {
                otherwise
            }
        };
        let typical_secs = or(self.typical_secs, prior.typical_secs);
        Self {
            typical_secs,
            slow_secs: or(self.slow_secs, typical_secs * 2.2).max(typical_secs),
        }
    }
}

impl Default for Expectation {
    /// The prior for a video of five seconds.
    fn default() -> Self {
        Self::prior(5)
    }
}
