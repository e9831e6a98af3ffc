use std::cell::Cell;
use std::ops::Range;

use super::jpeg::Jpeg;
use super::png::Png;
use super::{ImageFormat, ImageInfo, foreign};
use crate::Issue;
use crate::report::{Code, Detail};
use crate::say::say;

/// How much is read at first: enough for most headers, a camera's EXIF with its preview and a colour profile included.
/// Each read costs a browser more than all of these bytes do; with a dozen jumps after it, it stays below 64 KiB.
const FIRST_READ_BYTES: u64 = 48 * 1024;
/// How much is read after each jump over a segment.
const NEXT_READ_BYTES: u64 = 1024;
/// Most that is wanted at once.
pub(super) const READ_MAX_BYTES: u64 = 64 * 1024;
/// How much of the start is looked at to name the format.
const HEAD_BYTES: u64 = 256;

/// Reads a header piece by piece, without I/O: it says which bytes it wants, the host feeds them.
///
/// It jumps over what it need not know, so an image of any size usually costs one read of 48 KiB and
/// one of its end. It always comes to an end,
/// and the answer does not depend on how the bytes were cut up.
///
/// ```
/// # use rushes_core::image::Probe;
/// # let file = b"GIF89a".to_vec();
/// let mut probe = Probe::new(file.len() as u64);
/// while let Some(range) = probe.wants() {
///     probe.feed(&file[range.start as usize..range.end as usize]);
/// }
/// assert!(probe.finish().unwrap_err().message.contains("GIF"));
/// ```
#[derive(Debug)]
pub struct Probe {
    file_bytes: u64,
    window: Window,
    wanted: Range<u64>,
    /// What lies before is not needed any more.
    keep_from: u64,
    stage: Stage,
}

/// The part of the file that is at hand.
#[derive(Debug)]
struct Window {
    start: u64,
    bytes: Vec<u8>,
    /// Where the file ends.
    file_end: u64,
}

impl Window {
    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    /// Takes up bytes that follow, or starts anew with bytes from elsewhere.
    fn append(&mut self, at: u64, bytes: &[u8], keep_from: u64) {
        if at == self.end() {
            let stale = usize::try_from(keep_from.saturating_sub(self.start)).unwrap_or(usize::MAX);
            self.bytes.drain(..stale.min(self.bytes.len()));
        } else {
            self.bytes.clear();
        }
        self.start = at - self.bytes.len() as u64;
        self.bytes.extend_from_slice(bytes);
    }
}

/// What is being read.
#[derive(Debug)]
enum Stage {
    Head,
    Png(Png),
    Jpeg(Jpeg),
    Done(Result<Found, Trouble>),
}

/// What a format's reader found out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) format: ImageFormat,
    /// As stored, before the orientation.
    pub(super) width: u32,
    /// As stored, before the orientation.
    pub(super) height: u32,
    pub(super) orientation: u8,
}

/// Why there is nothing to find out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trouble {
    /// Something else, by that name.
    Foreign(&'static str, &'static str),
    /// The file ends too early.
    CutOff,
    /// The header contradicts itself or its format; says how.
    Damaged(&'static str),
}

/// What a format's reader wants next.
pub(super) enum Step {
    /// Look again, from where it now stands.
    On,
    /// It knows enough.
    Done(Found),
}

/// Why a reader cannot go on at once.
enum Halt {
    /// These bytes of the file are wanted first.
    Want(Range<u64>),
    /// It is over.
    Over(Trouble),
}

/// The file as a format's reader sees it. A reader that cannot go on returns `None`; why is kept here.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    window: &'a Window,
    halt: &'a Cell<Option<Halt>>,
}

impl<'a> View<'a> {
    /// Where the file ends.
    pub(super) fn end(self) -> u64 {
        self.window.file_end
    }

    /// Those bytes of the file, at most [`READ_MAX_BYTES`]; `None` while they are not at hand, and for good when the
    /// file ends before them.
    pub(super) fn get(self, at: u64, len: u64) -> Option<&'a [u8]> {
        let end = at.saturating_add(len);
        if end > self.window.file_end || len > READ_MAX_BYTES {
            return self.over(Trouble::CutOff);
        }
        let place = |at: u64| usize::try_from(at.checked_sub(self.window.start)?).ok();
        let range = place(at).zip(place(end));
        let bytes = range.and_then(|(from, to)| self.window.bytes.get(from..to));
        if bytes.is_none() {
            self.halt.set(Some(Halt::Want(at..end)));
        }
        bytes
    }

    /// As [`get`](Self::get), of a known number of bytes.
    pub(super) fn array<const N: usize>(self, at: u64) -> Option<[u8; N]> {
        self.get(at, N as u64)?.try_into().ok()
    }

    /// Ends the reading: there is nothing to find out.
    pub(super) fn over<T>(self, trouble: Trouble) -> Option<T> {
        self.halt.set(Some(Halt::Over(trouble)));
        None
    }

    /// As [`over`](Self::over), for a header that contradicts itself or its format.
    pub(super) fn damaged<T>(self, how: &'static str) -> Option<T> {
        self.over(Trouble::Damaged(how))
    }
}

impl Probe {
    /// A probe of a file of that many bytes.
    pub fn new(file_bytes: u64) -> Self {
        let window = Window {
            start: 0,
            bytes: Vec::new(),
            file_end: file_bytes,
        };
        let mut probe = Self {
            file_bytes,
            window,
            wanted: 0..0,
            keep_from: 0,
            stage: Stage::Head,
        };
        probe.advance();
        probe
    }

    /// The next bytes it wants (at most 64 KiB at once, never past the end), or `None` when it knows enough.
    pub fn wants(&self) -> Option<Range<u64>> {
        match self.stage {
            Stage::Done(_) => None,
            _ => Some(self.wanted.clone()),
        }
    }

    /// Takes bytes from the start of the range last wanted: all of them, or fewer, and it will want the rest. None at
    /// all means that the file ends here.
    pub fn feed(&mut self, bytes: &[u8]) {
        if matches!(self.stage, Stage::Done(_)) {
            return;
        }
        let wanted = usize::try_from(self.wanted.end - self.wanted.start).unwrap_or(usize::MAX);
        let bytes = &bytes[..bytes.len().min(wanted)];
        if bytes.is_empty() {
            self.window.file_end = self.wanted.start;
        } else {
            self.window.append(self.wanted.start, bytes, self.keep_from);
        }
        self.advance();
    }

    /// What was learned.
    ///
    /// # Errors
    /// The issue (`image_format` or `image_unreadable`, with an empty path) where the header could not be read, also
    /// when it was not fed all that it wanted.
    #[cfg_attr(
        target_pointer_width = "64",
        expect(clippy::result_large_err, reason = "happens once a file")
    )]
    pub fn finish(self) -> Result<ImageInfo, Issue> {
        match self.stage {
            Stage::Done(Ok(found)) => {
                let turned = found.orientation >= 5;
                let (width, height) = if turned {
                    (found.height, found.width)
                } else {
                    (found.width, found.height)
                };
                Ok(ImageInfo {
                    format: found.format,
                    width,
                    height,
                    bytes: self.file_bytes,
                    orientation: found.orientation,
                })
            }
            Stage::Done(Err(trouble)) => Err(trouble.issue()),
            _ => Err(Trouble::CutOff.issue()),
        }
    }

    /// Goes on as far as the bytes at hand allow.
    fn advance(&mut self) {
        loop {
            let halt = Cell::new(None);
            let view = View {
                window: &self.window,
                halt: &halt,
            };
            let step = match &mut self.stage {
                Stage::Head => head(view).map(|stage| {
                    self.stage = stage;
                    Step::On
                }),
                Stage::Png(png) => png.step(view),
                Stage::Jpeg(jpeg) => jpeg.step(view),
                Stage::Done(_) => return,
            };
            match (step, halt.take()) {
                (Some(Step::On), _) => {}
                (Some(Step::Done(found)), _) => self.stage = Stage::Done(Ok(found)),
                (None, Some(Halt::Want(needed))) => {
                    self.wanted = self.ahead(&needed);
                    self.keep_from = needed.start;
                    return;
                }
                (None, Some(Halt::Over(trouble))) => self.stage = Stage::Done(Err(trouble)),
                (None, None) => self.stage = Stage::Done(Err(Trouble::CutOff)),
            }
        }
    }

    /// What to ask the host for when these bytes are needed: not again what is at hand, and some more than needed.
    fn ahead(&self, needed: &Range<u64>) -> Range<u64> {
        let at_hand = (self.window.start..self.window.end()).contains(&needed.start);
        let start = if at_hand { self.window.end() } else { needed.start };
        let ahead = if start == 0 {
            FIRST_READ_BYTES
        } else {
            NEXT_READ_BYTES
        };
        let end = needed
            .end
            .max(start + ahead)
            .min(start + READ_MAX_BYTES)
            .min(self.window.file_end);
        start..end
    }
}

/// Which format it is, by content.
fn head(view: View<'_>) -> Option<Stage> {
    let head = view.get(0, view.end().min(HEAD_BYTES))?;
    if head.starts_with(super::png::SIGNATURE) {
        return Some(Stage::Png(Png::new()));
    }
    if head.starts_with(super::jpeg::START) {
        return Some(Stage::Jpeg(Jpeg::new()));
    }
    let start_of_one = super::png::SIGNATURE.starts_with(head) || super::jpeg::START.starts_with(head);
    if start_of_one && !head.is_empty() {
        return view.over(Trouble::CutOff);
    }
    let (id, name) = foreign::recognise(head);
    view.over(Trouble::Foreign(id, name))
}

impl Trouble {
    fn issue(self) -> Issue {
        match self {
            Self::Foreign(id, name) => {
                let message = say!(
                    "This is {}; only PNG and JPEG images are taken. Save the picture as one of them.",
                    name
                );
                let limit = Detail::texts(&["png", "jpeg"]);
                Issue::error("", Code::ImageFormat, message)
                    .limit(limit)
                    .actual(id)
            }
            Self::CutOff => Issue::error(
                "",
                Code::ImageUnreadable,
                "This image file is cut off: it ends before it says all it must. Save or download it again.",
            ),
            Self::Damaged(how) => Issue::error(
                "",
                Code::ImageUnreadable,
                say!(
                    "This image file is damaged: {}. Open it in an image editor and save it again.",
                    how
                ),
            ),
        }
    }
}
