//! Subjects, as silhouettes with a rim of light.

use super::built::block;
use super::land::FEET;
use super::stage::Stage;
use super::{Light, Place, Subject};
use crate::colour::{Rgb, blend};
use crate::maths::mix;
use crate::paint::{Canvas, Paint, Point, Shape};

/// A silhouette being built, in units from the point where it touches the ground, y upwards.
struct Figure {
    shape: Shape,
    foot: Point,
    unit: f32,
}

impl Figure {
    fn point(&self, (x, y): Point) -> Point {
        (self.foot.0 + x * self.unit, self.foot.1 - y * self.unit)
    }

    fn round(&mut self, centre: Point, (rx, ry): Point) {
        self.shape.add(&Shape::ellipse(
            self.point(centre),
            (rx * self.unit, ry * self.unit),
        ));
    }

    fn poly(&mut self, points: &[Point]) {
        let points: Vec<Point> = points.iter().map(|&point| self.point(point)).collect();
        self.shape.add(&Shape::polygon(&points).wound());
    }

    /// A stroke of even width with round ends.
    fn limb(&mut self, from: Point, to: Point, wide: f32) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt().max(1e-3);
        let (nx, ny) = (-dy / length * wide / 2.0, dx / length * wide / 2.0);
        self.poly(&[
            (from.0 + nx, from.1 + ny),
            (to.0 + nx, to.1 + ny),
            (to.0 - nx, to.1 - ny),
            (from.0 - nx, from.1 - ny),
        ]);
        self.round(from, (wide / 2.0, wide / 2.0));
        self.round(to, (wide / 2.0, wide / 2.0));
    }
}

/// Draws the subject, if the words name one, where it stands.
pub(super) fn draw(stage: &Stage<'_>, canvas: &mut Canvas) {
    let Some(subject) = stage.mood.subject else { return };
    let x = mix(0.4, 0.6, stage.chance(20));
    let foot = match subject {
        Subject::Bird => stage.at(x, 0.36),
        Subject::Boat => stage.at(x, FEET + 0.005),
        _ => stage.at(x, FEET + 0.03),
    };
    let mut figure = Figure {
        shape: Shape::default(),
        foot,
        unit: stage.unit,
    };
    match subject {
        Subject::Person => person(&mut figure),
        Subject::Animal => animal(&mut figure),
        Subject::Bird => birds(&mut figure),
        Subject::Car => car(&mut figure),
        Subject::Boat => boat(&mut figure),
        Subject::House => house(&mut figure),
    }
    if !matches!(subject, Subject::Bird) {
        shadow(stage, canvas, foot);
    }
    let body = body(stage);
    let rim = figure.shape.shifted(-0.32 * stage.unit, -0.28 * stage.unit);
    canvas.fill(
        &rim,
        &Paint::Flat(
            stage.palette.glow,
            if stage.mood.light == Light::Day { 0.45 } else { 0.7 },
        ),
    );
    let paint = Paint::Fade {
        top: (
            foot.1 - 30.0 * stage.unit,
            blend(body, stage.palette.glow, 0.12),
            1.0,
        ),
        bottom: (foot.1, body, 1.0),
    };
    canvas.fill(&figure.shape, &paint);
    lights(stage, canvas, &figure, subject);
}

/// The subject's colour: the one that is named, as far as the light lets it be seen; otherwise a silhouette's.
fn body(stage: &Stage<'_>) -> Rgb {
    let share = match stage.mood.light {
        Light::Day => 0.85,
        Light::Golden => 0.68,
        Light::Night => 0.5,
    };
    match stage.mood.colour {
        Some(colour) => blend(stage.palette.dark, colour, share),
        None if stage.mood.place == Place::Sea => blend(stage.palette.dark, stage.palette.ground, 0.3),
        None if stage.mood.place == Place::Space => blend(stage.palette.dark, [6, 6, 14], 0.7),
        None => blend(stage.palette.dark, stage.palette.accent, 0.16),
    }
}

fn shadow(stage: &Stage<'_>, canvas: &mut Canvas, (x, y): Point) {
    let colour = blend(stage.palette.dark, [0, 0, 0], 0.5);
    for (wide, opacity) in [(15.0, 0.16), (11.0, 0.2)] {
        let shape = Shape::ellipse(
            (x + 2.0 * stage.unit, y + 0.4 * stage.unit),
            (wide * stage.unit, 1.1 * stage.unit),
        );
        canvas.fill(&shape, &Paint::Flat(colour, opacity));
    }
}

/// Somebody walking, a coat around the shoulders.
fn person(figure: &mut Figure) {
    figure.round((0.4, 25.0), (1.95, 2.4));
    figure.limb((0.2, 21.0), (0.35, 23.4), 1.9);
    figure.poly(&[
        (-3.3, 20.6),
        (-2.2, 22.0),
        (2.3, 22.0),
        (3.5, 20.4),
        (3.2, 15.5),
        (4.0, 9.0),
        (-3.9, 8.6),
        (-2.9, 15.5),
    ]);
    figure.limb((-1.5, 9.6), (-2.9, 5.0), 2.4);
    figure.limb((-2.9, 5.0), (-4.2, 0.7), 1.9);
    figure.limb((-4.2, 0.6), (-2.7, 0.5), 1.2);
    figure.limb((1.6, 9.6), (2.9, 5.2), 2.4);
    figure.limb((2.9, 5.2), (2.7, 0.7), 1.9);
    figure.limb((2.7, 0.6), (4.5, 0.5), 1.2);
    figure.limb((-2.9, 20.3), (-4.5, 15.2), 1.8);
    figure.limb((-4.5, 15.2), (-3.9, 11.4), 1.5);
    figure.limb((3.1, 20.2), (4.7, 15.4), 1.8);
    figure.limb((4.7, 15.4), (6.1, 12.1), 1.5);
}

/// A four-legged animal, alert, looking right.
fn animal(figure: &mut Figure) {
    figure.round((-0.5, 9.6), (8.2, 3.5));
    figure.round((5.4, 10.8), (4.0, 3.6));
    figure.round((-6.2, 9.8), (3.6, 3.6));
    figure.poly(&[(4.6, 13.4), (8.6, 17.8), (11.4, 15.4), (8.6, 9.6)]);
    figure.round((10.6, 16.6), (3.0, 2.5));
    figure.poly(&[(12.0, 18.2), (16.2, 15.5), (15.9, 14.6), (11.4, 14.4)]);
    figure.poly(&[(8.4, 18.2), (8.3, 22.0), (10.6, 18.9)]);
    figure.poly(&[(10.7, 18.8), (11.5, 22.2), (12.9, 18.4)]);
    for (top, knee, foot) in [
        (-7.6, -8.6, -7.8),
        (-5.0, -4.5, -5.3),
        (4.6, 4.9, 4.5),
        (7.1, 8.0, 7.5),
    ] {
        figure.limb((top, 8.4), (knee, 4.4), 2.3);
        figure.limb((knee, 4.4), (foot, 0.7), 1.5);
        figure.limb((foot, 0.6), (foot + 0.9, 0.5), 1.2);
    }
    figure.limb((-9.0, 10.8), (-13.4, 9.0), 2.4);
    figure.limb((-13.4, 9.0), (-17.0, 10.2), 3.2);
    figure.limb((-17.0, 10.2), (-20.0, 12.8), 1.5);
}

/// A few birds, the first of them near.
fn birds(figure: &mut Figure) {
    for (x, y, size) in [
        (0.0, 0.0, 1.0),
        (17.0, 7.0, 0.5),
        (25.0, 2.5, 0.4),
        (-19.0, 9.0, 0.42),
        (33.0, 8.0, 0.3),
    ] {
        let at = |dx: f32, dy: f32| (x + dx * size, y + dy * size);
        figure.round(at(0.0, 0.0), (3.4 * size, 1.15 * size));
        figure.poly(&[at(3.0, 0.6), at(5.0, 0.2), at(3.0, -0.4)]);
        figure.poly(&[at(-3.0, 0.6), at(-5.8, 1.2), at(-5.4, -0.6), at(-2.6, -0.5)]);
        figure.poly(&[
            at(-1.6, 0.4),
            at(-3.2, 5.6),
            at(-9.6, 8.4),
            at(-5.8, 3.8),
            at(1.6, 0.2),
        ]);
        figure.poly(&[
            at(1.8, 0.4),
            at(4.4, 4.6),
            at(11.2, 5.8),
            at(6.6, 2.6),
            at(-1.2, 0.0),
        ]);
    }
}

fn car(figure: &mut Figure) {
    figure.poly(&[
        (-17.0, 2.4),
        (-17.4, 6.6),
        (-15.6, 8.2),
        (-10.2, 9.0),
        (-5.6, 13.0),
        (5.2, 13.2),
        (9.8, 9.0),
        (15.6, 7.8),
        (17.4, 5.6),
        (17.2, 2.4),
    ]);
}

fn boat(figure: &mut Figure) {
    figure.poly(&[(-13.5, 4.2), (14.5, 4.2), (10.5, -0.6), (-10.0, -0.6)]);
    figure.poly(&[(-0.5, 4.0), (0.3, 4.0), (0.3, 30.5), (-0.5, 30.5)]);
    figure.poly(&[(1.0, 29.0), (1.0, 6.0), (12.5, 6.0)]);
    figure.poly(&[(-1.2, 26.5), (-1.2, 6.0), (-10.0, 6.0)]);
}

fn house(figure: &mut Figure) {
    figure.poly(&[(-11.0, 0.0), (-11.0, 10.4), (11.0, 10.4), (11.0, 0.0)]);
    figure.poly(&[(-13.6, 9.6), (-0.4, 19.6), (13.4, 9.6)]);
    figure.poly(&[(5.4, 13.0), (5.4, 20.6), (8.2, 20.6), (8.2, 12.0)]);
}

/// Windows and headlamps.
fn lights(stage: &Stage<'_>, canvas: &mut Canvas, figure: &Figure, subject: Subject) {
    let (unit, palette) = (stage.unit, &stage.palette);
    let glow = |at: Point, reach: f32, opacity: f32| Paint::Glow {
        centre: at,
        radius: reach * unit,
        colour: (palette.lamp, opacity),
    };
    match subject {
        Subject::House => {
            for (x, y, wide, tall) in [(-7.5, 7.6, 4.4, 4.2), (3.4, 7.6, 4.4, 4.2)] {
                let corner = figure.point((x, y));
                let middle = (corner.0 + wide * unit / 2.0, corner.1 + tall * unit / 2.0);
                canvas.fill(&Shape::circle(middle, 11.0 * unit), &glow(middle, 11.0, 0.4));
                canvas.fill(
                    &block(corner, (wide * unit, tall * unit)),
                    &Paint::Flat(palette.lamp, 0.95),
                );
            }
        }
        Subject::Car => {
            let cabin = [(-4.8, 12.0), (4.6, 12.2), (8.0, 9.2), (-8.0, 9.2)].map(|point| figure.point(point));
            canvas.fill(
                &Shape::polygon(&cabin),
                &Paint::Flat(blend(palette.low, palette.glow, 0.3), 0.55),
            );
            for x in [-10.4, 10.2] {
                let hub = figure.point((x, 2.5));
                canvas.fill(&Shape::circle(hub, 3.5 * unit), &Paint::Flat([10, 11, 15], 1.0));
                canvas.fill(
                    &Shape::circle(hub, 1.7 * unit),
                    &Paint::Flat(blend(palette.low, [120; 3], 0.5), 0.9),
                );
            }
            let lamp = figure.point((16.4, 5.6));
            canvas.fill(&Shape::circle(lamp, 16.0 * unit), &glow(lamp, 16.0, 0.65));
            canvas.fill(
                &Shape::ellipse(lamp, (1.0 * unit, 0.8 * unit)),
                &Paint::Flat([255, 250, 232], 1.0),
            );
            let tail = figure.point((-16.9, 5.9));
            canvas.fill(
                &Shape::ellipse(tail, (0.7 * unit, 0.8 * unit)),
                &Paint::Flat([255, 70, 60], 1.0),
            );
        }
        Subject::Boat => {
            let sails = [
                [(1.6, 27.2), (1.6, 6.8), (11.4, 6.8)],
                [(-1.8, 24.6), (-1.8, 6.8), (-9.0, 6.8)],
            ];
            for sail in sails {
                let shape = Shape::polygon(&sail.map(|point| figure.point(point))).wound();
                canvas.fill(&shape, &Paint::Flat(blend(palette.glow, palette.low, 0.25), 0.9));
            }
        }
        Subject::Person | Subject::Animal | Subject::Bird => {}
    }
}
