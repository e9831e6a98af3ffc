//! Every documented number of the two endpoints, once, with where it comes from.
//!
//! "Documented" means Novita AI's reference of Kling v3.0 Standard text-to-video and image-to-video.

/// Longest `prompt` and `negative_prompt`, in Unicode scalar values (documented: "0 - 2500").
pub const PROMPT_MAX_CHARS: usize = 2500;
/// Longest shot prompt that Kling itself takes, in Unicode scalar values; more is a warning.
pub const SHOT_PROMPT_ADVISED_CHARS: usize = 512;
/// Shortest video, shot and sum of shots, in seconds (documented).
pub const DURATION_MIN_SECS: u8 = 3;
/// Longest video, shot and sum of shots, in seconds (documented).
pub const DURATION_MAX_SECS: u8 = 15;
/// Length of a video or a shot whose `duration` is not given, in seconds (documented).
pub const DURATION_DEFAULT_SECS: u8 = 5;
/// `cfg_scale` when not given (documented).
pub const CFG_SCALE_DEFAULT: f64 = 0.5;
/// Smallest `cfg_scale`: most freedom (documented).
pub const CFG_SCALE_MIN: f64 = 0.0;
/// Largest `cfg_scale`: strict adherence (documented).
pub const CFG_SCALE_MAX: f64 = 1.0;
/// The values of `aspect_ratio`, the default first (documented).
pub const ASPECT_RATIOS: [&str; 3] = ["16:9", "9:16", "1:1"];
/// Largest image file in bytes, before base64: "10 MB" read as 10 × 1024 × 1024.
pub const IMAGE_MAX_BYTES: u64 = 10 * 1024 * 1024;
/// Above this many bytes an image gets a warning: "10 MB" may mean 10,000,000.
pub const IMAGE_ADVISED_BYTES: u64 = 10_000_000;
/// Smallest width and height of an image in pixels (documented).
pub const IMAGE_MIN_SIDE_PX: u32 = 300;
/// Widest and tallest aspect ratio of an image, long side over short side (documented: 1:2.5 to 2.5:1).
pub const IMAGE_MAX_RATIO: f64 = 2.5;
/// Frames per second of the result (Kling's own documentation).
pub const FRAMES_PER_SECOND: u32 = 24;
/// Short side of the result in pixels (Kling's own documentation, 720p).
pub const OUTPUT_SHORT_SIDE_PX: u32 = 720;
