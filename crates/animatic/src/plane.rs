//! Planes of bytes, and the three (or six) that make a picture in the colours of the frame.

use crate::colour;
use crate::picture::Picture;

/// One byte per pixel, rows packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) data: Vec<u8>,
}

impl Plane {
    pub(crate) fn new(width: usize, height: usize, value: u8) -> Self {
        Self {
            width,
            height,
            data: vec![value; width * height],
        }
    }

    pub(crate) fn row(&self, y: usize) -> &[u8] {
        &self.data[y * self.width..(y + 1) * self.width]
    }
}

/// An opaque picture in the colours of the frame: Y in full, U and V in half size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planes {
    pub(crate) y: Plane,
    pub(crate) u: Plane,
    pub(crate) v: Plane,
}

impl Planes {
    /// Converts a picture; its last row or column counts twice where the size is odd.
    pub(crate) fn of(picture: &Picture) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixel = |x: usize, y: usize| picture.pixel(x.min(width - 1), y.min(height - 1));
        let mut luma = Plane::new(width, height, 16);
        for (to, from) in luma.data.iter_mut().zip(picture.pixels()) {
            *to = colour::luma(*from);
        }
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        let mut u = Plane::new(half_width, half_height, 128);
        let mut v = u.clone();
        for y in 0..half_height {
            for x in 0..half_width {
                let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| pixel(2 * x + dx, 2 * y + dy));
                let mean = core::array::from_fn(|n| {
                    let sum: u16 = four.iter().map(|rgb| u16::from(rgb[n])).sum();
                    ((sum + 2) / 4) as u8
                });
                let [blue, red] = colour::chroma(mean);
                u.data[y * half_width + x] = blue;
                v.data[y * half_width + x] = red;
            }
        }
        Self { y: luma, u, v }
    }
}
