//! What is good at a glance passes the checks, and is accepted and sent as the table says; what is wrong at a glance is
//! refused in the table's words.

#![cfg(feature = "schema")]

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::string::string_regex;
use rushes_core::{Endpoint, Input, check, schema};
use serde_json::{Value, json};

static TABLE: LazyLock<Input> = LazyLock::new(schema::plain);

/// The fields of an endpoint, each a row of the table.
fn rows(endpoint: Endpoint) -> Vec<Input> {
    let of = TABLE.get("endpoints").and_then(|all| all.get(endpoint.name()));
    assert_eq!(of.and_then(|of| of.get("path")?.as_str()), Some(endpoint.path()));
    let rows = of.and_then(|of| of.get("fields")?.as_list());
    rows.expect("rows").to_vec()
}

fn text<'a>(row: &'a Input, name: &str) -> &'a str {
    row.get(name).and_then(Input::as_str).expect("a text")
}

/// Something that the field holds according to its row, or nothing where it may.
fn value(row: &Input) -> BoxedStrategy<Input> {
    let number = |name| row.get(name).and_then(Input::as_f64).expect("a number");
    let good = match text(row, "is") {
        "text" => text_value(row, number("most")),
        "number" if row.get("whole") == Some(&true.into()) => {
            #[expect(clippy::cast_possible_truncation, reason = "seconds")]
            let (least, most) = (number("least") as i8, number("most") as i8);
            (least..=most).prop_map(|value| f64::from(value).into()).boxed()
        }
        "number" => (number("least")..=number("most")).prop_map(Input::from).boxed(),
        "word" => {
            let words = row.get("words").and_then(Input::as_list).expect("words");
            prop::sample::select(words.to_vec()).boxed()
        }
        "flag" => any::<bool>().prop_map(Input::from).boxed(),
        "address" => {
            let pattern = text(&TABLE, "address").replace(['^', '$'], "");
            string_regex(&pattern)
                .expect("a pattern")
                .prop_map(Input::from)
                .boxed()
        }
        other => panic!("the table says {other}"),
    };
    match row.get("required") {
        Some(required) if *required == true.into() => good,
        _ => prop_oneof![good, Just(Input::Null)].boxed(),
    }
}

fn text_value(row: &Input, most: f64) -> BoxedStrategy<Input> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a limit")]
    let most = most as usize;
    let any_text = prop_oneof![
        "\\PC{0,40}",
        any::<String>(),
        prop::sample::select(vec!["x", "漢", "🦊", "\u{200b}"]).prop_map(move |each| each.repeat(most)),
    ];
    if row.get("required") == Some(&false.into()) {
        return any_text.prop_map(Input::from).boxed();
    }
    let said = string_regex(text(&TABLE, "said")).expect("a pattern");
    (any_text, said)
        .prop_map(move |(text, said)| {
            let kept: String = text.chars().take(most - 1).collect();
            Input::from(kept + &said)
        })
        .boxed()
}

/// A request that is good at a glance, in the order of the table.
fn request(endpoint: Endpoint) -> BoxedStrategy<Vec<(Input, Input)>> {
    let fields: Vec<_> = rows(endpoint)
        .into_iter()
        .map(|row| value(&row).prop_map(move |value| (row.clone(), value)))
        .collect();
    fields.boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_the_table_takes_passes_as_it_says(
        (endpoint, fields) in prop::sample::select(Endpoint::ALL.to_vec()).prop_flat_map(|of| (Just(of), request(of))),
    ) {
        let named = |row: &Input| text(row, "name").to_owned();
        let given = fields.iter().rev().map(|(row, value)| (named(row), value.clone())).collect();
        let checked = check(endpoint, Input::Object(given)).unwrap();
        prop_assert_eq!(checked.warnings, vec![]);

        let mut accepted = Vec::new();
        let mut sent = Vec::new();
        for (row, value) in fields {
            let usual = row.get("default");
            let value = if value.is_null() { usual.cloned().unwrap_or(Input::Null) } else { value };
            if value.is_null() || value == "".into() {
                continue;
            }
            if usual != Some(&value) {
                sent.push((named(&row), value.clone()));
            }
            accepted.push((named(&row), value));
        }
        prop_assert_eq!(checked.request.accepted(), Input::Object(accepted));
        prop_assert_eq!(checked.request.body(), serde_json::to_string(&Input::Object(sent)).unwrap());
    }
}

/// The issue that a row's refusal makes of those texts.
fn filled(row: &Input, kind: &str, actual: f64, holes: &[(&str, String)]) -> Value {
    let refusal = row
        .get("refusals")
        .and_then(|all| all.get(kind))
        .expect("a refusal");
    let mut issue = serde_json::to_value(refusal).expect("JSON");
    for name in ["message", "hint"] {
        if let Some(text) = issue.get(name).and_then(Value::as_str) {
            let text = holes
                .iter()
                .fold(text.to_owned(), |text, (hole, value)| text.replace(hole, value));
            assert!(!text.contains(['{', '}']), "{text}");
            issue[name] = text.into();
        }
    }
    issue["actual"] = serde_json::to_value(Input::from(actual)).expect("JSON");
    issue
}

/// What the checks say of one value, beside others that are good.
fn refused(endpoint: Endpoint, name: &str, value: Input) -> Value {
    let all = [
        ("image", "https://e.x/a.png".into()),
        ("prompt", "A fox".into()),
        (name, value),
    ];
    let given = all
        .into_iter()
        .filter(|(name, _)| endpoint.fields().contains(name));
    let given = given.map(|(name, value)| (name.to_owned(), value)).collect();
    let report = check(endpoint, Input::Object(given)).expect_err("issues");
    serde_json::to_value(&report.issues).expect("JSON")
}

proptest! {
    #[test]
    fn numbers_are_refused_as_the_table_says(
        endpoint in prop::sample::select(Endpoint::ALL.to_vec()),
        value in prop_oneof![-40.0..40.0_f64, -1e15..1e15_f64, (-400..400_i16).prop_map(f64::from)],
    ) {
        for row in rows(endpoint).iter().filter(|row| text(row, "is") == "number") {
            let limit = |name| row.get(name).and_then(Input::as_f64).unwrap();
            let is_whole = row.get("whole") == Some(&true.into());
            let kind = match value {
                _ if is_whole && value.fract() != 0.0 => "fraction",
                _ if (limit("least")..=limit("most")).contains(&value) => continue,
                _ => "outside",
            };
            let shown = |value: f64| serde_json::to_string(&Input::from(value)).unwrap();
            let nearest = value.round().clamp(limit("least"), limit("most"));
            let holes = [("{value}", shown(value)), ("{nearest}", shown(nearest))];
            let issue = filled(row, kind, value, &holes);
            prop_assert_eq!(refused(endpoint, text(row, "name"), value.into()), json!([issue]));
        }
    }

    #[test]
    fn long_texts_are_refused_as_the_table_says(
        endpoint in prop::sample::select(Endpoint::ALL.to_vec()),
        each in prop::sample::select(vec!["x", "漢", "🦊", "a "]),
        over in 1..3_000_u16,
    ) {
        for row in rows(endpoint).iter().filter(|row| text(row, "is") == "text") {
            let most = row.get("most").and_then(Input::as_f64).unwrap();
            let count = most + f64::from(over);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a limit")]
            let long: String = each.chars().cycle().take(count as usize).collect();
            let holes = [("{count}", count.to_string()), ("{over}", over.to_string())];
            let issue = filled(row, "too_long", count, &holes);
            prop_assert_eq!(refused(endpoint, text(row, "name"), long.into()), json!([issue]));
        }
    }
}

/// Every field is in the table but the shots, whose rules look at each other.
#[test]
fn the_table_has_the_fields_of_the_endpoints() {
    for endpoint in Endpoint::ALL {
        let rows = rows(endpoint);
        let names: Vec<_> = rows.iter().map(|row| text(row, "name")).collect();
        let fields: Vec<_> = endpoint
            .fields()
            .iter()
            .copied()
            .filter(|name| *name != "multi_prompt")
            .collect();
        assert_eq!(names, fields);
        let of = TABLE.get("endpoints").and_then(|all| all.get(endpoint.name()));
        let others = of.and_then(|of| of.get("others")?.as_list()).expect("others");
        let left: Vec<_> = endpoint
            .fields()
            .iter()
            .filter(|name| !names.contains(name))
            .collect();
        assert_eq!(
            others.iter().filter_map(Input::as_str).collect::<Vec<_>>(),
            left.into_iter().copied().collect::<Vec<_>>()
        );
    }
}
