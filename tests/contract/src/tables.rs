//! Every row of the documented request tables, broken in turn.

use rushes_core::Endpoint;
use serde_json::{Value, json};

use crate::images::{data_uri, jpeg_uri, png};

/// One request that must be refused.
pub struct Broken {
    /// Where it is sent.
    pub endpoint: Endpoint,
    /// The body.
    pub body: Value,
    /// Where it is wrong: a JSON Pointer.
    pub path: &'static str,
    /// What kind of wrong.
    pub code: &'static str,
    /// The documented reason.
    pub reason: &'static str,
}

const BODY: &str = "INVALID_REQUEST_BODY";

/// A text-to-video request that is accepted, with some fields changed (`null` takes one away).
pub fn text_to_video(changes: Value) -> Value {
    with(
        json!({ "prompt": "A fox leaps a mossy log, slow push in", "duration": 3 }),
        changes,
    )
}

/// An image-to-video request that is accepted, with some fields changed.
pub fn image_to_video(changes: Value) -> Value {
    with(
        json!({ "image": jpeg_uri(), "prompt": "The fox looks up", "duration": 3 }),
        changes,
    )
}

fn with(mut body: Value, changes: Value) -> Value {
    if let (Value::Object(body), Value::Object(changes)) = (&mut body, changes) {
        body.extend(changes);
    }
    body
}

/// All of them.
pub fn broken() -> Vec<Broken> {
    let mut all = broken_in_both(Endpoint::TextToVideo, text_to_video);
    all.extend(broken_in_both(Endpoint::ImageToVideo, image_to_video));
    let row = |changes, path, code| Broken {
        endpoint: Endpoint::TextToVideo,
        body: text_to_video(changes),
        path,
        code,
        reason: BODY,
    };
    all.extend([
        row(json!({ "aspect_ratio": "4:3" }), "/aspect_ratio", "not_allowed"),
        row(json!({ "aspect_ratio": 1 }), "/aspect_ratio", "wrong_type"),
        row(
            json!({ "multi_prompt": [{ "prompt": "x" }] }),
            "/multi_prompt",
            "unknown_field",
        ),
        row(json!({ "image": jpeg_uri() }), "/image", "unknown_field"),
    ]);
    all.extend(broken_shots());
    all.extend(broken_images());
    all
}

/// The fields that both endpoints take.
fn broken_in_both(endpoint: Endpoint, base: fn(Value) -> Value) -> Vec<Broken> {
    let long = "x".repeat(2501);
    let rows = [
        (json!({ "prompt": null }), "/prompt", "required"),
        (json!({ "prompt": "" }), "/prompt", "blank"),
        (json!({ "prompt": " \n\t" }), "/prompt", "blank"),
        (json!({ "prompt": 3 }), "/prompt", "wrong_type"),
        (json!({ "prompt": long }), "/prompt", "too_long"),
        (json!({ "negative_prompt": long }), "/negative_prompt", "too_long"),
        (json!({ "negative_prompt": [] }), "/negative_prompt", "wrong_type"),
        (json!({ "duration": 2 }), "/duration", "out_of_range"),
        (json!({ "duration": 16 }), "/duration", "out_of_range"),
        (json!({ "duration": 5.5 }), "/duration", "not_an_integer"),
        (json!({ "duration": "5" }), "/duration", "wrong_type"),
        (json!({ "cfg_scale": 1.01 }), "/cfg_scale", "out_of_range"),
        (json!({ "cfg_scale": -0.01 }), "/cfg_scale", "out_of_range"),
        (json!({ "cfg_scale": "0.5" }), "/cfg_scale", "wrong_type"),
        (json!({ "sound": "on" }), "/sound", "wrong_type"),
        (json!({ "guidance_scale": 7 }), "/guidance_scale", "unknown_field"),
        (json!({ "promt": "x" }), "/promt", "unknown_field"),
    ];
    let row = |(changes, path, code)| Broken {
        endpoint,
        body: base(changes),
        path,
        code,
        reason: BODY,
    };
    rows.into_iter().map(row).collect()
}

fn broken_shots() -> Vec<Broken> {
    let shot = |secs: Value| json!({ "prompt": "x", "duration": secs });
    let rows = [
        (json!({ "multi_prompt": [] }), "/multi_prompt", "empty"),
        (json!({ "multi_prompt": "x" }), "/multi_prompt", "wrong_type"),
        (
            json!({ "multi_prompt": [{ "duration": 3 }] }),
            "/multi_prompt/0/prompt",
            "required",
        ),
        (
            json!({ "multi_prompt": [shot(json!(2))] }),
            "/multi_prompt/0/duration",
            "out_of_range",
        ),
        (
            json!({ "multi_prompt": [shot(json!(8)), shot(json!(8))] }),
            "/multi_prompt",
            "out_of_range",
        ),
        (
            json!({ "multi_prompt": [{ "prompt": "x", "seed": 1 }] }),
            "/multi_prompt/0/seed",
            "unknown_field",
        ),
        (
            json!({ "duration": 5, "multi_prompt": [shot(json!(3)), shot(json!(4))] }),
            "/duration",
            "duration_mismatch",
        ),
        (
            json!({ "end_image": jpeg_uri(), "multi_prompt": [shot(json!(3))] }),
            "/multi_prompt",
            "conflict",
        ),
    ];
    let no_duration = |changes: Value| match changes.get("duration") {
        Some(_) => image_to_video(changes),
        None => with(image_to_video(changes), json!({ "duration": null })),
    };
    let row = |(changes, path, code)| Broken {
        endpoint: Endpoint::ImageToVideo,
        body: no_duration(changes),
        path,
        code,
        reason: BODY,
    };
    rows.into_iter().map(row).collect()
}

fn broken_images() -> Vec<Broken> {
    const FORMAT: &str = "INVALID_IMAGE_FORMAT";
    const SIZE: &str = "INVALID_IMAGE_SIZE";
    let gif = data_uri("image/png", b"GIF89a\x40\x01\xf0\x00\x00\x00\x00;");
    let cut = data_uri("image/jpeg", &crate::images::JPEG[..40]);
    let huge = {
        let mut bytes = png(640, 480);
        bytes.resize(10 * 1024 * 1024 + 1, 0);
        data_uri("image/png", &bytes)
    };
    let small = data_uri("image/png", &png(299, 300));
    let wide = data_uri("image/png", &png(1000, 300));
    let rows = [
        (json!({ "image": null }), "/image", "required", BODY),
        (json!({ "image": 7 }), "/image", "wrong_type", BODY),
        (
            json!({ "image": "ftp://example.com/a.png" }),
            "/image",
            "bad_image_source",
            BODY,
        ),
        (json!({ "image": gif }), "/image", "image_format", FORMAT),
        (json!({ "image": cut }), "/image", "image_unreadable", FORMAT),
        (
            json!({ "image": huge }),
            "/image",
            "image_too_big",
            "IMAGE_FILE_EXCEEDS_MAX_SIZE",
        ),
        (json!({ "image": small }), "/image", "image_too_small", SIZE),
        (json!({ "image": wide }), "/image", "image_ratio", SIZE),
        (
            json!({ "end_image": small }),
            "/end_image",
            "image_too_small",
            SIZE,
        ),
        (
            json!({ "start_image": jpeg_uri() }),
            "/start_image",
            "unknown_field",
            BODY,
        ),
        (
            json!({ "aspect_ratio": "16:9" }),
            "/aspect_ratio",
            "unknown_field",
            BODY,
        ),
    ];
    let row = |(changes, path, code, reason)| Broken {
        endpoint: Endpoint::ImageToVideo,
        body: image_to_video(changes),
        path,
        code,
        reason,
    };
    rows.into_iter().map(row).collect()
}
