//! The project's own commands: set-up, build, test, measure. `cargo xtask --help` lists them.

mod args;
mod bench;
mod budgets;
mod build;
mod cargo_output;
mod check;
mod count;
mod fail;
mod fuzz;
mod make;
mod page;
mod process;
mod project;
mod setup;
mod size;
mod stamp;
mod start;
mod test;
mod ui;

use std::process::ExitCode;

use args::Args;
use fail::{Failure, Result};
use project::Project;

/// A command: its name, one line about it, its help, and what it does.
type Command = (
    &'static str,
    &'static str,
    &'static str,
    fn(&Project, Args) -> Result<()>,
);

const COMMANDS: [Command; 8] = [
    (
        "start",
        "sets up what is missing, builds page and server, serves, prints the address",
        start::HELP,
        start::main,
    ),
    (
        "test",
        "sets up what is missing, runs every test (or the parts named)",
        test::HELP,
        test::main,
    ),
    (
        "check",
        "formatting, lints, documentation, dependency directions, licences",
        check::HELP,
        check::main,
    ),
    (
        "npm",
        "builds the npm package and its tarball under target/npm",
        make::NPM_HELP,
        make::npm,
    ),
    (
        "page",
        "builds the page into dist/, with .br and .gz beside the files",
        make::PAGE_HELP,
        make::page,
    ),
    (
        "size",
        "raw and brotli sizes against the committed budgets",
        size::HELP,
        size::main,
    ),
    (
        "bench",
        "measurements; writes target/bench/report.md and report.json",
        bench::HELP,
        bench::main,
    ),
    (
        "fuzz",
        "runs the fuzz targets of rushes-core for a while",
        fuzz::HELP,
        fuzz::main,
    ),
];

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            ui::error(failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> Result<()> {
    let mut arguments = arguments.into_iter();
    let Some(name) = arguments.next() else {
        ui::line(overview());
        return Ok(());
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        ui::line(overview());
        return Ok(());
    }
    let Some((_, _, help, command)) = COMMANDS.iter().find(|(known, ..)| *known == name) else {
        if name == start::OPEN {
            return start::open_when_ready(arguments.next().unwrap_or_default().as_str());
        }
        let known: Vec<&str> = COMMANDS.iter().map(|(known, ..)| *known).collect();
        return Err(Failure::new(format!("there is no command `{name}`"))
            .next(format!("one of: {}; cargo xtask --help", known.join(", "))));
    };
    let mut args = Args::new(arguments);
    if args.flag(&["--help", "-h"]) {
        ui::line(help);
        return Ok(());
    }
    command(&Project::find()?, args)
}

fn overview() -> String {
    let commands = COMMANDS
        .iter()
        .map(|(name, about, ..)| format!("\n  {name:<6} {about}"));
    std::iter::once("cargo xtask COMMAND [--help]\n".to_owned())
        .chain(commands)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_help_that_begins_with_its_usage() {
        for (name, _, help, _) in COMMANDS {
            assert!(help.starts_with(&format!("cargo xtask {name}")), "{name}");
            assert!(overview().contains(&format!("\n  {name}")), "{name}");
        }
    }

    #[test]
    fn an_unknown_command_names_the_known_ones() {
        let said = run(vec!["strat".into()]).map_err(|failure| failure.to_string());
        assert!(said.is_err_and(|text| text.contains("`strat`") && text.contains("start, test")));
    }

    #[test]
    fn help_needs_no_project() {
        for line in [
            &["--help"][..],
            &[],
            &["start", "--help"],
            &["test", "rust", "-h"],
        ] {
            assert_eq!(
                run(line.iter().map(|word| (*word).to_owned()).collect()),
                Ok(()),
                "{line:?}"
            );
        }
    }
}
