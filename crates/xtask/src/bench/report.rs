//! What benches report, judged and written down.
//!
//! A report is `{"title", "rows", "tables"?, "notes"?}`, and whatever else is only for programs; one without tables has a
//! row. Of a row:
//!
//! - `name`, `value`, `unit`: what was measured; of several samples the median.
//! - `quartiles`: between what the middle half of the samples lies.
//! - `ratio`: in a peer's row, ours divided by this value: under 1 where ours is the better. `ratio_quartiles`: the same
//!   of single rounds.
//! - `budget`: an entry of `bench/budgets.toml` that the ratio (the value, where there is none) must not be above.
//!
//! A table is `{"head": […], "lines": [[…]]}`, of texts.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::budgets::Budgets;
use crate::fail::{Failure, Result};

/// Puts the number of the budget, and whether it was kept, beside each row that has one.
pub(super) fn judge(report: &mut Value, budgets: &Budgets) -> Result<()> {
    if items(&report["rows"]).next().is_none() && items(&report["tables"]).next().is_none() {
        return Err(Failure::new("a bench reported neither rows nor tables"));
    }
    for row in report["rows"].as_array_mut().into_iter().flatten() {
        let value = number(row, "value")?;
        let judged = if row["ratio"].is_null() {
            value
        } else {
            number(row, "ratio")?
        };
        if let Some(name) = row["budget"].as_str() {
            let limit = budgets.get(name)?;
            row["limit"] = json!(limit);
            row["kept"] = json!(judged <= limit);
        }
    }
    Ok(())
}

fn number(row: &Value, key: &str) -> Result<f64> {
    row[key]
        .as_f64()
        .ok_or_else(|| Failure::new(format!("a bench gave no number as the {key} of {}", row["name"])))
}

/// The rows above their budgets.
pub(super) fn above(reports: &[Value]) -> Vec<String> {
    rows(reports)
        .filter(|row| row["kept"] == false)
        .map(|row| text(&row["name"]))
        .collect()
}

fn rows(reports: &[Value]) -> impl Iterator<Item = &Value> {
    reports.iter().flat_map(|report| items(&report["rows"]))
}

/// The reports as a page for people.
pub(super) fn markdown(reports: &[Value]) -> String {
    let mut page = String::from("# Measurements\n");
    for report in reports {
        let _infallible = write!(page, "\n## {}\n", text(&report["title"]));
        let rows: Vec<Vec<String>> = items(&report["rows"]).map(cells).collect();
        let compares = items(&report["rows"]).any(|row| row["ratio"].is_number());
        let head = ["what", "value", "middle half", "ours ÷ it", "budget"];
        // A report without comparisons needs no column for them.
        let shown = |cells: Vec<String>| -> Vec<String> {
            let kept = cells
                .into_iter()
                .enumerate()
                .filter(|(at, _)| compares || !matches!(at, 2 | 3));
            kept.map(|(_, cell)| cell).collect()
        };
        if !rows.is_empty() {
            table(
                &mut page,
                shown(head.map(str::to_owned).to_vec()),
                rows.into_iter().map(shown),
            );
        }
        for told in items(&report["tables"]) {
            let line = |line: &Value| items(line).map(text).collect();
            table(&mut page, line(&told["head"]), items(&told["lines"]).map(line));
        }
        for note in items(&report["notes"]) {
            let _infallible = writeln!(page, "\n{}", text(note));
        }
    }
    page + &losses(reports)
}

/// A row as its cells.
fn cells(row: &Value) -> Vec<String> {
    let budget = match row["kept"].as_bool() {
        None => String::new(),
        Some(true) => format!("≤ {}", text(&row["limit"])),
        Some(false) => format!("**above {}**", text(&row["limit"])),
    };
    let spread = |key: &str| match (&row[key][0], &row[key][1]) {
        (Value::Null, _) => String::new(),
        (low, high) => format!("{} – {}", text(low), text(high)),
    };
    let ratio = match (row["ratio"].is_number(), spread("ratio_quartiles")) {
        (false, _) => String::new(),
        (true, spread) if spread.is_empty() => text(&row["ratio"]),
        (true, spread) => format!("{} ({spread})", text(&row["ratio"])),
    };
    let value = format!("{} {}", text(&row["value"]), text(&row["unit"]));
    vec![text(&row["name"]), value, spread("quartiles"), ratio, budget]
}

fn table(page: &mut String, head: Vec<String>, lines: impl Iterator<Item = Vec<String>>) {
    let rule = vec!["---".to_owned(); head.len()];
    page.push('\n');
    for line in [head, rule].into_iter().chain(lines) {
        let cells: Vec<String> = line.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _infallible = writeln!(page, "| {} |", cells.join(" | "));
    }
}

/// The comparisons that ours does not win, or not surely; nothing where nothing was compared.
fn losses(reports: &[Value]) -> String {
    if !rows(reports).any(|row| row["ratio"].is_number()) {
        return String::new();
    }
    let mut section = String::from("\n## Where we do not win yet\n\n");
    let begin = section.len();
    for row in rows(reports) {
        let Some(ratio) = row["ratio"].as_f64() else {
            continue;
        };
        let unsure = row["ratio_quartiles"][1].as_f64().is_some_and(|high| high > 1.0);
        let name = text(&row["name"]);
        if ratio > 1.0 {
            let _infallible = writeln!(section, "- {name}: ours is {} × of it", text(&row["ratio"]));
        } else if unsure {
            let _infallible = writeln!(
                section,
                "- {name}: ours is {} × of it, but above 1 in at least a quarter of the rounds",
                text(&row["ratio"])
            );
        }
    }
    if section.len() == begin {
        section.push_str("Every comparison of this run was won.\n");
    }
    section
}

/// The items of a list; none where there is no list.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
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
    use crate::project::Project;

    #[test]
    fn a_report_shows_values_and_broken_budgets() {
        let row = |name: &str, kept: Value| json!({ "name": name, "value": 2.5, "unit": "s", "limit": 2, "kept": kept });
        let report = json!({ "title": "Speed", "rows": [row("a", json!(true)), row("b", json!(false)), row("c", Value::Null)],
            "notes": ["One run."] });
        let page = markdown(std::slice::from_ref(&report));
        for expected in [
            "## Speed",
            "| what | value | budget |",
            "| a | 2.5 s | ≤ 2 |",
            "| b | 2.5 s | **above 2** |",
            "| c | 2.5 s |  |",
            "\nOne run.",
        ] {
            assert!(page.contains(expected), "{expected} in {page}");
        }
        assert!(!page.contains("do not win"), "{page}");
        assert_eq!(above(&[report]), ["b"]);
    }

    #[test]
    fn comparisons_show_their_spread_and_what_is_lost() {
        let row = |name: &str, ratio: f64, high: f64| json!({ "name": name, "value": 8, "unit": "µs", "quartiles": [7, 9], "ratio": ratio, "ratio_quartiles": [0.1, high] });
        let plain = json!({ "name": "ours", "value": 4, "unit": "µs", "quartiles": [3, 5] });
        let page = |rows: Value| markdown(&[json!({ "title": "Speed", "rows": rows })]);
        let lost = page(json!([
            plain,
            row("a", 0.5, 0.6),
            row("b", 1.5, 1.75),
            row("c", 0.5, 1.25)
        ]));
        for expected in [
            "| what | value | middle half | ours ÷ it | budget |",
            "| ours | 4 µs | 3 – 5 |  |  |",
            "| a | 8 µs | 7 – 9 | 0.5 (0.1 – 0.6) |  |",
            "not win yet\n\n- b: ours is 1.5 × of it\n- c: ours is 0.5 × of it, but above 1",
        ] {
            assert!(lost.contains(expected), "{expected} in {lost}");
        }
        assert!(page(json!([row("a", 0.5, 0.6)])).contains("Every comparison of this run was won."));
    }

    #[test]
    fn a_table_is_shown_as_it_is() {
        let table = json!({ "head": ["case", "ours"], "lines": [["reset", "1 | 2"]] });
        let page = markdown(&[json!({ "title": "Behaviour", "tables": [table] })]);
        assert!(
            page.contains("\n| case | ours |\n| --- | --- |\n| reset | 1 \\| 2 |\n"),
            "{page}"
        );
    }

    #[test]
    fn a_bench_without_rows_or_numbers_is_refused() {
        let project = Project::find().unwrap();
        let budgets = Budgets::read(&project).unwrap();
        for mut report in [
            json!({}),
            json!({ "rows": [] }),
            json!({ "rows": [{ "name": "x", "value": "fast" }] }),
            json!({ "rows": [{ "name": "x", "value": 1, "ratio": "small" }] }),
        ] {
            assert!(judge(&mut report, &budgets).is_err(), "{report}");
        }
        let limit = budgets.get("npm.check_to_zod").unwrap();
        let row =
            |ratio: f64| json!({ "name": "x", "value": 9, "ratio": ratio, "budget": "npm.check_to_zod" });
        let mut good = json!({ "rows": [row(limit), row(limit + 0.1)] });
        assert_eq!(judge(&mut good, &budgets), Ok(()));
        assert_eq!(good["rows"][0]["kept"], json!(true));
        assert_eq!(good["rows"][1]["kept"], json!(false));
    }
}
