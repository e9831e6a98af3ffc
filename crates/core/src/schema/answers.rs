//! What the routes answer. The provider's answers are described as they are to be read: nearly every field may be
//! missing, and a word nobody knows is no error.

use super::build::{component, object, texts};
use crate::failure::REASONS;
use crate::{Code, Input, Severity, Status};

/// All schemas of answers, by name.
pub(super) fn schemas() -> Input {
    object([
        ("Created", created()),
        ("TaskResult", task_result()),
        ("Error", error()),
        ("Issue", issue()),
    ])
}

fn created() -> Input {
    object([
        ("type", "object".into()),
        ("required", texts(&["task_id"])),
        (
            "properties",
            object([("task_id", object([("type", "string".into())]))]),
        ),
    ])
}

fn task_result() -> Input {
    object([
        ("type", "object".into()),
        ("required", texts(&["task"])),
        (
            "properties",
            object([
                ("task", task()),
                ("videos", files("video")),
                ("images", files("image")),
                ("audios", files("audio")),
                (
                    "extra",
                    object([
                        ("type", "object".into()),
                        (
                            "properties",
                            object([("seed", object([("type", "string".into())]))]),
                        ),
                    ]),
                ),
            ]),
        ),
    ])
}

fn task() -> Input {
    object([
        ("type", "object".into()),
        (
            "properties",
            object([
                ("task_id", object([("type", "string".into())])),
                ("task_type", object([("type", "string".into())])),
                ("status", status()),
                (
                    "reason",
                    described("string", "Why it failed; means nothing otherwise."),
                ),
                ("eta", described("number", "Seconds to go.")),
                ("progress_percent", progress()),
            ]),
        ),
    ])
}

fn status() -> Input {
    const KNOWN: [Status; 4] = [
        Status::Queued,
        Status::Processing,
        Status::Succeeded,
        Status::Failed,
    ];
    let words: Vec<&str> = KNOWN.iter().map(Status::as_str).collect();
    let ends: Vec<&str> = KNOWN
        .iter()
        .filter(|status| status.is_end())
        .map(Status::as_str)
        .collect();
    let description = format!(
        "Only {} end a task. Any other word, known or not, means that it goes on.",
        ends.join(" and ")
    );
    let known = object([("enum", texts(&words))]);
    let other = object([("type", "string".into())]);
    object([
        ("anyOf", vec![known, other].into()),
        ("description", description.into()),
    ])
}

fn progress() -> Input {
    object([
        ("type", "number".into()),
        ("minimum", 0_u8.into()),
        ("maximum", 100_u8.into()),
        (
            "description",
            "Never the test for done: it may be 0 for a video that is ready.".into(),
        ),
    ])
}

fn described(kind: &str, description: &str) -> Input {
    object([("type", kind.into()), ("description", description.into())])
}

fn files(name: &str) -> Input {
    let field = |rest: &str| format!("{name}_{rest}");
    let (url, ttl, kind) = (field("url"), field("url_ttl"), field("type"));
    let life = object([
        ("type", texts(&["string", "number"])),
        (
            "description",
            "Seconds that the URL lives, as a number or as text.".into(),
        ),
    ]);
    let properties = object([
        (
            &url,
            object([("type", "string".into()), ("format", "uri".into())]),
        ),
        (&ttl, life),
        (&kind, object([("type", "string".into())])),
    ]);
    let item = object([("type", "object".into()), ("properties", properties)]);
    object([("type", "array".into()), ("items", item)])
}

fn error() -> Input {
    let reasons: Vec<&str> = REASONS.iter().map(|(reason, _)| *reason).collect();
    let reason = object([
        ("type", "string".into()),
        (
            "description",
            "What went wrong; says more than the HTTP status.".into(),
        ),
        ("examples", texts(&reasons)),
    ]);
    let metadata = object([
        ("type", "object".into()),
        (
            "properties",
            object([(
                "issues",
                object([
                    ("type", "array".into()),
                    ("items", component("Issue")),
                    (
                        "description",
                        "Everything wrong with the request; rushes-server gives them.".into(),
                    ),
                ]),
            )]),
        ),
    ]);
    let properties = object([
        ("code", described("integer", "The HTTP status.")),
        ("reason", reason),
        ("message", object([("type", "string".into())])),
        ("metadata", metadata),
    ]);
    object([("type", "object".into()), ("properties", properties)])
}

fn issue() -> Input {
    let codes: Vec<&str> = Code::ALL.into_iter().map(Code::as_str).collect();
    let severities = [Severity::Error, Severity::Warning].map(Severity::as_str);
    let properties = object([
        (
            "path",
            described("string", "Where, as a JSON Pointer; empty for the whole request."),
        ),
        ("code", object([("enum", texts(&codes))])),
        (
            "severity",
            object([
                ("enum", texts(&severities)),
                (
                    "description",
                    "An error stops the request, a warning does not.".into(),
                ),
            ]),
        ),
        ("message", described("string", "A sentence a person can act on.")),
        (
            "limit",
            object([("description", "The limit that was broken.".into())]),
        ),
        (
            "actual",
            object([("description", "The value that broke it.".into())]),
        ),
        ("hint", described("string", "What was probably meant.")),
    ]);
    object([
        ("type", "object".into()),
        ("required", texts(&["path", "code", "severity", "message"])),
        ("properties", properties),
    ])
}
