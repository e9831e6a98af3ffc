//! Both requests as JSON Schema, and the three routes as `OpenAPI`: written from the limits, fields, codes and words
//! that the checks use, so that neither can say anything else.
//!
//! What a schema cannot say (sums, what is behind a URL, a picture's header) is said by [`check`](crate::check())
//! alone. The other way round there is one difference: a field that nobody knows and that is `null` counts as absent
//! for the checks, but a schema that let it pass would let every misspelt name pass an editor, too.

mod answers;
mod build;
mod openapi;
mod patterns;
mod plain;
mod requests;

use crate::{Endpoint, Input};
use build::object;

pub use openapi::Service;

/// The JSON Schema (2020-12) of the request that an endpoint takes. It refers to nothing outside of itself.
pub fn request(endpoint: Endpoint) -> Input {
    let Input::Object(fields) = requests::of(endpoint, &requests::shot()) else {
        return Input::Null;
    };
    let dialect = object([("$schema", "https://json-schema.org/draft/2020-12/schema".into())]);
    build::joined(dialect, Input::Object(fields))
}

/// What of a request is good or wrong at a glance, for hosts that write a quick way for such ones: per endpoint its
/// `path`, in the order of the body the `fields` that need not be looked at together with others, and its `others`.
///
/// A request of these fields alone passes [`check`](crate::check()) without a warning where each holds what its row says,
/// or nothing (`null`) where it is not required:
///
/// | `is` | holds |
/// |---|---|
/// | `text` | text of at most `most` Unicode scalar values; a required one matches `said`, an empty other one is absent |
/// | `number` | a number from `least` to `most`, without a fraction where it is `whole` |
/// | `word` | one of `words` |
/// | `flag` | a boolean |
/// | `address` | text that matches `address` |
///
/// What is accepted is these fields with their `default`s, what is sent is them without those that equal it.
///
/// Without a value in any of the `others`, the issues of a request are those of its fields, each alone, in that order,
/// then those of the fields that are in neither list, in the order they came. Of some values they are in the row's
/// `refusals`, whose texts have holes:
///
/// | refusal | of | holes |
/// |---|---|---|
/// | `too_long` | text of more than `most` characters that is not blank, where it is required | `{count}` of characters, `{over}` those too many |
/// | `fraction` | a number that is not whole, where it must be | `{value}`, and as text the `{nearest}` that is taken |
/// | `outside` | any other number above `most` or below `least`, but no infinity | the same |
///
/// Of any other value nothing follows.
pub fn plain() -> Input {
    plain::table()
}

/// The `OpenAPI` 3.1 document of the three routes, as a service offers them.
pub fn openapi(service: &Service<'_>) -> Input {
    openapi::document(service)
}

/// A document as JSON text: indented, in ASCII, with a line break at its end.
///
/// # Errors
/// Never for the documents made here; where a writer fails, its own error.
pub fn text(document: &Input) -> Result<String, serde_json::Error> {
    let pretty = serde_json::to_string_pretty(document)?;
    Ok(pretty.chars().map(in_ascii).collect::<String>() + "\n")
}

/// The patterns hold white space of every kind, which nobody could tell apart in a file.
fn in_ascii(character: char) -> String {
    if character.is_ascii() && character != '\u{7f}' {
        return character.to_string();
    }
    let mut units = [0; 2];
    let units = character.encode_utf16(&mut units).iter();
    units
        .map(|unit| format!("\\u{unit:04x}"))
        .collect::<Vec<_>>()
        .concat()
}
