//! Setting up what a command needs and this machine lacks.

mod system;
mod tools;

use std::path::PathBuf;
use std::process::Command;

use crate::fail::{Failure, Result};
use crate::process;
use crate::project::Project;
use crate::stamp::{self, Fingerprint, Stamp};
use crate::ui::{self, Progress, Steps};

pub(crate) use tools::{NpmTool, Tool};

/// Something a command cannot do without (or, said so, would be slower without).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// The standard library for `wasm32-unknown-unknown`.
    WasmTarget,
    /// `wasm-bindgen` and its test runner, exactly the version of the lock file.
    WasmBindgen,
    /// What divides the page's program into parts.
    WasmSplit,
    /// The optimiser of wasm, from the npm package `binaryen`.
    WasmOpt,
    /// What bundles and minifies scripts and styles.
    Esbuild,
    /// Node and npm.
    Node,
    /// A C++ compiler, for the H.264 encoder.
    Cxx,
    /// The assembler that makes the H.264 encoder several times faster; the work goes on without.
    Nasm,
    /// Chromium and its driver.
    Chromium,
    /// Firefox, the second browser that the npm package is tried in.
    Firefox,
    /// The driver of `WebKit`, the third, and a screen for it; on Linux alone.
    WebKit,
    /// `ffprobe`, the tests' independent judge of videos.
    Ffprobe,
}

impl Need {
    /// What building the page takes.
    pub(crate) const PAGE: [Self; 6] = [
        Self::Node,
        Self::WasmTarget,
        Self::WasmBindgen,
        Self::WasmSplit,
        Self::WasmOpt,
        Self::Esbuild,
    ];
    /// What building the server takes.
    pub(crate) const SERVER: [Self; 2] = [Self::Cxx, Self::Nasm];
    /// The browsers that the npm package is tried in.
    pub(crate) const BROWSERS: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];
    /// What building the npm package takes.
    pub(crate) const NPM: [Self; 4] = [Self::Node, Self::WasmTarget, Self::WasmBindgen, Self::WasmOpt];

    /// Whether nothing has to be done, looked up in a blink.
    fn is_met(self, project: &Project) -> Result<bool> {
        match self {
            Self::WasmTarget => tools::has_wasm_target(project),
            Self::WasmBindgen => Ok(Tool::wasm_bindgen(project)?.is_installed(project)),
            Self::WasmSplit => Ok(Tool::wasm_split().is_installed(project)),
            Self::WasmOpt => Ok(NpmTool::WASM_OPT.is_installed(project)),
            Self::Esbuild => Ok(NpmTool::ESBUILD.is_installed(project)),
            Self::Node => system::check_node().map(|()| true),
            Self::Cxx | Self::Nasm | Self::Chromium | Self::Firefox | Self::WebKit | Self::Ffprobe => {
                Ok(system::is_present(self))
            }
        }
    }
}

/// Looks at every need and sets up those that are not met, announcing each as a step of its own.
pub(crate) fn ensure(project: &Project, needs: &[Need]) -> Result<()> {
    let missing = missing(project, needs)?;
    if missing.is_empty() {
        return Ok(());
    }
    let (packaged, built): (Vec<Need>, Vec<Need>) = missing
        .into_iter()
        .partition(|need| system::packages(*need).is_some());
    let mut steps = Steps::new(built.len() + usize::from(!packaged.is_empty()));
    ui::line("Setting up what this machine lacks (once):");
    stamp::alone(&project.tools.join("set-up.lock"), || {
        if !packaged.is_empty() {
            steps.run(&system::announce(&packaged), |progress| {
                system::install(project, &packaged, progress)
            })?;
        }
        for need in built {
            steps.run(&announce(project, need)?, |progress| {
                install(project, need, progress)
            })?;
        }
        Ok(())
    })
}

fn missing(project: &Project, needs: &[Need]) -> Result<Vec<Need>> {
    let mut missing: Vec<Need> = Vec::new();
    for &need in needs {
        if !missing.contains(&need) && !need.is_met(project)? {
            missing.push(need);
        }
    }
    Ok(missing)
}

fn announce(project: &Project, need: Need) -> Result<String> {
    Ok(match need {
        Need::WasmTarget => "Adding the Rust target wasm32-unknown-unknown".into(),
        Need::WasmBindgen => Tool::wasm_bindgen(project)?.announce(),
        Need::WasmSplit => Tool::wasm_split().announce(),
        Need::WasmOpt => NpmTool::WASM_OPT.announce(),
        Need::Esbuild => NpmTool::ESBUILD.announce(),
        Need::Node
        | Need::Cxx
        | Need::Nasm
        | Need::Chromium
        | Need::Firefox
        | Need::WebKit
        | Need::Ffprobe => system::announce(&[need]),
    })
}

fn install(project: &Project, need: Need, progress: &mut Progress) -> Result<()> {
    // Another xtask may have done it while this one waited for the lock.
    if need.is_met(project)? {
        return Ok(());
    }
    match need {
        Need::WasmTarget => tools::add_wasm_target(project, progress),
        Need::WasmBindgen => Tool::wasm_bindgen(project)?.install(project, progress),
        Need::WasmSplit => Tool::wasm_split().install(project, progress),
        Need::WasmOpt => NpmTool::WASM_OPT.install(project, progress),
        Need::Esbuild => NpmTool::ESBUILD.install(project, progress),
        Need::Node
        | Need::Cxx
        | Need::Nasm
        | Need::Chromium
        | Need::Firefox
        | Need::WebKit
        | Need::Ffprobe => system::install(project, &[need], progress),
    }
}

/// Puts our own tools in front of a command's `PATH`.
pub(crate) fn with_tools(project: &Project, command: &mut Command) -> Result<()> {
    let own = [
        Tool::wasm_bindgen(project)?.bin_dir(project),
        NpmTool::WASM_OPT.bin_dir(project),
    ];
    let before = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(own.into_iter().chain(std::env::split_paths(&before)))
        .map_err(|e| Failure::new(format!("PATH cannot be extended: {e}")))?;
    command.env("PATH", path);
    Ok(())
}

/// The browser for tests.
pub(crate) fn chromium() -> Result<PathBuf> {
    system::chromium()
        .ok_or_else(|| Failure::new("no Chromium was found").next("set RUSHES_CHROMIUM to its path"))
}

/// The second browser for tests.
pub(crate) fn firefox() -> Result<PathBuf> {
    system::firefox()
        .ok_or_else(|| Failure::new("no Firefox was found").next("set RUSHES_FIREFOX to its path"))
}

/// The driver of the third browser for tests, where there is one.
pub(crate) fn webkit_driver() -> Option<PathBuf> {
    system::webkit_driver()
}

/// The browser's driver for wasm-bindgen's tests.
pub(crate) fn chromedriver() -> Result<PathBuf> {
    system::chromedriver()
        .ok_or_else(|| Failure::new("no chromedriver was found").next("set CHROMEDRIVER to its path"))
}

/// Installs the locked npm dependencies of a folder, unless they are there already. Install scripts never run.
pub(crate) fn npm_ci(project: &Project, relative: &str, progress: &mut Progress) -> Result<()> {
    npm_install(project, relative, &["ci"], progress)
}

/// The same for a folder with packages that bring a program per platform. A registry may lack those of other platforms;
/// npm then leaves them out of the lock file, and `npm ci` refuses it. This obeys the lock file in all it says, takes the
/// rest as its packages demand it (exactly one version each), and writes the file no more than `npm ci` does.
pub(crate) fn npm_install_locked(project: &Project, relative: &str, progress: &mut Progress) -> Result<()> {
    npm_install(
        project,
        relative,
        &["install", "--no-save", "--prefer-offline"],
        progress,
    )
}

fn npm_install(project: &Project, relative: &str, how: &[&str], progress: &mut Progress) -> Result<()> {
    let folder = project.path(relative);
    if !folder.join("package-lock.json").is_file() {
        return Err(
            Failure::new(format!("{relative}/package-lock.json is missing")).next(format!(
                "run `npm install --ignore-scripts` in {relative} and commit the file"
            )),
        );
    }
    let mut print = Fingerprint::default();
    print.path(&folder, "package-lock.json".as_ref())?;
    print.path(&folder, "package.json".as_ref())?;
    let print = print.finish();
    let stamp = Stamp::at(folder.join("node_modules/.rushes-stamp"));
    let lock = project
        .notes()
        .join(format!("npm-{}.lock", relative.replace('/', "-")));
    stamp::alone(&lock, || {
        if stamp.holds(&print) {
            return Ok(());
        }
        let mut npm = process::command(npm(), &folder);
        npm.args(how).args([
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel",
            "error",
        ]);
        process::behind_progress(npm, &format!("npm {} in {relative}", how[0]), progress)?;
        stamp.set(&print)
    })
}

/// The name of the npm program here.
pub(crate) fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}
