//! Whether a text is an http(s) URL that a stranger's server can fetch; strict, and without following any of the
//! repairs that browsers make.

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
        return address.parse::<std::net::Ipv6Addr>().is_ok();
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
    port.strip_prefix(':').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && digits.parse::<u16>().is_ok()
    })
}
