//! `cargo xtask size`: what people download, raw and with brotli, against the committed budgets.

use std::process::Command;

use crate::args::Args;
use crate::budgets::Budgets;
use crate::build;
use crate::count::Count;
use crate::fail::{Failure, Result};
use crate::page::{self, Effort};
use crate::process;
use crate::project::{Project, parse_json};
use crate::setup::{self, Need};
use crate::ui::{self, Progress, Steps};

pub(crate) const HELP: &str = "\
cargo xtask size [npm] [page]

Prints the raw and brotli sizes of the npm package (everything it exports, as
a bundler hands it to a browser) and of the page (everything its index.html
names, and beside it the parts that are loaded when they are needed), and fails
above the budgets in bench/budgets.toml, which hold what was reached; where the
goal is smaller, says how far it is. 1 KB is 1000 bytes.";

/// One file, or one bundle, as it is downloaded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    name: String,
    pub(crate) raw: u64,
    pub(crate) brotli: u64,
}

/// What was measured of one thing that people download.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// What is loaded at first.
    pub(crate) parts: Vec<Part>,
    /// What is loaded when it is needed, each with a budget of its own.
    pub(crate) later: Vec<Part>,
}

/// Runs the command.
pub(crate) fn main(project: &Project, args: Args) -> Result<()> {
    let wanted = args.words(&["npm", "page"])?;
    let is_wanted = |what: &str| wanted.is_empty() || wanted.iter().any(|word| word == what);
    setup::ensure(project, &[&Need::PAGE[..], &Need::NPM[..]].concat())?;
    let chosen: Vec<&str> = ["npm", "page"]
        .into_iter()
        .filter(|what| is_wanted(what))
        .collect();
    let count = run(project, &chosen)?;
    match count.failures.as_slice() {
        [] => Ok(()),
        failures => Err(Failure::new(failures.join("\n"))),
    }
}

/// Builds, measures and judges each; every budget kept counts as a test passed.
pub(crate) fn run(project: &Project, chosen: &[&str]) -> Result<Count> {
    let budgets = Budgets::read(project)?;
    let mut steps = Steps::new(chosen.len());
    let mut count = Count::default();
    for what in chosen {
        let measured = steps.run(&format!("Measuring the {}", title(what)), |progress| {
            measure(project, what, progress)
        });
        match measured {
            Ok(measured) => judge(what, &measured, &budgets, &mut count)?,
            Err(failure) => {
                ui::line(failure.to_string());
                count.fail(format!("size {what}: {}", failure.headline()));
            }
        }
    }
    Ok(count)
}

fn judge(what: &str, measured: &Measured, budgets: &Budgets, count: &mut Count) -> Result<()> {
    for part in &measured.parts {
        ui::line(format!("      {}", row(&part.name, part.raw, part.brotli)));
    }
    let (raw, brotli) = total(&measured.parts);
    ui::line(format!("      {}", row("together", raw, brotli)));
    if let Some(goal) = budgets.find(&format!("{what}.goal_brotli_bytes")) {
        ui::line(format!("      {}", towards(brotli, goal)));
    }
    match over(brotli, budgets.get(&format!("{what}.brotli_bytes"))?) {
        None => count.pass(),
        Some(text) => count.fail(format!("size {what}: {text}")),
    }
    if !measured.later.is_empty() {
        ui::line("      Loaded when it is needed:");
    }
    for part in &measured.later {
        ui::line(format!("      {}", row(&part.name, part.raw, part.brotli)));
        match over(part.brotli, budgets.get(&format!("{what}.later.{}", part.name))?) {
            None => count.pass(),
            Some(text) => count.fail(format!("size {what}, {}: {text}", part.name)),
        }
    }
    Ok(())
}

fn title(what: &str) -> &str {
    if what == "npm" { "npm package" } else { what }
}

/// Builds what is to be measured and measures it.
pub(crate) fn measure(project: &Project, what: &str, progress: &mut Progress) -> Result<Measured> {
    let mut node = process::command("node", &project.root);
    node.args(["crates/xtask/js/size.mjs", what]);
    if what == "npm" {
        build::npm(project, progress)?;
        node.arg(project.npm_package())
            .arg(project.npm_dir())
            .arg(project.path("target/npm/size"));
    } else {
        page::build(project, Effort::Release, progress)?;
        node.arg(project.page_dir());
    }
    read_parts(node)
}

fn read_parts(node: Command) -> Result<Measured> {
    let measured = parse_json(&process::output(node)?, "size.mjs")?;
    let number = |part: &serde_json::Value, key: &str| {
        part[key]
            .as_u64()
            .ok_or_else(|| Failure::new(format!("size.mjs gave no {key}")))
    };
    let list = |key: &str| -> Result<Vec<Part>> {
        let parts = measured[key].as_array().into_iter().flatten();
        parts
            .map(|part| {
                let name = part["name"].as_str().unwrap_or("?").to_owned();
                Ok(Part {
                    name,
                    raw: number(part, "raw")?,
                    brotli: number(part, "brotli")?,
                })
            })
            .collect()
    };
    let parts = list("parts")?;
    if parts.is_empty() {
        return Err(Failure::new("size.mjs measured nothing"));
    }
    Ok(Measured {
        parts,
        later: list("later")?,
    })
}

/// The sums over all parts: raw, brotli.
pub(crate) fn total(parts: &[Part]) -> (u64, u64) {
    parts.iter().fold((0, 0), |(raw, brotli), part| {
        (raw + part.raw, brotli + part.brotli)
    })
}

fn row(name: &str, raw: u64, brotli: u64) -> String {
    format!(
        "{:>10} raw {:>10} brotli  {name}",
        ui::kilobytes(raw),
        ui::kilobytes(brotli)
    )
}

/// How far a size is from its goal.
fn towards(brotli: u64, goal: f64) -> String {
    let goal = whole(goal);
    let goal_text = ui::kilobytes(goal);
    match brotli.checked_sub(goal) {
        None | Some(0) => format!("the goal of {goal_text} is met"),
        Some(left) => format!("{} above the goal of {goal_text}", ui::kilobytes(left)),
    }
}

/// A number of the budgets as bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "budgets are small whole numbers"
)]
fn whole(budget: f64) -> u64 {
    budget as u64
}

/// What to say when a size is above its budget.
fn over(brotli: u64, budget: f64) -> Option<String> {
    let limit = whole(budget);
    (brotli > limit).then(|| {
        format!(
            "{} with brotli, the budget is {}",
            ui::kilobytes(brotli),
            ui::kilobytes(limit)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_summed() {
        let part = |raw, brotli| Part {
            name: "x".into(),
            raw,
            brotli,
        };
        assert_eq!(total(&[part(10, 4), part(5, 5)]), (15, 9));
        assert_eq!(total(&[]), (0, 0));
    }

    #[test]
    fn the_way_to_the_goal_is_told() {
        assert_eq!(towards(45_000, 45_000.0), "the goal of 45.0 KB is met");
        assert_eq!(towards(52_300, 45_000.0), "7.3 KB above the goal of 45.0 KB");
    }

    #[test]
    fn only_more_than_the_budget_is_over_it() {
        let cases = [
            (44_999, None),
            (45_000, None),
            (45_100, Some("45.1 KB with brotli, the budget is 45.0 KB")),
        ];
        for (brotli, expected) in cases {
            assert_eq!(over(brotli, 45_000.0).as_deref(), expected);
        }
    }
}
