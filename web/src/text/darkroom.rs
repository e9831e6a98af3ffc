//! Words of the darkroom: where pictures are made fit, taken, and found in earlier takes.

use super::Labelled;

/// Words of the darkroom.
#[derive(Debug)]
pub struct Darkroom {
    /// Above it: that all happens here.
    pub about: &'static str,
    /// While the picture is opened.
    pub opening: &'static str,
    /// The browser cannot open that format, by its name.
    pub cannot_open: fn(&str) -> String,
    /// What can be done then.
    pub convert: &'static str,
    /// The shape of the crop.
    pub shape: &'static str,
    /// Any shape that is allowed.
    pub shape_free: &'static str,
    /// The crop's name, which tells where it is: width, height, left, top.
    pub crop: fn(u32, u32, u32, u32) -> String,
    /// What kind of thing the crop is.
    pub crop_kind: &'static str,
    /// How it is moved by keys.
    pub crop_hint: &'static str,
    /// Pixels from the left.
    pub left: &'static str,
    /// Pixels from the top.
    pub top: &'static str,
    /// Pixels across.
    pub width: &'static str,
    /// Pixels down.
    pub height: &'static str,
    /// Most pixels on the long side of what comes out.
    pub longest: Labelled,
    /// Above the numbers.
    pub numbers: &'static str,
    /// Of the file as it is.
    pub before: &'static str,
    /// Of the file as it will be.
    pub after: &'static str,
    /// Rows: pixels.
    pub pixels: &'static str,
    /// Rows: ratio.
    pub ratio: &'static str,
    /// Rows: size of the file.
    pub size: &'static str,
    /// Rows: format.
    pub format: &'static str,
    /// Rows: location.
    pub location: &'static str,
    /// The file names a place.
    pub location_there: &'static str,
    /// What is made names none.
    pub location_none: &'static str,
    /// Not known, or being made.
    pub unknown: &'static str,
    /// It was turned upright by what the camera noted.
    pub turned: &'static str,
    /// Uses it.
    pub use_it: &'static str,
    /// Leaves all as it was.
    pub cancel: &'static str,
    /// It was made, from and to.
    pub done: fn(&str, &str) -> String,
    /// It could not be made.
    pub failed: &'static str,
    /// Takes the picture.
    pub shoot: &'static str,
    /// While the camera starts.
    pub camera_wait: &'static str,
    /// The user, or the system, said no.
    pub camera_denied: &'static str,
    /// There is none.
    pub camera_missing: &'static str,
    /// Another program has it, or something else.
    pub camera_failed: &'static str,
    /// Cameras are for https only.
    pub camera_insecure: &'static str,
    /// What the camera shows.
    pub camera_view: &'static str,
    /// The other camera.
    pub camera_other: &'static str,
    /// Makes the frame that the player shows the start image.
    pub use_frame: &'static str,
    /// It is.
    pub frame_used: &'static str,
    /// The player shows none yet, or this browser cannot draw it.
    pub no_frame: &'static str,
}
