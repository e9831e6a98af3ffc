use super::stage::{Piece, SHEET, Stage};
use super::{Mood, Place, air, built, land, life, sky};
use crate::camera::View;
use crate::frame::Frame;
use crate::paint::{Layer, Veil, Veiling, lay};
use crate::plane::Plane;
use crate::sample::{Sampler, Stretch, Walk};

/// A scene in layers, the farthest first; the first covers everything.
pub(crate) struct Card {
    pieces: Vec<Piece>,
    mood: Mood,
}

impl Card {
    /// Draws what does not change: every layer, once.
    pub(crate) fn new(mood: Mood, size: (u32, u32)) -> Self {
        let stage = Stage::new(&mood, size);
        let mut pieces = vec![sky::sky(&stage)];
        pieces.extend(sky::clouds(&stage));
        match mood.place {
            Place::City => pieces.extend(built::skyline(&stage)),
            Place::Indoors => pieces.extend(built::room(&stage)),
            _ => pieces.extend(land::distance(&stage)),
        }
        let mut ground = match mood.place {
            Place::City => built::street(&stage),
            Place::Indoors => stage.canvas(),
            _ => land::ground(&stage),
        };
        life::draw(&stage, &mut ground);
        pieces.push(Piece::new(&ground, 1.0));
        if mood.place == Place::City {
            pieces.push(built::lamps(&stage));
        }
        pieces.extend(land::foreground(&stage));
        Self { pieces, mood }
    }

    /// Draws what `view` shows, `seconds` after the start.
    pub(crate) fn draw(&self, view: &View, seconds: f32, frame: &mut Frame) {
        let views: Vec<View> = self
            .pieces
            .iter()
            .map(|piece| piece.seen(view, seconds))
            .collect();
        let (width, height) = (frame.width, frame.height);
        let mut pen = Pen::default();
        for (n, (piece, view)) in self.pieces.iter().zip(&views).enumerate() {
            // Rows that a nearer layer covers anyway are not worth drawing.
            let hidden = self.pieces[n + 1..]
                .iter()
                .zip(&views[n + 1..])
                .map(|(nearer, view)| nearer.hides_from(view))
                .fold(1.0, f32::min);
            let (top, bottom) = piece.rows(view);
            let rows = if n == 0 {
                (0.0, hidden)
            } else {
                (top, bottom.min(hidden))
            };
            let Layer {
                y, u, v, full, half, ..
            } = &piece.layer;
            let (full, half) = if n == 0 {
                (None, None)
            } else {
                (Some(full), Some(half))
            };
            pen.draw([y], full, view, rows, (width, height), [&mut frame.y]);
            pen.draw(
                [u, v],
                half,
                view,
                rows,
                (width / 2, height / 2),
                [&mut frame.u, &mut frame.v],
            );
        }
        air::draw(self.mood.weather, self.mood.seed, seconds, frame);
    }
}

impl Piece {
    /// What the camera shows of this layer's sheet.
    fn seen(&self, view: &View, seconds: f32) -> View {
        let seen = view.at_depth(self.depth);
        View {
            x: seen.x / SHEET - self.drift * seconds,
            y: seen.y / SHEET,
            zoom: seen.zoom * SHEET,
            roll: seen.roll,
        }
    }

    /// Where a row of the sheet is on the frame; both in shares of their height.
    fn on_frame(row: f32, view: &View) -> f32 {
        (row - 0.5 - view.y) * view.zoom + 0.5
    }

    /// From which row of the frame down this layer lets nothing through.
    fn hides_from(&self, view: &View) -> f32 {
        if view.roll == 0.0 {
            Self::on_frame(self.layer.solid_from, view)
        } else {
            1.0
        }
    }

    /// Between which rows of the frame there is anything of this layer.
    fn rows(&self, view: &View) -> (f32, f32) {
        if view.roll == 0.0 {
            (
                Self::on_frame(self.layer.rows.0, view),
                Self::on_frame(self.layer.rows.1, view),
            )
        } else {
            (0.0, 1.0)
        }
    }
}

/// Target columns that are judged together: clear ones are skipped, solid ones copied.
const STRETCH: usize = 64;

/// Draws planes with opacity through the camera.
#[derive(Default)]
struct Pen {
    sampler: Sampler,
    stretches: Vec<Stretch>,
    line: Vec<u8>,
    share: Vec<u8>,
}

impl Pen {
    /// Lays planes that share an opacity over their targets, between two rows given in shares of the height.
    fn draw<const N: usize>(
        &mut self,
        colours: [&Plane; N],
        veil: Option<&Veil>,
        view: &View,
        (top, bottom): (f32, f32),
        (width, height): (usize, usize),
        mut targets: [&mut [u8]; N],
    ) {
        // A row more on either side: bilinear sampling reaches that far.
        let top = ((top * height as f32) as usize).saturating_sub(2).min(height);
        let bottom = ((bottom.max(0.0) * height as f32) as usize + 3).min(height);
        self.line.resize(width, 0);
        self.share.resize(width, 0);
        self.sampler.aim(colours[0], view, width, height);
        self.stretches.clear();
        for from in (0..width).step_by(STRETCH) {
            self.stretches
                .push(self.sampler.stretch(from, (from + STRETCH).min(width)));
        }
        for y in top..bottom {
            let lines = targets
                .each_mut()
                .map(|target| &mut target[y * width..(y + 1) * width]);
            if view.is_rolled() {
                self.turned(
                    colours,
                    veil,
                    Walk::row(colours[0], view, (width, height), y),
                    lines,
                );
            } else {
                self.straight(colours, veil, y, lines);
            }
        }
    }

    fn straight<const N: usize>(
        &mut self,
        colours: [&Plane; N],
        veil: Option<&Veil>,
        y: usize,
        mut lines: [&mut [u8]; N],
    ) {
        let (top, below) = self.sampler.source_rows(y, colours[0].height);
        for &part in &self.stretches {
            let Stretch { from, to, first, end } = part;
            match veil.map(|veil| (veil.within(first..end, top..below + 1), veil)) {
                Some((Veiling::Clear, _)) => {}
                Some((Veiling::Partial, veil)) => {
                    self.sampler.row(&veil.plane, y, part, &mut self.share[from..to]);
                    for (colour, line) in colours.iter().zip(&mut lines) {
                        self.sampler.row(colour, y, part, &mut self.line[from..to]);
                        lay(&mut line[from..to], &self.line[from..to], &self.share[from..to]);
                    }
                }
                Some((Veiling::Solid, _)) | None => {
                    for (colour, line) in colours.iter().zip(&mut lines) {
                        self.sampler.row(colour, y, part, &mut line[from..to]);
                    }
                }
            }
        }
    }

    fn turned<const N: usize>(
        &mut self,
        colours: [&Plane; N],
        veil: Option<&Veil>,
        row: Walk,
        mut lines: [&mut [u8]; N],
    ) {
        for &Stretch { from, to, .. } in &self.stretches {
            let walk = row.from(from);
            let (columns, rows) = walk.touched(to - from, colours[0]);
            match veil.map(|veil| (veil.within(columns, rows), veil)) {
                Some((Veiling::Clear, _)) => {}
                Some((Veiling::Partial, veil)) => {
                    walk.read(&veil.plane, &mut self.share[from..to]);
                    for (colour, line) in colours.iter().zip(&mut lines) {
                        walk.read(colour, &mut self.line[from..to]);
                        lay(&mut line[from..to], &self.line[from..to], &self.share[from..to]);
                    }
                }
                Some((Veiling::Solid, _)) | None => {
                    for (colour, line) in colours.iter().zip(&mut lines) {
                        walk.read(colour, &mut line[from..to]);
                    }
                }
            }
        }
    }
}
