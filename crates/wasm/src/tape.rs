//! How a JavaScript value crosses the boundary in one call.
//!
//! The TypeScript side walks the value once and lays it out as three things: a *text* that joins all strings (keys
//! too) in the order of the tape, each followed by one separator character; a *tape* of numbers, its cells; and the
//! *files*, whose sizes stand before their bytes. A string's length is given in UTF-16 units, as JavaScript counts it.
//! Each entry of the tape is one of
//!
//! | cells | value |
//! |---|---|
//! | `0` | null, undefined |
//! | `1`, `2` | false, true |
//! | `3, n` | the number n, whatever it is |
//! | `4, length` | the next string of the text |
//! | `5, index` | the bytes of that file |
//! | `6, count` | a list, its entries following |
//! | `7, count` | an object, for each field the length of its name, then its entry |

use rushes_core::Input;

/// Deepest nesting read; the TypeScript side stops there too. What the API takes is three deep.
const DEPTH_MAX: usize = 64;

/// What was laid out, in this order: bytes of text, cells, files.
#[derive(Clone, Copy, Debug)]
pub struct Lengths {
    /// Bytes of the text (UTF-8).
    pub text: usize,
    /// Cells of the tape, eight bytes each.
    pub cells: usize,
    /// Files: first eight bytes for the size of each, then their bytes.
    pub files: usize,
}

/// A value that was laid out.
#[derive(Debug)]
pub struct Tape<'a> {
    text: &'a str,
    /// Whether every UTF-16 unit is one byte.
    is_plain: bool,
    cells: &'a [[u8; 8]],
    files: Vec<&'a [u8]>,
}

impl<'a> Tape<'a> {
    /// What lies there; `None` where it does not fit: a mistake of the caller's code, never of its data.
    pub fn new(bytes: &'a [u8], lengths: Lengths) -> Option<Self> {
        let (text, rest) = bytes.split_at_checked(lengths.text)?;
        let text = std::str::from_utf8(text).ok()?;
        let (numbers, _) = rest.as_chunks::<8>();
        let (cells, numbers) = numbers.split_at_checked(lengths.cells)?;
        let sizes = numbers.get(..lengths.files)?;
        let mut rest = rest.get((lengths.cells + lengths.files) * 8..)?;
        let mut files = Vec::with_capacity(lengths.files);
        for size in sizes {
            let (file, more) = rest.split_at_checked(count(*size)?)?;
            files.push(file);
            rest = more;
        }
        Some(Self {
            text,
            is_plain: text.is_ascii(),
            cells,
            files,
        })
    }

    /// Reads the whole tape; `None` as [`new`](Self::new).
    pub fn read(mut self) -> Option<Input> {
        self.value(0).filter(|_| self.cells.is_empty())
    }

    fn value(&mut self, depth: usize) -> Option<Input> {
        if depth > DEPTH_MAX {
            return None;
        }
        Some(match self.count()? {
            0 => Input::Null,
            1 => Input::Bool(false),
            2 => Input::Bool(true),
            3 => Input::Number(f64::from_le_bytes(*self.cells.split_off_first()?)),
            4 => Input::Text(self.string()?),
            5 => {
                let index = self.count()?;
                Input::Bytes((*self.files.get(index)?).into())
            }
            6 => {
                let count = self.count()?;
                let mut items = Vec::with_capacity(count.min(self.cells.len()));
                for _ in 0..count {
                    items.push(self.value(depth + 1)?);
                }
                Input::List(items)
            }
            7 => {
                let count = self.count()?;
                let mut fields = Vec::with_capacity(count.min(self.cells.len()));
                for _ in 0..count {
                    let name = self.string()?;
                    fields.push((name, self.value(depth + 1)?));
                }
                Input::Object(fields)
            }
            _ => return None,
        })
    }

    fn count(&mut self) -> Option<usize> {
        count(*self.cells.split_off_first()?)
    }

    /// The next string, of as many UTF-16 units as the next cell says, and past its separator.
    fn string(&mut self) -> Option<String> {
        let units = self.count()?;
        let end = if self.is_plain { units } else { self.end_of(units)? };
        let (string, rest) = self.text.split_at_checked(end)?;
        let mut rest = rest.chars();
        rest.next()?;
        self.text = rest.as_str();
        Some(string.to_owned())
    }

    /// Where so many UTF-16 units of the text end.
    fn end_of(&self, units: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        // Eight bytes at a time, as long as they cannot have too many: texts are long.
        let (mut start, mut left) = (0, units);
        for word in bytes.as_chunks::<8>().0 {
            if left < 8 {
                break;
            }
            let word = u64::from_le_bytes(*word);
            let high = word & 0x8080_8080_8080_8080;
            let continues = (high & !(word << 1)).count_ones();
            let pairs = (high & (word << 1) & (word << 2) & (word << 3)).count_ones();
            left -= (8 - continues + pairs) as usize;
            start += 8;
        }
        for (at, byte) in bytes.iter().enumerate().skip(start) {
            // A character begins at every byte that continues none, and has two units if it has four bytes.
            let begins = *byte & 0b1100_0000 != 0b1000_0000;
            if begins && left == 0 {
                return Some(at);
            }
            left = left.checked_sub(usize::from(begins) + usize::from(*byte >= 0b1111_0000))?;
        }
        None
    }
}

/// A cell as a count; anything else than a whole number of zero or more is no count.
fn count(cell: [u8; 8]) -> Option<usize> {
    let cell = f64::from_le_bytes(cell);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked by the comparison"
    )]
    let count = cell as u32;
    (f64::from(count).to_bits() == cell.to_bits()).then_some(count as usize)
}
