//! Which bytes lie where: the sample tables, and sound laid beside the pictures it belongs to.

use super::boxes::{Writer, narrow};
use super::{AudioTrack, Samples, VideoTrack};

/// A run of frames that lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Where it begins, from the first byte of the media.
    offset: u32,
    /// How many frames.
    frames: u32,
}

/// A part of the media, in the order of the file.
#[derive(Debug)]
pub(super) struct Part<'a>(&'a [u8]);

impl Part<'_> {
    pub(super) fn bytes(&self) -> &[u8] {
        self.0
    }
}

/// Where every frame lies.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    pub(super) order: Vec<Part<'a>>,
    pub(super) video: Vec<Chunk>,
    pub(super) audio: Vec<Chunk>,
}

/// Half a second of pictures, then the sound of that half second, and so on.
pub(super) fn interleave<'a>(video: &'a VideoTrack, audio: Option<&'a AudioTrack>) -> Layout<'a> {
    let mut layout = Layout::default();
    let mut place = 0_u32;
    let frames_per_chunk = (video.frames_per_second / 2).max(1);
    let mut pictures = Cursor::new(&video.samples);
    let mut sounds = audio.map(|track| (track, Cursor::new(&track.samples)));
    while pictures.left() > 0 {
        layout
            .video
            .push(pictures.take(frames_per_chunk, &mut place, &mut layout.order));
        if let Some((track, cursor)) = &mut sounds {
            // Sound up to where the pictures are; all that is left at the end.
            let due = if pictures.left() == 0 {
                cursor.left()
            } else {
                let samples = u64::from(pictures.next) * u64::from(track.sample_rate)
                    / u64::from(video.frames_per_second.max(1));
                let frames =
                    (samples + u64::from(track.priming)).div_ceil(u64::from(track.frame_samples.max(1)));
                u32::try_from(frames)
                    .unwrap_or(u32::MAX)
                    .saturating_sub(cursor.next)
            };
            if due > 0 && cursor.left() > 0 {
                layout.audio.push(cursor.take(due, &mut place, &mut layout.order));
            }
        }
    }
    layout
}

struct Cursor<'a> {
    samples: &'a Samples,
    next: u32,
    byte: usize,
}

impl<'a> Cursor<'a> {
    fn new(samples: &'a Samples) -> Self {
        Self {
            samples,
            next: 0,
            byte: 0,
        }
    }

    fn left(&self) -> u32 {
        self.samples.len() - self.next
    }

    fn take(&mut self, frames: u32, place: &mut u32, order: &mut Vec<Part<'a>>) -> Chunk {
        let frames = frames.min(self.left());
        let sizes = self
            .samples
            .sizes
            .iter()
            .skip(self.next as usize)
            .take(frames as usize);
        let bytes: u32 = sizes.sum();
        let end = self.byte + bytes as usize;
        order.push(Part(self.samples.bytes.get(self.byte..end).unwrap_or_default()));
        let chunk = Chunk {
            offset: *place,
            frames,
        };
        self.next += frames;
        self.byte = end;
        *place += bytes;
        chunk
    }
}

/// Every frame lasts as long as the others.
pub(super) fn stts(stbl: &mut Writer, frames: u32, ticks: u32) {
    stbl.full(*b"stts", 0, 0, |stts| {
        stts.u32(1).u32(frames).u32(ticks);
    });
}

/// The frames that decode by themselves, counted from 1.
pub(super) fn stss(stbl: &mut Writer, keyframes: &[u32]) {
    stbl.full(*b"stss", 0, 0, |stss| {
        stss.u32(narrow(keyframes.len()));
        for frame in keyframes {
            stss.u32(frame + 1);
        }
    });
}

/// How many frames each chunk has, how big each frame is, and where the chunks begin.
pub(super) fn chunks_and_sizes(stbl: &mut Writer, sizes: &[u32], chunks: &[Chunk], media_start: u32) {
    let numbered = (1_u32..).zip(chunks);
    let runs: Vec<(u32, u32)> = numbered
        .map(|(number, chunk)| (number, chunk.frames))
        .scan(None, |last, (number, frames)| {
            let changed = *last != Some(frames);
            *last = Some(frames);
            Some(changed.then_some((number, frames)))
        })
        .flatten()
        .collect();
    stbl.full(*b"stsc", 0, 0, |stsc| {
        stsc.u32(narrow(runs.len()));
        for (first, frames) in runs {
            stsc.u32(first).u32(frames).u32(1);
        }
    });
    stbl.full(*b"stsz", 0, 0, |stsz| {
        stsz.u32(0).u32(narrow(sizes.len()));
        for size in sizes {
            stsz.u32(*size);
        }
    });
    stbl.full(*b"stco", 0, 0, |stco| {
        stco.u32(narrow(chunks.len()));
        for chunk in chunks {
            stco.u32(media_start + chunk.offset);
        }
    });
}
