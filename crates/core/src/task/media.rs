use serde::Serialize;

use crate::Input;
use crate::exchange::peek::{items, number, word};
use crate::say::say;

/// Longest URL taken, in bytes. Presigned ones run to about 2,000; the bound only stops hostile sizes.
const URL_MAX_BYTES: usize = 16 * 1024;
/// Most files of one kind taken from one answer; the API makes one.
const FILES_MAX: usize = 64;
/// Longest life of a URL taken as given, in seconds: a year.
const TTL_MAX_SECS: f64 = 31_536_000.0;

/// One resulting file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Media {
    /// Where it is: http(s) only.
    pub url: String,
    /// Seconds the URL lives, from when it was read.
    pub ttl_secs: Option<u64>,
    /// `mp4`, `gif`, … as given.
    pub kind: Option<String>,
}

/// The files of one kind (`video`, `image` or `audio`) in an answer, and how many had no URL that can be used.
pub(super) fn read_all(answer: &Input, name: &str) -> (Vec<Media>, usize) {
    let listed = items(answer.get(&say!("{}s", name)));
    let read: Vec<Media> = listed
        .iter()
        .take(FILES_MAX)
        .filter_map(|item| read_one(item, name))
        .collect();
    let unusable = listed.len() - read.len();
    (read, unusable)
}

fn read_one(item: &Input, name: &str) -> Option<Media> {
    let Some(Input::Text(url)) = item.get(&say!("{}_url", name)) else {
        return None;
    };
    Some(Media {
        url: usable(url)?,
        ttl_secs: number(item.get(&say!("{}_url_ttl", name))).and_then(ttl),
        kind: word(item.get(&say!("{}_type", name)), 32),
    })
}

/// The URL, where a browser may be sent there: http or https with a host, without spaces or control characters.
fn usable(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = strip_scheme(url, "https://").or_else(|| strip_scheme(url, "http://"))?;
    let sound = url.len() <= URL_MAX_BYTES
        && !rest.starts_with(['/', '\\', '?', '#'])
        && !rest.is_empty()
        && !url.chars().any(|char| char.is_control() || char.is_whitespace());
    sound.then(|| url.to_owned())
}

fn strip_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let start = url.get(..scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
}

fn ttl(secs: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "zero or more, and clamped"
    )]
    let secs = (secs >= 0.0).then_some(secs.min(TTL_MAX_SECS) as u64);
    secs
}
