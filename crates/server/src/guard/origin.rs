//! The `Origin` header: which web pages may call the API.

use url::Url;

use super::host::is_loopback_host;

/// Whether a page of that origin may call the API of a server that the caller knows as `host`.
///
/// Allowed are the server's own page, pages served on this machine while the server itself is only reachable
/// from it (someone's own app under development), and the origins named with `--allow-origin`.
pub(crate) fn may_call(origin: &str, host: &str, on_loopback: bool, allowed: &[String]) -> bool {
    if allowed.iter().any(|known| known == origin) {
        return true;
    }
    let Ok(url) = Url::parse(origin) else { return false };
    if !matches!(url.scheme(), "http" | "https") {
        return false;
    }
    let Some(authority) = origin.split_once("://").map(|(_, rest)| rest) else {
        return false;
    };
    authority.eq_ignore_ascii_case(host) || (on_loopback && is_loopback_host(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_this_server_and_this_machine_may_call() {
        let allowed = ["https://studio.example".to_owned()];
        let cases = [
            ("http://127.0.0.1:7400", "127.0.0.1:7400", true, true),
            ("http://localhost:5173", "127.0.0.1:7400", true, true),
            ("https://studio.example", "127.0.0.1:7400", true, true),
            ("https://rushes.example", "rushes.example", false, true),
            ("http://localhost:5173", "rushes.example", false, false),
            ("https://evil.example", "127.0.0.1:7400", true, false),
            ("https://studio.example.evil", "127.0.0.1:7400", true, false),
            ("null", "127.0.0.1:7400", true, false),
            ("file://", "127.0.0.1:7400", true, false),
            ("", "", true, false),
        ];
        for (origin, host, on_loopback, may) in cases {
            assert_eq!(
                may_call(origin, host, on_loopback, &allowed),
                may,
                "{origin:?} at {host:?}"
            );
        }
    }
}
