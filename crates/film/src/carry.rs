//! A request carried in a film: a free item of `moov/udta/meta/ilst`, as iTunes defined it and every tool shows it.

use crate::boxes::{Film, boxed, child, children, need, u32_at, with_child};
use crate::tables::{offsets, write_offsets};
use crate::{Flaw, Piece};

/// Most bytes that are carried: a request with two small pictures.
pub const CARRIED_MAX_BYTES: usize = 8 * 1024 * 1024;

/// Whose item it is.
const MEAN: &[u8] = b"studio.rushes";
/// What it is called.
const NAME: &[u8] = b"request";
/// The kind of data that is UTF-8 text.
const UTF8: u32 = 1;

impl Film {
    /// The request that it carries, as the text that was put in; `None` where there is none, or none that is text.
    ///
    /// # Errors
    /// [`Flaw`] where the boxes on the way are damaged.
    pub fn carried(&self) -> Result<Option<String>, Flaw> {
        let Some(user) = child(&self.index, *b"udta")? else {
            return Ok(None);
        };
        let Some(about) = child(user, *b"meta")? else {
            return Ok(None);
        };
        let Some(list) = child(inside_meta(about)?, *b"ilst")? else {
            return Ok(None);
        };
        for item in children(list)?.iter().filter(|item| item.name == *b"----") {
            if is_ours(item.content)?
                && let Some(data) = child(item.content, *b"data")?
                && u32_at(data, 0) == Some(UTF8)
            {
                let text = data.get(8..).unwrap_or_default();
                if text.len() > CARRIED_MAX_BYTES {
                    return Err(Flaw::TooLarge);
                }
                return Ok(std::str::from_utf8(text).ok().map(str::to_owned));
            }
        }
        Ok(None)
    }

    /// The same film with that text in it, in the place of what it carried; `None` takes that away.
    ///
    /// # Errors
    /// [`Flaw`]; [`Flaw::Fragmented`] and [`Flaw::Foreign`] where there is no safe place for it.
    pub fn carrying(&self, text: Option<&str>) -> Result<Vec<Piece>, Flaw> {
        if text.is_some_and(|text| text.len() > CARRIED_MAX_BYTES) {
            return Err(Flaw::TooLarge);
        }
        if child(&self.index, *b"mvex")?.is_some() {
            return Err(Flaw::Fragmented);
        }
        let user = child(&self.index, *b"udta")?.unwrap_or_default();
        let user = with_child(
            user,
            *b"meta",
            meta_with(child(user, *b"meta")?, text)?.as_deref(),
        )?;
        let user = if user.is_empty() {
            None
        } else {
            Some(boxed(*b"udta", &user)?)
        };
        let index = with_child(&self.index, *b"udta", user.as_deref())?;
        self.with_index(&index)
    }

    /// The film with another index of another length: whatever lies behind it has moved.
    fn with_index(&self, index: &[u8]) -> Result<Vec<Piece>, Flaw> {
        let old = self
            .tops
            .iter()
            .find(|top| top.name == *b"moov")
            .ok_or(Flaw::NotAFilm)?;
        let new_length = index.len() as u64 + 8;
        let moved = |offset: u64| {
            if offset < old.end {
                return Some(offset);
            }
            (offset - (old.end - old.start)).checked_add(new_length)
        };
        let index = shifted(index, &moved)?;
        let mut pieces = Vec::with_capacity(self.tops.len());
        for top in &self.tops {
            pieces.push(if top.start == old.start {
                Piece::Bytes(boxed(*b"moov", &index)?)
            } else {
                Piece::Range {
                    film: 0,
                    start: top.start,
                    end: top.end,
                }
            });
        }
        Ok(pieces)
    }
}

/// The boxes inside `meta`, which has four bytes of its own before them everywhere but in the older kind.
fn inside_meta(meta: &[u8]) -> Result<&[u8], Flaw> {
    if meta.get(4..8) == Some(b"hdlr") {
        return Ok(meta);
    }
    meta.get(4..).ok_or(Flaw::CutOff)
}

fn is_ours(item: &[u8]) -> Result<bool, Flaw> {
    let says =
        |name, words: &[u8]| Ok(child(item, name)?.and_then(|content| content.get(4..)) == Some(words));
    Ok(says(*b"mean", MEAN)? && says(*b"name", NAME)?)
}

/// `meta` with our item in it or without; nothing where nothing else would be in it.
fn meta_with(old: Option<&[u8]>, text: Option<&str>) -> Result<Option<Vec<u8>>, Flaw> {
    let (handler, list, others) = match old {
        None => (handler()?, Vec::new(), Vec::new()),
        Some(old) => {
            let inside = inside_meta(old)?;
            let handler = need(inside, *b"hdlr")?;
            if handler.get(8..12) != Some(b"mdir") {
                return Err(Flaw::Foreign);
            }
            let mut list = Vec::new();
            for item in children(child(inside, *b"ilst")?.unwrap_or_default())? {
                if item.name != *b"----" || !is_ours(item.content)? {
                    list.extend_from_slice(item.whole);
                }
            }
            let mut others = Vec::new();
            for inner in children(inside)? {
                if !matches!(&inner.name, b"hdlr" | b"ilst") {
                    others.extend_from_slice(inner.whole);
                }
            }
            (boxed(*b"hdlr", handler)?, list, others)
        }
    };
    let item = text.map(item).transpose()?.unwrap_or_default();
    if item.is_empty() && list.is_empty() && others.is_empty() {
        return Ok(None);
    }
    let list = boxed(*b"ilst", &[list, item].concat())?;
    Ok(Some(boxed(
        *b"meta",
        &[vec![0; 4], handler, list, others].concat(),
    )?))
}

fn handler() -> Result<Vec<u8>, Flaw> {
    // Version and flags, predefined, handler, "appl", two reserved words, an empty name.
    boxed(*b"hdlr", b"\0\0\0\0\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0")
}

fn item(text: &str) -> Result<Vec<u8>, Flaw> {
    let labelled = |name, words: &[u8]| boxed(name, &[&[0; 4], words].concat());
    let data = [&UTF8.to_be_bytes()[..], &[0; 4], text.as_bytes()].concat();
    let parts = [
        labelled(*b"mean", MEAN)?,
        labelled(*b"name", NAME)?,
        boxed(*b"data", &data)?,
    ];
    boxed(*b"----", &parts.concat())
}

/// The index with every chunk's place changed.
fn shifted(index: &[u8], moved: &dyn Fn(u64) -> Option<u64>) -> Result<Vec<u8>, Flaw> {
    let mut out = Vec::with_capacity(index.len());
    for inner in children(index)? {
        match &inner.name {
            b"trak" | b"mdia" | b"minf" | b"stbl" => {
                out.extend(boxed(inner.name, &shifted(inner.content, moved)?)?);
            }
            b"stco" | b"co64" => {
                let offsets: Option<Vec<u64>> = offsets(inner.name, inner.content)?
                    .into_iter()
                    .map(moved)
                    .collect();
                out.extend(write_offsets(inner.name, &offsets.ok_or(Flaw::TooLarge)?)?);
            }
            _ => out.extend_from_slice(inner.whole),
        }
    }
    Ok(out)
}
