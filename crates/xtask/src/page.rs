//! Building the page: its program is compiled, divided at its split points, bound to JavaScript, optimised, and put
//! together with the markup, the styles and the scripts.
//!
//! `index.html` is written as Trunk reads it, so that `trunk serve` shows the page while one works on it (undivided);
//! what people get is built here.

use std::cmp::Reverse;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::fail::{self, Failure, Result};
use crate::process;
use crate::project::{Project, parse_json};
use crate::setup::{self, NpmTool, Tool};
use crate::stamp::{self, Fingerprint, Stamp};
use crate::ui::{self, Progress};

/// What the page is made from, besides the crates it is built of.
const SOURCES: [&str; 13] = [
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "crates/xtask/src/page.rs",
    "crates/xtask/js/page.mjs",
    "crates/xtask/js/lean.mjs",
    "crates/xtask/js/binding.mjs",
    "crates/xtask/js/modules.mjs",
    "crates/xtask/js/places.mjs",
    "crates/wasm/npm/build/segments.mjs",
    "crates/xtask/js/offline.mjs",
    "crates/xtask/js/compress.mjs",
];

/// What the compiler emits and `wasm-opt` must be told of.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// The passes that gave the smallest page, compressed. Each file is optimised alone: what one asks of another is
/// exported, so it stays.
const WASM_PASSES: [&str; 7] = [
    "--flatten",
    "--rereloop",
    "--local-cse",
    "-Oz",
    "--dae-optimizing",
    "--merge-similar-functions",
    "--reorder-functions-by-name",
];

/// How much is done for a small page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// As people get it.
    Release,
    /// Built in a fraction of the time, many times as large.
    Dev,
}

impl Effort {
    fn profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Dev => "dev",
        }
    }

    /// The folder that cargo gives that profile.
    fn folder(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Dev => "debug",
        }
    }
}

/// Builds the page into `dist/`, compressed copies beside the files; does nothing when no input changed.
pub(crate) fn build(project: &Project, effort: Effort, progress: &mut Progress) -> Result<()> {
    let stamp = Stamp::at(project.notes().join("page.stamp"));
    stamp::alone(&project.notes().join("page.lock"), || {
        let print = fingerprint(project, effort)?;
        if stamp.holds(&print) && project.page_dir().join("index.html").is_file() {
            progress.say("      nothing changed since the last build");
            return Ok(());
        }
        stamp.clear()?;
        let work = project.path("target/page");
        fail::remove_dir(&work)?;
        compile(project, effort, progress)?;
        divide(project, effort, &work, progress)?;
        if effort == Effort::Release {
            shrink(project, &work, progress)?;
        }
        assemble(project, effort, &work, progress)?;
        compress(project, progress)?;
        stamp.set(&print)
    })
}

/// A fingerprint of everything the page is made from.
fn fingerprint(project: &Project, effort: Effort) -> Result<String> {
    let mut print = Fingerprint::default();
    for source in SOURCES {
        print.path(&project.root, Path::new(source))?;
    }
    for folder in project.folders_of("rushes-web")? {
        print.path(&project.root, &folder)?;
    }
    print.word(effort.profile());
    print.word(Tool::wasm_split().version());
    print.word(Tool::wasm_bindgen(project)?.version());
    print.word(NpmTool::WASM_OPT.version());
    print.word(NpmTool::ESBUILD.version());
    Ok(print.finish())
}

/// The program, with the relocations that say what it can be divided into. They are asked of the linker alone: as flags
/// of the compiler they would build every dependency again.
fn compile(project: &Project, effort: Effort, progress: &mut Progress) -> Result<()> {
    let mut cargo = process::cargo(&project.root);
    cargo.args(["rustc", "--package", "rushes-web", "--bin", "rushes-web"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--features", "split"]);
    cargo.args(["--profile", effort.profile()]);
    cargo.args(["--", "-Clink-arg=--emit-relocs"]);
    process::with_progress(cargo, progress)
}

/// Divides the program, and binds its first part to JavaScript: the parts ask the first for all they need.
fn divide(project: &Project, effort: Effort, work: &Path, progress: &mut Progress) -> Result<()> {
    let whole = project
        .cargo_target
        .join("wasm32-unknown-unknown")
        .join(effort.folder())
        .join("rushes-web.wasm");
    let split = work.join("split");
    let wasm_split = Tool::wasm_split().program(project, "wasm-split-cli");
    let mut divide = process::command(wasm_split, &project.root);
    divide.arg(whole).arg(&split).args(["--out-name", "page"]);
    process::behind_progress(divide, "dividing the program", progress)?;

    let wasm_bindgen = Tool::wasm_bindgen(project)?.program(project, "wasm-bindgen");
    let mut bind = process::command(wasm_bindgen, &project.root);
    bind.args(["--target", "web", "--no-typescript", "--out-name", "page"]);
    // What the parts ask for is exported under the linker's names.
    bind.args(["--keep-lld-exports", "--no-demangle"]);
    bind.arg("--out-dir").arg(&split).arg(split.join("page.wasm"));
    process::behind_progress(bind, "binding to JavaScript", progress)?;
    let undivided = split.join("page.wasm");
    std::fs::remove_file(&undivided).map_err(|e| Failure::io("removing", &undivided, &e))
}

/// Takes out what nobody asks for, and optimises every part in its place. `wasm-opt` works with one processor, so they
/// take turns on all of them.
fn shrink(project: &Project, work: &Path, progress: &mut Progress) -> Result<()> {
    let mut node = process::command("node", &project.root);
    node.arg("crates/xtask/js/lean.mjs").arg(work.join("split"));
    process::behind_progress(node, "taking out what nobody asks for", progress)?;
    let mut files = wasm_files(&work.join("split"))?;
    // The largest first: at the end one of them would be at work alone.
    files.sort_by_cached_key(|file| Reverse(file.metadata().map_or(0, |known| known.len())));
    let optimise = |file: &PathBuf| {
        let mut opt = process::command(NpmTool::WASM_OPT.program(project), &project.root);
        opt.args(WASM_PASSES).args(WASM_FEATURES);
        opt.arg(file).arg("-o").arg(file);
        opt
    };
    process::side_by_side(
        files.iter().map(optimise).collect(),
        "optimising the parts",
        progress,
    )
}

fn wasm_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = stamp::files(folder)?;
    files.retain(|file| file.extension() == Some(OsStr::new("wasm")));
    Ok(files)
}

/// Markup, styles, scripts and program, in files whose names hold a hash of what is in them.
fn assemble(project: &Project, effort: Effort, work: &Path, progress: &mut Progress) -> Result<()> {
    let mut node = process::command("node", &project.root);
    node.arg("crates/xtask/js/page.mjs")
        .arg(&project.root)
        .arg(work.join("split"))
        .arg(project.page_dir())
        .arg(NpmTool::ESBUILD.root(project))
        .arg(effort.profile());
    setup::with_tools(project, &mut node)?;
    process::behind_progress(node, "putting the page together", progress)
}

fn compress(project: &Project, progress: &mut Progress) -> Result<()> {
    progress.at("compressing");
    let mut node = process::command("node", &project.root);
    node.arg("crates/xtask/js/compress.mjs").arg(project.page_dir());
    let done = parse_json(&process::output(node)?, "compress.mjs")?;
    let size = |key: &str| ui::kilobytes(done[key].as_u64().unwrap_or_default());
    progress.say(&format!(
        "      {} files, {} raw, {} brotli",
        done["files"],
        size("raw"),
        size("brotli")
    ));
    Ok(())
}
