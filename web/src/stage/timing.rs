//! Time in a video: frames, timecodes, shots, the shuttle, and what keeps several players together. Plain arithmetic.

/// Frames a second where nothing else is known: what the model makes.
pub const USUAL_FPS: f64 = 24.0;
/// Rates that videos have.
const RATES: [f64; 8] = [23.976, 24.0, 25.0, 29.97, 30.0, 50.0, 59.94, 60.0];
/// Speeds of the shuttle.
const SPEEDS: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
/// From this drift on a player is sent to its place, in seconds at its speed; below, it runs a little faster or slower.
const SEEK_FROM_SECS: f64 = 0.25;
/// In how many seconds a drift is to be gone.
const CATCH_UP_SECS: f64 = 0.2;
/// How much faster or slower a player may run to catch up, of its speed.
const MOST: f64 = 0.5;

/// The frame that is seen at a moment, counted from 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "frames of a video; below 0 it is 0"
)]
pub fn frame_at(secs: f64, fps: f64) -> u64 {
    // A moment that a player rounded down by less than a thousandth still belongs to its frame.
    (secs * fps + 0.01).floor().max(0.0) as u64
}

/// The middle of a frame: a player sent there shows it, however it rounds.
#[expect(clippy::cast_precision_loss, reason = "frames of a video")]
pub fn middle_of(frame: u64, fps: f64) -> f64 {
    (frame as f64 + 0.5) / fps
}

/// Where a step of so many frames leads, within the length, in seconds.
pub fn step(secs: f64, frames: i64, fps: f64, length_secs: f64) -> f64 {
    let last = frame_at((length_secs - 0.5 / fps).max(0.0), fps);
    let to = frame_at(secs, fps).saturating_add_signed(frames).min(last);
    middle_of(to, fps)
}

/// `0:03:12`: minutes, seconds, frames.
pub fn timecode(secs: f64, fps: f64) -> String {
    let frame = frame_at(secs, fps);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate of a few dozen"
    )]
    let per_second = (fps.round() as u64).max(1);
    let whole = frame / per_second;
    format!("{}:{:02}:{:02}", whole / 60, whole % 60, frame % per_second)
}

/// Frames a second, from how long frames were shown for: the usual rate that is nearest, if one is near.
pub fn fps_of(frame_secs: f64) -> Option<f64> {
    if !frame_secs.is_finite() || frame_secs <= 0.0 {
        return None;
    }
    let fps = 1.0 / frame_secs;
    let nearest = RATES
        .into_iter()
        .min_by(|one, other| (one - fps).abs().total_cmp(&(other - fps).abs()))?;
    ((nearest / fps - 1.0).abs() < 0.02).then_some(nearest)
}

/// When each shot begins, in seconds of a video of that length: as they were asked for, scaled to what came.
pub fn cuts(shots_secs: &[u8], length_secs: f64) -> Vec<f64> {
    let sum: f64 = shots_secs.iter().copied().map(f64::from).sum();
    if sum <= 0.0 || !length_secs.is_finite() {
        return Vec::new();
    }
    let mut at = 0.0;
    shots_secs
        .iter()
        .map(|secs| {
            let start = at;
            at += f64::from(*secs);
            start / sum * length_secs
        })
        .collect()
}

/// The shuttle's speed after pressing for forward (or backward) at a speed: a press the other way turns, a press the
/// same way doubles.
pub fn shuttle(speed: f64, is_forward: bool) -> f64 {
    let sign = if is_forward { 1.0 } else { -1.0 };
    let now = speed * sign;
    let next = SPEEDS
        .into_iter()
        .find(|faster| *faster > now)
        .unwrap_or(SPEEDS[SPEEDS.len() - 1]);
    sign * if now > 0.0 { next } else { SPEEDS[0] }
}

/// What brings a player back to the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Correction {
    /// It runs at this speed until it is.
    Rate(f64),
    /// It is sent there.
    Seek,
}

/// What to do about a player that is so many seconds ahead (behind, below 0), while all run at `rate`.
pub fn correct(drift_secs: f64, frame_secs: f64, rate: f64) -> Correction {
    let off = drift_secs.abs();
    if off > SEEK_FROM_SECS * rate {
        Correction::Seek
    } else if off < frame_secs / 4.0 {
        Correction::Rate(rate)
    } else {
        Correction::Rate(rate * (1.0 - (drift_secs / rate / CATCH_UP_SECS).clamp(-MOST, MOST)))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A player sent to the middle of a frame is in it, and steps go one frame each.
        #[test]
        fn steps_are_frames(frame in 0_u64..300, fps in proptest::sample::select(&RATES[..])) {
            let length = 15.0;
            let at = middle_of(frame, fps);
            prop_assert_eq!(frame_at(at, fps), frame);
            let last = frame_at(length - 0.5 / fps, fps);
            let on = step(at, 1, fps, length);
            prop_assert_eq!(frame_at(on, fps), (frame + 1).min(last));
            if frame > 0 && frame < last {
                prop_assert_eq!(frame_at(step(on, -1, fps, length), fps), frame);
            }
            prop_assert!(on < length);
        }

        /// Whatever the drift, it is under a frame within a second, and stays there.
        #[test]
        fn drift_is_corrected(drift in -3.0..3.0_f64, rate in proptest::sample::select(&[0.25, 0.5, 1.0, 1.5, 2.0][..])) {
            let (tick, frame) = (1.0 / 60.0, 1.0 / USUAL_FPS);
            let mut drift = drift;
            for turn in 0..240 {
                match correct(drift, frame, rate) {
                    Correction::Seek => drift = 0.03,
                    Correction::Rate(own) => {
                        prop_assert!(own > 0.0 && own <= rate * 1.5 + 1e-9);
                        drift += (own - rate) * tick;
                    }
                }
                if turn > 90 {
                    prop_assert!(drift.abs() <= frame, "{} after {} turns", drift, turn);
                }
            }
        }

        #[test]
        fn shots_fill_the_video(shots in proptest::collection::vec(3_u8..6, 1..6), length in 1.0..20.0_f64) {
            let cuts = cuts(&shots, length);
            prop_assert_eq!(cuts.len(), shots.len());
            prop_assert!(cuts[0].abs() < f64::EPSILON);
            prop_assert!(cuts.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(cuts.iter().all(|cut| *cut < length));
        }
    }

    #[test]
    fn times_read_as_minutes_seconds_frames() {
        for (secs, text) in [
            (0.0, "0:00:00"),
            (3.5, "0:03:12"),
            (14.999_9, "0:15:00"),
            (61.0, "1:01:00"),
            (-1.0, "0:00:00"),
        ] {
            assert_eq!(timecode(secs, 24.0), text);
        }
    }

    #[test]
    fn rates_are_recognised() {
        for (secs, fps) in [
            (1.0 / 24.0, Some(24.0)),
            (0.041_708, Some(23.976)),
            (0.033_3, Some(30.0)),
            (0.1, None),
            (0.0, None),
            (f64::NAN, None),
        ] {
            assert_eq!(fps_of(secs), fps, "{secs}");
        }
    }

    #[test]
    fn the_shuttle_doubles_and_turns() {
        for (speed, is_forward, next) in [
            (0.0, true, 1.0),
            (1.0, true, 2.0),
            (8.0, true, 8.0),
            (4.0, false, -1.0),
            (-1.0, false, -2.0),
            (-2.0, true, 1.0),
            (0.5, true, 1.0),
        ] {
            assert_eq!(
                shuttle(speed, is_forward).total_cmp(&next),
                std::cmp::Ordering::Equal,
                "{speed} {is_forward}"
            );
        }
    }

    #[test]
    fn without_shots_there_are_no_cuts() {
        assert!(cuts(&[], 5.0).is_empty());
        assert!(cuts(&[3], f64::NAN).is_empty());
    }
}
