//! How long to wait between two looks at one task.

use super::Expectation;

/// Shortest wait between two looks at one task, in seconds.
const TIGHTEST_SECS: f64 = 1.5;
/// Longest wait while somebody may be looking at the page and the task is not late, in seconds.
const LOOSEST_SECS: f64 = 15.0;
/// The part of what is left that is waited.
const CLOSING: f64 = 0.75;
/// The wait, in seconds, where half of such tasks have ended and their spread is middling: takes are then noticed
/// within about a second, by fewer looks than one every three seconds (`cargo xtask bench watcher`).
const NEAR_SECS: f64 = 2.5;
/// Past the slowest tenth, each second of age adds that much to the wait.
const SPREADING: f64 = 0.02;
/// Times that are spread less than that count as spread so: a power of the spread.
const NARROWEST: i32 = 12;
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

/// Seconds to wait before the next look, before jitter, by a clock that runs `stretch` times as slow as the task's own.
///
/// What is to be waited changes while one waits: a task that nears its end is due sooner than it seemed before. So the
/// wait is over when the parts of the momentary waits that have passed come to one whole (with stretched waits, to as
/// many).
pub(super) fn wait_secs(known: Known, stretch: f64) -> f64 {
    let step = 0.25 * (stretch / 16.0).max(1.0);
    let shape = shape(known.expected);
    let (mut passed, mut parts) = (0.0, 0.0);
    while parts < stretch {
        let then = Known {
            age: known.age + passed,
            left: known.left.map(|left| (left - passed).max(0.0)),
            ..known
        };
        passed += step * momentary_secs(then, shape);
        parts += step;
    }
    passed / stretch
}

/// What is to be waited as it is now, in seconds.
fn momentary_secs(known: Known, shape: i32) -> f64 {
    if known.lost || known.age >= SLOW_AFTER_SECS {
        return SLOW_SECS;
    }
    let wait = match known.left {
        // A part of what is left each time: few looks, closing in on the end as it nears.
        Some(left) => (left * CLOSING).clamp(TIGHTEST_SECS, LOOSEST_SECS),
        None => by_expectation(known.age, known.expected, shape),
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

/// The wait by age alone: close looks where an end is likely, few where it is not.
///
/// Looks cost their number, and an end that is not seen costs its delay: for the best of both, the wait goes with one by
/// the square root of how likely an end is in the next second. For times that are spread by factors (log-logistic, with
/// the expectation's median and ninth decile), that likelihood is `shape · F(age) / age`, `F` being the share of them
/// that has ended by that age.
fn by_expectation(age: f64, expected: Expectation, shape: i32) -> f64 {
    let relative = age / expected.typical_secs;
    let odds = relative.powi(shape);
    let likely = NEAR_SECS * (relative * (1.0 + odds) / (f64::from(shape) * odds)).sqrt();
    // Whatever is much faster than expected is seen soon, too.
    let early = likely.min((age / 2.0).max(TIGHTEST_SECS));
    let late = (age - expected.slow_secs).max(0.0) * SPREADING;
    (early.clamp(TIGHTEST_SECS, LOOSEST_SECS) + late).min(LATE_SECS)
}

/// How narrow such times are spread: the (whole) power of their spread at which nine of ten are reached.
fn shape(expected: Expectation) -> i32 {
    let spread = expected.slow_secs / expected.typical_secs;
    let mut shape = 1;
    let mut reached = spread;
    while reached < 9.0 && shape < NARROWEST {
        reached *= spread;
        shape += 1;
    }
    shape
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
