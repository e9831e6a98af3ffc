//! `cargo xtask bench`: measurements of the built things, one report.
//!
//! A bench is a folder `bench/NAME` with a `bench.mjs` that prints, as its last line, a report or a list of them in
//! JSON ([`report`] says what is in one), and on standard error where it is. What its `package.json` names, if it has one, is installed before.

mod report;

use std::path::Path;

use serde_json::{Value, json};

use crate::args::Args;
use crate::budgets::Budgets;
use crate::build;
use crate::fail::{self, Failure, Result};
use crate::page::{self, Effort};
use crate::process;
use crate::project::{Project, parse_json};
use crate::setup::{self, Need};
use crate::size;
use crate::ui::{self, Steps};

pub(crate) const HELP: &str = "\
cargo xtask bench [--quick] [NAME…]

Builds what is measured, runs the benches under bench/ (or those named) and
writes target/bench/report.md and report.json. Fails above a budget of
bench/budgets.toml.

  animatic  how long the local engine takes for a draft
  lighthouse  the page as Lighthouse sees it on a slow phone
  npm       the packed package beside its peers, in Node and in Chromium
  size      what people download
  smooth    what blocks the page while it is used, with 5,000 takes
  watcher   1,000 tasks in one tab beside fixed intervals, simulated and for real

--quick takes few samples: enough to see that all works, too few to quote.";

/// The bench that needs no script: the sizes.
const SIZE: &str = "size";
/// The benches that ask nothing of the server.
const WITHOUT_SERVER: [&str; 2] = ["npm", SIZE];
/// The benches that visit the page as people get it.
const VISITS: [&str; 2] = ["lighthouse", "smooth"];

/// Runs the command.
pub(crate) fn main(project: &Project, mut args: Args) -> Result<()> {
    let quick = args.flag(&["--quick"]);
    let known = names(project)?;
    let wanted = args.words(&known.iter().map(String::as_str).collect::<Vec<_>>())?;
    let chosen = if wanted.is_empty() { known } else { wanted };
    let asks_server = chosen.iter().any(|name| !WITHOUT_SERVER.contains(&name.as_str()));
    let visits_page = chosen.iter().any(|name| VISITS.contains(&name.as_str()));
    let measures_page = visits_page || chosen.iter().any(|name| name == SIZE);
    let mut needs = [&Need::NPM[..], &[Need::Chromium]].concat();
    needs.extend(Need::SERVER.iter().filter(|_| asks_server));
    needs.extend(Need::PAGE.iter().filter(|_| measures_page));
    setup::ensure(project, &needs)?;
    let budgets = Budgets::read(project)?;

    let mut steps = Steps::new(chosen.len() + 1 + usize::from(asks_server) + usize::from(visits_page));
    if asks_server {
        steps.run("Building the server (release)", |progress| {
            build::server(project, progress)
        })?;
    }
    if visits_page {
        steps.run("Building the page (release)", |progress| {
            page::build(project, Effort::Release, progress)
        })?;
    }
    let tarball = steps.run("Building the npm package", |progress| {
        build::npm(project, progress)
    })?;
    let mut reports = Vec::new();
    for name in &chosen {
        let told = steps.run(&format!("Measuring: {name}"), |progress| {
            if name == SIZE {
                return Ok(vec![sizes(project, progress)?]);
            }
            if project.path("bench").join(name).join("package.json").is_file() {
                setup::npm_ci(project, &format!("bench/{name}"), progress)?;
            }
            script(project, name, &tarball, quick, progress)
        })?;
        for mut told in told {
            report::judge(&mut told, &budgets)?;
            told["name"] = json!(name);
            reports.push(told);
        }
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

fn script(
    project: &Project,
    name: &str,
    tarball: &Path,
    quick: bool,
    progress: &mut ui::Progress,
) -> Result<Vec<Value>> {
    let mut node = process::command("node", &project.root);
    node.arg(Path::new("bench").join(name).join("bench.mjs"))
        .env("RUSHES_SERVER_BIN", project.server_binary())
        .env("RUSHES_NPM_PACKAGE", project.npm_package())
        .env("RUSHES_NPM_TARBALL", tarball)
        .env("RUSHES_PAGE_DIR", project.page_dir())
        .env("RUSHES_CHROMIUM", setup::chromium()?)
        .env("RUSHES_BENCH_QUICK", if quick { "1" } else { "" })
        .env_remove("NOVITA_API_KEY");
    let said = process::answer(node, progress)?;
    let last = said
        .lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or_default();
    Ok(
        match parse_json(last, &format!("the last line of bench/{name}/bench.mjs"))? {
            Value::Array(reports) => reports,
            one => vec![one],
        },
    )
}

fn sizes(project: &Project, progress: &mut ui::Progress) -> Result<Value> {
    let mut rows = Vec::new();
    for what in ["npm", "page"] {
        let (raw, brotli) = size::total(&size::measure(project, what, progress)?.parts);
        rows.push(json!({ "name": format!("{what}, raw"), "value": raw, "unit": "bytes" }));
        let budget = format!("{what}.brotli_bytes");
        rows.push(
            json!({ "name": format!("{what}, brotli"), "value": brotli, "unit": "bytes", "budget": budget }),
        );
    }
    Ok(json!({ "title": "What people download", "rows": rows }))
}

fn write(project: &Project, reports: &[Value]) -> Result<()> {
    let folder = project.path("target/bench");
    let text = report::markdown(reports);
    fail::write(&folder.join("report.md"), &text)?;
    fail::write(
        &folder.join("report.json"),
        json!({ "benches": reports }).to_string(),
    )?;
    ui::line(format!("\n{text}\n{}", folder.join("report.md").display()));
    match report::above(reports).as_slice() {
        [] => Ok(()),
        names => Err(Failure::new(format!("above the budget: {}", names.join(", ")))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bench_is_explained() {
        let project = Project::find().unwrap();
        for name in names(&project).unwrap() {
            assert!(HELP.contains(&format!("\n  {name:<9} ")), "{name}");
        }
    }
}
