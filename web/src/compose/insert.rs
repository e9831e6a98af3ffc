//! Words put into a prompt where the caret stands, and found by what is typed.

use crate::text::format::lower;

/// A text with words put in place of what is selected, and where the caret then stands. Places are in UTF-16 units, as
/// browsers count them.
pub fn insert(text: &str, selection: (u32, u32), words: &str) -> (String, u32) {
    let start = byte_of(text, selection.0.min(selection.1));
    let end = byte_of(text, selection.0.max(selection.1));
    let (before, after) = (&text[..start], &text[end..]);
    let mut whole = String::with_capacity(text.len() + words.len() + 4);
    whole.push_str(before);
    whole.push_str(joint_before(before));
    whole.push_str(words);
    let caret = units(&whole);
    whole.push_str(joint_after(after));
    whole.push_str(after);
    (whole, caret)
}

/// What stands between the words and the text before them.
fn joint_before(before: &str) -> &'static str {
    match before.chars().next_back() {
        None => "",
        Some(last) if last.is_whitespace() || is_opening(last) || is_wide_mark(last) => "",
        Some(last) if is_mark(last) => " ",
        Some(last) if is_wide(last) => "，",
        Some(_) => ", ",
    }
}

/// What stands between the words and the text behind them.
fn joint_after(after: &str) -> &'static str {
    let mut characters = after.chars();
    match characters.next() {
        None => "",
        Some(first) if first.is_whitespace() => {
            let next = characters.find(|character| !character.is_whitespace());
            match next {
                Some(next) if !is_mark(next) && first != '\n' => ",",
                _ => "",
            }
        }
        Some(first) if is_mark(first) || is_wide_mark(first) || is_closing(first) => "",
        Some(first) if is_wide(first) => "，",
        Some(_) => ", ",
    }
}

fn is_mark(character: char) -> bool {
    matches!(character, ',' | '.' | ';' | ':' | '!' | '?' | '…')
}

fn is_wide_mark(character: char) -> bool {
    matches!(character, '，' | '。' | '；' | '：' | '！' | '？' | '、')
}

fn is_opening(character: char) -> bool {
    matches!(character, '(' | '[' | '“' | '"' | '「' | '（')
}

fn is_closing(character: char) -> bool {
    matches!(character, ')' | ']' | '”' | '"' | '」' | '）')
}

/// Whether a script is written without spaces.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The byte of a place that a browser counts in UTF-16 units.
pub fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units;
    for (byte, character) in text.char_indices() {
        let width = if u32::from(character) > 0xffff { 2 } else { 1 };
        if left < width {
            return byte;
        }
        left -= width;
    }
    text.len()
}

/// How many UTF-16 units a text has.
pub fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// Whether every word of a query stands somewhere in one of the texts, in whatever case.
pub fn is_found(query: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| lower(text)).collect();
    lower(query)
        .split_whitespace()
        .all(|word| texts.iter().any(|text| text.contains(word)))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_joined_as_a_writer_would() {
        for (text, at, whole) in [
            ("", (0, 0), "slow push in"),
            ("A fox", (5, 5), "A fox, slow push in"),
            ("A fox.", (6, 6), "A fox. slow push in"),
            ("A fox, ", (7, 7), "A fox, slow push in"),
            ("A fox leaps", (5, 5), "A fox, slow push in, leaps"),
            ("A fox.", (5, 5), "A fox, slow push in."),
            ("A fox leaps", (0, 0), "slow push in, A fox leaps"),
            ("A fox leaps", (2, 5), "A slow push in, leaps"),
            ("A fox leaps", (5, 2), "A slow push in, leaps"),
            ("A fox\nleaps", (5, 5), "A fox, slow push in\nleaps"),
            ("狐狸", (2, 2), "狐狸，slow push in"),
            ("狐狸。", (3, 3), "狐狸。slow push in"),
            ("\u{1F98A} leaps", (2, 2), "\u{1F98A}, slow push in, leaps"),
            ("(", (1, 1), "(slow push in"),
            ("A", (99, 99), "A, slow push in"),
        ] {
            assert_eq!(insert(text, at, "slow push in").0, whole, "{text} {at:?}");
        }
    }

    #[test]
    fn every_word_of_a_query_must_be_there() {
        for (query, is) in [
            ("", true),
            ("PUSH", true),
            ("in slow", true),
            ("camera push", true),
            ("pull", false),
            ("push pull", false),
        ] {
            assert_eq!(is_found(query, &["Camera", "slow push in"]), is, "{query}");
        }
    }

    #[test]
    fn places_of_browsers_are_found() {
        for (text, units, byte) in [
            ("abc", 0, 0),
            ("abc", 2, 2),
            ("abc", 9, 3),
            ("é狐a", 2, 5),
            ("\u{1F98A}a", 2, 4),
            ("\u{1F98A}a", 1, 0),
        ] {
            assert_eq!(byte_of(text, units), byte, "{text} {units}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_the_selection_is_lost(text in "\\PC{0,30}", start in 0_u32..40, end in 0_u32..40, words in "[a-z]{1,5}") {
            let (whole, caret) = insert(&text, (start, end), &words);
            let (from, to) = (byte_of(&text, start.min(end)), byte_of(&text, start.max(end)));
            prop_assert!(whole.starts_with(&text[..from]) && whole.ends_with(&text[to..]));
            prop_assert!(whole[..byte_of(&whole, caret)].ends_with(&words));
            prop_assert!(whole.len() <= text.len() + words.len() + 6);
        }
    }
}
