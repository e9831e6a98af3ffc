//! Taking out of foreign words what must not be shown.

use crate::exchange::peek::clip;
use crate::say::{holds, list, place};

/// What stands where something was taken out.
const GONE: &str = "[removed]";

/// Foreign words made fit to show: one line, no control characters, nothing that looks like a key, clipped.
pub(crate) fn tidy(text: &str, max_chars: usize) -> String {
    // Far more than is kept, so that redaction sees whole words, yet bounded for hostile sizes.
    let text: String = text.chars().take(max_chars.saturating_mul(4)).collect();
    let line = text
        .split(|char: char| char.is_whitespace() || char.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>();
    let line = list(&line, " ");
    clip(&redact(&line), max_chars)
}

/// The text without anything that looks like a key (`sk_…`, `Bearer …`, `api_key=…`, a JSON web token) and without
/// the query, fragment and user of any URL in it.
///
/// A provider's message may echo the header or the body it was sent; this is what stands between that and a screen
/// or a log. It would rather take too much than too little.
pub fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // How many words on may still be the key that was announced: "API key provided: …", "Authorization: Bearer …".
    let mut alert = 0_u8;
    while !rest.is_empty() {
        let (gap, after_gap) = rest.split_at(rest.find(in_word).unwrap_or(rest.len()));
        let (word, after_word) =
            after_gap.split_at(after_gap.find(|char| !in_word(char)).unwrap_or(after_gap.len()));
        rest = after_word;
        out.push_str(gap);
        if looks_like_key(word) || (alert > 0 && could_be_key(word)) {
            out.push_str(GONE);
        } else {
            out.push_str(&without_query(word));
        }
        alert = if announces_key(word) {
            ALERT_WORDS
        } else {
            alert.saturating_sub(1)
        };
    }
    out
}

/// How many words after one that announces a key may be it.
const ALERT_WORDS: u8 = 3;

/// Characters of which keys and URLs are made: everything but white space, quotes, brackets and separators.
fn in_word(char: char) -> bool {
    !char.is_whitespace()
        && !matches!(
            char,
            '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '{' | '}' | '[' | ']' | ',' | ';'
        )
}

/// Words after which a key tends to stand.
const ANNOUNCERS: [&str; 9] = [
    "bearer",
    "authorization",
    "api_key",
    "apikey",
    "api-key",
    "x-api-key",
    "key",
    "token",
    "secret",
];

fn announces_key(word: &str) -> bool {
    let word = word.trim_end_matches([':', '=', '.']).to_ascii_lowercase();
    ANNOUNCERS.contains(&word.as_str())
}

fn looks_like_key(word: &str) -> bool {
    let bare = word.trim_start_matches(|char: char| !char.is_ascii_alphanumeric());
    let lower = bare.to_ascii_lowercase();
    let is_labelled = |name: &&str| {
        lower
            .strip_prefix(*name)
            .is_some_and(|rest| rest.len() > 1 && rest.starts_with([':', '=']))
    };
    ["sk_", "sk-", "pk_", "rk_"]
        .iter()
        .any(|start| lower.starts_with(start))
        || ["=sk_", ":sk_", "=sk-", ":sk-", "/sk_", "/sk-"]
            .iter()
            .any(|inner| holds(&lower, &[inner]))
        || ANNOUNCERS.iter().any(is_labelled)
        || (bare.starts_with("eyJ") && bare.len() > 20)
}

/// Soon after such a word, anything but a plain word may be the key itself.
fn could_be_key(word: &str) -> bool {
    let is_odd = |char: char| char.is_ascii_digit() || matches!(char, '_' | '*' | '=' | '+');
    word.len() >= 16 || (word.len() >= 8 && word.chars().any(is_odd))
}

/// A URL without what follows `?` or `#` (signatures live there) and without `user:password@`.
fn without_query(word: &str) -> String {
    let Some(scheme_end) = place(word, "://").map(|at| at + 3) else {
        return word.to_owned();
    };
    let (start, rest) = word.split_at(scheme_end);
    let (address, more) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let host_end = address.find('/').unwrap_or(address.len());
    let address = address[..host_end]
        .rfind('@')
        .map_or(address, |at| &address[at + 1..]);
    [start, address, if more.is_empty() { "" } else { "?…" }].concat()
}
