use std::fmt;

/// Where the API answers: scheme, host, perhaps a port and a path before the documented ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

/// Why a text cannot be a base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlError {
    /// It does not start with `http://` or `https://`.
    Scheme,
    /// It holds a user name or password.
    Credentials,
    /// It holds a query (`?`) or fragment (`#`).
    QueryOrFragment,
    /// Its host or port is missing or malformed.
    Host,
    /// It holds white space, a control character, a backslash or a `..` in its path.
    Path,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Scheme => "The base URL must start with https:// or http://.",
            Self::Credentials => "The base URL must not hold a user name or password.",
            Self::QueryOrFragment => "The base URL must not hold a query (?) or a fragment (#).",
            Self::Host => "The base URL needs a host, such as https://api.novita.ai.",
            Self::Path => "The base URL holds a character that cannot stand in one.",
        })
    }
}

impl std::error::Error for BaseUrlError {}

impl BaseUrl {
    /// The provider's own (documented).
    pub const PROVIDER: &'static str = "https://api.novita.ai";
    /// Longest taken, in bytes.
    const MAX_BYTES: usize = 2048;

    /// A base URL from outside; slashes at its end are dropped.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn new(url: &str) -> Result<Self, BaseUrlError> {
        let url = url.trim();
        let (scheme, rest) = url.split_once("://").ok_or(BaseUrlError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return Err(BaseUrlError::Scheme);
        }
        if rest.contains(['?', '#']) {
            return Err(BaseUrlError::QueryOrFragment);
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(BaseUrlError::Credentials);
        }
        let odd = |char: char| char.is_whitespace() || char.is_control() || char == '\\';
        if url.contains(odd)
            || path.split('/').any(|part| part == ".." || part == ".")
            || url.len() > Self::MAX_BYTES
        {
            return Err(BaseUrlError::Path);
        }
        if !is_authority(authority) {
            return Err(BaseUrlError::Host);
        }
        Ok(Self(format!(
            "{scheme}://{}{}",
            authority.to_ascii_lowercase(),
            path.trim_end_matches('/')
        )))
    }

    /// The URL of a documented path (and query).
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The base URL as text, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self(Self::PROVIDER.to_owned())
    }
}

/// A host name, an IPv4 address or a bracketed IPv6 address, perhaps with a port.
fn is_authority(authority: &str) -> bool {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, port)) => (host, port),
            None => return false,
        },
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let bracketed = authority.starts_with('[');
    let host_is_sound = !host.is_empty()
        && host.bytes().all(|byte| match byte {
            b':' => bracketed,
            b'-' | b'_' => !bracketed,
            b'.' => true,
            byte => byte.is_ascii_alphanumeric(),
        });
    let port_is_sound = match port.strip_prefix(':') {
        Some(digits) => digits.parse::<u16>().is_ok_and(|port| port > 0) && !digits.starts_with('+'),
        None => port.is_empty(),
    };
    host_is_sound && port_is_sound
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, BaseUrlError};

    #[test]
    fn takes_what_can_be_one() {
        let cases = [
            ("https://api.novita.ai", "https://api.novita.ai"),
            (" HTTPS://API.Novita.AI/ ", "https://api.novita.ai"),
            ("http://127.0.0.1:7400", "http://127.0.0.1:7400"),
            ("http://[::1]:7400/", "http://[::1]:7400"),
            ("http://localhost", "http://localhost"),
            ("https://example.org/gateway//", "https://example.org/gateway"),
        ];
        for (text, expected) in cases {
            assert_eq!(BaseUrl::new(text).expect(text).as_str(), expected);
        }
        assert_eq!(
            BaseUrl::default(),
            BaseUrl::new(BaseUrl::PROVIDER).expect("the provider's")
        );
    }

    #[test]
    fn refuses_what_cannot() {
        let cases = [
            ("", BaseUrlError::Scheme),
            ("api.novita.ai", BaseUrlError::Scheme),
            ("ftp://api.novita.ai", BaseUrlError::Scheme),
            ("javascript:alert(1)", BaseUrlError::Scheme),
            ("https://sk_canary@api.novita.ai", BaseUrlError::Credentials),
            ("https://user:pass@api.novita.ai", BaseUrlError::Credentials),
            ("https://api.novita.ai?key=1", BaseUrlError::QueryOrFragment),
            ("https://api.novita.ai/#x", BaseUrlError::QueryOrFragment),
            ("https://", BaseUrlError::Host),
            ("https:///v3", BaseUrlError::Host),
            ("https://:80", BaseUrlError::Host),
            ("https://host:", BaseUrlError::Host),
            ("https://host:0", BaseUrlError::Host),
            ("https://host:+80", BaseUrlError::Host),
            ("https://host:65536", BaseUrlError::Host),
            ("https://[::1", BaseUrlError::Host),
            ("https://a%2eb", BaseUrlError::Host),
            ("https://host/a b", BaseUrlError::Path),
            ("https://host\\evil", BaseUrlError::Path),
            ("https://host/../x", BaseUrlError::Path),
        ];
        for (text, expected) in cases {
            assert_eq!(BaseUrl::new(text).expect_err(text), expected, "{text}");
        }
    }
}
