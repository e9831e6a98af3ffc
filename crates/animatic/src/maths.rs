//! Arithmetic that gives the same bits on every machine.

/// Smooth start and stop: 0 at 0, 1 at 1, no speed at either end (`3t² − 2t³`); clamped outside.
pub(crate) fn smoothstep(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Camera easing: starts and stops softly, but moves nearly evenly in between, as an operator would.
pub(crate) fn ease(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    0.45 * t + 0.55 * smoothstep(t)
}

/// Linear blend from `a` to `b`.
pub(crate) fn mix(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// Sine of `turns` full turns (1.0 = 360°), to about 1e-4: a polynomial, not a platform's library.
pub(crate) fn sin_turns(turns: f32) -> f32 {
    let x = turns - (turns + 0.5).floor();
    // x is in −0.5..0.5; fold onto the quarter where the odd polynomial is exact enough.
    let folded = if x > 0.25 {
        0.5 - x
    } else if x < -0.25 {
        -0.5 - x
    } else {
        x
    };
    let a = folded * core::f32::consts::TAU;
    let a2 = a * a;
    a * (1.0 - a2 * (1.0 / 6.0 - a2 * (1.0 / 120.0 - a2 * (1.0 / 5040.0))))
}

/// Cosine of `turns` full turns.
pub(crate) fn cos_turns(turns: f32) -> f32 {
    sin_turns(turns + 0.25)
}

/// FNV-1a, 64 bit: what stands for a text wherever a choice must follow from its words.
pub(crate) fn hash_text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A well mixed 64-bit value from `seed` and `index` (the finaliser of splitmix64): random access noise.
pub(crate) fn hash(seed: u64, index: u64) -> u64 {
    let mut z = seed.wrapping_add(index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// [`hash`] as a number in 0..1.
pub(crate) fn unit(seed: u64, index: u64) -> f32 {
    (hash(seed, index) >> 40) as f32 / 16_777_216.0
}

/// Smooth noise in −1..1 along `x`, with one independent value per whole number.
pub(crate) fn noise(seed: u64, x: f32) -> f32 {
    let cell = x.floor();
    let t = smoothstep(x - cell);
    let at = |n: f32| unit(seed, n as i64 as u64) * 2.0 - 1.0;
    mix(at(cell), at(cell + 1.0), t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_is_close_to_the_library() {
        for n in -4000_i16..4000 {
            let turns = f32::from(n) / 1000.0;
            let expected = (f64::from(turns) * core::f64::consts::TAU).sin();
            assert!((f64::from(sin_turns(turns)) - expected).abs() < 4e-4, "{turns}");
        }
    }

    #[test]
    fn easing_starts_at_nought_and_ends_at_one() {
        for curve in [smoothstep, ease] {
            assert_eq!(curve(-1.0).to_bits(), 0.0_f32.to_bits());
            assert!((curve(1.0) - 1.0).abs() < 1e-6);
            let values: Vec<f32> = (0_u8..=100).map(|n| curve(f32::from(n) / 100.0)).collect();
            assert!(values.is_sorted());
        }
    }

    #[test]
    fn noise_stays_in_range() {
        for n in 0_u16..5000 {
            assert!(noise(7, f32::from(n) * 0.13 - 300.0).abs() <= 1.0);
        }
    }
}
