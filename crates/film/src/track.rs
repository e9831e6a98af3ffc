//! One track of a film: its samples, how long each lasts and where it lies.

use crate::Flaw;
use crate::boxes::{Name, child, children, need, u16_at, u32_at, u64_at};
use crate::tables::{offsets, rows};

/// Most samples of a track: a day of film at 48 frames a second.
const SAMPLES_MAX: usize = 4_194_304;

/// A run of equal numbers: how many, and which.
pub(crate) type Run = [u32; 2];

/// Samples that lie one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) offset: u64,
    pub(crate) samples: u32,
    /// Which description they follow, from 1.
    pub(crate) description: u32,
}

/// A track as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Track<'a> {
    /// The content of `trak`.
    pub(crate) whole: &'a [u8],
    /// `vide` or `soun`, or something else.
    pub(crate) kind: Name,
    /// Units of time a second.
    pub(crate) scale: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// The content of `stsd`, without what only says how many bits a second there are.
    pub(crate) codec: Vec<u8>,
    /// Where in its own time it begins to be played.
    pub(crate) begins: u64,
    pub(crate) sizes: Vec<u32>,
    /// How long samples last.
    pub(crate) lasts: Vec<Run>,
    /// How much later than decoded they are shown, and the version of that table.
    pub(crate) shown: Option<(u8, Vec<Run>)>,
    /// The samples that stand for themselves, from 1; without it all do.
    pub(crate) whole_samples: Option<Vec<u32>>,
    pub(crate) chunks: Vec<Chunk>,
}

impl<'a> Track<'a> {
    pub(crate) fn read(whole: &'a [u8]) -> Result<Self, Flaw> {
        let media = need(whole, *b"mdia")?;
        let samples = need(need(media, *b"minf")?, *b"stbl")?;
        let kind = need(media, *b"hdlr")?
            .get(8..12)
            .and_then(|kind| kind.try_into().ok());
        let header = need(media, *b"mdhd")?;
        let scale = u32_at(header, if is_long(header) { 20 } else { 12 }).filter(|scale| *scale > 0);
        let (width, height) = sides(need(whole, *b"tkhd")?);
        let sizes = sizes(need(samples, *b"stsz")?)?;
        let chunks = chunks(samples)?;
        let track = Self {
            whole,
            kind: kind.ok_or(Flaw::CutOff)?,
            scale: scale.ok_or(Flaw::Contradictory)?,
            width,
            height,
            codec: codec(need(samples, *b"stsd")?)?,
            begins: begins(whole)?,
            sizes,
            lasts: rows::<2>(need(samples, *b"stts")?)?,
            shown: match child(samples, *b"ctts")? {
                Some(table) => Some((*table.first().ok_or(Flaw::CutOff)?, rows::<2>(table)?)),
                None => None,
            },
            whole_samples: match child(samples, *b"stss")? {
                Some(table) => Some(rows::<1>(table)?.into_iter().map(|[sample]| sample).collect()),
                None => None,
            },
            chunks,
        };
        let count = track.sizes.len() as u64;
        let of = |runs: &[Run]| runs.iter().map(|[count, _]| u64::from(*count)).sum::<u64>();
        let in_chunks = track
            .chunks
            .iter()
            .map(|chunk| u64::from(chunk.samples))
            .sum::<u64>();
        let agrees = of(&track.lasts) == count
            && in_chunks == count
            && track.shown.as_ref().is_none_or(|(_, runs)| of(runs) == count);
        if agrees && count > 0 {
            Ok(track)
        } else {
            Err(Flaw::Contradictory)
        }
    }

    /// How long all its samples last, in its own units.
    pub(crate) fn length(&self) -> u64 {
        self.lasts
            .iter()
            .map(|[count, each]| u64::from(*count) * u64::from(*each))
            .sum()
    }

    /// How much of its own time goes by before it begins to be played: where samples are shown later than they are
    /// decoded, that is not part of it.
    pub(crate) fn lead(&self) -> u64 {
        let first = self.shown.as_ref().and_then(|(_, runs)| runs.first());
        self.begins
            .saturating_sub(first.map_or(0, |[_, later]| u64::from(*later)))
    }

    /// Leaves out what comes before it begins to be played: whole samples, where each stands for itself. What is left
    /// of that is less than one sample.
    pub(crate) fn trim(&mut self) {
        if self.kind != *b"soun" || self.shown.is_some() {
            return;
        }
        while let Some([count, each]) = self.lasts.first_mut()
            && u64::from(*each) <= self.begins
            && *each > 0
            && self.sizes.len() > 1
        {
            self.begins -= u64::from(*each);
            *count -= 1;
            if *count == 0 {
                self.lasts.remove(0);
            }
            let size = self.sizes.remove(0);
            if let Some(chunk) = self.chunks.first_mut() {
                chunk.offset += u64::from(size);
                chunk.samples -= 1;
                if chunk.samples == 0 {
                    self.chunks.remove(0);
                }
            }
        }
    }
}

/// Whether a header has 64-bit times.
pub(crate) fn is_long(header: &[u8]) -> bool {
    header.first() == Some(&1)
}

/// Width and height, of `tkhd`: the last two numbers, in 65536ths.
fn sides(header: &[u8]) -> (u32, u32) {
    let at = if is_long(header) { 88 } else { 76 };
    let side = |at| u32_at(header, at).unwrap_or_default() >> 16;
    (side(at), side(at + 4))
}

fn sizes(table: &[u8]) -> Result<Vec<u32>, Flaw> {
    let (same, count) = (
        u32_at(table, 4).ok_or(Flaw::CutOff)?,
        u32_at(table, 8).ok_or(Flaw::CutOff)?,
    );
    let count = usize::try_from(count)
        .ok()
        .filter(|count| *count <= SAMPLES_MAX)
        .ok_or(Flaw::TooLarge)?;
    if same > 0 {
        return Ok(vec![same; count]);
    }
    // From the second number on it is a table like the others.
    Ok(rows::<1>(&table[4..])?.into_iter().map(|[size]| size).collect())
}

fn chunks(samples: &[u8]) -> Result<Vec<Chunk>, Flaw> {
    let places = match child(samples, *b"stco")? {
        Some(table) => offsets(*b"stco", table)?,
        None => offsets(*b"co64", need(samples, *b"co64")?)?,
    };
    let runs = rows::<3>(need(samples, *b"stsc")?)?;
    let mut next = runs.iter().peekable();
    let mut now = None;
    let mut found = Vec::with_capacity(places.len());
    for (number, offset) in (1_u32..).zip(places) {
        if let Some([_, samples, description]) = next.next_if(|[first, ..]| *first <= number) {
            now = Some((*samples, *description));
        }
        let (samples, description) = now.ok_or(Flaw::Contradictory)?;
        found.push(Chunk {
            offset,
            samples,
            description,
        });
    }
    Ok(found)
}

/// Where the track begins to be played: the only edit there may be. Without one it is at 0.
fn begins(track: &[u8]) -> Result<u64, Flaw> {
    let Some(edits) = child(track, *b"edts")? else {
        return Ok(0);
    };
    let Some(list) = child(edits, *b"elst")? else {
        return Ok(0);
    };
    match u32_at(list, 4).ok_or(Flaw::CutOff)? {
        0 => Ok(0),
        1 => {
            let at = if is_long(list) {
                u64_at(list, 16)
            } else {
                u32_at(list, 12).map(u64::from)
            };
            // All ones are an empty edit: a pause before anything is played.
            at.filter(|at| *at < u64::from(u32::MAX))
                .ok_or(Flaw::Contradictory)
        }
        _ => Err(Flaw::Contradictory),
    }
}

/// The descriptions of the samples, without the boxes and numbers that only tell a rate of bits.
fn codec(descriptions: &[u8]) -> Result<Vec<u8>, Flaw> {
    let mut plain = descriptions.get(..8).ok_or(Flaw::CutOff)?.to_vec();
    for entry in children(&descriptions[8..])? {
        // What stands before the boxes of an entry: 78 bytes of a picture's, 28 of a sound's.
        let fixed = match &entry.name {
            b"avc1" | b"avc3" | b"hvc1" | b"hev1" | b"av01" | b"vp09" => 78,
            b"mp4a" | b"Opus" | b"fLaC" if u16_at(entry.content, 8) == Some(0) => 28,
            _ => entry.content.len(),
        };
        plain.extend(entry.name);
        plain.extend(entry.content.get(..fixed).ok_or(Flaw::CutOff)?);
        for inner in children(&entry.content[fixed..])? {
            match &inner.name {
                b"btrt" => {}
                b"esds" => plain.extend(without_rate(inner.content)),
                _ => plain.extend(inner.whole),
            }
        }
    }
    Ok(plain)
}

/// An elementary stream's description with its buffer size and rates set to nothing: eleven bytes after the tag of the
/// decoder's configuration (4) and its length, which is written in up to four bytes.
fn without_rate(esds: &[u8]) -> Vec<u8> {
    let mut plain = esds.to_vec();
    // Version and flags, the tag 3, its length, an id and flags.
    let skip_length = |at: usize| {
        let longer = plain
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| **byte & 0x80 != 0);
        at + longer.count().min(3) + 1
    };
    if plain.get(4) == Some(&3) {
        let tag = skip_length(5) + 3;
        if plain.get(tag) == Some(&4) {
            let body = skip_length(tag + 1);
            if let Some(rates) = plain.get_mut(body + 2..body + 13) {
                rates.fill(0);
            }
        }
    }
    plain
}
