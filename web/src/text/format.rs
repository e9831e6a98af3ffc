//! Numbers, money, sizes and lengths as text. The digits are grouped as English and Chinese both do.

use rushes_core::decimal;

/// `2,500`.
pub fn whole(number: u64) -> String {
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

/// `$0.63`, or `$0.126` where a part of a cent counts; from millionths of a dollar.
pub fn usd(micro_usd: u64) -> String {
    let mut fraction = format!("{:06}", micro_usd % 1_000_000);
    while fraction.len() > 2 && fraction.ends_with('0') {
        fraction.pop();
    }
    format!("${}.{fraction}", whole(micro_usd / 1_000_000))
}

/// `8.4 MB`; decimal units, as file managers and the API's documentation have them.
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..=999 => format!("{bytes} B"),
        1_000..=999_999 => format!("{} KB", (bytes + 500) / 1_000),
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            format!("{}.{} MB", whole(tenths / 10), tenths % 10)
        }
    }
}

/// A number without needless digits: `5`, `4.5`, at most three decimals.
pub fn number(value: f64) -> String {
    decimal::shown((value * 1000.0).round() / 1000.0)
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
            (999_999, "1000 KB"),
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
        }
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
