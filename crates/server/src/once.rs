//! One intent, one task, whatever the network does: a `POST` that names itself by an `Idempotency-Key` is carried out
//! once, and whoever sends it again gets the first one's answer.
//!
//! Browsers need this. When a connection that was kept open ends without a byte of an answer, they send the request again
//! by themselves, a `POST` too, and no page can forbid it.
//!
//! Whoever lost the answer may settle the key afterwards: what came of it is told, nothing is created, and a key that
//! never came is closed, so that a straggler under it is refused.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, StatusCode, response};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use crate::error::{ApiError, Reason};

/// The header, as the IETF's draft names it.
pub(crate) const HEADER: &str = "idempotency-key";
/// Longest key taken, in bytes.
const MAX_KEY_BYTES: usize = 200;
/// Answers kept at once; the oldest go first.
const MAX_KEPT: usize = 10_000;
/// How long an answer is kept.
const KEEP: Duration = Duration::from_hours(24);

/// The key of a request, if it names one.
///
/// # Errors
/// When it is empty, too long or not plain text.
pub(crate) fn key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(HEADER) else {
        return Ok(None);
    };
    sound(value.to_str().unwrap_or_default()).map(Some)
}

/// A key as it may be.
///
/// # Errors
/// When it is empty, too long or not plain text.
pub(crate) fn sound(key: &str) -> Result<String, ApiError> {
    if (1..=MAX_KEY_BYTES).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(key.to_owned());
    }
    let message = format!("Idempotency-Key takes 1 to {MAX_KEY_BYTES} visible ASCII characters.");
    Err(ApiError::body(StatusCode::BAD_REQUEST, message))
}

/// What came of a request.
pub(crate) struct Outcome {
    pub(crate) response: Response,
    /// Whether it surely was not accepted: then it may be tried again under the same key.
    pub(crate) refused: bool,
}

/// What is known of a key.
#[derive(Debug, PartialEq)]
pub(crate) enum Settled {
    /// Its request was answered so.
    Answered {
        status: StatusCode,
        body: Bytes,
        /// Whether nothing came of it, surely.
        is_refused: bool,
    },
    /// Its request is being carried out.
    UnderWay,
    /// It is not known here. If it came at all, that is longer ago than this.
    NotKnown {
        /// Milliseconds back from now in which no key was forgotten.
        remembers_ms: u64,
    },
}

/// The answers to requests that named themselves. Its times are milliseconds since the server was started, by a clock
/// that nobody sets: how far its memory reaches back is relied upon.
#[derive(Clone, Default)]
pub(crate) struct Once {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    entries: HashMap<String, Entry>,
    /// Keys and when they came, the oldest first.
    order: VecDeque<(u64, String)>,
    /// Nothing that came from then on was forgotten.
    complete_from_ms: u64,
}

struct Entry {
    came_ms: u64,
    fate: Fate,
}

enum Fate {
    /// Settled before it came: nothing is carried out under it any more.
    Closed,
    /// It came.
    Came {
        /// Which request it named.
        digest: Vec<u8>,
        answer: Answer,
        /// Whether it surely was not accepted: the same key may try again.
        is_refused: bool,
    },
}

type Answer = Shared<BoxFuture<'static, Kept>>;

/// An answer that can be given more than once.
#[derive(Clone)]
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Once {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Every change under it is a single step.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Carries out `work` under that key, or gives the answer of the request that came first under it, waiting for it if
    /// need be. The work goes on though its caller may go.
    ///
    /// # Errors
    /// When the key names another request, or was settled before it came.
    pub(crate) async fn run(
        &self,
        key: String,
        digest: Vec<u8>,
        now_ms: u64,
        work: impl Future<Output = Outcome> + Send + 'static,
    ) -> Result<Response, ApiError> {
        let answer = {
            let mut inner = self.lock();
            inner.forget_old(now_ms);
            match inner.entries.get(&key).map(|entry| &entry.fate) {
                Some(Fate::Closed) => {
                    let message = "This Idempotency-Key was settled before it came. Nothing was created.";
                    return Err(ApiError::body(StatusCode::CONFLICT, message));
                }
                Some(Fate::Came {
                    digest: first,
                    answer,
                    is_refused: false,
                }) => {
                    if *first != digest {
                        let message = "This Idempotency-Key came with another request before.";
                        return Err(ApiError::body(StatusCode::UNPROCESSABLE_ENTITY, message));
                    }
                    answer.clone()
                }
                Some(Fate::Came { is_refused: true, .. }) | None => {
                    let answer = self.begin(key.clone(), now_ms, work);
                    let fate = Fate::Came {
                        digest,
                        answer: answer.clone(),
                        is_refused: false,
                    };
                    inner.note(key, now_ms, fate);
                    answer
                }
            }
        };
        Ok(answer.await.into_response())
    }

    /// Tells what came of a key, and creates nothing. One that never came is closed: what comes under it later is
    /// refused, so that whoever was told so may rely on it.
    pub(crate) fn settle(&self, key: String, now_ms: u64) -> Settled {
        let mut inner = self.lock();
        inner.forget_old(now_ms);
        match inner.entries.get(&key).map(|entry| &entry.fate) {
            Some(Fate::Came {
                answer, is_refused, ..
            }) => match answer.clone().now_or_never() {
                Some(Kept { status, body, .. }) => Settled::Answered {
                    status,
                    body,
                    is_refused: *is_refused,
                },
                None => Settled::UnderWay,
            },
            known => {
                if known.is_none() {
                    inner.note(key, now_ms, Fate::Closed);
                }
                let remembers_ms = now_ms.saturating_sub(inner.complete_from_ms);
                Settled::NotKnown { remembers_ms }
            }
        }
    }

    fn begin(
        &self,
        key: String,
        now_ms: u64,
        work: impl Future<Output = Outcome> + Send + 'static,
    ) -> Shared<BoxFuture<'static, Kept>> {
        let this = self.clone();
        let working = tokio::spawn(async move {
            let outcome = work.await;
            if outcome.refused {
                this.lock().refuse(&key, now_ms);
            }
            Kept::of(outcome.response).await
        });
        let answer = async move { working.await.unwrap_or_else(|_| Kept::lost()) };
        answer.boxed().shared()
    }
}

impl Inner {
    fn note(&mut self, key: String, came_ms: u64, fate: Fate) {
        self.order.push_back((came_ms, key.clone()));
        self.entries.insert(key, Entry { came_ms, fate });
    }

    fn refuse(&mut self, key: &str, came: u64) {
        if let Some(Entry {
            came_ms,
            fate: Fate::Came { is_refused, .. },
        }) = self.entries.get_mut(key)
            && *came_ms == came
        {
            *is_refused = true;
        }
    }

    fn forget(&mut self, key: &str, came_ms: u64) {
        if self
            .entries
            .get(key)
            .is_some_and(|entry| entry.came_ms == came_ms)
        {
            self.entries.remove(key);
        }
    }

    fn forget_old(&mut self, now_ms: u64) {
        let keep_ms = u64::try_from(KEEP.as_millis()).unwrap_or(u64::MAX);
        while let Some((came_ms, key)) = self.order.front().cloned() {
            let is_old = now_ms.saturating_sub(came_ms) > keep_ms;
            if !is_old && self.order.len() < MAX_KEPT {
                return;
            }
            self.order.pop_front();
            self.complete_from_ms = self.complete_from_ms.max(came_ms.saturating_add(1));
            self.forget(&key, came_ms);
        }
    }
}

impl Kept {
    async fn of(response: Response) -> Self {
        let (response::Parts { status, headers, .. }, body) = response.into_parts();
        match to_bytes(body, usize::MAX).await {
            Ok(body) => Self {
                status,
                headers,
                body,
            },
            Err(_) => Self::lost(),
        }
    }

    /// The answer where there is none: what came of the request is not known.
    fn lost() -> Self {
        let message = "The answer was lost inside this server. The request may have been accepted.";
        let error = ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Reason::ServiceNotAvailable,
            message,
        );
        let (status, headers, body) = error.whole();
        Self {
            status,
            headers,
            body,
        }
    }

    fn into_response(self) -> Response {
        (self.status, self.headers, Body::from(self.body)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Notify;

    use super::*;

    struct Desk {
        once: Once,
        made: Arc<AtomicUsize>,
    }

    impl Desk {
        fn new() -> Self {
            Self {
                once: Once::default(),
                made: Arc::default(),
            }
        }

        /// Sends a request under that key; its answer says how many were carried out before it.
        async fn send(&self, key: &str, request: &str, now_ms: u64, refused: bool) -> Result<String, u16> {
            let made = Arc::clone(&self.made);
            let work = async move {
                let number = made.fetch_add(1, Ordering::SeqCst);
                Outcome {
                    response: number.to_string().into_response(),
                    refused,
                }
            };
            let sent = self.once.run(key.to_owned(), request.into(), now_ms, work).await;
            let response = sent.map_err(|error| error.into_response().status().as_u16())?;
            let body = to_bytes(response.into_body(), 99).await.expect("a body");
            Ok(String::from_utf8(body.to_vec()).expect("text"))
        }
    }

    #[tokio::test]
    async fn one_key_is_one_request() {
        let desk = Desk::new();
        let day_ms = 24 * 3_600_000;
        let cases = [
            ("a", "fox", 0, false, Ok("0")),
            ("a", "fox", 9, false, Ok("0")),
            ("b", "fox", 9, false, Ok("1")),
            ("a", "hen", 9, false, Err(422)),
            ("c", "owl", 9, true, Ok("2")),
            ("c", "owl", 9, false, Ok("3")),
            ("c", "owl", 9, false, Ok("3")),
            ("a", "hen", day_ms + 1, false, Ok("4")),
            ("b", "fox", day_ms + 1, false, Ok("1")),
        ];
        for (key, request, now_ms, refused, expected) in cases {
            let told = desk.send(key, request, now_ms, refused).await;
            assert_eq!(told, expected.map(str::to_owned), "{key} {request} {now_ms}");
        }
    }

    #[tokio::test]
    async fn the_oldest_go_when_there_are_too_many() {
        let desk = Desk::new();
        for number in 0..MAX_KEPT {
            desk.send(&number.to_string(), "", 0, false).await.expect("new");
        }
        assert_eq!(desk.send("0", "", 0, false).await, Ok(MAX_KEPT.to_string()));
        assert_eq!(desk.send("5", "", 0, false).await, Ok("5".to_owned()));
        assert!(desk.once.lock().entries.len() <= MAX_KEPT);
    }

    #[tokio::test]
    async fn work_goes_on_without_its_caller_and_others_wait_for_it() {
        let desk = Desk::new();
        let (go, made) = (Arc::new(Notify::new()), Arc::clone(&desk.made));
        let work = {
            let go = Arc::clone(&go);
            async move {
                go.notified().await;
                made.fetch_add(1, Ordering::SeqCst);
                Outcome {
                    response: "first".into_response(),
                    refused: false,
                }
            }
        };
        let first = desk.once.run("a".to_owned(), Vec::new(), 0, work);
        assert!(first.now_or_never().is_none(), "under way, and its caller goes");
        let second = desk.send("a", "", 0, false);
        let (second, ()) = futures_util::future::join(second, async { go.notify_one() }).await;
        assert_eq!(second, Ok("first".to_owned()));
        assert_eq!(desk.made.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn what_came_of_a_key_is_told_without_creating() {
        let desk = Desk::new();
        let told = |key: &str, now_ms| desk.once.settle(key.to_owned(), now_ms);
        let answered = |body: &'static str, is_refused| Settled::Answered {
            status: StatusCode::OK,
            body: Bytes::from_static(body.as_bytes()),
            is_refused,
        };
        let not_known = |remembers_ms| Settled::NotKnown { remembers_ms };
        desk.send("a", "fox", 5, false).await.expect("new");
        desk.send("b", "hen", 6, true).await.expect("new");
        assert_eq!(told("a", 7), answered("0", false));
        assert_eq!(told("b", 7), answered("1", true));
        assert_eq!(told("c", 7), not_known(7));
        assert_eq!(told("c", 9), not_known(9));
        assert_eq!(desk.send("c", "owl", 9, false).await, Err(409), "a straggler");
        assert_eq!(
            desk.send("b", "hen", 9, false).await,
            Ok("2".to_owned()),
            "refused before"
        );
        assert_eq!(desk.made.load(Ordering::SeqCst), 3);
        let day_ms = 24 * 3_600_000;
        assert_eq!(
            told("a", day_ms + 7),
            not_known(day_ms),
            "forgotten, and known to be"
        );
    }

    #[tokio::test]
    async fn what_is_under_way_is_told_as_that() {
        let once = Once::default();
        let go = Arc::new(Notify::new());
        let going = Arc::clone(&go);
        let work = async move {
            going.notified().await;
            Outcome {
                response: "done".into_response(),
                refused: false,
            }
        };
        let mut first = Box::pin(once.run("a".to_owned(), Vec::new(), 0, work));
        assert!((&mut first).now_or_never().is_none());
        assert_eq!(once.settle("a".to_owned(), 1), Settled::UnderWay);
        go.notify_one();
        first.await.expect("an answer");
        let done = Settled::Answered {
            status: StatusCode::OK,
            body: Bytes::from_static(b"done"),
            is_refused: false,
        };
        assert_eq!(once.settle("a".to_owned(), 1), done);
    }

    #[test]
    fn keys_are_plain_and_short() {
        let headers = |value: &[u8]| {
            let value = axum::http::HeaderValue::from_bytes(value).expect("a header");
            HeaderMap::from_iter([(axum::http::HeaderName::from_static(HEADER), value)])
        };
        assert_eq!(key(&HeaderMap::new()), Ok(None));
        assert_eq!(key(&headers(b"a-1")), Ok(Some("a-1".to_owned())));
        for wrong in [b"".as_slice(), b"a b", "\u{fc}".as_bytes(), &[b'x'; 201]] {
            assert!(key(&headers(wrong)).is_err(), "{wrong:?}");
        }
    }
}
