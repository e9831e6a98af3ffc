//! The patterns of texts: written so that every engine reads them alike, without escapes of its own or looking ahead.

use crate::check::is_white;
use crate::image::SIGNATURES;

/// Text with at least one character that is not white.
pub(super) fn not_blank() -> String {
    format!("[^{}]", class(is_white))
}

/// The beginning of everything that may be an image: an http(s) URL without a user, a data URI in base64 or base64 of
/// a PNG or JPEG. Only URLs are looked at to their end, since inline images have millions of characters.
pub(super) fn image() -> String {
    let nowhere = class(|c| c.is_whitespace() || c.is_control());
    let rest = format!(r#"[^{nowhere}\\<>"]"#);
    let authority = format!(r#"[^{nowhere}\\<>"/?#@]"#);
    let url = format!("[Hh][Tt][Tt][Pp][Ss]?://{authority}+([/?#]{rest}*)?$");
    let starts: Vec<String> = SIGNATURES.into_iter().map(base64_start).collect();
    let inline = format!(
        "([Dd][Aa][Tt][Aa]:[^,]*;[Bb][Aa][Ss][Ee]64,)?({})",
        starts.join("|")
    );
    format!("^({url}|{inline})")
}

/// An http(s) URL as nearly all are: a host of letters, digits, dots and hyphens, and a path in ASCII. Whatever matches
/// is a good one and can stand between quotes in JSON; most that do not are good, too.
pub(super) fn plain_address() -> String {
    let label = "[A-Za-z0-9]+";
    format!(r"^[Hh][Tt][Tt][Pp][Ss]?://{label}([.-]{label})*(/[!#-;=?-\[\]-~]*)?$")
}

/// The characters of a kind as the inside of a character class; without NUL, at which some engines end a pattern.
fn class(is_of_kind: impl Fn(char) -> bool) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for at in ('\u{1}'..=char::MAX).filter(|c| is_of_kind(*c)).map(u32::from) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => ranges.push((at, at)),
        }
    }
    let ends = ranges.into_iter().flat_map(|(first, last)| match last - first {
        0 => vec![char::from_u32(first)],
        1 => vec![char::from_u32(first), char::from_u32(last)],
        _ => vec![char::from_u32(first), Some('-'), char::from_u32(last)],
    });
    ends.flatten().collect()
}

/// How base64 of bytes that begin so begins; its last digit may be one of several.
fn base64_start(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1))
        .collect();
    let mut start = String::new();
    for digit in bits.chunks(6) {
        let open = 6 - digit.len();
        let first = digit.iter().fold(0, |value, bit| value << 1 | usize::from(*bit)) << open;
        let possible: String = DIGITS[first..first + (1 << open)]
            .iter()
            .map(|digit| char::from(*digit))
            .collect();
        let possible = if open == 0 {
            possible
        } else {
            format!("[{possible}]")
        };
        start.push_str(&possible);
    }
    start
}
