//! How to go on with a file that came in part: what a host's answer means for the bytes that are here. No I/O.

use crate::ledger::Head;

/// What a host answered to a request for a file, or for the rest of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// HTTP status.
    pub(super) status: u16,
    /// `Content-Length`, unless it is that of a compressed form.
    pub(super) length: Option<u64>,
    /// `Content-Range`, where the host lets a page of ours read it.
    pub(super) range: Option<Range>,
    /// `ETag`, or else `Last-Modified`, where it may be read.
    pub(super) validator: Option<String>,
}

/// A `Content-Range` (RFC 9110, 14.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// First and last byte; none in the answer to a range that lies outside.
    pub(super) sent: Option<(u64, u64)>,
    /// Bytes of the whole file, if known.
    pub(super) of: Option<u64>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// What follows are the bytes after those that are here.
    GoOn,
    /// What follows is the whole file, from its beginning.
    FromStart(Head),
    /// All of it is here already.
    Whole,
    /// What follows fits not what is here: ask for all of it.
    AskForAll,
    /// Not now: too many at once, or the host's own trouble.
    Later,
    /// The host says that it is not there (any more), or not for us.
    Gone,
}

/// What an answer means, with `got` bytes here of what `head` says. Where `got` is not 0, the rest was asked for.
///
/// Bytes are joined only where host and file vouch for it: the same validator, the right place, the same length in all.
pub(super) fn step(got: u64, head: &Head, answer: &Answer) -> Step {
    match answer.status {
        200 => Step::FromStart(Head {
            validator: answer.validator.clone(),
            length: answer.length,
        }),
        206 if got == 0 || !fits(got, head, answer) => Step::AskForAll,
        206 => Step::GoOn,
        // The rest of a file that has none: whole, if the host says that it is just so long.
        416 if got > 0 && answer.range.and_then(|range| range.of) == Some(got) => Step::Whole,
        416 => Step::AskForAll,
        408 | 425 | 429 | 500.. => Step::Later,
        _ => Step::Gone,
    }
}

fn fits(got: u64, head: &Head, answer: &Answer) -> bool {
    let is_same = head.validator.is_some() && head.validator == answer.validator;
    // A host that shares its file with every page may still not share this header.
    let is_in_place = answer
        .range
        .is_none_or(|range| range.sent.is_some_and(|(first, _)| first == got));
    let of = answer
        .range
        .and_then(|range| range.of)
        .or_else(|| answer.length.map(|rest| got.saturating_add(rest)));
    let is_as_long = head.length.is_none() || of.is_none() || head.length == of;
    is_same && is_in_place && is_as_long
}

impl Range {
    /// Reads the header; `None` for anything but a sound range of bytes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (unit, text) = text.trim().split_once(' ')?;
        let (sent, of) = text.trim().split_once('/')?;
        let of = match of {
            "*" => None,
            of => Some(number(of)?),
        };
        let sent = match sent {
            "*" => None,
            sent => {
                let (first, last) = sent.split_once('-')?;
                Some((number(first)?, number(last)?))
            }
        };
        let is_sound = match (sent, of) {
            (Some((first, last)), of) => first <= last && of.is_none_or(|of| last < of),
            (None, of) => of.is_some(),
        };
        (is_sound && unit.eq_ignore_ascii_case("bytes")).then_some(Self { sent, of })
    }
}

/// A number as the header writes it: digits alone, without a sign.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn head(validator: &str, length: Option<u64>) -> Head {
        Head {
            validator: Some(validator.to_owned()).filter(|text| !text.is_empty()),
            length,
        }
    }

    fn answer(status: u16, range: &str, length: Option<u64>, validator: &str) -> Answer {
        Answer {
            status,
            length,
            range: Range::parse(range),
            validator: Some(validator.to_owned()).filter(|text| !text.is_empty()),
        }
    }

    #[test]
    fn ranges_are_read_strictly() {
        let sent = |first, last, of| {
            Some(Range {
                sent: Some((first, last)),
                of,
            })
        };
        for (text, range) in [
            ("bytes 0-99/100", sent(0, 99, Some(100))),
            ("bytes 7-99/100", sent(7, 99, Some(100))),
            (" BYTES 7-7/* ", sent(7, 7, None)),
            (
                "bytes */100",
                Some(Range {
                    sent: None,
                    of: Some(100),
                }),
            ),
            ("bytes */*", None),
            ("bytes 9-7/100", None),
            ("bytes 7-100/100", None),
            ("bytes +7-9/100", None),
            ("bytes 7-9", None),
            ("bytes -9/100", None),
            ("items 0-1/2", None),
            ("bytes=0-1/2", None),
            ("bytes 0-1/99999999999999999999999", None),
            ("", None),
        ] {
            assert_eq!(Range::parse(text), range, "{text:?}");
        }
    }

    /// The version that is here.
    const V1: &str = "\"1\"";

    #[test]
    fn a_part_is_joined_only_to_what_it_is_a_part_of() {
        let v1 = head(V1, Some(100));
        let parts = [
            // The rest; with its place hidden; with its total unknown; with nothing told.
            ("bytes 40-99/100", Some(60), V1, Step::GoOn),
            ("", Some(60), V1, Step::GoOn),
            ("bytes 40-99/*", Some(60), V1, Step::GoOn),
            ("", None, V1, Step::GoOn),
            // Another place, none, another total, another rest, another file, an unnamed one.
            ("bytes 41-99/100", Some(59), V1, Step::AskForAll),
            ("bytes */100", Some(60), V1, Step::AskForAll),
            ("bytes 40-109/110", Some(70), V1, Step::AskForAll),
            ("", Some(61), V1, Step::AskForAll),
            ("bytes 40-99/100", Some(60), "\"2\"", Step::AskForAll),
            ("bytes 40-99/100", Some(60), "", Step::AskForAll),
        ];
        for (range, length, version, expected) in parts {
            let told = step(40, &v1, &answer(206, range, length, version));
            assert_eq!(told, expected, "{range} {length:?} {version}");
        }
        let unnamed = answer(206, "bytes 40-99/100", Some(60), "");
        assert_eq!(step(40, &head("", Some(100)), &unnamed), Step::AskForAll);
        let not_asked_for = answer(206, "bytes 0-9/10", Some(10), "a");
        assert_eq!(step(0, &Head::default(), &not_asked_for), Step::AskForAll);
    }

    #[test]
    fn each_answer_has_its_step() {
        let (nothing, v1) = (Head::default(), head(V1, Some(100)));
        let all = |validator, length| Step::FromStart(head(validator, length));
        let whole = |length, version| answer(200, "", length, version);
        let without = |status, range| answer(status, range, None, "");
        let cases = [
            (0, &nothing, whole(Some(9), "a"), all("a", Some(9))),
            (0, &nothing, whole(None, ""), all("", None)),
            // A host without ranges.
            (40, &v1, whole(Some(100), V1), all(V1, Some(100))),
            // Just so long; longer than it is; outside, untold; outside of nothing.
            (100, &v1, without(416, "bytes */100"), Step::Whole),
            (100, &v1, without(416, "bytes */90"), Step::AskForAll),
            (100, &v1, without(416, ""), Step::AskForAll),
            (0, &nothing, without(416, "bytes */0"), Step::AskForAll),
            // Too many, timed out, in trouble; expired, not there, elsewhere.
            (40, &v1, without(429, ""), Step::Later),
            (40, &v1, without(408, ""), Step::Later),
            (40, &v1, without(503, ""), Step::Later),
            (40, &v1, without(403, ""), Step::Gone),
            (0, &nothing, without(404, ""), Step::Gone),
            (0, &nothing, without(304, ""), Step::Gone),
        ];
        for (got, head, answer, expected) in cases {
            let (status, range) = (answer.status, answer.range);
            assert_eq!(step(got, head, &answer), expected, "{got} {status} {range:?}");
        }
    }

    proptest! {
        /// Bytes that are here are never joined with bytes of another version, another place or another length.
        #[test]
        fn only_what_fits_is_joined(
            got in 1_u64..1000,
            known in proptest::option::of(0_u64..1000),
            first in 0_u64..1000,
            rest in 1_u64..1000,
            versions in ("[ab]?", "[ab]?"),
            is_told: bool,
        ) {
            let range = if is_told { format!("bytes {first}-{}/{}", first + rest - 1, first + rest) } else { String::new() };
            let head = head(&versions.0, known);
            let answer = answer(206, &range, Some(rest), &versions.1);
            if step(got, &head, &answer) == Step::GoOn {
                prop_assert!(head.validator.is_some());
                prop_assert_eq!(&head.validator, &answer.validator);
                prop_assert!(!is_told || first == got);
                prop_assert!(known.is_none_or(|known| known == got + rest));
            }
        }

        /// Any header is read without a panic, and what is read is sound.
        #[test]
        fn any_range_is_read(text in "(bytes )?[0-9*+-]{0,22}[-/]?[0-9*]{0,22}/?[0-9*]{0,3}") {
            if let Some(Range { sent: Some((first, last)), of }) = Range::parse(&text) {
                prop_assert!(first <= last && of.is_none_or(|of| last < of));
            }
        }
    }
}
