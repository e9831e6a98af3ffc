//! What people build: skylines, streets, rooms.

use super::land::FEET;
use super::stage::{Piece, Stage};
use super::{Light, Weather};
use crate::colour::{Rgb, blend};
use crate::maths::mix;
use crate::paint::{Canvas, Paint, Point, Shape};

/// A rectangle.
pub(super) fn block((x, y): Point, (width, height): Point) -> Shape {
    Shape::polygon(&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
}

/// Two rows of buildings.
pub(super) fn skyline(stage: &Stage<'_>) -> Vec<Piece> {
    vec![
        buildings(stage, 1, (0.7, 18.0, 44.0)),
        buildings(stage, 2, (0.3, 16.0, 38.0)),
    ]
}

/// A row of buildings at a distance, between so many and so many units high.
fn buildings(stage: &Stage<'_>, lane: u64, (away, least, most): (f32, f32, f32)) -> Piece {
    let mut canvas = stage.canvas();
    let (unit, palette) = (stage.unit, &stage.palette);
    let foot = stage.y(FEET + 0.05);
    let colour = blend(palette.away(away), palette.dark, 0.35 * (1.0 - away));
    let (width, _) = stage.size();
    let mut x = -stage.chance(lane) * 10.0 * unit;
    let mut n = lane * 500;
    while x < width {
        let chance = |k: u64| stage.chance(n * 5 + k);
        let wide = mix(7.0, 14.0, chance(0)) * unit;
        // Lower in the middle: that is where one looks.
        let middle = 1.0 - ((x + wide / 2.0) / width - 0.5).abs() * 2.0;
        let tall = mix(least, most, chance(1)) * unit * mix(1.15, 0.62, middle * middle);
        let top = foot - tall;
        let hazy = blend(colour, palette.low, 0.45);
        let paint = Paint::Fade {
            top: (top, colour, 1.0),
            bottom: (foot, hazy, 1.0),
        };
        canvas.fill(&block((x, top), (wide, tall)), &paint);
        if chance(2) < 0.4 {
            canvas.fill(
                &block((x + wide * 0.46, top - 5.0 * unit), (0.35 * unit, 5.0 * unit)),
                &paint,
            );
        } else if chance(2) < 0.6 {
            canvas.fill(
                &block((x + wide * 0.2, top - 1.6 * unit), (wide * 0.6, 1.7 * unit)),
                &paint,
            );
        }
        windows(stage, &mut canvas, (x, top), (wide, tall), (n, away));
        x += wide
            + if chance(3) < 0.3 {
                chance(4) * 2.5 * unit
            } else {
                0.0
            };
        n += 1;
    }
    Piece::new(&canvas, mix(0.9, 0.25, away))
}

fn windows(
    stage: &Stage<'_>,
    canvas: &mut Canvas,
    (x, y): Point,
    (wide, tall): Point,
    (n, away): (u64, f32),
) {
    let night = stage.mood.light == Light::Night;
    let (unit, palette) = (stage.unit, &stage.palette);
    let (step_x, step_y) = (mix(2.0, 1.4, away) * unit, mix(2.6, 1.9, away) * unit);
    let columns = ((wide - unit) / step_x) as u64;
    let rows = ((tall - 2.0 * unit) / step_y) as u64;
    let share = match stage.mood.light {
        Light::Night => 0.42,
        Light::Golden => 0.28,
        Light::Day => 0.5,
    };
    for cell in 0..columns * rows {
        let chance = |k: u64| stage.chance(100_000 + n * 4096 + cell * 3 + k);
        if chance(0) > share {
            continue;
        }
        let at = (
            x + unit * 0.8 + (cell % columns) as f32 * step_x,
            y + unit * 1.2 + (cell / columns) as f32 * step_y,
        );
        let colour = match (night, chance(1) < 0.18) {
            (true, true) => palette.accent,
            (false, _) if stage.mood.light == Light::Day => blend(palette.high, [255; 3], 0.5),
            _ => palette.lamp,
        };
        let opacity = mix(0.35, 0.95, chance(2)) * mix(1.0, 0.45, away) * if night { 1.0 } else { 0.55 };
        canvas.fill(
            &block(at, (step_x * 0.55, step_y * 0.5)),
            &Paint::Flat(colour, opacity),
        );
    }
}

/// A street that runs to the horizon, with kerbs, lines and, when wet or at night, what it mirrors.
pub(super) fn street(stage: &Stage<'_>) -> Canvas {
    let mut canvas = stage.canvas();
    let palette = &stage.palette;
    let (width, height) = stage.size();
    let top = stage.y(FEET - 0.05);
    let colour = blend(palette.ground, palette.dark, 0.45);
    let paint = Paint::Fade {
        top: (top, blend(colour, palette.low, 0.3), 1.0),
        bottom: (height, blend(colour, [0, 0, 0], 0.5), 1.0),
    };
    canvas.fill(&block((0.0, top), (width, height - top)), &paint);
    let vanish = (stage.x(0.5), stage.y(FEET - 0.11));
    let ray = |from: f32, to: f32, colour: Rgb, opacity: f32, canvas: &mut Canvas| {
        let at = |x: f32, y: f32| {
            (
                vanish.0 + (stage.x(x) - vanish.0) * (y - vanish.1) / (height - vanish.1),
                y,
            )
        };
        let shape = Shape::polygon(&[at(from, top), at(to, top), at(to, height), at(from, height)]);
        canvas.fill(&shape.wound(), &Paint::Flat(colour, opacity));
    };
    ray(-1.6, -1.45, palette.glow, 0.14, &mut canvas);
    ray(2.45, 2.6, palette.glow, 0.14, &mut canvas);
    ray(0.475, 0.525, palette.glow, 0.3, &mut canvas);
    if stage.mood.light == Light::Night || stage.mood.weather == Weather::Rain {
        mirrored(stage, &mut canvas, top);
    }
    canvas
}

/// Long smears of light on a dark street.
fn mirrored(stage: &Stage<'_>, canvas: &mut Canvas, top: f32) {
    let (width, _) = stage.size();
    for n in 0..34_u64 {
        let chance = |k: u64| stage.chance(9000 + n * 6 + k);
        let colour = match n % 3 {
            0 => stage.palette.accent,
            1 => stage.palette.lamp,
            _ => stage.palette.glow,
        };
        let (wide, tall) = (
            mix(0.8, 3.0, chance(1)) * stage.unit,
            mix(6.0, 24.0, chance(2)) * stage.unit,
        );
        let y = top + chance(3) * 2.0 * stage.unit;
        let paint = Paint::Fade {
            top: (y, colour, mix(0.2, 0.5, chance(4))),
            bottom: (y + tall, colour, 0.0),
        };
        let x = chance(0) * width;
        // A little wider below, as on wet asphalt, and open at the top, where it meets what it mirrors.
        let shape = [
            (x, y),
            (x + wide, y),
            (x + wide * 1.3, y + tall),
            (x - wide * 0.3, y + tall),
        ];
        canvas.fill(&Shape::polygon(&shape), &paint);
    }
}

/// A street lamp with its light, close by.
pub(super) fn lamps(stage: &Stage<'_>) -> Piece {
    let mut canvas = stage.canvas();
    let unit = stage.unit;
    for (x, way) in [(0.06, 1.0), (0.95, -1.0)] {
        let (x, top, foot) = (stage.x(x), stage.y(0.16), stage.y(1.1));
        let dark = Paint::Flat(blend(stage.palette.dark, [0, 0, 0], 0.4), 1.0);
        let head = (x + way * 9.0 * unit, top + 0.5 * unit);
        if stage.mood.light != Light::Day {
            let glow = Paint::Glow {
                centre: head,
                radius: 26.0 * unit,
                colour: (stage.palette.lamp, 0.5),
            };
            canvas.fill(&Shape::circle(head, 26.0 * unit), &glow);
        }
        canvas.fill(&block((x - 0.5 * unit, top), (1.0 * unit, foot - top)), &dark);
        let arm = block(
            (x.min(head.0), top - 0.4 * unit),
            ((head.0 - x).abs(), 0.8 * unit),
        );
        canvas.fill(&arm, &dark);
        canvas.fill(
            &Shape::ellipse(head, (2.4 * unit, 0.9 * unit)),
            &Paint::Flat(stage.palette.lamp, 1.0),
        );
    }
    Piece::new(&canvas, 1.3)
}

/// A room: a wall with a window onto the sky, its light on the floor.
pub(super) fn room(stage: &Stage<'_>) -> Vec<Piece> {
    let mut canvas = stage.canvas();
    let (palette, unit) = (&stage.palette, stage.unit);
    let (width, height) = stage.size();
    let floor = stage.y(FEET - 0.06);
    let wall = blend(palette.ground, palette.dark, 0.2);
    let paint = Paint::Fade {
        top: (0.0, blend(wall, palette.dark, 0.45), 1.0),
        bottom: (floor, blend(wall, palette.low, 0.22), 1.0),
    };
    let mut solid = block((0.0, 0.0), (width, floor));
    let (x, y) = stage.at(0.14, 0.13);
    let size = (46.0 * unit, (stage.y(0.52) - y).min(52.0 * unit));
    solid.cut(&block((x, y), size));
    canvas.fill(&solid, &paint);
    let frame = Paint::Flat(blend(palette.dark, palette.ground, 0.3), 1.0);
    for n in 0..=2_u8 {
        let n = f32::from(n) / 2.0;
        canvas.fill(&block((x + n * size.0 - 0.5 * unit, y), (unit, size.1)), &frame);
        canvas.fill(
            &block(
                (x - 0.5 * unit, y + n * size.1 - 0.5 * unit),
                (size.0 + unit, unit),
            ),
            &frame,
        );
    }
    canvas.fill(
        &block((x - 2.0 * unit, y + size.1), (size.0 + 4.0 * unit, 1.6 * unit)),
        &frame,
    );
    picture(stage, &mut canvas);
    let ground = blend(palette.ground, [64, 40, 28], 0.4);
    let paint = Paint::Fade {
        top: (floor, blend(ground, palette.low, 0.12), 1.0),
        bottom: (height, blend(ground, palette.dark, 0.75), 1.0),
    };
    canvas.fill(&block((0.0, floor), (width, height - floor)), &paint);
    let beam = [
        (x + 8.0 * unit, floor),
        (x + size.0 + 8.0 * unit, floor),
        (x + size.0 + 46.0 * unit, height),
        (x + 30.0 * unit, height),
    ];
    canvas.fill(&Shape::polygon(&beam), &Paint::Flat(palette.glow, 0.2));
    vec![Piece::new(&canvas, 0.75)]
}

/// A picture and a lamp on the wall's other half.
fn picture(stage: &Stage<'_>, canvas: &mut Canvas) {
    let (palette, unit) = (&stage.palette, stage.unit);
    let (x, y) = stage.at(0.7, 0.26);
    canvas.fill(
        &block((x, y), (18.0 * unit, 22.0 * unit)),
        &Paint::Flat(blend(palette.dark, palette.ground, 0.3), 1.0),
    );
    let inside = block((x + 1.5 * unit, y + 1.5 * unit), (15.0 * unit, 19.0 * unit));
    let paint = Paint::Fade {
        top: (y, blend(palette.low, palette.accent, 0.4), 1.0),
        bottom: (y + 22.0 * unit, blend(palette.ground, palette.accent, 0.5), 1.0),
    };
    canvas.fill(&inside, &paint);
    canvas.fill(
        &Shape::circle((x + 10.0 * unit, y + 9.0 * unit), 3.4 * unit),
        &Paint::Flat(palette.glow, 0.8),
    );
    let bulb = stage.at(0.88, 0.2);
    let glow = Paint::Glow {
        centre: bulb,
        radius: 44.0 * unit,
        colour: (palette.lamp, 0.5),
    };
    canvas.fill(&Shape::circle(bulb, 44.0 * unit), &glow);
    canvas.fill(
        &block((bulb.0 - 0.15 * unit, 0.0), (0.3 * unit, bulb.1)),
        &Paint::Flat(palette.dark, 1.0),
    );
    let shade = [
        (bulb.0 - 2.0 * unit, bulb.1 - 4.0 * unit),
        (bulb.0 + 2.0 * unit, bulb.1 - 4.0 * unit),
        (bulb.0 + 6.0 * unit, bulb.1 + 2.0 * unit),
        (bulb.0 - 6.0 * unit, bulb.1 + 2.0 * unit),
    ];
    canvas.fill(&Shape::polygon(&shade), &Paint::Flat(palette.lamp, 1.0));
}
