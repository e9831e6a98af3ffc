//! Tools that are built or fetched once per user: wasm-bindgen, wasm-split, wasm-opt, esbuild and the wasm target.

use std::path::{Path, PathBuf};

use crate::fail::{self, Failure, Result};
use crate::process;
use crate::project::{Project, parse_json};
use crate::setup::npm;
use crate::ui::Progress;

/// What divides the page's program at its split points; of one family with `wasm_split_helpers` in the page.
const WASM_SPLIT: &str = "0.2.4";

/// A program from crates.io, kept in a folder of its own per version.
#[derive(Debug)]
pub(crate) struct Tool {
    package: &'static str,
    version: String,
    programs: &'static [&'static str],
    /// Whether each answers `--version` with its own name and the version; it must answer `--help` otherwise.
    tells_version: bool,
    features: &'static [&'static str],
    about: &'static str,
}

impl Tool {
    /// What divides the page's program at its split points.
    pub(crate) fn wasm_split() -> Self {
        Self {
            package: "wasm_split_cli_support",
            version: WASM_SPLIT.into(),
            programs: &["wasm-split-cli"],
            tells_version: false,
            features: &["--features", "build-binary"],
            about: "about 2 minutes",
        }
    }

    /// The wasm-bindgen command-line tool of exactly the library's version.
    pub(crate) fn wasm_bindgen(project: &Project) -> Result<Self> {
        Ok(Self {
            package: "wasm-bindgen-cli",
            version: project.locked("wasm-bindgen")?,
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            tells_version: true,
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
        self.programs.iter().all(|name| {
            let program = self.program(project, name);
            if self.tells_version {
                says(&program, name, &self.version)
            } else {
                helps(&program)
            }
        })
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

/// Whether a program runs at all. Its folder, which names the version, only gets it from a finished build.
fn helps(program: &Path) -> bool {
    let mut command = process::command(program, Path::new("."));
    command.arg("--help");
    program.is_file() && process::output(command).is_ok()
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

/// A program from npm, kept in a folder of its own per version.
#[derive(Debug)]
pub(crate) struct NpmTool {
    package: &'static str,
    version: &'static str,
    program: &'static str,
}

impl NpmTool {
    /// The optimiser of wasm, new enough for what the pinned compiler emits.
    pub(crate) const WASM_OPT: Self = Self {
        package: "binaryen",
        version: "132.0.0",
        program: "wasm-opt",
    };
    /// What bundles and minifies the page's scripts and styles.
    pub(crate) const ESBUILD: Self = Self {
        package: "esbuild",
        version: "0.28.2",
        program: "esbuild",
    };

    /// The version this project uses.
    pub(crate) fn version(&self) -> &str {
        self.version
    }

    /// The folder it is installed in.
    pub(crate) fn root(&self, project: &Project) -> PathBuf {
        project.tools.join(format!("{}-{}", self.package, self.version))
    }

    /// The folder with the program in it.
    pub(crate) fn bin_dir(&self, project: &Project) -> PathBuf {
        self.root(project).join("node_modules/.bin")
    }

    /// The program.
    pub(crate) fn program(&self, project: &Project) -> PathBuf {
        self.bin_dir(project).join(self.program)
    }

    pub(crate) fn announce(&self) -> String {
        format!(
            "Installing {} (npm {} {})",
            self.program, self.package, self.version
        )
    }

    /// Whether the wanted version is there. It is renamed into place only after it ran, so its manifest is proof enough:
    /// starting it takes most of a second.
    pub(crate) fn is_installed(&self, project: &Project) -> bool {
        let manifest = self
            .root(project)
            .join(format!("node_modules/{}/package.json", self.package));
        let text = fail::read_text(&manifest).and_then(|text| parse_json(&text, "a tool's package.json"));
        text.is_ok_and(|manifest| manifest["version"] == self.version)
    }

    /// Installs it beside its final place, tries it, and moves it there.
    pub(crate) fn install(&self, project: &Project, progress: &mut Progress) -> Result<()> {
        let place = self.root(project);
        let fresh = project
            .tools
            .join(format!("new-{}-{}", self.package, self.version));
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
        install.arg(format!("{}@{}", self.package, self.version));
        process::behind_progress(install, &format!("npm install {}", self.package), progress)?;
        let mut try_it = process::command(fresh.join("node_modules/.bin").join(self.program), &fresh);
        try_it.arg("--version");
        process::output(try_it)?;
        fail::remove_dir(&place)?;
        std::fs::rename(&fresh, &place).map_err(|e| Failure::io("moving into place", &place, &e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_must_answer_with_its_name_and_version() {
        let cases = [
            ("tool 0.21.14\n", true),
            ("tool 0.21.14 (abc 2025)", true),
            ("tool 0.21.1\n", false),
            ("toll 0.21.14", false),
            ("", false),
        ];
        for (answer, expected) in cases {
            assert_eq!(is_version(answer, "tool", "0.21.14"), expected, "{answer:?}");
        }
    }
}
