use super::ImageFormat;
use super::exif::{Exif, Progress};
use super::probe::{Found, Halt, READ_MAX_BYTES, Step, Trouble, View};
use crate::limits::IMAGE_MAX_BYTES;

/// The first three bytes of every JPEG: its start marker and the start of the next.
pub(super) const START: &[u8] = b"\xff\xd8\xff";
/// The marker that ends a JPEG.
const END: [u8; 2] = [0xff, 0xd9];
/// Most markers, fill bytes included, that are walked over before the frame header.
const MARKERS_MAX: u32 = 4096;

/// Reads a JPEG: segment by segment to the frame header, then whether the picture data come to their end.
///
/// All that a step reads begins at the same place: it is read again from there when bytes were missing, and what lies
/// before is forgotten.
#[derive(Debug)]
pub(super) struct Jpeg {
    at: u64,
    markers: u32,
    orientation: Option<u8>,
    part: Part,
}

#[derive(Debug)]
enum Part {
    /// Segments before the frame header.
    Header,
    /// An APP1 segment before the frame header.
    Exif(Exif),
    /// The end of the file; the frame header ended here.
    Tail(Found, u64),
    /// Segments between the frame header and the picture data.
    Tables(Found),
    /// The picture data.
    Scan(Found),
}

impl Jpeg {
    pub(super) fn new() -> Self {
        Self {
            at: 2,
            markers: 0,
            orientation: None,
            part: Part::Header,
        }
    }

    pub(super) fn step(&mut self, view: View<'_>) -> Result<Step, Halt> {
        match self.part {
            Part::Header => self.header(view),
            Part::Exif(exif) => self.exif(view, exif),
            Part::Tail(found, frame_end) => self.tail(view, found, frame_end),
            Part::Tables(found) => self.tables(view, found),
            Part::Scan(found) => self.scan(view, found),
        }
    }

    fn header(&mut self, view: View<'_>) -> Result<Step, Halt> {
        let [0xff, marker] = view.array(self.at)? else {
            return Err(Trouble::Damaged("a segment of it does not end where it says").into());
        };
        match marker {
            // A fill byte, or a marker that stands alone (TEM, restart).
            0xff => self.pass(1)?,
            0x01 | 0xd0..=0xd7 => self.pass(2)?,
            0xc4 | 0xc8 | 0xcc => self.segment(view)?,
            0xc0..=0xcf => {
                let frame_end = self.at + 2 + segment_len(view, self.at)?;
                self.part = Part::Tail(self.frame(view)?, frame_end);
            }
            0xe1 if self.orientation.is_none() => {
                let body = self.at + 4;
                self.segment(view)?;
                self.part = Part::Exif(Exif::new(body, self.at));
            }
            0x00 | 0xd8 => return Err(Trouble::Damaged("a segment of it has no valid marker").into()),
            0xd9 | 0xda => return Err(Trouble::Damaged("its size does not stand before the picture").into()),
            _ => self.segment(view)?,
        }
        Ok(Step::On)
    }

    fn exif(&mut self, view: View<'_>, exif: Exif) -> Result<Step, Halt> {
        self.part = match exif.step(view)? {
            Progress::On(exif) => Part::Exif(exif),
            Progress::Done(orientation) => {
                self.orientation = orientation;
                Part::Header
            }
        };
        Ok(Step::On)
    }

    /// Width and height from a frame header.
    fn frame(&self, view: View<'_>) -> Result<Found, Halt> {
        let len = segment_len(view, self.at)?;
        let [_, _, _, _, _precision, h0, h1, w0, w1, components] = view.array::<10>(self.at)?;
        if components == 0 || len != 8 + 3 * u64::from(components) {
            return Err(Trouble::Damaged("its frame header has the wrong length").into());
        }
        let (width, height) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
        if width == 0 || height == 0 {
            return Err(Trouble::Damaged("its header gives a width or height of 0").into());
        }
        Ok(Found {
            format: ImageFormat::Jpeg,
            width: width.into(),
            height: height.into(),
            orientation: self.orientation.unwrap_or(1),
        })
    }

    /// Nearly every file ends in the end marker: then there is nothing more to read.
    fn tail(&mut self, view: View<'_>, found: Found, frame_end: u64) -> Result<Step, Halt> {
        if view.end() > IMAGE_MAX_BYTES {
            return Ok(Step::Done(found));
        }
        if view.end() >= frame_end + 2 && view.array(view.end() - 2)? == END {
            return Ok(Step::Done(found));
        }
        self.at = frame_end;
        self.part = Part::Tables(found);
        Ok(Step::On)
    }

    /// Goes on to the picture data; what is no segment proves nothing about them.
    fn tables(&mut self, view: View<'_>, found: Found) -> Result<Step, Halt> {
        if self.at.saturating_add(4) > view.end() || self.markers >= MARKERS_MAX {
            return Ok(Step::Done(found));
        }
        let [0xff, marker] = view.array(self.at)? else {
            return Ok(Step::Done(found));
        };
        match marker {
            0xff => self.pass(1)?,
            0x00 | 0x01 | 0xd0..=0xd9 => return Ok(Step::Done(found)),
            0xda => {
                self.at += 2 + segment_len(view, self.at)?;
                self.part = Part::Scan(found);
            }
            _ => self.segment(view)?,
        }
        Ok(Step::On)
    }

    /// Looks for the end marker, which cannot stand inside picture data; things may be appended after it.
    fn scan(&mut self, view: View<'_>, found: Found) -> Result<Step, Halt> {
        let left = view.end().saturating_sub(self.at);
        if left < 2 {
            return Err(Trouble::CutOff.into());
        }
        let piece = view.get(self.at, left.min(READ_MAX_BYTES))?;
        if piece.windows(2).any(|pair| pair == END) {
            return Ok(Step::Done(found));
        }
        // The last byte may be the first half of the marker.
        self.at += piece.len() as u64 - 1;
        Ok(Step::On)
    }

    /// Passes over one segment.
    fn segment(&mut self, view: View<'_>) -> Result<(), Halt> {
        let len = segment_len(view, self.at)?;
        self.pass(2 + len)
    }

    fn pass(&mut self, bytes: u64) -> Result<(), Halt> {
        self.at += bytes;
        self.markers += 1;
        if self.markers > MARKERS_MAX {
            return Err(Trouble::Damaged("it has too many segments before its size").into());
        }
        Ok(())
    }
}

/// The length that the segment at that place gives, which counts its own two bytes.
fn segment_len(view: View<'_>, at: u64) -> Result<u64, Halt> {
    let [_, _, len @ ..] = view.array::<4>(at)?;
    let len = u64::from(u16::from_be_bytes(len));
    if len < 2 {
        return Err(Trouble::Damaged("a segment of it gives an impossible length").into());
    }
    if at + 2 + len > view.end() {
        return Err(Trouble::CutOff.into());
    }
    Ok(len)
}
