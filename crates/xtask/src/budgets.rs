//! The committed budgets, `bench/budgets.toml`: one number a line, grouped by what is measured.

use crate::fail::{Failure, Result, read_text};
use crate::project::Project;

/// The numbers of `bench/budgets.toml`.
#[derive(Debug)]
pub(crate) struct Budgets {
    /// `group.name` and its number.
    entries: Vec<(String, f64)>,
}

impl Budgets {
    /// Reads the file.
    pub(crate) fn read(project: &Project) -> Result<Self> {
        let path = project.path("bench/budgets.toml");
        parse(&read_text(&path)?)
            .map_err(|line| Failure::new(format!("{}: `{line}` is not understood", path.display())))
    }

    /// The budget called `group.name`.
    pub(crate) fn get(&self, name: &str) -> Result<f64> {
        self.find(name)
            .ok_or_else(|| Failure::new(format!("bench/budgets.toml has no {name}")))
    }

    /// The budget called `group.name`, where there is one.
    pub(crate) fn find(&self, name: &str) -> Option<f64> {
        self.entries
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, number)| *number)
    }
}

/// Reads the part of TOML the file needs: comments, `[group]`, `name = number`. An odd line is the error.
fn parse(text: &str) -> Result<Budgets, String> {
    let mut group = String::new();
    let mut entries = Vec::new();
    for line in text.lines() {
        let content = line.split('#').next().unwrap_or_default().trim();
        if content.is_empty() {
            continue;
        }
        if let Some(name) = content.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.trim().clone_into(&mut group);
        } else {
            let (name, value) = content.split_once('=').ok_or(line)?;
            let number = value.trim().replace('_', "").parse().map_err(|_| line)?;
            entries.push((format!("{group}.{}", name.trim()), number));
        }
    }
    Ok(Budgets { entries })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_group_and_name() {
        let budgets =
            parse("# words\n[npm]\nbrotli_bytes = 45_000 # why\n\n[animatic]\nratio = 0.75\n").unwrap();
        assert_eq!(budgets.find("npm.brotli_bytes"), Some(45_000.0));
        assert_eq!(budgets.find("animatic.ratio"), Some(0.75));
        assert_eq!(budgets.find("page.brotli_bytes"), None);
    }

    #[test]
    fn an_odd_line_is_refused() {
        for text in ["[npm]\nbrotli_bytes", "[npm]\nx = many", "x = \"1\""] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
