//! Planes seen through a camera: bilinear, with positions in 1/256 of a pixel so that slow moves do not step.

use core::ops::Range;

use crate::camera::View;
use crate::maths::{cos_turns, sin_turns};
use crate::plane::Plane;

/// For each target pixel along one axis: the source pixel before it, and the share (of 256) of the one after.
#[derive(Default)]
pub(crate) struct Axis {
    index: Vec<u32>,
    weight: Vec<u16>,
}

impl Axis {
    /// Target pixel `n` of `target` shows the source at `centre + (n + ½ − target/2) · step`; beyond an edge the
    /// source is mirrored.
    fn set(&mut self, target: usize, source: usize, centre: f32, step: f32) {
        self.index.clear();
        self.weight.clear();
        let last = ((source - 1) as i32) << 8;
        for n in 0..target {
            let at = centre + (n as f32 + 0.5 - target as f32 / 2.0) * step - 0.5;
            let mut at = (at * 256.0 + 0.5).floor() as i32;
            if at < 0 {
                at = -at;
            }
            if at > last {
                at = 2 * last - at;
            }
            let at = at.clamp(0, last);
            self.index.push((at >> 8) as u32);
            self.weight.push((at & 255) as u16);
        }
    }
}

/// A stretch of target columns, and the source columns it reads: the first, and one past the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) first: usize,
    pub(crate) end: usize,
}

/// Memory that drawing reuses from row to row and frame to frame.
#[derive(Default)]
pub(crate) struct Sampler {
    columns: Axis,
    rows: Axis,
    blended: Vec<u16>,
}

impl Sampler {
    /// Draws all of `source` that `view` shows into `target`, a plane of `width × height`.
    ///
    /// The source has the shape of the target: at zoom 1 in the middle, it fills it exactly.
    pub(crate) fn draw(&mut self, source: &Plane, view: &View, width: usize, target: &mut [u8]) {
        let height = target.len() / width;
        if view.is_rolled() {
            turned(source, view, width, target);
            return;
        }
        self.aim(source, view, width, height);
        let whole = self.stretch(0, width);
        for (y, line) in target.chunks_exact_mut(width).enumerate() {
            self.row(source, y, whole, line);
        }
    }

    /// Prepares for sources of the size of this one, without a roll.
    pub(crate) fn aim(&mut self, source: &Plane, view: &View, width: usize, height: usize) {
        let (w, h) = (source.width as f32, source.height as f32);
        self.columns.set(
            width,
            source.width,
            (0.5 + view.x) * w,
            w / (width as f32 * view.zoom),
        );
        self.rows.set(
            height,
            source.height,
            (0.5 + view.y) * h,
            h / (height as f32 * view.zoom),
        );
        self.blended.clear();
        self.blended.resize(source.width + 1, 0);
    }

    /// The target columns from `from` up to `to`.
    pub(crate) fn stretch(&self, from: usize, to: usize) -> Stretch {
        let index = &self.columns.index[from..to];
        let first = index.iter().min().copied().unwrap_or(0) as usize;
        let last = index.iter().max().copied().unwrap_or(0) as usize;
        Stretch {
            from,
            to,
            first,
            end: (last + 2).min(self.blended.len() - 1),
        }
    }

    /// The two source rows that row `y` of the target lies between.
    pub(crate) fn source_rows(&self, y: usize, height: usize) -> (usize, usize) {
        let top = self.rows.index[y] as usize;
        (top, (top + 1).min(height - 1))
    }

    /// Part of row `y` of the target: two source rows are blended first, then read across.
    pub(crate) fn row(&mut self, source: &Plane, y: usize, part: Stretch, line: &mut [u8]) {
        let (top, below) = self.source_rows(y, source.height);
        let weight = self.rows.weight[y];
        let Stretch { from, to, first, end } = part;
        let blended = &mut self.blended[first..end];
        let (a, b) = (&source.row(top)[first..end], &source.row(below)[first..end]);
        for ((to, &a), &b) in blended.iter_mut().zip(a).zip(b) {
            *to = u16::from(a) * (256 - weight) + u16::from(b) * weight;
        }
        self.blended[source.width] = self.blended[source.width - 1];
        let taps = self.columns.index[from..to]
            .iter()
            .zip(&self.columns.weight[from..to]);
        for (to, (&index, &weight)) in line.iter_mut().zip(taps) {
            let pair = &self.blended[index as usize..index as usize + 2];
            let weight = u32::from(weight);
            *to = ((u32::from(pair[0]) * (256 - weight) + u32::from(pair[1]) * weight + 0x8000) >> 16) as u8;
        }
    }
}

/// A way across a source for one row of the target, in 1/65536 of a source pixel.
#[derive(Clone, Copy)]
pub(crate) struct Walk {
    at: (i64, i64),
    step: (i64, i64),
}

/// Bits after the point.
const POINT: u32 = 16;

impl Walk {
    /// The way along row `y` of a target of `width × height`, for a camera that may be rolled.
    pub(crate) fn row(source: &Plane, view: &View, (width, height): (usize, usize), y: usize) -> Self {
        let scale = source.width as f32 / (width as f32 * view.zoom);
        let (cos, sin) = (cos_turns(view.roll) * scale, sin_turns(view.roll) * scale);
        let (dx, dy) = (0.5 - width as f32 / 2.0, y as f32 + 0.5 - height as f32 / 2.0);
        let x = (0.5 + view.x) * source.width as f32 + cos * dx - sin * dy - 0.5;
        let y = (0.5 + view.y) * source.height as f32 + sin * dx + cos * dy - 0.5;
        let fixed = |value: f32| (value * 65_536.0) as i64;
        Self {
            at: (fixed(x), fixed(y)),
            step: (fixed(cos), fixed(sin)),
        }
    }

    /// The same way from its column `n` on.
    pub(crate) fn from(self, n: usize) -> Self {
        let n = n as i64;
        Self {
            at: (self.at.0 + self.step.0 * n, self.at.1 + self.step.1 * n),
            step: self.step,
        }
    }

    /// The source pixels that `count` steps touch: the columns and rows, the ends not included.
    pub(crate) fn touched(self, count: usize, source: &Plane) -> (Range<usize>, Range<usize>) {
        let end = self.from(count - 1).at;
        let range = |a: i64, b: i64, size: usize| {
            let within = |value: i64| (value >> POINT).clamp(0, size as i64 - 1) as usize;
            within(a.min(b))..(within(a.max(b)) + 2).min(size)
        };
        (
            range(self.at.0, end.0, source.width),
            range(self.at.1, end.1, source.height),
        )
    }

    /// Reads the source along the way, four pixels for each; edges are held.
    pub(crate) fn read(self, source: &Plane, line: &mut [u8]) {
        let (mut x, mut y) = self.at;
        let (right, bottom) = (
            ((source.width - 1) as i64) << POINT,
            ((source.height - 1) as i64) << POINT,
        );
        let end = self.from(line.len()).at;
        let inside = |at: (i64, i64)| (0..right).contains(&at.0) && (0..bottom).contains(&at.1);
        if inside(self.at) && inside(end) {
            for to in line {
                *to = between(source, (x, y), 1, source.width);
                x += self.step.0;
                y += self.step.1;
            }
            return;
        }
        for to in line {
            let at = (x.clamp(0, right), y.clamp(0, bottom));
            let next = usize::from(at.0 < right);
            let below = if at.1 < bottom { source.width } else { 0 };
            *to = between(source, at, next, below);
            x += self.step.0;
            y += self.step.1;
        }
    }
}

/// The value at a position between four pixels; `next` and `below` are the ways to the others.
fn between(source: &Plane, (x, y): (i64, i64), next: usize, below: usize) -> u8 {
    let at = (y >> POINT) as usize * source.width + (x >> POINT) as usize;
    let (wx, wy) = (((x >> 8) & 255) as u32, ((y >> 8) & 255) as u32);
    let across = |at: usize| u32::from(source.data[at]) * (256 - wx) + u32::from(source.data[at + next]) * wx;
    ((across(at) * (256 - wy) + across(at + below) * wy + 0x8000) >> 16) as u8
}

/// The general case, with a roll.
fn turned(source: &Plane, view: &View, width: usize, target: &mut [u8]) {
    let height = target.len() / width;
    for (y, line) in target.chunks_exact_mut(width).enumerate() {
        Walk::row(source, view, (width, height), y).read(source, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(width: usize, height: usize) -> Plane {
        let data = (0..width * height).map(|n| (n * 7 % 251) as u8).collect();
        Plane { width, height, data }
    }

    #[test]
    fn the_whole_view_at_the_same_size_is_the_same_plane() {
        let source = ramp(64, 36);
        let mut target = vec![0; 64 * 36];
        Sampler::default().draw(&source, &View::WHOLE, 64, &mut target);
        assert_eq!(target, source.data);
    }

    #[test]
    fn a_view_to_the_right_shows_what_is_right() {
        // A plane that gets brighter by 2 per column: moving right by 8 columns adds 16.
        let source = Plane {
            width: 96,
            height: 8,
            data: (0..96 * 8).map(|n| (n % 96 * 2) as u8).collect(),
        };
        let view = View {
            x: 8.0 / 96.0,
            zoom: 2.0,
            ..View::WHOLE
        };
        let (mut middle, mut right) = (vec![0; 96 * 8], vec![0; 96 * 8]);
        Sampler::default().draw(
            &source,
            &View {
                zoom: 2.0,
                ..View::WHOLE
            },
            96,
            &mut middle,
        );
        Sampler::default().draw(&source, &view, 96, &mut right);
        assert!(middle.iter().zip(&right).all(|(a, b)| b.abs_diff(a + 16) <= 1));
    }

    #[test]
    fn both_ways_of_sampling_agree() {
        let source = ramp(80, 45);
        let view = View {
            x: 0.03,
            y: -0.02,
            zoom: 1.3,
            roll: 0.0,
        };
        let (mut fast, mut general) = (vec![0; 64 * 36], vec![0; 64 * 36]);
        Sampler::default().draw(&source, &view, 64, &mut fast);
        turned(&source, &view, 64, &mut general);
        // Positions are rounded in one and cut in the other: a step of the ramp is worth up to a few levels.
        let far = fast
            .iter()
            .zip(&general)
            .filter(|(a, b)| a.abs_diff(**b) > 8)
            .count();
        assert!(far * 100 < fast.len(), "{far}");
    }

    #[test]
    fn no_view_reads_outside() {
        let source = ramp(31, 17);
        let mut target = vec![0; 40 * 22];
        for n in 0..2000_u16 {
            let f = |k: u32| ((u32::from(n) * 37 + k * 101) % 200) as f32 / 100.0 - 1.0;
            let view = View {
                x: f(1),
                y: f(2),
                zoom: 0.6 + f(3).abs(),
                roll: if n % 2 == 0 { 0.0 } else { f(4) },
            };
            Sampler::default().draw(&source, &view, 40, &mut target);
        }
    }
}
