//! The one door from a loose value to a valid request.

use crate::{Endpoint, Input, Issue, Report, Request};

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
/// # Errors
/// A [`Report`] with at least one error and all warnings.
pub fn check(_endpoint: Endpoint, _input: Input) -> Result<Checked, Report> {
    todo!()
}

/// [`check`] from JSON text; text that is not a JSON object is one issue at the root.
///
/// # Errors
/// As [`check`].
#[cfg(feature = "json")]
pub fn check_json(_endpoint: Endpoint, _text: &str) -> Result<Checked, Report> {
    todo!()
}
