use std::fmt;

use zeroize::Zeroizing;

/// An API key. It cannot be displayed, serialised or compared; `Debug` prints a fixed text; its memory is overwritten
/// when it is dropped. The only way out is the `Authorization` header of a request.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// Why a text cannot be a key. The text itself is in none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Nothing is there.
    Empty,
    /// It holds characters that cannot stand in an HTTP header: only visible ASCII can.
    BadCharacter,
    /// It is longer than 4096 bytes.
    TooLong,
}

impl fmt::Display for KeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "The key is empty. Paste the whole key.",
            Self::BadCharacter => {
                "The key holds a character that no key has, such as a space. Paste the key alone."
            }
            Self::TooLong => "This is too long for a key. Paste the key alone.",
        })
    }
}

impl std::error::Error for KeyError {}

impl Secret {
    /// Longest key taken, in bytes: what the strictest servers take of a header.
    const MAX_BYTES: usize = 4096;

    /// A key from outside. White space around it, and a pasted `Bearer ` before it, are dropped.
    ///
    /// # Errors
    /// A [`KeyError`] that says what is wrong without repeating the text.
    pub fn new(key: &str) -> Result<Self, KeyError> {
        let key = key.trim();
        let key = match key.get(.."Bearer".len()) {
            Some(word) if word.eq_ignore_ascii_case("Bearer") => match &key[word.len()..] {
                rest if rest.is_empty() || rest.starts_with(char::is_whitespace) => rest.trim_start(),
                _ => key,
            },
            _ => key,
        };
        if key.is_empty() {
            return Err(KeyError::Empty);
        }
        if key.len() > Self::MAX_BYTES {
            return Err(KeyError::TooLong);
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError::BadCharacter);
        }
        Ok(Self(Zeroizing::new(key.to_owned())))
    }

    /// The value of the `Authorization` header; overwritten when dropped.
    pub(crate) fn authorization(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("Bearer {}", self.0.as_str()))
    }

    /// The text without this very key, wherever it stands in it.
    pub(crate) fn scrub(&self, text: &mut String) {
        if text.contains(self.0.as_str()) {
            *text = text.replace(self.0.as_str(), "[removed]");
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyError, Secret};

    #[test]
    fn takes_a_key_as_people_paste_it() {
        for text in [
            "sk_canary",
            "  sk_canary\n",
            "Bearer sk_canary",
            "bearer   sk_canary ",
        ] {
            let secret = Secret::new(text).expect(text);
            assert_eq!(secret.authorization().as_str(), "Bearer sk_canary", "{text:?}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_a_key_without_repeating_it() {
        let cases = [
            ("", KeyError::Empty),
            ("  \t", KeyError::Empty),
            ("Bearer ", KeyError::Empty),
            ("sk canary", KeyError::BadCharacter),
            ("sk_\ncanary", KeyError::BadCharacter),
            ("sk_cänary", KeyError::BadCharacter),
        ];
        for (text, expected) in cases {
            let error = Secret::new(text).expect_err(text);
            assert_eq!(error, expected, "{text:?}");
            assert!(!error.to_string().contains("nary"), "{text:?}");
        }
        assert_eq!(
            Secret::new(&"k".repeat(5000)).expect_err("too long"),
            KeyError::TooLong
        );
    }

    #[test]
    fn debug_says_nothing() {
        let secret = Secret::new("sk_canary").expect("a key");
        assert_eq!(
            format!("{secret:?} {:#?}", Some(&secret)),
            "Secret(…) Some(\n    Secret(…),\n)"
        );
    }

    #[test]
    fn scrubs_itself_out_of_foreign_words() {
        let secret = Secret::new("canary+key/1").expect("a key");
        let mut text = "no such key: canary+key/1, canary+key/1!".to_owned();
        secret.scrub(&mut text);
        assert_eq!(text, "no such key: [removed], [removed]!");
    }
}
