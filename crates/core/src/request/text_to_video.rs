/// Shape of the picture of a text-to-video request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AspectRatio {
    /// `16:9`, 1280 × 720.
    Wide,
    /// `9:16`, 720 × 1280.
    Tall,
    /// `1:1`, 720 × 720.
    Square,
}

/// A valid text-to-video request.
#[derive(Clone, Debug, PartialEq)]
pub struct TextToVideo {
    pub(crate) prompt: String,
    pub(crate) negative_prompt: Option<String>,
    pub(crate) duration_secs: u8,
    pub(crate) cfg_scale: f64,
    pub(crate) aspect_ratio: AspectRatio,
    pub(crate) sound: bool,
}

impl TextToVideo {
    /// Shape of the picture.
    pub fn aspect_ratio(&self) -> AspectRatio {
        self.aspect_ratio
    }
}
