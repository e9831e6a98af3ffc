//! `cargo xtask bench`: measurements of the built things, one report.
//!
//! A bench is a folder `bench/NAME` with a `bench.mjs` that prints, as its last line, JSON:
//! `{"title", "rows": [{"name", "value", "unit", "budget"?}], "notes"?: []}`. Where a `budget` names an entry of
//! `bench/budgets.toml`, the value must not be above it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::args::Args;
use crate::budgets::Budgets;
use crate::build;
use crate::fail::{self, Failure, Result};
use crate::process;
use crate::project::{Project, parse_json};
use crate::setup::{self, Need};
use crate::size;
use crate::ui::{self, Steps};

pub(crate) const HELP: &str = "\
cargo xtask bench [NAME…]

Builds what is measured, runs the benches under bench/ (or those named) and
writes target/bench/report.md and report.json. Fails above a budget of
bench/budgets.toml. `size` is the bench of what people download.";

/// The bench that needs no script: the sizes.
const SIZE: &str = "size";

/// Runs the command.
pub(crate) fn main(project: &Project, args: Args) -> Result<()> {
    let known = names(project)?;
    let wanted = args.words(&known.iter().map(String::as_str).collect::<Vec<_>>())?;
    let chosen = if wanted.is_empty() { known } else { wanted };
    setup::ensure(project, &[&Need::PAGE[..], &Need::NPM, &Need::SERVER].concat())?;
    let budgets = Budgets::read(project)?;

    let mut steps = Steps::new(chosen.len() + 2);
    steps.run("Building the server (release)", |progress| {
        build::server(project, progress)
    })?;
    steps.run("Building the npm package", |progress| {
        build::npm(project, progress)
    })?;
    let mut reports = Vec::new();
    for name in &chosen {
        let mut report = steps.run(&format!("Measuring: {name}"), |progress| {
            if name == SIZE {
                sizes(project, progress)
            } else {
                script(project, name)
            }
        })?;
        judge(&mut report, &budgets)?;
        report["name"] = json!(name);
        reports.push(report);
    }
    write(project, &reports)
}

/// Every bench there is.
fn names(project: &Project) -> Result<Vec<String>> {
    let folder = project.path("bench");
    let entries = std::fs::read_dir(&folder).map_err(|e| Failure::io("reading", &folder, &e))?;
    let scripts = entries
        .flatten()
        .filter(|entry| entry.path().join("bench.mjs").is_file());
    let mut names: Vec<String> = scripts
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.push(SIZE.into());
    names.sort();
    Ok(names)
}

fn script(project: &Project, name: &str) -> Result<Value> {
    let mut node = process::command("node", &project.root);
    node.arg(Path::new("bench").join(name).join("bench.mjs"))
        .env("RUSHES_SERVER_BIN", project.server_binary())
        .env("RUSHES_NPM_PACKAGE", project.npm_package())
        .env_remove("NOVITA_API_KEY");
    let said = process::output(node)?;
    let last = said
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or_default();
    parse_json(last, &format!("the last line of bench/{name}/bench.mjs"))
}

fn sizes(project: &Project, progress: &mut ui::Progress) -> Result<Value> {
    let mut rows = Vec::new();
    for what in ["npm", "page"] {
        let (raw, brotli) = size::total(&size::measure(project, what, progress)?);
        rows.push(json!({ "name": format!("{what}, raw"), "value": raw, "unit": "bytes" }));
        let budget = format!("{what}.brotli_bytes");
        rows.push(
            json!({ "name": format!("{what}, brotli"), "value": brotli, "unit": "bytes", "budget": budget }),
        );
    }
    Ok(json!({ "title": "What people download", "rows": rows }))
}

/// Puts the number of the budget, and whether it was kept, beside each value that has one.
fn judge(report: &mut Value, budgets: &Budgets) -> Result<()> {
    let rows = report["rows"].as_array_mut().filter(|rows| !rows.is_empty());
    for row in rows.ok_or_else(|| Failure::new("a bench reported no rows"))? {
        let value = row["value"]
            .as_f64()
            .ok_or_else(|| Failure::new(format!("a bench gave no number for {}", row["name"])))?;
        if let Some(name) = row["budget"].as_str() {
            let limit = budgets.get(name)?;
            row["limit"] = json!(limit);
            row["kept"] = json!(value <= limit);
        }
    }
    Ok(())
}

fn write(project: &Project, reports: &[Value]) -> Result<()> {
    let folder = project.path("target/bench");
    let text = markdown(reports);
    fail::write(&folder.join("report.md"), &text)?;
    fail::write(
        &folder.join("report.json"),
        json!({ "benches": reports }).to_string(),
    )?;
    ui::line(format!("\n{text}\n{}", folder.join("report.md").display()));
    match above(reports).as_slice() {
        [] => Ok(()),
        names => Err(Failure::new(format!("above the budget: {}", names.join(", ")))),
    }
}

fn above(reports: &[Value]) -> Vec<String> {
    let rows = reports
        .iter()
        .filter_map(|report| report["rows"].as_array())
        .flatten();
    rows.filter(|row| row["kept"] == false)
        .map(|row| text(&row["name"]))
        .collect()
}

fn markdown(reports: &[Value]) -> String {
    let mut page = String::from("# Measurements\n");
    for report in reports {
        let _infallible = write!(
            page,
            "\n## {}\n\n| what | value | budget |\n|---|---|---|\n",
            text(&report["title"])
        );
        for row in report["rows"].as_array().into_iter().flatten() {
            let budget = match row["kept"].as_bool() {
                None => String::new(),
                Some(true) => format!("≤ {}", text(&row["limit"])),
                Some(false) => format!("**above {}**", text(&row["limit"])),
            };
            let (name, value, unit) = (text(&row["name"]), text(&row["value"]), text(&row["unit"]));
            let _infallible = writeln!(page, "| {name} | {value} {unit} | {budget} |");
        }
        for note in report["notes"].as_array().into_iter().flatten() {
            let _infallible = writeln!(page, "\n{}", text(note));
        }
    }
    page
}

/// A value as it stands in a table: text without quotes, whole numbers without a fraction.
fn text(value: &Value) -> String {
    match (value.as_str(), value.as_f64()) {
        (Some(text), _) => text.to_owned(),
        (_, Some(number)) if number.fract() == 0.0 => format!("{number:.0}"),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_shows_values_and_broken_budgets() {
        let row = |name: &str, kept: Value| json!({ "name": name, "value": 2.5, "unit": "s", "limit": 2, "kept": kept });
        let report = json!({ "title": "Speed", "rows": [row("a", json!(true)), row("b", json!(false)), row("c", Value::Null)],
            "notes": ["One run."] });
        let page = markdown(std::slice::from_ref(&report));
        for expected in [
            "## Speed",
            "| a | 2.5 s | ≤ 2 |",
            "| b | 2.5 s | **above 2** |",
            "| c | 2.5 s |  |",
            "\nOne run.",
        ] {
            assert!(page.contains(expected), "{expected} in {page}");
        }
        assert_eq!(above(&[report]), ["b"]);
    }

    #[test]
    fn a_bench_without_rows_or_numbers_is_refused() {
        let project = Project::find().unwrap();
        let budgets = Budgets::read(&project).unwrap();
        for mut report in [
            json!({}),
            json!({ "rows": [] }),
            json!({ "rows": [{ "name": "x", "value": "fast" }] }),
        ] {
            assert!(judge(&mut report, &budgets).is_err(), "{report}");
        }
        let mut good = json!({ "rows": [{ "name": "x", "value": 1, "budget": "npm.brotli_bytes" }] });
        assert_eq!(judge(&mut good, &budgets), Ok(()));
        assert_eq!(good["rows"][0]["kept"], json!(true));
    }
}
