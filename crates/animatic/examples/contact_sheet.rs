//! Writes a contact sheet of a request: frames from first to last, side by side, as a PNG.
//!
//! ```text
//! cargo run --release -p rushes-animatic --example contact_sheet -- text-to-video request.json sheet.png [FRAMES]
//! ```
//!
//! The request is the JSON of the API; `image` and `end_image` may also name a file, as `file:photo.jpg`. With
//! `--time` after the arguments it draws every frame and prints how long that took.

#![expect(
    clippy::print_stdout,
    reason = "a command-line tool reports on standard output"
)]

use std::error::Error;
use std::fs;
use std::time::Instant;

use rushes_animatic::{Animatic, Frame};
use rushes_core::{Endpoint, Input, check};

/// Width of one frame on the sheet, in pixels.
const CELL: usize = 640;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, request, out, rest @ ..] = &arguments[..] else {
        return Err(
            "usage: contact_sheet text-to-video|image-to-video REQUEST.json OUT.png [FRAMES] [--time]".into(),
        );
    };
    let endpoint = Endpoint::from_name(endpoint).ok_or("no such endpoint")?;
    let input = with_files(serde_json::from_str(&fs::read_to_string(request)?)?)?;
    let checked = check(endpoint, input).map_err(|report| format!("{report:?}"))?;
    let started = Instant::now();
    let animatic = Animatic::new(&checked.request, None, None)?;
    println!(
        "{} × {}, {} frames, prepared in {:?}",
        animatic.width(),
        animatic.height(),
        animatic.frames(),
        started.elapsed()
    );
    if rest.iter().any(|argument| argument == "--time") {
        let started = Instant::now();
        let mut frame = animatic.frame();
        for n in 0..animatic.frames() {
            animatic.draw(n, &mut frame);
        }
        println!("all frames in {:?}", started.elapsed());
    }
    let count = rest.first().and_then(|count| count.parse().ok()).unwrap_or(6);
    write_sheet(&animatic, count, out)
}

fn write_sheet(animatic: &Animatic, count: u32, out: &str) -> Result<(), Box<dyn Error>> {
    let mut frame = animatic.frame();
    let step = animatic.width() as usize / CELL.min(animatic.width() as usize / 2);
    let (cell_width, cell_height) = (
        animatic.width() as usize / step,
        animatic.height() as usize / step,
    );
    let columns = if cell_width > cell_height { 2 } else { 4 }.min(count as usize);
    let rows = (count as usize).div_ceil(columns);
    let (width, height) = (columns * cell_width, rows * cell_height);
    let mut sheet = vec![255; width * height * 3];
    for cell in 0..count as usize {
        let n = (animatic.frames() - 1) as usize * cell / (count as usize - 1).max(1);
        animatic.draw(u32::try_from(n)?, &mut frame);
        let small = shrink(&frame, step);
        let corner = cell / columns * cell_height * width + cell % columns * cell_width;
        for (row, line) in small.chunks_exact(cell_width * 3).enumerate() {
            let start = (corner + row * width) * 3;
            sheet[start..start + line.len()].copy_from_slice(line);
        }
    }
    let mut encoder = png::Encoder::new(
        fs::File::create(out)?,
        u32::try_from(width)?,
        u32::try_from(height)?,
    );
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(&sheet)?;
    Ok(())
}

/// The mean of each `step × step` pixels, as RGB.
fn shrink(frame: &Frame, step: usize) -> Vec<u8> {
    let (width, height) = (frame.width() as usize, frame.height() as usize);
    let rgba = frame.to_rgba();
    let mut small = Vec::new();
    for y in 0..height / step {
        for x in 0..width / step {
            for channel in 0..3 {
                let pixel = |n: usize| ((y * step + n / step) * width + x * step + n % step) * 4 + channel;
                let sum: usize = (0..step * step).map(|n| usize::from(rgba[pixel(n)])).sum();
                small.push(u8::try_from(sum / (step * step)).unwrap_or(255));
            }
        }
    }
    small
}

/// The JSON as a loose value, `file:` images as their bytes.
fn with_files(json: serde_json::Value) -> Result<Input, Box<dyn Error>> {
    use serde_json::Value;
    Ok(match json {
        Value::Null => Input::Null,
        Value::Bool(value) => Input::Bool(value),
        Value::Number(number) => Input::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => match text.strip_prefix("file:") {
            Some(path) => Input::Bytes(fs::read(path)?.into()),
            None => Input::Text(text),
        },
        Value::Array(items) => Input::List(items.into_iter().map(with_files).collect::<Result<_, _>>()?),
        Value::Object(fields) => {
            let fields = fields
                .into_iter()
                .map(|(name, value)| Ok((name, with_files(value)?)));
            Input::Object(fields.collect::<Result<_, Box<dyn Error>>>()?)
        }
    })
}
