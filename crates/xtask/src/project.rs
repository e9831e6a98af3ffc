//! Where things lie, and what the manifests say.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::fail::{Failure, Result, read_text};
use crate::process;

/// The checkout and its build folders.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// The root of the repository.
    pub(crate) root: PathBuf,
    /// Where cargo builds (`CARGO_TARGET_DIR` moves it).
    pub(crate) cargo_target: PathBuf,
    /// Where tools that are built once live, shared by all checkouts of this user.
    pub(crate) tools: PathBuf,
    /// `cargo metadata` without dependencies.
    workspace: Value,
}

impl Project {
    /// Finds the project this program belongs to.
    pub(crate) fn find() -> Result<Self> {
        let own = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = own.ancestors().nth(2).unwrap_or(&own).to_owned();
        let mut cargo = process::cargo(&root);
        cargo.args(["metadata", "--no-deps", "--format-version", "1"]);
        let workspace: Value = parse_json(&process::output(cargo)?, "cargo metadata")?;
        let cargo_target = workspace["target_directory"]
            .as_str()
            .map(PathBuf::from)
            .ok_or_else(|| Failure::new("cargo metadata names no target directory"))?;
        Ok(Self {
            cargo_target,
            tools: cache_home()?.join("rushes/tools"),
            root,
            workspace,
        })
    }

    /// A path in the checkout.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Where xtask keeps its own notes.
    pub(crate) fn notes(&self) -> PathBuf {
        self.path("target/xtask")
    }

    /// The version all crates of the workspace share.
    pub(crate) fn version(&self) -> Result<String> {
        let package = self.package("rushes-wasm")?;
        package["version"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| Failure::new("rushes-wasm has no version"))
    }

    /// The `cargo metadata` entry of one of our own packages.
    pub(crate) fn package(&self, name: &str) -> Result<&Value> {
        let mut packages = self.workspace["packages"].as_array().into_iter().flatten();
        packages
            .find(|package| package["name"] == name)
            .ok_or_else(|| Failure::new(format!("the workspace has no package `{name}`")))
    }

    /// The names of our own packages.
    pub(crate) fn package_names(&self) -> Vec<&str> {
        let packages = self.workspace["packages"].as_array().into_iter().flatten();
        packages.filter_map(|package| package["name"].as_str()).collect()
    }

    /// The folders of one of our packages and of all of ours it is built from.
    pub(crate) fn folders_of(&self, package: &str) -> Result<Vec<PathBuf>> {
        let mut folders = Vec::new();
        let mut open = vec![package.to_owned()];
        while let Some(name) = open.pop() {
            let package = self.package(&name)?;
            let manifest = package["manifest_path"]
                .as_str()
                .map(Path::new)
                .and_then(Path::parent);
            let folder = manifest
                .ok_or_else(|| Failure::new(format!("cargo metadata gives no manifest of {name}")))?;
            if folders.iter().any(|known| known == folder) {
                continue;
            }
            folders.push(folder.to_owned());
            // Of a kind: "dev" or "build"; what a program is made of has none.
            let dependencies = package["dependencies"].as_array().into_iter().flatten();
            let own = dependencies
                .filter(|dependency| dependency["path"].is_string() && dependency["kind"].is_null());
            open.extend(own.filter_map(|dependency| dependency["name"].as_str().map(str::to_owned)));
        }
        Ok(folders)
    }

    /// The exact version of a package in `Cargo.lock`.
    pub(crate) fn locked(&self, package: &str) -> Result<String> {
        let versions = locked_versions(&read_text(&self.path("Cargo.lock"))?, package);
        match versions.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(Failure::new(format!("Cargo.lock has no {package}"))),
            many => Err(Failure::new(format!(
                "Cargo.lock has {package} in several versions: {}",
                many.join(", ")
            ))),
        }
    }

    /// The release build of the server.
    pub(crate) fn server_binary(&self) -> PathBuf {
        self.cargo_target
            .join("release")
            .join(format!("rushes-server{}", std::env::consts::EXE_SUFFIX))
    }

    /// The built page.
    pub(crate) fn page_dir(&self) -> PathBuf {
        self.path("dist")
    }

    /// The folder of the npm package's sources.
    pub(crate) fn npm_dir(&self) -> PathBuf {
        self.path("crates/wasm/npm")
    }

    /// The built npm package.
    pub(crate) fn npm_package(&self) -> PathBuf {
        self.path("target/npm/package")
    }
}

/// Every version of `package` in the text of a lock file.
pub(crate) fn locked_versions(lock: &str, package: &str) -> Vec<String> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    let mut versions = Vec::new();
    while lines.by_ref().any(|line| line == wanted) {
        let version = lines
            .next()
            .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
        versions.extend(version.map(str::to_owned));
    }
    versions
}

/// Reads JSON, naming where it came from when it is none.
pub(crate) fn parse_json(text: &str, from: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|e| Failure::new(format!("{from} is not the JSON expected: {e}")))
}

fn cache_home() -> Result<PathBuf> {
    let given = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    given("XDG_CACHE_HOME")
        .or_else(|| given("HOME").map(|home| home.join(".cache")))
        .or_else(|| given("LOCALAPPDATA"))
        .ok_or_else(|| Failure::new("no folder for caches is known").next("set XDG_CACHE_HOME to a folder"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "syn"
version = "1.0.9"

[[package]]
name = "syn"
version = "2.0.1"
source = "registry"

[[package]]
name = "wasm-bindgen"
version = "0.2.126"

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.127"
"#;

    #[test]
    fn a_package_is_made_of_its_folder_and_those_it_stands_on() {
        let package = |name: &str, on: &[&str]| {
            let on: Vec<Value> = on
                .iter()
                .map(|name| serde_json::json!({ "name": name, "path": "x", "kind": null }))
                .collect();
            serde_json::json!({ "name": name, "manifest_path": format!("/r/{name}/Cargo.toml"), "dependencies": on })
        };
        let mut web = package("web", &["client", "core"]);
        for other in [
            serde_json::json!({ "name": "serde", "kind": null }),
            serde_json::json!({ "name": "server", "path": "x", "kind": "dev" }),
        ] {
            web["dependencies"].as_array_mut().unwrap().push(other);
        }
        let packages = [
            web,
            package("client", &["core"]),
            package("core", &[]),
            package("server", &[]),
        ];
        let project = Project {
            root: "/r".into(),
            cargo_target: "/r/target".into(),
            tools: "/tools".into(),
            workspace: serde_json::json!({ "packages": packages }),
        };
        let mut folders = project.folders_of("web").unwrap();
        folders.sort();
        assert_eq!(folders, ["/r/client", "/r/core", "/r/web"].map(PathBuf::from));
        assert!(project.folders_of("nobody").is_err());
    }

    #[test]
    fn versions_are_read_from_the_lock_file() {
        let cases: [(&str, &[&str]); 3] = [
            ("wasm-bindgen", &["0.2.126"]),
            ("syn", &["1.0.9", "2.0.1"]),
            ("wasm", &[]),
        ];
        for (package, expected) in cases {
            assert_eq!(locked_versions(LOCK, package), expected, "{package}");
        }
    }
}
