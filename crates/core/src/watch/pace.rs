//! How long to wait between two looks at one task.

use super::Expectation;

/// Shortest wait between two looks at one task, in seconds.
const TIGHTEST_SECS: f64 = 1.5;
/// Longest wait while somebody may be looking at the page and the task is not late, in seconds.
const LOOSEST_SECS: f64 = 15.0;
/// Longest wait for a task that is late, in seconds.
const LATE_SECS: f64 = 60.0;
/// Shortest wait while nobody sees the page, in seconds.
const HIDDEN_SECS: f64 = 30.0;
/// From this age on a task is looked at every [`SLOW_SECS`] only. Others' clients had to raise their limits for Kling
/// from ten minutes to over an hour; past two hours something is wrong, but "I stopped looking" is never "failed".
pub(super) const SLOW_AFTER_SECS: f64 = 7_200.0;
/// Wait for a task past [`SLOW_AFTER_SECS`], or out of sight, in seconds.
pub(super) const SLOW_SECS: f64 = 300.0;

/// What is known of a task when the next wait is chosen. Times in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Since the create.
    pub(super) age: f64,
    /// How long such videos take.
    pub(super) expected: Expectation,
    /// What the last look said is left, if it said so.
    pub(super) left: Option<f64>,
    /// How many looks in a row told nothing.
    pub(super) misses: u32,
    /// Whether the provider keeps saying that it does not know the task.
    pub(super) lost: bool,
    /// Whether somebody can see the page.
    pub(super) visible: bool,
}

/// Seconds to wait before the next look, before jitter.
pub(super) fn wait_secs(known: Known) -> f64 {
    if known.lost || known.age >= SLOW_AFTER_SECS {
        return SLOW_SECS;
    }
    let wait = match known.left {
        // Half of what is left each time: few looks, closing in on the end as it nears.
        Some(left) => (left * 0.5).clamp(TIGHTEST_SECS, LOOSEST_SECS),
        None => by_expectation(known.age, known.expected),
    };
    let wait = if known.misses > 0 {
        (wait * f64::from(1_u32 << known.misses.min(5))).min(LATE_SECS)
    } else {
        wait
    };
    if known.visible {
        wait
    } else {
        wait.max(HIDDEN_SECS)
    }
}

/// The wait by age alone. Early looks come in steps of an eighth of the age, so that whatever is much faster than
/// expected is seen soon, too. From when the fastest tenth ends until the slowest tenth is left, looks are close
/// together; after that they spread again.
fn by_expectation(age: f64, expected: Expectation) -> f64 {
    let spread = expected.slow_secs / expected.typical_secs;
    // Times of this kind are spread by factors, so the fastest tenth lies as far below as the slowest lies above.
    let from = expected.typical_secs / spread;
    // The wider the spread, the longer the close looks go on, and the wider apart they are.
    let near = (TIGHTEST_SECS * (spread / 1.5).max(1.0).sqrt()).max(age * 0.003);
    if age < from {
        return (age / 8.0)
            .clamp(TIGHTEST_SECS, LOOSEST_SECS)
            .min((from - age).max(near));
    }
    (near + (age - expected.slow_secs).max(0.0) * 0.05).min(LATE_SECS)
}

/// Seconds left by the provider's own words: its `eta`, else by how much is done of what has passed.
pub(super) fn left_secs(age: f64, eta_secs: Option<f64>, progress_percent: Option<f64>) -> Option<f64> {
    let eta = eta_secs.filter(|eta| eta.is_finite() && *eta > 0.0);
    eta.or_else(|| {
        // Below some percent the extrapolation says nothing; at 100 there is nothing left to extrapolate.
        let percent = progress_percent.filter(|percent| (5.0..100.0).contains(percent))?;
        Some(age * (100.0 - percent) / percent)
    })
}

/// A small seeded generator (`SplitMix64`): enough to keep many hosts from looking in step.
#[derive(Debug)]
pub(super) struct Jitter(u64);

impl Jitter {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The wait in milliseconds, up to a tenth shorter or longer.
    pub(super) fn around(&mut self, secs: f64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let unit = f64::from(u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or(0)) / f64::from(u32::MAX);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive, bounded number"
        )]
        let ms = (secs * 1000.0 * (0.9 + 0.2 * unit)) as u64;
        ms
    }
}
