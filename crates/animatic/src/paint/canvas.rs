use super::Layer;
use super::shape::{Point, Shape};
use crate::colour::Rgb;
use crate::maths::mix;

/// Red, green, blue (0 to 255) and opacity (0 to 1), not premultiplied.
type Ink = [f32; 4];

/// What a shape is filled with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Paint {
    /// One colour, with its opacity.
    Flat(Rgb, f32),
    /// From one colour at a height to another at a lower one.
    Fade {
        /// Height in pixels, and what is there and above.
        top: (f32, Rgb, f32),
        /// Height in pixels, and what is there and below.
        bottom: (f32, Rgb, f32),
    },
    /// A glow: strongest in the middle, nothing at the radius.
    Glow {
        /// Its middle.
        centre: Point,
        /// Its radius.
        radius: f32,
        /// Its colour, and its opacity in the middle.
        colour: (Rgb, f32),
    },
}

impl Paint {
    fn at(&self, x: f32, y: f32) -> Ink {
        let ink = |rgb: Rgb, alpha: f32| [f32::from(rgb[0]), f32::from(rgb[1]), f32::from(rgb[2]), alpha];
        match *self {
            Self::Flat(rgb, alpha) => ink(rgb, alpha),
            Self::Fade { top, bottom } => {
                let t = ((y - top.0) / (bottom.0 - top.0)).clamp(0.0, 1.0);
                let (a, b) = (ink(top.1, top.2), ink(bottom.1, bottom.2));
                core::array::from_fn(|n| mix(a[n], b[n], t))
            }
            Self::Glow {
                centre,
                radius,
                colour,
            } => {
                let (dx, dy) = ((x - centre.0) / radius, (y - centre.1) / radius);
                let left = (1.0 - (dx * dx + dy * dy)).max(0.0);
                ink(colour.0, colour.1 * left * left * left)
            }
        }
    }
}

/// A transparent sheet to draw on: premultiplied red, green, blue (0 to 255) and opacity (0 to 1).
pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<[f32; 4]>,
}

impl Canvas {
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            pixels: vec![[0.0; 4]; width * height],
        }
    }

    /// Fills a shape.
    pub(crate) fn fill(&mut self, shape: &Shape, paint: &Paint) {
        let Some(coverage) = shape.coverage(self.width, self.height) else {
            return;
        };
        for (row, line) in coverage.share.chunks_exact(coverage.width).enumerate() {
            let y = coverage.top + row;
            let start = y * self.width + coverage.left;
            for (column, (pixel, &share)) in self.pixels[start..].iter_mut().zip(line).enumerate() {
                if share > 0.0 {
                    let ink = paint.at((coverage.left + column) as f32 + 0.5, y as f32 + 0.5);
                    lay(pixel, ink, share);
                }
            }
        }
    }

    /// Fills everything.
    pub(crate) fn flood(&mut self, paint: &Paint) {
        for (n, pixel) in self.pixels.iter_mut().enumerate() {
            let ink = paint.at((n % self.width) as f32 + 0.5, (n / self.width) as f32 + 0.5);
            lay(pixel, ink, 1.0);
        }
    }

    /// What was drawn, ready to be laid over frames.
    pub(crate) fn finish(&self) -> Layer {
        Layer::of(self)
    }
}

fn lay(pixel: &mut [f32; 4], ink: Ink, share: f32) {
    let alpha = ink[3] * share;
    let keep = 1.0 - alpha;
    for n in 0..3 {
        pixel[n] = pixel[n] * keep + ink[n] * alpha;
    }
    pixel[3] = pixel[3] * keep + alpha;
}
