use super::ImageFormat;
use super::exif::{Exif, Progress};
use super::probe::{Found, READ_MAX_BYTES, Step, Trouble, View};
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

    pub(super) fn step(&mut self, view: View<'_>) -> Option<Step> {
        match self.part {
            Part::Header => self.header(view),
            Part::Exif(exif) => self.exif(view, exif),
            Part::Tail(found, frame_end) => self.tail(view, found, frame_end),
            Part::Tables(found) => self.tables(view, found),
            Part::Scan(found) => self.scan(view, found),
        }
    }

    fn header(&mut self, view: View<'_>) -> Option<Step> {
        let [0xff, marker] = view.array(self.at)? else {
            return view.damaged("a segment of it does not end where it says");
        };
        match marker {
            // A fill byte, or a marker that stands alone (TEM, restart).
            0xff => self.pass(view, 1)?,
            0x01 | 0xd0..=0xd7 => self.pass(view, 2)?,
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
            0x00 | 0xd8 => return view.damaged("a segment of it has no valid marker"),
            0xd9 | 0xda => return view.damaged("its size does not stand before the picture"),
            _ => self.segment(view)?,
        }
        Some(Step::On)
    }

    fn exif(&mut self, view: View<'_>, exif: Exif) -> Option<Step> {
        self.part = match exif.step(view)? {
            Progress::On(exif) => Part::Exif(exif),
            Progress::Done(orientation) => {
                self.orientation = orientation;
                Part::Header
            }
        };
        Some(Step::On)
    }

    /// Width and height from a frame header.
    fn frame(&self, view: View<'_>) -> Option<Found> {
        let len = segment_len(view, self.at)?;
        let [_, _, _, _, _precision, h0, h1, w0, w1, components] = view.array::<10>(self.at)?;
        if components == 0 || len != 8 + 3 * u64::from(components) {
            return view.damaged("its frame header has the wrong length");
        }
        let (width, height) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
        if width == 0 || height == 0 {
            return view.damaged("its header gives a width or height of 0");
        }
        Some(Found {
            format: ImageFormat::Jpeg,
            width: width.into(),
            height: height.into(),
            orientation: self.orientation.unwrap_or(1),
        })
    }

    /// Nearly every file ends in the end marker: then there is nothing more to read.
    fn tail(&mut self, view: View<'_>, found: Found, frame_end: u64) -> Option<Step> {
        if view.end() > IMAGE_MAX_BYTES {
            return Some(Step::Done(found));
        }
        if view.end() >= frame_end + 2 && view.array(view.end() - 2)? == END {
            return Some(Step::Done(found));
        }
        self.at = frame_end;
        self.part = Part::Tables(found);
        Some(Step::On)
    }

    /// Goes on to the picture data; what is no segment proves nothing about them.
    fn tables(&mut self, view: View<'_>, found: Found) -> Option<Step> {
        if self.at.saturating_add(4) > view.end() || self.markers >= MARKERS_MAX {
            return Some(Step::Done(found));
        }
        let [0xff, marker] = view.array(self.at)? else {
            return Some(Step::Done(found));
        };
        match marker {
            0xff => self.pass(view, 1)?,
            0x00 | 0x01 | 0xd0..=0xd9 => return Some(Step::Done(found)),
            0xda => {
                self.at += 2 + segment_len(view, self.at)?;
                self.part = Part::Scan(found);
            }
            _ => self.segment(view)?,
        }
        Some(Step::On)
    }

    /// Looks for the end marker, which cannot stand inside picture data; things may be appended after it.
    fn scan(&mut self, view: View<'_>, found: Found) -> Option<Step> {
        let left = view.end().saturating_sub(self.at);
        if left < 2 {
            return view.over(Trouble::CutOff);
        }
        let piece = view.get(self.at, left.min(READ_MAX_BYTES))?;
        if piece.windows(2).any(|pair| pair == END) {
            return Some(Step::Done(found));
        }
        // The last byte may be the first half of the marker.
        self.at += piece.len() as u64 - 1;
        Some(Step::On)
    }

    /// Passes over one segment.
    fn segment(&mut self, view: View<'_>) -> Option<()> {
        let len = segment_len(view, self.at)?;
        self.pass(view, 2 + len)
    }

    fn pass(&mut self, view: View<'_>, bytes: u64) -> Option<()> {
        self.at += bytes;
        self.markers += 1;
        if self.markers > MARKERS_MAX {
            return view.damaged("it has too many segments before its size");
        }
        Some(())
    }
}

/// The length that the segment at that place gives, which counts its own two bytes.
fn segment_len(view: View<'_>, at: u64) -> Option<u64> {
    let [_, _, len @ ..] = view.array::<4>(at)?;
    let len = u64::from(u16::from_be_bytes(len));
    if len < 2 {
        return view.damaged("a segment of it gives an impossible length");
    }
    if at + 2 + len > view.end() {
        return view.over(Trouble::CutOff);
    }
    Some(len)
}
