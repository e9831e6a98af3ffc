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
        serde_json::from_str(text).map_or_else(|_| Self::Text(text.to_owned()), Self::Json)
    }
}
