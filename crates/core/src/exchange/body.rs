use crate::Input;

/// The body of an answer: JSON where it parsed, otherwise the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// It parsed.
    Json(Input),
    /// It did not (an HTML page, plain text, half a body, nothing).
    Text(String),
}

#[cfg(feature = "json")]
impl Body {
    /// The body from its text: JSON where it is JSON, whatever the `Content-Type` said.
    pub fn from_json_text(text: &str) -> Self {
        serde_json::from_str(text)
            .map_or_else(|_| Self::Text(text.to_owned()), |value| Self::Json(input(value)))
    }
}

#[cfg(feature = "json")]
fn input(value: serde_json::Value) -> Input {
    use serde_json::Value;
    match value {
        Value::Null => Input::Null,
        Value::Bool(bool) => Input::Bool(bool),
        Value::Number(number) => Input::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Input::Text(text),
        Value::Array(items) => Input::List(items.into_iter().map(input).collect()),
        Value::Object(fields) => Input::Object(
            fields
                .into_iter()
                .map(|(name, value)| (name, input(value)))
                .collect(),
        ),
    }
}
