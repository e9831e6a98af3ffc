//! One request to one MP4: one thread draws, another encodes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::{fmt, panic, thread};

use rushes_animatic::{Animatic, AnimaticError, Frame, Picture};
use rushes_core::Request;

use super::encode::{EncodeError, VideoEncoder, encode_sound};
use super::mux::{self, VideoTrack};
use super::progress::Progress;

/// Frames under way between the two threads: enough that neither waits for a hiccup of the other.
const FRAMES_UNDER_WAY: usize = 4;

/// Why there is no video.
#[derive(Debug)]
pub(crate) enum RenderError {
    /// The server is stopping; the task goes back into the queue.
    Stopped,
    /// The request's images could not be drawn.
    Draw(AnimaticError),
    /// An encoder failed.
    Encode(EncodeError),
    /// The drawing thread ended early.
    DrawingEnded,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => f.write_str("the server was stopped"),
            Self::Draw(error) => write!(f, "{error}"),
            Self::Encode(error) => write!(f, "{error}"),
            Self::DrawingEnded => f.write_str("drawing ended before the last frame"),
        }
    }
}

/// Renders a request to the bytes of an MP4. `start` and `end` are the pictures behind images given as URLs.
pub(crate) fn render(
    request: &Request,
    start: Option<Picture>,
    end: Option<Picture>,
    progress: &Progress,
    stop: &AtomicBool,
) -> Result<Vec<u8>, RenderError> {
    let animatic = Animatic::new(request, start, end).map_err(RenderError::Draw)?;
    let video = encode_video(&animatic, progress, stop)?;
    let audio = animatic
        .sound()
        .map(encode_sound)
        .transpose()
        .map_err(RenderError::Encode)?;
    Ok(mux::mp4(&video, audio.as_ref()))
}

fn encode_video(
    animatic: &Animatic,
    progress: &Progress,
    stop: &AtomicBool,
) -> Result<VideoTrack, RenderError> {
    let (drawn_out, drawn) = sync_channel(FRAMES_UNDER_WAY);
    let (used_out, used) = sync_channel(FRAMES_UNDER_WAY + 1);
    thread::scope(|scope| {
        let drawing = scope.spawn(move || draw(animatic, &drawn_out, &used));
        let encoded = encode(animatic, &drawn, &used_out, progress, stop);
        // The ends of both channels must be gone before the drawing thread is waited for.
        drop(drawn);
        drop(used_out);
        match drawing.join() {
            Ok(()) => encoded,
            Err(cause) => panic::resume_unwind(cause),
        }
    })
}

/// Draws every frame, into frames that come back where there are some.
fn draw(animatic: &Animatic, drawn: &SyncSender<Frame>, used: &Receiver<Frame>) {
    for number in 0..animatic.frames() {
        let mut frame = used.try_recv().unwrap_or_else(|_| animatic.frame());
        animatic.draw(number, &mut frame);
        if drawn.send(frame).is_err() {
            return;
        }
    }
}

fn encode(
    animatic: &Animatic,
    drawn: &Receiver<Frame>,
    used: &SyncSender<Frame>,
    progress: &Progress,
    stop: &AtomicBool,
) -> Result<VideoTrack, RenderError> {
    let mut encoder: Option<VideoEncoder> = None;
    for done in 1..=animatic.frames() {
        if stop.load(Ordering::Relaxed) {
            return Err(RenderError::Stopped);
        }
        let frame = drawn.recv().map_err(|_| RenderError::DrawingEnded)?;
        let encoder = match &mut encoder {
            Some(encoder) => encoder,
            none => {
                none.insert(VideoEncoder::new(frame.width(), frame.height()).map_err(RenderError::Encode)?)
            }
        };
        encoder.push(&frame).map_err(RenderError::Encode)?;
        progress.finished(done);
        // Full or gone: then the frame is simply dropped.
        let _ = used.try_send(frame);
    }
    encoder
        .ok_or(RenderError::DrawingEnded)?
        .finish()
        .map_err(RenderError::Encode)
}
