//! Scratch sound: a quiet bed that follows the words, a tick each second, a mark at each cut, a swell at the end.

use rushes_core::limits::FRAMES_PER_SECOND;

use crate::maths::{hash, mix, sin_turns, smoothstep, unit};
use crate::plan::ShotPlan;
use crate::scene::{Light, Mood, Place, Weather};

/// Samples per second and channel: what Opus and AAC both take.
const RATE: u32 = 48_000;
/// No sample is louder than this: half of full scale, so that no encoder clips.
const CEILING: f32 = 0.5;
/// Length of a tick, in seconds.
const TICK_SECS: f32 = 0.06;
/// Length of the mark at a cut, in seconds.
const CUT_SECS: f32 = 0.5;
/// Length of the swell before the end, in seconds.
const SWELL_SECS: f32 = 1.6;
/// Fades at both ends, in seconds.
const FADE_SECS: (f32, f32) = (0.25, 0.35);

/// The sound of an animatic: stereo at 48 kHz, as long as the frames, any stretch in any order.
#[derive(Clone, Debug)]
pub struct Sound {
    length: u32,
    seed: u64,
    /// Frequencies of the chord, as steps of a 32-bit phase per sample.
    chord: [u32; 4],
    /// How loud the air is, and how many different values per second make it: low is surf, high is rain.
    air: (f32, f32),
    /// Samples at which a shot begins, but the first.
    cuts: Vec<u32>,
}

impl Sound {
    pub(crate) fn new(mood: &Mood, shots: &[ShotPlan]) -> Self {
        let samples = |frame: u32| frame * (RATE / FRAMES_PER_SECOND);
        let length = shots.iter().map(|shot| samples(shot.frames)).sum();
        let cuts = shots.iter().skip(1).map(|shot| samples(shot.start)).collect();
        Self {
            length,
            seed: mood.seed,
            chord: chord(mood),
            air: air(mood),
            cuts,
        }
    }

    /// Samples per second and channel: 48,000.
    pub fn rate(&self) -> u32 {
        RATE
    }

    /// Channels, interleaved in [`fill`](Self::fill) as left and right: 2.
    pub fn channels(&self) -> u16 {
        2
    }

    /// Samples per channel: 48,000 for each second of video, exactly.
    pub fn samples(&self) -> u32 {
        self.length
    }

    /// Writes the samples from number `start` on, left and right, each within −0.5 to 0.5; silence beyond the end.
    pub fn fill(&self, start: u32, block: &mut [[f32; 2]]) {
        for (n, pair) in (start..=u32::MAX).zip(block) {
            *pair = self.at(n);
        }
    }

    /// Sample number `n`, left and right.
    fn at(&self, n: u32) -> [f32; 2] {
        if n >= self.length {
            return [0.0; 2];
        }
        let left_over = seconds(self.length - 1 - n);
        let fade = (seconds(n) / FADE_SECS.0).min(left_over / FADE_SECS.1);
        let fade = smoothstep(fade);
        let swell = smoothstep(1.0 - left_over / SWELL_SECS);
        let middle = Self::tick(n) + self.cut(n);
        [0, 1].map(|channel| {
            let sound = self.pad(n, channel, swell) + self.air_at(n, channel, swell) + middle;
            (sound * fade).clamp(-CEILING, CEILING)
        })
    }

    /// The chord, breathing; the swell opens its upper notes.
    fn pad(&self, n: u32, channel: u32, swell: f32) -> f32 {
        let mut sum = 0.0;
        for (voice, &step) in (0_u8..).zip(&self.chord) {
            // The right channel is a hair sharper: width, not beating.
            let step = step + channel * (step >> 11);
            let breath =
                0.7 + 0.3 * sin_turns(seconds(n) * (0.09 + 0.03 * f32::from(voice)) + 0.2 * f32::from(voice));
            let weight =
                0.04 / (1.0 + f32::from(voice) * 0.5) * (1.0 + swell * (0.7 + 0.4 * f32::from(voice)));
            sum += tone(n, step) * breath * weight;
        }
        sum
    }

    /// Wind, surf or rain: values of a random row, smoothly joined.
    fn air_at(&self, n: u32, channel: u32, swell: f32) -> f32 {
        let (loudness, per_second) = self.air;
        let (grain, body) = (
            self.row(n, channel, per_second),
            self.row(n, channel + 2, per_second * 0.37),
        );
        // Gusts: two slow sines that never quite meet again.
        let gust = 0.65 + 0.2 * sin_turns(seconds(n) * 0.17) + 0.15 * sin_turns(seconds(n) * 0.41 + 0.3);
        (grain * 0.5 + body * 0.5) * loudness * gust * (1.0 + swell * 0.6)
    }

    /// Noise of at most so many turns per second, −1 to 1.
    fn row(&self, n: u32, lane: u32, per_second: f32) -> f32 {
        // Position in 1/65536 of a value: exact for 15 seconds of any rate up to 48 kHz.
        let step = (per_second * 65_536.0 / RATE as f32) as u64;
        let at = u64::from(n) * step;
        let seed = self.seed ^ (u64::from(lane) << 32);
        let value = |index: u64| unit(seed, index) * 2.0 - 1.0;
        let share = (at & 0xffff) as f32 / 65_536.0;
        mix(value(at >> 16), value((at >> 16) + 1), smoothstep(share))
    }

    /// A soft click at every full second, as on a clapped countdown.
    fn tick(n: u32) -> f32 {
        let since = n % RATE;
        if n < RATE || seconds(since) >= TICK_SECS {
            return 0.0;
        }
        let left = 1.0 - seconds(since) / TICK_SECS;
        tone(since, step(1760.0)) * left * left * left * 0.05 * attack(since)
    }

    /// A low, soft strike where the picture cuts.
    fn cut(&self, n: u32) -> f32 {
        self.cuts
            .iter()
            .filter_map(|&cut| n.checked_sub(cut))
            .filter(|&since| seconds(since) < CUT_SECS)
            .map(|since| {
                let left = 1.0 - seconds(since) / CUT_SECS;
                let strike = tone(since, step(110.0)) + 0.5 * tone(since, step(220.0));
                strike * left * left * left * 0.09 * attack(since)
            })
            .sum()
    }
}

/// A rise of two milliseconds, so that nothing starts with a crack.
fn attack(since: u32) -> f32 {
    (seconds(since) / 0.002).min(1.0)
}

fn seconds(samples: u32) -> f32 {
    samples as f32 / RATE as f32
}

/// A frequency in Hz as the step of a 32-bit phase per sample.
fn step(hertz: f64) -> u32 {
    (hertz * 4_294_967_296.0 / f64::from(RATE)) as u32
}

/// A sine, its phase counted in whole numbers: exact however long it lasts.
fn tone(n: u32, step: u32) -> f32 {
    sin_turns((n.wrapping_mul(step) >> 8) as f32 / 16_777_216.0)
}

/// Four notes: what light says decides between major, open and minor; the words choose the root.
fn chord(mood: &Mood) -> [u32; 4] {
    // C3 to G3 in equal temperament, Hz.
    const ROOTS: [f64; 6] = [130.81, 138.59, 146.83, 155.56, 164.81, 174.61];
    let ratios: [f64; 4] = match mood.light {
        Light::Day => [0.5, 1.0, 1.5, 2.52],
        Light::Golden => [0.5, 1.0, 1.26, 1.888],
        Light::Night => [0.5, 1.0, 1.189, 1.782],
    };
    let root = ROOTS[(hash(mood.seed, 77) % ROOTS.len() as u64) as usize];
    ratios.map(|ratio| step(root * ratio))
}

/// How loud the air is, and how fine.
fn air(mood: &Mood) -> (f32, f32) {
    match (mood.weather, mood.place) {
        (Weather::Rain, _) => (0.075, 9000.0),
        (_, Place::Sea) => (0.085, 1400.0),
        (Weather::Snow, _) | (_, Place::Mountains | Place::Desert) => (0.065, 700.0),
        (_, Place::City) => (0.05, 320.0),
        (_, Place::Forest | Place::Meadow) => (0.04, 2600.0),
        (_, Place::Space) => (0.045, 180.0),
        (_, Place::Indoors) => (0.016, 500.0),
        (_, Place::Open) => (0.03, 900.0),
    }
}
