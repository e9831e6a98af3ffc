use rushes_animatic::Sound;
use syom::{EncodeOptions, Encoder};

use super::EncodeError;
use crate::engine::mux::{AudioTrack, Samples};

/// Bits per second of the sound track, both channels together.
const BITS_PER_SECOND: u32 = 128_000;
/// Samples in one frame of AAC-LC.
const FRAME_SAMPLES: u32 = 1024;
/// Left and right.
const CHANNELS: usize = 2;

/// Encodes stereo sound to a track.
pub(crate) fn encode_sound(sound: &Sound) -> Result<AudioTrack, EncodeError> {
    let options = EncodeOptions::raw().with_bitrate_bps(BITS_PER_SECOND);
    let mut encoder = Encoder::new(sound.rate(), CHANNELS, &options).map_err(EncodeError::Sound)?;
    let config = encoder.asc().to_vec();
    let mut out = Samples::default();
    let mut block = [[0.0_f32; CHANNELS]; FRAME_SAMPLES as usize];
    for at in (0..sound.samples()).step_by(block.len()) {
        let count = (sound.samples() - at).min(FRAME_SAMPLES) as usize;
        let block = &mut block[..count];
        sound.fill(at, block);
        let left: Vec<f32> = block.iter().map(|pair| pair[0]).collect();
        let right: Vec<f32> = block.iter().map(|pair| pair[1]).collect();
        encoder
            .feed(&[&left, &right], |frame| {
                out.push(frame.au);
                Ok(())
            })
            .map_err(EncodeError::Sound)?;
    }
    let info = encoder
        .finish(|frame| {
            out.push(frame.au);
            Ok(())
        })
        .map_err(EncodeError::Sound)?;
    Ok(AudioTrack {
        sample_rate: sound.rate(),
        channels: sound.channels(),
        config,
        bits_per_second: BITS_PER_SECOND,
        frame_samples: FRAME_SAMPLES,
        priming: u32::try_from(info.priming).unwrap_or(FRAME_SAMPLES),
        samples: out,
    })
}
