//! What is sent, and what every kind of answer means: tables of cases.

use proptest::prelude::*;
use rushes_core::exchange::{self, Arrival, Body, Created, MAX_SENDS, Method, Read};
use rushes_core::{Endpoint, FailureKind, Status, TaskId, check};

const NOW_MS: u64 = 1_700_000_000_000;

fn answer(status: u16, body: &str) -> Arrival {
    Arrival::Answer {
        status,
        retry_after: None,
        body: Body::from_json_text(body),
    }
}

fn id(text: &str) -> TaskId {
    TaskId::new(text).expect(text)
}

/// What a create came to, as one word and the kind.
fn verdict(created: &Created) -> (&'static str, Option<FailureKind>, bool) {
    match created {
        Created::Accepted(_) => ("accepted", None, false),
        Created::Refused(failure) => ("refused", Some(failure.kind), failure.retryable),
        Created::Unsure(failure) => ("unsure", Some(failure.kind), failure.retryable),
    }
}

#[test]
fn a_create_is_one_post_with_the_request_s_own_body() {
    let input = rushes_core::Input::Object(vec![("prompt".to_owned(), "A fox".to_owned().into())]);
    let request = check(Endpoint::TextToVideo, input).expect("valid").request;
    let http = exchange::create(&request);
    assert_eq!(http.method, Method::Post);
    assert_eq!(http.path, "/v3/async/kling-v3.0-std-t2v");
    assert_eq!(http.body, Some(request.body()));
}

#[test]
fn a_read_carries_its_id_percent_encoded() {
    let cases = [
        ("0a1b-2c3d_4.5~6", "0a1b-2c3d_4.5~6"),
        ("a/b?c=d&e#f%g+h", "a%2Fb%3Fc%3Dd%26e%23f%25g%2Bh"),
        ("id\u{e9}", "id%C3%A9"),
    ];
    for (text, encoded) in cases {
        let http = exchange::read(&id(text));
        assert_eq!(http.path, format!("/v3/async/task-result?task_id={encoded}"));
        assert_eq!((http.method, http.body), (Method::Get, None));
    }
}

#[test]
fn every_documented_reason_decides_a_create() {
    use FailureKind as Kind;
    let refusals = [
        ("INVALID_REQUEST_BODY", Kind::Invalid),
        ("IMAGE_FILE_EXCEEDS_MAX_SIZE", Kind::Image),
        ("INVALID_IMAGE_FORMAT", Kind::Image),
        ("IMAGE_EXCEEDS_MAX_RESOLUTION", Kind::Image),
        ("INVALID_IMAGE_SIZE", Kind::Image),
        ("ILLEGAL_PROMPT", Kind::Moderation),
        ("ILLEGAL_IMAGE_CONTENT", Kind::Moderation),
        ("BILLING_BALANCE_NOT_ENOUGH", Kind::Balance),
        ("NOT_ENOUGH_BALANCE", Kind::Balance),
        ("NOT_ENOUGH_BUDGET", Kind::Balance),
        ("MISSING_API_KEY", Kind::Auth),
        ("INVALID_API_KEY", Kind::Auth),
        ("FAILED_TO_AUTH", Kind::Auth),
        ("BILLING_AUTH_FAILED", Kind::Auth),
        ("API_NOT_ALLOWED", Kind::Permission),
        ("FEATURE_NOT_ALLOWED", Kind::Permission),
        ("NEED_REAL_NAME_VERIFY", Kind::Permission),
        ("API_NOT_FOUND", Kind::NotFound),
        ("TASK_NOT_FOUND", Kind::NotFound),
        ("RATE_LIMIT_EXCEEDED", Kind::RateLimit),
        ("ANONYMOUS_ACCESS_QUOTA_EXCEEDS", Kind::RateLimit),
    ];
    // The tables of the API contradict each other on status, so the reason decides whatever the status is.
    for (reason, kind) in refusals {
        for status in [200, 400, 403, 404, 429, 500, 503] {
            let body =
                format!(r#"{{"code":{status},"reason":"{reason}","message":"words","metadata":{{}}}}"#);
            let created = exchange::created(&answer(status, &body), NOW_MS);
            let retryable = kind == Kind::RateLimit && (400..500).contains(&status);
            assert_eq!(
                verdict(&created),
                ("refused", Some(kind), retryable),
                "{reason} with {status}"
            );
        }
    }
    let troubles = [
        "BILLING_FAILED",
        "CREATE_TASK_FAILED",
        "GET_RESULT_FAILED",
        "TASK_FAILED",
        "SERVICE_NOT_AVAILABLE",
    ];
    for reason in troubles {
        for status in [200, 400, 500, 503, 504] {
            let body = format!(r#"{{"reason":"{reason}"}}"#);
            let created = exchange::created(&answer(status, &body), NOW_MS);
            assert_eq!(
                verdict(&created),
                ("unsure", Some(Kind::Unsure), false),
                "{reason} with {status}"
            );
        }
    }
}

#[test]
fn an_answer_without_a_documented_reason_is_judged_by_its_status() {
    use FailureKind as Kind;
    let accepted = ("accepted", None, false);
    let unsure = ("unsure", Some(Kind::Unsure), false);
    let refused = |kind| ("refused", Some(kind), false);
    let cases = [
        (200, r#"{"task_id":"t-1"}"#, accepted),
        (201, r#"{"task_id":"t-1","reason":"ILLEGAL_PROMPT"}"#, accepted),
        (200, r#"{"task_id":12345}"#, accepted),
        (200, r#"{"task_id":""}"#, unsure),
        (200, r#"{"task_id":null}"#, unsure),
        (200, r#"{"task_id":{}}"#, unsure),
        (200, r#"{"task_id":"two words"}"#, unsure),
        (200, "{}", unsure),
        (200, "[]", unsure),
        (200, "null", unsure),
        (200, "", unsure),
        (200, r#"{"task_id":"t-"#, unsure),
        (204, "", unsure),
        (200, "<html>hotel wifi</html>", unsure),
        (301, "", unsure),
        (307, r#"{"task_id":"t-1"}"#, unsure),
        (400, r#"{"task_id":"t-1"}"#, refused(Kind::Invalid)),
        (400, r#"{"reason":"SOMETHING_NEW"}"#, refused(Kind::Invalid)),
        (401, "", refused(Kind::Auth)),
        (402, "", refused(Kind::Balance)),
        (403, "<!doctype html><p>blocked", refused(Kind::Permission)),
        (404, "404 page not found", refused(Kind::NotFound)),
        (408, "", unsure),
        (409, "", unsure),
        (413, "", refused(Kind::Invalid)),
        (415, "", refused(Kind::Invalid)),
        (422, "", refused(Kind::Invalid)),
        (425, "", unsure),
        (429, "", ("refused", Some(Kind::RateLimit), true)),
        (
            429,
            r#"{"reason":"SERVICE_NOT_AVAILABLE"}"#,
            ("refused", Some(Kind::RateLimit), true),
        ),
        (429, r#"{"reason":"NOT_ENOUGH_BALANCE"}"#, refused(Kind::Balance)),
        (499, "", unsure),
        (500, "", unsure),
        (502, "<html>", unsure),
        (503, "", unsure),
        (504, "upstream request timeout", unsure),
        (0, "", unsure),
        (999, "", unsure),
    ];
    for (status, body, expected) in cases {
        let created = exchange::created(&answer(status, body), NOW_MS);
        assert_eq!(verdict(&created), expected, "{status} {body}");
    }
}

#[test]
fn no_answer_is_unsure_unless_nothing_left() {
    let lost = Arrival::Lost {
        detail: "connection reset".to_owned(),
    };
    let Created::Unsure(failure) = exchange::created(&lost, NOW_MS) else {
        panic!("{lost:?}")
    };
    assert_eq!(
        (failure.kind, failure.retryable, failure.status),
        (FailureKind::Unsure, false, None)
    );
    assert_eq!(failure.detail.as_deref(), Some("connection reset"));

    let not_sent = Arrival::NotSent {
        detail: "connection refused".to_owned(),
    };
    let Created::Refused(failure) = exchange::created(&not_sent, NOW_MS) else {
        panic!("{not_sent:?}")
    };
    assert_eq!((failure.kind, failure.retryable), (FailureKind::Network, true));
}

#[test]
fn all_three_error_forms_are_read() {
    let cases = [
        (
            r#"{"code":400,"reason":"ILLEGAL_PROMPT","message":"no"}"#,
            Some("ILLEGAL_PROMPT"),
            Some("no"),
        ),
        (
            r#"{"error":{"message":"no","code":"INVALID_API_KEY"}}"#,
            Some("INVALID_API_KEY"),
            Some("no"),
        ),
        (r#"{"error":{"message":"no","code":400}}"#, None, Some("no")),
        (r#"{"error":"no"}"#, None, Some("no")),
        (r#"{"reason":"it was not liked"}"#, None, Some("it was not liked")),
        (r#""no""#, None, Some("no")),
        ("no\r\n  such\tthing\u{0}", None, Some("no such thing")),
        ("<html><body>Bad gateway</body></html>", None, None),
        (" <!DOCTYPE html>", None, None),
        ("Error: <html><body onload=alert(1)>", None, None),
        (r#"{"message":"<script>alert(1)</script>"}"#, None, None),
        ("", None, None),
        (r#"{"message":7}"#, None, Some("7")),
        (r#"{"message":["a"]}"#, None, None),
    ];
    for (body, reason, detail) in cases {
        let Created::Refused(failure) = exchange::created(&answer(400, body), NOW_MS) else {
            panic!("{body}")
        };
        assert_eq!(
            (failure.reason.as_deref(), failure.detail.as_deref()),
            (reason, detail),
            "{body}"
        );
        assert!(
            failure.message.ends_with('.') && !failure.message.contains('<'),
            "{body}"
        );
    }
}

#[test]
fn foreign_words_are_clipped_and_hold_no_key() {
    let long = "word ".repeat(10_000);
    let Created::Refused(failure) = exchange::created(&answer(400, &long), NOW_MS) else {
        panic!("refused")
    };
    assert_eq!(failure.detail.expect("words").chars().count(), 501);

    for words in [
        "bad key sk_canary123",
        "Authorization: Bearer canary123canary456",
        r#"{"message":"got header 'authorization: bearer canary_123'"}"#,
        r#"{"error":{"message":"api_key=canary123 is unknown","code":401}}"#,
        r#"{"message":"headers {\"Authorization\":\"Bearer canary-123\"}"}"#,
        "see https://host.example/file.mp4?X-Amz-Signature=canary123",
        "see https://user:canary123@host.example/file",
        "Incorrect API key provided: canary*******123",
        "token eyJcanary.canary123canary123.canary",
    ] {
        let Created::Refused(failure) = exchange::created(&answer(401, words), NOW_MS) else {
            panic!("{words}")
        };
        let shown = format!("{failure:?}");
        assert!(!shown.contains("canary"), "{words}: {shown}");
    }
    let told = exchange::created(&answer(400, "task_id is missing; max tokens is 100"), NOW_MS);
    let Created::Refused(failure) = told else {
        panic!("refused")
    };
    assert_eq!(
        failure.detail.as_deref(),
        Some("task_id is missing; max tokens is 100")
    );
}

#[test]
fn retry_after_is_carried_along() {
    for (header, expected) in [
        ("7", Some(7_000)),
        ("Tue, 14 Nov 2023 22:13:50 GMT", Some(30_000)),
        ("x", None),
    ] {
        let limited = Arrival::Answer {
            status: 429,
            retry_after: Some(header.to_owned()),
            body: Body::Text(String::new()),
        };
        let Created::Refused(failure) = exchange::created(&limited, NOW_MS) else {
            panic!("{header}")
        };
        assert_eq!(failure.retry_after_ms, expected, "{header}");
        let Read::Missed(failure) = exchange::was_read(&id("t-1"), &limited, NOW_MS) else {
            panic!("{header}")
        };
        assert_eq!(
            (failure.retry_after_ms, failure.kind),
            (expected, FailureKind::RateLimit),
            "{header}"
        );
    }
}

#[test]
fn only_what_was_surely_not_accepted_is_sent_again_and_not_for_ever() {
    let refused = |arrival: &Arrival| match exchange::created(arrival, NOW_MS) {
        Created::Refused(failure) | Created::Unsure(failure) => failure,
        Created::Accepted(id) => panic!("accepted {id}"),
    };
    let limited = |header: Option<&str>| Arrival::Answer {
        status: 429,
        retry_after: header.map(str::to_owned),
        body: Body::Text(String::new()),
    };
    let not_sent = Arrival::NotSent {
        detail: String::new(),
    };
    let cases = [
        (&not_sent, 1, Some(1_000)),
        (&not_sent, 2, Some(2_000)),
        (&not_sent, 3, None),
        (&limited(None), 1, Some(10_000)),
        (&limited(None), 2, Some(20_000)),
        (&limited(None), 3, None),
        (&limited(Some("0")), 1, Some(1_000)),
        (&limited(Some("60")), 1, Some(60_000)),
        (&limited(Some("61")), 1, None),
        (
            &Arrival::Lost {
                detail: String::new(),
            },
            1,
            None,
        ),
        (&answer(500, ""), 1, None),
        (&answer(200, "{}"), 1, None),
        (&answer(400, ""), 1, None),
        (&answer(503, r#"{"reason":"RATE_LIMIT_EXCEEDED"}"#), 1, None),
    ];
    for (arrival, sent, expected) in cases {
        assert_eq!(
            exchange::resend(&refused(arrival), sent),
            expected,
            "{arrival:?} sent {sent} times"
        );
    }
}

#[test]
fn only_a_readable_state_of_this_task_is_one() {
    use FailureKind as Kind;
    let state = r#"{"task":{"task_id":"t-1","status":"TASK_STATUS_PROCESSING","progress_percent":40}}"#;
    let Read::State(read) = exchange::was_read(&id("t-1"), &answer(200, state), NOW_MS) else {
        panic!("state")
    };
    assert_eq!(
        (read.status, read.progress_percent),
        (Status::Processing, Some(40.0))
    );
    for bare in [r#"{"task":{}}"#, r#"{"task":{"status":"TASK_STATUS_DREAMING"}}"#] {
        let Read::State(read) = exchange::was_read(&id("t-1"), &answer(200, bare), NOW_MS) else {
            panic!("{bare}")
        };
        assert!(!read.is_end(), "{bare}");
    }

    let missed = [
        (
            200,
            r#"{"task":{"task_id":"t-2","status":"TASK_STATUS_FAILED"}}"#,
            Kind::Provider,
            true,
        ),
        (200, "{}", Kind::Provider, true),
        (200, r#"{"task":null}"#, Kind::Provider, true),
        (200, "<html>", Kind::Provider, true),
        (
            200,
            r#"{"code":404,"reason":"TASK_NOT_FOUND"}"#,
            Kind::NotFound,
            true,
        ),
        (500, state, Kind::Provider, true),
        (302, "", Kind::Provider, true),
        (400, "", Kind::Provider, true),
        (404, "", Kind::NotFound, true),
        (401, "", Kind::Auth, false),
        (403, "", Kind::Permission, false),
        (500, r#"{"reason":"GET_RESULT_FAILED"}"#, Kind::Provider, true),
    ];
    for (status, body, kind, retryable) in missed {
        let read = exchange::was_read(&id("t-1"), &answer(status, body), NOW_MS);
        let Read::Missed(failure) = read else {
            panic!("{status} {body}")
        };
        assert_eq!(
            (failure.kind, failure.retryable),
            (kind, retryable),
            "{status} {body}"
        );
    }
    for arrival in [
        Arrival::Lost {
            detail: String::new(),
        },
        Arrival::NotSent {
            detail: String::new(),
        },
    ] {
        let Read::Missed(failure) = exchange::was_read(&id("t-1"), &arrival, NOW_MS) else {
            panic!("missed")
        };
        assert_eq!((failure.kind, failure.retryable), (Kind::Network, true));
    }
}

fn any_arrival() -> impl Strategy<Value = Arrival> {
    let body = prop_oneof![
        any::<String>(),
        Just(r#"{"task_id":"t-1"}"#.to_owned()),
        "[A-Z_]{3,20}".prop_map(|reason| format!(r#"{{"reason":"{reason}","message":"{reason}"}}"#)),
        Just(r#"{"reason":"RATE_LIMIT_EXCEEDED"}"#.to_owned()),
        Just(r#"{"reason":"CREATE_TASK_FAILED"}"#.to_owned()),
    ];
    prop_oneof![
        any::<String>().prop_map(|detail| Arrival::NotSent { detail }),
        any::<String>().prop_map(|detail| Arrival::Lost { detail }),
        (any::<u16>(), proptest::option::of(any::<String>()), body.clone()).prop_map(
            |(status, retry_after, body)| Arrival::Answer {
                status,
                retry_after,
                body: Body::from_json_text(&body)
            }
        ),
        (100_u16..600, proptest::option::of("[0-9]{1,5}"), body).prop_map(|(status, retry_after, body)| {
            Arrival::Answer {
                status,
                retry_after,
                body: Body::from_json_text(&body),
            }
        }),
    ]
}

proptest! {
    #[test]
    fn nothing_is_sent_again_unless_never_connected_or_turned_away_for_its_rate(
        arrival in any_arrival(),
        now in any::<u64>(),
        sent in 0_u32..10,
    ) {
        let failure = match exchange::created(&arrival, now) {
            Created::Accepted(_) => return Ok(()),
            Created::Refused(failure) => failure,
            Created::Unsure(failure) => {
                prop_assert_eq!(failure.kind, FailureKind::Unsure);
                failure
            }
        };
        let again = exchange::resend(&failure, sent);
        let allowed = match &arrival {
            Arrival::NotSent { .. } => true,
            Arrival::Lost { .. } => false,
            Arrival::Answer { status, .. } => (400..500).contains(status) && failure.kind == FailureKind::RateLimit,
        };
        prop_assert!(again.is_none() || (allowed && sent < MAX_SENDS), "{arrival:?} {failure:?}");
    }

    #[test]
    fn only_success_accepts_and_a_server_s_error_without_reason_never_refuses(arrival in any_arrival()) {
        match (exchange::created(&arrival, NOW_MS), &arrival) {
            (Created::Accepted(_), Arrival::Answer { status, .. }) => prop_assert!((200..300).contains(status)),
            (Created::Accepted(_), _) => prop_assert!(false, "accepted without an answer"),
            (Created::Refused(failure), Arrival::Answer { status, .. }) if *status >= 500 => {
                prop_assert!(failure.reason.is_some(), "{failure:?}");
            }
            (Created::Refused(_), Arrival::Lost { .. }) => prop_assert!(false, "lost is never a refusal"),
            _ => {}
        }
    }

    #[test]
    fn a_read_never_ends_a_task_but_by_a_success_s_own_word(
        status in prop_oneof![Just(200_u16), 100_u16..600],
        word in "TASK_STATUS_(SUCCEED|FAILED|PROCESSING|[A-Z]{0,9})|[A-Z]{0,9}",
        told in proptest::option::of("t-[12]"),
        progress in 0..=100_u8,
    ) {
        let told_id = told.as_ref().map_or(String::new(), |told| format!(r#""task_id":"{told}","#));
        let body = format!(r#"{{"task":{{{told_id}"status":"{word}","progress_percent":{progress}}}}}"#);
        let arrival = Arrival::Answer { status, retry_after: None, body: Body::from_json_text(&body) };
        let read = exchange::was_read(&id("t-1"), &arrival, NOW_MS);
        let is_end = matches!(&read, Read::State(state) if state.is_end());
        let ends = ["TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED"].contains(&word.as_str());
        let is_answer = (200..300).contains(&status) && told.is_none_or(|told| told == "t-1");
        prop_assert_eq!(is_end, ends && is_answer, "{} {}", status, body);
    }

    #[test]
    fn no_other_arrival_ends_a_task_and_every_path_is_ascii(arrival in any_arrival(), text in "[!-~]{1,40}") {
        let id = id(&text);
        let read = exchange::was_read(&id, &arrival, NOW_MS);
        prop_assert!(matches!(read, Read::Missed(_)), "{:?}", read);
        prop_assert!(exchange::read(&id).path.is_ascii());
    }
}
