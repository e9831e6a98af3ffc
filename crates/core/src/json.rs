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

    /// A comma, where a value stands before.
    fn comma(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(',');
        }
    }
}

/// Writes a string's inside as `JSON.stringify` does: only what JSON demands is escaped, in its shortest form.
fn escape(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
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
