//! The pictures behind URLs, fetched with suspicion: whoever may send a request must not be able to reach, through
//! this server, what only this server can reach.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::LOCATION;
use rushes_core::limits::IMAGE_MAX_BYTES;
use rushes_core::{Severity, image};
use url::{Host, Url};

use crate::http_client;

/// All of it: names, redirects, bytes.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Redirects that are followed, each one checked like the first URL.
const MAX_REDIRECTS: usize = 3;

/// Why a picture could not be had: a sentence without the URL, which may hold a secret of its own.
#[derive(Debug)]
pub(crate) struct FetchError {
    field: &'static str,
    problem: Problem,
}

#[derive(Debug, PartialEq, Eq)]
enum Problem {
    NotHttp,
    Private,
    TooManyRedirects,
    Status(u16),
    TooBig,
    TimedOut,
    NoAnswer,
    Refused(String),
    NoClient,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The URL of {} could not be used: ", self.field)?;
        match &self.problem {
            Problem::NotHttp => f.write_str("it is no http or https address."),
            Problem::Private => {
                f.write_str("it leads into a private network, which this server does not enter.")
            }
            Problem::TooManyRedirects => write!(f, "it redirects more than {MAX_REDIRECTS} times."),
            Problem::Status(status) => write!(f, "it answered with HTTP status {status}."),
            Problem::TooBig => write!(f, "the file is larger than {IMAGE_MAX_BYTES} bytes."),
            Problem::TimedOut => write!(f, "it took longer than {} seconds.", TIMEOUT.as_secs()),
            Problem::NoAnswer => f.write_str("no whole answer came."),
            Problem::Refused(message) => f.write_str(message),
            Problem::NoClient => f.write_str("this server cannot make connections."),
        }
    }
}

/// Fetches pictures.
pub(crate) struct Fetcher {
    allow_private: bool,
}

impl Fetcher {
    /// With `allow_private`, URLs may lead into private networks.
    pub(crate) fn new(allow_private: bool) -> Self {
        Self { allow_private }
    }

    /// The bytes behind a URL, which are a picture that the API would take. Blocks.
    pub(crate) fn fetch(&self, url: &str, field: &'static str) -> Result<Vec<u8>, FetchError> {
        let bytes = self.bytes(url).map_err(|problem| FetchError { field, problem })?;
        let issues = image::inspect(&bytes, "").issues;
        match issues.into_iter().find(|issue| issue.severity == Severity::Error) {
            Some(issue) => Err(FetchError {
                field,
                problem: Problem::Refused(issue.message),
            }),
            None => Ok(bytes),
        }
    }

    fn bytes(&self, url: &str) -> Result<Vec<u8>, Problem> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|_| Problem::NoClient)?;
        let client = http_client::builder()
            .dns_resolver(Arc::new(PublicNames {
                allow_private: self.allow_private,
            }))
            .build()
            .map_err(|_| Problem::NoClient)?;
        runtime.block_on(async {
            let walk = walk(&client, url, self.allow_private);
            tokio::time::timeout(TIMEOUT, walk)
                .await
                .unwrap_or(Err(Problem::TimedOut))
        })
    }
}

async fn walk(client: &reqwest::Client, url: &str, allow_private: bool) -> Result<Vec<u8>, Problem> {
    let mut url = Url::parse(url).map_err(|_| Problem::NotHttp)?;
    for _ in 0..=MAX_REDIRECTS {
        judge(&url, allow_private)?;
        let answer = client
            .get(url.clone())
            .send()
            .await
            .map_err(|error| problem_of(&error))?;
        let status = answer.status();
        if status.is_redirection() {
            let place = answer
                .headers()
                .get(LOCATION)
                .and_then(|place| place.to_str().ok());
            let place = place.ok_or(Problem::Status(status.as_u16()))?;
            url = url.join(place).map_err(|_| Problem::NotHttp)?;
        } else if status.is_success() {
            return read(answer).await;
        } else {
            return Err(Problem::Status(status.as_u16()));
        }
    }
    Err(Problem::TooManyRedirects)
}

async fn read(mut answer: reqwest::Response) -> Result<Vec<u8>, Problem> {
    let limit = usize::try_from(IMAGE_MAX_BYTES).unwrap_or(usize::MAX);
    if answer
        .content_length()
        .is_some_and(|length| length > IMAGE_MAX_BYTES)
    {
        return Err(Problem::TooBig);
    }
    let mut bytes = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|error| problem_of(&error))? {
        if bytes.len() + part.len() > limit {
            return Err(Problem::TooBig);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// A resolver's refusal lies deep inside the error.
fn problem_of(error: &reqwest::Error) -> Problem {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.is::<OnlyPrivate>() {
            return Problem::Private;
        }
        cause = error.source();
    }
    Problem::NoAnswer
}

/// Whether a URL leads to the public Internet, as far as can be said before any name is looked up.
pub(crate) fn is_public_place(url: &Url) -> bool {
    judge(url, false).is_ok()
}

/// What can be said of a URL before any name is looked up.
fn judge(url: &Url, allow_private: bool) -> Result<(), Problem> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Problem::NotHttp);
    }
    let is_public = match url.host() {
        Some(Host::Ipv4(ip)) => is_public_v4(ip),
        Some(Host::Ipv6(ip)) => is_public_v6(ip),
        Some(Host::Domain(_)) => true,
        None => return Err(Problem::NotHttp),
    };
    if is_public || allow_private {
        Ok(())
    } else {
        Err(Problem::Private)
    }
}

/// Looks names up and keeps the public addresses: the check is made on the very address that is then used.
#[derive(Default)]
pub(crate) struct PublicNames {
    allow_private: bool,
}

/// A name that leads only into private networks.
#[derive(Debug)]
struct OnlyPrivate;

impl fmt::Display for OnlyPrivate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads into a private network")
    }
}

impl std::error::Error for OnlyPrivate {}

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(resolve(name, self.allow_private))
    }
}

async fn resolve(name: Name, allow_private: bool) -> Result<Addrs, Box<dyn std::error::Error + Send + Sync>> {
    let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
    let usable: Vec<SocketAddr> = found
        .filter(|found| allow_private || is_public(found.ip()))
        .collect();
    if usable.is_empty() {
        return Err(OnlyPrivate.into());
    }
    Ok(Box::new(usable.into_iter()))
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// Not in any block that the IANA's registry of special-purpose addresses keeps from the public Internet.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

/// As [`is_public_v4`]; addresses that carry an IPv4 address are judged by it.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let carried = |high: u16, low: u16| is_public_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => carried(high, low),
        // Only 2000::/3 is given out; in it 2001::/23 is for protocols, 2001:db8:: and 3fff:: for documents.
        [0x2001, second, ..] => second >= 0x200 && second != 0xdb8,
        [0x3fff, second, ..] => second >= 0x1000,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_not_public() {
        let private = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "::127.0.0.1",
        ];
        for text in private {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        let public = [
            "1.1.1.1",
            "93.184.216.34",
            "100.128.0.1",
            "172.32.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
        ];
        for text in public {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn urls_are_judged_before_any_connection() {
        let cases = [
            ("http://127.0.0.1/x.png", Err(Problem::Private)),
            // The URL standard reads all of these as 127.0.0.1.
            ("http://2130706433/x.png", Err(Problem::Private)),
            ("http://0x7f.1/x.png", Err(Problem::Private)),
            ("http://[::ffff:127.0.0.1]/x.png", Err(Problem::Private)),
            ("http://169.254.169.254/latest", Err(Problem::Private)),
            ("file:///etc/passwd", Err(Problem::NotHttp)),
            ("ftp://example.com/x.png", Err(Problem::NotHttp)),
            ("https://example.com/x.png", Ok(())),
        ];
        for (url, verdict) in cases {
            assert_eq!(judge(&Url::parse(url).unwrap(), false), verdict, "{url}");
        }
        assert_eq!(judge(&Url::parse("http://127.0.0.1/").unwrap(), true), Ok(()));
    }

    #[test]
    fn a_name_that_leads_home_is_refused() {
        let refused = Fetcher::new(false).fetch("http://localhost:9/secret?token=canary", "image");
        let error = refused.expect_err("localhost is private");
        assert_eq!(error.problem, Problem::Private);
        assert!(!error.to_string().contains("canary"));
    }
}
