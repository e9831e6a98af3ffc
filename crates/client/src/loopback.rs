//! Where an address leads: to this very machine, which needs no network, or to the page's own server.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether the host of an http(s) URL is `localhost` (or a name under it), in 127.0.0.0/8, or `[::1]`.
pub(crate) fn is_loopback(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    if let Some(rest) = host_and_port.strip_prefix('[') {
        return rest
            .split_once(']')
            .and_then(|(host, _)| host.parse::<Ipv6Addr>().ok())
            .is_some_and(|ip| ip.is_loopback());
    }
    let host = host_and_port
        .split(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether a URL is of that origin (`https://host:port`, as browsers write it).
pub(crate) fn is_under(origin: &str, url: &str) -> bool {
    url.strip_prefix(origin)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

#[cfg(test)]
mod tests {
    use super::{is_loopback, is_under};

    #[test]
    fn an_origin_is_more_than_a_beginning() {
        let cases = [
            ("https://a.example", true),
            ("https://a.example/v3", true),
            ("https://a.example?x", true),
            ("https://a.example.evil/v3", false),
            ("https://a.example:444/v3", false),
            ("https://a.example@evil/v3", false),
            ("http://a.example/v3", false),
            ("null", false),
        ];
        for (url, under) in cases {
            assert_eq!(is_under("https://a.example", url), under, "{url}");
        }
    }

    #[test]
    fn only_this_machine_is_reached_without_a_network() {
        let cases = [
            ("http://localhost", true),
            ("http://localhost:7400/v3/async", true),
            ("http://LOCALHOST:7400?x", true),
            ("http://rushes.localhost:7400", true),
            ("http://127.0.0.1:7400", true),
            ("https://127.8.9.10/", true),
            ("http://[::1]:7400/", true),
            ("http://[::1]", true),
            ("https://api.novita.ai", false),
            ("http://localhost.example/", false),
            ("http://notlocalhost/", false),
            ("http://localhost@evil.example/", false),
            ("http://127.0.0.1.nip.io/", false),
            ("http://128.0.0.1/", false),
            ("http://192.168.1.7/", false),
            ("http://[::2]/", false),
            ("http://[::1", false),
            ("localhost", false),
            ("", false),
        ];
        for (url, loopback) in cases {
            assert_eq!(is_loopback(url), loopback, "{url}");
        }
    }
}
