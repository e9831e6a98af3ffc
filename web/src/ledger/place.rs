//! Where a take was sent.

use rushes_client::BaseUrl;

/// Where a take was sent, where that was not the page's own server: enough to look at it there again, and nothing of a
/// key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Base URL, as [`BaseUrl`] writes it.
    pub url: String,
    /// Whether a key or an access token was sent along.
    pub needs_key: bool,
}

impl Place {
    /// The provider itself.
    pub fn provider() -> Self {
        Self {
            url: BaseUrl::PROVIDER.to_owned(),
            needs_key: true,
        }
    }

    /// A gateway at that address.
    pub fn gateway(base: &BaseUrl, needs_key: bool) -> Self {
        Self {
            url: base.as_str().to_owned(),
            needs_key,
        }
    }

    /// Whether it is the provider itself, whatever it was called.
    pub fn is_provider(&self) -> bool {
        self.url == BaseUrl::PROVIDER
    }

    /// Its base URL; `None` for a text that can be none, from a damaged record.
    pub fn base_url(&self) -> Option<BaseUrl> {
        BaseUrl::new(&self.url)
            .ok()
            .filter(|base| base.as_str() == self.url)
    }

    /// The name of its host alone; an IPv6 address in brackets.
    pub fn host_name(&self) -> &str {
        let host = self.host().split('/').next().unwrap_or_default();
        match host.rsplit_once(':') {
            Some((name, _)) if !host.ends_with(']') => name,
            _ => host,
        }
    }

    /// Host, port and path, for people.
    pub fn host(&self) -> &str {
        self.url.split_once("://").map_or(&self.url, |(_, rest)| rest)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn only_an_address_in_its_own_form_is_one() {
        for (url, is_one) in [
            ("https://api.novita.ai", true),
            ("http://127.0.0.1:7400", true),
            ("https://example.org/gateway", true),
            ("https://example.org/", false),
            ("HTTPS://example.org", false),
            ("https://key@example.org", false),
            ("javascript:alert(1)", false),
            ("", false),
        ] {
            let place = Place {
                url: url.to_owned(),
                needs_key: false,
            };
            assert_eq!(place.base_url().is_some(), is_one, "{url}");
        }
        for (url, name) in [
            ("https://api.novita.ai", "api.novita.ai"),
            ("http://127.0.0.1:7400", "127.0.0.1"),
            ("https://example.org:8443/gateway", "example.org"),
            ("http://[::1]:7400", "[::1]"),
            ("http://[::1]", "[::1]"),
            ("", ""),
        ] {
            let place = Place {
                url: url.to_owned(),
                needs_key: false,
            };
            assert_eq!(place.host_name(), name, "{url}");
        }
        assert!(Place::provider().is_provider() && Place::provider().needs_key);
        assert_eq!(Place::provider().host(), "api.novita.ai");
    }
}
