//! Links to results that die: signed, with the time they die at.

use ring::hmac;
use url::form_urlencoded;

use crate::config::Config;
use crate::hex;

/// The signed part of a link.
fn signed(id: &str, expires_secs: u64) -> String {
    format!("rushes-result\n{id}\n{expires_secs}")
}

fn signature(key: &[u8; 32], id: &str, expires_secs: u64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let tag = hmac::sign(&key, signed(id, expires_secs).as_bytes());
    hex::encode(tag.as_ref())
}

/// The path and query of a link to a task's video.
pub(crate) fn path(key: &[u8; 32], id: &str, expires_secs: u64) -> String {
    format!(
        "/files/{id}/rushes-{id}.mp4?expires={expires_secs}&signature={}",
        signature(key, id, expires_secs)
    )
}

/// Where this server is, as its caller knows it: `http://127.0.0.1:7400`.
pub(crate) fn origin(config: &Config, host: &str) -> String {
    match &config.public_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("http://{host}"),
    }
}

/// What a link is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It opens the file.
    Good,
    /// It did once.
    Expired,
    /// It was never given out.
    Forged,
}

/// Judges the query of a link to a task's video.
pub(crate) fn judge(key: &[u8; 32], id: &str, query: &str, now_ms: u64) -> Verdict {
    let mut expires_secs = None;
    let mut given = None;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "expires" => expires_secs = value.parse::<u64>().ok(),
            "signature" => given = hex::decode(&value),
            _ => {}
        }
    }
    let (Some(expires_secs), Some(given)) = (expires_secs, given) else {
        return Verdict::Forged;
    };
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    // Compared in constant time by the library.
    if hmac::verify(&key, signed(id, expires_secs).as_bytes(), &given).is_err() {
        Verdict::Forged
    } else if now_ms / 1000 >= expires_secs {
        Verdict::Expired
    } else {
        Verdict::Good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_one_file_until_it_dies() {
        let key = [7; 32];
        let link = path(&key, "abc", 1_000);
        let query = link.split_once('?').unwrap().1;
        let later = query.replace("expires=1000", "expires=2000");
        let cut = &query[..query.len() - 2];
        let cases = [
            ("abc", query, 999_999, Verdict::Good),
            ("abc", query, 1_000_000, Verdict::Expired),
            ("abd", query, 0, Verdict::Forged),
            ("abc", &later, 0, Verdict::Forged),
            ("abc", cut, 0, Verdict::Forged),
            ("abc", "", 0, Verdict::Forged),
            ("abc", "expires=1000&signature=é", 0, Verdict::Forged),
        ];
        for (id, query, now_ms, verdict) in cases {
            assert_eq!(judge(&key, id, query, now_ms), verdict, "{id} {query} {now_ms}");
        }
        assert_eq!(judge(&[8; 32], "abc", query, 0), Verdict::Forged);
    }
}
