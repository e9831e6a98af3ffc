//! The three routes.

use super::build::{component, count, joined, object, texts};
use super::{answers, requests};
use crate::exchange::TASK_RESULT_PATH;
use crate::failure::REASONS;
use crate::{Endpoint, FailureKind, Input, TaskId};

/// Who offers the routes.
#[derive(Clone, Copy, Debug)]
pub struct Service<'a> {
    /// The document's title.
    pub title: &'a str,
    /// Version of the document.
    pub version: &'a str,
    /// Where the routes are; `None` where the document itself comes from.
    pub url: Option<&'a str>,
    /// Whether a key is always needed.
    pub needs_key: bool,
}

impl<'a> Service<'a> {
    /// Novita AI itself.
    pub fn provider(version: &'a str) -> Self {
        Self {
            title: "Kling v3.0 Standard video on Novita AI",
            version,
            url: Some("https://api.novita.ai"),
            needs_key: true,
        }
    }
}

pub(super) fn document(service: &Service<'_>) -> Input {
    let key = object([("key", Input::List(Vec::new()))]);
    let keys = if service.needs_key {
        vec![key]
    } else {
        vec![object([]), key]
    };
    let servers = object([("servers", servers(service.url))]);
    let document = object([
        ("openapi", "3.1.0".into()),
        (
            "info",
            object([
                ("title", service.title.into()),
                ("version", service.version.into()),
                (
                    "license",
                    object([
                        ("name", "MIT OR Apache-2.0".into()),
                        ("identifier", "MIT OR Apache-2.0".into()),
                    ]),
                ),
            ]),
        ),
    ]);
    let rest = object([
        ("security", keys.into()),
        (
            "paths",
            object([
                (
                    Endpoint::TextToVideo.path(),
                    post("textToVideo", "Text to video", "TextToVideo"),
                ),
                (
                    Endpoint::ImageToVideo.path(),
                    post("imageToVideo", "Image to video", "ImageToVideo"),
                ),
                (TASK_RESULT_PATH, object([("get", read())])),
            ]),
        ),
        ("components", components()),
    ]);
    joined(joined(document, servers), rest)
}

fn servers(url: Option<&str>) -> Input {
    vec![object([("url", url.unwrap_or("/").into())])].into()
}

fn components() -> Input {
    let requests = object([
        ("TextToVideo", requests::of(Endpoint::TextToVideo, &Input::Null)),
        (
            "ImageToVideo",
            requests::of(Endpoint::ImageToVideo, &component("Shot")),
        ),
        ("Shot", requests::shot()),
    ]);
    object([
        (
            "securitySchemes",
            object([(
                "key",
                object([("type", "http".into()), ("scheme", "bearer".into())]),
            )]),
        ),
        (
            "responses",
            object([("RateLimited", rate_limited()), ("Error", refused())]),
        ),
        ("schemas", joined(requests, answers::schemas())),
    ])
}

fn json(schema: Input) -> Input {
    object([("application/json", object([("schema", schema)]))])
}

fn post(id: &str, summary: &str, body: &str) -> Input {
    let request = object([("required", true.into()), ("content", json(component(body)))]);
    let created = "The task was created. An answer without `task_id`, a server error and no answer at all leave it open \
                   whether it was: never send the request again by itself then, since it may be billed twice.";
    object([(
        "post",
        object([
            ("operationId", id.into()),
            ("summary", summary.into()),
            ("requestBody", request),
            ("responses", responses(created, "Created")),
        ]),
    )])
}

fn read() -> Input {
    let id = object([
        ("type", "string".into()),
        ("minLength", count(1)),
        ("maxLength", count(TaskId::MAX_BYTES)),
    ]);
    let parameter = object([
        ("name", "task_id".into()),
        ("in", "query".into()),
        ("required", true.into()),
        ("schema", id),
    ]);
    object([
        ("operationId", "taskResult".into()),
        ("summary", "Where a task stands, and its video".into()),
        ("parameters", vec![parameter].into()),
        (
            "responses",
            responses(
                "Its state; unfinished and failed tasks answer so too.",
                "TaskResult",
            ),
        ),
    ])
}

fn responses(description: &str, body: &str) -> Input {
    let response = |name: &str| object([("$ref", format!("#/components/responses/{name}").into())]);
    object([
        (
            "200",
            object([
                ("description", description.into()),
                ("content", json(component(body))),
            ]),
        ),
        ("429", response("RateLimited")),
        ("default", response("Error")),
    ])
}

fn rate_limited() -> Input {
    let header = object([
        ("description", "Seconds to wait, or a date (RFC 9110).".into()),
        ("schema", object([("type", "string".into())])),
    ]);
    object([
        ("description", "Too many requests: nothing was done.".into()),
        ("headers", object([("Retry-After", header)])),
        ("content", json(component("Error"))),
    ])
}

fn refused() -> Input {
    let mut kinds: Vec<FailureKind> = Vec::new();
    for (_, kind) in REASONS {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let of_kind = |kind: FailureKind| {
        let reasons = REASONS
            .iter()
            .filter(|(_, of)| *of == kind)
            .map(|(reason, _)| *reason);
        format!("{}: {}", kind.as_str(), reasons.collect::<Vec<_>>().join(", "))
    };
    let list: Vec<String> = kinds.into_iter().map(of_kind).collect();
    let description = format!(
        "Not done. `reason` says why, by kind (another one is possible, and so is text that is no JSON): {}.",
        list.join("; ")
    );
    object([
        ("description", description.into()),
        (
            "content",
            object([
                ("application/json", object([("schema", component("Error"))])),
                (
                    "text/plain",
                    object([("schema", object([("type", texts(&["string"]))]))]),
                ),
            ]),
        ),
    ])
}
