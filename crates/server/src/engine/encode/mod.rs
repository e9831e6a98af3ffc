//! Frames to H.264, samples to AAC.

mod sound;
mod video;

pub(super) use sound::encode_sound;
pub(super) use video::VideoEncoder;

/// Why something could not be encoded: a sentence for the log and for the task's reason.
#[derive(Debug)]
pub(crate) enum EncodeError {
    /// The H.264 encoder said so.
    Video(openh264::Error),
    /// The H.264 encoder left out what a file needs.
    NoParameterSets,
    /// The picture is larger than a file can say.
    Size,
    /// The AAC encoder said so.
    Sound(syom::AacError),
}

impl std::fmt::Display for EncodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Video(error) => write!(f, "the H.264 encoder failed: {error}"),
            Self::NoParameterSets => f.write_str("the H.264 encoder gave no parameter sets"),
            Self::Size => f.write_str("the picture is too large for a video file"),
            Self::Sound(error) => write!(f, "the AAC encoder failed: {error}"),
        }
    }
}
