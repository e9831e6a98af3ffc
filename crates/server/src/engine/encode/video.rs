use openh264::OpenH264API;
use openh264::encoder::{
    Complexity, Encoder, EncoderConfig, FrameRate, IntraFramePeriod, RateControlMode, VuiConfig,
};
use openh264::formats::YUVSource;
use rushes_animatic::Frame;
use rushes_core::limits::FRAMES_PER_SECOND;

use super::EncodeError;
use crate::engine::mux::{Samples, VideoTrack};

const SEQUENCE_PARAMETER_SET: u8 = 7;
const PICTURE_PARAMETER_SET: u8 = 8;
const KEYFRAME_SLICE: u8 = 5;

/// Takes frames, gives a track.
pub(crate) struct VideoEncoder {
    encoder: Encoder,
    track: VideoTrack,
    sample: Vec<u8>,
}

impl VideoEncoder {
    /// An encoder for frames of that size, in pixels.
    pub(crate) fn new(width: u32, height: u32) -> Result<Self, EncodeError> {
        let config = EncoderConfig::new()
            .max_frame_rate(FrameRate::from_hz(rate()))
            // The same quality throughout (OpenH264 then quantises with 26 of 51) rather than the same rate: captions
            // stay sharp, and a photograph under a slow camera takes some two megabits a second.
            .rate_control_mode(RateControlMode::Off)
            .complexity(Complexity::Low)
            .skip_frames(false)
            // A keyframe each second: seeking lands close, and a player that joins late sees something soon.
            .intra_frame_period(IntraFramePeriod::from_num_frames(FRAMES_PER_SECOND))
            // One thread: the same request gives the same bytes, and the other core draws.
            .num_threads(1)
            .vui(VuiConfig::bt709());
        let encoder =
            Encoder::with_api_config(OpenH264API::from_source(), config).map_err(EncodeError::Video)?;
        let side = |pixels: u32| u16::try_from(pixels).map_err(|_| EncodeError::Size);
        let track = VideoTrack {
            width: side(width)?,
            height: side(height)?,
            frames_per_second: FRAMES_PER_SECOND,
            sps: Vec::new(),
            pps: Vec::new(),
            samples: Samples::default(),
            keyframes: Vec::new(),
        };
        Ok(Self {
            encoder,
            track,
            sample: Vec::new(),
        })
    }

    /// Encodes the next frame.
    pub(crate) fn push(&mut self, frame: &Frame) -> Result<(), EncodeError> {
        let stream = self.encoder.encode(&Planes(frame)).map_err(EncodeError::Video)?;
        self.sample.clear();
        let mut is_keyframe = false;
        for layer in (0..stream.num_layers()).filter_map(|index| stream.layer(index)) {
            for unit in (0..layer.nal_count()).filter_map(|index| layer.nal_unit(index)) {
                let unit = without_start_code(unit);
                match unit.first().map(|header| header & 0x1f) {
                    Some(SEQUENCE_PARAMETER_SET) => self.track.sps = unit.to_vec(),
                    Some(PICTURE_PARAMETER_SET) => self.track.pps = unit.to_vec(),
                    Some(kind) => {
                        is_keyframe |= kind == KEYFRAME_SLICE;
                        let length = u32::try_from(unit.len()).map_err(|_| EncodeError::Size)?;
                        self.sample.extend_from_slice(&length.to_be_bytes());
                        self.sample.extend_from_slice(unit);
                    }
                    None => {}
                }
            }
        }
        if is_keyframe {
            self.track.keyframes.push(self.track.samples.len());
        }
        self.track.samples.push(&self.sample);
        Ok(())
    }

    /// The track, when every frame was pushed.
    pub(crate) fn finish(self) -> Result<VideoTrack, EncodeError> {
        if self.track.sps.len() < 4 || self.track.pps.is_empty() {
            return Err(EncodeError::NoParameterSets);
        }
        Ok(self.track)
    }
}

#[expect(clippy::cast_precision_loss, reason = "24")]
fn rate() -> f32 {
    FRAMES_PER_SECOND as f32
}

/// A NAL unit as the encoder gives it begins with zeros and a one.
fn without_start_code(unit: &[u8]) -> &[u8] {
    let zeros = unit.iter().take_while(|byte| **byte == 0).count();
    match unit.get(zeros) {
        Some(1) if zeros >= 2 => &unit[zeros + 1..],
        _ => unit,
    }
}

struct Planes<'a>(&'a Frame);

impl YUVSource for Planes<'_> {
    fn dimensions(&self) -> (usize, usize) {
        (self.0.width() as usize, self.0.height() as usize)
    }

    fn strides(&self) -> (usize, usize, usize) {
        let width = self.0.width() as usize;
        (width, width / 2, width / 2)
    }

    fn y(&self) -> &[u8] {
        self.0.y()
    }

    fn u(&self) -> &[u8] {
        self.0.u()
    }

    fn v(&self) -> &[u8] {
        self.0.v()
    }
}
