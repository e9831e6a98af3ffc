//! Few words to write a document with.

use crate::Input;

/// An object of those fields, in that order.
pub(super) fn object<const N: usize>(fields: [(&str, Input); N]) -> Input {
    Input::Object(fields.map(|(name, value)| (name.to_owned(), value)).into())
}

/// An array of texts.
pub(super) fn texts(values: &[&str]) -> Input {
    values
        .iter()
        .map(|value| Input::from(*value))
        .collect::<Vec<_>>()
        .into()
}

/// A count or a size.
#[expect(clippy::cast_precision_loss, reason = "limits lie far below 2^53")]
pub(super) fn count(value: usize) -> Input {
    (value as f64).into()
}

/// The fields of both objects, those of the first first.
pub(super) fn joined(first: Input, second: Input) -> Input {
    match (first, second) {
        (Input::Object(mut fields), Input::Object(more)) => {
            fields.extend(more);
            Input::Object(fields)
        }
        (first, _) => first,
    }
}

/// A value of that type, or `null`, which counts as absent.
pub(super) fn optional(kind: &str, rules: Input) -> Input {
    joined(object([("type", texts(&[kind, "null"]))]), rules)
}

/// A reference to a schema of an `OpenAPI` document.
pub(super) fn component(name: &str) -> Input {
    object([("$ref", format!("#/components/schemas/{name}").into())])
}
