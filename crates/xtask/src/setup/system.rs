//! What comes from the operating system: Node, a C++ compiler, a browser, ffprobe.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fail::{Failure, Result};
use crate::process;
use crate::project::Project;
use crate::setup::{Need, npm};
use crate::ui::Progress;

/// The oldest Node whose test runner and fetch the project uses (20.11 brought `--test-timeout`).
const OLDEST_NODE: (u32, u32) = (20, 11);

/// Debian's packages for a need, and what to say where there is no apt.
pub(crate) fn packages(need: Need) -> Option<&'static [&'static str]> {
    match need {
        Need::Cxx => Some(&["g++"]),
        Need::Nasm => Some(&["nasm"]),
        // The fonts: without any, a headless page shows boxes.
        Need::Chromium => Some(&["chromium", "chromium-driver", "fonts-liberation"]),
        Need::Firefox => Some(&["firefox-esr"]),
        Need::WebKit => Some(&["webkit2gtk-driver", "xvfb"]),
        Need::Ffprobe => Some(&["ffmpeg"]),
        Need::WasmTarget
        | Need::WasmBindgen
        | Need::WasmSplit
        | Need::WasmOpt
        | Need::Esbuild
        | Need::Node => None,
    }
}

/// Whether a program of the system is there.
pub(crate) fn is_present(need: Need) -> bool {
    match need {
        Need::Cxx => std::env::var_os("CXX").is_some() || any(&["c++", "g++", "clang++", "cl"]),
        // Without it the encoder is slower, which is no reason to stop: where it cannot be installed, it is not missed.
        Need::Nasm => any(&["nasm"]) || !cfg!(target_arch = "x86_64") || apt(&[]).is_none(),
        Need::Chromium => chromium().is_some() && chromedriver().is_some(),
        Need::Firefox => firefox().is_some(),
        Need::WebKit => !cfg!(target_os = "linux") || (webkit_driver().is_some() && any(&["Xvfb"])),
        Need::Ffprobe => any(&["ffprobe"]),
        Need::WasmTarget
        | Need::WasmBindgen
        | Need::WasmSplit
        | Need::WasmOpt
        | Need::Esbuild
        | Need::Node => false,
    }
}

fn any(programs: &[&str]) -> bool {
    programs.iter().any(|program| process::find(program).is_some())
}

/// The browser: the one named by `RUSHES_CHROMIUM`, or the first of the usual names.
pub(crate) fn chromium() -> Option<PathBuf> {
    const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    named("RUSHES_CHROMIUM")
        .or_else(|| {
            [
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
            ]
            .into_iter()
            .find_map(process::find)
        })
        .or_else(|| Some(PathBuf::from(MAC)).filter(|path| path.is_file()))
}

/// The second browser: the one named by `RUSHES_FIREFOX`, or the first of the usual names.
pub(crate) fn firefox() -> Option<PathBuf> {
    const MAC: &str = "/Applications/Firefox.app/Contents/MacOS/firefox";
    named("RUSHES_FIREFOX")
        .or_else(|| ["firefox-esr", "firefox"].into_iter().find_map(process::find))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|path| path.is_file()))
}

/// The driver of `WebKit`: the one named by `RUSHES_WEBKIT_DRIVER`, or the one on `PATH`.
pub(crate) fn webkit_driver() -> Option<PathBuf> {
    named("RUSHES_WEBKIT_DRIVER").or_else(|| process::find("WebKitWebDriver"))
}

/// Chromium's driver: the one named by `CHROMEDRIVER`, or the one on `PATH`.
pub(crate) fn chromedriver() -> Option<PathBuf> {
    named("CHROMEDRIVER").or_else(|| process::find("chromedriver"))
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

/// One line for all that is about to be installed.
pub(crate) fn announce(needs: &[Need]) -> String {
    format!("Installing {} (apt)", wanted(needs).join(", "))
}

fn wanted(needs: &[Need]) -> Vec<&'static str> {
    needs
        .iter()
        .filter_map(|need| packages(*need))
        .flatten()
        .copied()
        .collect()
}

/// Installs through apt where that is possible without asking, and otherwise says what to install.
pub(crate) fn install(project: &Project, needs: &[Need], progress: &mut Progress) -> Result<()> {
    let left: Vec<Need> = needs.iter().copied().filter(|need| !is_present(*need)).collect();
    if left.is_empty() {
        return Ok(());
    }
    let outcome = install_packages(project, &wanted(&left), progress);
    let still: Vec<Need> = left.into_iter().filter(|need| !is_present(*need)).collect();
    if still == [Need::Nasm] {
        progress.say("      going on without nasm: the H.264 encoder will be slower");
        return Ok(());
    }
    match outcome {
        _ if still.is_empty() => Ok(()),
        Ok(()) => Err(by_hand(&still)),
        Err(cause) => Err(Failure::new(format!("{}\n{}", cause.headline(), by_hand(&still)))),
    }
}

fn install_packages(project: &Project, names: &[&str], progress: &mut Progress) -> Result<()> {
    let none = || Failure::new("there is no apt-get that may be used");
    let mut update = apt(&["update", "-q"]).ok_or_else(none)?;
    update.current_dir(&project.root);
    process::behind_progress(update, "reading the list of packages", progress)?;
    // The lock is waited for: an unattended upgrade may hold it.
    let options = [
        "install",
        "-q",
        "-y",
        "--no-install-recommends",
        "-o",
        "DPkg::Lock::Timeout=600",
    ];
    let mut install = apt(&options).ok_or_else(none)?;
    install.args(names).current_dir(&project.root);
    process::behind_progress(install, &format!("installing {}", names.join(", ")), progress)
}

/// `apt-get` as root, or through a `sudo` that asks nothing; none elsewhere.
fn apt(args: &[&str]) -> Option<Command> {
    process::find("apt-get")?;
    let here = Path::new(".");
    let mut command = if is_root() {
        process::command("apt-get", here)
    } else {
        let mut sudo = process::command("sudo", here);
        sudo.args(["-n", "true"]);
        process::output(sudo).ok()?;
        let mut sudo = process::command("sudo", here);
        sudo.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").args(args);
    Some(command)
}

fn is_root() -> bool {
    let mut id = process::command("id", Path::new("."));
    id.arg("-u");
    process::output(id).is_ok_and(|answer| answer.trim() == "0")
}

fn by_hand(needs: &[Need]) -> Failure {
    let words: Vec<&str> = needs.iter().map(|need| explain(*need)).collect();
    let advice = if cfg!(target_os = "macos") {
        "xcode-select --install; brew install ffmpeg nasm chromedriver; brew install --cask google-chrome"
            .to_owned()
    } else {
        format!(
            "on Debian or Ubuntu: sudo apt-get install {}",
            wanted(needs).join(" ")
        )
    };
    Failure::new(format!(
        "missing here, and not installable without asking: {}",
        words.join("; ")
    ))
    .next(advice)
}

fn explain(need: Need) -> &'static str {
    match need {
        Need::Cxx => "a C++ compiler (the H.264 encoder is C++)",
        Need::Nasm => "nasm (makes the H.264 encoder faster)",
        Need::Chromium => {
            "Chromium or Chrome with its chromedriver (or set RUSHES_CHROMIUM and CHROMEDRIVER)"
        }
        Need::Firefox => "Firefox (or set RUSHES_FIREFOX)",
        Need::WebKit => "WebKitWebDriver, of WebKitGTK (or set RUSHES_WEBKIT_DRIVER), and Xvfb",
        Need::Ffprobe => "ffprobe, part of ffmpeg",
        Need::WasmTarget => "the Rust target wasm32-unknown-unknown",
        Need::WasmBindgen | Need::WasmSplit | Need::WasmOpt | Need::Esbuild => "a build tool",
        Need::Node => "Node and npm",
    }
}

/// Node and npm cannot be installed politely from here: they are checked.
pub(crate) fn check_node() -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let advice = format!("install Node {major} LTS or newer with npm: https://nodejs.org");
    let mut node = process::command("node", Path::new("."));
    node.arg("--version");
    let answer = process::output(node).map_err(|_| Failure::new("Node is missing").next(&advice))?;
    match node_version(&answer) {
        Some(version) if version >= OLDEST_NODE => {}
        _ => {
            let found = answer.trim();
            return Err(
                Failure::new(format!("Node {found} is too old; {major}.{minor} is the oldest")).next(advice),
            );
        }
    }
    match process::find(npm()) {
        Some(_) => Ok(()),
        None => Err(Failure::new("npm is missing (Node is there)").next(advice)),
    }
}

fn node_version(answer: &str) -> Option<(u32, u32)> {
    let mut parts = answer.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_says_its_version() {
        let cases = [
            ("v20.20.2\n", Some((20, 20))),
            ("v18.0.0", Some((18, 0))),
            ("v22.1.0-nightly", Some((22, 1))),
            ("20.1.1", None),
            ("", None),
        ];
        for (answer, expected) in cases {
            assert_eq!(node_version(answer), expected, "{answer:?}");
        }
        assert!(node_version("v9.9.9") < Some(OLDEST_NODE));
    }

    #[test]
    fn what_cannot_be_installed_is_named_with_its_packages() {
        let text = by_hand(&[Need::Chromium, Need::Ffprobe]).to_string();
        assert!(text.contains("Chromium") && text.contains("ffprobe"), "{text}");
        assert!(
            cfg!(target_os = "macos") || text.contains("chromium-driver fonts-liberation ffmpeg"),
            "{text}"
        );
    }
}
