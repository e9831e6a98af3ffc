use super::{ImageSource, InlineForm, Shot};

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

impl Plan {
    /// Whole length in seconds, 3 to 15.
    pub fn duration_secs(&self) -> u8 {
        match self {
            Self::Single { duration_secs, .. } => *duration_secs,
            Self::Shots(shots) => shots.iter().map(Shot::duration_secs).sum(),
        }
    }

    /// The last frame, if one is given.
    pub fn end_image(&self) -> Option<&ImageSource> {
        match self {
            Self::Single { end_image, .. } => end_image.as_ref(),
            Self::Shots(_) => None,
        }
    }

    /// The shots; none for a single take.
    pub fn shots(&self) -> &[Shot] {
        match self {
            Self::Single { .. } => &[],
            Self::Shots(shots) => shots,
        }
    }
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

    /// Sets how the bytes of its images are written.
    pub(super) fn set_inline_form(&mut self, wanted: InlineForm) {
        let end_image = match &mut self.plan {
            Plan::Single { end_image, .. } => end_image.as_mut(),
            Plan::Shots(_) => None,
        };
        for source in [Some(&mut self.image), end_image].into_iter().flatten() {
            if let ImageSource::Bytes { form, .. } = source {
                *form = wanted;
            }
        }
    }
}
