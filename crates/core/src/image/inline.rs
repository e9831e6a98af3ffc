//! Images as text: data URIs and base64.

use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

/// The standard alphabet with padding. Bits left over in the last group are not looked at, as most decoders do.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// Appends the bytes in base64.
pub(crate) fn encode_into(bytes: &[u8], out: &mut String) {
    BASE64.encode_string(bytes, out);
}

/// Why text is not base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// A character outside the alphabet, and its place counted from 1.
    Character(char, usize),
    /// The text's length is not a multiple of four: cut off, or its padding left away.
    Length,
    /// Why the head of a data URI is none.
    NotBase64Uri,
}

/// Base64 text that was looked through: alphabet, length and padding are right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payload<'a> {
    text: &'a [u8],
    bytes: u64,
}

/// The payload of a data URI or of bare base64 that was accepted before; `None` for other text.
pub(crate) fn payload(text: &str) -> Option<Payload<'_>> {
    let base64 = if is_data_uri(text) {
        data_uri_payload(text).ok()?
    } else {
        text
    };
    Payload::new(base64).ok()
}

/// Whether the text has the scheme of a data URI, in any case.
pub(crate) fn is_data_uri(text: &str) -> bool {
    text.get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// What stands after the comma of a data URI whose head ends in `;base64`; media type and parameters are free, since
/// the content decides.
pub(crate) fn data_uri_payload(text: &str) -> Result<&str, Flaw> {
    const MARK: &str = ";base64";
    let (head, payload) = text.split_once(',').ok_or(Flaw::NotBase64Uri)?;
    let mark = head.len().checked_sub(MARK.len()).and_then(|at| head.get(at..));
    match mark {
        Some(mark) if mark.eq_ignore_ascii_case(MARK) => Ok(payload),
        _ => Err(Flaw::NotBase64Uri),
    }
}

impl<'a> Payload<'a> {
    /// Looks the text through once, without decoding it. Line breaks, the URL-safe alphabet and missing padding are
    /// refused: strict decoders do so too, and the text is sent as it came.
    pub(crate) fn new(text: &'a str) -> Result<Self, Flaw> {
        let bytes = text.as_bytes();
        let digits = match bytes {
            [head @ .., b'=', b'='] | [head @ .., b'='] => head,
            all => all,
        };
        if let Some(at) = digits.iter().position(|byte| !IN_ALPHABET[usize::from(*byte)]) {
            let character = text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .unwrap_or('\u{fffd}');
            return Err(Flaw::Character(character, at + 1));
        }
        if !bytes.len().is_multiple_of(4) {
            return Err(Flaw::Length);
        }
        Ok(Self {
            text: bytes,
            bytes: (digits.len() as u64 * 3) / 4,
        })
    }

    /// Size of the file in bytes.
    pub(crate) fn file_bytes(&self) -> u64 {
        self.bytes
    }

    /// Decodes only the groups that hold these bytes of the file.
    pub(crate) fn read(&self, range: &Range<u64>) -> Option<Vec<u8>> {
        let start = usize::try_from(range.start).ok()?;
        let end = usize::try_from(range.end.min(self.bytes)).ok()?;
        let groups = self.text.get(start / 3 * 4..end.div_ceil(3) * 4)?;
        let mut decoded = BASE64.decode(groups).ok()?;
        decoded.truncate(end - start / 3 * 3);
        decoded.drain(..start % 3);
        Some(decoded)
    }

    /// Decodes all.
    pub(crate) fn decode(&self) -> Option<Vec<u8>> {
        BASE64.decode(self.text).ok()
    }
}

/// Which bytes are digits of standard base64.
const IN_ALPHABET: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let character = byte as u8;
        table[byte] = character.is_ascii_alphanumeric() || character == b'+' || character == b'/';
        byte += 1;
    }
    table
};
