//! Every dependency's licence must be one that a project under MIT or Apache-2.0 can pass on.

use serde_json::Value;

use crate::fail::{Failure, Result};
use crate::process;
use crate::project::{Project, parse_json};

/// Permissive licences, and the two for data (Unicode's tables, Mozilla's list of certificates).
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

/// Reads the licence of every package any build may use and reports all that are not allowed.
pub(super) fn check(project: &Project) -> Result<()> {
    let mut cargo = process::cargo(&project.root);
    cargo.args(["metadata", "--format-version", "1", "--all-features"]);
    let metadata = parse_json(&process::output(cargo)?, "cargo metadata")?;
    let wrong = refused(&metadata);
    match wrong.as_slice() {
        [] => Ok(()),
        _ => Err(Failure::new(format!(
            "{} licences are not allowed\n  {}",
            wrong.len(),
            wrong.join("\n  ")
        ))
        .next("choose another package, or allow the licence in crates/xtask/src/check/licences.rs")),
    }
}

fn refused(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter_map(|package| {
            let name = format!("{} {}", text(&package["name"]), text(&package["version"]));
            match package["license"].as_str() {
                None => Some(format!("{name} names no licence")),
                Some(licence) => match evaluate(licence) {
                    Some(true) => None,
                    Some(false) => Some(format!("{name} is under {licence}")),
                    None => Some(format!("{name}: `{licence}` cannot be read")),
                },
            }
        })
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

/// Whether an SPDX expression can be satisfied with allowed licences alone; none when it cannot be read.
fn evaluate(expression: &str) -> Option<bool> {
    // The old spelling of "or" in Cargo manifests is a slash.
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    words.reverse();
    let allowed = alternatives(&mut words)?;
    words.is_empty().then_some(allowed)
}

/// `a OR b`, the weakest binding. The words are taken from the end.
fn alternatives(words: &mut Vec<&str>) -> Option<bool> {
    let mut allowed = all_of(words)?;
    while words.pop_if(|word| *word == "OR").is_some() {
        allowed |= all_of(words)?;
    }
    Some(allowed)
}

/// `a AND b`.
fn all_of(words: &mut Vec<&str>) -> Option<bool> {
    let mut allowed = one(words)?;
    while words.pop_if(|word| *word == "AND").is_some() {
        allowed &= one(words)?;
    }
    Some(allowed)
}

/// A licence, with an exception perhaps, or an expression in parentheses.
fn one(words: &mut Vec<&str>) -> Option<bool> {
    match words.pop()? {
        "(" => {
            let allowed = alternatives(words)?;
            (words.pop()? == ")").then_some(allowed)
        }
        ")" | "OR" | "AND" | "WITH" => None,
        licence => match words.pop_if(|word| *word == "WITH") {
            Some(_) => Some(ALLOWED.contains(&format!("{licence} WITH {}", words.pop()?).as_str())),
            None => Some(ALLOWED.contains(&licence)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_evaluated() {
        let cases = [
            ("MIT", Some(true)),
            ("GPL-3.0-only", Some(false)),
            ("MIT OR Apache-2.0", Some(true)),
            ("MIT/Apache-2.0", Some(true)),
            ("GPL-2.0 OR MIT", Some(true)),
            ("GPL-2.0 AND MIT", Some(false)),
            ("MIT OR GPL-2.0 AND AGPL-3.0", Some(true)),
            ("(MIT OR GPL-2.0) AND AGPL-3.0", Some(false)),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", Some(true)),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", Some(true)),
            ("GPL-2.0 WITH Classpath-exception-2.0", Some(false)),
            ("", None),
            ("MIT OR", None),
            ("(MIT", None),
            ("MIT)", None),
            ("MIT Apache-2.0", None),
            ("MIT WITH", None),
        ];
        for (expression, expected) in cases {
            assert_eq!(evaluate(expression), expected, "{expression:?}");
        }
    }

    #[test]
    fn every_refused_package_is_named() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "good", "version": "1.0.0", "license": "MIT" },
            { "name": "bad", "version": "2.0.0", "license": "AGPL-3.0" },
            { "name": "silent", "version": "3.0.0", "license": null },
            { "name": "odd", "version": "4.0.0", "license": "MIT OR" },
        ]});
        let expected = [
            "bad 2.0.0 is under AGPL-3.0",
            "silent 3.0.0 names no licence",
            "odd 4.0.0: `MIT OR` cannot be read",
        ];
        assert_eq!(refused(&metadata), expected);
    }
}
