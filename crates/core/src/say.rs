//! Sentences with values in them, and looking into texts, without the weight of Rust's formatting and searching.
//!
//! `format!` keeps its machinery alive (padding, precision, debug forms), and a search for a text in a text brings a
//! clever algorithm for long ones: together a tenth of what browsers download. Here values are texts already, and what
//! is searched is short.

/// Text with a value in place of each `{}`, like `format!` for values that are texts.
macro_rules! say {
    ($template:literal $(, $value:expr)* $(,)?) => {{
        const HOLES: usize = $crate::say::holes($template);
        const VALUES: usize = <[&str]>::len(&[$(stringify!($value)),*]);
        const { assert!(HOLES == VALUES, "as many values as places") };
        $crate::say::fill($template, &[$(($value).as_ref()),*])
    }};
}
pub(crate) use say;

/// How many values a template takes.
pub(crate) const fn holes(template: &str) -> usize {
    let bytes = template.as_bytes();
    let mut count = 0;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'{' {
            count += 1;
        }
        at += 1;
    }
    count
}

/// The template with the values in place of its `{}`.
pub(crate) fn fill(template: &str, values: &[&str]) -> String {
    let length = values
        .iter()
        .fold(template.len(), |length, value| length + value.len());
    let mut text = String::with_capacity(length);
    let mut values = values.iter();
    let mut start = 0;
    for (at, byte) in template.bytes().enumerate() {
        if byte == b'{' {
            text.push_str(&template[start..at]);
            text.push_str(values.next().unwrap_or(&""));
            start = at + 2;
        }
    }
    text.push_str(template.get(start..).unwrap_or_default());
    text
}

/// The text before the first such byte, which must be ASCII, and the rest from there.
pub(crate) fn cut(text: &str, is_end: impl Fn(u8) -> bool) -> (&str, &str) {
    let at = text.bytes().position(is_end).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Whether one of the texts stands somewhere in it.
pub(crate) fn holds(text: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|wanted| place(text, wanted).is_some())
}

/// Where a text, which must not be empty, first stands in it.
pub(crate) fn place(text: &str, wanted: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(wanted.len());
    windows.position(|window| window == wanted.as_bytes())
}

/// How many characters (Unicode scalar values) it has.
pub(crate) fn characters(text: &str) -> usize {
    let begins = |byte: &u8| *byte & 0b1100_0000 != 0b1000_0000;
    text.as_bytes().iter().filter(|byte| begins(byte)).count()
}

/// The texts, a separator between each two.
pub(crate) fn list(texts: &[&str], separator: &str) -> String {
    let mut list = String::new();
    for text in texts {
        if !list.is_empty() {
            list.push_str(separator);
        }
        list.push_str(text);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::{characters, cut, holds, list, place};

    #[test]
    fn values_stand_in_their_places() {
        assert_eq!(say!("nothing"), "nothing");
        assert_eq!(say!("{} and {}.", "{}", "é".to_owned()), "{} and é.");
    }

    #[test]
    fn texts_are_found_where_they_stand() {
        assert_eq!(place("a://b://c", "://"), Some(1));
        assert_eq!(place("é://", "://"), Some(2));
        assert_eq!(place("://", "a://b"), None);
        assert!(holds("<HTML><body", &["<html", "<body"]) && !holds("", &["a"]));
        assert_eq!(cut("é=b=c", |byte| byte == b'='), ("é", "=b=c"));
        assert_eq!(cut("é", |byte| byte == b'='), ("é", ""));
        assert_eq!(list(&["a", "b", ""], ", "), "a, b, ");
        for text in ["", "a", "é漢🦊\0"] {
            assert_eq!(characters(text), text.chars().count());
        }
    }
}
