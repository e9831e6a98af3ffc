/// One segment of `multi_prompt`.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    pub(crate) prompt: String,
    pub(crate) duration_secs: u8,
}

impl Shot {
    /// The shot's words.
    pub fn prompt(&self) -> &str {
        &self.prompt
    }

    /// Its length in seconds, 3 to 15.
    pub fn duration_secs(&self) -> u8 {
        self.duration_secs
    }
}
