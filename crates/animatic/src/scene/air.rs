//! What falls: rain and snow, drawn anew on every frame.

use super::Weather;
use crate::frame::Frame;
use crate::maths::{sin_turns, unit};

/// Drops and flakes for a frame of 1280 × 720; other sizes get as many for their area.
const COUNTS: (f32, f32) = (260.0, 190.0);
const REFERENCE_AREA: f32 = 1280.0 * 720.0;

/// Draws the weather over a frame, `seconds` after the start.
pub(super) fn draw(weather: Weather, seed: u64, seconds: f32, frame: &mut Frame) {
    let area = (frame.width * frame.height) as f32 / REFERENCE_AREA;
    match weather {
        Weather::Rain => (0..(COUNTS.0 * area) as u64).for_each(|n| streak(seed, n, seconds, frame)),
        Weather::Snow => (0..(COUNTS.1 * area) as u64).for_each(|n| flake(seed, n, seconds, frame)),
        Weather::Clear | Weather::Cloudy | Weather::Fog => {}
    }
}

/// The part after the point: where a thing that comes round again is.
fn around(x: f32) -> f32 {
    x - x.floor()
}

/// A slanted streak; near drops are longer and faster.
fn streak(seed: u64, n: u64, seconds: f32, frame: &mut Frame) {
    let chance = |lane: u64| unit(seed ^ 0xd20b, n * 4 + lane);
    let near = chance(0);
    let length = 14.0 + 26.0 * near;
    let span = frame.height as f32 + 2.0 * length;
    let y = around(chance(1) + seconds * (1.1 + 0.9 * near)) * span - length;
    let x = chance(2) * (frame.width as f32 + 120.0);
    let share = 34 + (54.0 * near) as u32;
    for step in 0..length as i32 {
        let (column, row) = (x as i32 - (y as i32 + step) / 7, y as i32 + step);
        brighten(frame, column, row, share);
    }
}

/// A soft round flake that sways.
fn flake(seed: u64, n: u64, seconds: f32, frame: &mut Frame) {
    let chance = |lane: u64| unit(seed ^ 0x5f0e, n * 5 + lane);
    let near = chance(0) * chance(0);
    let radius = 1.3 + 3.6 * near;
    let span = frame.height as f32 + 20.0;
    let y = around(chance(1) + seconds * (0.055 + 0.13 * near)) * span - 10.0;
    let sway = sin_turns(seconds * (0.12 + 0.2 * chance(3)) + chance(4)) * (8.0 + 18.0 * near);
    let x = around(chance(2) + seconds * 0.01) * (frame.width as f32 + 40.0) - 20.0 + sway;
    let reach = radius.ceil() as i32;
    let (left, top) = (x.floor() as i32, y.floor() as i32);
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let (px, py) = ((left + dx) as f32 + 0.5 - x, (top + dy) as f32 + 0.5 - y);
            let inside = (radius - (px * px + py * py).sqrt() + 0.5).clamp(0.0, 1.0);
            brighten(
                frame,
                left + dx,
                top + dy,
                (inside * (120.0 + 90.0 * (1.0 - near))) as u32,
            );
        }
    }
}

/// Moves a pixel's luma towards white by a share of 256.
fn brighten(frame: &mut Frame, x: i32, y: i32, share: u32) {
    let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
        return;
    };
    if x < frame.width && y < frame.height {
        let luma = &mut frame.y[y * frame.width + x];
        *luma = ((u32::from(*luma) * (256 - share) + 226 * share) >> 8) as u8;
    }
}
