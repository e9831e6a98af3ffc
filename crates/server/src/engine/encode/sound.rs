use syom::{EncodeOptions, Encoder};

use super::EncodeError;
use crate::engine::mux::{AudioTrack, Samples};

/// Bits per second of the sound track, both channels together.
const BITS_PER_SECOND: u32 = 128_000;
/// Samples in one frame of AAC-LC.
const FRAME_SAMPLES: u32 = 1024;

/// Encodes stereo sound: `fill` is asked for block after block, `samples` of them in all.
pub(crate) fn encode_sound(
    sample_rate: u32,
    samples: u64,
    mut fill: impl FnMut(u64, &mut [[f32; 2]]),
) -> Result<AudioTrack, EncodeError> {
    let options = EncodeOptions::raw().with_bitrate_bps(BITS_PER_SECOND);
    let mut encoder = Encoder::new(sample_rate, 2, &options).map_err(EncodeError::Sound)?;
    let config = encoder.asc().to_vec();
    let mut out = Samples::default();
    let mut block = [[0.0_f32; 2]; FRAME_SAMPLES as usize];
    let mut at = 0_u64;
    while at < samples {
        let count = usize::try_from(samples - at).unwrap_or(usize::MAX).min(block.len());
        let block = &mut block[..count];
        fill(at, block);
        let left: Vec<f32> = block.iter().map(|pair| sound(pair[0])).collect();
        let right: Vec<f32> = block.iter().map(|pair| sound(pair[1])).collect();
        encoder
            .feed(&[&left, &right], |frame| {
                out.push(frame.au);
                Ok(())
            })
            .map_err(EncodeError::Sound)?;
        at += count as u64;
    }
    let info = encoder
        .finish(|frame| {
            out.push(frame.au);
            Ok(())
        })
        .map_err(EncodeError::Sound)?;
    Ok(AudioTrack {
        sample_rate,
        channels: 2,
        config,
        bits_per_second: BITS_PER_SECOND,
        frame_samples: FRAME_SAMPLES,
        priming: u32::try_from(info.priming).unwrap_or(FRAME_SAMPLES),
        samples: out,
    })
}

/// A sample the encoder takes.
fn sound(sample: f32) -> f32 {
    if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 }
}
