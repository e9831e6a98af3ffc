//! Files put into one: every byte is read once for its checksum, none is held; the browser puts the pieces together.

use js_sys::Array;
use web_sys::{Blob, BlobPropertyBag};

use super::work::Work;
use super::zip::{Flaw, Piece, Writer};
use crate::blob::blob_of;
use crate::paper::script::bytes_of;

/// How many bytes are read at once.
const CHUNK_BYTES: u64 = 1024 * 1024;

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Its author said so.
    Cancelled,
    /// The entry of that name cannot be read, or written.
    Unreadable(String),
}

/// Size of a blob in bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is whole and below 2^53"
)]
pub(super) fn size_of(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// A file that is being put together.
pub(super) struct Packer {
    writer: Writer,
    bodies: Vec<Blob>,
    work: Work,
}

impl Packer {
    pub(super) fn new(work: Work) -> Self {
        Self {
            writer: Writer::default(),
            bodies: Vec::new(),
            work,
        }
    }

    /// Puts a file in.
    pub(super) async fn put(&mut self, name: &str, blob: Blob, changed_ms: Option<u64>) -> Result<(), Stop> {
        let lost = || Stop::Unreadable(name.to_owned());
        let mut body = self.writer.begin(name, changed_ms).map_err(|_| lost())?;
        let size = size_of(&blob);
        let mut at = 0;
        while at < size {
            if self.work.is_stopped() {
                return Err(Stop::Cancelled);
            }
            let end = size.min(at + CHUNK_BYTES);
            let bytes = bytes_of(&blob, at, end).await;
            let bytes = bytes
                .filter(|bytes| bytes.len() as u64 == end - at)
                .ok_or_else(lost)?;
            body.see(&bytes).map_err(|_| lost())?;
            self.work.came(end - at);
            at = end;
        }
        body.end().map_err(|_| lost())?;
        self.bodies.push(blob);
        Ok(())
    }

    /// The whole file.
    pub(super) fn finish(self) -> Result<Blob, Stop> {
        let lost = || Stop::Unreadable(String::new());
        let pieces = self.writer.finish().map_err(|_: Flaw| lost())?;
        let all = Array::new();
        for piece in &pieces {
            let part = match piece {
                Piece::Bytes(bytes) => blob_of(bytes, ""),
                Piece::Body(number) => self.bodies.get(*number).cloned(),
            };
            let part = part.ok_or_else(lost)?;
            all.push(&part);
        }
        let options = BlobPropertyBag::new();
        options.set_type("application/zip");
        Blob::new_with_blob_sequence_and_options(&all, &options).map_err(|_| lost())
    }
}
