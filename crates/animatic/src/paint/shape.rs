//! Outlines, and how much of each pixel they cover.

/// A point in pixels, y downwards.
pub(crate) type Point = (f32, f32);

/// Closed outlines made of straight pieces. Outlines that turn the same way add up, opposite ones cut holes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    lines: Vec<(Point, Point)>,
    start: Point,
    at: Point,
}

/// The share of each pixel that a shape covers, 0 to 1, over a rectangle of pixels.
pub(crate) struct Coverage {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) share: Vec<f32>,
}

impl Shape {
    /// A closed polygon.
    pub(crate) fn polygon(points: &[Point]) -> Self {
        let mut shape = Self::default();
        let mut points = points.iter();
        if let Some(&first) = points.next() {
            shape.move_to(first);
            points.for_each(|&point| shape.line_to(point));
            shape.close();
        }
        shape
    }

    /// An ellipse.
    pub(crate) fn ellipse((x, y): Point, (rx, ry): Point) -> Self {
        // Four cubics; the constant puts their middles on the circle (4/3 · tan(π/8)).
        const K: f32 = 0.552_284_8;
        let mut shape = Self::default();
        shape.move_to((x + rx, y));
        shape.cubic_to((x + rx, y + K * ry), (x + K * rx, y + ry), (x, y + ry));
        shape.cubic_to((x - K * rx, y + ry), (x - rx, y + K * ry), (x - rx, y));
        shape.cubic_to((x - rx, y - K * ry), (x - K * rx, y - ry), (x, y - ry));
        shape.cubic_to((x + K * rx, y - ry), (x + rx, y - K * ry), (x + rx, y));
        shape.close();
        shape
    }

    /// A circle.
    pub(crate) fn circle(centre: Point, radius: f32) -> Self {
        Self::ellipse(centre, (radius, radius))
    }

    /// A rectangle with round corners.
    pub(crate) fn rounded((x, y): Point, (width, height): Point, radius: f32) -> Self {
        const K: f32 = 0.447_715_2;
        let r = radius.min(width / 2.0).min(height / 2.0);
        let (right, bottom, k) = (x + width, y + height, r * K);
        let mut shape = Self::default();
        shape.move_to((x + r, y));
        shape.line_to((right - r, y));
        shape.cubic_to((right - k, y), (right, y + k), (right, y + r));
        shape.line_to((right, bottom - r));
        shape.cubic_to((right, bottom - k), (right - k, bottom), (right - r, bottom));
        shape.line_to((x + r, bottom));
        shape.cubic_to((x + k, bottom), (x, bottom - k), (x, bottom - r));
        shape.line_to((x, y + r));
        shape.cubic_to((x, y + k), (x + k, y), (x + r, y));
        shape.close();
        shape
    }

    pub(crate) fn move_to(&mut self, point: Point) {
        self.close();
        self.start = point;
        self.at = point;
    }

    pub(crate) fn line_to(&mut self, point: Point) {
        self.lines.push((self.at, point));
        self.at = point;
    }

    pub(crate) fn quad_to(&mut self, control: Point, end: Point) {
        let start = self.at;
        let third = |a: f32, b: f32| a + (b - a) * (2.0 / 3.0);
        self.cubic_to(
            (third(start.0, control.0), third(start.1, control.1)),
            (third(end.0, control.0), third(end.1, control.1)),
            end,
        );
    }

    pub(crate) fn cubic_to(&mut self, a: Point, b: Point, end: Point) {
        let start = self.at;
        let reach = |p: Point, q: Point| (p.0 - q.0).abs() + (p.1 - q.1).abs();
        let length = reach(start, a) + reach(a, b) + reach(b, end);
        // A piece every few pixels: more for large curves, whose flatness would show.
        let pieces = (3.0 + length / 6.0).min(48.0) as usize;
        for n in 1..=pieces {
            let t = n as f32 / pieces as f32;
            let s = 1.0 - t;
            let (w0, w1, w2, w3) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
            let at = |p: f32, q: f32, r: f32, e: f32| w0 * p + w1 * q + w2 * r + w3 * e;
            self.line_to((at(start.0, a.0, b.0, end.0), at(start.1, a.1, b.1, end.1)));
        }
    }

    pub(crate) fn close(&mut self) {
        if self.at != self.start {
            self.line_to(self.start);
        }
    }

    /// Adds the outlines of another shape.
    pub(crate) fn add(&mut self, other: &Self) {
        self.lines.extend_from_slice(&other.lines);
    }

    /// Cuts another shape, which lies within this one, out of it.
    pub(crate) fn cut(&mut self, hole: &Self) {
        self.lines.extend(hole.lines.iter().map(|&(from, to)| (to, from)));
    }

    /// The same shape, its outlines turning the same way round whichever way they were drawn, so that it adds up with
    /// others.
    pub(crate) fn wound(self) -> Self {
        // Twice the signed area.
        let area: f32 = self.lines.iter().map(|&(a, b)| a.0 * b.1 - b.0 * a.1).sum();
        if area >= 0.0 {
            return self;
        }
        let mut turned = Self::default();
        turned.cut(&self);
        turned
    }

    /// The same shape elsewhere.
    pub(crate) fn shifted(&self, x: f32, y: f32) -> Self {
        let shift = |(px, py): Point| (px + x, py + y);
        Self {
            lines: self
                .lines
                .iter()
                .map(|&(from, to)| (shift(from), shift(to)))
                .collect(),
            ..Self::default()
        }
    }

    /// The smallest rectangle around it: left, top, right, bottom; `None` of nothing.
    pub(crate) fn bounds(&self) -> Option<(f32, f32, f32, f32)> {
        let points = || self.lines.iter().flat_map(|(a, b)| [a, b]);
        let (x, y) = (points().map(|p| p.0), points().map(|p| p.1));
        (!self.lines.is_empty()).then(|| {
            (
                x.clone().fold(f32::MAX, f32::min),
                y.clone().fold(f32::MAX, f32::min),
                x.fold(f32::MIN, f32::max),
                y.fold(f32::MIN, f32::max),
            )
        })
    }

    /// The share of each pixel it covers, within `width × height`; `None` where it covers none.
    pub(crate) fn coverage(&self, width: usize, height: usize) -> Option<Coverage> {
        let (left, top, right, bottom) = self.bounds()?;
        let clip = |value: f32, most: usize| value.clamp(0.0, most as f32);
        let (left, top) = (
            clip(left.floor(), width) as usize,
            clip(top.floor(), height) as usize,
        );
        let (right, bottom) = (
            clip(right.ceil(), width) as usize,
            clip(bottom.ceil(), height) as usize,
        );
        if left >= right || top >= bottom {
            return None;
        }
        let (width, height) = (right - left, bottom - top);
        let mut sums = Sums {
            width,
            height,
            cells: vec![0.0; (width + 2) * height],
        };
        for &(a, b) in &self.lines {
            let shift = |p: Point| (p.0 - left as f32, p.1 - top as f32);
            sums.line(shift(a), shift(b));
        }
        Some(Coverage {
            left,
            top,
            width,
            share: sums.shares(),
        })
    }
}

/// Signed areas to the right of each line, which add up to coverage from left to right (the method of font-rs).
struct Sums {
    width: usize,
    height: usize,
    cells: Vec<f32>,
}

impl Sums {
    fn line(&mut self, a: Point, b: Point) {
        let (sign, a, b) = if a.1 < b.1 { (1.0, a, b) } else { (-1.0, b, a) };
        let drop = b.1 - a.1;
        if drop <= 0.0 {
            return;
        }
        let slope = (b.0 - a.0) / drop;
        let first = a.1.max(0.0).floor() as usize;
        let last = (b.1.max(0.0).ceil() as usize).min(self.height);
        for row in first..last {
            let (from, to) = (a.1.max(row as f32), b.1.min(row as f32 + 1.0));
            let at = |y: f32| (a.0 + (y - a.1) * slope).clamp(0.0, self.width as f32);
            let (x, next) = (at(from), at(to));
            self.piece(row, x.min(next), x.max(next), (to - from) * sign);
        }
    }

    /// A line within one row, from `x0` to `x1`, of signed height `d`.
    fn piece(&mut self, row: usize, x0: f32, x1: f32, d: f32) {
        let cells = &mut self.cells[row * (self.width + 2)..(row + 1) * (self.width + 2)];
        let (floor, ceil) = (x0.floor(), x1.ceil());
        let (first, last) = (floor as usize, ceil as usize);
        if last <= first + 1 {
            let middle = 0.5 * (x0 + x1) - floor;
            cells[first] += d - d * middle;
            cells[first + 1] += d * middle;
            return;
        }
        let slope = 1.0 / (x1 - x0);
        let inset = x0 - floor;
        let start = 0.5 * slope * (1.0 - inset) * (1.0 - inset);
        let outset = x1 - ceil + 1.0;
        let end = 0.5 * slope * outset * outset;
        cells[first] += d * start;
        if last == first + 2 {
            cells[first + 1] += d * (1.0 - start - end);
        } else {
            let second = slope * (1.5 - inset);
            cells[first + 1] += d * (second - start);
            for cell in &mut cells[first + 2..last - 1] {
                *cell += d * slope;
            }
            let so_far = second + (last - first - 3) as f32 * slope;
            cells[last - 1] += d * (1.0 - so_far - end);
        }
        cells[last] += d * end;
    }

    fn shares(self) -> Vec<f32> {
        let mut shares = Vec::with_capacity(self.width * self.height);
        for row in self.cells.chunks_exact(self.width + 2) {
            let mut sum = 0.0;
            shares.extend(row[..self.width].iter().map(|cell| {
                sum += cell;
                sum.abs().min(1.0)
            }));
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(shape: &Shape) -> f32 {
        shape
            .coverage(200, 200)
            .map_or(0.0, |coverage| coverage.share.iter().sum())
    }

    #[test]
    fn areas_are_what_geometry_says() {
        let square = Shape::polygon(&[(10.25, 20.5), (40.25, 20.5), (40.25, 50.5), (10.25, 50.5)]);
        let triangle = Shape::polygon(&[(0.0, 0.0), (100.0, 0.0), (0.0, 50.0)]);
        let circle = Shape::circle((100.0, 100.0), 40.0);
        let rounded = Shape::rounded((10.0, 10.0), (80.0, 30.0), 10.0);
        let mut ring = Shape::circle((100.0, 100.0), 40.0);
        ring.add(&Shape::polygon(&[
            (90.0, 90.0),
            (90.0, 110.0),
            (110.0, 110.0),
            (110.0, 90.0),
        ]));
        for (shape, expected) in [
            (square, 900.0),
            (triangle, 2500.0),
            (circle, core::f32::consts::PI * 1600.0),
            (rounded, 2400.0 - (4.0 - core::f32::consts::PI) * 100.0),
            (ring, core::f32::consts::PI * 1600.0 - 400.0),
        ] {
            let found = area(&shape);
            assert!((found - expected).abs() < expected * 0.004, "{found} {expected}");
        }
    }

    #[test]
    fn what_lies_outside_is_cut() {
        let wide = Shape::polygon(&[(-500.0, -500.0), (900.0, -500.0), (900.0, 900.0), (-500.0, 900.0)]);
        assert!((area(&wide) - 40_000.0).abs() < 1.0);
        let beside = Shape::circle((-300.0, 50.0), 20.0);
        assert!(beside.coverage(200, 200).is_none());
        let slanted = Shape::polygon(&[(-100.0, 0.0), (100.0, 200.0), (-100.0, 200.0)]);
        assert!((area(&slanted) - 5000.0).abs() < 60.0);
    }
}
