//! Images as text: data URIs and base64.

use std::ops::Range;

/// The digits of standard base64, by their value.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends the bytes in standard base64, with padding.
pub(crate) fn encode_into(bytes: &[u8], out: &mut String) {
    let digit = |bits: u32| DIGITS[(bits & 63) as usize];
    let mut text = std::mem::take(out).into_bytes();
    text.reserve(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let mut four = [
            digit(bits >> 18),
            digit(bits >> 12),
            digit(bits >> 6),
            digit(bits),
        ];
        four[group.len() + 1..].fill(b'=');
        text.extend_from_slice(&four);
    }
    // It was text before, and only ASCII was added.
    *out = String::from_utf8(text).unwrap_or_default();
}

/// Decodes whole groups of standard base64 that were looked through before; padding counts as zeros. Bits left over in
/// the last group are not looked at, as most decoders do.
fn decode(groups: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(groups.len() / 4 * 3);
    for group in groups.chunks(4) {
        let bits = group.iter().fold(0, |bits: u32, digit| bits << 6 | value(*digit));
        let [_, first, second, third] = bits.to_be_bytes();
        bytes.extend_from_slice(&[first, second, third]);
    }
    bytes
}

/// The value of a digit.
fn value(digit: u8) -> u32 {
    u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => 0,
    })
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
        let mut decoded = decode(groups);
        decoded.truncate(end - start / 3 * 3);
        decoded.drain(..start % 3);
        Some(decoded)
    }

    /// Decodes all.
    pub(crate) fn decode(&self) -> Vec<u8> {
        let mut decoded = decode(self.text);
        decoded.truncate(usize::try_from(self.bytes).unwrap_or(usize::MAX));
        decoded
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

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::{Payload, encode_into};

    proptest! {
        #[test]
        fn bytes_are_written_and_read_as_everybody_does(bytes in prop::collection::vec(any::<u8>(), 0..70), at in 0..70_u64, length in 0..70_u64) {
            let mut text = "é".to_owned();
            encode_into(&bytes, &mut text);
            let known = STANDARD.encode(&bytes);
            prop_assert_eq!(&text, &["é", &known].concat());
            let payload = Payload::new(&known).unwrap();
            prop_assert_eq!(payload.file_bytes(), bytes.len() as u64);
            prop_assert_eq!(payload.decode(), bytes.clone());
            let end = (at + length).min(bytes.len() as u64);
            let start = at.min(end);
            let wanted = usize::try_from(start).unwrap()..usize::try_from(end).unwrap();
            prop_assert_eq!(payload.read(&(start..end)), Some(bytes[wanted].to_vec()));
        }

        #[test]
        fn what_is_taken_for_base64_is_base64_to_everybody(text in "[A-Za-f+/=]{0,12}") {
            let lenient = base64::engine::GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true);
            let known = base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, lenient).decode(&text).ok();
            prop_assert_eq!(Payload::new(&text).ok().map(|payload| payload.decode()), known);
        }
    }
}
