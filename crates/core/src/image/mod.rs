//! Image preflight from the header alone: format, size and ratio, without decoding.

mod exif;
mod foreign;
pub(crate) mod inline;
mod jpeg;
mod judge;
mod png;
mod probe;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{Issue, check};

pub use judge::judge;
pub use probe::Probe;

/// How the files of each format begin.
#[cfg(feature = "schema")]
pub(crate) const SIGNATURES: [&[u8]; 2] = [png::SIGNATURE, jpeg::START];

/// The formats the API takes, by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    /// PNG
    Png,
    /// JPEG, baseline or progressive
    Jpeg,
}

impl ImageFormat {
    /// The stable name: `png` or `jpeg`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }

    /// The media type: `image/png` or `image/jpeg`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

impl Serialize for ImageFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What an image's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ImageInfo {
    /// By content, whatever the name says.
    pub format: ImageFormat,
    /// Pixels, as shown (EXIF orientation applied).
    pub width: u32,
    /// Pixels, as shown (EXIF orientation applied).
    pub height: u32,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// EXIF orientation of a JPEG, 1 to 8; 1 where none is given.
    pub orientation: u8,
}

/// What an image file is and everything that the API would refuse it for (all rules at once, paths under `path`).
///
/// It serialises flat: `{format, width, height, bytes, orientation, issues}`, the first five only where the header
/// could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// What the header says, where it could be read.
    pub info: Option<ImageInfo>,
    /// Size of the file in bytes; 0 for text that holds no file.
    pub bytes: u64,
    /// Errors and warnings.
    pub issues: Vec<Issue>,
}

impl Inspection {
    /// The verdict on a file of that many bytes: what [`Probe::finish`] gave, with every rule that can be judged.
    pub fn new(finished: Result<ImageInfo, Issue>, file_bytes: u64, path: &str) -> Self {
        match finished {
            Ok(info) => Self {
                info: Some(info),
                bytes: file_bytes,
                issues: judge(&info, path),
            },
            Err(issue) => {
                let mut issues = vec![Issue {
                    path: path.to_owned(),
                    ..issue
                }];
                issues.extend(judge::bytes(file_bytes, path));
                Self {
                    info: None,
                    bytes: file_bytes,
                    issues,
                }
            }
        }
    }
}

impl Serialize for Inspection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = if self.info.is_some() { 6 } else { 1 };
        let mut inspection = serializer.serialize_struct("Inspection", count)?;
        if let Some(info) = &self.info {
            inspection.serialize_field("format", &info.format)?;
            inspection.serialize_field("width", &info.width)?;
            inspection.serialize_field("height", &info.height)?;
            inspection.serialize_field("bytes", &info.bytes)?;
            inspection.serialize_field("orientation", &info.orientation)?;
        }
        inspection.serialize_field("issues", &self.issues)?;
        inspection.end()
    }
}

/// Inspects the bytes of a whole file, reading only its header.
pub fn inspect(bytes: &[u8], path: &str) -> Inspection {
    Source::Bytes(bytes).inspect(path)
}

/// Inspects an image given as text, a data URI or base64, decoding only its header.
///
/// Text that is neither is one issue (`bad_image_source`); so is a URL, since what is behind it is not known here.
pub fn inspect_text(text: &str, path: &str) -> Inspection {
    match check::image_payload(text) {
        Ok(payload) => inspect_payload(&payload, path),
        Err(why) => Inspection {
            info: None,
            bytes: 0,
            issues: vec![check::not_an_image("This text", path.to_owned(), &why, text)],
        },
    }
}

/// Inspects base64 text, decoding only what the probe asks for.
pub(crate) fn inspect_payload(payload: &inline::Payload<'_>, path: &str) -> Inspection {
    Source::Payload(payload).inspect(path)
}

/// Where a whole file is at hand.
enum Source<'a> {
    Bytes(&'a [u8]),
    Payload(&'a inline::Payload<'a>),
}

impl Source<'_> {
    fn inspect(&self, path: &str) -> Inspection {
        let file_bytes = match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Payload(payload) => payload.file_bytes(),
        };
        let mut probe = Probe::new(file_bytes);
        while let Some(range) = probe.wants() {
            match self {
                Self::Bytes(bytes) => {
                    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
                    let wanted = bytes.get(place(range.start)..place(range.end));
                    probe.feed(wanted.unwrap_or_default());
                }
                Self::Payload(payload) => probe.feed(&payload.read(&range).unwrap_or_default()),
            }
        }
        Inspection::new(probe.finish(), file_bytes, path)
    }
}
