//! What a fault means to a client: what is accepted, refused, unsure, missed.

use rushes_contract::OverHttp;
use rushes_core::exchange::{Created, Read};
use rushes_core::{FailureKind, Status, TaskId};

use super::{LONG, QUICK, client, request, service, state, task};

#[tokio::test]
async fn a_create_that_meets_a_fault_is_taken_for_what_it_is_and_billed_once_at_most() {
    let cases = [
        (r#""do":"rate_limit","retry_after":1,"times":1"#, "accepted", 1),
        (r#""do":"rate_limit","retry_after":600"#, "refused", 0),
        (r#""do":"error""#, "unsure", 0),
        (r#""do":"error","when":"after""#, "unsure", 1),
        (
            r#""do":"error","status":502,"form":"html","when":"after""#,
            "unsure",
            1,
        ),
        (
            r#""do":"error","status":503,"form":"nested","when":"after""#,
            "unsure",
            1,
        ),
        (
            r#""do":"error","status":504,"form":"text","when":"after""#,
            "unsure",
            1,
        ),
        (
            r#""do":"error","status":504,"form":"empty","when":"after""#,
            "unsure",
            1,
        ),
        (
            r#""do":"error","status":400,"reason":"ILLEGAL_PROMPT""#,
            "refused",
            0,
        ),
        (r#""do":"redirect","to":"/elsewhere","when":"after""#, "unsure", 1),
        (r#""do":"drop""#, "unsure", 0),
        (r#""do":"drop","when":"after""#, "unsure", 1),
        (r#""do":"refuse","for_ms":100"#, "unsure", 0),
        (r#""do":"stall","for_ms":30"#, "accepted", 1),
        (r#""do":"stall","for_ms":30,"when":"before""#, "accepted", 1),
        (r#""do":"cut","at":0"#, "unsure", 1),
        (r#""do":"cut""#, "unsure", 1),
        (r#""do":"slow","bytes_per_sec":200"#, "accepted", 1),
        (r#""do":"garble""#, "unsure", 1),
        (r#""do":"garble","into":"html""#, "unsure", 1),
        (r#""do":"garble","into":"text""#, "unsure", 1),
        (r#""do":"garble","into":"empty""#, "unsure", 1),
        (r#""do":"garble","into":"not_utf8""#, "unsure", 1),
        (r#""do":"no_task_id""#, "unsure", 1),
        (r#""do":"no_task_id","into":"null""#, "unsure", 1),
        (r#""do":"no_task_id","into":"blank""#, "unsure", 1),
        (r#""do":"no_task_id","into":"envelope""#, "unsure", 1),
        (r#""do":"no_cors""#, "accepted", 1),
    ];
    for (fault, outcome, billed) in cases {
        let service = service(QUICK, &format!(r#"{{"on":"create",{fault}}}"#)).await;
        let created = client(&service).create(&request("A fox")).await;
        let word = match &created {
            Created::Accepted(_) => "accepted",
            Created::Unsure(_) => "unsure",
            Created::Refused(_) => "refused",
        };
        assert_eq!(word, outcome, "{fault}: {created:?}");
        let bill = service.state().faults().expect("faults").bill();
        assert_eq!(bill.accepted, billed, "{fault}");
        assert_eq!(bill.answered, u64::from(outcome == "accepted"), "{fault}");
        assert_eq!(
            (bill.intents.len(), bill.intents[0].prompt.as_str()),
            (1, "A fox")
        );
        let resent = u64::from(fault.contains("times"));
        assert_eq!(
            bill.posts,
            1 + resent,
            "{fault}: what may be accepted is not sent again"
        );
        assert!(bill.rules[0].fired > 0, "{fault}");
    }
}

/// Reads a task once, with a fault on every read.
async fn read_with(tasks: &str, fault: &str) -> (OverHttp, TaskId, Read) {
    let service = service(tasks, &format!(r#"{{"on":"read",{fault}}}"#)).await;
    let id = task(&service).await;
    let read = client(&service).read(&id).await;
    (service, id, read)
}

#[tokio::test]
async fn a_read_that_meets_a_fault_tells_nothing_and_fails_nothing() {
    let cases = [
        (r#""do":"rate_limit","retry_after":7"#, FailureKind::RateLimit),
        (r#""do":"error""#, FailureKind::Provider),
        (r#""do":"error","status":401"#, FailureKind::Auth),
        (r#""do":"error","status":404"#, FailureKind::NotFound),
        (
            r#""do":"error","status":502,"form":"html""#,
            FailureKind::Provider,
        ),
        (r#""do":"redirect","to":"/""#, FailureKind::Provider),
        (r#""do":"drop""#, FailureKind::Network),
        (r#""do":"drop","when":"after""#, FailureKind::Network),
        (r#""do":"refuse","for_ms":100"#, FailureKind::Network),
        (r#""do":"cut""#, FailureKind::Network),
        (r#""do":"garble""#, FailureKind::Provider),
        (r#""do":"garble","into":"html""#, FailureKind::Provider),
        (r#""do":"garble","into":"empty""#, FailureKind::Provider),
        (r#""do":"garble","into":"not_utf8""#, FailureKind::Provider),
    ];
    for (fault, kind) in cases {
        match read_with(QUICK, fault).await.2 {
            Read::Missed(failure) => assert_eq!(failure.kind, kind, "{fault}: {failure:?}"),
            Read::State(state) => panic!("{fault}: {state:?}"),
        }
    }
    let (_, _, limited) = read_with(QUICK, cases[0].0).await;
    assert!(matches!(limited, Read::Missed(failure) if failure.retry_after_ms == Some(7_000)));
}

#[tokio::test]
async fn a_state_can_be_strange() {
    for fault in [
        r#""do":"stall","for_ms":30"#,
        r#""do":"slow","bytes_per_sec":2000"#,
        r#""do":"no_cors""#,
    ] {
        let (_, _, read) = read_with(QUICK, fault).await;
        assert_eq!(state(read).status, Status::Succeeded, "{fault}");
    }
    for into in ["empty_list", "missing", "null", "not_http"] {
        let fault = format!(r#""do":"no_url","into":"{into}""#);
        let state = state(read_with(QUICK, &fault).await.2);
        assert_eq!(
            (&state.status, state.videos.len()),
            (&Status::Succeeded, 0),
            "{into}"
        );
        assert!(state.failure().is_some_and(|failure| failure.retryable), "{into}");
    }
    for (fault, word) in [
        (r#""do":"unknown_status""#, "TASK_STATUS_ON_HOLD"),
        (r#""do":"unknown_status","status":"PAUSED""#, "PAUSED"),
    ] {
        let state = state(read_with(QUICK, fault).await.2);
        assert_eq!(state.status, Status::Unknown(word.to_owned()));
        assert!(!state.is_end() && state.videos.is_empty());
    }
    let (service, id, first) = read_with(LONG, r#""do":"progress_backwards""#).await;
    let second = client(&service).read(&id).await;
    let told = [first, second].map(|read| state(read).progress_percent);
    assert_eq!(told, [Some(90.0), Some(75.0)]);
}

#[tokio::test]
async fn a_link_can_be_dead_or_lead_elsewhere() {
    let http = rushes_server::http_client_builder().build().expect("a client");
    let (_dead, _, read) = read_with(QUICK, r#""do":"expired_url""#).await;
    let media = state(read).videos.remove(0);
    assert_eq!(media.ttl_secs, Some(3600), "it says that it lives");
    let answer = http.get(&media.url).send().await.expect("an answer");
    assert_eq!(answer.status(), 403);

    let (service, _, read) = read_with(QUICK, r#""do":"other_host""#).await;
    let url = state(read).videos.remove(0).url;
    let port = service.base().rsplit(':').next().expect("a port");
    assert!(
        url.starts_with(&format!("http://localhost:{port}/files/")),
        "{url}"
    );
    let addr = service
        .base()
        .trim_start_matches("http://")
        .parse()
        .expect("an address");
    let http = rushes_server::http_client_builder()
        .resolve("localhost", addr)
        .build();
    let answer = http.expect("a client").get(&url).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
}
