//! Land and water: ridges, woods, dunes, waves, and what stands close to the camera.

use super::stage::{Piece, Stage};
use super::{Light, Place, Weather};
use crate::colour::{Rgb, blend};
use crate::maths::mix;
use crate::paint::{Canvas, Paint, Point, Shape};

/// One ridge: where it stands, how high and long its hills are, how far away it is.
struct Ridge {
    /// Height of its foot, as a share of the frame.
    base: f32,
    /// Height of its hills, in units.
    high: f32,
    /// Length of its hills, in units.
    long: f32,
    /// 0 at one's feet, 1 at the horizon.
    away: f32,
    /// Peaks instead of hills.
    sharp: bool,
}

impl Ridge {
    fn soft(base: f32, high: f32, long: f32, away: f32) -> Self {
        Self {
            base,
            high,
            long,
            away,
            sharp: false,
        }
    }

    fn sharp(base: f32, high: f32, long: f32, away: f32) -> Self {
        Self {
            base,
            high,
            long,
            away,
            sharp: true,
        }
    }

    fn line(&self, stage: &Stage<'_>, x: f32, lane: u64) -> f32 {
        let rough = stage.rough(x, self.long, lane);
        let shape = if self.sharp {
            1.0 - 2.0 * rough.abs()
        } else {
            rough
        };
        stage.y(self.base) - self.high * stage.unit * (0.4 + 0.6 * shape)
    }

    fn depth(&self) -> f32 {
        mix(1.0, 0.22, self.away)
    }
}

/// The pieces between the sky and the ground that the subject stands on.
pub(super) fn distance(stage: &Stage<'_>) -> Vec<Piece> {
    let h = stage.horizon();
    match stage.mood.place {
        Place::Mountains => vec![
            ridge(stage, 1, &Ridge::sharp(h + 0.06, 44.0, 34.0, 0.8)),
            ridge(stage, 2, &Ridge::sharp(h + 0.1, 24.0, 24.0, 0.52)),
        ],
        Place::Forest => vec![
            woods(stage, 1, h - 0.02, (15.0, 0.78)),
            woods(stage, 2, h + 0.06, (24.0, 0.45)),
        ],
        Place::Sea => vec![
            ridge(stage, 1, &Ridge::soft(h + 0.03, 8.0, 30.0, 0.8)),
            water(stage, h),
        ],
        Place::Desert => vec![
            ridge(stage, 1, &Ridge::soft(h + 0.05, 13.0, 70.0, 0.75)),
            ridge(stage, 2, &Ridge::soft(h + 0.13, 12.0, 60.0, 0.42)),
        ],
        Place::Space => Vec::new(),
        _ => vec![
            ridge(stage, 1, &Ridge::soft(h + 0.03, 17.0, 46.0, 0.82)),
            ridge(stage, 2, &Ridge::soft(h + 0.1, 13.0, 40.0, 0.5)),
        ],
    }
}

fn ridge(stage: &Stage<'_>, lane: u64, ridge: &Ridge) -> Piece {
    let mut canvas = stage.canvas();
    let colour = stage.palette.away(ridge.away);
    let (top, foot) = (
        stage.y(ridge.base) - ridge.high * stage.unit,
        stage.y(ridge.base + 0.12),
    );
    let lifted = blend(colour, stage.palette.glow, 0.13);
    let hazy = blend(
        colour,
        stage.palette.low,
        if stage.mood.weather == Weather::Fog {
            0.7
        } else {
            0.3
        },
    );
    let line = |x: f32| ridge.line(stage, x, lane);
    canvas.fill(
        &stage.below(line),
        &Paint::Fade {
            top: (top, lifted, 1.0),
            bottom: (foot, hazy, 1.0),
        },
    );
    if ridge.sharp {
        // The sides that the light does not reach.
        let shade = stage.below(|x| {
            line(x) + (stage.rough(x, 5.0, lane + 40).abs() * 2.0 + 0.25) * ridge.high * 0.26 * stage.unit
        });
        canvas.fill(&shade, &Paint::Flat(blend(colour, stage.palette.dark, 0.3), 0.4));
    }
    Piece::new(&canvas, ridge.depth())
}

/// A line of firs on soft ground, `tall` units high.
fn woods(stage: &Stage<'_>, lane: u64, base: f32, (tall, away): (f32, f32)) -> Piece {
    let mut canvas = stage.canvas();
    let ground = Ridge::soft(base + 0.03, 7.0, 50.0, away);
    let colour = blend(stage.palette.away(away), stage.palette.dark, 0.25 * (1.0 - away));
    let mut shape = stage.below(|x| ground.line(stage, x, lane));
    let (width, _) = stage.size();
    let mut x = 0.0;
    let mut n = lane * 1000;
    while x < width {
        let chance = |k: u64| stage.chance(n * 3 + k);
        let height = tall * stage.unit * mix(0.55, 1.25, chance(0));
        fir(
            &mut shape,
            (x, ground.line(stage, x, lane) + height * 0.16),
            height,
        );
        x += height * mix(0.16, 0.5, chance(1));
        n += 1;
    }
    let foot = stage.y(base + 0.14);
    let hazy = blend(
        colour,
        stage.palette.low,
        if stage.mood.weather == Weather::Fog {
            0.75
        } else {
            0.4
        },
    );
    let paint = Paint::Fade {
        top: (stage.y(base) - tall * stage.unit * 0.6, colour, 1.0),
        bottom: (foot, hazy, 1.0),
    };
    canvas.fill(&shape, &paint);
    Piece::new(&canvas, ground.depth())
}

/// A fir: four skirts on a stem.
fn fir(shape: &mut Shape, (x, foot): Point, height: f32) {
    for n in 0..4_u8 {
        let n = f32::from(n);
        let top = foot - height * (1.0 - n * 0.19);
        let bottom = top + height * (0.3 + n * 0.03);
        let half = height * (0.075 + n * 0.046);
        shape.add(&Shape::polygon(&[
            (x, top),
            (x + half, bottom),
            (x, bottom - height * 0.03),
            (x - half, bottom),
        ]));
    }
    let stem = height * 0.02;
    shape.add(&Shape::polygon(&[
        (x - stem, foot - height * 0.2),
        (x + stem, foot - height * 0.2),
        (x + stem, foot + 2.0),
        (x - stem, foot + 2.0),
    ]));
}

/// Water from the horizon down, with the light's path on it.
fn water(stage: &Stage<'_>, horizon: f32) -> Piece {
    let mut canvas = stage.canvas();
    let (width, height) = stage.size();
    let top = stage.y(horizon + 0.03);
    let near = blend(stage.palette.ground, stage.palette.high, 0.25);
    let far = blend(stage.palette.low, stage.palette.ground, 0.35);
    let surface = Shape::polygon(&[(0.0, top), (width, top), (width, height), (0.0, height)]);
    canvas.fill(
        &surface,
        &Paint::Fade {
            top: (top, far, 1.0),
            bottom: (stage.y(0.95), near, 1.0),
        },
    );
    let light = stage.x(mix(0.28, 0.76, stage.chance(5)));
    for n in 0..230_u64 {
        let chance = |lane: u64| stage.chance(4000 + n * 4 + lane);
        let down = chance(0) * chance(0);
        let y = top + 2.0 + down * (height - top);
        let spread = mix(4.0, 46.0, down) * stage.unit;
        let x = light + (chance(1) + chance(2) - 1.0) * spread;
        let long = mix(1.2, 7.0, down) * stage.unit * (0.5 + chance(3));
        let thick = mix(1.2, 4.2, down);
        let glint = Shape::rounded((x - long / 2.0, y), (long, thick), thick / 2.0);
        canvas.fill(&glint, &Paint::Flat(stage.palette.glow, mix(0.75, 0.25, down)));
    }
    Piece::new(&canvas, 0.45)
}

/// The ground that the subject stands on.
pub(super) fn ground(stage: &Stage<'_>) -> Canvas {
    let mut canvas = stage.canvas();
    let base = FEET + 0.04;
    let (high, long) = match stage.mood.place {
        Place::Sea => (2.4, 26.0),
        Place::Desert => (6.0, 60.0),
        Place::Mountains => (5.0, 22.0),
        _ => (4.0, 44.0),
    };
    let near = Ridge::soft(base, high, long, 0.0);
    let colour = match stage.mood.place {
        Place::Sea => blend(stage.palette.ground, stage.palette.dark, 0.2),
        _ => stage.palette.ground,
    };
    let lifted = blend(colour, stage.palette.glow, 0.16);
    let paint = Paint::Fade {
        top: (stage.y(base) - high * stage.unit, lifted, 1.0),
        bottom: (stage.y(1.02), blend(colour, stage.palette.dark, 0.7), 1.0),
    };
    canvas.fill(&stage.below(|x| near.line(stage, x, 9)), &paint);
    match stage.mood.place {
        Place::Sea => swell(stage, &mut canvas, colour),
        Place::Meadow => flowers(stage, &mut canvas, &near),
        Place::Mountains => firs(stage, &mut canvas, &near),
        _ => {}
    }
    canvas
}

/// Height of the subject's feet, as a share of the frame: above the captions.
pub(super) const FEET: f32 = 0.7;

fn swell(stage: &Stage<'_>, canvas: &mut Canvas, colour: Rgb) {
    for n in 0..3_u8 {
        let y = 0.76 + f32::from(n) * 0.085;
        let wave = Ridge::sharp(y, 2.2, 14.0, 0.0);
        let lane = 20 + u64::from(n);
        let mut crest = stage.below(|x| wave.line(stage, x, lane));
        crest.cut(&stage.below(|x| wave.line(stage, x, lane) + 0.5 * stage.unit));
        canvas.fill(
            &stage.below(|x| wave.line(stage, x, lane)),
            &Paint::Flat(blend(colour, stage.palette.dark, 0.25), 0.5),
        );
        canvas.fill(&crest, &Paint::Flat(stage.palette.glow, 0.22));
    }
}

fn flowers(stage: &Stage<'_>, canvas: &mut Canvas, near: &Ridge) {
    let (width, _) = stage.size();
    for n in 0..240_u64 {
        let chance = |lane: u64| stage.chance(6000 + n * 4 + lane);
        let x = chance(0) * width;
        let down = chance(1);
        let y = near.line(stage, x, 9) + (1.0 + down * 26.0) * stage.unit;
        let size = mix(0.25, 0.85, down) * stage.unit;
        let colour = if chance(2) < 0.6 {
            stage.palette.accent
        } else {
            stage.palette.glow
        };
        canvas.fill(&Shape::circle((x, y), size), &Paint::Flat(colour, 0.85));
    }
}

fn firs(stage: &Stage<'_>, canvas: &mut Canvas, near: &Ridge) {
    let mut shape = Shape::default();
    for n in 0..26_u64 {
        let chance = |lane: u64| stage.chance(7000 + n * 3 + lane);
        // Towards the sides: the middle belongs to the subject.
        let side = if n % 2 == 0 {
            chance(0) * 0.3
        } else {
            1.0 - chance(0) * 0.34
        };
        let x = stage.x(mix(-0.1, 1.1, side));
        fir(
            &mut shape,
            (x, near.line(stage, x, 9) + stage.unit),
            mix(9.0, 20.0, chance(1)) * stage.unit,
        );
    }
    canvas.fill(
        &shape,
        &Paint::Flat(blend(stage.palette.dark, stage.palette.ground, 0.2), 1.0),
    );
}

/// What stands between the camera and the subject, at the frame's edges.
pub(super) fn foreground(stage: &Stage<'_>) -> Option<Piece> {
    let mut shape = Shape::default();
    match stage.mood.place {
        Place::Forest => trunks(stage, &mut shape),
        Place::Meadow | Place::Open | Place::Mountains => grass(stage, &mut shape),
        _ => return None,
    }
    let mut canvas = stage.canvas();
    let dark = blend(
        stage.palette.dark,
        [0, 0, 0],
        if stage.mood.light == Light::Day { 0.1 } else { 0.35 },
    );
    canvas.fill(&shape, &Paint::Flat(dark, 0.96));
    Some(Piece::new(&canvas, 1.45))
}

/// Two stems with a few boughs, left and right.
fn trunks(stage: &Stage<'_>, shape: &mut Shape) {
    let (_, height) = stage.size();
    let unit = stage.unit;
    for (x, wide, lane) in [(0.035, 5.5, 1), (0.93, 7.5, 2), (0.86, 2.6, 3)] {
        let x = stage.x(x + (stage.chance(80 + lane) - 0.5) * 0.04);
        let half = wide * unit / 2.0;
        let bend = |y: f32| stage.rough(y, 40.0, 60 + lane) * 2.2 * unit;
        let mut points: Vec<Point> = Vec::new();
        let steps = 40_u8;
        for n in 0..=steps {
            let y = height * f32::from(n) / f32::from(steps);
            points.push((x + bend(y) - half * mix(0.8, 1.2, y / height), y));
        }
        for n in (0..=steps).rev() {
            let y = height * f32::from(n) / f32::from(steps);
            points.push((x + bend(y) + half * mix(0.8, 1.2, y / height), y));
        }
        shape.add(&Shape::polygon(&points).wound());
        for n in 0..4_u64 {
            let chance = |k: u64| stage.chance(90 + lane * 16 + n * 4 + k);
            let y = height * mix(0.1, 0.45, chance(0));
            let inwards = (x < stage.x(0.5)) == (chance(1) > 0.3);
            let way = if inwards { 1.0 } else { -1.0 };
            let (long, thick) = (mix(9.0, 20.0, chance(2)) * unit, half * 0.28);
            let tip = (x + way * long, y - long * mix(0.1, 0.5, chance(3)));
            shape.add(&Shape::polygon(&[(x, y - thick), tip, (x, y + thick)]).wound());
        }
    }
}

fn grass(stage: &Stage<'_>, shape: &mut Shape) {
    let (width, height) = stage.size();
    for n in 0..190_u64 {
        let chance = |lane: u64| stage.chance(8000 + n * 4 + lane);
        let x = chance(0) * width;
        // Taller at the sides, so that it frames the picture.
        let edge = ((x / width - 0.5).abs() * 2.0).min(1.0);
        let tall = mix(4.0, 17.0, edge * edge) * stage.unit * mix(0.5, 1.2, chance(1)) + height * 0.1;
        let lean = (chance(2) - 0.5) * 6.0 * stage.unit;
        let half = mix(0.25, 0.6, chance(3)) * stage.unit;
        let mut blade = Shape::default();
        blade.move_to((x - half, height));
        blade.quad_to((x - half, height - tall * 0.6), (x + lean, height - tall));
        blade.quad_to((x + half, height - tall * 0.6), (x + half, height));
        blade.close();
        shape.add(&blade.wound());
    }
}
