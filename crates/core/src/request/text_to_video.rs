/// Shape of the picture of a text-to-video request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum AspectRatio {
    /// `16:9`, 1280 × 720.
    #[default]
    Wide,
    /// `9:16`, 720 × 1280.
    Tall,
    /// `1:1`, 720 × 720.
    Square,
}

impl AspectRatio {
    /// Every shape, in the order of the documentation, the default first.
    pub const ALL: [Self; 3] = [Self::Wide, Self::Tall, Self::Square];

    /// The API's name: `16:9`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wide => "16:9",
            Self::Tall => "9:16",
            Self::Square => "1:1",
        }
    }

    /// The shape of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    /// Width and height of the resulting video in pixels (720p, Kling's own documentation).
    pub fn output_size_px(self) -> (u32, u32) {
        match self {
            Self::Wide => (1280, 720),
            Self::Tall => (720, 1280),
            Self::Square => (720, 720),
        }
    }
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
