//! Pictures to send.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A JPEG of 640 × 480 pixels.
pub const JPEG: &[u8] = include_bytes!("../fixtures/picture.jpg");

/// A PNG of that size, in pixels.
///
/// # Panics
/// Never: it is written to memory.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let pixels: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x ^ y).to_le_bytes()[0]))
        .collect();
    let mut writer = encoder.write_header().expect("a header in memory");
    writer.write_image_data(&pixels).expect("pixels in memory");
    writer.finish().expect("an end in memory");
    out
}

/// Bytes as a data URI of that type.
pub fn data_uri(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", STANDARD.encode(bytes))
}

/// The JPEG as a data URI.
pub fn jpeg_uri() -> String {
    data_uri("image/jpeg", JPEG)
}
