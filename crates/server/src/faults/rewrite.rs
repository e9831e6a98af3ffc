//! A `task-result` that says something else.

use serde_json::{Map, Value, json};

use super::script::{Fault, NoUrl};
use crate::links;
use crate::store::Stage;

/// From what progress falls, and by how much with each look.
const PROGRESS_FROM: u64 = 90;
const PROGRESS_STEP: u64 = 15;

/// What a rewritten link needs.
pub(super) struct LinkMaker<'a> {
    pub(super) key: &'a [u8; 32],
    pub(super) task: &'a str,
    pub(super) now_ms: u64,
}

/// Where the task of an answer stands.
pub(super) fn stage(answer: &Value) -> Option<Stage> {
    match answer["task"]["status"].as_str()? {
        "TASK_STATUS_QUEUED" => Some(Stage::Queued),
        "TASK_STATUS_PROCESSING" => Some(Stage::Processing),
        "TASK_STATUS_SUCCEED" => Some(Stage::Succeeded),
        "TASK_STATUS_FAILED" => Some(Stage::Failed),
        _ => None,
    }
}

/// The answer as that fault has it; `before` is how often it happened already. `None` where the fault is none of these.
pub(super) fn rewritten(answer: &Value, fault: &Fault, before: u64, link: &LinkMaker<'_>) -> Option<Value> {
    let mut answer = answer.clone();
    match fault {
        Fault::UnknownStatus { status } => {
            answer["task"]["status"] = json!(status);
            answer["videos"] = json!([]);
        }
        Fault::ProgressBackwards => {
            let step = before % (PROGRESS_FROM / PROGRESS_STEP + 1);
            answer["task"]["progress_percent"] = json!(PROGRESS_FROM - step * PROGRESS_STEP);
        }
        Fault::NoUrl { into } => without_url(&mut answer, *into),
        Fault::ExpiredUrl { lives_secs } => {
            let expires_secs = link.now_ms / 1000 + lives_secs;
            let path = links::path(link.key, link.task, expires_secs);
            each_url(&mut answer, |url| {
                let origin = url.find("/files/").map_or(url, |end| &url[..end]);
                format!("{origin}{path}")
            });
        }
        Fault::OtherHost => each_url(&mut answer, other_host),
        _ => return None,
    }
    Some(answer)
}

fn videos(answer: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let videos = answer.get_mut("videos").and_then(Value::as_array_mut);
    videos.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn without_url(answer: &mut Value, into: NoUrl) {
    if into == NoUrl::EmptyList {
        answer["videos"] = json!([]);
        return;
    }
    for video in videos(answer) {
        match into {
            NoUrl::Missing => {
                video.remove("video_url");
            }
            NoUrl::Null => {
                video.insert("video_url".to_owned(), Value::Null);
            }
            NoUrl::NotHttp | NoUrl::EmptyList => {
                video.insert("video_url".to_owned(), json!("ftp://host.example/video.mp4"));
            }
        }
    }
}

fn each_url(answer: &mut Value, change: impl Fn(&str) -> String) {
    for video in videos(answer) {
        if let Some(Value::String(url)) = video.get_mut("video_url") {
            *url = change(url);
        }
    }
}

/// The same server by its other name, which is another origin.
fn other_host(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    for (name, other) in [
        ("localhost", "127.0.0.1"),
        ("127.0.0.1", "localhost"),
        ("[::1]", "localhost"),
    ] {
        if let Some(rest) = rest
            .strip_prefix(name)
            .filter(|rest| rest.starts_with([':', '/']))
        {
            return format!("{scheme}://{other}{rest}");
        }
    }
    url.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(url: &str) -> Value {
        json!({ "task": { "status": "TASK_STATUS_SUCCEED", "progress_percent": 7 }, "videos": [{ "video_url": url }] })
    }

    fn url(fault: &Fault, from: &str) -> String {
        let link = LinkMaker {
            key: &[1; 32],
            task: "t",
            now_ms: 5_000,
        };
        let answer = rewritten(&answer(from), fault, 0, &link).expect("a fault of an answer");
        answer["videos"][0]["video_url"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    #[test]
    fn links_go_elsewhere_or_die() {
        let cases = [
            (
                "http://127.0.0.1:7400/files/t/x",
                "http://localhost:7400/files/t/x",
            ),
            (
                "http://localhost:7400/files/t/x",
                "http://127.0.0.1:7400/files/t/x",
            ),
            ("http://[::1]:7400/files/t/x", "http://localhost:7400/files/t/x"),
            (
                "http://localhost.example/files/t/x",
                "http://localhost.example/files/t/x",
            ),
        ];
        for (from, to) in cases {
            assert_eq!(url(&Fault::OtherHost, from), to);
        }
        let dying = url(
            &Fault::ExpiredUrl { lives_secs: 3 },
            "http://127.0.0.1:7400/files/t/x?expires=9",
        );
        let (path, query) = dying.split_once('?').expect("a query");
        assert_eq!(path, "http://127.0.0.1:7400/files/t/rushes-t.mp4");
        assert_eq!(links::judge(&[1; 32], "t", query, 7_999), links::Verdict::Good);
        assert_eq!(links::judge(&[1; 32], "t", query, 8_000), links::Verdict::Expired);
    }

    #[test]
    fn progress_falls_and_begins_again() {
        let link = LinkMaker {
            key: &[1; 32],
            task: "t",
            now_ms: 0,
        };
        let told: Vec<u64> = (0..9)
            .map(|before| {
                let answer = rewritten(&answer(""), &Fault::ProgressBackwards, before, &link).expect("one");
                answer["task"]["progress_percent"].as_u64().expect("a number")
            })
            .collect();
        assert_eq!(told, [90, 75, 60, 45, 30, 15, 0, 90, 75]);
    }
}
