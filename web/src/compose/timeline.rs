//! Where shots stand on their timeline, and what a drag of one, or of its edge, makes of them. Seconds in, seconds out.

use rushes_core::limits::{DURATION_MAX_SECS, DURATION_MIN_SECS};

const MIN: f64 = DURATION_MIN_SECS as f64;
const MAX: f64 = DURATION_MAX_SECS as f64;

/// Seconds that the whole width of the timeline stands for: the longest video, or more where the shots are too long.
pub fn whole(seconds: &[f64]) -> f64 {
    seconds.iter().map(|one| one.max(0.0)).sum::<f64>().max(MAX)
}

/// When a shot begins.
pub fn start(seconds: &[f64], index: usize) -> f64 {
    seconds.iter().take(index).sum()
}

/// The place of a shot that is dragged so that it would begin at `at` seconds: among the others, where it begins
/// nearest to that. `others` are the seconds of the other shots, in their order.
pub fn place(others: &[f64], at: f64) -> usize {
    let mut best = (0, at.abs());
    let mut begins = 0.0;
    for (index, seconds) in others.iter().enumerate() {
        begins += seconds;
        let off = (at - begins).abs();
        if off < best.1 {
            best = (index + 1, off);
        }
    }
    best.0
}

/// The seconds of all shots when the one at `index` is to last `wanted`: whole seconds within what is allowed. Where
/// the video would become too long, the shots behind give way, the next one first, down to the shortest allowed; what
/// they cannot give is not taken.
pub fn resize(seconds: &[f64], index: usize, wanted: f64) -> Vec<f64> {
    let mut all = seconds.to_vec();
    let Some(own) = all.get(index).copied() else {
        return all;
    };
    let wanted = wanted.round().clamp(MIN, MAX);
    let others: f64 = all.iter().sum::<f64>() - own;
    let spare: f64 = all[index + 1..].iter().map(|next| (next - MIN).max(0.0)).sum();
    // A shot that is too long already may stay so, but not grow.
    let most = (MAX - others + spare).max(own.min(wanted)).max(MIN);
    let granted = wanted.min(most.floor());
    all[index] = granted;
    let mut over = (others + granted - MAX).min(spare).max(0.0);
    for next in &mut all[index + 1..] {
        let gives = over.min((*next - MIN).max(0.0));
        *next -= gives;
        over -= gives;
    }
    all
}

/// The lengths of the two parts of a shot, if it is long enough for two.
pub fn halves(seconds: f64) -> Option<(f64, f64)> {
    let first = (seconds / 2.0).ceil();
    let second = seconds - first;
    (second >= MIN).then_some((first, second))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_dragged_shot_lands_where_it_begins_nearest() {
        for (others, at, index) in [
            (&[3.0, 5.0][..], -2.0, 0),
            (&[3.0, 5.0], 1.0, 0),
            (&[3.0, 5.0], 2.0, 1),
            (&[3.0, 5.0], 5.4, 1),
            (&[3.0, 5.0], 5.6, 2),
            (&[3.0, 5.0], 40.0, 2),
            (&[], 4.0, 0),
        ] {
            assert_eq!(place(others, at), index, "{others:?} {at}");
        }
    }

    #[test]
    fn an_edge_moves_by_whole_seconds_and_pushes_what_is_behind() {
        for (seconds, index, wanted, expected) in [
            (&[3.0, 4.0][..], 0, 5.4, &[5.0, 4.0][..]),
            (&[3.0, 4.0], 0, 1.0, &[3.0, 4.0]),
            (&[3.0, 4.0], 1, 99.0, &[3.0, 12.0]),
            (&[5.0, 5.0, 5.0], 0, 7.0, &[7.0, 3.0, 5.0]),
            (&[5.0, 5.0, 5.0], 0, 8.0, &[8.0, 3.0, 4.0]),
            (&[5.0, 5.0, 5.0], 0, 15.0, &[9.0, 3.0, 3.0]),
            (&[5.0, 5.0, 5.0], 2, 15.0, &[5.0, 5.0, 5.0]),
            (&[9.0, 9.0], 0, 8.0, &[8.0, 7.0]),
            (&[9.0, 9.0], 1, 7.0, &[9.0, 7.0]),
        ] {
            assert_eq!(
                resize(seconds, index, wanted),
                expected,
                "{seconds:?} {index} {wanted}"
            );
        }
    }

    #[test]
    fn only_what_is_long_enough_has_two_parts() {
        for (seconds, parts) in [
            (5.0, None),
            (6.0, Some((3.0, 3.0))),
            (7.0, Some((4.0, 3.0))),
            (15.0, Some((8.0, 7.0))),
            (0.0, None),
        ] {
            assert_eq!(halves(seconds), parts, "{seconds}");
        }
    }

    fn shots() -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec((3_u8..=15).prop_map(f64::from), 1..6)
    }

    /// Shots that fit: the last ones shortened or left out.
    fn fitting() -> impl Strategy<Value = Vec<f64>> {
        shots().prop_map(|mut shots| {
            let mut left = MAX;
            for seconds in &mut shots {
                *seconds = seconds.min(left);
                left -= *seconds;
            }
            shots.retain(|seconds| *seconds >= MIN);
            shots
        })
    }

    proptest! {
        #[test]
        fn what_fitted_still_fits(seconds in fitting(), index in any::<prop::sample::Index>(), wanted in -5.0..30.0) {
            let index = index.index(seconds.len());
            let after = resize(&seconds, index, wanted);
            prop_assert!(after.iter().sum::<f64>() <= MAX);
            prop_assert!(after.iter().all(|one| (MIN..=MAX).contains(one) && one.fract() == 0.0));
            prop_assert_eq!(&after[..index], &seconds[..index]);
            prop_assert_eq!(resize(&after, index, after[index]), after.clone());
        }

        #[test]
        fn what_was_too_long_never_grows(
            seconds in shots(), index in any::<prop::sample::Index>(), wanted in -5.0..30.0,
        ) {
            let index = index.index(seconds.len());
            prop_assume!(seconds.iter().sum::<f64>() > MAX);
            let after = resize(&seconds, index, wanted);
            prop_assert!(after.iter().sum::<f64>() <= seconds.iter().sum::<f64>());
        }

        #[test]
        fn dragging_further_never_goes_back(others in shots(), at in -5.0..20.0, by in 0.0..10.0) {
            prop_assert!(place(&others, at) <= place(&others, at + by));
        }

        #[test]
        fn a_shot_that_is_not_dragged_stays(seconds in shots(), index in any::<prop::sample::Index>()) {
            let index = index.index(seconds.len());
            let mut others = seconds.clone();
            others.remove(index);
            prop_assert_eq!(place(&others, start(&seconds, index)), index);
        }

        #[test]
        fn two_parts_are_as_long_as_the_whole(seconds in (3_u8..=15).prop_map(f64::from)) {
            if let Some((first, second)) = halves(seconds) {
                prop_assert!(first >= second && second >= MIN);
                prop_assert!((first + second - seconds).abs() < f64::EPSILON);
            }
        }
    }
}
