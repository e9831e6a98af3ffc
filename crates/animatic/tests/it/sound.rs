//! The scratch sound.

use crate::common::{busy, text_to_video, with_shots};
use proptest::prelude::*;
use rushes_animatic::{Animatic, Sound};

fn sound(prompt: &str) -> Sound {
    let animatic = Animatic::new(&text_to_video(prompt, 4.0, "1:1"), None, None).unwrap();
    animatic.sound().unwrap().clone()
}

fn all(sound: &Sound) -> Vec<[f32; 2]> {
    let mut samples = vec![[0.0; 2]; sound.samples() as usize];
    sound.fill(0, &mut samples);
    samples
}

/// Root of the mean square of both channels.
fn loudness(samples: &[[f32; 2]]) -> f64 {
    let sum: f64 = samples
        .iter()
        .flatten()
        .map(|&sample| f64::from(sample) * f64::from(sample))
        .sum();
    (sum / f64::from(u32::try_from(samples.len()).unwrap() * 2)).sqrt()
}

const PROMPTS: [&str; 6] = [
    "A storm at sea",
    "A quiet library",
    "Rain in the city at night",
    "A desert at noon",
    "Deep space",
    "雪山日落",
];

#[test]
fn it_is_quiet_but_there_and_never_clips() {
    for prompt in PROMPTS {
        let samples = all(&sound(prompt));
        assert!(
            samples.iter().flatten().all(|sample| sample.abs() <= 0.5),
            "{prompt}"
        );
        let loud = loudness(&samples[24_000..168_000]);
        assert!((0.01..0.15).contains(&loud), "{prompt}: {loud}");
    }
}

#[test]
fn it_fades_in_swells_and_fades_out() {
    for prompt in PROMPTS {
        let samples = all(&sound(prompt));
        for edge in [&samples[..48], &samples[samples.len() - 48..]] {
            assert!(
                edge.iter().flatten().all(|sample| sample.abs() < 0.002),
                "{prompt}"
            );
        }
        let (middle, end) = (
            loudness(&samples[60_000..108_000]),
            loudness(&samples[150_000..174_000]),
        );
        assert!(end > middle * 1.1, "{prompt}: {middle} {end}");
    }
}

#[test]
fn each_second_ticks_and_each_cut_strikes() {
    let request = with_shots(busy(300, 300), &[("a", 3.0), ("b", 3.0)]);
    let animatic = Animatic::new(&request, None, None).unwrap();
    let struck = all(animatic.sound().unwrap());
    let plain = {
        let request = with_shots(busy(300, 300), &[("a", 6.0)]);
        all(Animatic::new(&request, None, None).unwrap().sound().unwrap())
    };
    let same = |range: std::ops::Range<usize>| struck[range.clone()] == plain[range];
    assert!(
        same(0..3 * 48_000) && same(4 * 48_000..6 * 48_000),
        "only the cut differs"
    );
    assert!(!same(3 * 48_000..3 * 48_000 + 24_000));
    // The tick's own tone stands out right after a full second, against just before it.
    let strength = |from: usize| {
        let turn =
            |n: usize| std::f64::consts::TAU * 1760.0 * f64::from(u32::try_from(n).unwrap()) / 48_000.0;
        let (mut sine, mut cosine) = (0.0, 0.0);
        for (n, sample) in plain[from..from + 1200].iter().enumerate() {
            sine += f64::from(sample[0]) * turn(n).sin();
            cosine += f64::from(sample[0]) * turn(n).cos();
        }
        sine.hypot(cosine) / 1200.0
    };
    for second in 1..5 {
        let at = second * 48_000;
        assert!(strength(at) > 4.0 * strength(at - 4800), "{second}");
    }
}

#[test]
fn beyond_the_end_is_silence() {
    let sound = sound("A fox");
    let mut block = [[1.0; 2]; 100];
    sound.fill(sound.samples() - 10, &mut block);
    assert!(block[10..].iter().flatten().all(|sample| *sample == 0.0));
    sound.fill(u32::MAX - 3, &mut block);
    assert!(block[..4].iter().flatten().all(|sample| *sample == 0.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_stretch_is_the_same_as_in_the_whole(start in 0_u32..192_000, length in 1_usize..4000) {
        let sound = sound("Waves at night");
        let whole = all(&sound);
        let mut block = vec![[0.0; 2]; length];
        sound.fill(start, &mut block);
        for (n, pair) in block.iter().enumerate() {
            let expected = whole.get(start as usize + n).copied().unwrap_or_default();
            prop_assert_eq!(pair.map(f32::to_bits), expected.map(f32::to_bits));
        }
    }
}
