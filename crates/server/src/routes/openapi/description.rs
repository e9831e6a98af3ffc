//! The description, made from core's own limits.

use rushes_core::limits::{
    ASPECT_RATIOS, CFG_SCALE_DEFAULT, CFG_SCALE_MAX, CFG_SCALE_MIN, DURATION_DEFAULT_SECS, DURATION_MAX_SECS,
    DURATION_MIN_SECS, IMAGE_MAX_BYTES, IMAGE_MAX_RATIO, IMAGE_MIN_SIDE_PX, PROMPT_MAX_CHARS,
};
use rushes_core::{Endpoint, limits};
use serde_json::{Value, json};

use crate::app::TASK_RESULT_PATH;

/// The whole document, `OpenAPI` 3.1.
pub(super) fn description() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Kling v3.0 Standard video, as rushes-server speaks it",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "security": [{}, { "token": [] }],
        "paths": {
            Endpoint::TextToVideo.path(): { "post": create("textToVideo", "Text to video", "TextToVideo") },
            Endpoint::ImageToVideo.path(): { "post": create("imageToVideo", "Image to video", "ImageToVideo") },
            TASK_RESULT_PATH: { "get": read() },
        },
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": { "Error": {
                "description": "Not done; the reason says why.",
                "headers": { "Retry-After": { "schema": { "type": "integer", "minimum": 0 } } },
                "content": { "application/json": { "schema": schema("Error") } },
            } },
            "schemas": schemas(),
        },
    })
}

fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn create(id: &str, summary: &str, body: &str) -> Value {
    json!({
        "operationId": id,
        "summary": summary,
        "requestBody": { "required": true, "content": { "application/json": { "schema": schema(body) } } },
        "responses": {
            "200": {
                "description": "The task was created.",
                "content": { "application/json": { "schema": schema("Created") } },
            },
            "default": { "$ref": "#/components/responses/Error" },
        },
    })
}

fn read() -> Value {
    json!({
        "operationId": "taskResult",
        "summary": "Where a task stands, and its video",
        "parameters": [{
            "name": "task_id", "in": "query", "required": true,
            "schema": { "type": "string", "minLength": 1, "maxLength": rushes_core::TaskId::MAX_BYTES },
        }],
        "responses": {
            "200": {
                "description": "Its state; unfinished and failed tasks answer so too.",
                "content": { "application/json": { "schema": schema("TaskResult") } },
            },
            "default": { "$ref": "#/components/responses/Error" },
        },
    })
}

fn schemas() -> Value {
    json!({
        "TextToVideo": text_to_video(),
        "ImageToVideo": image_to_video(),
        "Shot": {
            "type": "object",
            "required": ["prompt"],
            "properties": { "prompt": prompt(), "duration": duration() },
            "additionalProperties": false,
        },
        "Created": {
            "type": "object",
            "required": ["task_id"],
            "properties": { "task_id": { "type": "string" } },
        },
        "TaskResult": task_result(),
        "Error": {
            "type": "object",
            "required": ["code", "reason", "message", "metadata"],
            "properties": {
                "code": { "type": "integer", "description": "The HTTP status." },
                "reason": { "type": "string", "examples": ["INVALID_REQUEST_BODY", "TASK_NOT_FOUND"] },
                "message": { "type": "string" },
                "metadata": {
                    "type": "object",
                    "properties": { "issues": { "type": "array", "items": schema("Issue") } },
                },
            },
        },
        "Issue": {
            "type": "object",
            "required": ["path", "code", "severity", "message"],
            "properties": {
                "path": { "type": "string", "description": "A JSON Pointer into the body." },
                "code": { "type": "string" },
                "severity": { "enum": ["error", "warning"] },
                "message": { "type": "string" },
                "limit": {}, "actual": {}, "hint": { "type": "string" },
            },
        },
    })
}

fn prompt() -> Value {
    // JSON Schema counts characters as we do; white space alone is refused too.
    json!({ "type": "string", "minLength": 1, "maxLength": PROMPT_MAX_CHARS, "pattern": "\\S" })
}

/// `null` counts as absent in every optional field.
fn optional(mut schema: Value, kind: &str) -> Value {
    schema["type"] = json!([kind, "null"]);
    schema
}

fn duration() -> Value {
    let schema = json!({
        "minimum": DURATION_MIN_SECS, "maximum": DURATION_MAX_SECS, "default": DURATION_DEFAULT_SECS,
        "description": "Seconds.",
    });
    optional(schema, "integer")
}

fn negative_prompt() -> Value {
    optional(json!({ "maxLength": PROMPT_MAX_CHARS }), "string")
}

fn cfg_scale() -> Value {
    let schema = json!({ "minimum": CFG_SCALE_MIN, "maximum": CFG_SCALE_MAX, "default": CFG_SCALE_DEFAULT });
    optional(schema, "number")
}

fn sound() -> Value {
    optional(json!({ "default": false }), "boolean")
}

fn text_to_video() -> Value {
    let mut ratios: Vec<Value> = ASPECT_RATIOS.iter().map(|ratio| json!(ratio)).collect();
    ratios.push(Value::Null);
    json!({
        "type": "object",
        "required": ["prompt"],
        "properties": {
            "prompt": prompt(),
            "negative_prompt": negative_prompt(),
            "duration": duration(),
            "cfg_scale": cfg_scale(),
            "aspect_ratio": { "enum": ratios, "default": ASPECT_RATIOS[0] },
            "sound": sound(),
        },
        "additionalProperties": false,
    })
}

fn image(role: &str) -> Value {
    let megabytes = IMAGE_MAX_BYTES / (1024 * 1024);
    json!({
        "type": "string",
        "description": format!(
            "{role}: an http(s) URL, a data URI or base64. PNG or JPEG, at most {megabytes} MB, at least \
             {IMAGE_MIN_SIDE_PX} pixels a side, ratio between 1:{IMAGE_MAX_RATIO} and {IMAGE_MAX_RATIO}:1."
        ),
    })
}

fn image_to_video() -> Value {
    let end_image = optional(image("The last frame"), "string");
    let shots = json!({
        "minItems": 1, "items": schema("Shot"),
        "maxItems": limits::DURATION_MAX_SECS / limits::DURATION_MIN_SECS,
        "description": "One item per shot; their durations add up to the video's.",
    });
    json!({
        "type": "object",
        "required": ["image", "prompt"],
        "properties": {
            "image": image("The first frame"),
            "prompt": prompt(),
            "negative_prompt": negative_prompt(),
            "duration": duration(),
            "cfg_scale": cfg_scale(),
            "sound": sound(),
            "end_image": end_image,
            "multi_prompt": optional(shots, "array"),
        },
        "not": {
            "required": ["end_image", "multi_prompt"],
            "properties": { "end_image": { "type": "string" }, "multi_prompt": { "type": "array" } },
        },
        "additionalProperties": false,
    })
}

fn task_result() -> Value {
    json!({
        "type": "object",
        "required": ["task"],
        "properties": {
            "task": {
                "type": "object",
                "required": ["task_id", "status"],
                "properties": {
                    "task_id": { "type": "string" },
                    "task_type": { "type": "string" },
                    "status": { "enum": [
                        "TASK_STATUS_QUEUED", "TASK_STATUS_PROCESSING", "TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED",
                    ] },
                    "reason": { "type": "string" },
                    "eta": { "type": "integer", "minimum": 0, "description": "Seconds." },
                    "progress_percent": { "type": "integer", "minimum": 0, "maximum": 100 },
                },
            },
            "videos": { "type": "array", "items": {
                "type": "object",
                "required": ["video_url", "video_url_ttl", "video_type"],
                "properties": {
                    "video_url": { "type": "string", "format": "uri" },
                    "video_url_ttl": { "type": "string", "description": "Seconds, as text." },
                    "video_type": { "enum": ["mp4", "gif"] },
                },
            } },
            "images": { "type": "array" },
            "audios": { "type": "array" },
            "extra": { "type": "object" },
        },
    })
}
