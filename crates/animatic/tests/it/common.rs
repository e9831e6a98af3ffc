//! Requests and pictures for the tests of the public interface.

use rushes_animatic::{Animatic, Frame};
use rushes_core::{Endpoint, Input, Request, check};

/// Where nothing is written over the picture: between the badges and the lower third, as shares of the height.
pub(crate) const FREE: (f32, f32) = (0.13, 0.58);

/// A valid request with those fields.
pub(crate) fn request(endpoint: Endpoint, fields: Vec<(&str, Input)>) -> Request {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    match check(endpoint, Input::Object(fields)) {
        Ok(checked) => checked.request,
        Err(report) => panic!("{report:?}"),
    }
}

pub(crate) fn text_to_video(prompt: &str, duration: f64, ratio: &str) -> Request {
    let fields = vec![
        ("prompt", Input::Text(prompt.into())),
        ("duration", Input::Number(duration)),
        ("aspect_ratio", Input::Text(ratio.into())),
        ("sound", Input::Bool(true)),
    ];
    request(Endpoint::TextToVideo, fields)
}

pub(crate) fn image_to_video(image: Vec<u8>, prompt: &str, duration: f64) -> Request {
    let fields = vec![
        ("image", Input::Bytes(image.into())),
        ("prompt", Input::Text(prompt.into())),
        ("duration", Input::Number(duration)),
    ];
    request(Endpoint::ImageToVideo, fields)
}

pub(crate) fn with_shots(image: Vec<u8>, shots: &[(&str, f64)]) -> Request {
    let shots = shots.iter().map(|(prompt, duration)| {
        let fields = [
            ("prompt", Input::Text((*prompt).into())),
            ("duration", Input::Number(*duration)),
        ];
        Input::Object(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
    });
    let fields = vec![
        ("image", Input::Bytes(image.into())),
        ("prompt", Input::Text("all of it".into())),
        ("sound", Input::Bool(true)),
        ("multi_prompt", Input::List(shots.collect())),
    ];
    request(Endpoint::ImageToVideo, fields)
}

/// A PNG of which each pixel is what `colour` says.
pub(crate) fn png(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|n| colour(n % width, n / width))
        .collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    file
}

/// A picture with detail everywhere, none of it repeating.
pub(crate) fn busy(width: u32, height: u32) -> Vec<u8> {
    png(width, height, |x, y| {
        let wave = |a: u32, b: u32| ((x / 3 * a + y / 3 * b + x * y / 97) % 256) as u8;
        [wave(3, 5), wave(7, 2), wave(1, 9)]
    })
}

/// Black with a white square in the middle, a fifth of the height wide.
pub(crate) fn square(width: u32, height: u32) -> Vec<u8> {
    let half = height / 10;
    png(width, height, |x, y| {
        let inside = x.abs_diff(width / 2) < half && y.abs_diff(height / 2 - height / 8) < half;
        if inside { [255; 3] } else { [0; 3] }
    })
}

pub(crate) fn drawn(animatic: &Animatic, n: u32) -> Frame {
    let mut frame = animatic.frame();
    animatic.draw(n, &mut frame);
    frame
}

/// FNV-1a of all three planes.
pub(crate) fn hash(frame: &Frame) -> u64 {
    [frame.y(), frame.u(), frame.v()]
        .concat()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

/// The luma of the rows that nothing is written over.
pub(crate) fn free(frame: &Frame) -> &[u8] {
    let row = |share: f32| (frame.height() as f32 * share) as usize * frame.width() as usize;
    &frame.y()[row(FREE.0)..row(FREE.1)]
}

/// Mean difference of the free rows of two frames, in levels.
pub(crate) fn difference(a: &Frame, b: &Frame) -> f32 {
    let (a, b) = (free(a), free(b));
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f32 / a.len() as f32
}
