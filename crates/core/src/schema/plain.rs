//! What of a request is good at a glance.

use super::build::{count, object, texts};
use super::patterns;
use crate::limits::{
    ASPECT_RATIOS, CFG_SCALE_DEFAULT, CFG_SCALE_MAX, CFG_SCALE_MIN, DURATION_DEFAULT_SECS, DURATION_MAX_SECS,
    DURATION_MIN_SECS, PROMPT_MAX_CHARS,
};
use crate::request::AspectRatio;
use crate::{Endpoint, Input};

/// Both endpoints, and the patterns that their fields name.
pub(super) fn table() -> Input {
    let endpoints = Endpoint::ALL.map(|endpoint| {
        let fields = endpoint.fields().iter().filter_map(|name| field(name));
        let of = object([
            ("path", endpoint.path().into()),
            ("fields", fields.collect::<Vec<_>>().into()),
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
