//! The one and only encoder: the exact JSON text that is sent.

use super::{ImageSource, ImageToVideo, InlineForm, Plan, Request, Shot, TextToVideo};
use crate::decimal;
use crate::image::inline;
use crate::limits::{CFG_SCALE_DEFAULT, DURATION_DEFAULT_SECS};
use crate::request::AspectRatio;

impl Request {
    /// The exact JSON text that is sent: the one and only encoder.
    ///
    /// Fields stand in the order of the documentation's table. A value equal to its documented default is left out,
    /// with one exception: beside shots, `duration` is always sent, as their sum. (Kling demands the sum, other hosts
    /// ignore the field: so it is right for all.)
    pub fn body(&self) -> String {
        match self {
            Self::TextToVideo(request) => text_to_video(request),
            Self::ImageToVideo(request) => image_to_video(request),
        }
    }
}

/// Room for names, numbers and quotes, and a few escapes.
const SPARE: usize = 256;

fn text_to_video(request: &TextToVideo) -> String {
    let negative = request.negative_prompt.as_deref();
    let mut object = Object::with_capacity(SPARE + request.prompt.len() + negative.map_or(0, str::len));
    object.text("prompt", &request.prompt);
    object.negative_prompt(negative);
    object.duration_unless_default(request.duration_secs);
    object.cfg_scale(request.cfg_scale);
    if request.aspect_ratio != AspectRatio::default() {
        object.text("aspect_ratio", request.aspect_ratio.name());
    }
    object.sound(request.sound);
    object.end()
}

fn image_to_video(request: &ImageToVideo) -> String {
    let mut object = Object::with_capacity(image_to_video_len(request));
    object.image("image", &request.image);
    object.text("prompt", &request.prompt);
    object.negative_prompt(request.negative_prompt.as_deref());
    match &request.plan {
        Plan::Single { duration_secs, .. } => object.duration_unless_default(*duration_secs),
        Plan::Shots(_) => object.plain("duration", &request.plan.duration_secs().to_string()),
    }
    object.cfg_scale(request.cfg_scale);
    object.sound(request.sound);
    match &request.plan {
        Plan::Single {
            end_image: Some(end_image),
            ..
        } => object.image("end_image", end_image),
        Plan::Single { end_image: None, .. } => {}
        Plan::Shots(shots) => object.shots(shots),
    }
    object.end()
}

fn image_to_video_len(request: &ImageToVideo) -> usize {
    let images = request.image.body_len() + request.plan.end_image().map_or(0, ImageSource::body_len);
    let shots: usize = request
        .plan
        .shots()
        .iter()
        .map(|shot| SPARE + shot.prompt().len())
        .sum();
    let negative = request.negative_prompt.as_deref().map_or(0, str::len);
    SPARE + images + request.prompt.len() + negative + shots
}

/// A JSON object being written at the end of a text.
struct Object {
    out: String,
}

impl Object {
    fn with_capacity(capacity: usize) -> Self {
        let mut out = String::with_capacity(capacity);
        out.push('{');
        Self { out }
    }

    fn end(mut self) -> String {
        self.out.push('}');
        self.out
    }

    fn name(&mut self, name: &str) {
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
    }

    fn plain(&mut self, name: &str, value: &str) {
        self.name(name);
        self.out.push_str(value);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        string(&mut self.out, value);
    }

    fn negative_prompt(&mut self, value: Option<&str>) {
        if let Some(value) = value {
            self.text("negative_prompt", value);
        }
    }

    fn duration_unless_default(&mut self, seconds: u8) {
        if seconds != DURATION_DEFAULT_SECS {
            self.plain("duration", &seconds.to_string());
        }
    }

    fn cfg_scale(&mut self, value: f64) {
        if value != CFG_SCALE_DEFAULT {
            self.plain("cfg_scale", &decimal::shown(value));
        }
    }

    fn sound(&mut self, value: bool) {
        if value {
            self.plain("sound", "true");
        }
    }

    fn image(&mut self, name: &str, source: &ImageSource) {
        match source {
            ImageSource::Url(url) => self.text(name, url),
            ImageSource::InlineText { text, .. } => self.text(name, text),
            ImageSource::Bytes { bytes, info, form } => {
                self.name(name);
                self.out.push('"');
                if *form == InlineForm::DataUri {
                    self.out.push_str("data:");
                    self.out.push_str(info.format.media_type());
                    self.out.push_str(";base64,");
                }
                inline::encode_into(bytes, &mut self.out);
                self.out.push('"');
            }
        }
    }

    fn shots(&mut self, shots: &[Shot]) {
        self.name("multi_prompt");
        self.out.push('[');
        for (index, shot) in shots.iter().enumerate() {
            self.out.push_str(if index == 0 { "{" } else { ",{" });
            self.text("prompt", shot.prompt());
            self.duration_unless_default(shot.duration_secs());
            self.out.push('}');
        }
        self.out.push(']');
    }
}

/// Writes a string as `JSON.stringify` does: only what JSON demands is escaped, in its shortest form.
fn string(out: &mut String, text: &str) {
    out.push('"');
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[written..at]);
        written = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            control => {
                out.push_str("\\u00");
                for digit in [control >> 4, control & 15] {
                    out.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
                }
            }
        }
    }
    out.push_str(&text[written..]);
    out.push('"');
}
