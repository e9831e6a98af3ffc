//! What is drawn when: size, shots, cuts, worked out before a pixel is touched.

use rushes_core::limits::{FRAMES_PER_SECOND, IMAGE_MAX_RATIO, OUTPUT_SHORT_SIDE_PX};
use rushes_core::request::{AspectRatio, Plan, Request};

use crate::camera::{Move, Path};
use crate::maths::hash_text;

/// One shot, in frames.
#[derive(Clone, Debug)]
pub(crate) struct ShotPlan {
    /// Its words.
    pub(crate) words: String,
    /// Number of its first frame.
    pub(crate) start: u32,
    /// How many frames it has.
    pub(crate) frames: u32,
    /// Its camera.
    pub(crate) path: Path,
}

impl ShotPlan {
    /// Length in whole seconds.
    pub(crate) fn seconds(&self) -> u32 {
        self.frames / FRAMES_PER_SECOND
    }

    /// How far frame `n` of the whole is into the shot: 0 at its first frame, 1 at its last.
    pub(crate) fn progress(&self, n: u32) -> f32 {
        n.saturating_sub(self.start) as f32 / (self.frames - 1) as f32
    }
}

/// The shots of a request: several where it says so, otherwise one.
pub(crate) fn shots(request: &Request, (width, height): (u32, u32)) -> Vec<ShotPlan> {
    let told: Vec<(&str, u8)> = match request {
        Request::ImageToVideo(video) => match video.plan() {
            Plan::Shots(shots) => shots
                .iter()
                .map(|shot| (shot.prompt(), shot.duration_secs()))
                .collect(),
            Plan::Single { duration_secs, .. } => vec![(request.prompt(), *duration_secs)],
        },
        Request::TextToVideo(_) => vec![(request.prompt(), request.duration_secs())],
    };
    let ratio = width as f32 / height as f32;
    let mut start = 0;
    told.into_iter()
        .enumerate()
        .map(|(index, (words, seconds))| {
            let camera = Move::from_words(words).unwrap_or(Move::PushIn);
            let path = Path::new(camera, index, ratio, f32::from(seconds), hash_text(words));
            let frames = u32::from(seconds) * FRAMES_PER_SECOND;
            let shot = ShotPlan {
                words: words.to_owned(),
                start,
                frames,
                path,
            };
            start += frames;
            shot
        })
        .collect()
}

/// Frame size of a text-to-video request (Kling's own documentation, 720p).
pub(crate) fn size_of_ratio(ratio: AspectRatio) -> (u32, u32) {
    match ratio {
        AspectRatio::Wide => (1280, 720),
        AspectRatio::Tall => (720, 1280),
        AspectRatio::Square => (720, 720),
    }
}

/// Frame size for an image of `width × height`: its own ratio, the short side 720, both even; an image beyond
/// 2.5 : 1 is cut to that.
pub(crate) fn size_of_image(width: u32, height: u32) -> (u32, u32) {
    let (long, short) = (f64::from(width.max(height)), f64::from(width.min(height).max(1)));
    let ratio = (long / short).min(IMAGE_MAX_RATIO);
    let long = (ratio * f64::from(OUTPUT_SHORT_SIDE_PX) / 2.0 + 0.5).floor() as u32 * 2;
    if width >= height {
        (long, OUTPUT_SHORT_SIDE_PX)
    } else {
        (OUTPUT_SHORT_SIDE_PX, long)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_follow_the_image() {
        for (image, frame) in [
            ((1280, 720), (1280, 720)),
            ((720, 1280), (720, 1280)),
            ((300, 300), (720, 720)),
            ((4000, 3000), (960, 720)),
            ((3000, 4000), (720, 960)),
            ((1920, 1080), (1280, 720)),
            ((1000, 400), (1800, 720)),
            ((400, 1000), (720, 1800)),
            ((5000, 300), (1800, 720)),
            ((1179, 2556), (720, 1560)),
            ((1366, 768), (1280, 720)),
            ((301, 300), (722, 720)),
            ((65_535, 1), (1800, 720)),
        ] {
            assert_eq!(size_of_image(image.0, image.1), frame, "{image:?}");
        }
    }
}
