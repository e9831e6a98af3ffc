//! Image preflight from the header alone: format, size and ratio, without decoding.

use std::ops::Range;

use crate::Issue;

/// The formats the API takes, by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    /// PNG
    Png,
    /// JPEG, baseline or progressive
    Jpeg,
}

/// What an image's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImageInfo {
    /// By content, whatever the name says.
    pub format: ImageFormat,
    /// Pixels, as shown (EXIF orientation applied).
    pub width: u32,
    /// Pixels, as shown (EXIF orientation applied).
    pub height: u32,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// EXIF orientation, 1 to 8; 1 where none is given.
    pub orientation: u8,
}

/// Reads a header piece by piece, without I/O: it says which bytes it wants, the host feeds them.
///
/// ```ignore
/// let mut probe = Probe::new(file_len);
/// while let Some(range) = probe.wants() { probe.feed(read(range)); }
/// probe.finish()
/// ```
#[derive(Debug)]
pub struct Probe {}

impl Probe {
    /// A probe of a file of that many bytes.
    pub fn new(_file_bytes: u64) -> Self {
        todo!()
    }

    /// The next bytes it wants (at most 64 KiB at once), or `None` when it knows enough.
    pub fn wants(&self) -> Option<Range<u64>> {
        todo!()
    }

    /// Takes the bytes of the range last wanted; fewer than wanted means the file ended.
    pub fn feed(&mut self, _bytes: &[u8]) {
        todo!()
    }

    /// What was learned.
    ///
    /// # Errors
    /// The issue (`image_format` or `image_unreadable`, with an empty path) where the header could not be read.
    pub fn finish(self) -> Result<ImageInfo, Issue> {
        todo!()
    }
}

/// What an image file is and everything that the API would refuse it for (all rules at once, paths under `path`).
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// What the header says, where it could be read.
    pub info: Option<ImageInfo>,
    /// Errors and warnings.
    pub issues: Vec<Issue>,
}

/// Inspects the bytes of a whole file, reading only its header.
pub fn inspect(_bytes: &[u8], _path: &str) -> Inspection {
    todo!()
}

/// The rules of size, pixels and ratio for what a [`Probe`] found.
pub fn judge(_info: &ImageInfo, _path: &str) -> Vec<Issue> {
    todo!()
}
