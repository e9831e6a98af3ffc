use super::ImageFormat;
use super::probe::{Found, Halt, Step, Trouble, View};
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

    pub(super) fn step(&mut self, view: View<'_>) -> Result<Step, Halt> {
        match (self.found, self.chunk_at) {
            (None, _) => self.found = Some(header(view)?),
            (Some(found), None) => {
                if view.end() > IMAGE_MAX_BYTES || tail_is_last_chunk(view)? {
                    return Ok(Step::Done(found));
                }
                self.chunk_at = Some(HEADER_END);
            }
            (Some(found), Some(at)) => match next_chunk(view, at)? {
                Some(next) if self.chunks < CHUNKS_MAX => {
                    self.chunk_at = Some(next);
                    self.chunks += 1;
                }
                _ => return Ok(Step::Done(found)),
            },
        }
        Ok(Step::On)
    }
}

/// Where the header chunk ends.
const HEADER_END: u64 = 33;

fn header(view: View<'_>) -> Result<Found, Halt> {
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
        return Err(Trouble::Damaged("a PNG must begin with its IHDR chunk").into());
    };
    if u32::from_be_bytes(len) != 13 {
        return Err(Trouble::Damaged("its IHDR chunk has the wrong length").into());
    }
    if crc32(&chunk[4..21]) != u32::from_be_bytes([c0, c1, c2, c3]) {
        return Err(Trouble::Damaged("the checksum of its header is wrong").into());
    }
    let (width, height) = (
        u32::from_be_bytes([w0, w1, w2, w3]),
        u32::from_be_bytes([h0, h1, h2, h3]),
    );
    if width == 0 || height == 0 {
        return Err(Trouble::Damaged("its header gives a width or height of 0").into());
    }
    if width > MAX || height > MAX {
        return Err(Trouble::Damaged("its header gives an impossible width or height").into());
    }
    Ok(Found {
        format: ImageFormat::Png,
        width,
        height,
        orientation: 1,
    })
}

fn tail_is_last_chunk(view: View<'_>) -> Result<bool, Halt> {
    match view.end().checked_sub(LAST_CHUNK.len() as u64) {
        Some(at) if at >= HEADER_END => Ok(view.array(at)? == *LAST_CHUNK),
        _ => Ok(false),
    }
}

/// Where the chunk after this one starts; `None` where the walk ends without proof that anything is missing: at the
/// last chunk, at the end of the file, at what is no chunk.
fn next_chunk(view: View<'_>, at: u64) -> Result<Option<u64>, Halt> {
    if at.saturating_add(8) > view.end() {
        return Ok(None);
    }
    let [l0, l1, l2, l3, name @ ..] = view.array::<8>(at)?;
    let len = u32::from_be_bytes([l0, l1, l2, l3]);
    if name == *b"IEND" || !name.iter().all(u8::is_ascii_alphabetic) {
        return Ok(None);
    }
    let next = at + 12 + u64::from(len);
    if len > MAX || next > view.end() {
        return Err(Trouble::CutOff.into());
    }
    Ok(Some(next))
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
