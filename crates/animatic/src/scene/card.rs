use super::stage::{Piece, SHEET, Stage};
use super::{Mood, Place, air, built, land, life, sky};
use crate::camera::View;
use crate::frame::Frame;
use crate::paint::lay;
use crate::plane::Plane;
use crate::sample::{Sampler, turned_row};

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
            let layer = &piece.layer;
            let opacity = |plane| (n > 0).then_some(plane);
            let full = opacity(&layer.opacity);
            let half = opacity(&layer.half_opacity);
            pen.draw((&layer.y, full), view, rows, (width, height), &mut frame.y);
            pen.draw(
                (&layer.u, half),
                view,
                rows,
                (width / 2, height / 2),
                &mut frame.u,
            );
            pen.draw(
                (&layer.v, half),
                view,
                rows,
                (width / 2, height / 2),
                &mut frame.v,
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

/// Draws planes with opacity through the camera.
#[derive(Default)]
struct Pen {
    colour: Sampler,
    opacity: Sampler,
    line: Vec<u8>,
    share: Vec<u8>,
}

impl Pen {
    /// Lays a plane over the target between two rows, given in shares of its height.
    fn draw(
        &mut self,
        (colour, opacity): (&Plane, Option<&Plane>),
        view: &View,
        (top, bottom): (f32, f32),
        (width, height): (usize, usize),
        target: &mut [u8],
    ) {
        // A row more on either side: bilinear sampling reaches that far.
        let top = ((top * height as f32) as usize).saturating_sub(2).min(height);
        let bottom = ((bottom.max(0.0) * height as f32) as usize + 3).min(height);
        self.colour.aim(colour, view, width, height);
        self.opacity.aim(colour, view, width, height);
        self.line.resize(width, 0);
        self.share.resize(width, 0);
        for y in top..bottom {
            let line = &mut target[y * width..(y + 1) * width];
            let sample = |plane: &Plane, sampler: &mut Sampler, to: &mut [u8]| {
                if view.roll == 0.0 {
                    sampler.row(plane, y, to);
                } else {
                    turned_row(plane, view, (width, height), y, to);
                }
            };
            match opacity {
                None => sample(colour, &mut self.colour, line),
                Some(opacity) => {
                    sample(opacity, &mut self.opacity, &mut self.share);
                    if self.share.iter().all(|&share| share == 0) {
                        continue;
                    }
                    sample(colour, &mut self.colour, &mut self.line);
                    lay(line, &self.line, &self.share);
                }
            }
        }
    }
}
