//! What lies behind the captions: a picture, or a card drawn from words.

use rushes_core::limits::FRAMES_PER_SECOND;

use crate::camera::{Path, View};
use crate::frame::Frame;
use crate::picture::Picture;
use crate::plane::Planes;
use crate::sample::Sampler;
use crate::scene::{Card, Mood};

/// How much finer than the frame a picture is kept: enough for the zoom of a plain move, little enough that bilinear
/// sampling of the whole does not shimmer.
const COARSE: f32 = 1.25;
/// The same for shots that look closer.
const FINE: f32 = 1.9;
/// From this zoom on the finer one is used.
const CLOSE: f32 = 1.35;

/// What lies behind the captions.
pub(crate) enum Backdrop {
    /// A picture, in one or two finenesses.
    Picture {
        /// For most shots.
        coarse: Planes,
        /// For those that look closer.
        fine: Option<Planes>,
    },
    /// A card.
    Card(Card),
}

impl Backdrop {
    /// A picture for a frame of `size`, for shots that look as close as `closest`.
    pub(crate) fn of_picture(picture: &Picture, size: (u32, u32), closest: f32) -> Self {
        if closest < CLOSE {
            return Self::Picture {
                coarse: scaled(picture, size, COARSE),
                fine: None,
            };
        }
        let fine = fitted(picture, size, FINE);
        Self::Picture {
            coarse: scaled(&fine, size, COARSE),
            fine: Some(Planes::of(&fine)),
        }
    }

    /// A storyboard card.
    pub(crate) fn of_mood(mood: Mood, size: (u32, u32)) -> Self {
        Self::Card(Card::new(mood, size))
    }

    /// Draws frame `n`, at which the camera is at `t` of its path.
    pub(crate) fn draw(&self, path: &Path, t: f32, n: u32, frame: &mut Frame) {
        let view = &path.view(t);
        match self {
            Self::Picture { coarse, fine } => {
                // One fineness for the whole shot: a change would show.
                let planes = fine
                    .as_ref()
                    .filter(|_| path.typical_zoom() >= CLOSE)
                    .unwrap_or(coarse);
                draw(planes, view, frame);
            }
            Self::Card(card) => card.draw(view, n as f32 / FRAMES_PER_SECOND as f32, frame),
        }
    }
}

/// A picture at whose whole view the video ends.
pub(crate) struct Still {
    moving: Planes,
    exact: Planes,
}

impl Still {
    pub(crate) fn new(picture: &Picture, size: (u32, u32)) -> Self {
        Self {
            moving: scaled(picture, size, COARSE),
            exact: scaled(picture, size, 1.0),
        }
    }

    /// The whole picture, pixel for pixel.
    pub(crate) fn draw_exactly(&self, frame: &mut Frame) {
        frame.y.copy_from_slice(&self.exact.y.data);
        frame.u.copy_from_slice(&self.exact.u.data);
        frame.v.copy_from_slice(&self.exact.v.data);
    }

    /// Lays the picture over the frame; `share` is its part, 0 to 1.
    pub(crate) fn dissolve(&self, view: &View, share: f32, frame: &mut Frame) {
        let share = (share * 256.0 + 0.5) as u16;
        if share == 0 {
            return;
        }
        let mut over = Frame::new(frame.width(), frame.height());
        draw(&self.moving, view, &mut over);
        for (to, from) in [
            (&mut frame.y, &over.y),
            (&mut frame.u, &over.u),
            (&mut frame.v, &over.v),
        ] {
            for (to, &from) in to.iter_mut().zip(from) {
                *to = ((u16::from(*to) * (256 - share) + u16::from(from) * share + 128) >> 8) as u8;
            }
        }
    }
}

fn draw(planes: &Planes, view: &View, frame: &mut Frame) {
    let mut sampler = Sampler::default();
    let width = frame.width;
    sampler.draw(&planes.y, view, width, &mut frame.y);
    sampler.draw(&planes.u, view, width / 2, &mut frame.u);
    sampler.draw(&planes.v, view, width / 2, &mut frame.v);
}

/// The picture cut to the shape of `size`, `scale` times as large.
fn fitted(picture: &Picture, (width, height): (u32, u32), scale: f32) -> Picture {
    let even = |side: u32| (side as f32 * scale / 2.0 + 0.5) as usize * 2;
    picture.fitted(even(width), even(height))
}

fn scaled(picture: &Picture, size: (u32, u32), scale: f32) -> Planes {
    Planes::of(&fitted(picture, size, scale))
}
