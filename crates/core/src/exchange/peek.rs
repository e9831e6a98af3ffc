//! Looking into an answer without trusting it: every lookup may find nothing, every text is clipped.

use crate::{Input, decimal};

/// The items of a list; nothing where it is anything else.
pub(crate) fn items(input: Option<&Input>) -> &[Input] {
    match input {
        Some(Input::List(items)) => items,
        _ => &[],
    }
}

/// A text, or a whole number written as one; neither empty nor only white space.
pub(crate) fn word(input: Option<&Input>, max_chars: usize) -> Option<String> {
    match input? {
        Input::Text(text) if !text.trim().is_empty() => Some(clip(text.trim(), max_chars)),
        Input::Number(number) => whole(*number).map(decimal::digits),
        _ => None,
    }
}

/// A finite number, or a text that reads as one (the API writes some numbers as text).
pub(crate) fn number(input: Option<&Input>) -> Option<f64> {
    let number = match input? {
        Input::Number(number) => *number,
        Input::Text(text) if text.len() <= 32 => decimal::read(text.trim())?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// The number as an integer, where JavaScript, too, would know it exactly.
pub(crate) fn whole(number: f64) -> Option<u64> {
    const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "range and fraction are checked"
    )]
    let whole =
        (number.fract() == 0.0 && (0.0..=MAX_SAFE_INTEGER).contains(&number)).then_some(number as u64);
    whole
}

/// The text, cut at a character where it is longer than that, with `…` for what is missing.
pub(crate) fn clip(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text.to_owned(),
    }
}
