//! What our own source files must look like.

use std::path::PathBuf;

use crate::fail::{Failure, Result, read_text};
use crate::project::Project;
use crate::stamp;

/// The longest a source file may be: more than this is several files.
const MOST_LINES: usize = 500;
/// Files allowed to be longer, each with its reason beside it.
const LONG: [&str; 0] = [];

/// Endings of files people write.
const WRITTEN: [&str; 10] = ["rs", "ts", "mts", "cts", "js", "mjs", "cjs", "css", "html", "sh"];

/// Words that say a thing is unfinished or was left behind; spelled in halves, for this file is read too.
const UNFINISHED: [&str; 6] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("debug", "ger;"),
];

/// No source file is longer than the limit.
pub(super) fn length(project: &Project) -> Result<()> {
    report(project, "source files are too long", |name, text| {
        let lines = text.lines().count();
        let long = lines > MOST_LINES && !LONG.contains(&name);
        long.then(|| format!("{name}: {lines} lines, {MOST_LINES} at most"))
            .into_iter()
            .collect()
    })
}

/// No source file holds a word that marks unfinished work.
pub(super) fn words(project: &Project) -> Result<()> {
    report(project, "lines are marked as unfinished", unfinished)
}

fn unfinished(name: &str, text: &str) -> Vec<String> {
    let numbered = text.lines().enumerate();
    numbered
        .filter_map(|(index, line)| {
            let word = UNFINISHED.iter().find(|word| holds(line, word))?;
            Some(format!("{name}:{}: {word}", index + 1))
        })
        .collect()
}

/// Whether a line holds the word on its own, not as a part of a longer one.
fn holds(line: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let open_end = word.ends_with(|c: char| !part_of_word(c));
        !before.is_some_and(part_of_word) && (open_end || !after.is_some_and(part_of_word))
    })
}

fn report(project: &Project, what: &str, judge: impl Fn(&str, &str) -> Vec<String>) -> Result<()> {
    let mut wrong = Vec::new();
    for file in sources(project)? {
        let text = read_text(&file)?;
        let name = file
            .strip_prefix(&project.root)
            .unwrap_or(&file)
            .to_string_lossy();
        wrong.extend(judge(&name, &text));
    }
    match wrong.as_slice() {
        [] => Ok(()),
        _ => Err(Failure::new(format!(
            "{} {what}\n  {}",
            wrong.len(),
            wrong.join("\n  ")
        ))),
    }
}

fn sources(project: &Project) -> Result<Vec<PathBuf>> {
    let mut files = stamp::files(&project.root)?;
    files.push(project.path(".ci/run"));
    files.retain(|file| {
        let ending = file.extension().and_then(|ending| ending.to_str());
        ending.is_none_or(|ending| WRITTEN.contains(&ending)) && file.is_file() && read_as_text(file)
    });
    Ok(files)
}

/// Files without an ending are scripts or licences; anything that is not text is nobody's source.
fn read_as_text(file: &std::path::Path) -> bool {
    file.extension().is_some() || std::fs::read(file).is_ok_and(|bytes| std::str::from_utf8(&bytes).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_is_found_with_its_line() {
        let word = UNFINISHED[0];
        let text = format!("fine\n// {word}: later\n{}x)\n", UNFINISHED[4]);
        assert_eq!(
            unfinished("a.rs", &text),
            [format!("a.rs:2: {word}"), format!("a.rs:3: {}", UNFINISHED[4])]
        );
    }

    #[test]
    fn a_part_of_a_longer_word_is_not_the_word() {
        let cases = [
            ("MASTODON", false),
            (concat!("TO", "DOS"), false),
            (concat!("(TO", "DO)"), true),
        ];
        for (line, expected) in cases {
            assert_eq!(holds(line, UNFINISHED[0]), expected, "{line}");
        }
        assert!(!holds("my_dbg!(x)", UNFINISHED[4]));
        assert!(holds(concat!("  dbg", "!(x)"), UNFINISHED[4]));
    }
}
