use rushes_core::image::{Inspection, Probe, inspect_text};

use crate::answer::{self, float};
use crate::desk::Desk;
use crate::exchange::whole;

/// Reads an image's header piece by piece: it says which bytes it wants, the caller feeds them.
#[derive(Debug)]
pub struct HeaderProbe {
    probe: Probe,
    bytes: u64,
}

impl HeaderProbe {
    /// A probe of a file of that many bytes.
    pub fn new(file_bytes: f64) -> Self {
        let bytes = whole(file_bytes);
        Self {
            probe: Probe::new(bytes),
            bytes,
        }
    }

    /// Where the bytes begin that it wants next; below zero when it knows enough.
    pub fn wants_from(&self) -> f64 {
        self.probe.wants().map_or(-1.0, |range| float(range.start))
    }

    /// Where the bytes end that it wants next (not included); below zero when it knows enough.
    pub fn wants_to(&self) -> f64 {
        self.probe.wants().map_or(-1.0, |range| float(range.end))
    }

    /// Takes the bytes it wanted, which were written on the desk; fewer mean that the file ended.
    pub fn feed(&mut self, desk: &Desk, bytes: usize) {
        self.probe.feed(desk.bytes(bytes));
    }

    /// What was learned, and what the API would refuse the image for: `{ format, width, height, orientation, bytes,
    /// issues }`, with `null` where the header could not be read. The path that was written stands in front of every
    /// issue.
    pub fn finish(self, desk: &mut Desk, text: usize) -> usize {
        let inspection = Inspection::new(self.probe.finish(), self.bytes, desk.text(text));
        desk.answer(answer::inspection(&inspection))
    }
}

impl Desk {
    /// What an image given as text (a data URI or base64) is, as [`HeaderProbe::finish`] says it. The path comes first,
    /// so many bytes of it, then the image. Text that is neither, a URL too, is the issue `bad_image_source`.
    pub fn inspect_text(&mut self, text: usize, path: usize) -> usize {
        let (path, image) = self.text(text).split_at_checked(path).unwrap_or_default();
        self.answer(answer::inspection(&inspect_text(image, path)))
    }
}
