//! Reading the command line: flags, values and the rest.

use crate::fail::{Failure, Result};

/// The arguments of one command that nobody has taken yet.
#[derive(Debug)]
pub(crate) struct Args {
    left: Vec<String>,
}

impl Args {
    /// What stands after the command's name.
    pub(crate) fn new(args: impl IntoIterator<Item = String>) -> Self {
        Self {
            left: args.into_iter().collect(),
        }
    }

    /// Takes every occurrence of a flag and says whether there was one.
    pub(crate) fn flag(&mut self, names: &[&str]) -> bool {
        let mut found = false;
        while let Some(at) = self.own().iter().position(|arg| names.contains(&arg.as_str())) {
            self.left.remove(at);
            found = true;
        }
        found
    }

    /// Takes `--name value` or `--name=value`; the last one counts.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let mut value = None;
        while let Some(at) = self
            .own()
            .iter()
            .position(|arg| arg == name || has_value(arg, name))
        {
            let arg = self.left.remove(at);
            value = match arg.split_once('=') {
                Some((_, text)) => Some(text.to_owned()),
                None if at < self.own().len() => Some(self.left.remove(at)),
                None => return Err(Failure::new(format!("{name} needs a value"))),
            };
        }
        Ok(value)
    }

    /// Everything left, for a program that reads it itself; a leading `--` is taken off.
    pub(crate) fn rest(mut self) -> Vec<String> {
        if let Some(at) = self.left.iter().position(|arg| arg == "--") {
            self.left.remove(at);
        }
        self.left
    }

    /// The words left, each of which must be one of `known`; anything else is refused.
    pub(crate) fn words(self, known: &[&str]) -> Result<Vec<String>> {
        match self.left.iter().find(|arg| !known.contains(&arg.as_str())) {
            Some(odd) if known.is_empty() => Err(Failure::new(format!("`{odd}` is not understood here"))),
            Some(odd) => Err(Failure::new(format!("`{odd}` is not understood"))
                .next(format!("one of: {}", known.join(", ")))),
            None => Ok(self.left),
        }
    }

    /// Refuses anything that is left.
    pub(crate) fn end(self) -> Result<()> {
        self.words(&[]).map(drop)
    }

    /// The arguments before a `--`: only those are ours.
    fn own(&self) -> &[String] {
        let end = self
            .left
            .iter()
            .position(|arg| arg == "--")
            .unwrap_or(self.left.len());
        &self.left[..end]
    }
}

fn has_value(arg: &str, name: &str) -> bool {
    arg.strip_prefix(name).is_some_and(|rest| rest.starts_with('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Args {
        Args::new(text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn values_come_in_both_spellings() {
        for text in [
            "--addr 127.0.0.1:1 --x",
            "--addr=127.0.0.1:1 --x",
            "--addr 9 --x --addr 127.0.0.1:1",
        ] {
            let mut args = args(text);
            assert_eq!(args.value("--addr"), Ok(Some("127.0.0.1:1".into())), "{text}");
            assert_eq!(args.rest(), ["--x"], "{text}");
        }
    }

    #[test]
    fn a_value_may_hold_an_equals_sign() {
        assert_eq!(args("--data=a=b").value("--data"), Ok(Some("a=b".into())));
    }

    #[test]
    fn a_missing_value_is_an_error() {
        for text in ["--addr", "--addr -- x"] {
            assert!(args(text).value("--addr").is_err(), "{text}");
        }
    }

    #[test]
    fn a_longer_name_is_another_flag() {
        let mut args = args("--address=1 --no-opening");
        assert_eq!(args.value("--addr"), Ok(None));
        assert!(!args.flag(&["--no-open"]));
    }

    #[test]
    fn what_follows_two_dashes_is_left_alone() {
        let mut args = args("--no-open -- --no-open --data d");
        assert!(args.flag(&["--no-open"]));
        assert_eq!(args.rest(), ["--no-open", "--data", "d"]);
    }

    #[test]
    fn unknown_words_are_refused_with_the_known_ones() {
        assert_eq!(
            args("rust npm").words(&["rust", "npm"]),
            Ok(vec!["rust".into(), "npm".into()])
        );
        let refused = args("rust nmp")
            .words(&["rust", "npm"])
            .map_err(|f| f.to_string());
        assert_eq!(
            refused,
            Err("`nmp` is not understood\n  next: one of: rust, npm".into())
        );
        assert!(args("--x").end().is_err());
    }
}
