//! Films: their index is read, and the pieces that come of it are put together, by the browser; no film is ever held
//! in memory.

use std::cell::{Cell, RefCell};

use js_sys::Array;
use rushes_core::Draft;
use rushes_film::{Difference, Film, Flaw, NoJoin, Piece, Source};
use web_sys::Blob;

use super::sheet::{self, Sheet};
use super::{script, sheet::write};
use crate::blob::blob_of;

/// Most bytes of a picture that goes along in a film.
const PICTURE_MAX_BYTES: usize = 1_500_000;
/// How often bytes are asked for until a film's boxes are known: a sound one has a dozen.
const READS_MAX: usize = 256;

/// Why films do not become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Apart {
    /// The one of that number, from 0, is not like the first.
    Differs(usize, Difference),
    /// The one of that number cannot be worked with; in words.
    Flawed(usize, String),
    /// The browser cannot put them together.
    Other,
}

/// A blob, as far as it was read: what is asked for beyond that is read next.
struct Known<'a> {
    blob: &'a Blob,
    parts: RefCell<Vec<(u64, Vec<u8>)>>,
    wanted: Cell<Option<(u64, usize)>>,
}

impl Source for Known<'_> {
    fn length(&self) -> u64 {
        length(self.blob)
    }

    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, Flaw> {
        let parts = self.parts.borrow();
        let found = parts
            .iter()
            .find(|(start, bytes)| *start == at && bytes.len() >= length.min(self.rest(at)));
        if let Some((_, bytes)) = found {
            return Ok(bytes[..length.min(bytes.len())].to_vec());
        }
        self.wanted.set(Some((at, length)));
        Err(Flaw::Unreadable)
    }
}

impl Known<'_> {
    fn rest(&self, at: u64) -> usize {
        usize::try_from(self.length().saturating_sub(at)).unwrap_or(usize::MAX)
    }
}

/// Reads what must be known of a film.
async fn open(blob: &Blob) -> Result<Film, Flaw> {
    let known = Known {
        blob,
        parts: RefCell::default(),
        wanted: Cell::new(None),
    };
    for _ in 0..READS_MAX {
        match (Film::open(&known), known.wanted.take()) {
            (Err(Flaw::Unreadable), Some((at, length))) => {
                let bytes = script::bytes_of(blob, at, at + length as u64)
                    .await
                    .ok_or(Flaw::Unreadable)?;
                known.parts.borrow_mut().push((at, bytes));
            }
            (opened, _) => return opened,
        }
    }
    Err(Flaw::TooLarge)
}

fn assembled(pieces: &[Piece], films: &[Blob]) -> Option<Blob> {
    let all = Array::new();
    for piece in pieces {
        let part = match piece {
            Piece::Bytes(bytes) => blob_of(bytes, "")?,
            #[expect(clippy::cast_precision_loss, reason = "a file is shorter than 2^53 bytes")]
            Piece::Range { film, start, end } => {
                let film = films.get(*film)?;
                film.slice_with_f64_and_f64(*start as f64, *end as f64).ok()?
            }
        };
        all.push(&part);
    }
    script::video_of(&all)
}

/// The same film with that request in it.
pub async fn put(video: Blob, draft: Draft) -> Result<Blob, String> {
    let film = open(&video).await.map_err(|flaw| flaw.to_string())?;
    let text = script::to_text(&write(&draft, PICTURE_MAX_BYTES, &encode));
    let pieces = film.carrying(text.as_deref()).map_err(|flaw| flaw.to_string())?;
    assembled(&pieces, &[video]).ok_or_else(|| Flaw::Unreadable.to_string())
}

/// The request in a film.
pub async fn find(video: Blob) -> Result<Option<Sheet>, String> {
    let film = open(&video).await.map_err(|flaw| flaw.to_string())?;
    let text = film.carried().map_err(|flaw| flaw.to_string())?;
    Ok(text.and_then(|text| sheet::read(&script::from_text(&text)?, &decode)))
}

/// Bytes as a data URI.
pub(super) fn encode(bytes: &[u8]) -> String {
    ["data:;base64,", &script::base64(bytes)].concat()
}

/// Size of a blob in bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is whole and below 2^53"
)]
pub(super) fn length(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// The bytes of a data URI.
pub(super) fn decode(uri: &str) -> Option<Vec<u8>> {
    let (head, payload) = uri.split_once(',')?;
    if !head.starts_with("data:") || !head.ends_with(";base64") {
        return None;
    }
    script::from_base64(payload)
}

/// Films as one.
pub async fn join(videos: Vec<Blob>) -> Result<Blob, Apart> {
    let mut films = Vec::with_capacity(videos.len());
    for (number, video) in videos.iter().enumerate() {
        films.push(
            open(video)
                .await
                .map_err(|flaw| Apart::Flawed(number, flaw.to_string()))?,
        );
    }
    let pieces = rushes_film::join(&films).map_err(|why| match why {
        NoJoin::Differs { film, what } => Apart::Differs(film, what),
        NoJoin::Flawed { film, flaw } => Apart::Flawed(film, flaw.to_string()),
        NoJoin::Count => Apart::Other,
    })?;
    assembled(&pieces, &videos).ok_or(Apart::Other)
}
