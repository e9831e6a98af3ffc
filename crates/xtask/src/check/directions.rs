//! Which crate may know what: the arrows between our own crates, and what none of their trees may hold.

use crate::fail::{Failure, Result};
use crate::process;
use crate::project::Project;

/// What one crate may and must not know.
#[derive(Debug)]
struct Rule {
    package: &'static str,
    /// Targets and features the tree is looked at with; `all` is every platform.
    views: &'static [&'static [&'static str]],
    /// Our own crates it may stand on.
    may_know: &'static [&'static str],
    /// Packages that must be nowhere in its tree; a trailing `*` stands for any ending.
    must_not_know: &'static [&'static str],
}

const ALL: &[&str] = &["--target", "all", "--all-features"];
const WASM: &[&str] = &["--target", "wasm32-unknown-unknown", "--all-features"];
const HOST: &[&str] = &["--all-features"];

const RULES: [Rule; 10] = [
    Rule {
        package: "rushes-core",
        views: &[ALL],
        may_know: &[],
        // No I/O, clock, randomness, JavaScript, HTTP client or views.
        must_not_know: &[
            "tokio*",
            "mio",
            "reqwest",
            "hyper*",
            "ureq",
            "curl*",
            "gloo*",
            "wasm-bindgen*",
            "js-sys",
            "web-sys",
            "leptos*",
            "axum*",
            "rand",
            "rand_*",
            "getrandom",
            "fastrand",
            "chrono",
            "time",
            "web-time",
            "log",
            "tracing*",
        ],
    },
    Rule {
        package: "rushes-client",
        views: &[
            &["--target", "wasm32-unknown-unknown", "--features", "fetch"],
            HOST,
        ],
        may_know: &["rushes-core"],
        // No storage, no views, no service.
        must_not_know: &[
            "leptos*",
            "idb",
            "rexie",
            "indexed_db*",
            "gloo-storage",
            "axum*",
            "openh264*",
        ],
    },
    Rule {
        package: "rushes-animatic",
        views: &[ALL],
        may_know: &["rushes-core"],
        // No HTTP and no video codec: those belong to whoever has one.
        must_not_know: &[
            "reqwest",
            "hyper*",
            "http",
            "gloo*",
            "tokio*",
            "axum*",
            "leptos*",
            "openh264*",
            "muxide",
            "mp4*",
            "ffmpeg*",
            "rand",
            "rand_*",
            "getrandom",
            "fastrand",
        ],
    },
    Rule {
        package: "rushes-film",
        views: &[ALL],
        may_know: &[],
        // Bytes of files, and nothing of browsers, requests or codecs.
        must_not_know: &[
            "wasm-bindgen*",
            "js-sys",
            "web-sys",
            "serde*",
            "tokio*",
            "openh264*",
            "ffmpeg*",
        ],
    },
    Rule {
        package: "rushes-wasm",
        views: &[WASM],
        may_know: &["rushes-core"],
        must_not_know: &[
            "leptos*",
            "gloo*",
            "reqwest",
            "hyper*",
            "tokio*",
            "axum*",
            "web-sys",
            "regex*",
            "serde_json",
        ],
    },
    Rule {
        package: "rushes-server",
        views: &[HOST],
        may_know: &["rushes-core", "rushes-client", "rushes-animatic"],
        must_not_know: &["leptos*", "wasm-bindgen*", "js-sys", "web-sys", "gloo*"],
    },
    Rule {
        package: "rushes-web",
        views: &[WASM],
        may_know: &["rushes-core", "rushes-client", "rushes-animatic", "rushes-film"],
        must_not_know: &["axum*", "hyper*", "reqwest", "tokio", "openh264*", "chrono"],
    },
    Rule {
        package: "rushes-contract",
        views: &[HOST],
        may_know: &["rushes-core", "rushes-client", "rushes-animatic", "rushes-server"],
        must_not_know: &["leptos*", "wasm-bindgen*"],
    },
    Rule {
        package: "rushes-bench-watcher",
        views: &[HOST],
        may_know: &["rushes-core"],
        must_not_know: &["tokio*", "wasm-bindgen*", "rand", "rand_*"],
    },
    Rule {
        package: "xtask",
        views: &[HOST],
        may_know: &[],
        must_not_know: &["tokio*", "clap*", "syn"],
    },
];

/// Looks at every crate's tree and reports every wrong arrow at once.
pub(super) fn check(project: &Project) -> Result<()> {
    let own = project.package_names();
    let mut wrong: Vec<String> = own
        .iter()
        .filter(|name| !RULES.iter().any(|rule| rule.package == **name))
        .map(|name| format!("{name} has no rule in the table of directions"))
        .collect();
    for rule in &RULES {
        for view in rule.views {
            let tree = tree(project, rule.package, view)?;
            for line in offences(rule, &tree, &own) {
                if !wrong.contains(&line) {
                    wrong.push(line);
                }
            }
        }
    }
    match wrong.as_slice() {
        [] => Ok(()),
        _ => Err(Failure::new(format!(
            "{} wrong directions\n  {}",
            wrong.len(),
            wrong.join("\n  ")
        ))
        .next("cargo tree -p CRATE -i PACKAGE shows who brings it in")),
    }
}

/// Every package a crate is built from, itself first, without what only its tests use.
fn tree(project: &Project, package: &str, view: &[&str]) -> Result<String> {
    let mut cargo = process::command(
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        &project.root,
    );
    cargo
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args(view);
    process::output(cargo)
}

/// What in a tree breaks the rule.
fn offences(rule: &Rule, tree: &str, own: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| *name != rule.package)
    {
        let line = if own.contains(&name) && !rule.may_know.contains(&name) {
            format!("{} must not stand on {name}", rule.package)
        } else if rule.must_not_know.iter().any(|pattern| matches(pattern, name)) {
            format!("{} must not know {name}", rule.package)
        } else {
            continue;
        };
        if !found.contains(&line) {
            found.push(line);
        }
    }
    found
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern
        .strip_suffix('*')
        .map_or(pattern == name, |start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule {
        package: "rushes-core",
        views: &[ALL],
        may_know: &["rushes-base"],
        must_not_know: &["tokio*", "rand"],
    };
    const OWN: [&str; 4] = ["rushes-core", "rushes-base", "rushes-client", "rushes-web"];

    #[test]
    fn a_good_tree_passes() {
        let tree =
            "rushes-core v0.1.0 (/x/crates/core)\nrushes-base v0.1.0 (/x)\nserde v1.0.0\nrandom v1.0.0\n";
        assert_eq!(offences(&RULE, tree, &OWN), [""; 0]);
    }

    #[test]
    fn every_wrong_arrow_is_reported_once() {
        let tree = "rushes-core v0.1.0\nrushes-client v0.1.0\ntokio v1.2.0\ntokio-util v0.7.0\nrand v0.9.0\ntokio v1.2.0 (*)";
        let expected = [
            "rushes-core must not stand on rushes-client",
            "rushes-core must not know tokio",
            "rushes-core must not know tokio-util",
            "rushes-core must not know rand",
        ];
        assert_eq!(offences(&RULE, tree, &OWN), expected);
    }

    #[test]
    fn no_crate_may_stand_on_one_that_may_stand_on_it() {
        for rule in &RULES {
            for known in rule.may_know {
                let back = RULES.iter().find(|other| other.package == *known);
                assert!(
                    back.is_some_and(|other| !other.may_know.contains(&rule.package)),
                    "{} ↔ {known}",
                    rule.package
                );
            }
        }
    }
}
