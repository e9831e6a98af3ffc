//! `cargo xtask check`: everything that reads the sources and runs none of them.

mod directions;
mod licences;
mod sources;

use std::process::Command;

use crate::args::Args;
use crate::count::Count;
use crate::fail::{Failure, Result};
use crate::process;
use crate::project::Project;
use crate::setup::{self, Need};
use crate::ui::{Progress, Steps};

pub(crate) const HELP: &str = "\
cargo xtask check [CHECK…]

Formatting, lints (natively, and for wasm with a list of what browsers lack),
documentation, dependency directions, licences, the wasm-bindgen pin, the
length of files, and words that mark unfinished work. All of them, or those named:
  format  clippy  clippy-wasm  docs  directions  licences  pin  length  words";

/// One check: its name, what it says it does, and how.
type Check = (
    &'static str,
    &'static str,
    fn(&Project, &mut Progress) -> Result<()>,
);

const CHECKS: [Check; 9] = [
    ("format", "Formatting (cargo fmt)", |project, _| format(project)),
    ("length", "Length of source files", |project, _| {
        sources::length(project)
    }),
    ("words", "Words that mark unfinished work", |project, _| {
        sources::words(project)
    }),
    (
        "directions",
        "Dependency directions (cargo tree)",
        |project, _| directions::check(project),
    ),
    ("licences", "Licences of all dependencies", |project, _| {
        licences::check(project)
    }),
    ("pin", "One exact wasm-bindgen everywhere", |project, _| {
        pin(project)
    }),
    ("clippy", "Lints, natively (cargo clippy)", clippy),
    ("clippy-wasm", "Lints, for wasm (cargo clippy)", clippy_wasm),
    ("docs", "Documentation (cargo doc)", docs),
];

/// Everything but the two crates that are for JavaScript engines alone.
const NATIVE: &str = "--workspace --exclude rushes-wasm --exclude rushes-web";
/// The crates that run in browsers, with the features they have there.
const IN_BROWSERS: &str = "--lib --bins --features rushes-client/fetch --package rushes-core --package rushes-client \
    --package rushes-animatic --package rushes-wasm --package rushes-web";
/// The crates whose tests run there too.
const BROWSER_TESTS: &str = "--tests --features rushes-client/fetch --package rushes-client --package rushes-wasm \
    --package rushes-web";

/// Runs the command.
pub(crate) fn main(project: &Project, args: Args) -> Result<()> {
    let names: Vec<&str> = CHECKS.iter().map(|(name, ..)| *name).collect();
    let wanted = args.words(&names)?;
    let count = run(project, &wanted)?;
    match count.failures.as_slice() {
        [] => Ok(()),
        failures => Err(Failure::new(format!(
            "{} of {} checks failed: {}",
            count.failed,
            count.failed + count.passed,
            failures.join(", ")
        ))),
    }
}

/// Runs the checks named (all when none is), each to its end, and counts them.
pub(crate) fn run(project: &Project, wanted: &[String]) -> Result<Count> {
    let chosen: Vec<&Check> = CHECKS
        .iter()
        .filter(|(name, ..)| wanted.is_empty() || wanted.iter().any(|word| word == name))
        .collect();
    if chosen
        .iter()
        .any(|(name, ..)| matches!(*name, "clippy" | "clippy-wasm" | "docs"))
    {
        setup::ensure(project, &[Need::WasmTarget, Need::Cxx, Need::Nasm])?;
    }
    let mut steps = Steps::new(chosen.len());
    let mut count = Count::default();
    for (name, what, check) in chosen {
        match steps.run(what, |progress| check(project, progress)) {
            Ok(()) => count.pass(),
            Err(failure) => {
                crate::ui::line(format!("{failure}"));
                count.fail(format!("check {name}: {}", failure.headline()));
            }
        }
    }
    Ok(count)
}

fn format(project: &Project) -> Result<()> {
    let mut cargo = process::cargo(&project.root);
    // The names of the files are enough: `cargo fmt` puts them right.
    cargo.args(["fmt", "--all", "--check", "--", "-l"]);
    process::output(cargo)
        .map(drop)
        .map_err(|failure| failure.next("cargo fmt --all"))
}

fn clippy(project: &Project, progress: &mut Progress) -> Result<()> {
    let mut cargo = process::cargo(&project.root);
    cargo
        .arg("clippy")
        .args(words(NATIVE))
        .args(["--all-targets", "--all-features", "--keep-going"]);
    process::with_progress(deny_warnings(cargo), progress)
}

fn clippy_wasm(project: &Project, progress: &mut Progress) -> Result<()> {
    for which in [IN_BROWSERS, BROWSER_TESTS] {
        let mut cargo = process::cargo(&project.root);
        cargo
            .args(words("clippy --keep-going --target wasm32-unknown-unknown"))
            .args(words(which));
        cargo.env("CLIPPY_CONF_DIR", project.path("crates/xtask/clippy-wasm"));
        process::with_progress(deny_warnings(cargo), progress)?;
    }
    Ok(())
}

fn deny_warnings(mut clippy: Command) -> Command {
    clippy.args(["--", "-D", "warnings"]);
    clippy
}

fn docs(project: &Project, progress: &mut Progress) -> Result<()> {
    for which in [
        NATIVE,
        "--target wasm32-unknown-unknown --package rushes-wasm --package rushes-web",
    ] {
        let mut cargo = process::cargo(&project.root);
        cargo
            .args(["doc", "--no-deps", "--all-features"])
            .args(words(which))
            .env("RUSTDOCFLAGS", "-D warnings");
        process::with_progress(cargo, progress)?;
    }
    Ok(())
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace()
}

/// The manifest, the lock file and the installed tool must name one version.
fn pin(project: &Project) -> Result<()> {
    let manifest = crate::fail::read_text(&project.path("Cargo.toml"))?;
    let locked = project.locked("wasm-bindgen")?;
    let pinned = manifest
        .lines()
        .find_map(|line| line.strip_prefix("wasm-bindgen = ")?.split('"').nth(1))
        .ok_or_else(|| Failure::new("the root Cargo.toml pins no wasm-bindgen"))?;
    if pinned != format!("={locked}") {
        return Err(Failure::new(format!(
            "Cargo.toml says wasm-bindgen \"{pinned}\", Cargo.lock has {locked}"
        ))
        .next(format!(
            "write wasm-bindgen = \"={locked}\" in the root Cargo.toml, or cargo update -p wasm-bindgen"
        )));
    }
    for name in project.package_names() {
        let own = project.package(name)?["dependencies"]
            .as_array()
            .into_iter()
            .flatten();
        for dependency in own.filter(|dependency| dependency["name"] == "wasm-bindgen") {
            if dependency["req"] != format!("={locked}") {
                return Err(Failure::new(format!(
                    "{name} asks for wasm-bindgen {} of its own",
                    dependency["req"]
                ))
                .next("write wasm-bindgen.workspace = true"));
            }
        }
    }
    Ok(())
}
