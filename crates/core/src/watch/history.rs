use super::Expectation;

/// Waits remembered of one kind: the newest tell the most, and a provider's pace changes.
const PER_KIND: usize = 30;

/// What tells how long a video takes to make, before it is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its length, in seconds.
    pub duration_secs: u8,
    /// Whether it has sound.
    pub sound: bool,
}

/// How long somebody's own finished videos took to make, and so how long the next one will.
///
/// One history belongs to one maker: what a local engine does in seconds says nothing of a provider's minutes.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// In seconds, the oldest first.
    waits: Vec<(Kind, f64)>,
}

impl History {
    /// Adds the wait for a video that was made, from its create to its end, in seconds. What is no time counts for
    /// nothing.
    pub fn add(&mut self, kind: Kind, wait_secs: f64) {
        if !(wait_secs.is_finite() && wait_secs > 0.0) {
            return;
        }
        if self.of(kind).count() >= PER_KIND
            && let Some(oldest) = self.waits.iter().position(|(other, _)| *other == kind)
        {
            self.waits.remove(oldest);
        }
        self.waits.push((kind, wait_secs));
    }

    /// What is known of such a video: from videos of the same length and sound, where there are three of them; else from
    /// all there are, by how they took longer or shorter than the prior of their length; else the prior.
    pub fn expect(&self, kind: Kind) -> Expectation {
        let prior = |kind: Kind| Expectation::prior(kind.duration_secs);
        let are_same = self.of(kind).count() >= Expectation::FEWEST;
        let factors: Vec<f64> = self
            .waits
            .iter()
            .filter(|(other, _)| !are_same || *other == kind)
            .map(|(other, secs)| secs / prior(*other).typical_secs)
            .collect();
        let prior = prior(kind);
        Expectation::of_history(&factors).map_or(prior, |factor| Expectation {
            typical_secs: factor.typical_secs * prior.typical_secs,
            slow_secs: factor.slow_secs * prior.typical_secs,
        })
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = f64> {
        let same = self.waits.iter().filter(move |(other, _)| *other == kind);
        same.map(|(_, secs)| *secs)
    }
}

/// How long a video took to make, in milliseconds, by the two looks between which it ended: the last that saw it going on
/// (0, its create, where there was none), and the one that saw its end, both as its age. `None` where they lie too far
/// apart to tell: a page that was hidden or closed for an hour learns nothing from that.
pub fn wait_between(going_ms: u64, ended_ms: u64) -> Option<u64> {
    let apart_ms = ended_ms.saturating_sub(going_ms);
    let is_known = apart_ms <= (ended_ms / 4).max(5_000);
    is_known.then(|| ended_ms - apart_ms / 2)
}
