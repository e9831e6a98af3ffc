//! Writing one film of several: the first one's index, with the samples of all in its tables.

use crate::boxes::{Film, Inner, boxed, children, need, u32_at};
use crate::tables::{table, write_offsets};
use crate::track::{Run, Track, is_long};
use crate::{Flaw, Piece};

/// What went wrong, and with which film.
type Fault = (usize, Flaw);

/// One track of the whole.
struct Whole<'a> {
    first: Track<'a>,
    /// How long it lasts so far, in its own units.
    lasts: u64,
}

/// Writes it; the films' tracks must be alike.
pub(crate) fn write(films: &[Film], all: Vec<Vec<Track<'_>>>) -> Result<Vec<Piece>, Fault> {
    let scale = movie_scale(&films[0]).map_err(|flaw| (0, flaw))?;
    let (data, length) = data(films);
    let mut wholes: Vec<Whole<'_>> = Vec::new();
    let mut ends = 0.0;
    let mut base = 0;
    for (number, tracks) in all.into_iter().enumerate() {
        let tracks = moved(&films[number], tracks, number > 0, base).map_err(|flaw| (number, flaw))?;
        base += data_length(&films[number]);
        // In seconds: tracks have units of their own.
        ends += tracks.iter().map(seconds).fold(0.0, f64::max);
        for (index, track) in tracks.into_iter().enumerate() {
            match wholes.get_mut(index) {
                Some(whole) => whole.add(track),
                None => wholes.push(Whole {
                    lasts: track.length(),
                    first: track,
                }),
            }
        }
        for whole in &mut wholes {
            whole.last_until(ends);
        }
    }
    pieces(&films[0], &wholes, scale, ends, data, length).map_err(|flaw| (0, flaw))
}

/// How long a track is played, in seconds.
fn seconds(track: &Track<'_>) -> f64 {
    as_f64(track.length().saturating_sub(track.lead())) / f64::from(track.scale)
}

#[expect(clippy::cast_precision_loss, reason = "times below 2^53")]
fn as_f64(number: u64) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time, not below 0"
)]
fn as_u64(number: f64) -> u64 {
    number.round() as u64
}

impl Whole<'_> {
    fn add(&mut self, mut track: Track<'_>) {
        self.lasts += track.length();
        let count = u32::try_from(self.first.sizes.len()).unwrap_or(u32::MAX);
        let of_track = u32::try_from(track.sizes.len()).unwrap_or(u32::MAX);
        self.first.shown = match (self.first.shown.take(), track.shown.take()) {
            (None, None) => None,
            (one, other) => {
                let version = one
                    .iter()
                    .chain(&other)
                    .map(|(version, _)| *version)
                    .max()
                    .unwrap_or_default();
                let runs = |shown: Option<(u8, Vec<Run>)>, count| {
                    shown.map_or_else(|| vec![[count, 0]], |(_, runs)| runs)
                };
                Some((version, [runs(one, count), runs(other, of_track)].concat()))
            }
        };
        self.first.whole_samples = match (self.first.whole_samples.take(), track.whole_samples.take()) {
            (None, None) => None,
            (one, other) => {
                let named = |named: Option<Vec<u32>>, count| named.unwrap_or_else(|| (1..=count).collect());
                let behind = named(other, of_track)
                    .into_iter()
                    .map(|sample| sample.saturating_add(count));
                Some(named(one, count).into_iter().chain(behind).collect())
            }
        };
        self.first.sizes.append(&mut track.sizes);
        self.first.lasts.append(&mut track.lasts);
        self.first.chunks.append(&mut track.chunks);
    }

    /// Lets its last sample last until then, in seconds from where the film begins to be played.
    fn last_until(&mut self, ends: f64) {
        let wanted = as_u64(ends * f64::from(self.first.scale)) + self.first.lead();
        let Some(more) = wanted
            .checked_sub(self.lasts)
            .and_then(|more| u32::try_from(more).ok())
            .filter(|more| *more > 0)
        else {
            return;
        };
        if let Some([count, each]) = self.first.lasts.last_mut() {
            let longer = each.saturating_add(more);
            *count -= 1;
            if *count == 0 {
                self.first.lasts.pop();
            }
            self.first.lasts.push([1, longer]);
            self.lasts += u64::from(more);
        }
    }
}

fn movie_scale(film: &Film) -> Result<u32, Flaw> {
    let header = need(&film.index, *b"mvhd")?;
    u32_at(header, if is_long(header) { 20 } else { 12 })
        .filter(|scale| *scale > 0)
        .ok_or(Flaw::Contradictory)
}

/// The ranges of all films' data, in order, and how long they are together.
fn data(films: &[Film]) -> (Vec<Piece>, u64) {
    let mut pieces = Vec::new();
    let mut length = 0;
    for (film, given) in films.iter().enumerate() {
        for top in given.tops.iter().filter(|top| top.name == *b"mdat") {
            length += top.end - top.inside;
            pieces.push(Piece::Range {
                film,
                start: top.inside,
                end: top.end,
            });
        }
    }
    (pieces, length)
}

fn data_length(film: &Film) -> u64 {
    let data = film.tops.iter().filter(|top| top.name == *b"mdat");
    data.map(|top| top.end - top.inside).sum()
}

/// The tracks with their chunks where they will be, counted from the first byte of the data.
fn moved<'a>(
    film: &Film,
    mut tracks: Vec<Track<'a>>,
    is_later: bool,
    base: u64,
) -> Result<Vec<Track<'a>>, Flaw> {
    for track in &mut tracks {
        if is_later {
            track.trim();
        }
        for chunk in &mut track.chunks {
            let mut before = base;
            let mut place = None;
            for top in film.tops.iter().filter(|top| top.name == *b"mdat") {
                if (top.inside..top.end).contains(&chunk.offset) {
                    place = Some(before + (chunk.offset - top.inside));
                    break;
                }
                before += top.end - top.inside;
            }
            chunk.offset = place.ok_or(Flaw::Contradictory)?;
        }
    }
    Ok(tracks)
}

fn pieces(
    first: &Film,
    wholes: &[Whole<'_>],
    scale: u32,
    ends: f64,
    data: Vec<Piece>,
    length: u64,
) -> Result<Vec<Piece>, Flaw> {
    let lasts = as_u64(ends * f64::from(scale));
    let kind = first
        .tops
        .iter()
        .find(|top| top.name == *b"ftyp")
        .ok_or(Flaw::NotAFilm)?;
    // The index says where the data begin, and is as long whatever it says.
    let before = kind.end - kind.start + index(first, wholes, lasts, 0)?.len() as u64 + 16;
    let mut head = index(first, wholes, lasts, before)?;
    head.extend(1_u32.to_be_bytes());
    head.extend(b"mdat");
    head.extend((length + 16).to_be_bytes());
    let kind = Piece::Range {
        film: 0,
        start: kind.start,
        end: kind.end,
    };
    Ok([vec![kind, Piece::Bytes(head)], data].concat())
}

/// The index: the first film's, with other times and tables, and without what it carried.
fn index(first: &Film, wholes: &[Whole<'_>], lasts: u64, data_at: u64) -> Result<Vec<u8>, Flaw> {
    let mut out = Vec::new();
    let mut tracks = wholes.iter();
    for inner in children(&first.index)? {
        match &inner.name {
            b"mvhd" => out.extend(with_time(&inner, lasts, 16, 24)?),
            b"trak" => {
                let whole = tracks.next().ok_or(Flaw::Contradictory)?;
                out.extend(boxed(*b"trak", &track(whole, inner.content, lasts, data_at)?)?);
            }
            b"udta" => {}
            _ => out.extend_from_slice(inner.whole),
        }
    }
    boxed(*b"moov", &out)
}

fn track(whole: &Whole<'_>, bytes: &[u8], lasts: u64, data_at: u64) -> Result<Vec<u8>, Flaw> {
    let mut out = Vec::new();
    for inner in children(bytes)? {
        match &inner.name {
            b"tkhd" => out.extend(with_time(&inner, lasts, 20, 28)?),
            b"edts" => out.extend(edit(lasts, whole.first.begins)?),
            b"mdia" | b"minf" => {
                out.extend(boxed(inner.name, &track(whole, inner.content, lasts, data_at)?)?);
            }
            b"mdhd" => out.extend(with_time(&inner, whole.lasts, 16, 24)?),
            b"stbl" => out.extend(boxed(*b"stbl", &samples(whole, inner.content, data_at)?)?),
            _ => out.extend_from_slice(inner.whole),
        }
    }
    Ok(out)
}

/// A header with another length of time, which stands there in its short and in its long form.
fn with_time(header: &Inner<'_>, lasts: u64, short: usize, long: usize) -> Result<Vec<u8>, Flaw> {
    let mut content = header.content.to_vec();
    if is_long(&content) {
        let place = content.get_mut(long..long + 8).ok_or(Flaw::CutOff)?;
        place.copy_from_slice(&lasts.to_be_bytes());
    } else {
        let place = content.get_mut(short..short + 4).ok_or(Flaw::CutOff)?;
        place.copy_from_slice(&u32::try_from(lasts).map_err(|_| Flaw::TooLarge)?.to_be_bytes());
    }
    boxed(header.name, &content)
}

/// The one edit: all of it, from where the first film begins.
fn edit(lasts: u64, begins: u64) -> Result<Vec<u8>, Flaw> {
    let mut list = vec![1, 0, 0, 0, 0, 0, 0, 1];
    list.extend(lasts.to_be_bytes());
    list.extend(begins.to_be_bytes());
    list.extend([0, 1, 0, 0]);
    boxed(*b"edts", &boxed(*b"elst", &list)?)
}

fn samples(whole: &Whole<'_>, old: &[u8], data_at: u64) -> Result<Vec<u8>, Flaw> {
    let track = &whole.first;
    let description = children(old)?.into_iter().find(|inner| inner.name == *b"stsd");
    let mut out = description.ok_or(Flaw::Contradictory)?.whole.to_vec();
    out.extend(table(*b"stts", 0, &track.lasts)?);
    if let Some((version, runs)) = &track.shown {
        out.extend(table(*b"ctts", *version, runs)?);
    }
    if let Some(named) = &track.whole_samples {
        let rows: Vec<[u32; 1]> = named.iter().map(|sample| [*sample]).collect();
        out.extend(table(*b"stss", 0, &rows)?);
    }
    let mut runs: Vec<[u32; 3]> = Vec::new();
    for (number, chunk) in (1_u32..).zip(&track.chunks) {
        if runs
            .last()
            .is_none_or(|[_, samples, kind]| (*samples, *kind) != (chunk.samples, chunk.description))
        {
            runs.push([number, chunk.samples, chunk.description]);
        }
    }
    out.extend(table(*b"stsc", 0, &runs)?);
    // Version and flags, no common size, then a table as the others.
    let count = u32::try_from(track.sizes.len()).map_err(|_| Flaw::TooLarge)?;
    let mut sizes = vec![0; 8];
    sizes.extend(count.to_be_bytes());
    for size in &track.sizes {
        sizes.extend(size.to_be_bytes());
    }
    out.extend(boxed(*b"stsz", &sizes)?);
    let offsets: Vec<u64> = track.chunks.iter().map(|chunk| chunk.offset + data_at).collect();
    out.extend(write_offsets(*b"co64", &offsets)?);
    Ok(out)
}
