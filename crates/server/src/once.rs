//! One intent, one task, whatever the network does: a `POST` that names itself by an `Idempotency-Key` is carried out
//! once, and whoever sends it again gets the first one's answer.
//!
//! Browsers need this. When a connection that was kept open ends without a byte of an answer, they send the request again
//! by themselves, a `POST` too, and no page can forbid it.

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
    let key = value.to_str().ok().filter(|key| {
        (1..=MAX_KEY_BYTES).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
    });
    match key {
        Some(key) => Ok(Some(key.to_owned())),
        None => Err(ApiError::body(
            StatusCode::BAD_REQUEST,
            format!("Idempotency-Key takes 1 to {MAX_KEY_BYTES} visible ASCII characters."),
        )),
    }
}

/// What came of a request.
pub(crate) struct Outcome {
    pub(crate) response: Response,
    /// Whether it surely was not accepted: then it may be tried again under the same key.
    pub(crate) refused: bool,
}

/// The answers to requests that named themselves.
#[derive(Clone, Default)]
pub(crate) struct Once {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    entries: HashMap<String, Entry>,
    /// Keys and when they came, the oldest first.
    order: VecDeque<(u64, String)>,
}

struct Entry {
    came_ms: u64,
    /// Which request it named.
    digest: Vec<u8>,
    answer: Shared<BoxFuture<'static, Kept>>,
}

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
    /// When the key names another request.
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
            match inner.entries.get(&key) {
                Some(entry) if entry.digest != digest => {
                    let message = "This Idempotency-Key came with another request before.";
                    return Err(ApiError::body(StatusCode::UNPROCESSABLE_ENTITY, message));
                }
                Some(entry) => entry.answer.clone(),
                None => {
                    let answer = self.begin(key.clone(), now_ms, work);
                    inner.order.push_back((now_ms, key.clone()));
                    let entry = Entry {
                        came_ms: now_ms,
                        digest,
                        answer: answer.clone(),
                    };
                    inner.entries.insert(key, entry);
                    answer
                }
            }
        };
        Ok(answer.await.into_response())
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
                this.lock().forget(&key, now_ms);
            }
            Kept::of(outcome.response).await
        });
        let answer = async move { working.await.unwrap_or_else(|_| Kept::lost()) };
        answer.boxed().shared()
    }
}

impl Inner {
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
