use super::ImageFormat;
use super::probe::{Found, Step, Trouble, View};
use crate::limits::IMAGE_MAX_BYTES;

/// The first eight bytes of every PNG.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The last chunk of every PNG, whole.
const LAST_CHUNK: &[u8; 12] = b"\0\0\0\0IEND\xaeB`\x82";
/// Largest width, height and chunk that the format allows.
const MAX: u32 = i32::MAX as u32;
/// Most chunks that are walked over to see whether picture data break off; beyond, the file has the benefit of doubt.
const CHUNKS_MAX: u32 = 4096;

/// Reads a PNG: the header chunk, then whether the picture data are all there.
///
/// An orientation (`eXIf`) is not looked at: browsers disagree on it, and no rule depends on which side is which.
#[derive(Debug)]
pub(super) struct Png {
    found: Option<Found>,
    /// Where the next chunk starts, once the tail was not the last chunk.
    chunk_at: Option<u64>,
    chunks: u32,
}

impl Png {
    pub(super) fn new() -> Self {
        Self {
            found: None,
            chunk_at: None,
            chunks: 0,
        }
    }

    pub(super) fn step(&mut self, view: View<'_>) -> Option<Step> {
        match (self.found, self.chunk_at) {
            (None, _) => self.found = Some(header(view)?),
            (Some(found), None) => {
                if view.end() > IMAGE_MAX_BYTES || tail_is_last_chunk(view)? {
                    return Some(Step::Done(found));
                }
                self.chunk_at = Some(HEADER_END);
            }
            (Some(found), Some(at)) => match after_chunk(view, at)? {
                After::Chunk(next) if self.chunks < CHUNKS_MAX => {
                    self.chunk_at = Some(next);
                    self.chunks += 1;
                }
                _ => return Some(Step::Done(found)),
            },
        }
        Some(Step::On)
    }
}

/// Where the header chunk ends.
const HEADER_END: u64 = 33;

fn header(view: View<'_>) -> Option<Found> {
    let chunk: [u8; 25] = view.array(8)?;
    let [
        len @ ..,
        b'I',
        b'H',
        b'D',
        b'R',
        w0,
        w1,
        w2,
        w3,
        h0,
        h1,
        h2,
        h3,
        _,
        _,
        _,
        _,
        _,
        c0,
        c1,
        c2,
        c3,
    ] = chunk
    else {
        return view.damaged("a PNG must begin with its IHDR chunk");
    };
    if u32::from_be_bytes(len) != 13 {
        return view.damaged("its IHDR chunk has the wrong length");
    }
    if crc32(&chunk[4..21]) != u32::from_be_bytes([c0, c1, c2, c3]) {
        return view.damaged("the checksum of its header is wrong");
    }
    let (width, height) = (
        u32::from_be_bytes([w0, w1, w2, w3]),
        u32::from_be_bytes([h0, h1, h2, h3]),
    );
    if width == 0 || height == 0 {
        return view.damaged("its header gives a width or height of 0");
    }
    if width > MAX || height > MAX {
        return view.damaged("its header gives an impossible width or height");
    }
    Some(Found {
        format: ImageFormat::Png,
        width,
        height,
        orientation: 1,
    })
}

fn tail_is_last_chunk(view: View<'_>) -> Option<bool> {
    match view.end().checked_sub(LAST_CHUNK.len() as u64) {
        Some(at) if at >= HEADER_END => Some(view.array(at)? == *LAST_CHUNK),
        _ => Some(false),
    }
}

/// What follows a chunk.
enum After {
    /// Another one, here.
    Chunk(u64),
    /// The walk ends without proof that anything is missing: at the last chunk, at the end of the file, at what is no
    /// chunk.
    Nothing,
}

fn after_chunk(view: View<'_>, at: u64) -> Option<After> {
    if at.saturating_add(8) > view.end() {
        return Some(After::Nothing);
    }
    let [l0, l1, l2, l3, name @ ..] = view.array::<8>(at)?;
    let len = u32::from_be_bytes([l0, l1, l2, l3]);
    if name == *b"IEND" || !name.iter().all(u8::is_ascii_alphabetic) {
        return Some(After::Nothing);
    }
    let next = at + 12 + u64::from(len);
    if len > MAX || next > view.end() {
        return view.over(Trouble::CutOff);
    }
    Some(After::Chunk(next))
}

/// The checksum of PNG chunks (CRC-32 of ISO 3309), bit by bit: it runs over 17 bytes.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}
