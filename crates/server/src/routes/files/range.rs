//! Which bytes a request asks for (RFC 9110, 14).

use axum::http::{HeaderMap, header};

/// What to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The whole file.
    All,
    /// So many bytes, at least one, from there.
    Part {
        /// First byte.
        start: u64,
        /// How many.
        length: u64,
    },
    /// A range that lies outside the file.
    Nothing,
}

/// What a request wants of a file of that size with that tag. Several ranges at once, and what is no range of bytes,
/// count as none: the whole file is always a right answer.
pub(super) fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Wanted {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(range) = text(header::RANGE) else {
        return Wanted::All;
    };
    // A part only fits the part someone has when it is of the same file.
    if headers.contains_key(header::IF_RANGE) && text(header::IF_RANGE) != Some(tag) {
        return Wanted::All;
    }
    let Some((first, last)) = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Wanted::All;
    };
    let number = |text: &str| match text {
        "" => Some(None),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => Some(Some(text.parse().unwrap_or(u64::MAX))),
        _ => None,
    };
    let (start, end) = match (number(first.trim()), number(last.trim())) {
        (Some(Some(first)), Some(None)) => (first, size),
        (Some(Some(first)), Some(Some(last))) if first <= last => (first, size.min(last.saturating_add(1))),
        (Some(None), Some(Some(count))) => (size.saturating_sub(count), size),
        _ => return Wanted::All,
    };
    if start < end {
        Wanted::Part {
            start,
            length: end - start,
        }
    } else {
        Wanted::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(range: &str, if_range: Option<&str>) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().unwrap());
        if let Some(tag) = if_range {
            headers.insert(header::IF_RANGE, tag.parse().unwrap());
        }
        wanted(&headers, "\"t\"", 1000)
    }

    #[test]
    fn ranges_follow_the_standard() {
        let part = |start, length| Wanted::Part { start, length };
        let cases = [
            ("bytes=0-0", part(0, 1)),
            ("bytes=0-", part(0, 1000)),
            ("bytes=10-19", part(10, 10)),
            ("bytes=990-2000", part(990, 10)),
            ("bytes=-10", part(990, 10)),
            ("bytes=-5000", part(0, 1000)),
            ("bytes=999-", part(999, 1)),
            ("bytes=0-99999999999999999999999999", part(0, 1000)),
            ("bytes=1000-", Wanted::Nothing),
            ("bytes=99999999999999999999999999-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-4", Wanted::All),
            ("bytes=-", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("bytes=+1-2", Wanted::All),
            ("bytes=0-1,5-6", Wanted::All),
            ("items=0-1", Wanted::All),
            ("bytes", Wanted::All),
        ];
        for (range, expected) in cases {
            assert_eq!(ask(range, None), expected, "{range}");
        }
    }

    #[test]
    fn a_part_of_another_file_is_never_sent() {
        assert_eq!(
            ask("bytes=0-9", Some("\"t\"")),
            Wanted::Part { start: 0, length: 10 }
        );
        for other in ["\"u\"", "W/\"t\"", "Wed, 21 Oct 2015 07:28:00 GMT"] {
            assert_eq!(ask("bytes=0-9", Some(other)), Wanted::All, "{other}");
        }
    }
}
