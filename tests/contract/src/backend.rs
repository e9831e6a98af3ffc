use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use rushes_core::Endpoint;
use serde_json::Value;

/// An HTTP request to a backend.
#[derive(Clone, Debug)]
pub struct Asked {
    /// How.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// Beside what every request carries.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Asked {
    /// A request without a body.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// A `GET`.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// A `POST` of that text as JSON.
    pub fn post(path: impl Into<String>, body: impl Into<Bytes>) -> Self {
        let mut asked = Self::new(Method::POST, path).with("content-type", "application/json");
        asked.body = body.into();
        asked
    }

    /// The `POST` that creates a task.
    pub fn create(endpoint: Endpoint, body: &Value) -> Self {
        Self::post(endpoint.path(), body.to_string())
    }

    /// The `GET` that reads a task.
    pub fn read(id: &str) -> Self {
        Self::get(format!("{}?task_id={id}", rushes_server::TASK_RESULT_PATH))
    }

    /// With one header more, in place of one of that name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).expect("a header of a test");
        self.headers.insert(HeaderName::from_static(name), value);
        self
    }
}

/// What a backend answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answered {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, String::from_utf8_lossy(&self.body)))
    }

    /// A header as text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Checks the documented error form and gives its body.
    ///
    /// # Panics
    /// When the answer is not of that form, status and reason.
    #[track_caller]
    pub fn error(&self, status: u16, reason: &str) -> Value {
        let body = self.json();
        assert_eq!(self.status.as_u16(), status, "{body}");
        assert_eq!(self.header("content-type"), "application/json", "{body}");
        assert_eq!(body["code"], status, "{body}");
        assert_eq!(body["reason"], reason, "{body}");
        assert!(
            body["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty()),
            "{body}"
        );
        assert!(body["metadata"].is_object(), "{body}");
        body
    }
}

/// Something that speaks the API.
pub trait Backend: Sync {
    /// Sends one request, gives the whole answer.
    fn send(&self, asked: Asked) -> BoxFuture<'_, Answered>;
}
