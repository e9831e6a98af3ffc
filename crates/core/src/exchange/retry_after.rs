/// Longest wait believed, in milliseconds: an hour. A longer one would silence the watcher for a typing error.
const MAX_MS: u64 = 3_600_000;

/// The wait that a `Retry-After` header asks for, in milliseconds from now and at most an hour: seconds, or an HTTP
/// date (`Sun, 06 Nov 1994 08:49:37 GMT`; RFC 9110's two obsolete forms are not read). `None` where it is neither.
pub fn retry_after_ms(header: &str, now_unix_ms: u64) -> Option<u64> {
    let header = header.trim();
    if header.starts_with(|first: char| first.is_ascii_digit()) {
        let whole = header.split('.').next().unwrap_or(header);
        if header.len() > 20 || !header.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return None;
        }
        // A fraction is not in the standard; rounded up, so that it is never earlier than asked.
        let up = u64::from(header.len() > whole.len());
        let secs = whole.parse::<u64>().unwrap_or(u64::MAX).saturating_add(up);
        return Some(secs.saturating_mul(1000).min(MAX_MS));
    }
    let at_ms = date_unix_secs(header)?.saturating_mul(1000);
    Some(at_ms.saturating_sub(now_unix_ms).min(MAX_MS))
}

/// Seconds since 1970 of an HTTP date in the form that RFC 9110 prescribes; `None` for anything else.
fn date_unix_secs(date: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_weekday, rest) = date.split_once(',')?;
    let rest = rest.strip_prefix(' ')?;
    let mut parts = rest.split(' ');
    let day = digits(parts.next()?, 2)?;
    let name = parts.next()?;
    let month = (1..).zip(MONTHS).find(|(_, month)| *month == name)?.0;
    let year = digits(parts.next()?, 4)?;
    let mut time = parts.next()?.split(':');
    let (hour, minute, second) = (
        digits(time.next()?, 2)?,
        digits(time.next()?, 2)?,
        digits(time.next()?, 2)?,
    );
    let sound = parts.next() == Some("GMT")
        && parts.next().is_none()
        && time.next().is_none()
        && year >= 1970
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    sound.then(|| days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

fn digits(text: &str, count: usize) -> Option<u64> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
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
        let cases: [(&str, u64, Option<u64>); 20] = [
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
        ];
        for (header, now, expected) in cases {
            assert_eq!(retry_after_ms(header, now), expected, "{header:?} at {now}");
        }
    }
}
