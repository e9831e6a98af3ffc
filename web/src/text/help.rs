//! Words of what helps with writing: undo and earlier prompts.

/// Words of what helps with writing.
#[derive(Debug)]
pub struct Help {
    /// Takes the last step back.
    pub undo: &'static str,
    /// Makes it again.
    pub redo: &'static str,
    /// A step was taken back.
    pub undone: &'static str,
    /// It was made again.
    pub redone: &'static str,
    /// There is none to take back.
    pub nothing_to_undo: &'static str,
    /// There is none to make again.
    pub nothing_to_redo: &'static str,
    /// An earlier text is shown: which, of how many, and itself.
    pub earlier: fn(usize, usize, &str) -> String,
    /// There is none.
    pub no_earlier: &'static str,
    /// One's own text is shown again.
    pub own_again: &'static str,
}
