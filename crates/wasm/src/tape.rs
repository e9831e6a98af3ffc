//! How a JavaScript value crosses the boundary in one call.
//!
//! The TypeScript side walks the value once and lays it out as three things: a *tape* of numbers, one *text* that
//! joins all strings (keys too) in the order of the tape, each followed by one separator character, and the *files*.
//! A string's length is given in UTF-16 units, as JavaScript counts it. Each entry of the tape is one of
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

use std::sync::Arc;

use js_sys::Uint8Array;
use rushes_core::Input;
use wasm_bindgen::JsError;

/// Deepest nesting read; the TypeScript side stops there too. What the API takes is three deep.
const DEPTH_MAX: usize = 64;

/// Reads a whole tape.
///
/// # Errors
/// Where the tape does not fit the text or the files: a mistake of the caller's code, never of its data.
pub fn read(text: &str, tape: &[f64], files: &[Uint8Array]) -> Result<Input, JsError> {
    let mut reader = Reader {
        text,
        cells: tape.iter(),
        files,
    };
    match reader.value(0) {
        Some(input) if reader.cells.len() == 0 => Ok(input),
        _ => Err(JsError::new(
            "the value was laid out wrongly on its way to WebAssembly",
        )),
    }
}

struct Reader<'a> {
    text: &'a str,
    cells: std::slice::Iter<'a, f64>,
    files: &'a [Uint8Array],
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Input> {
        if depth > DEPTH_MAX {
            return None;
        }
        Some(match self.count()? {
            0 => Input::Null,
            1 => Input::Bool(false),
            2 => Input::Bool(true),
            3 => Input::Number(*self.cells.next()?),
            4 => Input::Text(self.string()?),
            5 => {
                let index = self.count()?;
                Input::Bytes(Arc::from(self.files.get(index)?.to_vec()))
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

    /// The next cell as a count; anything else than a whole number of zero or more is no count.
    fn count(&mut self) -> Option<usize> {
        let cell = *self.cells.next()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked by the comparison"
        )]
        let count = cell as u32;
        (f64::from(count).to_bits() == cell.to_bits()).then_some(count as usize)
    }

    /// The next string, of as many UTF-16 units as the next cell says, and past its separator.
    fn string(&mut self) -> Option<String> {
        let mut units = self.count()?;
        let mut chars = self.text.char_indices();
        let end = loop {
            let (at, char) = chars.next()?;
            if units == 0 {
                break at;
            }
            units = units.checked_sub(char.len_utf16())?;
        };
        let (string, _) = self.text.split_at_checked(end)?;
        let string = string.to_owned();
        self.text = chars.as_str();
        Some(string)
    }
}
