//! Scaling with a Catmull-Rom kernel, widened when shrinking so that nothing aliases; fixed point inside.

use super::Picture;
use crate::colour::Rgb;

/// Weights sum to this: 14 bits leave room for nine-bit overshoot within `i32`.
const ONE: i32 = 1 << 14;

/// What one target pixel takes: source pixels from `first` on, each with its weight.
struct Taps {
    first: usize,
    weights: Vec<i32>,
}

/// The middle of `picture`, cut to the shape of `width × height` and scaled to it.
pub(super) fn cover(picture: &Picture, width: usize, height: usize) -> Picture {
    let (w, h) = (picture.width as f64, picture.height as f64);
    let scale = (width as f64 / w).max(height as f64 / h);
    let (cut_w, cut_h) = (width as f64 / scale, height as f64 / scale);
    let columns = taps(picture.width, (w - cut_w) / 2.0, cut_w, width);
    let rows = taps(picture.height, (h - cut_h) / 2.0, cut_h, height);
    // Only the rows that are needed are scaled sideways, and each once.
    let first = rows.iter().map(|row| row.first).min().unwrap_or(0);
    let last = rows
        .iter()
        .map(|row| row.first + row.weights.len())
        .max()
        .unwrap_or(0);
    let mut narrow: Vec<Rgb> = Vec::with_capacity((last - first) * width);
    for y in first..last {
        let line = &picture.pixels[y * picture.width..(y + 1) * picture.width];
        narrow.extend(
            columns
                .iter()
                .map(|column| weigh(&column.weights, &line[column.first..])),
        );
    }
    let mut pixels = Vec::with_capacity(width * height);
    let mut sums = vec![[0_i32; 3]; width];
    for row in &rows {
        sums.fill([ONE / 2; 3]);
        for (n, &weight) in row.weights.iter().enumerate() {
            let start = (row.first + n - first) * width;
            for (sum, pixel) in sums.iter_mut().zip(&narrow[start..start + width]) {
                for c in 0..3 {
                    sum[c] += weight * i32::from(pixel[c]);
                }
            }
        }
        pixels.extend(sums.iter().map(|sum| sum.map(narrow_to_byte)));
    }
    Picture {
        width,
        height,
        pixels,
    }
}

fn narrow_to_byte(sum: i32) -> u8 {
    (sum >> 14).clamp(0, 255) as u8
}

fn weigh(weights: &[i32], pixels: &[Rgb]) -> Rgb {
    let mut sum = [ONE / 2; 3];
    for (weight, pixel) in weights.iter().zip(pixels) {
        for c in 0..3 {
            sum[c] += weight * i32::from(pixel[c]);
        }
    }
    sum.map(narrow_to_byte)
}

/// The taps of `target` pixels over the stretch of `length` source pixels from `start`, of `source` in all.
fn taps(source: usize, start: f64, length: f64, target: usize) -> Vec<Taps> {
    let step = length / target as f64;
    let widen = step.max(1.0);
    (0..target)
        .map(|n| {
            let centre = start + (n as f64 + 0.5) * step - 0.5;
            let from = (centre - 2.0 * widen).ceil().clamp(0.0, (source - 1) as f64) as usize;
            let to = ((centre + 2.0 * widen).floor().clamp(0.0, (source - 1) as f64) as usize).max(from);
            let raw: Vec<f64> = (from..=to)
                .map(|at| kernel((at as f64 - centre) / widen))
                .collect();
            Taps {
                first: from,
                weights: normalise(&raw),
            }
        })
        .collect()
}

/// Integer weights that sum to [`ONE`] exactly, so that a flat colour stays what it is.
fn normalise(raw: &[f64]) -> Vec<i32> {
    let total: f64 = raw.iter().sum();
    let mut weights: Vec<i32> = raw
        .iter()
        .map(|w| (w / total * f64::from(ONE) + 0.5).floor() as i32)
        .collect();
    let missing = ONE - weights.iter().sum::<i32>();
    if let Some(largest) = weights.iter_mut().max_by_key(|weight| **weight) {
        *largest += missing;
    }
    weights
}

/// Catmull-Rom: the cubic that passes through the samples.
fn kernel(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_colour_stays_flat_at_every_size() {
        for (from, to) in [
            ((7, 5), (64, 36)),
            ((300, 300), (1280, 720)),
            ((640, 480), (90, 160)),
            ((1, 1), (16, 16)),
        ] {
            let picture = Picture {
                width: from.0,
                height: from.1,
                pixels: vec![[200, 3, 77]; from.0 * from.1],
            };
            let scaled = cover(&picture, to.0, to.1);
            assert_eq!((scaled.width, scaled.height), to);
            assert!(
                scaled.pixels.iter().all(|pixel| *pixel == [200, 3, 77]),
                "{from:?} to {to:?}"
            );
        }
    }

    #[test]
    fn the_same_size_is_the_same_picture() {
        let pixels: Vec<Rgb> = (0..=255).map(|n| [n, 255 - n, n ^ 0x55]).collect();
        let picture = Picture {
            width: 16,
            height: 16,
            pixels,
        };
        assert_eq!(cover(&picture, 16, 16), picture);
    }

    #[test]
    fn the_middle_is_kept() {
        // Left third red, middle green, right blue; a tall cut keeps the green.
        let pixels = (0..90 * 30)
            .map(|n| match n % 90 {
                0..30 => [255, 0, 0],
                30..60 => [0, 255, 0],
                _ => [0, 0, 255],
            })
            .collect();
        let cut = cover(
            &Picture {
                width: 90,
                height: 30,
                pixels,
            },
            20,
            30,
        );
        assert!(
            cut.pixels
                .iter()
                .all(|pixel| pixel[1] > 240 && pixel[0] < 15 && pixel[2] < 15)
        );
    }
}
