use core::ops::Range;

use super::Canvas;
use crate::frame::Frame;
use crate::plane::Plane;

/// What a stretch of a row lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Veiling {
    /// Everything: there is nothing.
    Clear,
    /// Some.
    Partial,
    /// Nothing.
    Solid,
}

/// Opacity, 0 to 255, and where it is all or nothing, so that those parts cost less to lay.
#[derive(Clone, Debug)]
pub(crate) struct Veil {
    pub(crate) plane: Plane,
    /// Row by row, for each [`Self::TILE`] columns and the one after them.
    tiles: Vec<Veiling>,
    across: usize,
}

impl Veil {
    /// Columns that are judged together.
    const TILE: usize = 32;

    fn new(plane: Plane) -> Self {
        let across = plane.width.div_ceil(Self::TILE);
        let mut tiles = Vec::with_capacity(across * plane.height);
        for y in 0..plane.height {
            let row = plane.row(y);
            for tile in 0..across {
                let end = ((tile + 1) * Self::TILE + 1).min(row.len());
                tiles.push(Veiling::of(&row[tile * Self::TILE..end]));
            }
        }
        Self { plane, tiles, across }
    }

    /// What some rows let through between some columns.
    pub(crate) fn within(&self, columns: Range<usize>, mut rows: Range<usize>) -> Veiling {
        let (from, to) = (columns.start / Self::TILE, (columns.end - 1) / Self::TILE + 1);
        let found = self.tiles[rows.start * self.across + from];
        let alike = |row: usize| {
            self.tiles[row * self.across + from..row * self.across + to]
                .iter()
                .all(|&other| other == found)
        };
        if rows.all(alike) { found } else { Veiling::Partial }
    }
}

impl Veiling {
    fn of(opacity: &[u8]) -> Self {
        if opacity.iter().all(|&value| value == 0) {
            Self::Clear
        } else if opacity.iter().all(|&value| value == 255) {
            Self::Solid
        } else {
            Self::Partial
        }
    }
}

/// A drawing in the colours of the frame, premultiplied by its opacity; chroma in half size, as in the frame.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) y: Plane,
    pub(crate) u: Plane,
    pub(crate) v: Plane,
    /// Opacity of Y.
    pub(crate) full: Veil,
    /// Opacity of U and V.
    pub(crate) half: Veil,
    /// Rows with anything on them, as shares of the height: from, to.
    pub(crate) rows: (f32, f32),
    /// The row from which on nothing shines through, as a share of the height; 1 if there is none.
    pub(crate) solid_from: f32,
}

impl Layer {
    /// What was drawn on a canvas of even size.
    pub(super) fn of(canvas: &Canvas) -> Self {
        let (width, height) = (canvas.width, canvas.height);
        let mut y = Plane::new(width, height, 0);
        let mut opacity = y.clone();
        for (n, pixel) in canvas.pixels.iter().enumerate() {
            let [luma, _, _] = tinted(*pixel);
            let grain = dither(n % width, n / width) * pixel[3];
            y.data[n] = (luma + grain + 0.5) as u8;
            opacity.data[n] = (pixel[3] * 255.0 + 0.5) as u8;
        }
        let (half_width, half_height) = (width / 2, height / 2);
        let mut u = Plane::new(half_width, half_height, 0);
        let (mut v, mut half_opacity) = (u.clone(), u.clone());
        for n in 0..half_width * half_height {
            let (column, row) = (n % half_width, n / half_width);
            let corner = row * 2 * width + column * 2;
            let four = [corner, corner + 1, corner + width, corner + width + 1].map(|at| canvas.pixels[at]);
            let mean = core::array::from_fn(|c| four.iter().map(|pixel| pixel[c]).sum::<f32>() / 4.0);
            let [_, blue, red] = tinted(mean);
            u.data[n] = (blue + 0.5) as u8;
            v.data[n] = (red + 0.5) as u8;
            half_opacity.data[n] = (mean[3] * 255.0 + 0.5) as u8;
        }
        let rows = covered_rows(&opacity);
        let solid_from = solid_from(&opacity);
        Self {
            y,
            full: Veil::new(opacity),
            u,
            v,
            half: Veil::new(half_opacity),
            rows,
            solid_from,
        }
    }

    /// Lays it over the frame as it is, its corner at `x`, `y` (both even); what does not fit is cut off.
    pub(crate) fn stamp(&self, x: usize, y: usize, frame: &mut Frame) {
        let width = frame.width;
        over(&self.y, &self.full.plane, (x, y), &mut frame.y, width);
        over(&self.u, &self.half.plane, (x / 2, y / 2), &mut frame.u, width / 2);
        over(&self.v, &self.half.plane, (x / 2, y / 2), &mut frame.v, width / 2);
    }
}

/// BT.709 limited range of a premultiplied colour, premultiplied alike.
fn tinted([r, g, b, alpha]: [f32; 4]) -> [f32; 3] {
    let luma = 0.182_586 * r + 0.614_231 * g + 0.062_007 * b;
    let blue = -0.100_644 * r - 0.338_572 * g + 0.439_216 * b;
    let red = 0.439_216 * r - 0.398_942 * g - 0.040_274 * b;
    [luma + 16.0 * alpha, blue + 128.0 * alpha, red + 128.0 * alpha]
}

/// A fixed pattern within half a level (4 × 4 Bayer), so that soft gradients do not band.
fn dither(x: usize, y: usize) -> f32 {
    const BAYER: [[f32; 4]; 4] = [
        [0.0, 8.0, 2.0, 10.0],
        [12.0, 4.0, 14.0, 6.0],
        [3.0, 11.0, 1.0, 9.0],
        [15.0, 7.0, 13.0, 5.0],
    ];
    (BAYER[y % 4][x % 4] - 7.5) / 16.0
}

fn covered_rows(opacity: &Plane) -> (f32, f32) {
    let covered = |row: &usize| opacity.row(*row).iter().any(|&value| value > 0);
    let first = (0..opacity.height).find(covered);
    let last = (0..opacity.height).rev().find(covered);
    let share = |row: usize| row as f32 / opacity.height as f32;
    match (first, last) {
        (Some(first), Some(last)) => (share(first), share(last + 1)),
        _ => (0.0, 0.0),
    }
}

fn solid_from(opacity: &Plane) -> f32 {
    let solid = |row: &usize| opacity.row(*row).iter().all(|&value| value == 255);
    let rows = (0..opacity.height).rev().take_while(solid).count();
    // Two rows of caution: a camera looks between rows.
    let first = opacity.height - rows + if rows > 0 { 2 } else { 0 };
    first as f32 / opacity.height as f32
}

fn over(colour: &Plane, opacity: &Plane, (x, y): (usize, usize), target: &mut [u8], width: usize) {
    let fits = width.saturating_sub(x).min(colour.width);
    for row in 0..colour.height {
        let start = (y + row) * width + x;
        let Some(line) = target.get_mut(start..start + fits) else {
            return;
        };
        lay(line, &colour.row(row)[..fits], &opacity.row(row)[..fits]);
    }
}

/// Lays premultiplied values over a line.
pub(crate) fn lay(line: &mut [u8], colour: &[u8], opacity: &[u8]) {
    for ((to, &colour), &opacity) in line.iter_mut().zip(colour).zip(opacity) {
        // (x · 255 + 127) / 255 without a division: exact for all bytes.
        let kept = u32::from(*to) * u32::from(255 - opacity) + 128;
        let kept = (kept + (kept >> 8)) >> 8;
        *to = (kept as u8).saturating_add(colour);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::{chroma, luma};
    use crate::paint::{Paint, Shape};

    #[test]
    fn an_opaque_colour_arrives_as_itself() {
        for rgb in [[0, 0, 0], [255, 255, 255], [250, 180, 30], [12, 40, 160]] {
            let mut canvas = Canvas::new(16, 16);
            canvas.flood(&Paint::Flat(rgb, 1.0));
            let mut frame = Frame::new(32, 32);
            canvas.finish().stamp(8, 8, &mut frame);
            let (y, [u, v]) = (luma(rgb), chroma(rgb));
            let (at, half) = (16 * 32 + 16, 8 * 16 + 8);
            assert!(
                frame.y[at].abs_diff(y) <= 1
                    && frame.u[half].abs_diff(u) <= 1
                    && frame.v[half].abs_diff(v) <= 1
            );
            assert_eq!((frame.y[0], frame.u[0], frame.v[0]), (16, 128, 128));
        }
    }

    #[test]
    fn nothing_changes_nothing_and_edges_are_cut() {
        let mut canvas = Canvas::new(16, 16);
        let mut frame = Frame::new(32, 32);
        let before = frame.clone();
        canvas.finish().stamp(4, 4, &mut frame);
        assert_eq!(frame, before);
        canvas.fill(&Shape::circle((8.0, 8.0), 8.0), &Paint::Flat([255; 3], 1.0));
        canvas.finish().stamp(28, 28, &mut frame);
        canvas.finish().stamp(40, 40, &mut frame);
        assert_ne!(frame, before);
    }
}
