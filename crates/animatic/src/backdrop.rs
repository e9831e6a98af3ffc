//! What lies behind the captions: a picture, or a card drawn from words.

use crate::camera::View;
use crate::colour::{Rgb, blend};
use crate::frame::Frame;
use crate::maths::{hash_text, unit};
use crate::picture::Picture;
use crate::plane::Planes;
use crate::sample::Sampler;

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
    Picture { coarse: Planes, fine: Option<Planes> },
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

    /// A storyboard card for these words.
    pub(crate) fn of_words(words: &str, size: (u32, u32)) -> Self {
        let seed = hash_text(words);
        let colour = |lane: u64| core::array::from_fn(|n| (unit(seed, lane + n as u64) * 200.0) as u8);
        Self::gradient(colour(1), colour(9), size)
    }

    /// A plain card for a picture that is not there.
    pub(crate) fn neutral(size: (u32, u32)) -> Self {
        Self::gradient([58, 62, 70], [32, 34, 40], size)
    }

    fn gradient(top: Rgb, bottom: Rgb, (width, height): (u32, u32)) -> Self {
        let pixels = (0..width * height)
            .map(|n| blend(top, bottom, (n / width) as f32 / height as f32))
            .collect();
        let picture = Picture::from_pixels(width, height, pixels);
        match picture {
            Some(picture) => Self::of_picture(&picture, (width, height), 1.0),
            None => unreachable!(),
        }
    }

    /// Draws what `view` shows at frame `n`.
    pub(crate) fn draw(&self, view: &View, _n: u32, frame: &mut Frame) {
        let Self::Picture { coarse, fine } = self;
        let planes = fine.as_ref().filter(|_| view.zoom >= CLOSE).unwrap_or(coarse);
        draw(planes, view, frame);
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
