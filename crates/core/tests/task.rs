//! The tolerant reading of a task's state.

use proptest::prelude::*;
use rushes_core::exchange::Body;
use rushes_core::task::{Media, Status, TaskId, TaskState};
use rushes_core::{FailureKind, Input};

fn json(text: &str) -> Input {
    match Body::from_json_text(text) {
        Body::Json(input) => input,
        Body::Text(text) => panic!("not JSON: {text}"),
    }
}

fn read(text: &str) -> TaskState {
    TaskState::read(&json(text)).unwrap_or_else(|| panic!("no state: {text}"))
}

fn task(fields: &str) -> TaskState {
    read(&format!(r#"{{"task":{{{fields}}}}}"#))
}

#[test]
fn the_provider_s_own_sample_of_a_finished_task_is_read_whole() {
    let state = read(
        r#"{
            "extra": {"seed": "42", "debug_info": {"request_info": "", "submit_time_ms": ""}},
            "task": {"task_id": "t-1", "status": "TASK_STATUS_SUCCEED", "reason": "", "task_type": "KLING",
                     "eta": 0, "progress_percent": 0},
            "images": [],
            "videos": [{"video_url": "https://files.example/v.mp4?sig=1", "video_url_ttl": "3600", "video_type": "mp4"}],
            "audios": [{"audio_url": "https://files.example/a.mp3", "audio_url_ttl": 60, "audio_type": "mp3"}]
        }"#,
    );
    let video = Media {
        url: "https://files.example/v.mp4?sig=1".to_owned(),
        ttl_secs: Some(3600),
        kind: Some("mp4".to_owned()),
    };
    assert_eq!(state.videos, [video]);
    assert_eq!(state.audios[0].ttl_secs, Some(60));
    assert_eq!(
        (state.status.clone(), state.is_end(), state.failure()),
        (Status::Succeeded, true, None)
    );
    assert_eq!((state.progress_percent, state.eta_secs), (Some(0.0), Some(0.0)));
    assert_eq!(
        (state.task_id.as_deref(), state.seed.as_deref()),
        (Some("t-1"), Some("42"))
    );
    assert_eq!((state.reason, state.unusable_files), (None, 0));
}

#[test]
fn statuses_keep_their_words_and_only_two_end_a_task() {
    let cases = [
        ("TASK_STATUS_QUEUED", Status::Queued, false),
        ("TASK_STATUS_PROCESSING", Status::Processing, false),
        ("TASK_STATUS_SUCCEED", Status::Succeeded, true),
        ("TASK_STATUS_FAILED", Status::Failed, true),
        (
            "TASK_STATUS_UNKNOWN",
            Status::Unknown("TASK_STATUS_UNKNOWN".to_owned()),
            false,
        ),
        (
            "TASK_STATUS_SUCCEEDED",
            Status::Unknown("TASK_STATUS_SUCCEEDED".to_owned()),
            false,
        ),
        ("failed", Status::Unknown("failed".to_owned()), false),
    ];
    for (word, status, is_end) in cases {
        let state = task(&format!(r#""status":"{word}""#));
        assert_eq!(
            (&state.status, state.status.as_str(), state.is_end()),
            (&status, word, is_end)
        );
        let written = serde_json::to_string(&status).expect("text");
        assert_eq!(written, format!("\"{word}\""));
        assert_eq!(serde_json::from_str::<Status>(&written).expect("status"), status);
    }
    for silent in [
        "",
        r#""status":null"#,
        r#""status":"" "#,
        r#""status":[]"#,
        r#""status":{"a":1}"#,
    ] {
        assert_eq!(task(silent).status, Status::Unknown(String::new()), "{silent}");
    }
}

#[test]
fn numbers_are_taken_as_numbers_or_text_and_kept_within_reason() {
    let cases = [
        ("40", Some(40.0)),
        ("40.5", Some(40.5)),
        ("\"40\"", Some(40.0)),
        ("-3", Some(0.0)),
        ("250", Some(100.0)),
        ("\"NaN\"", None),
        ("\"inf\"", None),
        ("\"soon\"", None),
        ("null", None),
        ("[]", None),
    ];
    for (value, expected) in cases {
        assert_eq!(
            task(&format!(r#""progress_percent":{value}"#)).progress_percent,
            expected,
            "{value}"
        );
    }
    for (value, expected) in [
        ("12", Some(12.0)),
        ("-1", None),
        ("1e300", Some(604_800.0)),
        ("\"9\"", Some(9.0)),
    ] {
        assert_eq!(task(&format!(r#""eta":{value}"#)).eta_secs, expected, "{value}");
    }
    let not_finite = Input::Object(vec![(
        "task".to_owned(),
        Input::Object(vec![("progress_percent".to_owned(), Input::Number(f64::NAN))]),
    )]);
    assert_eq!(
        TaskState::read(&not_finite).expect("a state").progress_percent,
        None
    );
}

#[test]
fn a_reason_counts_only_when_the_task_failed() {
    let failed = task(r#""status":"TASK_STATUS_FAILED","reason":"ILLEGAL_PROMPT""#);
    let failure = failed.failure().expect("a failure");
    assert_eq!(
        (failure.kind, failure.retryable),
        (FailureKind::TaskFailed, false)
    );
    assert_eq!(failure.reason.as_deref(), Some("ILLEGAL_PROMPT"));
    assert_eq!(failure.detail.as_deref(), Some("ILLEGAL_PROMPT"));
    let words = task(r#""status":"TASK_STATUS_FAILED","reason":" the prompt \n was not liked ""#);
    assert_eq!(words.reason.as_deref(), Some("the prompt was not liked"));
    assert_eq!(words.failure().expect("a failure").reason, None);
    assert_eq!(
        task(r#""status":"TASK_STATUS_FAILED""#)
            .failure()
            .expect("a failure")
            .detail,
        None
    );
    assert_eq!(
        task(r#""status":"TASK_STATUS_PROCESSING","reason":"x""#).reason,
        None
    );
    assert_eq!(task(r#""status":"TASK_STATUS_PROCESSING""#).failure(), None);
}

#[test]
fn only_web_addresses_are_files() {
    let cases = [
        ("https://a.example/v.mp4", true),
        ("HTTP://a.example/v.mp4", true),
        (" https://a.example/v.mp4 ", true),
        ("javascript:alert(1)", false),
        ("data:text/html,x", false),
        ("file:///etc/passwd", false),
        ("//a.example/v.mp4", false),
        ("/files/v.mp4", false),
        ("https:///v.mp4", false),
        ("https://", false),
        ("https://a.example/a b", false),
        ("https://a.example/\\u0000", false),
        ("", false),
    ];
    for (url, taken) in cases {
        let state = read(&format!(
            r#"{{"task":{{"status":"TASK_STATUS_SUCCEED"}},"videos":[{{"video_url":"{url}"}}]}}"#
        ));
        assert_eq!(
            (state.videos.len(), state.unusable_files),
            if taken { (1, 0) } else { (0, 1) },
            "{url}"
        );
    }
}

#[test]
fn a_success_without_a_video_is_an_end_and_a_strange_one() {
    for text in [
        r#"{"task":{"status":"TASK_STATUS_SUCCEED"}}"#,
        r#"{"task":{"status":"TASK_STATUS_SUCCEED"},"videos":null}"#,
        r#"{"task":{"status":"TASK_STATUS_SUCCEED"},"videos":[{}, 3, null]}"#,
        r#"{"task":{"status":"TASK_STATUS_SUCCEED"},"videos":{"video_url":"https://a.example/v"}}"#,
    ] {
        let state = read(text);
        assert!(state.is_end(), "{text}");
        let failure = state.failure().expect(text);
        assert_eq!(
            (failure.kind, failure.retryable),
            (FailureKind::Provider, true),
            "{text}"
        );
    }
}

#[test]
fn what_holds_no_task_is_no_state() {
    for text in [
        "{}",
        "[]",
        "null",
        "3",
        r#""task""#,
        r#"{"task":null}"#,
        r#"{"task":[]}"#,
        r#"{"task":"t"}"#,
    ] {
        assert_eq!(TaskState::read(&json(text)), None, "{text}");
    }
}

#[test]
fn hostile_sizes_are_clipped() {
    let long = "x".repeat(100_000);
    let state = task(&format!(
        r#""status":"{long}","task_type":"{long}","task_id":"{long}""#
    ));
    assert!(state.status.as_str().len() < 200 && state.task_type.expect("type").len() < 200);
    let state = task(&format!(r#""status":"TASK_STATUS_FAILED","reason":"{long}""#));
    assert!(state.reason.expect("reason").len() < 2100);
    let files = vec![r#"{"video_url":"https://a.example/v"}"#; 5000].join(",");
    let state = read(&format!(r#"{{"task":{{}},"videos":[{files}]}}"#));
    assert_eq!((state.videos.len(), state.unusable_files), (64, 5000 - 64));
    let state = read(&format!(
        r#"{{"task":{{}},"videos":[{{"video_url":"https://a.example/{long}"}}]}}"#
    ));
    assert!(state.videos.is_empty());
}

#[test]
fn ids_from_outside_are_checked() {
    for (text, expected) in [
        ("t-1", Some("t-1")),
        (" t-1\n", Some("t-1")),
        ("a b", None),
        ("", None),
        (" ", None),
    ] {
        assert_eq!(
            TaskId::new(text).as_ref().map(TaskId::as_str),
            expected,
            "{text:?}"
        );
    }
    assert_eq!(TaskId::new("a\u{0}b"), None);
    assert_eq!(TaskId::new("a\u{fffd}b"), None);
    assert!(TaskId::new(&"x".repeat(256)).is_some());
    assert_eq!(TaskId::new(&"x".repeat(257)), None);
    assert!(serde_json::from_str::<TaskId>(r#""a b""#).is_err());
    let id = TaskId::new("t-1").expect("an id");
    assert_eq!(serde_json::to_string(&id).expect("text"), r#""t-1""#);
}

fn any_input() -> impl Strategy<Value = Input> {
    let leaf = prop_oneof![
        Just(Input::Null),
        any::<bool>().prop_map(Input::Bool),
        any::<f64>().prop_map(Input::Number),
        any::<String>().prop_map(Input::Text),
        prop::collection::vec(any::<u8>(), 0..8).prop_map(|bytes| Input::Bytes(bytes.into())),
    ];
    let name = prop_oneof![
        Just("task".to_owned()),
        Just("status".to_owned()),
        Just("videos".to_owned()),
        Just("video_url".to_owned()),
        Just("video_url_ttl".to_owned()),
        Just("eta".to_owned()),
        Just("progress_percent".to_owned()),
        Just("extra".to_owned()),
        any::<String>(),
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Input::List),
            prop::collection::vec((name.clone(), inner), 0..6).prop_map(Input::Object),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_comes_is_read_within_its_bounds(task in any_input(), videos in any_input()) {
        let fields = match task {
            Input::Object(_) => task,
            other => Input::Object(vec![("progress_percent".to_owned(), other)]),
        };
        let answer = Input::Object(vec![("task".to_owned(), fields), ("videos".to_owned(), videos)]);
        let state = TaskState::read(&answer).expect("there is a task object");
        prop_assert!(state.progress_percent.is_none_or(|percent| (0.0..=100.0).contains(&percent)));
        prop_assert!(state.eta_secs.is_none_or(|secs| secs.is_finite() && secs >= 0.0));
        prop_assert!(state.reason.is_none() || state.status == Status::Failed);
        prop_assert!(state.videos.iter().all(|video| video.url.to_lowercase().starts_with("http")));
        prop_assert!(state.failure().is_none() || state.is_end());
    }
}
