//! Boxes: a length, a name, and what is inside.

use crate::{Flaw, Source};

/// Most bytes of an index that are read: some hours of film.
pub const INDEX_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Most boxes that one file or one box may hold.
const BOXES_MAX: usize = 65_536;

/// A box's name.
pub(crate) type Name = [u8; 4];

/// A box at the top of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Top {
    pub(crate) name: Name,
    pub(crate) start: u64,
    /// Where its content begins.
    pub(crate) inside: u64,
    pub(crate) end: u64,
}

/// What is known of a film: where its boxes are, and its index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    pub(crate) tops: Vec<Top>,
    /// The content of `moov`.
    pub(crate) index: Vec<u8>,
}

impl Film {
    /// Reads where the boxes of a file are, and its index.
    ///
    /// # Errors
    /// [`Flaw`].
    pub fn open(source: &dyn Source) -> Result<Self, Flaw> {
        let tops = tops(source)?;
        if !tops.iter().take(4).any(|top| top.name == *b"ftyp") {
            return Err(Flaw::NotAFilm);
        }
        let mut indexes = tops.iter().filter(|top| top.name == *b"moov");
        let (Some(index), None) = (indexes.next(), indexes.next()) else {
            return Err(Flaw::NotAFilm);
        };
        let length = index.end - index.inside;
        if length > INDEX_MAX_BYTES {
            return Err(Flaw::TooLarge);
        }
        let length = usize::try_from(length).map_err(|_| Flaw::TooLarge)?;
        let bytes = source.read(index.inside, length)?;
        if bytes.len() != length {
            return Err(Flaw::CutOff);
        }
        Ok(Self { tops, index: bytes })
    }
}

fn tops(source: &dyn Source) -> Result<Vec<Top>, Flaw> {
    let all = source.length();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < all {
        let head = source.read(at, 16)?;
        let Some((name, head_bytes, length)) = head_of(&head) else {
            return Err(if found.is_empty() {
                Flaw::NotAFilm
            } else {
                Flaw::CutOff
            });
        };
        let end = match length {
            Some(length) => at.checked_add(length).filter(|end| *end <= all).ok_or({
                if found.is_empty() {
                    Flaw::NotAFilm
                } else {
                    Flaw::CutOff
                }
            })?,
            None => all,
        };
        if found.len() >= BOXES_MAX {
            return Err(Flaw::TooLarge);
        }
        found.push(Top {
            name,
            start: at,
            inside: at + head_bytes,
            end,
        });
        at = end;
    }
    Ok(found)
}

/// A box's name, the bytes of its head, and its whole length; none where it goes to the end of the file.
fn head_of(head: &[u8]) -> Option<(Name, u64, Option<u64>)> {
    let length = u32_at(head, 0)?;
    let name: Name = head.get(4..8)?.try_into().ok()?;
    match length {
        0 => Some((name, 8, None)),
        1 => {
            let length = u64_at(head, 8)?;
            (length >= 16).then_some((name, 16, Some(length)))
        }
        2..8 => None,
        length => Some((name, 8, Some(length.into()))),
    }
}

/// A box inside another: its name, all of it, and its content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inner<'a> {
    pub(crate) name: Name,
    pub(crate) whole: &'a [u8],
    pub(crate) content: &'a [u8],
}

/// The boxes that stand one after another in these bytes. A rest too short for a box (some writers end with four
/// zeros) is left out.
pub(crate) fn children(mut bytes: &[u8]) -> Result<Vec<Inner<'_>>, Flaw> {
    let mut found = Vec::new();
    while bytes.len() >= 8 {
        let (name, head, length) = head_of(bytes).ok_or(Flaw::CutOff)?;
        let length = match length {
            Some(length) => usize::try_from(length).map_err(|_| Flaw::CutOff)?,
            None => bytes.len(),
        };
        let head = usize::try_from(head).map_err(|_| Flaw::CutOff)?;
        let whole = bytes.get(..length).ok_or(Flaw::CutOff)?;
        let content = whole.get(head..).ok_or(Flaw::CutOff)?;
        if found.len() >= BOXES_MAX {
            return Err(Flaw::TooLarge);
        }
        found.push(Inner { name, whole, content });
        bytes = &bytes[length..];
    }
    Ok(found)
}

/// The content of the first box of that name.
pub(crate) fn child(bytes: &[u8], name: Name) -> Result<Option<&[u8]>, Flaw> {
    let found = children(bytes)?;
    Ok(found
        .iter()
        .find(|inner| inner.name == name)
        .map(|inner| inner.content))
}

/// The content of a box that must be there.
pub(crate) fn need(bytes: &[u8], name: Name) -> Result<&[u8], Flaw> {
    child(bytes, name)?.ok_or(Flaw::Contradictory)
}

/// A box.
pub(crate) fn boxed(name: Name, content: &[u8]) -> Result<Vec<u8>, Flaw> {
    let length = u32::try_from(content.len() + 8).map_err(|_| Flaw::TooLarge)?;
    Ok([&length.to_be_bytes()[..], &name, content].concat())
}

/// The same boxes with the first of that name replaced, taken away, or put at the end where there was none.
pub(crate) fn with_child(bytes: &[u8], name: Name, new: Option<&[u8]>) -> Result<Vec<u8>, Flaw> {
    let mut out = Vec::with_capacity(bytes.len() + new.map_or(0, <[u8]>::len));
    let mut is_done = false;
    for inner in children(bytes)? {
        if inner.name == name && !is_done {
            is_done = true;
            out.extend_from_slice(new.unwrap_or_default());
        } else {
            out.extend_from_slice(inner.whole);
        }
    }
    if !is_done {
        out.extend_from_slice(new.unwrap_or_default());
    }
    Ok(out)
}

/// A number of two bytes.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// A number of four bytes.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A number of eight bytes.
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}
