use std::fmt;

use serde::{Deserialize, Serialize};

/// The id that the API gave a task: not empty, at most 256 bytes, without white space, control characters or U+FFFD.
/// (The last stands for bytes that could not be read: with it, it is not the id that the API gave.)
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskId(String);

impl TaskId {
    /// Longest id taken, in bytes. Real ones are below 100; the bound keeps hostile ones out of URLs and storage.
    pub const MAX_BYTES: usize = 256;

    /// An id from outside: `None` when it is empty, longer than [`MAX_BYTES`](Self::MAX_BYTES) or holds control
    /// characters, white space or U+FFFD. White space around it is dropped: ids get pasted.
    pub fn new(id: &str) -> Option<Self> {
        let id = id.trim();
        let sound = !id.is_empty()
            && id.len() <= Self::MAX_BYTES
            && !id
                .chars()
                .any(|char| char.is_control() || char.is_whitespace() || char == char::REPLACEMENT_CHARACTER);
        sound.then(|| Self(id.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<TaskId> for String {
    fn from(id: TaskId) -> Self {
        id.0
    }
}

impl TryFrom<String> for TaskId {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        Self::new(&id)
            .ok_or("not a task id: it is empty, too long, or holds white space or control characters")
    }
}
