//! Building the server and the npm package; the page has a file of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fail::{self, Failure, Result};
use crate::process;
use crate::project::{Project, parse_json};
use crate::setup::{self, NpmTool, Tool};
use crate::stamp;
use crate::ui::Progress;

/// Builds the release server.
pub(crate) fn server(project: &Project, progress: &mut Progress) -> Result<()> {
    if cfg!(target_arch = "x86_64") && process::find("nasm").is_none() {
        progress.say("      nasm is not installed: the H.264 encoder will be slower");
    }
    let mut cargo = process::cargo(&project.root);
    cargo.args(["build", "--release", "--package", "rushes-server"]);
    process::with_progress(cargo, progress)?;
    let binary = project.server_binary();
    if binary.is_file() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the server was built but {} is not there",
        binary.display()
    )))
}

/// The wasm that the npm package carries, and the linker's map of it.
fn npm_wasm(project: &Project, progress: &mut Progress) -> Result<(PathBuf, PathBuf)> {
    let wasm = project
        .cargo_target
        .join("wasm32-unknown-unknown/wasm-release/rushes_wasm.wasm");
    let map = wasm.with_extension("map");
    let mut cargo = process::cargo(&project.root);
    cargo
        .args(["rustc", "--profile", "wasm-release"])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--package", "rushes-wasm", "--lib", "--", "-C"])
        .arg(format!("link-arg=-Map={}", map.display()))
        // Otherwise the linker joins what texts Rust's own library has to one piece, which can only be kept as a whole.
        .args(["-C", "link-arg=-O0"]);
    process::with_progress(cargo, progress)?;
    Ok((wasm, map))
}

/// Builds `target/npm/package/` and packs it into `target/npm/rushes-<version>.tgz`, whose path it gives.
pub(crate) fn npm(project: &Project, progress: &mut Progress) -> Result<PathBuf> {
    let script = project.npm_dir().join("build.mjs");
    if !script.is_file() {
        return Err(Failure::new(format!(
            "the npm package cannot be built: {} is missing",
            script.display()
        )));
    }
    stamp::alone(&project.notes().join("npm.lock"), || {
        let (wasm, map) = npm_wasm(project, progress)?;
        setup::npm_ci(project, "crates/wasm/npm", progress)?;
        let package = project.npm_package();
        fail::remove_dir(&package)?;
        let mut build = process::command("node", &project.root);
        build
            .arg(script)
            .arg("--wasm")
            .arg(wasm)
            .arg("--map")
            .arg(map)
            .arg("--out")
            .arg(&package);
        tool_variables(project, &mut build)?;
        process::behind_progress(build, "building the JavaScript", progress)?;
        check_manifest(project, &package)?;
        pack(project, &package)
    })
}

/// Tells a command where our tools are.
pub(crate) fn tool_variables(project: &Project, command: &mut Command) -> Result<()> {
    command
        .env(
            "RUSHES_WASM_BINDGEN",
            Tool::wasm_bindgen(project)?.program(project, "wasm-bindgen"),
        )
        .env("RUSHES_WASM_OPT", NpmTool::WASM_OPT.program(project));
    setup::with_tools(project, command)
}

/// The built manifest must say the workspace's version, and bring neither dependencies nor install scripts; what it
/// works with is named as an optional peer.
fn check_manifest(project: &Project, package: &Path) -> Result<()> {
    let manifest = parse_json(
        &fail::read_text(&package.join("package.json"))?,
        "the package's package.json",
    )?;
    let version = project.version()?;
    if manifest["version"] != version.as_str() {
        return Err(Failure::new(format!(
            "package.json says version {}, the workspace {version}",
            manifest["version"]
        )));
    }
    let filled = |key: &str| {
        manifest[key]
            .as_object()
            .is_some_and(|entries| !entries.is_empty())
    };
    if let Some(peers) = manifest["peerDependencies"].as_object()
        && let Some(peer) = peers
            .keys()
            .find(|peer| manifest["peerDependenciesMeta"][*peer]["optional"] != true)
    {
        return Err(Failure::new(format!(
            "the built package.json wants `{peer}`; a peer of the package is optional"
        )));
    }
    match ["dependencies", "optionalDependencies", "scripts"]
        .into_iter()
        .find(|key| filled(key))
    {
        Some(key) => Err(Failure::new(format!(
            "the built package.json has `{key}`; the package has none"
        ))),
        None => Ok(()),
    }
}

fn pack(project: &Project, package: &Path) -> Result<PathBuf> {
    let folder = project.path("target/npm");
    let mut npm = process::command(setup::npm(), package);
    npm.args([
        "pack",
        "--json",
        "--ignore-scripts",
        "--loglevel",
        "error",
        "--pack-destination",
    ])
    .arg(&folder);
    process::output(npm)?;
    let tarball = folder.join(format!("rushes-{}.tgz", project.version()?));
    if tarball.is_file() {
        return Ok(tarball);
    }
    Err(Failure::new(format!(
        "npm pack did not write {}",
        tarball.display()
    )))
}
