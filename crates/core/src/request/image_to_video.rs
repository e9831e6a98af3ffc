use super::{ImageSource, Shot};

/// How an image-to-video request fills its time: an end frame and shots exclude each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// One take of `duration_secs` (3 to 15), possibly arriving at an end frame.
    Single {
        /// Length in seconds.
        duration_secs: u8,
        /// The last frame, if given.
        end_image: Option<ImageSource>,
    },
    /// One to five shots; the length is their sum.
    Shots(Vec<Shot>),
}

/// A valid image-to-video request.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageToVideo {
    pub(crate) image: ImageSource,
    pub(crate) prompt: String,
    pub(crate) negative_prompt: Option<String>,
    pub(crate) cfg_scale: f64,
    pub(crate) sound: bool,
    pub(crate) plan: Plan,
}

impl ImageToVideo {
    /// The first frame.
    pub fn image(&self) -> &ImageSource {
        &self.image
    }

    /// One take, or shots.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}
