//! Colours, and their way into BT.709 limited range (ITU-R BT.709-6, 8 bit), in integers.

/// Red, green and blue, 0 to 255, gamma-encoded as in sRGB.
pub(crate) type Rgb = [u8; 3];

/// BT.709 luma weights as 16-bit fixed point, scaled to the limited range (219 / 255).
const Y: [i32; 3] = [11_966, 40_254, 4064];
/// Blue difference weights, scaled to 224 / 255.
const U: [i32; 3] = [-6596, -22_189, 28_784];
/// Red difference weights, scaled to 224 / 255.
const V: [i32; 3] = [28_784, -26_145, -2639];

fn weigh([r, g, b]: Rgb, weights: [i32; 3], offset: i32) -> u8 {
    let sum = i32::from(r) * weights[0] + i32::from(g) * weights[1] + i32::from(b) * weights[2];
    (((sum + 0x8000) >> 16) + offset).clamp(0, 255) as u8
}

/// Luma of a colour, 16 to 235.
pub(crate) fn luma(rgb: Rgb) -> u8 {
    weigh(rgb, Y, 16)
}

/// Blue and red difference of a colour, 16 to 240.
pub(crate) fn chroma(rgb: Rgb) -> [u8; 2] {
    [weigh(rgb, U, 128), weigh(rgb, V, 128)]
}

/// The colour that BT.709 limited range values show.
pub(crate) fn to_rgb([y, u, v]: [u8; 3]) -> Rgb {
    let y = (i32::from(y) - 16) * 76_309;
    let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
    let channel = |value: i32| ((value + 0x8000) >> 16).clamp(0, 255) as u8;
    [
        channel(y + 117_489 * v),
        channel(y - 13_975 * u - 34_925 * v),
        channel(y + 138_438 * u),
    ]
}

/// Blend of two colours, `t` from 0 to 1.
pub(crate) fn blend(a: Rgb, b: Rgb, t: f32) -> Rgb {
    core::array::from_fn(|n| (f32::from(a[n]) + (f32::from(b[n]) - f32::from(a[n])) * t + 0.5) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to_yuv(rgb: Rgb) -> [u8; 3] {
        let [u, v] = chroma(rgb);
        [luma(rgb), u, v]
    }

    #[test]
    fn known_colours_have_their_studio_values() {
        // ITU-R BT.709-6, limited range: black, white and the primaries.
        for (rgb, yuv) in [
            ([0, 0, 0], [16, 128, 128]),
            ([255, 255, 255], [235, 128, 128]),
            ([255, 0, 0], [63, 102, 240]),
            ([0, 255, 0], [173, 42, 26]),
            ([0, 0, 255], [32, 240, 118]),
        ] {
            assert_eq!(to_yuv(rgb), yuv, "{rgb:?}");
        }
    }

    #[test]
    fn there_and_back_is_nearly_the_same() {
        for r in (0..=255).step_by(15) {
            for g in (0..=255).step_by(15) {
                for b in (0..=255).step_by(15) {
                    let back = to_rgb(to_yuv([r, g, b]));
                    for (a, b) in [r, g, b].into_iter().zip(back) {
                        assert!(a.abs_diff(b) <= 3);
                    }
                }
            }
        }
    }
}
