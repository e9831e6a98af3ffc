//! Requests that are proven valid, and the drafts they are made from.

mod accepted;
mod body;
mod draft;
mod image_source;
mod image_to_video;
mod shot;
mod text_to_video;

use serde::{Serialize, Serializer};

pub use body::{Gap, Outline};
pub use draft::{Draft, DraftShot};
pub use image_source::{ImageSource, InlineForm};
pub use image_to_video::{ImageToVideo, Plan};
pub use shot::Shot;
pub use text_to_video::{AspectRatio, TextToVideo};

/// One of the two documented ways to make a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `POST /v3/async/kling-v3.0-std-t2v`
    TextToVideo,
    /// `POST /v3/async/kling-v3.0-std-i2v`
    ImageToVideo,
}

impl Endpoint {
    /// Both, in the order of the documentation.
    pub const ALL: [Self; 2] = [Self::TextToVideo, Self::ImageToVideo];

    /// The name used in our own surfaces: `text-to-video` or `image-to-video`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TextToVideo => "text-to-video",
            Self::ImageToVideo => "image-to-video",
        }
    }

    /// The endpoint of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.name() == name)
    }

    /// The documented path of the `POST`.
    pub fn path(self) -> &'static str {
        match self {
            Self::TextToVideo => "/v3/async/kling-v3.0-std-t2v",
            Self::ImageToVideo => "/v3/async/kling-v3.0-std-i2v",
        }
    }

    /// The fields it takes, in the order of the documentation's table: the order of issues and of the body.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::TextToVideo => &crate::check::TEXT_TO_VIDEO_FIELDS,
            Self::ImageToVideo => &crate::check::IMAGE_TO_VIDEO_FIELDS,
        }
    }
}

/// A request that has passed every rule: the only thing that can be sent. Only [`check`](crate::check()) makes one.
///
/// It serialises as [`Request::accepted`].
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Text to video.
    TextToVideo(TextToVideo),
    /// Image to video.
    ImageToVideo(ImageToVideo),
}

impl Request {
    /// Which endpoint it is for.
    pub fn endpoint(&self) -> Endpoint {
        match self {
            Self::TextToVideo(_) => Endpoint::TextToVideo,
            Self::ImageToVideo(_) => Endpoint::ImageToVideo,
        }
    }

    /// The prompt.
    pub fn prompt(&self) -> &str {
        match self {
            Self::TextToVideo(request) => &request.prompt,
            Self::ImageToVideo(request) => &request.prompt,
        }
    }

    /// What to keep out, if said.
    pub fn negative_prompt(&self) -> Option<&str> {
        match self {
            Self::TextToVideo(request) => request.negative_prompt.as_deref(),
            Self::ImageToVideo(request) => request.negative_prompt.as_deref(),
        }
    }

    /// Whole length in seconds, 3 to 15 (with shots, their sum).
    pub fn duration_secs(&self) -> u8 {
        match self {
            Self::TextToVideo(request) => request.duration_secs,
            Self::ImageToVideo(request) => request.plan.duration_secs(),
        }
    }

    /// 0 (most freedom) to 1 (strict adherence).
    pub fn cfg_scale(&self) -> f64 {
        match self {
            Self::TextToVideo(request) => request.cfg_scale,
            Self::ImageToVideo(request) => request.cfg_scale,
        }
    }

    /// Whether sound is made with the video.
    pub fn sound(&self) -> bool {
        match self {
            Self::TextToVideo(request) => request.sound,
            Self::ImageToVideo(request) => request.sound,
        }
    }

    /// The same request with the bytes of its images written in that form; text that was given inline stays as it
    /// came.
    #[must_use]
    pub fn with_inline_form(mut self, form: InlineForm) -> Self {
        if let Self::ImageToVideo(request) = &mut self {
            request.set_inline_form(form);
        }
        self
    }
}

impl Serialize for Request {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.accepted().serialize(serializer)
    }
}
