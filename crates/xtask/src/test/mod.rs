//! `cargo xtask test`: every test of the project, or some parts of it, and one summary.

mod parts;
mod runners;

use std::time::{Duration, Instant};

use crate::args::Args;
use crate::count::Count;
use crate::fail::{Failure, Result};
use crate::project::Project;
use crate::setup::{self, Need};
use crate::ui;

pub(crate) const HELP: &str = "\
cargo xtask test [PART…]

Sets up what is missing, runs every test, or the parts named, goes on after a
part that failed, and ends with one summary and the line `N passed, N failed`.

  check     formatting, lints, documentation, dependency directions, licences
  rust      unit, property and integration tests of all crates, natively, and
            tests of the build's scripts
  contract  the API contract, against the service in process and over HTTP
  wasm      bindings, transport and page components in headless Chromium
  npm       the package's own tests, and the packed tarball in its consumers
  e2e       the page and the server together, in headless Chromium; the main job in Firefox and WebKit, too
  size      what people download, against the committed budgets";

/// A part: its name, what it needs, and how it runs.
struct Part {
    name: &'static str,
    needs: &'static [&'static [Need]],
    run: fn(&Project) -> Result<Count>,
}

/// In this order: what is quick to tell first, and what builds things before what uses them.
const PARTS: [Part; 7] = [
    Part {
        name: "check",
        needs: &[&[Need::WasmTarget], &Need::SERVER],
        run: parts::check,
    },
    Part {
        name: "rust",
        needs: &[&Need::SERVER, &[Need::Ffprobe]],
        run: parts::rust,
    },
    Part {
        name: "contract",
        needs: &[&Need::SERVER, &[Need::Ffprobe]],
        run: parts::contract,
    },
    Part {
        name: "wasm",
        needs: &[&[Need::WasmTarget, Need::WasmBindgen, Need::Chromium]],
        run: parts::wasm,
    },
    Part {
        name: "npm",
        needs: &[&Need::NPM, &Need::SERVER, &Need::BROWSERS],
        run: parts::npm,
    },
    Part {
        name: "e2e",
        needs: &[&Need::PAGE, &Need::SERVER, &Need::BROWSERS, &[Need::Ffprobe]],
        run: parts::e2e,
    },
    Part {
        name: "size",
        needs: &[&Need::PAGE, &Need::NPM],
        run: parts::size,
    },
];

/// What came of one part.
struct Outcome {
    name: &'static str,
    count: Count,
    time: Duration,
}

/// Runs the command.
pub(crate) fn main(project: &Project, args: Args) -> Result<()> {
    let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    let wanted = args.words(&names)?;
    let chosen: Vec<&Part> = PARTS
        .iter()
        .filter(|part| wanted.is_empty() || wanted.iter().any(|word| word == part.name))
        .collect();

    // All at once, so that the system's packages are installed in one go. What cannot be set up fails its own part below.
    let needs: Vec<Need> = chosen.iter().flat_map(|part| part.needs.concat()).collect();
    if let Err(failure) = setup::ensure(project, &needs) {
        ui::line(format!("{failure}\nGoing on with the parts that can run."));
    }
    let total = chosen.len();
    let outcomes: Vec<Outcome> = chosen
        .into_iter()
        .enumerate()
        .map(|(index, part)| run(project, part, index + 1, total))
        .collect();
    let failed = outcomes.iter().any(|outcome| outcome.count.failed > 0);
    ui::line(summary(&outcomes));
    // The summary has said it all, and its last line is to stay the last.
    if failed { std::process::exit(1) } else { Ok(()) }
}

fn run(project: &Project, part: &Part, at: usize, total: usize) -> Outcome {
    ui::line(format!("\n━━ test {} ({at} of {total}) ━━", part.name));
    let began = Instant::now();
    let result = setup::ensure(project, &part.needs.concat()).and_then(|()| (part.run)(project));
    let count = judged(part.name, result);
    let time = began.elapsed();
    ui::line(format!(
        "━━ {}: {} passed, {} failed, {} ━━",
        part.name,
        count.passed,
        count.failed,
        ui::duration(time)
    ));
    Outcome {
        name: part.name,
        count,
        time,
    }
}

/// A part that could not run, or ran nothing, failed.
fn judged(name: &str, result: Result<Count>) -> Count {
    let mut count = result.unwrap_or_else(|failure: Failure| {
        ui::line(failure.to_string());
        let mut count = Count::default();
        count.fail(failure.headline());
        count
    });
    if count.is_empty() {
        count.fail("ran no test");
    }
    // A nested test's parent is named too, so there can be more names than failures, but never fewer.
    let named = u32::try_from(count.failures.len()).unwrap_or(u32::MAX);
    if named < count.failed {
        count.failures.push(format!(
            "{} more, not named by their runner",
            count.failed - named
        ));
    }
    let label = format!("{name}: ");
    for failure in &mut count.failures {
        failure.insert_str(0, &label);
    }
    count
}

/// The table, the failures by name, and the closing line.
fn summary(outcomes: &[Outcome]) -> String {
    let mut lines = vec![
        String::new(),
        "part      result   passed  failed  time".to_owned(),
    ];
    for Outcome { name, count, time } in outcomes {
        let result = if count.failed == 0 { "ok" } else { "FAILED" };
        let time = ui::duration(*time);
        lines.push(format!(
            "{name:<9} {result:<7} {:>7} {:>7}  {time}",
            count.passed, count.failed
        ));
    }
    lines.push(String::new());
    let mut failures = outcomes
        .iter()
        .flat_map(|outcome| &outcome.count.failures)
        .peekable();
    if failures.peek().is_some() {
        lines.push("failed:".to_owned());
        lines.extend(failures.map(|failure| format!("  {failure}")));
        lines.push(String::new());
    }
    let sum = |of: fn(&Count) -> u32| outcomes.iter().map(|outcome| of(&outcome.count)).sum::<u32>();
    lines.push(format!(
        "{} passed, {} failed",
        sum(|count| count.passed),
        sum(|count| count.failed)
    ));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(name: &'static str, result: Result<Count>) -> Outcome {
        Outcome {
            name,
            count: judged(name, result),
            time: Duration::from_secs(12),
        }
    }

    fn counted(passed: u32, failed: u32, failures: &[&str]) -> Count {
        Count {
            passed,
            failed,
            failures: failures.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn the_summary_sums_up_and_closes_with_the_counts() {
        let text = summary(&[
            outcome("rust", Ok(counted(120, 0, &[]))),
            outcome("npm", Ok(counted(30, 0, &[]))),
        ]);
        assert!(text.contains("rust      ok          120       0  12 s"), "{text}");
        assert!(!text.contains("failed:"), "{text}");
        assert!(text.ends_with("\n150 passed, 0 failed"), "{text}");
    }

    #[test]
    fn failures_are_named_right_before_the_closing_line() {
        let text = summary(&[
            outcome("rust", Ok(counted(5, 1, &["check::order"]))),
            outcome(
                "wasm",
                Err(Failure::new("no Chromium was found\nmore").next("install it")),
            ),
            outcome("npm", Ok(counted(0, 0, &[]))),
            outcome("e2e", Ok(counted(1, 3, &["one"]))),
        ]);
        let expected = "failed:\n  rust: check::order\n  wasm: no Chromium was found\n  npm: ran no test\n  e2e: one\n  \
            e2e: 2 more, not named by their runner\n\n6 passed, 6 failed";
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn every_part_is_explained() {
        for part in &PARTS {
            assert!(HELP.contains(&format!("\n  {:<9}", part.name)), "{}", part.name);
        }
    }
}
