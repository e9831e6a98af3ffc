//! The one and only encoder: the exact JSON text that is sent.

use super::{ImageSource, ImageToVideo, InlineForm, Plan, Request, Shot, TextToVideo};
use crate::image::inline;
use crate::json::{self, Json};
use crate::limits::{CFG_SCALE_DEFAULT, DURATION_DEFAULT_SECS};
use crate::request::AspectRatio;

impl Request {
    /// The exact JSON text that is sent: the one and only encoder.
    ///
    /// Fields stand in the order of the documentation's table. A value equal to its documented default is left out,
    /// with one exception: beside shots, `duration` is always sent, as their sum. (Kling demands the sum, other hosts
    /// ignore the field: so it is right for all.)
    pub fn body(&self) -> String {
        self.encode(Form::Sent).0
    }

    /// [`body`](Self::body) without what is in the texts that the caller gave, who has them already.
    ///
    /// ```
    /// use rushes_core::{Draft, Endpoint};
    ///
    /// let draft = Draft { prompt: Some("A \"fox\"".into()), ..Draft::new(Endpoint::TextToVideo) };
    /// let outline = draft.check().unwrap().request.outline();
    /// assert_eq!(outline.json, r#"{"prompt":""}"#);
    /// assert_eq!((outline.gaps[0].at, outline.gaps[0].is_plain), (11, false));
    /// ```
    pub fn outline(&self) -> Outline {
        let (json, gaps) = self.encode(Form::Outline);
        Outline { json, gaps }
    }

    fn encode(&self, form: Form) -> (String, Vec<Gap>) {
        let json = Json::with_capacity(self.body_len());
        let gaps = Vec::new();
        let mut object = Object { json, form, gaps };
        object.json.open('{');
        match self {
            Self::TextToVideo(request) => object.text_to_video(request),
            Self::ImageToVideo(request) => object.image_to_video(request),
        }
        object.json.close('}');
        (object.json.into_text(), object.gaps)
    }

    /// About how many bytes the body has.
    fn body_len(&self) -> usize {
        let own = match self {
            Self::TextToVideo(_) => 0,
            Self::ImageToVideo(request) => image_to_video_len(request),
        };
        SPARE + own + self.prompt().len() + self.negative_prompt().map_or(0, str::len)
    }
}

/// Room for names, numbers and quotes, and a few escapes.
const SPARE: usize = 256;

fn image_to_video_len(request: &ImageToVideo) -> usize {
    let images = request.image.body_len() + request.plan.end_image().map_or(0, ImageSource::body_len);
    let shots = request.plan.shots().iter();
    images + shots.map(|shot| SPARE + shot.prompt().len()).sum::<usize>()
}

/// A body without the texts that the caller gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// JSON text; images given as bytes are in it.
    pub json: String,
    /// Where texts belong, in their order.
    pub gaps: Vec<Gap>,
}

/// Where a text belongs: between two quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The closing quote, in bytes. All before it is ASCII, so in UTF-16 units too.
    pub at: usize,
    /// Whether the text can stand there as it is. Not so with U+FFFD in it: that is what an encoder on the way here
    /// made of half a character, which the caller still has.
    pub is_plain: bool,
}

/// What is written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// All.
    Sent,
    /// All but the inside of texts that the caller gave.
    Outline,
}

/// A JSON object being written.
struct Object {
    json: Json,
    form: Form,
    gaps: Vec<Gap>,
}

impl Object {
    fn text_to_video(&mut self, request: &TextToVideo) {
        self.prompts(&request.prompt, request.negative_prompt.as_deref());
        self.duration(request.duration_secs);
        self.cfg_scale(request.cfg_scale);
        if request.aspect_ratio != AspectRatio::default() {
            self.json.name("aspect_ratio").text(request.aspect_ratio.name());
        }
        self.sound(request.sound);
    }

    fn image_to_video(&mut self, request: &ImageToVideo) {
        self.image("image", &request.image);
        self.prompts(&request.prompt, request.negative_prompt.as_deref());
        match &request.plan {
            Plan::Single { duration_secs, .. } => self.duration(*duration_secs),
            Plan::Shots(_) => {
                self.json
                    .name("duration")
                    .number(request.plan.duration_secs().into());
            }
        }
        self.cfg_scale(request.cfg_scale);
        self.sound(request.sound);
        if let Some(end_image) = request.plan.end_image() {
            self.image("end_image", end_image);
        }
        self.shots(request.plan.shots());
    }

    /// A text that the caller gave.
    fn given(&mut self, text: &str) {
        match self.form {
            Form::Sent => {
                self.json.text(text);
            }
            Form::Outline => self.gaps.push(Gap {
                at: self.json.gap(),
                is_plain: json::is_plain(text),
            }),
        }
    }

    fn prompts(&mut self, prompt: &str, negative: Option<&str>) {
        self.json.name("prompt");
        self.given(prompt);
        if let Some(negative) = negative {
            self.json.name("negative_prompt");
            self.given(negative);
        }
    }

    fn duration(&mut self, seconds: u8) {
        if seconds != DURATION_DEFAULT_SECS {
            self.json.name("duration").number(seconds.into());
        }
    }

    fn cfg_scale(&mut self, value: f64) {
        if value != CFG_SCALE_DEFAULT {
            self.json.name("cfg_scale").number(value);
        }
    }

    fn sound(&mut self, value: bool) {
        if value {
            self.json.name("sound").flag(value);
        }
    }

    fn image(&mut self, name: &str, source: &ImageSource) {
        self.json.name(name);
        match source {
            ImageSource::Url(url) => self.given(url),
            ImageSource::InlineText { text, .. } => self.given(text),
            ImageSource::Bytes { bytes, info, form } => drop(self.json.quoted(|out| {
                if *form == InlineForm::DataUri {
                    out.push_str("data:");
                    out.push_str(info.format.media_type());
                    out.push_str(";base64,");
                }
                inline::encode_into(bytes, out);
            })),
        }
    }

    fn shots(&mut self, shots: &[Shot]) {
        if shots.is_empty() {
            return;
        }
        self.json.name("multi_prompt").open('[');
        for shot in shots {
            self.json.open('{').name("prompt");
            self.given(shot.prompt());
            self.duration(shot.duration_secs());
            self.json.close('}');
        }
        self.json.close(']');
    }
}
