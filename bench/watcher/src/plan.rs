//! What is watched: tasks with a time to render, and what the provider says of them meanwhile.

use rushes_core::watch::{Expectation, History, Kind, Sighting};

/// One task.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) kind: Kind,
    /// When it is created, and taken on.
    pub(crate) created_ms: u64,
    /// How long it waits in the provider's queue.
    pub(crate) queued_ms: u64,
    /// How long it takes from its create to its end.
    pub(crate) takes_ms: u64,
}

/// What the provider says of a task that is not over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Words {
    /// Nothing but that it goes on: the provider's own sample shows `progress_percent: 0` to the end.
    Nothing,
    /// How much is rendered, in steps of so many percent; 0 while it waits in the queue.
    Percent(f64),
}

impl Words {
    /// What a look at that age tells.
    pub(crate) fn of(self, plan: Plan, age_ms: u64) -> Sighting {
        let progress_percent = match self {
            Self::Nothing => None,
            Self::Percent(step) => {
                let rendered = age_ms.saturating_sub(plan.queued_ms) as f64;
                let of = (plan.takes_ms - plan.queued_ms).max(1) as f64;
                Some((100.0 * rendered / of / step).floor() * step)
            }
        };
        Sighting::Going {
            progress_percent,
            eta_secs: None,
        }
    }
}

/// How long the tasks of one simulation take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct World {
    /// What half of them stay below, as a factor of core's prior for their length.
    pub(crate) pace: f64,
    /// By how much they differ: the standard deviation of the logarithm of their times.
    pub(crate) spread: f64,
    pub(crate) words: Words,
    /// How many finished takes of each kind the user has already.
    pub(crate) known: usize,
}

/// What a user makes most: short and long, silent and with sound.
const KINDS: [Kind; 4] = [
    Kind {
        duration_secs: 5,
        sound: false,
    },
    Kind {
        duration_secs: 5,
        sound: true,
    },
    Kind {
        duration_secs: 10,
        sound: true,
    },
    Kind {
        duration_secs: 15,
        sound: true,
    },
];
/// What sound adds to the time.
const SOUND: f64 = 1.2;
/// Of its time a task waits in the queue for up to this share.
const QUEUE_SHARE: f64 = 0.3;
/// From the first create to the last, in milliseconds.
const CREATES_MS: f64 = 300_000.0;

impl World {
    /// So many tasks.
    pub(crate) fn plans(&self, count: usize, seed: u64) -> Vec<Plan> {
        let mut noise = Noise::new(seed);
        (0..count)
            .map(|_| {
                let kind = KINDS[noise.below(KINDS.len())];
                let takes_secs = self.takes_secs(kind, &mut noise);
                let takes_ms = (takes_secs * 1000.0) as u64;
                Plan {
                    kind,
                    created_ms: (noise.unit() * CREATES_MS) as u64,
                    queued_ms: (takes_secs * 1000.0 * QUEUE_SHARE * noise.unit()) as u64,
                    takes_ms,
                }
            })
            .collect()
    }

    /// What the user's own finished takes tell.
    pub(crate) fn history(&self, seed: u64) -> History {
        let mut noise = Noise::new(seed ^ 0x5EED);
        let mut history = History::default();
        for kind in KINDS {
            for _ in 0..self.known {
                history.add(kind, self.takes_secs(kind, &mut noise));
            }
        }
        history
    }

    fn takes_secs(&self, kind: Kind, noise: &mut Noise) -> f64 {
        let typical = Expectation::prior(kind.duration_secs).typical_secs * self.pace;
        typical * if kind.sound { SOUND } else { 1.0 } * (self.spread * noise.bell()).exp()
    }
}

/// Numbers that look random and are the same in each run (`xorshift64*`).
#[derive(Debug)]
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// 0 to 1.
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize % count
    }

    /// Around 0, as a normal distribution of deviation 1.
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}
