//! Tools that are built or fetched once per user: Trunk, wasm-bindgen, wasm-opt and the wasm target.

use std::path::{Path, PathBuf};

use crate::fail::{self, Failure, Result};
use crate::process;
use crate::project::{Project, parse_json};
use crate::setup::npm;
use crate::ui::Progress;

/// The last Trunk that builds with the pinned compiler.
const TRUNK: &str = "0.21.14";
/// The npm package with a `wasm-opt` that knows what the pinned compiler emits.
pub(crate) const BINARYEN: &str = "132.0.0";

/// A program from crates.io, kept in a folder of its own per version.
#[derive(Debug)]
pub(crate) struct Tool {
    package: &'static str,
    version: String,
    /// Each program, which must answer `--version` with its own name and the version.
    programs: &'static [&'static str],
    features: &'static [&'static str],
    about: &'static str,
}

impl Tool {
    /// Trunk, without what only its development server needs.
    pub(crate) fn trunk() -> Self {
        Self {
            package: "trunk",
            version: TRUNK.into(),
            programs: &["trunk"],
            features: &["--no-default-features", "--features", "rustls"],
            about: "about 5 minutes",
        }
    }

    /// The wasm-bindgen command-line tool of exactly the library's version.
    pub(crate) fn wasm_bindgen(project: &Project) -> Result<Self> {
        Ok(Self {
            package: "wasm-bindgen-cli",
            version: project.locked("wasm-bindgen")?,
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            features: &[],
            about: "about 2 minutes",
        })
    }

    /// The version this project uses.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    fn root(&self, project: &Project) -> PathBuf {
        project.tools.join(format!("{}-{}", self.package, self.version))
    }

    /// Where its programs are.
    pub(crate) fn bin_dir(&self, project: &Project) -> PathBuf {
        self.root(project).join("bin")
    }

    /// The path of one of its programs.
    pub(crate) fn program(&self, project: &Project, name: &str) -> PathBuf {
        self.bin_dir(project)
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Whether every program runs and says the version wanted.
    pub(crate) fn is_installed(&self, project: &Project) -> bool {
        self.programs
            .iter()
            .all(|name| says(&self.program(project, name), name, &self.version))
    }

    pub(crate) fn announce(&self) -> String {
        format!("Building {} {}, {}, once", self.package, self.version, self.about)
    }

    /// Builds it. Its own release profile takes five times as long for a tool that runs for a second.
    pub(crate) fn install(&self, project: &Project, progress: &mut Progress) -> Result<()> {
        let root = self.root(project);
        // A folder of its own, so that an interrupted build goes on where it stopped.
        let build = project
            .tools
            .join(format!("build-{}-{}", self.package, self.version));
        let mut cargo = process::cargo(&project.root);
        cargo.args([
            "install",
            "--locked",
            "--force",
            self.package,
            "--version",
            &self.version,
        ]);
        cargo.args(self.features).arg("--root").arg(&root);
        cargo
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env_remove("RUSTFLAGS");
        process::with_progress(cargo, progress)?;
        if !self.is_installed(project) {
            return Err(Failure::new(format!(
                "{} was built but does not answer as {}",
                self.package, self.version
            ))
            .next(format!("remove {} and try again", root.display())));
        }
        fail::remove_dir(&build)
    }
}

/// Whether a program answers `--version` with `name version`.
fn says(program: &Path, name: &str, version: &str) -> bool {
    let mut command = process::command(program, Path::new("."));
    command.arg("--version");
    program.is_file() && process::output(command).is_ok_and(|answer| is_version(&answer, name, version))
}

fn is_version(answer: &str, name: &str, version: &str) -> bool {
    let mut words = answer.split_whitespace();
    words.next() == Some(name) && words.next() == Some(version)
}

/// Whether the compiler in use has the standard library for wasm.
pub(crate) fn has_wasm_target(project: &Project) -> Result<bool> {
    let mut rustc = process::command("rustc", &project.root);
    rustc.args(["--print", "sysroot"]);
    let sysroot = process::output(rustc)?;
    Ok(Path::new(sysroot.trim())
        .join("lib/rustlib/wasm32-unknown-unknown/lib")
        .is_dir())
}

/// Adds it through rustup.
pub(crate) fn add_wasm_target(project: &Project, progress: &mut Progress) -> Result<()> {
    let by_hand =
        "install the standard library of wasm32-unknown-unknown for the Rust in rust-toolchain.toml";
    if process::find("rustup").is_none() {
        return Err(
            Failure::new("the target wasm32-unknown-unknown is missing and there is no rustup").next(by_hand),
        );
    }
    let mut rustup = process::command("rustup", &project.root);
    rustup.args(["target", "add", "wasm32-unknown-unknown"]);
    process::behind_progress(rustup, "rustup target add wasm32-unknown-unknown", progress)
}

fn binaryen(project: &Project) -> PathBuf {
    project.tools.join(format!("binaryen-{BINARYEN}"))
}

/// The folder with `wasm-opt` in it.
pub(crate) fn binaryen_bin(project: &Project) -> PathBuf {
    binaryen(project).join("node_modules/.bin")
}

/// Whether the wanted binaryen is there. It is renamed into place only after it ran, so its manifest is proof enough:
/// starting it takes most of a second.
pub(crate) fn has_wasm_opt(project: &Project) -> bool {
    let manifest = binaryen(project).join("node_modules/binaryen/package.json");
    let version = fail::read_text(&manifest).and_then(|text| parse_json(&text, "binaryen's package.json"));
    version.is_ok_and(|manifest| manifest["version"] == BINARYEN)
}

/// Installs it beside its final place, tries it, and moves it there.
pub(crate) fn install_wasm_opt(project: &Project, progress: &mut Progress) -> Result<()> {
    let (place, fresh) = (
        binaryen(project),
        project.tools.join(format!("new-binaryen-{BINARYEN}")),
    );
    fail::remove_dir(&fresh)?;
    fail::write(&fresh.join("package.json"), "{ \"private\": true }\n")?;
    let mut install = process::command(npm(), &fresh);
    install.args([
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel",
        "error",
    ]);
    install.arg(format!("binaryen@{BINARYEN}"));
    process::behind_progress(install, "npm install binaryen", progress)?;
    let mut try_it = process::command(fresh.join("node_modules/.bin/wasm-opt"), &fresh);
    try_it.arg("--version");
    process::output(try_it)?;
    fail::remove_dir(&place)?;
    std::fs::rename(&fresh, &place).map_err(|e| Failure::io("moving into place", &place, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_must_answer_with_its_name_and_version() {
        let cases = [
            ("trunk 0.21.14\n", true),
            ("trunk 0.21.14 (abc 2025)", true),
            ("trunk 0.21.1\n", false),
            ("tronc 0.21.14", false),
            ("", false),
        ];
        for (answer, expected) in cases {
            assert_eq!(is_version(answer, "trunk", "0.21.14"), expected, "{answer:?}");
        }
    }
}
