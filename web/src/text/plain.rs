//! Numbers and dates without a browser's tables: as American English writes them, dates left as they come.

use super::format::Style;

/// Nothing but American English is known here.
pub(super) fn follow(_locale: &str) {}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole part and decimals of what is shown, far below 2^53"
)]
pub(super) fn number(value: f64, style: Style) -> String {
    let (least, most, sign) = match style {
        Style::Plain => (0, 3, ""),
        Style::Tenths => (1, 1, ""),
        Style::Dollars => (2, 6, "$"),
    };
    let scale = 10_f64.powi(most);
    let rounded = (value.abs() * scale).round();
    let mut decimals = format!("{:0width$}", (rounded % scale) as u64, width = most as usize);
    while decimals.len() > least && decimals.ends_with('0') {
        decimals.pop();
    }
    let minus = if value < 0.0 && rounded > 0.0 { "-" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    let whole = grouped((rounded / scale) as u64);
    [minus, sign, &whole, point, &decimals].concat()
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(super) fn day(iso: &str) -> String {
    iso.to_owned()
}

pub(super) fn moment(unix_ms: u64) -> String {
    grouped(unix_ms)
}
