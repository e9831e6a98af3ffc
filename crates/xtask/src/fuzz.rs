//! `cargo xtask fuzz`: random input for everything in core that reads what others wrote.

use crate::args::Args;
use crate::fail::{Failure, Result};
use crate::process;
use crate::project::Project;
use crate::stamp;
use crate::ui::{self, Steps};

pub(crate) const HELP: &str = "\
cargo xtask fuzz [TARGET] [--seconds N]

Runs the fuzz targets of rushes-core (or one of them), each for N seconds (60).
Installs cargo-fuzz the first time. Not part of `test`.";

/// Where the targets are.
const FUZZ: &str = "crates/core/fuzz";

/// Runs the command.
pub(crate) fn main(project: &Project, mut args: Args) -> Result<()> {
    let seconds = match args.value("--seconds")? {
        None => 60,
        Some(text) => text
            .parse::<u32>()
            .map_err(|_| Failure::new(format!("--seconds takes a whole number, not `{text}`")))?,
    };
    let targets = targets(project)?;
    let wanted = args.words(&targets.iter().map(String::as_str).collect::<Vec<_>>())?;
    let chosen = if wanted.is_empty() { &targets } else { &wanted };

    if process::find("cargo-fuzz").is_none() {
        Steps::new(1).run("Building cargo-fuzz, about 2 minutes, once", |progress| {
            let mut cargo = process::cargo(&project.root);
            cargo.args(["install", "--locked", "cargo-fuzz"]);
            process::with_progress(cargo, progress)
        })?;
    }
    for target in chosen {
        ui::line(format!("fuzzing {target} for {seconds} s"));
        let mut cargo = process::cargo(&project.root);
        // The sanitizer needs an unstable flag; the pinned compiler takes it when told so.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo.args([
            "fuzz",
            "run",
            "--fuzz-dir",
            FUZZ,
            target,
            "--",
            &format!("-max_total_time={seconds}"),
        ]);
        if !process::stream(cargo, |_| ())? {
            return Err(Failure::new(format!("{target} found an input that breaks it"))
                .next(format!("the input lies in {FUZZ}/artifacts/{target}/")));
        }
    }
    Ok(())
}

/// The names of all targets, from their files.
fn targets(project: &Project) -> Result<Vec<String>> {
    let files = stamp::files(&project.path(FUZZ).join("fuzz_targets"))?;
    let names: Vec<String> = files
        .iter()
        .filter_map(|file| file.file_stem()?.to_str().map(str::to_owned))
        .collect();
    if names.is_empty() {
        Err(Failure::new(format!("there are no fuzz targets in {FUZZ}")))
    } else {
        Ok(names)
    }
}
