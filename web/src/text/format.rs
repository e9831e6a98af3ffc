//! Numbers, money, sizes and dates as text, as the reader's language and region write them: by the browser's own tables
//! (`Intl`). Native builds exist for tests of plain parts and write as American English does.

use rushes_core::decimal;

#[cfg(target_arch = "wasm32")]
use super::intl as tables;
#[cfg(not(target_arch = "wasm32"))]
use super::plain as tables;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// At most three decimals, thousands grouped.
    Plain,
    /// Exactly one decimal.
    Tenths,
    /// US dollars: two decimals, more where they count.
    Dollars,
}

/// From now on everything is written as that locale (BCP 47) does; one that the browser does not know changes nothing.
pub(super) fn follow(locale: &str) {
    tables::follow(locale);
}

/// `2,500`.
#[expect(clippy::cast_precision_loss, reason = "counts and sizes far below 2^53")]
pub fn whole(number: u64) -> String {
    tables::number(number as f64, Style::Plain)
}

/// `$0.63`, or `$0.126` where a part of a cent counts; from millionths of a dollar.
#[expect(clippy::cast_precision_loss, reason = "money far below 2^53 millionths")]
pub fn usd(micro_usd: u64) -> String {
    tables::number(micro_usd as f64 / 1_000_000.0, Style::Dollars)
}

/// `8.4 MB`; decimal units, as file managers and the API's documentation have them.
#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^53")]
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..=999 => whole(bytes) + " B",
        1_000..=999_499 => whole((bytes + 500) / 1_000) + " KB",
        _ => tables::number(((bytes + 50_000) / 100_000) as f64 / 10.0, Style::Tenths) + " MB",
    }
}

/// A number without needless digits: `5`, `4.5`, at most three decimals. To be read; what is typed into a field is
/// [`typed`].
pub fn number(value: f64) -> String {
    tables::number(value, Style::Plain)
}

/// A number as fields hold it, the same in every language: `5`, `0.5`.
pub fn typed(value: f64) -> String {
    decimal::shown((value * 1000.0).round() / 1000.0)
}

/// A day written `YYYY-MM-DD`, as the reader writes it: `Oct 7, 2026`. What is no such day stays as it is.
pub fn day(iso: &str) -> String {
    tables::day(iso)
}

/// A moment in the reader's own zone: `Nov 22, 2026, 10:26 AM`.
pub fn moment(unix_ms: u64) -> String {
    tables::moment(unix_ms)
}

/// The shape of a picture: `16:9` where the sides have a small common ratio or are within half a percent of a usual
/// one, otherwise `1.85:1` or `1:1.85`.
pub fn ratio(width: u32, height: u32) -> String {
    const USUAL: [(u32, u32); 11] = [
        (1, 1),
        (16, 9),
        (9, 16),
        (4, 3),
        (3, 4),
        (3, 2),
        (2, 3),
        (21, 9),
        (9, 21),
        (5, 4),
        (4, 5),
    ];
    if width == 0 || height == 0 {
        return format!("{width}:{height}");
    }
    let shape = f64::from(width) / f64::from(height);
    for (across, down) in USUAL {
        if (shape * f64::from(down) / f64::from(across) - 1.0).abs() < 0.005 {
            return format!("{across}:{down}");
        }
    }
    let rounded = |value: f64| decimal::shown((value * 100.0).round() / 100.0);
    if shape >= 1.0 {
        format!("{}:1", rounded(shape))
    } else {
        format!("1:{}", rounded(1.0 / shape))
    }
}

/// In small letters, by the browser: Rust's own way brings tables of every alphabet.
#[cfg(target_arch = "wasm32")]
pub fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// In small letters.
#[cfg(not(target_arch = "wasm32"))]
pub fn lower(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (2_500, "2,500"),
            (12_345_678, "12,345,678"),
        ] {
            assert_eq!(whole(number), text);
        }
    }

    #[test]
    fn money_shows_cents_and_what_is_less_only_where_it_counts() {
        for (micro, text) in [
            (0, "$0.00"),
            (420_000, "$0.42"),
            (630_000, "$0.63"),
            (126_000, "$0.126"),
            (1_890_000, "$1.89"),
            (1, "$0.000001"),
            (1_234_500_000, "$1,234.50"),
        ] {
            assert_eq!(usd(micro), text);
        }
    }

    #[test]
    fn sizes_are_rounded_to_what_matters() {
        for (size, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 KB"),
            (812_400, "812 KB"),
            (999_499, "999 KB"),
            (999_500, "1.0 MB"),
            (999_999, "1.0 MB"),
            (1_000_000, "1.0 MB"),
            (8_449_999, "8.4 MB"),
            (10_485_760, "10.5 MB"),
        ] {
            assert_eq!(bytes(size), text);
        }
    }

    #[test]
    fn numbers_have_no_needless_digits() {
        for (value, text) in [
            (5.0, "5"),
            (4.5, "4.5"),
            (0.1 + 0.2, "0.3"),
            (100.0, "100"),
            (-0.25, "-0.25"),
        ] {
            assert_eq!(number(value), text);
            assert_eq!(typed(value), text);
        }
        assert_eq!(
            (number(1234.5), typed(1234.5)),
            ("1,234.5".to_owned(), "1234.5".to_owned())
        );
    }

    #[test]
    fn shapes_have_their_usual_names() {
        for (width, height, text) in [
            (1920, 1080, "16:9"),
            (1366, 768, "16:9"),
            (1080, 1920, "9:16"),
            (640, 640, "1:1"),
            (4032, 3024, "4:3"),
            (1850, 1000, "1.85:1"),
            (1000, 1850, "1:1.85"),
            (2500, 1000, "2.5:1"),
            (0, 10, "0:10"),
        ] {
            assert_eq!(ratio(width, height), text);
        }
    }
}
