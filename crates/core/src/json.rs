//! Writing JSON text.

use crate::decimal;

/// JSON text being written, value by value; commas are put where they belong.
///
/// ```
/// use rushes_core::json::Json;
///
/// let mut json = Json::default();
/// json.open('{').name("prompt").text("a \"fox\"").name("duration").number(5.0).close('}');
/// assert_eq!(json.into_text(), r#"{"prompt":"a \"fox\"","duration":5}"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Json {
    out: String,
}

impl Json {
    /// An empty text with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            out: String::with_capacity(bytes),
        }
    }

    /// The text.
    pub fn into_text(self) -> String {
        self.out
    }

    /// Begins an object (`{`) or a list (`[`).
    pub fn open(&mut self, bracket: char) -> &mut Self {
        self.comma();
        self.out.push(bracket);
        self
    }

    /// Ends an object (`}`) or a list (`]`).
    pub fn close(&mut self, bracket: char) -> &mut Self {
        self.out.push(bracket);
        self
    }

    /// Names the value that comes next. The name is written as it is.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.comma();
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
        self
    }

    /// A string.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.comma();
        self.out.push('"');
        escape(text, &mut self.out);
        self.out.push('"');
        self
    }

    /// A number; `null` for one that JSON cannot say.
    pub fn number(&mut self, number: f64) -> &mut Self {
        if number.is_finite() {
            self.plain(&decimal::shown(number))
        } else {
            self.plain("null")
        }
    }

    /// A boolean.
    pub fn flag(&mut self, flag: bool) -> &mut Self {
        self.plain(if flag { "true" } else { "false" })
    }

    /// A value that is JSON text already.
    pub fn plain(&mut self, json: &str) -> &mut Self {
        self.comma();
        self.out.push_str(json);
        self
    }

    /// A string put together piece by piece, none of which needs escaping.
    pub(crate) fn quoted(&mut self, write: impl FnOnce(&mut String)) -> &mut Self {
        self.comma();
        self.out.push('"');
        write(&mut self.out);
        self.out.push('"');
        self
    }

    /// A string without its inside; where that belongs, in bytes.
    pub(crate) fn gap(&mut self) -> usize {
        self.plain("\"\"");
        self.out.len() - 1
    }

    /// A comma, where a value stands before.
    fn comma(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(',');
        }
    }
}

/// Whether a text can stand between quotes as it is, and holds no U+FFFD. Eight bytes at a time: texts are long, and
/// this is asked of each.
pub(crate) fn is_plain(text: &str) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // A byte is below `n` if its highest bit is not set and is so once `n` is taken away; what is borrowed from the next
    // byte is borrowed only above one that was found.
    let below = |word: u64, n: u8| word.wrapping_sub(EACH * u64::from(n)) & !word & (EACH << 7) != 0;
    let has = |word: u64, byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
    let bytes = text.as_bytes();
    let is_good = |at: usize, word: u64| {
        let is_special = below(word, b' ') || has(word, b'"') || has(word, b'\\');
        let is_replaced = |bytes: &[u8]| matches!(bytes, [0xef, 0xbf, 0xbd]);
        let replaced = || bytes.windows(3).skip(at).take(8).any(is_replaced);
        !(is_special || has(word, 0xef) && replaced())
    };
    let (words, rest) = bytes.as_chunks();
    let mut at = 0;
    for word in words {
        if !is_good(at, u64::from_le_bytes(*word)) {
            return false;
        }
        at += 8;
    }
    let rest = rest
        .iter()
        .fold(EACH * u64::from(b' '), |word, byte| word << 8 | u64::from(*byte));
    is_good(at, rest)
}

/// Writes a string's inside as `JSON.stringify` does: only what JSON demands is escaped, in its shortest form.
fn escape(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte < b' ' || byte == b'"' || byte == b'\\')
    {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        out.push('\\');
        let byte = special.bytes().next().unwrap_or_default();
        match byte {
            b'\n' => out.push('n'),
            b'\r' => out.push('r'),
            b'\t' => out.push('t'),
            0x08 => out.push('b'),
            0x0c => out.push('f'),
            b'"' | b'\\' => out.push(char::from(byte)),
            control => {
                out.push_str("u00");
                out.push(char::from(HEX[usize::from(control >> 4)]));
                out.push(char::from(HEX[usize::from(control & 15)]));
            }
        }
        rest = special.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}
