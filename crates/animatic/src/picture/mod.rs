//! Pictures that come from outside: decoded, upright, scaled.

mod decode;
mod resample;

use rushes_core::request::ImageSource;

use crate::colour::Rgb;
pub use decode::{MAX_PIXELS, PictureError};

/// A decoded picture, upright, 8 bits per colour, opaque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<Rgb>,
}

impl Picture {
    /// Decodes a PNG or JPEG file and turns it upright as its EXIF orientation says. Transparency is laid on white.
    ///
    /// # Errors
    /// A [`PictureError`] where the bytes are no such file, are damaged, or hold more than [`MAX_PIXELS`].
    pub fn decode(file: &[u8]) -> Result<Self, PictureError> {
        decode::decode(file)
    }

    /// The picture that a request carries inline; `None` where it names a URL, which only a host can fetch.
    ///
    /// # Errors
    /// As [`decode`](Self::decode).
    pub fn of_source(source: &ImageSource) -> Result<Option<Self>, PictureError> {
        source.bytes().map(|bytes| Self::decode(&bytes)).transpose()
    }

    /// A picture of given pixels, row by row; `None` unless there are `width × height` of them and at least one.
    pub fn from_pixels(width: u32, height: u32, pixels: Vec<[u8; 3]>) -> Option<Self> {
        let (width, height) = (width as usize, height as usize);
        let count = width.checked_mul(height).filter(|&count| count > 0)?;
        (pixels.len() == count).then_some(Self {
            width,
            height,
            pixels,
        })
    }

    /// Pixels.
    pub fn width(&self) -> u32 {
        self.width as u32
    }

    /// Pixels.
    pub fn height(&self) -> u32 {
        self.height as u32
    }

    /// All pixels, row by row: red, green, blue.
    pub fn pixels(&self) -> &[[u8; 3]] {
        &self.pixels
    }

    pub(crate) fn pixel(&self, x: usize, y: usize) -> Rgb {
        self.pixels[y * self.width + x]
    }

    /// The middle of the picture, cut to the shape of `width × height` and scaled to exactly that size.
    pub(crate) fn fitted(&self, width: usize, height: usize) -> Self {
        resample::cover(self, width, height)
    }

    /// Turned and mirrored as an EXIF orientation (1 to 8) asks.
    fn upright(self, orientation: u8) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (w, h) = (self.width, self.height);
        let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                let (sx, sy) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                pixels.push(self.pixel(sx, sy));
            }
        }
        Self {
            width,
            height,
            pixels,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the six pixels `abc/def` stands where, per EXIF orientation (Exif 2.32, tag 0x0112).
    #[test]
    fn every_orientation_is_undone() {
        let letters = |text: &str| {
            text.bytes()
                .filter(|b| *b != b'/')
                .map(|b| [b, 0, 0])
                .collect::<Vec<_>>()
        };
        for (orientation, width, stored_upright) in [
            (1, 3, "abc/def"),
            (2, 3, "cba/fed"),
            (3, 3, "fed/cba"),
            (4, 3, "def/abc"),
            (5, 2, "ad/be/cf"),
            (6, 2, "da/eb/fc"),
            (7, 2, "fc/eb/da"),
            (8, 2, "cf/be/ad"),
        ] {
            let stored = Picture::from_pixels(3, 2, letters("abc/def")).unwrap();
            let upright = stored.upright(orientation);
            assert_eq!(
                (upright.width(), upright.pixels()),
                (width, &letters(stored_upright)[..]),
                "{orientation}"
            );
        }
    }

    #[test]
    fn pixels_must_fill_the_size() {
        assert!(Picture::from_pixels(2, 2, vec![[0; 3]; 3]).is_none());
        assert!(Picture::from_pixels(0, 2, vec![]).is_none());
        assert!(Picture::from_pixels(2, 1, vec![[0; 3]; 2]).is_some());
    }
}
