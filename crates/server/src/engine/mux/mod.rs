//! A video track and perhaps a sound track, written as an MP4 that plays while it loads (`moov` first).
//!
//! ISO/IEC 14496-12 (the boxes), 14496-15 (`avc1`, `avcC`), 14496-14 and -1 (`mp4a`, `esds`).

mod boxes;
mod tables;
#[cfg(test)]
mod tests;

use boxes::Writer;
use tables::{Chunk, interleave};

/// Ticks per second of the movie's own clock: whole seconds and milliseconds are exact.
const MOVIE_SCALE: u32 = 1000;
/// Ticks per frame on the video track's clock.
const TICKS_PER_FRAME: u32 = 512;

/// An H.264 track: constant frame rate, no reordering.
#[derive(Debug)]
pub(crate) struct VideoTrack {
    /// Pixels.
    pub(crate) width: u16,
    /// Pixels.
    pub(crate) height: u16,
    /// Frames per second.
    pub(crate) frames_per_second: u32,
    /// Sequence parameter set, without start code.
    pub(crate) sps: Vec<u8>,
    /// Picture parameter set, without start code.
    pub(crate) pps: Vec<u8>,
    /// The frames, each of NAL units with four-byte lengths.
    pub(crate) samples: Samples,
    /// Which frames decode by themselves, counted from 0.
    pub(crate) keyframes: Vec<u32>,
}

/// An AAC track.
#[derive(Debug)]
pub(crate) struct AudioTrack {
    /// Samples per second.
    pub(crate) sample_rate: u32,
    /// Channels.
    pub(crate) channels: u16,
    /// The decoder's configuration (`AudioSpecificConfig`).
    pub(crate) config: Vec<u8>,
    /// Bits per second, as a statement.
    pub(crate) bits_per_second: u32,
    /// Audio samples per frame.
    pub(crate) frame_samples: u32,
    /// Samples at the start that belong to the codec, not to the sound.
    pub(crate) priming: u32,
    /// The frames.
    pub(crate) samples: Samples,
}

/// Encoded frames, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    bytes: Vec<u8>,
    sizes: Vec<u32>,
}

impl Samples {
    /// Adds one frame.
    pub(crate) fn push(&mut self, frame: &[u8]) {
        self.bytes.extend_from_slice(frame);
        self.sizes.push(boxes::narrow(frame.len()));
    }

    /// How many frames.
    pub(crate) fn len(&self) -> u32 {
        boxes::narrow(self.sizes.len())
    }
}

/// The whole file.
pub(crate) fn mp4(video: &VideoTrack, audio: Option<&AudioTrack>) -> Vec<u8> {
    let duration_ms = video.samples.len() * MOVIE_SCALE / video.frames_per_second;
    let layout = interleave(video, audio);
    let head = |offset: u32| {
        let mut out = Writer::default();
        ftyp(&mut out);
        out.nest(*b"moov", |moov| {
            mvhd(moov, duration_ms, if audio.is_some() { 3 } else { 2 });
            video_trak(moov, video, duration_ms, &layout.video, offset);
            if let Some(audio) = audio {
                audio_trak(moov, audio, duration_ms, &layout.audio, offset);
            }
        });
        out.into_bytes()
    };
    // The chunk offsets count from the file's start, so the head's size must be known first; it depends on no offset.
    let media_start = boxes::narrow::<u32>(head(0).len()) + 8;
    let mut file = head(media_start);
    file.reserve(8 + layout.order.iter().map(|part| part.bytes().len()).sum::<usize>());
    let media_bytes: usize = layout.order.iter().map(|part| part.bytes().len()).sum();
    file.extend_from_slice(&boxes::narrow::<u32>(media_bytes + 8).to_be_bytes());
    file.extend_from_slice(b"mdat");
    for part in &layout.order {
        file.extend_from_slice(part.bytes());
    }
    file
}

fn ftyp(out: &mut Writer) {
    out.nest(*b"ftyp", |ftyp| {
        ftyp.bytes(b"isom").u32(0x200);
        for brand in [b"isom", b"iso2", b"avc1", b"mp41"] {
            ftyp.bytes(brand);
        }
    });
}

fn mvhd(moov: &mut Writer, duration_ms: u32, next_track: u32) {
    moov.full(*b"mvhd", 0, 0, |mvhd| {
        // No times of day: the same request gives the same bytes.
        mvhd.u32(0).u32(0).u32(MOVIE_SCALE).u32(duration_ms);
        mvhd.u32(0x0001_0000)
            .u16(0x0100)
            .zeros(10)
            .matrix()
            .zeros(24)
            .u32(next_track);
    });
}

fn video_trak(moov: &mut Writer, track: &VideoTrack, duration_ms: u32, chunks: &[Chunk], offset: u32) {
    moov.nest(*b"trak", |trak| {
        tkhd(trak, 1, duration_ms, 0, [track.width, track.height]);
        trak.nest(*b"edts", |edts| elst(edts, duration_ms, 0));
        trak.nest(*b"mdia", |mdia| {
            let scale = track.frames_per_second * TICKS_PER_FRAME;
            mdhd(mdia, scale, track.samples.len() * TICKS_PER_FRAME);
            hdlr(mdia, *b"vide", "video");
            mdia.nest(*b"minf", |minf| {
                minf.full(*b"vmhd", 0, 1, |vmhd| {
                    vmhd.zeros(8);
                });
                dinf(minf);
                minf.nest(*b"stbl", |stbl| {
                    stbl.full(*b"stsd", 0, 0, |stsd| {
                        stsd.u32(1);
                        avc1(stsd, track);
                    });
                    tables::stts(stbl, track.samples.len(), TICKS_PER_FRAME);
                    tables::stss(stbl, &track.keyframes);
                    tables::chunks_and_sizes(stbl, &track.samples.sizes, chunks, offset);
                });
            });
        });
    });
}

fn audio_trak(moov: &mut Writer, track: &AudioTrack, duration_ms: u32, chunks: &[Chunk], offset: u32) {
    moov.nest(*b"trak", |trak| {
        tkhd(trak, 2, duration_ms, 0x0100, [0, 0]);
        // The codec's run-up is cut off at the start, its padding at the end.
        trak.nest(*b"edts", |edts| elst(edts, duration_ms, track.priming));
        trak.nest(*b"mdia", |mdia| {
            mdhd(mdia, track.sample_rate, track.samples.len() * track.frame_samples);
            hdlr(mdia, *b"soun", "sound");
            mdia.nest(*b"minf", |minf| {
                minf.full(*b"smhd", 0, 0, |smhd| {
                    smhd.zeros(4);
                });
                dinf(minf);
                minf.nest(*b"stbl", |stbl| {
                    stbl.full(*b"stsd", 0, 0, |stsd| {
                        stsd.u32(1);
                        mp4a(stsd, track);
                    });
                    tables::stts(stbl, track.samples.len(), track.frame_samples);
                    tables::chunks_and_sizes(stbl, &track.samples.sizes, chunks, offset);
                });
            });
        });
    });
}

fn tkhd(trak: &mut Writer, id: u32, duration_ms: u32, volume: u16, size: [u16; 2]) {
    // Flags: enabled, in the movie, in the preview.
    trak.full(*b"tkhd", 0, 7, |tkhd| {
        tkhd.u32(0).u32(0).u32(id).u32(0).u32(duration_ms).zeros(8);
        tkhd.u16(0).u16(u16::from(id > 1)).u16(volume).u16(0).matrix();
        tkhd.u32(u32::from(size[0]) << 16).u32(u32::from(size[1]) << 16);
    });
}

fn elst(edts: &mut Writer, duration_ms: u32, media_time: u32) {
    edts.full(*b"elst", 0, 0, |elst| {
        elst.u32(1).u32(duration_ms).u32(media_time).u32(0x0001_0000);
    });
}

fn mdhd(mdia: &mut Writer, scale: u32, duration: u32) {
    /// `und`, three letters of five bits.
    const UNDETERMINED: u16 = 0x55c4;
    mdia.full(*b"mdhd", 0, 0, |mdhd| {
        mdhd.u32(0)
            .u32(0)
            .u32(scale)
            .u32(duration)
            .u16(UNDETERMINED)
            .u16(0);
    });
}

fn hdlr(mdia: &mut Writer, kind: [u8; 4], name: &str) {
    mdia.full(*b"hdlr", 0, 0, |hdlr| {
        hdlr.u32(0).bytes(&kind).zeros(12).bytes(name.as_bytes()).u8(0);
    });
}

fn dinf(minf: &mut Writer) {
    minf.nest(*b"dinf", |dinf| {
        dinf.full(*b"dref", 0, 0, |dref| {
            // One entry: the media is in this file.
            dref.u32(1).full(*b"url ", 0, 1, |_| {});
        });
    });
}

fn avc1(stsd: &mut Writer, track: &VideoTrack) {
    stsd.nest(*b"avc1", |avc1| {
        avc1.zeros(6).u16(1).zeros(16).u16(track.width).u16(track.height);
        avc1.u32(0x0048_0000)
            .u32(0x0048_0000)
            .u32(0)
            .u16(1)
            .zeros(32)
            .u16(24)
            .u16(0xffff);
        avc1.nest(*b"avcC", |avcc| {
            // Profile, constraints and level stand in the parameter set's first bytes after its NAL header.
            let [profile, constraints, level] =
                [1, 2, 3].map(|index| track.sps.get(index).copied().unwrap_or_default());
            avcc.u8(1).u8(profile).u8(constraints).u8(level).u8(0xff).u8(0xe1);
            avcc.u16(boxes::narrow(track.sps.len())).bytes(&track.sps);
            avcc.u8(1).u16(boxes::narrow(track.pps.len())).bytes(&track.pps);
        });
        avc1.nest(*b"colr", |colr| {
            // BT.709 primaries, transfer and matrix, limited range.
            colr.bytes(b"nclx").u16(1).u16(1).u16(1).u8(0);
        });
        avc1.nest(*b"pasp", |pasp| {
            pasp.u32(1).u32(1);
        });
    });
}

fn mp4a(stsd: &mut Writer, track: &AudioTrack) {
    stsd.nest(*b"mp4a", |mp4a| {
        mp4a.zeros(6)
            .u16(1)
            .zeros(8)
            .u16(track.channels)
            .u16(16)
            .u32(0)
            .u32(track.sample_rate << 16);
        mp4a.full(*b"esds", 0, 0, |esds| {
            let config_bytes: u8 = boxes::narrow(track.config.len());
            // ES descriptor, holding the decoder's configuration and how it is packed.
            esds.u8(3).u8(23 + config_bytes).u16(2).u8(0);
            esds.u8(4).u8(15 + config_bytes).u8(0x40).u8(0x15).zeros(3);
            esds.u32(track.bits_per_second).u32(track.bits_per_second);
            esds.u8(5).u8(config_bytes).bytes(&track.config);
            esds.u8(6).u8(1).u8(2);
        });
    });
}
