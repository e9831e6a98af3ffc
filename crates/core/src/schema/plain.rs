//! What of a request is good at a glance, and what is said of the plainest mistakes.

use super::build::{count, joined, object, texts};
use super::patterns;
use crate::decimal::shown;
use crate::limits::{
    ASPECT_RATIOS, CFG_SCALE_DEFAULT, CFG_SCALE_MAX, CFG_SCALE_MIN, DURATION_DEFAULT_SECS, DURATION_MAX_SECS,
    DURATION_MIN_SECS, PROMPT_MAX_CHARS,
};
use crate::report::Detail;
use crate::request::AspectRatio;
use crate::{Endpoint, Input, check};

/// Both endpoints, and the patterns that their fields name.
pub(super) fn table() -> Input {
    let endpoints = Endpoint::ALL.map(|endpoint| {
        let (mut fields, mut others) = (Vec::new(), Vec::new());
        for name in endpoint.fields() {
            match field(name) {
                Some(row) => fields.push(joined(row, refusals(endpoint, name))),
                None => others.push(*name),
            }
        }
        let of = object([
            ("path", endpoint.path().into()),
            ("fields", fields.into()),
            ("others", texts(&others)),
        ]);
        (endpoint.name(), of)
    });
    object([
        ("said", patterns::not_blank().into()),
        ("address", patterns::plain_address().into()),
        ("endpoints", object(endpoints)),
    ])
}

/// A field and what it takes; nothing of shots, whose rules look at each other.
fn field(name: &str) -> Option<Input> {
    let number = |whole: bool, least: f64, most: f64, default: f64| {
        object([
            ("name", name.into()),
            ("is", "number".into()),
            ("whole", whole.into()),
            ("least", least.into()),
            ("most", most.into()),
            ("default", default.into()),
        ])
    };
    Some(match name {
        "prompt" => object([
            ("name", name.into()),
            ("is", "text".into()),
            ("most", count(PROMPT_MAX_CHARS)),
            ("required", true.into()),
        ]),
        "negative_prompt" => object([
            ("name", name.into()),
            ("is", "text".into()),
            ("most", count(PROMPT_MAX_CHARS)),
            ("required", false.into()),
        ]),
        "duration" => number(
            true,
            DURATION_MIN_SECS.into(),
            DURATION_MAX_SECS.into(),
            DURATION_DEFAULT_SECS.into(),
        ),
        "cfg_scale" => number(false, CFG_SCALE_MIN, CFG_SCALE_MAX, CFG_SCALE_DEFAULT),
        "aspect_ratio" => object([
            ("name", name.into()),
            ("is", "word".into()),
            ("words", texts(&ASPECT_RATIOS)),
            ("default", AspectRatio::default().name().into()),
        ]),
        "sound" => object([
            ("name", name.into()),
            ("is", "flag".into()),
            ("default", false.into()),
        ]),
        "image" | "end_image" => object([
            ("name", name.into()),
            ("is", "address".into()),
            ("required", (name == "image").into()),
        ]),
        _ => return None,
    })
}

/// By its kind, what is said of a value that follows from nothing but its size.
fn refusals(endpoint: Endpoint, name: &str) -> Input {
    // Numbers that no message holds of itself.
    const BEYOND: u16 = 54_321;
    let number = |value: f64| said(endpoint, name, value.into(), &[("{value}", &shown(value))]);
    let found = match name {
        "prompt" | "negative_prompt" => {
            let over = usize::from(BEYOND);
            let long = "x".repeat(PROMPT_MAX_CHARS + over);
            let holes = [
                ("{count}", &*long.len().to_string()),
                ("{over}", &over.to_string()),
            ];
            object([("too_long", said(endpoint, name, long.as_str().into(), &holes))])
        }
        "duration" => object([
            ("fraction", number(f64::from(BEYOND) + 0.25)),
            ("outside", number(BEYOND.into())),
        ]),
        "cfg_scale" => object([("outside", number(BEYOND.into()))]),
        _ => return object([]),
    };
    object([("refusals", found)])
}

/// The issue that the checks find in a value, as JSON, with the names of holes in place of those texts; what it says of
/// the value is the first hole, a hint is the nearest number that is taken.
fn said(endpoint: Endpoint, name: &str, value: Input, holes: &[(&str, &str)]) -> Input {
    // Of a field that stands twice, the last value counts.
    let fields = [
        ("image", "https://example.com/a.png".into()),
        ("prompt", "A fox".into()),
        (name, value),
    ];
    let given = fields
        .into_iter()
        .filter(|(name, _)| endpoint.fields().contains(name));
    let given = given.map(|(name, value)| (name.to_owned(), value)).collect();
    let issues = check(endpoint, Input::Object(given))
        .err()
        .map(|report| report.issues);
    let Some(issue) = issues.and_then(|issues| issues.into_iter().next()) else {
        return Input::Null;
    };
    let message = holes
        .iter()
        .fold(issue.message, |message, (hole, text)| message.replace(text, hole));
    let mut told = vec![
        ("path", issue.path.into()),
        ("code", issue.code.as_str().into()),
        ("severity", issue.severity.as_str().into()),
        ("message", message.into()),
    ];
    told.extend(issue.limit.map(|limit| ("limit", limit_of(&limit))));
    told.extend(holes.first().map(|(hole, _)| ("actual", (*hole).into())));
    told.extend(issue.hint.map(|_| ("hint", "{nearest}".into())));
    Input::Object(
        told.into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn limit_of(limit: &Detail) -> Input {
    match limit {
        Detail::Bool(value) => (*value).into(),
        Detail::Number(value) => (*value).into(),
        Detail::Text(value) => value.as_str().into(),
        Detail::List(items) => items.iter().map(limit_of).collect::<Vec<_>>().into(),
        Detail::Range { min, max } => object([("min", (*min).into()), ("max", (*max).into())]),
    }
}
