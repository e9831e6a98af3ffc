//! Whether address, key and cross-origin access are good, found out by a read that costs nothing.

use std::cell::Cell;
use std::rc::Rc;

use rushes_client::{BaseUrl, Secret};
use rushes_core::exchange::Read;
use rushes_core::{FailureKind, TaskId};

use crate::desk::line;

/// A task that cannot be: whoever knows it not has understood the question, hence the key.
const NO_TASK: &str = "rushes-check-no-such-task";

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Address, key and cross-origin access are good.
    Good,
    /// A key or token is wanted, and none was given.
    KeyMissing,
    /// The key was not accepted.
    BadKey,
    /// The key is good, but its account may not do this.
    NotAllowed,
    /// Somebody answers there, but lets no other page read it.
    NoCors,
    /// Nobody answers there, or not to a browser.
    NoAnswer,
    /// Somebody answers, but does not speak this API.
    NotOurs,
    /// The browser is offline.
    Offline,
    /// The policy of the page's own server forbids the address.
    Policy,
    /// The page is encrypted and the address is not, which browsers forbid.
    Mixed,
    /// Too many requests just now: nothing is known of the key.
    Busy,
    /// The other side has trouble just now: nothing is known of the key.
    Trouble,
}

impl Verdict {
    /// Whether it can be used knowingly, though the check did not tell.
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Busy | Self::Trouble)
    }
}

/// What an answer says; nothing where there was none that the page could read.
pub fn judge(read: &Read, has_key: bool) -> Option<Verdict> {
    let failure = match read {
        Read::State(_) => return Some(Verdict::Good),
        Read::Missed(failure) => failure,
    };
    let status = failure.status?;
    Some(match (failure.reason.as_deref(), failure.kind) {
        (Some("TASK_NOT_FOUND"), _) => Verdict::Good,
        (Some("API_NOT_FOUND"), _) => Verdict::NotOurs,
        (_, FailureKind::Auth) if has_key => Verdict::BadKey,
        (_, FailureKind::Auth) => Verdict::KeyMissing,
        // A word of the documented table, not just a status: a website says 403 too.
        (Some(_), FailureKind::Permission | FailureKind::Balance) => Verdict::NotAllowed,
        (_, FailureKind::RateLimit) => Verdict::Busy,
        _ if status >= 500 => Verdict::Trouble,
        _ => Verdict::NotOurs,
    })
}

/// Checks a place with a key, or without one.
pub(super) async fn check(base: BaseUrl, key: Option<Secret>) -> Verdict {
    if is_mixed(base.as_str()) {
        return Verdict::Mixed;
    }
    let Some(nobody) = TaskId::new(NO_TASK) else {
        return Verdict::NotOurs;
    };
    let has_key = key.is_some();
    let policy = Policy::listen();
    let url = base.join("/v3/async/task-result");
    let read = line::open(Some(base), key).read(&nobody).await;
    if let Some(verdict) = judge(&read, has_key) {
        return verdict;
    }
    if !is_online() {
        return Verdict::Offline;
    }
    // The browser tells of it in a task of its own.
    crate::task::sleep(0).await;
    if policy.was_broken() {
        return Verdict::Policy;
    }
    if answers_blindly(&url).await {
        Verdict::NoCors
    } else {
        Verdict::NoAnswer
    }
}

/// Whether anybody answers there, asked without a key in a way that needs no leave and shows nothing.
async fn answers_blindly(url: &str) -> bool {
    let request = web_sys::RequestInit::new();
    request.set_mode(web_sys::RequestMode::NoCors);
    request.set_credentials(web_sys::RequestCredentials::Omit);
    request.set_cache(web_sys::RequestCache::NoStore);
    let Some(window) = web_sys::window() else {
        return false;
    };
    let asked = window.fetch_with_str_and_init(url, &request);
    wasm_bindgen_futures::JsFuture::from(asked).await.is_ok()
}

fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Whether an encrypted page would ask an address that is not. This very computer is exempt.
fn is_mixed(url: &str) -> bool {
    let is_secure = web_sys::window().is_some_and(|window| {
        let protocol = window.location().protocol();
        protocol.is_ok_and(|protocol| protocol == "https:")
    });
    is_secure && is_in_the_clear(url)
}

/// Whether what is sent to an address can be read on its way: not encrypted, and not to this very computer.
pub(super) fn is_in_the_clear(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else {
        return false;
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(_) => authority.split_inclusive(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    !crate::desk::is_this_computer(host)
}

/// Listens whether the page's policy forbids something, for as long as it lives.
struct Policy {
    was_broken: Rc<Cell<bool>>,
    owner: leptos::prelude::Owner,
}

impl Policy {
    fn listen() -> Self {
        let was_broken = Rc::new(Cell::new(false));
        let (owner, broken) = (leptos::prelude::Owner::new(), Rc::clone(&was_broken));
        owner.with(|| {
            let document = leptos::prelude::document();
            crate::dom::listen(&document, "securitypolicyviolation", move |_| broken.set(true));
        });
        Self { was_broken, owner }
    }

    fn was_broken(&self) -> bool {
        self.was_broken.get()
    }
}

impl Drop for Policy {
    fn drop(&mut self) {
        self.owner.cleanup();
    }
}

#[cfg(test)]
mod tests {
    use rushes_core::Failure;

    use super::*;

    fn missed(kind: FailureKind, status: Option<u16>, reason: Option<&str>) -> Read {
        Read::Missed(Failure {
            kind,
            status,
            reason: reason.map(str::to_owned),
            message: String::new(),
            detail: None,
            retry_after_ms: None,
            retryable: false,
        })
    }

    #[test]
    fn each_answer_has_its_verdict() {
        use FailureKind as Kind;
        for (kind, status, reason, has_key, verdict) in [
            (
                Kind::NotFound,
                Some(404),
                Some("TASK_NOT_FOUND"),
                true,
                Some(Verdict::Good),
            ),
            (
                Kind::NotFound,
                Some(404),
                Some("API_NOT_FOUND"),
                true,
                Some(Verdict::NotOurs),
            ),
            (Kind::NotFound, Some(404), None, true, Some(Verdict::NotOurs)),
            (
                Kind::Auth,
                Some(401),
                Some("INVALID_API_KEY"),
                true,
                Some(Verdict::BadKey),
            ),
            (Kind::Auth, Some(401), None, true, Some(Verdict::BadKey)),
            (
                Kind::Auth,
                Some(401),
                Some("MISSING_API_KEY"),
                false,
                Some(Verdict::KeyMissing),
            ),
            (
                Kind::Permission,
                Some(403),
                Some("API_NOT_ALLOWED"),
                true,
                Some(Verdict::NotAllowed),
            ),
            (Kind::Permission, Some(403), None, true, Some(Verdict::NotOurs)),
            (Kind::RateLimit, Some(429), None, true, Some(Verdict::Busy)),
            (Kind::Provider, Some(200), None, true, Some(Verdict::NotOurs)),
            (Kind::Provider, Some(502), None, true, Some(Verdict::Trouble)),
            (Kind::Network, None, None, true, None),
        ] {
            assert_eq!(
                judge(&missed(kind, status, reason), has_key),
                verdict,
                "{kind:?} {status:?} {reason:?}"
            );
        }
    }

    #[test]
    fn only_what_tells_nothing_of_the_key_may_pass() {
        for (verdict, may) in [
            (Verdict::Busy, true),
            (Verdict::Trouble, true),
            (Verdict::BadKey, false),
            (Verdict::NoCors, false),
            (Verdict::NotOurs, false),
        ] {
            assert_eq!(verdict.may_pass(), may);
        }
    }

    #[test]
    fn what_can_be_read_on_its_way_is_known() {
        for (url, is_clear) in [
            ("http://192.168.1.5:7400", true),
            ("http://example.org/path", true),
            ("http://localhost.example", true),
            ("http://localhost:7400", false),
            ("http://127.0.0.1", false),
            ("http://[::1]:7400", false),
            ("https://example.org", false),
        ] {
            assert_eq!(is_in_the_clear(url), is_clear, "{url}");
        }
    }
}
