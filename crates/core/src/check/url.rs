//! Whether a text is an http(s) URL that a stranger's server can fetch; strict, and without following any of the
//! repairs that browsers make.

use crate::say::{cut, place};

/// Whether the text starts like an http(s) URL, in any case.
pub(super) fn is_http(text: &str) -> bool {
    after_scheme(text).is_some()
}

fn after_scheme(text: &str) -> Option<&str> {
    ["http://", "https://"].into_iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

/// Why it is no URL to fetch from, as the end of a sentence.
pub(super) fn flaw(text: &str) -> Option<&'static str> {
    let Some(rest) = after_scheme(text) else {
        return Some("does not begin with https:// or http://");
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Some("holds a user name or password, which would be given away");
    }
    if rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Some("holds spaces or control characters; write spaces as %20");
    }
    if rest.contains(['\\', '<', '>', '"']) {
        return Some("holds characters that do not belong in a URL (\\ < > \")");
    }
    let (host, port) = host_and_port(authority);
    if !is_host(host) {
        return Some("has no valid host name");
    }
    if !port.is_none_or(is_port) {
        return Some("has no valid port");
    }
    None
}

/// Splits `host:port`, also of `[::1]:80`.
fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    let host_end = match authority.strip_prefix('[').and_then(|rest| rest.find(']')) {
        Some(bracket) => bracket + 2,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, rest) = authority.split_at(host_end);
    (host, (!rest.is_empty()).then_some(rest))
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return is_ipv6(address);
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    let label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_' || !c.is_ascii())
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.split('.').all(label)
}

/// `:443`
fn is_port(port: &str) -> bool {
    port.strip_prefix(':')
        .is_some_and(|digits| number(digits).is_some_and(|port| port <= 65_535))
}

/// A number of decimal digits; those too many to matter count as a very large one.
fn number(digits: &str) -> Option<u32> {
    let add = |number: u32, byte: u8| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        Some(number.saturating_mul(10).saturating_add(digit.into()))
    };
    (!digits.is_empty()).then(|| digits.bytes().try_fold(0, add))?
}

/// Whether it is an IPv6 address (RFC 4291), without the brackets: eight groups, or fewer with `::` for the rest; the
/// last two may be written as an IPv4 address.
fn is_ipv6(address: &str) -> bool {
    match place(address, "::") {
        Some(at) => {
            let (before, after) = (&address[..at], &address[at + 2..]);
            let count = |part: &str, is_last: bool| {
                if part.is_empty() {
                    Some(0)
                } else {
                    groups(part, is_last)
                }
            };
            count(before, false)
                .zip(count(after, true))
                .is_some_and(|(before, after)| before + after <= 7)
        }
        None => groups(address, true) == Some(8),
    }
}

/// How many groups of an IPv6 address these are; `None` where one of them is none.
fn groups(text: &str, is_last: bool) -> Option<usize> {
    let mut count = 0;
    let mut rest = text;
    loop {
        let (group, more) = cut(rest, |byte| byte == b':');
        let is_hex = matches!(group.len(), 1..=4) && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        count += if is_hex {
            1
        } else if is_last && more.is_empty() && is_ipv4(group) {
            2
        } else {
            return None;
        };
        if more.is_empty() {
            return Some(count);
        }
        rest = &more[1..];
    }
}

fn is_ipv4(address: &str) -> bool {
    let is_byte = |text: &str| {
        let is_short = text.len() == 1 || !text.starts_with('0');
        is_short && number(text).is_some_and(|byte| byte <= 255)
    };
    address.split('.').count() == 4 && address.split('.').all(is_byte)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use proptest::prelude::*;

    use super::is_ipv6;

    proptest! {
        #[test]
        fn an_ipv6_address_is_what_rust_takes_for_one(text in "([0-9a-fF]{0,5}[:.]{0,2}){0,9}([0-9]{1,3}[.]){0,4}[0-9]{0,3}") {
            prop_assert_eq!(is_ipv6(&text), text.parse::<Ipv6Addr>().is_ok(), "{}", text);
        }

        #[test]
        fn every_address_is_one(bits in any::<u128>(), mask in any::<u8>(), cut in 0..40_usize) {
            let kept = (0..8).filter(|group| mask >> group & 1 == 1).fold(0, |kept, group| kept | 0xffff << (group * 16));
            for address in [Ipv6Addr::from(bits & kept), Ipv6Addr::from(bits & 0xffff_ffff)] {
                let text = address.to_string();
                prop_assert!(is_ipv6(&text), "{}", text);
                let broken = &text[cut.min(text.len())..];
                prop_assert_eq!(is_ipv6(broken), broken.parse::<Ipv6Addr>().is_ok(), "{}", broken);
            }
        }
    }
}
