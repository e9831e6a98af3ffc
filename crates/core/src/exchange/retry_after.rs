/// Longest wait believed, in milliseconds: an hour. A longer one would silence the watcher for a typing error.
const MAX_MS: u64 = 3_600_000;

/// The wait that a `Retry-After` header asks for, in milliseconds from now and at most an hour: seconds, or an HTTP
/// date (`Sun, 06 Nov 1994 08:49:37 GMT`; RFC 9110's two obsolete forms are not read). `None` where it is neither.
pub fn retry_after_ms(header: &str, now_unix_ms: u64) -> Option<u64> {
    let header = header.trim().as_bytes();
    if header.first().is_some_and(u8::is_ascii_digit) {
        return Some((seconds(header)? * 1000).min(MAX_MS));
    }
    let at_ms = date_unix_secs(header)? * 1000;
    Some(at_ms.saturating_sub(now_unix_ms).min(MAX_MS))
}

/// Seconds in digits; more than the most are that. A fraction is not in the standard; rounded up, so that it is never
/// earlier than asked.
fn seconds(header: &[u8]) -> Option<u64> {
    let mut secs = 0;
    let mut up = 0;
    for byte in header {
        match byte {
            b'.' => up = 1,
            b'0'..=b'9' if up == 0 => secs = (secs * 10 + u64::from(byte - b'0')).min(MAX_MS),
            b'0'..=b'9' => {}
            _ => return None,
        }
    }
    (header.len() <= 20).then_some(secs + up)
}

/// Seconds since 1970 of an HTTP date in the form that RFC 9110 prescribes; `None` for anything else.
fn date_unix_secs(date: &[u8]) -> Option<u64> {
    const MONTHS: &[u8; 36] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let (weekday, rest) = date.split_last_chunk()?;
    #[rustfmt::skip]
    let [
        b',', b' ', d1, d2, b' ', month @ .., b' ', y1, y2, y3, y4,
        b' ', h1, h2, b':', m1, m2, b':', s1, s2, b' ', b'G', b'M', b'T',
    ]: &[u8; 26] = rest else {
        return None;
    };
    let day = number([*d1, *d2])?;
    let month = MONTHS.chunks(3).zip(1..).find(|(name, _)| name == month)?.1;
    let year = number([*y1, *y2, *y3, *y4])?;
    let (hour, minute, second) = (number([*h1, *h2])?, number([*m1, *m2])?, number([*s1, *s2])?);
    let sound = !weekday.contains(&b',')
        && year >= 1970
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    sound.then(|| days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

fn number<const N: usize>(digits: [u8; N]) -> Option<u64> {
    digits.iter().try_fold(0, |number, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        Some(number * 10 + u64::from(digit))
    })
}

/// Days from 1970-01-01 (Howard Hinnant's `days_from_civil`, for years from 1970 on).
fn days_since_1970(year: u64, month: u64, day: u64) -> u64 {
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (shifted_year / 400, shifted_year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::retry_after_ms;

    /// 1994-11-06 08:49:37 UTC, the date of RFC 9110's example.
    const EXAMPLE_MS: u64 = 784_111_777_000;

    #[test]
    fn reads_seconds_and_dates() {
        let cases: [(&str, u64, Option<u64>); 30] = [
            ("0", 0, Some(0)),
            ("12", 0, Some(12_000)),
            (" 12 ", 0, Some(12_000)),
            ("1.5", 0, Some(2_000)),
            ("3601", 0, Some(3_600_000)),
            ("99999999999999999999", 0, Some(3_600_000)),
            ("999999999999999999999999", 0, None),
            ("12 s", 0, None),
            ("-5", 0, None),
            ("", 0, None),
            ("soon", 0, None),
            ("Sun, 06 Nov 1994 08:49:37 GMT", EXAMPLE_MS, Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", EXAMPLE_MS - 30_000, Some(30_000)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", EXAMPLE_MS + 30_000, Some(0)),
            (
                "Thu, 29 Feb 2024 00:00:00 GMT",
                1_709_164_800_000 - 7_000,
                Some(7_000),
            ),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 0, Some(3_600_000)),
            ("Sun, 06 Nov 1994 08:49:37", EXAMPLE_MS, None),
            ("Sun, 06 Foo 1994 08:49:37 GMT", EXAMPLE_MS, None),
            ("Sun, 06 Nov 1994 25:49:37 GMT", EXAMPLE_MS, None),
            ("Sun, 06 Nov 1969 08:49:37 GMT", 0, None),
            ("12.", 0, Some(13_000)),
            ("1.2.3", 0, Some(2_000)),
            ("Sunday, 06 Nov 1994 08:49:37 GMT", EXAMPLE_MS, Some(0)),
            (", 06 Nov 1994 08:49:37 GMT", EXAMPLE_MS, Some(0)),
            ("Sun, Sun, 06 Nov 1994 08:49:37 GMT", EXAMPLE_MS, None),
            ("Sun, 06 Nov 1994 08:49:61 GMT", EXAMPLE_MS, None),
            ("Sun, 32 Nov 1994 08:49:37 GMT", EXAMPLE_MS, None),
            ("Sun, 06 ovD 1994 08:49:37 GMT", EXAMPLE_MS, None),
            ("Sun, 6 Nov 1994 08:49:37 GMT", EXAMPLE_MS, None),
            ("Sun, 0\u{b2} Nov 1994 08:49:37 GMT", EXAMPLE_MS, None),
        ];
        for (header, now, expected) in cases {
            assert_eq!(retry_after_ms(header, now), expected, "{header:?} at {now}");
        }
    }
}
