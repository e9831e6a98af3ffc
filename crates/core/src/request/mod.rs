//! Requests that are proven valid, and the drafts they are made from.

mod draft;
mod image_source;
mod image_to_video;
mod shot;
mod text_to_video;

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
    /// The name used in our own surfaces: `text-to-video` or `image-to-video`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TextToVideo => "text-to-video",
            Self::ImageToVideo => "image-to-video",
        }
    }

    /// The endpoint of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::TextToVideo, Self::ImageToVideo].into_iter().find(|endpoint| endpoint.name() == name)
    }

    /// The documented path of the `POST`.
    pub fn path(self) -> &'static str {
        match self {
            Self::TextToVideo => "/v3/async/kling-v3.0-std-t2v",
            Self::ImageToVideo => "/v3/async/kling-v3.0-std-i2v",
        }
    }
}

/// A request that has passed every rule: the only thing that can be sent. Only [`check`](crate::check) makes one.
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
        todo!()
    }

    /// What to keep out, if said.
    pub fn negative_prompt(&self) -> Option<&str> {
        todo!()
    }

    /// Whole length in seconds, 3 to 15 (with shots, their sum).
    pub fn duration_secs(&self) -> u8 {
        todo!()
    }

    /// 0 (most freedom) to 1 (strict adherence).
    pub fn cfg_scale(&self) -> f64 {
        todo!()
    }

    /// Whether sound is made with the video.
    pub fn sound(&self) -> bool {
        todo!()
    }

    /// The exact JSON text that is sent: the one and only encoder.
    pub fn body(&self) -> String {
        todo!()
    }
}
