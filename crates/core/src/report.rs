//! What is wrong with a request, all at once.

/// A stable name for one kind of problem; part of the public API. See `design.md`'s table.
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
    /// The image's header is damaged or cut off.
    ImageUnreadable,
    /// The image file has too many bytes.
    ImageTooBig,
    /// The image has too few pixels on a side.
    ImageTooSmall,
    /// The image is too wide or too tall.
    ImageRatio,
}

/// Whether an issue stops the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The request cannot be sent.
    Error,
    /// The request can be sent; the user should know.
    Warning,
}

/// A limit or an actual value, as it stands in an issue.
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

/// Everything wrong with a request (at least one error), in the order of the API's tables; warnings are among it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The issues, in order.
    pub issues: Vec<Issue>,
}
