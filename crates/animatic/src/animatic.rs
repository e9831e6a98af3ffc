use core::fmt;

use rushes_core::Request;
use rushes_core::limits::FRAMES_PER_SECOND;
use rushes_core::request::{ImageSource, ImageToVideo, Plan};

use crate::backdrop::{Backdrop, Still};
use crate::caption::Captions;
use crate::frame::Frame;
use crate::maths::smoothstep;
use crate::picture::{Picture, PictureError};
use crate::plan::{self, ShotPlan};
use crate::scene::Mood;
use crate::sound::Sound;

/// A request, ready to be drawn: any frame, in any order, from any thread.
pub struct Animatic {
    width: u32,
    height: u32,
    shots: Vec<ShotPlan>,
    backdrop: Backdrop,
    end: Option<Still>,
    captions: Captions,
    sound: Option<Sound>,
}

impl Animatic {
    /// Prepares a request: decodes its inline images and draws once what does not change from frame to frame.
    ///
    /// `start` and `end` are the pictures of `image` and `end_image` where the host has them; a host passes them for
    /// images that the request names by URL, since only a host can fetch. Inline images are decoded here when not
    /// passed. A URL whose picture the host does not have becomes a neutral card with the words; for text to video
    /// both are ignored.
    ///
    /// # Errors
    /// An [`AnimaticError`] where an inline image cannot be decoded.
    pub fn new(
        request: &Request,
        start: Option<Picture>,
        end: Option<Picture>,
    ) -> Result<Self, AnimaticError> {
        match request {
            Request::TextToVideo(video) => {
                let size = plan::size_of_ratio(video.aspect_ratio());
                let shots = plan::shots(request, size);
                let backdrop = Backdrop::of_mood(Mood::of(request.prompt()), size);
                Ok(Self::assemble(request, size, shots, backdrop, None))
            }
            Request::ImageToVideo(video) => {
                let start = picture(video.image(), start).map_err(AnimaticError::Image)?;
                let end = match end_image(video) {
                    Some(source) => picture(source, end).map_err(AnimaticError::EndImage)?,
                    None => None,
                };
                Ok(Self::of_pictures(request, start.as_ref(), end.as_ref()))
            }
        }
    }

    fn of_pictures(request: &Request, start: Option<&Picture>, end: Option<&Picture>) -> Self {
        // Without the first picture the last one still says which shape the video has.
        let size = start.or(end).map_or((1280, 720), |known| {
            plan::size_of_image(known.width(), known.height())
        });
        let shots = plan::shots(request, size);
        let backdrop = match start {
            Some(picture) => {
                let closest = shots
                    .iter()
                    .map(|shot| shot.path.typical_zoom())
                    .fold(1.0, f32::max);
                Backdrop::of_picture(picture, size, closest)
            }
            None => Backdrop::of_mood(Mood::neutral(), size),
        };
        let end = end.map(|picture| Still::new(picture, size));
        Self::assemble(request, size, shots, backdrop, end)
    }

    fn assemble(
        request: &Request,
        size: (u32, u32),
        shots: Vec<ShotPlan>,
        backdrop: Backdrop,
        end: Option<Still>,
    ) -> Self {
        let captions = Captions::new(&shots, size);
        let sound = request
            .sound()
            .then(|| Sound::new(&Mood::of(request.prompt()), &shots));
        Self {
            width: size.0,
            height: size.1,
            shots,
            backdrop,
            end,
            captions,
            sound,
        }
    }

    /// Pixels: even, 720 to 1800.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels: even, 720 to 1800.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Frames per second: 24.
    pub fn fps(&self) -> u32 {
        FRAMES_PER_SECOND
    }

    /// Number of frames: 24 for each second, 72 to 360.
    pub fn frames(&self) -> u32 {
        self.shots.iter().map(|shot| shot.frames).sum()
    }

    /// Number of the first frame of every shot, the first of them 0.
    pub fn cuts(&self) -> impl Iterator<Item = u32> + '_ {
        self.shots.iter().map(|shot| shot.start)
    }

    /// Its sound, where the request asks for one.
    pub fn sound(&self) -> Option<&Sound> {
        self.sound.as_ref()
    }

    /// A black frame of the right size, to be drawn into again and again.
    pub fn frame(&self) -> Frame {
        Frame::new(self.width, self.height)
    }

    /// Draws frame `n`, counted from 0, over whatever `frame` held; beyond the last frame, the last one.
    ///
    /// A frame of another size is made the right size first.
    pub fn draw(&self, n: u32, frame: &mut Frame) {
        frame.resize(self.width as usize, self.height as usize);
        let n = n.min(self.frames() - 1);
        // The first shot starts at frame 0, so there always is one.
        let index = self.shots.partition_point(|shot| shot.start <= n) - 1;
        let shot = &self.shots[index];
        let t = shot.progress(n);
        match &self.end {
            Some(end) if n + 1 == self.frames() => end.draw_exactly(frame),
            Some(end) => {
                self.backdrop.draw(&shot.path, t, n, frame);
                // The first picture has a third of the time to itself.
                let share = smoothstep((t - 0.33) / 0.67);
                end.dissolve(&shot.path.arriving(t), share, frame);
            }
            None => self.backdrop.draw(&shot.path, t, n, frame),
        }
        self.captions.draw(n, index, shot, frame);
    }
}

impl fmt::Debug for Animatic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Animatic")
            .field("width", &self.width)
            .field("height", &self.height)
            .field("frames", &self.frames())
            .field("shots", &self.shots.len())
            .finish_non_exhaustive()
    }
}

/// The picture the host has, or the one the request carries.
fn picture(source: &ImageSource, known: Option<Picture>) -> Result<Option<Picture>, PictureError> {
    if known.is_some() {
        Ok(known)
    } else {
        Picture::of_source(source)
    }
}

fn end_image(video: &ImageToVideo) -> Option<&ImageSource> {
    match video.plan() {
        Plan::Single { end_image, .. } => end_image.as_ref(),
        Plan::Shots(_) => None,
    }
}

/// Why a request could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnimaticError {
    /// `image` could not be decoded.
    Image(PictureError),
    /// `end_image` could not be decoded.
    EndImage(PictureError),
}

impl fmt::Display for AnimaticError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Image(error) => write!(f, "image: {error}"),
            Self::EndImage(error) => write!(f, "end_image: {error}"),
        }
    }
}

impl core::error::Error for AnimaticError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Image(error) | Self::EndImage(error) => Some(error),
        }
    }
}
