//! Taking out of foreign words what must not be shown.

use crate::exchange::peek::clip;

/// What stands where something was taken out.
const GONE: &str = "[removed]";

/// Foreign words made fit to show: one line, no control characters, nothing that looks like a key, clipped.
pub(crate) fn tidy(text: &str, max_chars: usize) -> String {
    // Far more than is kept, so that redaction sees whole words, yet bounded for hostile sizes.
    let text: String = text.chars().take(max_chars.saturating_mul(4)).collect();
    let line = text
        .split(|char: char| char.is_whitespace() || char.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
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
    let mut key_follows = false;
    while !rest.is_empty() {
        let gap = rest.find(in_word).unwrap_or(rest.len());
        out.push_str(&rest[..gap]);
        rest = &rest[gap..];
        let end = rest.find(|char| !in_word(char)).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        let announces = announces_key(word)
            || (word.eq_ignore_ascii_case("key") && out.to_ascii_lowercase().ends_with("api "));
        if word.is_empty() {
        } else if announces || (key_follows && is_filler(word)) {
            out.push_str(word);
            key_follows = true;
            continue;
        } else if looks_like_key(word) || (key_follows && could_be_key(word)) {
            out.push_str(GONE);
        } else {
            out.push_str(&without_query(word));
        }
        key_follows = false;
    }
    out
}

/// Characters of which keys and URLs are made: everything but white space, quotes, brackets and separators.
fn in_word(char: char) -> bool {
    !char.is_whitespace()
        && !matches!(
            char,
            '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '{' | '}' | '[' | ']' | ',' | ';'
        )
}

fn announces_key(word: &str) -> bool {
    let word = word.trim_end_matches([':', '=']).to_ascii_lowercase();
    matches!(
        word.as_str(),
        "bearer" | "authorization" | "api_key" | "apikey" | "api-key" | "x-api-key" | "token"
    )
}

fn is_filler(word: &str) -> bool {
    matches!(word, ":" | "=" | "is" | "was" | "basic" | "Basic")
}

fn looks_like_key(word: &str) -> bool {
    let bare = word.trim_start_matches(|char: char| !char.is_ascii_alphanumeric());
    let lower = bare.to_ascii_lowercase();
    ["sk_", "sk-", "pk_", "rk_"]
        .iter()
        .any(|start| lower.starts_with(start))
        || ["bearer", "authorization", "api_key", "apikey", "api-key", "token"]
            .iter()
            .any(|name| {
                lower
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with([':', '=']))
            })
        || ["=sk_", ":sk_", "=sk-", ":sk-", "/sk_"]
            .iter()
            .any(|inner| lower.contains(inner))
        || (bare.starts_with("eyJ") && bare.len() > 20)
}

/// After `Bearer` or `API key`, anything but a short plain word may be the key itself.
fn could_be_key(word: &str) -> bool {
    word.len() >= 16
        || word
            .chars()
            .any(|char| char.is_ascii_digit() || matches!(char, '_' | '*' | '='))
}

/// A URL without what follows `?` or `#` (signatures live there) and without `user:password@`.
fn without_query(word: &str) -> String {
    let Some(scheme_end) = word.find("://").map(|at| at + 3) else {
        return word.to_owned();
    };
    let (start, rest) = word.split_at(scheme_end);
    let (address, more) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let host_end = address.find('/').unwrap_or(address.len());
    let address = address[..host_end]
        .rfind('@')
        .map_or(address, |at| &address[at + 1..]);
    format!("{start}{address}{}", if more.is_empty() { "" } else { "?…" })
}
