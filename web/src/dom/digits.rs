//! Numbers as markup, styles and stored text hold them, written and read by the browser: formatting of its own would be a
//! tenth of the page's program.

/// A number in digits, the same in every language: `0.25`, `1e-7`.
pub fn digits(value: f64) -> String {
    js_sys::Number::from(value)
        .to_string_with_radix(10)
        .map(String::from)
        .unwrap_or_default()
}

/// The number that a text begins with, `16` of `16px`; nothing where there is none.
pub fn number_in(text: &str) -> Option<f64> {
    Some(js_sys::parse_float(text)).filter(|value| value.is_finite())
}
