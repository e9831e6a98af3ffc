//! A request drawn as an animatic: frames and sound for a draft that is plainly marked as one.
//!
//! [`Animatic`] turns a [`Request`](rushes_core::Request) (and the images it names) into frames of 4:2:0 video and
//! into samples. Image to video animates the actual image; text to video draws a storyboard card from the words.
//! Both follow the camera move that the words name, cut between shots at exact frames, and carry captions.
//!
//! **Deterministic.** The same request and the same image bytes give the same bytes on every machine: all arithmetic
//! is on integers or on floats with `+ - * /`, square root, rounding and comparison only, which IEEE 754 defines to
//! the bit (no `sin`, `exp` or `powf` of a platform's library, no fused operations); decoders run without SIMD; there
//! is no clock, no randomness and no thread. Frames and samples are random access: any order gives the same.
//!
//! ```no_run
//! # fn go(request: &rushes_core::Request) -> Result<(), rushes_animatic::AnimaticError> {
//! use rushes_animatic::Animatic;
//!
//! let animatic = Animatic::new(request, None, None)?;
//! let mut frame = animatic.frame();
//! for n in 0..animatic.frames() {
//!     animatic.draw(n, &mut frame);
//!     // hand frame.y(), frame.u(), frame.v() to an encoder
//! }
//! if let Some(sound) = animatic.sound() {
//!     let mut block = [[0.0; 2]; 960];
//!     sound.fill(0, &mut block);
//!     // and so on, until sound.samples()
//! }
//! # Ok(())
//! # }
//! ```

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "drawing goes back and forth between pixel counts, fixed point and floats, all far below 2^24; x, y, t, u and v are the names that everybody reads there"
)]

mod animatic;
mod backdrop;
mod camera;
mod caption;
mod colour;
mod frame;
mod maths;
mod paint;
mod picture;
mod plan;
mod plane;
mod sample;
mod scene;
mod sound;
mod text;

pub use animatic::{Animatic, AnimaticError};
pub use camera::Move;
pub use frame::Frame;
pub use picture::{MAX_PIXELS, Picture, PictureError};
pub use sound::Sound;
