//! What core says, as JSON text. What is absent is `null`.

use rushes_core::image::Inspection;
use rushes_core::json::Json;
use rushes_core::price::Estimate;
use rushes_core::report::Detail;
use rushes_core::task::Media;
use rushes_core::{Failure, Issue, Status, TaskId, TaskState};

/// A millisecond, a size or a price as a JSON number.
#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript has no other numbers; exact below 2^53"
)]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}

/// Writes a value that may be absent.
fn or_null<T>(json: &mut Json, value: Option<T>, write: impl FnOnce(&mut Json, T)) {
    match value {
        Some(value) => write(json, value),
        None => {
            json.plain("null");
        }
    }
}

fn text_or_null(json: &mut Json, name: &str, text: Option<&str>) {
    json.name(name);
    or_null(json, text, |json, text| {
        json.text(text);
    });
}

fn number_or_null(json: &mut Json, name: &str, number: Option<f64>) {
    json.name(name);
    or_null(json, number, |json, number| {
        json.number(number);
    });
}

/// `issues`, as a field.
pub(crate) fn issues(json: &mut Json, issues: &[Issue]) {
    json.name("issues");
    items(json, issues);
}

/// Room for an issue.
const ISSUE_BYTES: usize = 320;

/// Issues alone.
pub(crate) fn list(issues: &[Issue]) -> String {
    let mut json = Json::with_capacity(issues.len() * ISSUE_BYTES);
    items(&mut json, issues);
    json.into_text()
}

fn items(json: &mut Json, issues: &[Issue]) {
    json.open('[');
    for issue in issues {
        json.open('{').name("path").text(&issue.path);
        json.name("code").text(issue.code.as_str());
        json.name("severity").text(issue.severity.as_str());
        json.name("message").text(&issue.message);
        for (name, value) in [("limit", &issue.limit), ("actual", &issue.actual)] {
            if let Some(value) = value {
                json.name(name);
                detail(json, value);
            }
        }
        if let Some(hint) = &issue.hint {
            json.name("hint").text(hint);
        }
        json.close('}');
    }
    json.close(']');
}

fn detail(json: &mut Json, value: &Detail) {
    match value {
        Detail::Bool(value) => json.flag(*value),
        Detail::Number(value) => json.number(*value),
        Detail::Text(value) => json.text(value),
        Detail::List(items) => {
            json.open('[');
            for item in items {
                detail(json, item);
            }
            json.close(']')
        }
        Detail::Range { min, max } => json
            .open('{')
            .name("min")
            .number(*min)
            .name("max")
            .number(*max)
            .close('}'),
    };
}

/// What came of a create: an `id`, or a `failure` and after how long it may be sent again by itself.
pub(crate) fn created(id: Option<&TaskId>, failed: Option<&Failure>, resend_ms: Option<u64>) -> String {
    let mut json = Json::default();
    json.open('{');
    text_or_null(&mut json, "id", id.map(TaskId::as_str));
    json.name("failure");
    or_null(&mut json, failed, failure);
    number_or_null(&mut json, "resendMs", resend_ms.map(float));
    json.close('}');
    json.into_text()
}

fn failure(json: &mut Json, failure: &Failure) {
    json.open('{').name("kind").text(failure.kind.as_str());
    number_or_null(json, "status", failure.status.map(f64::from));
    text_or_null(json, "reason", failure.reason.as_deref());
    json.name("message").text(&failure.message);
    text_or_null(json, "detail", failure.detail.as_deref());
    number_or_null(json, "retry_after_ms", failure.retry_after_ms.map(float));
    json.name("retryable").flag(failure.retryable).close('}');
}

/// What came of a look at a task: a `state`, or in `failure` why there is none; then whether the provider keeps not
/// knowing the task, and whether it has gone on for very long.
pub(crate) fn look(seen: Result<&TaskState, &Failure>, lost: bool, slow: bool) -> String {
    let mut json = Json::default();
    json.open('{').name("state");
    or_null(&mut json, seen.ok(), state);
    json.name("failure");
    or_null(&mut json, seen.err(), failure);
    json.name("lost").flag(lost).name("slow").flag(slow).close('}');
    json.into_text()
}

/// A task's state: the API's own, with what core makes of it. `problem` says why the state, though it is an end, is no
/// video.
fn state(json: &mut Json, state: &TaskState) {
    let phase = match state.status {
        Status::Queued => "queued",
        Status::Processing => "processing",
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Unknown(_) => "unknown",
    };
    json.open('{').name("task");
    task(json, state);
    json.name("phase").text(phase);
    json.name("ended").flag(state.is_end()).name("problem");
    or_null(json, state.failure().as_ref(), failure);
    json.close('}');
}

fn task(json: &mut Json, task: &TaskState) {
    json.open('{');
    text_or_null(json, "task_id", task.task_id.as_deref());
    json.name("status").text(task.status.as_str());
    text_or_null(json, "reason", task.reason.as_deref());
    text_or_null(json, "task_type", task.task_type.as_deref());
    number_or_null(json, "eta_secs", task.eta_secs);
    number_or_null(json, "progress_percent", task.progress_percent);
    for (name, files) in [
        ("videos", &task.videos),
        ("images", &task.images),
        ("audios", &task.audios),
    ] {
        json.name(name).open('[');
        for file in files {
            media(json, file);
        }
        json.close(']');
    }
    json.name("unusable_files")
        .number(float(task.unusable_files as u64));
    text_or_null(json, "seed", task.seed.as_deref());
    json.close('}');
}

fn media(json: &mut Json, media: &Media) {
    json.open('{').name("url").text(&media.url);
    number_or_null(json, "ttl_secs", media.ttl_secs.map(float));
    text_or_null(json, "kind", media.kind.as_deref());
    json.close('}');
}

/// Which tasks to read now, or until when to wait.
pub(crate) fn next(read: &[TaskId], wait_until: Option<u64>) -> String {
    let mut json = Json::default();
    json.open('{').name("read").open('[');
    for id in read {
        json.text(id.as_str());
    }
    json.close(']');
    number_or_null(&mut json, "waitUntil", wait_until.map(float));
    json.close('}');
    json.into_text()
}

/// An estimate in whole dollars, or the issues of a request that cannot have one.
pub(crate) fn priced(estimate: Option<&Estimate>, found: &[Issue]) -> String {
    let mut json = Json::default();
    json.open('{').name("estimate");
    or_null(&mut json, estimate, |json, estimate| {
        json.open('{').name("seconds").number(estimate.seconds.into());
        json.name("usd").number(estimate.usd());
        json.name("ratePerSecond").number(estimate.rate_usd());
        json.name("source").text(&estimate.source);
        json.name("asOf").text(&estimate.as_of).close('}');
    });
    issues(&mut json, found);
    json.close('}');
    json.into_text()
}

/// What an image's header says.
pub(crate) fn inspection(inspection: &Inspection) -> String {
    let mut json = Json::default();
    json.open('{');
    let info = inspection.info;
    text_or_null(&mut json, "format", info.map(|info| info.format.name()));
    number_or_null(&mut json, "width", info.map(|info| info.width.into()));
    number_or_null(&mut json, "height", info.map(|info| info.height.into()));
    number_or_null(&mut json, "orientation", info.map(|info| info.orientation.into()));
    json.name("bytes").number(float(inspection.bytes));
    issues(&mut json, &inspection.issues);
    json.close('}');
    json.into_text()
}
