//! What is wrong with a request, all at once.

use std::fmt;

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use crate::decimal;
use crate::input::serialize_number;

/// A stable name for one kind of problem; part of the public API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A required field is absent or null.
    Required,
    /// Not the JSON type the field takes.
    WrongType,
    /// A prompt that is empty or only white space.
    Blank,
    /// More characters (Unicode scalar values) than allowed.
    TooLong,
    /// A number with a fraction where whole seconds are taken.
    NotAnInteger,
    /// Outside the documented range.
    OutOfRange,
    /// Not one of the listed values.
    NotAllowed,
    /// A field this endpoint does not take.
    UnknownField,
    /// Two fields that exclude each other.
    Conflict,
    /// An empty list where at least one item is needed.
    Empty,
    /// `duration` given and not the sum of the shots.
    DurationMismatch,
    /// Neither an http(s) URL nor a data URI nor base64.
    BadImageSource,
    /// Not PNG or JPEG by content.
    ImageFormat,
    /// The image's header is damaged or cut off, or its picture data break off.
    ImageUnreadable,
    /// The image file has too many bytes.
    ImageTooBig,
    /// The image has too few pixels on a side.
    ImageTooSmall,
    /// The image is too wide or too tall.
    ImageRatio,
}

impl Code {
    /// Every code, in the order of the documentation's table.
    pub const ALL: [Self; 17] = [
        Self::Required,
        Self::WrongType,
        Self::Blank,
        Self::TooLong,
        Self::NotAnInteger,
        Self::OutOfRange,
        Self::NotAllowed,
        Self::UnknownField,
        Self::Conflict,
        Self::Empty,
        Self::DurationMismatch,
        Self::BadImageSource,
        Self::ImageFormat,
        Self::ImageUnreadable,
        Self::ImageTooBig,
        Self::ImageTooSmall,
        Self::ImageRatio,
    ];

    /// The stable name: `out_of_range`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::WrongType => "wrong_type",
            Self::Blank => "blank",
            Self::TooLong => "too_long",
            Self::NotAnInteger => "not_an_integer",
            Self::OutOfRange => "out_of_range",
            Self::NotAllowed => "not_allowed",
            Self::UnknownField => "unknown_field",
            Self::Conflict => "conflict",
            Self::Empty => "empty",
            Self::DurationMismatch => "duration_mismatch",
            Self::BadImageSource => "bad_image_source",
            Self::ImageFormat => "image_format",
            Self::ImageUnreadable => "image_unreadable",
            Self::ImageTooBig => "image_too_big",
            Self::ImageTooSmall => "image_too_small",
            Self::ImageRatio => "image_ratio",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Whether an issue stops the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The request cannot be sent.
    Error,
    /// The request can be sent; the user should know.
    Warning,
}

impl Severity {
    /// The stable name: `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A limit or an actual value, as it stands in an issue. It serialises as the bare value, a range as `{min, max}`.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// A boolean.
    Bool(bool),
    /// A number (finite; others are given as text).
    Number(f64),
    /// Text, clipped when long.
    Text(String),
    /// A list of allowed values.
    List(Vec<Detail>),
    /// A range, both ends included.
    Range {
        /// Smallest allowed value.
        min: f64,
        /// Largest allowed value.
        max: f64,
    },
}

impl Detail {
    /// A list of allowed texts.
    pub(crate) fn texts(values: &[&str]) -> Self {
        Self::List(values.iter().map(|value| Self::from(*value)).collect())
    }
}

impl From<f64> for Detail {
    /// A number; NaN and infinities, which JSON cannot say, become text.
    fn from(value: f64) -> Self {
        if value.is_finite() {
            Self::Number(value)
        } else {
            Self::Text(decimal::shown(value))
        }
    }
}

impl From<&str> for Detail {
    /// Text, clipped when long.
    fn from(value: &str) -> Self {
        Self::Text(clip(value))
    }
}

impl Serialize for Detail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serialize_number(*value, serializer),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Range { min, max } => {
                let mut range = serializer.serialize_struct("Range", 2)?;
                range.serialize_field("min", &Self::Number(*min))?;
                range.serialize_field("max", &Self::Number(*max))?;
                range.end()
            }
        }
    }
}

/// One thing wrong with a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Where: a JSON Pointer, `/multi_prompt/1/duration`; empty for the whole request.
    pub path: String,
    /// What kind of problem.
    pub code: Code,
    /// Whether it stops the request.
    pub severity: Severity,
    /// A sentence a person can act on.
    pub message: String,
    /// The limit that was broken.
    pub limit: Option<Detail>,
    /// The value that broke it.
    pub actual: Option<Detail>,
    /// What was probably meant.
    pub hint: Option<String>,
}

impl Issue {
    /// An issue that stops the request.
    pub(crate) fn error(path: impl Into<String>, code: Code, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            code,
            severity: Severity::Error,
            message: message.into(),
            limit: None,
            actual: None,
            hint: None,
        }
    }

    /// An issue that lets the request pass.
    pub(crate) fn warning(path: impl Into<String>, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(path, code, message)
        }
    }

    pub(crate) fn limit(mut self, limit: impl Into<Detail>) -> Self {
        self.limit = Some(limit.into());
        self
    }

    pub(crate) fn actual(mut self, actual: impl Into<Detail>) -> Self {
        self.actual = Some(actual.into());
        self
    }

    pub(crate) fn hint(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hint = hint.map(Into::into);
        self
    }

    /// Whether it stops the request.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let optional = [self.limit.is_some(), self.actual.is_some(), self.hint.is_some()];
        let count = 4 + optional.into_iter().filter(|given| *given).count();
        let mut issue = serializer.serialize_struct("Issue", count)?;
        issue.serialize_field("path", &self.path)?;
        issue.serialize_field("code", &self.code)?;
        issue.serialize_field("severity", &self.severity)?;
        issue.serialize_field("message", &self.message)?;
        match &self.limit {
            Some(limit) => issue.serialize_field("limit", limit)?,
            None => issue.skip_field("limit")?,
        }
        match &self.actual {
            Some(actual) => issue.serialize_field("actual", actual)?,
            None => issue.skip_field("actual")?,
        }
        match &self.hint {
            Some(hint) => issue.serialize_field("hint", hint)?,
            None => issue.skip_field("hint")?,
        }
        issue.end()
    }
}

impl fmt::Display for Issue {
    /// `/duration: …`; only the sentence where the path is empty.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        formatter.write_str(&self.message)
    }
}

/// Everything wrong with a request (at least one error), in the order of the API's tables; warnings are among it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The issues, in order.
    pub issues: Vec<Issue>,
}

impl fmt::Display for Report {
    /// One line an issue.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, issue) in self.issues.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            issue.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 1)?;
        report.serialize_field("issues", &self.issues)?;
        report.end()
    }
}

/// Longest text quoted in a message or a detail, in characters.
const CLIP_CHARS: usize = 60;

/// Text from outside made fit for a message: clipped, without control characters, and of a data URI only the head.
pub(crate) fn clip(text: &str) -> String {
    let head = match text.get(..5) {
        Some(scheme) if scheme.eq_ignore_ascii_case("data:") => {
            text.find(',').map_or(text, |comma| &text[..=comma])
        }
        _ => text,
    };
    // Nearly all are short and plain.
    let is_shown = |byte: u8| (b' '..=b'~').contains(&byte);
    if head.len() == text.len() && text.len() <= CLIP_CHARS && text.bytes().all(is_shown) {
        return text.to_owned();
    }
    let mut clipped = String::new();
    let mut chars = head.chars();
    clipped.extend(
        chars
            .by_ref()
            .take(CLIP_CHARS)
            .map(|c| if c.is_control() { '\u{fffd}' } else { c }),
    );
    if chars.next().is_some() || head.len() < text.len() {
        clipped.push('…');
    }
    clipped
}
