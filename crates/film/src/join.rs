//! Several films become one: their samples follow each other as they are, nothing is encoded again.
//!
//! That is only right where every film is described alike. Each film lasts as long as its longest track; what ends
//! sooner holds its last sample until then, so that picture and sound never drift apart.

use crate::boxes::{Film, children};
use crate::out;
use crate::track::Track;
use crate::{Flaw, Piece};

/// Most films that are joined.
const FILMS_MAX: usize = 1000;

/// Why films cannot be joined as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoJoin {
    /// One of them cannot be worked with.
    Flawed {
        /// Which, from 0.
        film: usize,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// One is not like the first.
    Differs {
        /// Which, from 0.
        film: usize,
        /// In what.
        what: Difference,
    },
    /// There are none, or too many.
    Count,
}

/// In what two films differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// One has sound and the other has none, or more than picture and sound.
    Tracks,
    /// Width or height.
    Size,
    /// The codec, or how it is set.
    Codec,
    /// How finely time is told.
    Time,
}

/// One film with its samples after those of all, in a list of pieces whose films are numbered as given.
///
/// # Errors
/// [`NoJoin`].
pub fn join(films: &[Film]) -> Result<Vec<Piece>, NoJoin> {
    if films.is_empty() || films.len() > FILMS_MAX {
        return Err(NoJoin::Count);
    }
    let mut all: Vec<Vec<Track<'_>>> = Vec::with_capacity(films.len());
    for (film, given) in films.iter().enumerate() {
        let tracks = tracks(given).map_err(|flaw| NoJoin::Flawed { film, flaw })?;
        if let Some(what) = all.first().and_then(|first| difference(first, &tracks)) {
            return Err(NoJoin::Differs { film, what });
        }
        all.push(tracks);
    }
    out::write(films, all).map_err(|(film, flaw)| NoJoin::Flawed { film, flaw })
}

fn tracks(film: &Film) -> Result<Vec<Track<'_>>, Flaw> {
    let inside = children(&film.index)?;
    if inside.iter().any(|inner| inner.name == *b"mvex") {
        return Err(Flaw::Fragmented);
    }
    let tracks = inside.iter().filter(|inner| inner.name == *b"trak");
    let tracks: Vec<Track<'_>> = tracks
        .map(|inner| Track::read(inner.content))
        .collect::<Result<_, _>>()?;
    if tracks.is_empty() {
        Err(Flaw::NotAFilm)
    } else {
        Ok(tracks)
    }
}

fn difference(first: &[Track<'_>], other: &[Track<'_>]) -> Option<Difference> {
    let kinds = |tracks: &[Track<'_>]| tracks.iter().map(|track| track.kind).collect::<Vec<_>>();
    if kinds(first) != kinds(other) {
        return Some(Difference::Tracks);
    }
    first.iter().zip(other).find_map(|(one, other)| {
        if (one.width, one.height) != (other.width, other.height) {
            Some(Difference::Size)
        } else if one.codec != other.codec {
            Some(Difference::Codec)
        } else if one.scale != other.scale {
            Some(Difference::Time)
        } else {
            None
        }
    })
}
