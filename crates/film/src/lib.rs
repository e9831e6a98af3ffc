//! MP4 files as bytes: a request that is carried in one, and several that become one without being encoded again.
//!
//! Nothing here holds a whole film: of each only its index (`moov`) is read, and what comes out is a list of [`Piece`]s,
//! new bytes and ranges of what is there already. The boxes are read and written here rather than by a crate, because
//! every box that is not understood has to stay as it is, byte for byte, and the rest are tables of 32-bit numbers.
//!
//! Numbers in a file are claims: nothing is allocated for a count before the bytes that it promises are there.

mod boxes;
mod carry;
mod join;
mod out;
mod tables;
mod track;

pub use boxes::{Film, INDEX_MAX_BYTES};
pub use carry::CARRIED_MAX_BYTES;
pub use join::{Difference, NoJoin, join};

/// Where the bytes of a film are.
pub trait Source {
    /// How many there are.
    fn length(&self) -> u64;

    /// That many of them from there on; fewer where the file ends.
    ///
    /// # Errors
    /// [`Flaw::Unreadable`] where they cannot be read.
    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, Flaw>;
}

impl Source for &[u8] {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, Flaw> {
        let start = usize::try_from(at).unwrap_or(usize::MAX).min(self.len());
        let end = start.saturating_add(length).min(self.len());
        Ok(self[start..end].to_vec())
    }
}

/// A part of a file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Bytes of a film that was given.
    Range {
        /// Which of them, from 0.
        film: usize,
        /// The first byte.
        start: u64,
        /// Where they end.
        end: u64,
    },
}

/// Why a file cannot be worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Its bytes cannot be read.
    Unreadable,
    /// It is no MP4 file, or has no index.
    NotAFilm,
    /// A box says that it is longer than what it stands in, or a table than its box.
    CutOff,
    /// Its tables contradict each other.
    Contradictory,
    /// Its frames lie in fragments, with an index each.
    Fragmented,
    /// It has data about itself of another kind, where ours would stand.
    Foreign,
    /// Larger than what is worked with here.
    TooLarge,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Unreadable => "the file cannot be read",
            Self::NotAFilm => "this is no MP4 file",
            Self::CutOff => "the file is cut off",
            Self::Contradictory => "the file's tables contradict each other",
            Self::Fragmented => "the file is in fragments",
            Self::Foreign => "the file holds data of another kind",
            Self::TooLarge => "the file is too large",
        })
    }
}

impl std::error::Error for Flaw {}

/// All pieces as one file, for tests and for hosts that hold everything in memory.
///
/// # Errors
/// As [`Source::read`]; [`Flaw::CutOff`] where a film is shorter than its pieces.
pub fn assemble(pieces: &[Piece], films: &[&dyn Source]) -> Result<Vec<u8>, Flaw> {
    let mut whole = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Bytes(bytes) => whole.extend_from_slice(bytes),
            Piece::Range { film, start, end } => {
                let length = usize::try_from(end.saturating_sub(*start)).map_err(|_| Flaw::TooLarge)?;
                let bytes = films.get(*film).ok_or(Flaw::CutOff)?.read(*start, length)?;
                if bytes.len() != length {
                    return Err(Flaw::CutOff);
                }
                whole.extend_from_slice(&bytes);
            }
        }
    }
    Ok(whole)
}
