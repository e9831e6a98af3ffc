//! The parts of the test run.

use std::path::PathBuf;
use std::process::Command;

use super::runners;
use crate::build;
use crate::count::Count;
use crate::fail::{self, Result};
use crate::page::{self, Effort};
use crate::process;
use crate::project::Project;
use crate::setup::{self, Tool};
use crate::ui::Steps;
use crate::{check as checks, size as sizes};

/// Crates of plain decisions and text, tested with every debug check on. (`rushes-wasm` runs in no native program.)
const PLAIN: [&str; 6] = [
    "--package",
    "rushes-core",
    "--package",
    "rushes-web",
    "--package",
    "xtask",
];
/// Crates that draw, encode and serve: too slow unoptimised, and so built as the server that people run is.
const HEAVY: [&str; 8] = [
    "--release",
    "--all-features",
    "--package",
    "rushes-client",
    "--package",
    "rushes-animatic",
    "--package",
    "rushes-server",
];
/// Crates with tests that run in a browser, and the features they have there.
const IN_BROWSER: [(&str, &[&str]); 3] = [
    ("rushes-client", &["--features", "fetch"]),
    ("rushes-wasm", &[]),
    ("rushes-web", &[]),
];

/// The flags a Chromium needs to run headless, as root, in a container, and to call nobody.
const CHROMIUM_FLAGS: [&str; 9] = [
    "headless=new",
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "disable-dev-shm-usage",
];

/// What reads the sources.
pub(super) fn check(project: &Project) -> Result<Count> {
    checks::run(project, &[])
}

/// Native tests of all crates, and of the scripts that the builds here run.
pub(super) fn rust(project: &Project) -> Result<Count> {
    let mut count = runners::node(project, "crates/xtask/js", |_| ())?;
    count.add(runners::native(project, "the plain crates", &PLAIN)?);
    count.add(runners::native(project, "the heavy crates", &HEAVY)?);
    Ok(count)
}

/// One suite, against every backend.
pub(super) fn contract(project: &Project) -> Result<Count> {
    runners::native(
        project,
        "the contract",
        &["--release", "--package", "rushes-contract"],
    )
}

/// Tests that only a browser can run.
pub(super) fn wasm(project: &Project) -> Result<Count> {
    let capabilities = webdriver(project)?;
    let runner = Tool::wasm_bindgen(project)?.program(project, "wasm-bindgen-test-runner");
    let driver = setup::chromedriver()?;
    let mut count = Count::default();
    for (package, features) in IN_BROWSER {
        let args = [
            &[
                "--target",
                "wasm32-unknown-unknown",
                "--tests",
                "--package",
                package,
            ],
            features,
        ]
        .concat();
        count.add(runners::cargo(
            project,
            &format!("{package} in a browser"),
            &args,
            |cargo| {
                cargo
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
                    .env("CHROMEDRIVER", &driver)
                    .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
                    .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
            },
        )?);
    }
    Ok(count)
}

/// Writes down which browser the tests drive and how.
fn webdriver(project: &Project) -> Result<PathBuf> {
    let file = project.notes().join("webdriver.json");
    let options =
        serde_json::json!({ "goog:chromeOptions": { "args": CHROMIUM_FLAGS, "binary": setup::chromium()? } });
    fail::write(&file, options.to_string())?;
    Ok(file)
}

/// The package's own tests, and its tarball as others use it.
pub(super) fn npm(project: &Project) -> Result<Count> {
    let mut steps = Steps::new(2);
    let tarball = steps.run("Building the npm package", |progress| {
        build::npm(project, progress)
    })?;
    steps.run("Building the server (release)", |progress| {
        build::server(project, progress)
    })?;
    let (chromium, firefox) = (setup::chromium()?, setup::firefox()?);
    let set = |node: &mut Command| {
        node.env("RUSHES_NPM_PACKAGE", project.npm_package())
            .env("RUSHES_NPM_TARBALL", &tarball)
            .env("RUSHES_SERVER_BIN", project.server_binary())
            .env("RUSHES_CHROMIUM", &chromium)
            .env("RUSHES_FIREFOX", &firefox);
        if let Some(driver) = setup::webkit_driver() {
            node.env("RUSHES_WEBKIT_DRIVER", driver);
        }
    };
    let mut count = runners::node(project, "crates/wasm/npm/test", set)?;
    Steps::new(1).run(
        "Installing the runtimes and bundlers of tests/packaging (once: 0.6 GB to download, 1.8 GB on disk)",
        |progress| setup::npm_install_locked(project, "tests/packaging", progress),
    )?;
    count.add(runners::node(project, "tests/packaging", set)?);
    Ok(count)
}

/// The page and the server together.
pub(super) fn e2e(project: &Project) -> Result<Count> {
    let mut steps = Steps::new(2);
    steps.run("Building the page (release)", |progress| {
        page::build(project, Effort::Release, progress)
    })?;
    steps.run("Building the server (release)", |progress| {
        build::server(project, progress)
    })?;
    Steps::new(1).run("Installing what tests/e2e needs", |progress| {
        setup::npm_ci(project, "tests/e2e", progress)
    })?;
    let (chromium, firefox) = (setup::chromium()?, setup::firefox()?);
    runners::node(project, "tests/e2e", |node| {
        node.env("RUSHES_SERVER_BIN", project.server_binary())
            .env("RUSHES_PAGE_DIR", project.page_dir())
            .env("RUSHES_SCREENS", project.path("target/screens"))
            .env("RUSHES_CHROMIUM", &chromium)
            .env("RUSHES_FIREFOX", &firefox);
        if let Some(driver) = setup::webkit_driver() {
            node.env("RUSHES_WEBKIT_DRIVER", driver);
        }
        if let Some(ffprobe) = process::find("ffprobe") {
            node.env("RUSHES_FFPROBE", ffprobe);
        }
    })
}

/// What people download.
pub(super) fn size(project: &Project) -> Result<Count> {
    sizes::run(project, &["npm", "page"])
}
