//! The `Host` header: a page elsewhere can make a name point at this machine, so names are checked.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether a `Host` header names this machine: `localhost`, a name under it, or a loopback address.
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let Some(name) = host_name(host) else { return false };
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    if let Some(inside) = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inside.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback());
    }
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether a `Host` header could stand in a URL: a name or address and perhaps a port, nothing else.
pub(crate) fn is_sound_host(host: &str) -> bool {
    host_name(host).is_some()
}

/// The name in `name`, `name:port`, `[address]` or `[address]:port`.
fn host_name(host: &str) -> Option<&str> {
    let (name, rest) = if host.starts_with('[') {
        let end = host.find(']')? + 1;
        let inside = host.get(1..end - 1)?;
        inside.parse::<Ipv6Addr>().ok()?;
        host.split_at(end)
    } else {
        let (name, rest) = host.split_at(host.find(':').unwrap_or(host.len()));
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        if name.is_empty() || !name.bytes().all(sound) {
            return None;
        }
        (name, rest)
    };
    let port_is_sound = match rest.strip_prefix(':') {
        Some(port) => port.parse::<u16>().is_ok() && port.bytes().all(|byte| byte.is_ascii_digit()),
        None => rest.is_empty(),
    };
    port_is_sound.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_pass() {
        let cases = [
            ("localhost", true),
            ("LocalHost:7400", true),
            ("studio.localhost:7400", true),
            ("127.0.0.1:7400", true),
            ("127.9.9.9", true),
            ("[::1]:7400", true),
            ("localhost.", true),
            ("example.com", false),
            ("localhost.example.com", false),
            ("127.0.0.1.nip.io:7400", false),
            ("notlocalhost", false),
            ("192.168.0.4", false),
            ("[::2]", false),
            ("0.0.0.0", false),
            ("", false),
            ("localhost:", false),
            ("localhost:+80", false),
            ("localhost:99999", false),
            ("localhost/evil", false),
            ("a@localhost", false),
            ("[::1", false),
            ("[::1]x", false),
        ];
        for (host, loopback) in cases {
            assert_eq!(is_loopback_host(host), loopback, "{host:?}");
        }
    }
}
