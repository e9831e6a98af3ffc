//! What went wrong and what to do next.

use std::fmt;
use std::io;
use std::path::Path;

/// A result whose error a person can act on.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// One thing that stopped a command, with the next step where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    what: String,
    next: Option<String>,
}

impl Failure {
    /// A failure with nothing to advise.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            next: None,
        }
    }

    /// Adds what the person can do about it.
    pub(crate) fn next(mut self, step: impl Into<String>) -> Self {
        self.next = Some(step.into());
        self
    }

    /// A file operation that failed.
    pub(crate) fn io(doing: &str, path: &Path, cause: &io::Error) -> Self {
        Self::new(format!("{doing} {} failed: {cause}", path.display()))
    }

    /// The first line alone, for a table.
    pub(crate) fn headline(&self) -> &str {
        self.what.lines().next().unwrap_or_default()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        match &self.next {
            Some(step) => write!(f, "\n  next: {step}"),
            None => Ok(()),
        }
    }
}

/// Reads a text file, naming it when that fails.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| Failure::io("reading", path, &e))
}

/// Writes a file, making its folder first.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    make_parent(path)?;
    std::fs::write(path, content).map_err(|e| Failure::io("writing", path, &e))
}

/// Makes the folder a file will lie in.
pub(crate) fn make_parent(path: &Path) -> Result<()> {
    match path.parent() {
        Some(folder) => std::fs::create_dir_all(folder).map_err(|e| Failure::io("making", folder, &e)),
        None => Ok(()),
    }
}

/// Removes a folder and all in it; one that is not there is fine.
pub(crate) fn remove_dir(path: &Path) -> Result<()> {
    match std::fs::remove_dir_all(path) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(Failure::io("removing", path, &e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_and_then_the_next_step() {
        let failure = Failure::new("npm is missing").next("install Node 20");
        assert_eq!(failure.to_string(), "npm is missing\n  next: install Node 20");
        assert_eq!(Failure::new("one\ntwo").headline(), "one");
    }
}
