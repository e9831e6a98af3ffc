//! Running the test runners and counting what they say.

use std::path::PathBuf;
use std::process::Command;

use crate::count::Count;
use crate::fail::Result;
use crate::process;
use crate::project::Project;
use crate::stamp;
use crate::ui::{self, Steps};

/// How long one test of Node may take before it counts as failed, in milliseconds: a hung browser must not hang all.
const NODE_TEST_TIMEOUT_MS: &str = "600000";
/// How many of Node's test files run at once: each drives browsers and renders, which more than one processor shares, and
/// while one waits another works.
const NODE_FILES_AT_ONCE: u8 = 2;

/// Builds the tests that `cargo test ARGS` runs, behind a progress line, then runs them.
pub(super) fn cargo(
    project: &Project,
    what: &str,
    args: &[&str],
    set: impl Fn(&mut Command),
) -> Result<Count> {
    let test = |extra: &[&str]| {
        let mut cargo = without_key(process::cargo(&project.root));
        cargo.arg("test").args(args).args(extra);
        set(&mut cargo);
        cargo
    };
    let built = Steps::new(1).run(&format!("Building the tests of {what}"), |progress| {
        process::with_progress(test(&["--no-run"]), progress)
    });
    let mut count = Count::default();
    if let Err(failure) = built {
        ui::line(failure.to_string());
        count.fail(format!("{what}: did not build"));
        return Ok(count);
    }
    run(what, test(&["--no-fail-fast"]), Count::cargo_test)
}

/// Builds and runs native tests: with nextest where it is installed, which runs no documentation tests.
pub(super) fn native(project: &Project, what: &str, args: &[&str]) -> Result<Count> {
    if process::find("cargo-nextest").is_none() {
        return cargo(project, what, args, |_| ());
    }
    let mut nextest = without_key(process::cargo(&project.root));
    nextest
        .args(["nextest", "run", "--no-fail-fast", "--no-tests", "pass"])
        .args(args);
    let mut count = run_lenient(what, nextest, Count::nextest)?;
    let mut doc = without_key(process::cargo(&project.root));
    doc.args(["test", "--doc", "--no-fail-fast"]).args(args);
    count.add(run_lenient(what, doc, Count::cargo_test)?);
    Ok(not_empty(what, count))
}

/// Runs the test files of a folder (`*.test.mjs` and the like) with Node's own runner.
pub(super) fn node(project: &Project, folder: &str, set: impl Fn(&mut Command)) -> Result<Count> {
    let files = test_files(project, folder)?;
    let mut count = Count::default();
    if files.is_empty() {
        count.fail(format!("{folder} has no test file (*.test.mjs)"));
        return Ok(count);
    }
    let mut node = without_key(process::command("node", &project.root));
    node.args(["--test", "--test-reporter=spec"])
        .arg(format!("--test-concurrency={NODE_FILES_AT_ONCE}"))
        .arg(format!("--test-timeout={NODE_TEST_TIMEOUT_MS}"))
        .args(files);
    set(&mut node);
    run(folder, node, Count::node_test)
}

fn test_files(project: &Project, folder: &str) -> Result<Vec<PathBuf>> {
    let mut files = stamp::files(&project.path(folder))?;
    files.retain(|file| is_test_file(&file.to_string_lossy()));
    Ok(files)
}

fn is_test_file(name: &str) -> bool {
    [".test.mjs", ".test.js", ".test.cjs"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// A test run never spends money: whatever key is in the environment stays out of it.
fn without_key(mut command: Command) -> Command {
    command.env_remove("NOVITA_API_KEY");
    command
}

/// Runs a runner; one that ran no test, or failed without a failed test, has failed.
fn run(what: &str, command: Command, read: fn(&mut Count, &str)) -> Result<Count> {
    Ok(not_empty(what, run_lenient(what, command, read)?))
}

fn run_lenient(what: &str, command: Command, read: fn(&mut Count, &str)) -> Result<Count> {
    let mut count = Count::default();
    let worked = process::stream(command, |line| read(&mut count, line))?;
    if !worked && count.failed == 0 {
        count.fail(format!("{what}: the runner failed"));
    }
    Ok(count)
}

fn not_empty(what: &str, mut count: Count) -> Count {
    if count.is_empty() {
        count.fail(format!("{what}: ran no test"));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn shell(script: &str) -> Command {
        let mut sh = process::command("sh", Path::new("."));
        sh.args(["-c", script]);
        sh
    }

    #[test]
    fn a_runner_must_run_something_and_end_well() {
        let ok = "test result: ok. 2 passed; 0 failed; 0 ignored";
        let cases = [
            (format!("echo '{ok}'"), (2, 0), &[][..]),
            (
                format!("echo '{ok}'; exit 101"),
                (2, 1),
                &["core: the runner failed"],
            ),
            ("true".into(), (0, 1), &["core: ran no test"]),
            ("exit 1".into(), (0, 1), &["core: the runner failed"]),
        ];
        for (script, (passed, failed), failures) in cases {
            let count = run("core", shell(&script), Count::cargo_test).unwrap();
            assert_eq!((count.passed, count.failed), (passed, failed), "{script}");
            assert_eq!(count.failures, failures, "{script}");
        }
    }

    #[test]
    fn test_files_are_told_by_their_names() {
        let cases = [
            ("a/main.test.mjs", true),
            ("a/b.test.cjs", true),
            ("a/server.mjs", false),
            ("a/test.mjs", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_test_file(name), expected, "{name}");
        }
    }
}
