//! Where things stand: the sheet that layers are drawn on is larger than the frame, so that the camera can move.

use super::{Mood, Palette};
use crate::maths::{mix, noise, unit};
use crate::paint::{Canvas, Layer, Point, Shape};

/// Size of the sheet, in frames.
pub(super) const SHEET: f32 = 1.25;

/// One layer of a scene.
pub(super) struct Piece {
    pub(super) layer: Layer,
    /// How much of the camera's move it takes part in: 0 is infinitely far, 1 where the subject stands.
    pub(super) depth: f32,
    /// Its own way, in widths of the sheet per second.
    pub(super) drift: f32,
}

/// What painters work with: the sheet's measures, the mood and its colours.
pub(super) struct Stage<'a> {
    pub(super) mood: &'a Mood,
    pub(super) palette: Palette,
    width: usize,
    height: usize,
    /// One hundredth of the frame's short side, in pixels.
    pub(super) unit: f32,
}

impl<'a> Stage<'a> {
    pub(super) fn new(mood: &'a Mood, (width, height): (u32, u32)) -> Self {
        let side = |pixels: u32| (pixels as f32 * SHEET / 2.0 + 0.5) as usize * 2;
        let unit = width.min(height) as f32 / 100.0;
        Self {
            mood,
            palette: Palette::of(mood),
            width: side(width),
            height: side(height),
            unit,
        }
    }

    /// A point given in shares of the frame, in pixels of the sheet.
    pub(super) fn at(&self, x: f32, y: f32) -> Point {
        (self.x(x), self.y(y))
    }

    pub(super) fn x(&self, share: f32) -> f32 {
        self.width as f32 * (0.5 + (share - 0.5) / SHEET)
    }

    pub(super) fn y(&self, share: f32) -> f32 {
        self.height as f32 * (0.5 + (share - 0.5) / SHEET)
    }

    /// Width and height of the sheet in pixels.
    pub(super) fn size(&self) -> (f32, f32) {
        (self.width as f32, self.height as f32)
    }

    pub(super) fn canvas(&self) -> Canvas {
        Canvas::new(self.width, self.height)
    }

    /// A number in 0..1 that follows from the words and `lane`.
    pub(super) fn chance(&self, lane: u64) -> f32 {
        unit(self.mood.seed ^ 0x5ce7e, lane)
    }

    /// Horizon, as a share of the frame's height.
    pub(super) fn horizon(&self) -> f32 {
        mix(0.53, 0.6, self.chance(0))
    }

    /// Height of a skyline at `x`: noise in three octaves, −1 to 1, whose hills are `length` units long.
    pub(super) fn rough(&self, x: f32, length: f32, lane: u64) -> f32 {
        let at = x / (length * self.unit);
        let seed = self.mood.seed ^ lane.wrapping_mul(0x9e37);
        noise(seed, at) * 0.62 + noise(seed + 1, at * 2.3) * 0.27 + noise(seed + 2, at * 5.1) * 0.11
    }

    /// Everything below a line over the width of the sheet.
    pub(super) fn below(&self, line: impl Fn(f32) -> f32) -> Shape {
        let (width, height) = self.size();
        let mut points = vec![(width + 4.0, height + 4.0), (-4.0, height + 4.0)];
        let steps = (width / 4.0) as usize + 2;
        points.extend((0..=steps).map(|n| {
            let x = n as f32 * 4.0 - 4.0;
            (x, line(x))
        }));
        Shape::polygon(&points)
    }
}

impl Piece {
    pub(super) fn new(canvas: &Canvas, depth: f32) -> Self {
        Self {
            layer: canvas.finish(),
            depth,
            drift: 0.0,
        }
    }

    pub(super) fn drifting(self, drift: f32) -> Self {
        Self { drift, ..self }
    }
}
