//! The one door from a loose value to a valid request.

mod endpoints;
mod fields;
mod image_source;
mod place;
mod shots;
mod unknown;
mod url;
mod values;

use crate::{Endpoint, Input, Issue, Report, Request};

pub(crate) use fields::{IMAGE_TO_VIDEO_FIELDS, TEXT_TO_VIDEO_FIELDS};
pub(crate) use image_source::{not_an_image, payload as image_payload};
#[cfg(feature = "schema")]
pub(crate) use values::is_white;

/// A request that passed, with what its author should know.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The valid request.
    pub request: Request,
    /// Warnings, in the order of the API's tables; never errors.
    pub warnings: Vec<Issue>,
}

/// Checks every rule at once: a valid request, or everything that is wrong.
///
/// Issues stand in the order of the documentation's tables, those of unknown fields last. A field that is null counts
/// as absent, an unknown one too; an empty `negative_prompt` as well. A rule that needs another value is judged only
/// when that value is sound: no sum of shots while one of their durations is broken, no comparison with a sum out of
/// range. That `end_image` and `multi_prompt` exclude each other concerns only whether both are given.
///
/// ```
/// use rushes_core::{Code, Endpoint, Input, check};
///
/// let input = Input::Object(vec![("prompt".into(), " ".into()), ("duration".into(), 2.0.into())]);
/// let report = check(Endpoint::TextToVideo, input).unwrap_err();
/// let found: Vec<_> = report.issues.iter().map(|issue| (issue.path.as_str(), issue.code)).collect();
/// assert_eq!(found, [("/prompt", Code::Blank), ("/duration", Code::OutOfRange)]);
/// ```
///
/// # Errors
/// A [`Report`] with at least one error and all warnings.
pub fn check(endpoint: Endpoint, input: Input) -> Result<Checked, Report> {
    let fields = match input {
        Input::Object(fields) => fields,
        other => {
            return Err(Report {
                issues: vec![values::not_an_object(&other)],
            });
        }
    };
    match endpoint {
        Endpoint::TextToVideo => endpoints::text_to_video(fields),
        Endpoint::ImageToVideo => endpoints::image_to_video(fields),
    }
}

/// [`check`] from JSON text; text that is not a JSON object is one issue at the root.
///
/// # Errors
/// As [`check`].
#[cfg(feature = "json")]
pub fn check_json(endpoint: Endpoint, text: &str) -> Result<Checked, Report> {
    match serde_json::from_str(text) {
        Ok(input) => check(endpoint, input),
        Err(error) => Err(Report {
            issues: vec![values::not_json(&error)],
        }),
    }
}

/// What a rule says of a value: it is sound, or its issue has been noted.
type Sound<T> = Result<T, Broken>;

/// An issue has been noted for it.
#[derive(Clone, Copy, Debug)]
struct Broken;
