use core::fmt;
use std::io::Cursor;

use rushes_core::image::{ImageFormat, inspect};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::Picture;
use crate::colour::Rgb;

/// Most pixels a picture may hold, 8192 × 8192: 192 MiB once decoded, more than any camera phone makes.
pub const MAX_PIXELS: u64 = 1 << 26;

/// Why a picture could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// The bytes are neither PNG nor JPEG, or the header cannot be read.
    Unreadable,
    /// More than [`MAX_PIXELS`].
    TooManyPixels {
        /// Pixels, as stored.
        width: u32,
        /// Pixels, as stored.
        height: u32,
    },
    /// The header is sound, the picture data is not.
    Damaged(ImageFormat),
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("The image is neither a readable PNG nor a readable JPEG."),
            Self::TooManyPixels { width, height } => {
                write!(
                    f,
                    "The image has {width} × {height} pixels; an animatic takes up to {MAX_PIXELS} in all."
                )
            }
            Self::Damaged(ImageFormat::Png) => f.write_str("The PNG's picture data is damaged."),
            Self::Damaged(ImageFormat::Jpeg) => f.write_str("The JPEG's picture data is damaged."),
        }
    }
}

impl core::error::Error for PictureError {}

pub(super) fn decode(file: &[u8]) -> Result<Picture, PictureError> {
    let info = inspect(file, "").info.ok_or(PictureError::Unreadable)?;
    limit(info.width, info.height)?;
    let picture = match info.format {
        ImageFormat::Png => decode_png(file),
        ImageFormat::Jpeg => decode_jpeg(file),
    }?;
    Ok(picture.upright(info.orientation))
}

/// Refuses a size before a byte is set aside for it.
fn limit(width: u32, height: u32) -> Result<(), PictureError> {
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels { width, height });
    }
    Ok(())
}

fn decode_png(file: &[u8]) -> Result<Picture, PictureError> {
    let damaged = || PictureError::Damaged(ImageFormat::Png);
    // Sixteen bits per channel, four channels, and room for the decoder's own buffers.
    let bytes = MAX_PIXELS as usize * 8 + (1 << 24);
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(file), png::Limits { bytes });
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(|_| damaged())?;
    limit(reader.info().width, reader.info().height)?;
    let mut buffer = vec![0; reader.output_buffer_size().ok_or_else(damaged)?];
    let output = reader.next_frame(&mut buffer).map_err(|_| damaged())?;
    let data = buffer.get(..output.buffer_size()).ok_or_else(damaged)?;
    let over_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let pixels: Vec<Rgb> = match output.color_type {
        png::ColorType::Grayscale => data.iter().map(|&g| [g; 3]).collect(),
        png::ColorType::GrayscaleAlpha => data
            .chunks_exact(2)
            .map(|p| [over_white(p[0], p[1]); 3])
            .collect(),
        png::ColorType::Rgb => data.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect(),
        png::ColorType::Rgba => data
            .chunks_exact(4)
            .map(|p| [p[0], p[1], p[2]].map(|value| over_white(value, p[3])))
            .collect(),
        png::ColorType::Indexed => return Err(damaged()),
    };
    Picture::from_pixels(output.width, output.height, pixels).ok_or_else(damaged)
}

fn decode_jpeg(file: &[u8]) -> Result<Picture, PictureError> {
    let damaged = || PictureError::Damaged(ImageFormat::Jpeg);
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::RGB)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_use_unsafe(false);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(|_| damaged())?;
    let (width, height) = decoder.dimensions().ok_or_else(damaged)?;
    let (width, height) = (width as u32, height as u32);
    limit(width, height)?;
    let data = decoder.decode().map_err(|_| damaged())?;
    let pixels = data.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
    Picture::from_pixels(width, height, pixels).ok_or_else(damaged)
}
