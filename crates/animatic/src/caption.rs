//! What is written over every frame: the shot and its words, the time, and that this is a draft.

use rushes_core::limits::FRAMES_PER_SECOND;

use crate::colour::Rgb;
use crate::frame::Frame;
use crate::paint::{Canvas, Layer, Paint, Shape};
use crate::plan::ShotPlan;
use crate::text::{Fonts, Weight, wrap};

/// Distance of everything from the frame's edges, in pixels.
const MARGIN: usize = 40;
/// The colour of labels and of the mark's dot: a warm yellow, as grease pencils on film are.
const ACCENT: Rgb = [255, 205, 92];
const WHITE: Rgb = [250, 250, 248];
const BLACK: Rgb = [8, 9, 12];
/// Size of the words, in pixels per em, and the distance of their lines.
const WORDS: (f32, f32) = (29.0, 38.0);
/// Size of labels, mark and timecode, in pixels per em.
const LABEL: f32 = 20.0;
/// Height of the badges at the top.
const BADGE: usize = 40;
/// Height of the line that fills up.
const TRACK: usize = 4;
/// What marks every frame as what it is.
const MARK: (&str, &str) = ("DRAFT", " · animatic");

/// Everything that is written, drawn once.
pub(crate) struct Captions {
    mark: Layer,
    clock: Layer,
    /// 0 to 9, then the colon.
    digits: Vec<Layer>,
    /// One lower third per shot, all of the same height.
    shots: Vec<Layer>,
    /// Where each shot's part of the line at the bottom starts and ends, in pixels.
    tracks: Vec<(usize, usize)>,
}

impl Captions {
    pub(crate) fn new(shots: &[ShotPlan], (width, height): (u32, u32)) -> Self {
        let fonts = Fonts::new();
        let (width, height) = (width as usize, height as usize);
        let tracks = tracks(shots, width);
        let lines = if height > width { 4 } else { 3 };
        let thirds = shots
            .iter()
            .enumerate()
            .map(|(n, _)| lower_third(&fonts, shots, n, (width, lines), &tracks))
            .collect();
        Self {
            mark: mark(&fonts),
            clock: clock(),
            digits: digits(&fonts),
            shots: thirds,
            tracks,
        }
    }

    /// Writes over frame `n`, which belongs to shot number `index`.
    pub(crate) fn draw(&self, n: u32, index: usize, shot: &ShotPlan, frame: &mut Frame) {
        if let Some(third) = self.shots.get(index) {
            third.stamp(0, frame.height - third.y.height, frame);
        }
        self.mark.stamp(MARGIN, MARGIN, frame);
        self.write_time(n, frame);
        self.fill_track(index, shot.progress(n), frame);
    }

    /// Hours are for longer films: minutes, seconds, frames.
    fn write_time(&self, n: u32, frame: &mut Frame) {
        let x = frame.width - MARGIN - self.clock.y.width;
        self.clock.stamp(x, MARGIN, frame);
        let (seconds, frames) = (n / FRAMES_PER_SECOND, n % FRAMES_PER_SECOND);
        let parts = [seconds / 60, seconds % 60, frames];
        let mut pen = x + CLOCK_INSET;
        for (place, part) in parts.into_iter().enumerate() {
            let colon = (place > 0).then_some(10);
            for digit in colon.into_iter().chain([part / 10 % 10, part % 10]) {
                let cell = &self.digits[digit as usize];
                cell.stamp(pen, MARGIN, frame);
                pen += cell.y.width;
            }
        }
    }

    fn fill_track(&self, index: usize, progress: f32, frame: &mut Frame) {
        let top = frame.height - MARGIN + 8;
        for (n, &(start, end)) in self.tracks.iter().enumerate().take(index + 1) {
            let share = if n < index { 1.0 } else { progress };
            let length = ((end - start) as f32 * share + 0.5) as usize;
            fill(frame, (start, top), (length, TRACK));
        }
    }
}

/// A white rectangle; its corner is on even pixels.
fn fill(frame: &mut Frame, (x, y): (usize, usize), (width, height): (usize, usize)) {
    let stride = frame.width;
    for row in y..y + height {
        frame.y[row * stride + x..row * stride + x + width].fill(235);
    }
    for plane in [&mut frame.u, &mut frame.v] {
        for row in y / 2..y / 2 + height / 2 {
            let start = row * (stride / 2) + x / 2;
            plane[start..start + width / 2].fill(128);
        }
    }
}

/// One stretch per shot, as long as its share of the time, with gaps in between.
fn tracks(shots: &[ShotPlan], width: usize) -> Vec<(usize, usize)> {
    const GAP: usize = 6;
    let total: u32 = shots.iter().map(|shot| shot.frames).sum();
    let room = width - 2 * MARGIN;
    let at = |frame: u32| MARGIN + (room * frame as usize / total as usize) / 2 * 2;
    shots
        .iter()
        .map(|shot| {
            let end = at(shot.start + shot.frames);
            let gap = if shot.start + shot.frames == total { 0 } else { GAP };
            (at(shot.start), end - gap)
        })
        .collect()
}

/// The dark foot of the frame with a shot's label and words, and the empty line under them.
fn lower_third(
    fonts: &Fonts,
    shots: &[ShotPlan],
    index: usize,
    (width, most): (usize, usize),
    tracks: &[(usize, usize)],
) -> Layer {
    let shot = &shots[index];
    let room = (width - 2 * MARGIN) as f32;
    // Long lines are hard to read: no more than some sixty letters.
    let lines = wrap(&shot.words, room.min(980.0), most, |letter| {
        fonts.advance(letter, Weight::Medium, WORDS.0)
    });
    let height = (most as f32 * WORDS.1) as usize / 2 * 2 + 170;
    let mut canvas = Canvas::new(width, height);
    let bottom = height as f32;
    canvas.flood(&Paint::Fade {
        top: (0.0, BLACK, 0.0),
        bottom: (bottom * 0.8, BLACK, 0.8),
    });
    let left = MARGIN as f32;
    let last = bottom - MARGIN as f32 - 18.0;
    let first = last - (lines.len() - 1) as f32 * WORDS.1;
    for (n, line) in lines.iter().enumerate() {
        let at = (left, first + n as f32 * WORDS.1);
        canvas.fill(
            &fonts.line(line, Weight::Medium, WORDS.0, at),
            &Paint::Flat(WHITE, 1.0),
        );
    }
    let at = (left, first - WORDS.1 - 2.0);
    let label = fonts.line(&label(shots, index), Weight::SemiBold, LABEL, at);
    canvas.fill(&label, &Paint::Flat(ACCENT, 1.0));
    for &(start, end) in tracks {
        let corner = (start as f32, bottom - MARGIN as f32 + 8.0);
        let shape = Shape::rounded(corner, ((end - start) as f32, TRACK as f32), 0.0);
        canvas.fill(&shape, &Paint::Flat(WHITE, 0.28));
    }
    canvas.finish()
}

fn label(shots: &[ShotPlan], index: usize) -> String {
    let shot = &shots[index];
    let number = match shots.len() {
        1 => "One shot".to_owned(),
        count => format!("Shot {} of {count}", index + 1),
    };
    format!("{number} · {} s · {}", shot.seconds(), shot.path.camera.words())
}

/// "DRAFT · animatic" on a dark badge, with a dot.
fn mark(fonts: &Fonts) -> Layer {
    let (strong, weak) = MARK;
    let start = 38.0;
    let middle = start + fonts.width(strong, Weight::SemiBold, LABEL);
    let end = middle + fonts.width(weak, Weight::Medium, LABEL);
    let mut canvas = badge((end as usize + 16).next_multiple_of(2));
    let centre = (21.0, BADGE as f32 / 2.0);
    canvas.fill(&Shape::circle(centre, 6.0), &Paint::Flat(ACCENT, 1.0));
    canvas.fill(
        &fonts.line(strong, Weight::SemiBold, LABEL, (start, BASELINE)),
        &Paint::Flat(WHITE, 1.0),
    );
    canvas.fill(
        &fonts.line(weak, Weight::Medium, LABEL, (middle, BASELINE)),
        &Paint::Flat(WHITE, 0.85),
    );
    canvas.finish()
}

/// Baseline of what stands on a badge.
const BASELINE: f32 = 27.0;
/// Space before the first digit.
const CLOCK_INSET: usize = 14;
/// Width of a digit and of a colon: all alike, so that the time does not jump.
const CELL: (usize, usize) = (14, 8);

fn clock() -> Layer {
    badge(2 * CLOCK_INSET + 6 * CELL.0 + 2 * CELL.1).finish()
}

fn badge(width: usize) -> Canvas {
    let mut canvas = Canvas::new(width, BADGE);
    let shape = Shape::rounded((0.0, 0.0), (width as f32, BADGE as f32), 9.0);
    canvas.fill(&shape, &Paint::Flat(BLACK, 0.66));
    canvas
}

fn digits(fonts: &Fonts) -> Vec<Layer> {
    "0123456789:"
        .chars()
        .map(|letter| {
            let cell = if letter == ':' { CELL.1 } else { CELL.0 };
            let mut canvas = Canvas::new(cell, BADGE);
            let advance = fonts.advance(letter, Weight::SemiBold, LABEL);
            let at = ((cell as f32 - advance) / 2.0, BASELINE);
            let shape = fonts.line(letter.encode_utf8(&mut [0; 4]), Weight::SemiBold, LABEL, at);
            canvas.fill(&shape, &Paint::Flat(WHITE, 1.0));
            canvas.finish()
        })
        .collect()
}
