//! Sky: its colours, sun or moon, stars, clouds.

use super::stage::{Piece, Stage};
use super::{Light, Place, Weather};
use crate::colour::blend;
use crate::maths::mix;
use crate::paint::{Canvas, Paint, Shape};

/// The sky, opaque, with everything in it that does not move.
pub(super) fn sky(stage: &Stage<'_>) -> Piece {
    let palette = &stage.palette;
    let mut canvas = stage.canvas();
    let horizon = stage.y(stage.horizon() + 0.08);
    canvas.flood(&Paint::Fade {
        top: (0.0, palette.high, 1.0),
        bottom: (horizon, palette.low, 1.0),
    });
    let place = stage.mood.place;
    if place == Place::Space || (stage.mood.light == Light::Night && stage.mood.weather != Weather::Rain) {
        stars(stage, &mut canvas);
    }
    if place == Place::Space {
        nebula(stage, &mut canvas);
    } else {
        disc(stage, &mut canvas);
    }
    Piece::new(&canvas, 0.12)
}

fn stars(stage: &Stage<'_>, canvas: &mut Canvas) {
    let count = if stage.mood.place == Place::Space {
        420
    } else {
        190
    };
    let (width, height) = stage.size();
    for n in 0..count {
        let chance = |lane: u64| stage.chance(1000 + n * 4 + lane);
        let down = if stage.mood.place == Place::Space {
            chance(1)
        } else {
            chance(1) * chance(1) * 0.62
        };
        let size = 0.7 + chance(2) * chance(2) * 1.7;
        let paint = Paint::Flat(stage.palette.glow, 0.25 + 0.7 * chance(3));
        canvas.fill(&Shape::circle((chance(0) * width, down * height), size), &paint);
    }
}

/// Sun or moon, with the light around it.
fn disc(stage: &Stage<'_>, canvas: &mut Canvas) {
    let (palette, unit) = (&stage.palette, stage.unit);
    let x = mix(0.28, 0.76, stage.chance(5));
    let veiled = matches!(stage.mood.weather, Weather::Rain | Weather::Fog);
    let (y, size) = match (stage.mood.place, stage.mood.light) {
        (Place::Open, _) => (stage.horizon() - 0.13, 23.0),
        (_, Light::Golden) => (stage.horizon() - 0.05, 9.5),
        (_, Light::Night) => (0.2, 6.0),
        (_, Light::Day) => (0.2, 5.5),
    };
    let centre = stage.at(x, y);
    let (reach, strength) = match stage.mood.light {
        Light::Golden => (105.0, 0.55),
        Light::Day => (70.0, 0.5),
        Light::Night => (52.0, 0.26),
    };
    let haze = if veiled { strength * 0.7 } else { strength };
    let around = |radius: f32, opacity: f32| Paint::Glow {
        centre,
        radius: radius * unit,
        colour: (palette.glow, opacity),
    };
    canvas.flood(&around(reach, haze));
    canvas.flood(&around(size * 3.0, haze * 0.9));
    if stage.mood.weather == Weather::Rain {
        return;
    }
    // Fog takes its colour, not its place: stars do not shine through a moon.
    let face = if veiled {
        blend(palette.glow, palette.low, 0.45)
    } else {
        palette.glow
    };
    let bottom = blend(
        face,
        palette.low,
        if stage.mood.place == Place::Open {
            0.75
        } else {
            0.25
        },
    );
    let paint = Paint::Fade {
        top: (centre.1 - size * unit, face, 0.97),
        bottom: (centre.1 + size * unit, bottom, 0.97),
    };
    canvas.fill(&Shape::circle(centre, size * unit), &paint);
    if stage.mood.light == Light::Night && stage.mood.place != Place::Open {
        craters(stage, canvas, centre, size * unit);
    }
}

fn craters(stage: &Stage<'_>, canvas: &mut Canvas, centre: (f32, f32), radius: f32) {
    for (x, y, size) in [
        (-0.3, -0.25, 0.24),
        (0.25, 0.2, 0.3),
        (0.35, -0.4, 0.14),
        (-0.25, 0.42, 0.16),
    ] {
        let at = (centre.0 + x * radius, centre.1 + y * radius);
        canvas.fill(
            &Shape::circle(at, size * radius),
            &Paint::Flat(stage.palette.low, 0.22),
        );
    }
}

fn nebula(stage: &Stage<'_>, canvas: &mut Canvas) {
    for n in 0..7 {
        let chance = |lane: u64| stage.chance(300 + n * 4 + lane);
        let colour = if n % 2 == 0 {
            stage.palette.accent
        } else {
            [70, 80, 190]
        };
        canvas.flood(&Paint::Glow {
            centre: stage.at(chance(0), 0.2 + 0.5 * chance(1)),
            radius: (30.0 + 45.0 * chance(2)) * stage.unit,
            colour: (colour, 0.16),
        });
    }
    let (centre, radius) = (stage.at(0.7, 0.32), 20.0 * stage.unit);
    canvas.fill(&Shape::circle(centre, radius), &Paint::Flat([22, 20, 44], 1.0));
    let light = (centre.0 - radius * 0.55, centre.1 - radius * 0.5);
    for (reach, opacity) in [(1.7, 0.8), (1.1, 0.5)] {
        let glow = Paint::Glow {
            centre: light,
            radius: radius * reach,
            colour: (stage.palette.accent, opacity),
        };
        canvas.fill(&Shape::circle(centre, radius), &glow);
    }
    let mut ring = Shape::ellipse(centre, (radius * 1.75, radius * 0.34));
    ring.cut(&Shape::ellipse(centre, (radius * 1.45, radius * 0.24)));
    canvas.fill(&ring, &Paint::Flat(stage.palette.glow, 0.5));
}

/// Clouds, if the weather has any.
pub(super) fn clouds(stage: &Stage<'_>) -> Option<Piece> {
    let (count, opacity, colour) = match (stage.mood.weather, stage.mood.light) {
        _ if matches!(stage.mood.place, Place::Space | Place::Indoors) => return None,
        (Weather::Rain, Light::Night) => (15, 0.8, [24, 29, 44]),
        (Weather::Rain, _) => (15, 0.75, [88, 97, 112]),
        (Weather::Snow | Weather::Fog | Weather::Clear, Light::Night) => return None,
        (Weather::Cloudy, Light::Night) => (8, 0.5, blend(stage.palette.low, [180, 190, 220], 0.2)),
        (weather, Light::Golden) => (
            if weather == Weather::Cloudy { 10 } else { 5 },
            0.5,
            blend(stage.palette.low, [255, 236, 220], 0.45),
        ),
        (weather, Light::Day) => (
            if weather == Weather::Cloudy { 10 } else { 5 },
            0.72,
            [255, 253, 248],
        ),
    };
    let mut canvas = stage.canvas();
    for n in 0..count {
        let chance = |lane: u64| stage.chance(500 + n * 8 + lane);
        let size = (7.0 + 9.0 * chance(0)) * stage.unit;
        let x = mix(-0.12, 1.12, (n as f32 + chance(1)) / count as f32);
        let y = mix(0.06, stage.horizon() - 0.16, chance(2));
        cloud(&mut canvas, stage.at(x, y), size, (colour, opacity));
    }
    Some(Piece::new(&canvas, 0.28).drifting(0.0025))
}

/// A heap of rounds on a flat foot.
fn cloud(canvas: &mut Canvas, (x, y): (f32, f32), size: f32, (colour, opacity): ([u8; 3], f32)) {
    let mut shape = Shape::rounded(
        (x - size * 1.5, y - size * 0.24),
        (size * 3.0, size * 0.48),
        size * 0.24,
    );
    for (dx, dy, r) in [
        (-0.75, -0.22, 0.42),
        (-0.1, -0.42, 0.6),
        (0.62, -0.26, 0.46),
        (1.1, -0.1, 0.28),
    ] {
        shape.add(&Shape::ellipse(
            (x + dx * size, y + dy * size),
            (r * size, r * size * 0.86),
        ));
    }
    let paint = Paint::Fade {
        top: (y - size, colour, opacity),
        bottom: (y + size * 0.3, colour, opacity * 0.35),
    };
    canvas.fill(&shape, &paint);
}
