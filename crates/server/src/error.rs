//! The API's documented error form: `{"code", "reason", "message", "metadata"}`.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rushes_core::{Code, Detail, Issue, Report, Severity};
use serde_json::{Map, Value, json};

/// A documented reason code that this server gives by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `INVALID_REQUEST_BODY`
    InvalidRequestBody,
    /// `IMAGE_FILE_EXCEEDS_MAX_SIZE`
    ImageFileExceedsMaxSize,
    /// `INVALID_IMAGE_FORMAT`
    InvalidImageFormat,
    /// `INVALID_IMAGE_SIZE`
    InvalidImageSize,
    /// `IMAGE_EXCEEDS_MAX_RESOLUTION`
    ImageExceedsMaxResolution,
    /// `MISSING_API_KEY`
    MissingApiKey,
    /// `INVALID_API_KEY`
    InvalidApiKey,
    /// `API_NOT_ALLOWED`
    ApiNotAllowed,
    /// `API_NOT_FOUND`
    ApiNotFound,
    /// `TASK_NOT_FOUND`
    TaskNotFound,
    /// `RATE_LIMIT_EXCEEDED`
    RateLimitExceeded,
    /// `CREATE_TASK_FAILED`
    CreateTaskFailed,
    /// `GET_RESULT_FAILED`
    GetResultFailed,
    /// `SERVICE_NOT_AVAILABLE`
    ServiceNotAvailable,
}

impl Reason {
    /// The text that stands in an answer.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequestBody => "INVALID_REQUEST_BODY",
            Self::ImageFileExceedsMaxSize => "IMAGE_FILE_EXCEEDS_MAX_SIZE",
            Self::InvalidImageFormat => "INVALID_IMAGE_FORMAT",
            Self::InvalidImageSize => "INVALID_IMAGE_SIZE",
            Self::ImageExceedsMaxResolution => "IMAGE_EXCEEDS_MAX_RESOLUTION",
            Self::MissingApiKey => "MISSING_API_KEY",
            Self::InvalidApiKey => "INVALID_API_KEY",
            Self::ApiNotAllowed => "API_NOT_ALLOWED",
            Self::ApiNotFound => "API_NOT_FOUND",
            Self::TaskNotFound => "TASK_NOT_FOUND",
            Self::RateLimitExceeded => "RATE_LIMIT_EXCEEDED",
            Self::CreateTaskFailed => "CREATE_TASK_FAILED",
            Self::GetResultFailed => "GET_RESULT_FAILED",
            Self::ServiceNotAvailable => "SERVICE_NOT_AVAILABLE",
        }
    }

    /// The reason for an issue with an image; `None` for an issue of another kind.
    fn of_image(code: Code) -> Option<Self> {
        match code {
            Code::ImageFormat | Code::ImageUnreadable => Some(Self::InvalidImageFormat),
            Code::ImageTooBig => Some(Self::ImageFileExceedsMaxSize),
            Code::ImageTooSmall | Code::ImageRatio => Some(Self::InvalidImageSize),
            _ => None,
        }
    }
}

/// An error as the caller gets it: nothing in it comes from a key, a token or a file path.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    status: StatusCode,
    reason: Reason,
    message: String,
    metadata: Map<String, Value>,
    retry_after_secs: Option<u64>,
}

impl ApiError {
    /// An error with that status, reason and sentence.
    pub fn new(status: StatusCode, reason: Reason, message: impl Into<String>) -> Self {
        Self {
            status,
            reason,
            message: message.into(),
            metadata: Map::new(),
            retry_after_secs: None,
        }
    }

    /// A request body that cannot be taken.
    pub fn body(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, Reason::InvalidRequestBody, message)
    }

    /// A route that is not one of the documented ones.
    pub fn no_such_route(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, Reason::ApiNotFound, message)
    }

    /// Everything that is wrong with a request: an image reason when only images are at fault.
    pub fn invalid(report: &Report) -> Self {
        let errors: Vec<&Issue> = report
            .issues
            .iter()
            .filter(|issue| issue.severity == Severity::Error)
            .collect();
        let reasons: Option<Vec<Reason>> = errors.iter().map(|issue| Reason::of_image(issue.code)).collect();
        let reason = reasons
            .and_then(|reasons| reasons.first().copied())
            .unwrap_or(Reason::InvalidRequestBody);
        let message = match errors.as_slice() {
            [] => "The request cannot be taken.".to_owned(),
            [only] => said(only),
            [first, rest @ ..] => format!("{} And {} more: see metadata.issues.", said(first), rest.len()),
        };
        let issues: Vec<Value> = report.issues.iter().map(issue_json).collect();
        Self::new(StatusCode::BAD_REQUEST, reason, message).with("issues", Value::Array(issues))
    }

    /// Adds one entry to `metadata`.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.metadata.insert(name.to_owned(), value);
        self
    }

    /// Adds a `Retry-After` of that many seconds.
    #[must_use]
    pub fn retry_after(mut self, secs: u64) -> Self {
        self.retry_after_secs = Some(secs);
        self
    }

    /// Whether nothing came of the request, surely: it was refused, or never left this server.
    pub(crate) fn is_refusal(&self) -> bool {
        self.status.is_client_error() || self.metadata.get("sent") == Some(&Value::Bool(false))
    }

    /// Its parts, as they are sent.
    pub(crate) fn whole(&self) -> (StatusCode, HeaderMap, Bytes) {
        let mut headers = HeaderMap::new();
        for (name, value) in JSON_HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        (self.status, headers, self.to_json().to_string().into())
    }

    /// The body as JSON.
    fn to_json(&self) -> Value {
        json!({
            "code": self.status.as_u16(),
            "reason": self.reason.as_str(),
            "message": self.message,
            "metadata": self.metadata,
        })
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = json_response(self.status, &self.to_json());
        if let Some(secs) = self.retry_after_secs {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(secs));
        }
        response
    }
}

const JSON_HEADERS: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "application/json"),
    (header::CACHE_CONTROL, "no-store"),
];

/// A JSON answer that nobody may cache.
pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response {
    (status, JSON_HEADERS, body.to_string()).into_response()
}

fn said(issue: &Issue) -> String {
    if issue.path.is_empty() {
        issue.message.clone()
    } else {
        format!("{}: {}", issue.path, issue.message)
    }
}

fn issue_json(issue: &Issue) -> Value {
    let mut out = json!({
        "path": issue.path,
        "code": issue.code.as_str(),
        "severity": issue.severity.as_str(),
        "message": issue.message,
    });
    let optional = [
        ("limit", issue.limit.as_ref().map(detail_json)),
        ("actual", issue.actual.as_ref().map(detail_json)),
        ("hint", issue.hint.clone().map(Value::String)),
    ];
    if let Value::Object(fields) = &mut out {
        fields.extend(
            optional
                .into_iter()
                .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value))),
        );
    }
    out
}

fn detail_json(detail: &Detail) -> Value {
    match detail {
        Detail::Bool(flag) => json!(flag),
        Detail::Number(number) => json!(number),
        Detail::Text(text) => json!(text),
        Detail::List(items) => Value::Array(items.iter().map(detail_json).collect()),
        Detail::Range { min, max } => json!({ "min": min, "max": max }),
    }
}
