//! What a server of one's own tells of an intent whose answer was lost.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use rushes_client::Settled;
use rushes_core::exchange::{Arrival, Created};
use support::{Scripted, answer, lost, not_sent};

/// What the scripted clock says.
const NOW_MS: u64 = 1_700_000_000_000;

fn word(settled: &Settled) -> String {
    match settled {
        Settled::Created(Created::Accepted(id)) => format!("accepted {}", id.as_str()),
        Settled::Created(Created::Refused(failure)) => format!("refused {}", failure.kind.as_str()),
        Settled::Created(Created::Unsure(_)) => "unsure".to_owned(),
        Settled::UnderWay => "under way".to_owned(),
        Settled::NeverCame => "never".to_owned(),
        Settled::Forgotten => "forgotten".to_owned(),
        Settled::Untold => "untold".to_owned(),
    }
}

#[tokio::test(start_paused = true)]
async fn each_answer_has_its_meaning() {
    let ok = |json: &str| answer(200, json);
    let cases: Vec<(Arrival, &str)> = vec![
        (
            ok(r#"{"state":"answered","status":200,"answer":{"task_id":"t-1"},"refused":false}"#),
            "accepted t-1",
        ),
        (
            ok(r#"{"state":"answered","status":400,"answer":{"reason":"ILLEGAL_PROMPT"},"refused":true}"#),
            "refused moderation",
        ),
        (
            ok(
                r#"{"state":"answered","status":502,"answer":{"reason":"SERVICE_NOT_AVAILABLE"},"refused":true}"#,
            ),
            "refused network",
        ),
        (
            ok(r#"{"state":"answered","status":504,"answer":{},"refused":false}"#),
            "unsure",
        ),
        (
            ok(r#"{"state":"answered","status":500,"answer":"<html>","refused":false}"#),
            "unsure",
        ),
        (ok(r#"{"state":"answered","status":1e9,"answer":{}}"#), "untold"),
        (ok(r#"{"state":"answered","status":200}"#), "untold"),
        (ok(r#"{"state":"under_way"}"#), "under way"),
        (ok(r#"{"state":"not_known","remembers_ms":60000}"#), "never"),
        (ok(r#"{"state":"not_known","remembers_ms":59999}"#), "forgotten"),
        (ok(r#"{"state":"not_known"}"#), "untold"),
        (ok(r#"{"state":"from the future"}"#), "untold"),
        (ok("<html>"), "untold"),
        (
            answer(404, r#"{"state":"not_known","remembers_ms":60000}"#),
            "untold",
        ),
        (lost(), "untold"),
        (not_sent(), "untold"),
    ];
    for (arrival, expected) in cases {
        let words = format!("{arrival:?}");
        let transport = Scripted::new(vec![arrival], 0);
        let settled = transport.client().settle("intent-1", NOW_MS - 60_000).await;
        assert_eq!(word(&settled), expected, "{words}");
        assert_eq!((transport.posts(), transport.gets()), (1, 0), "asked once");
        let sent = transport.0.sent.lock().expect("lock").concat();
        assert!(sent.contains("/intents/intent-1 "), "{sent}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_went_back_proves_nothing() {
    let long = answer(200, r#"{"state":"not_known","remembers_ms":9e15}"#);
    let transport = Scripted::new(vec![long], 0);
    let settled = transport.client().settle("intent-1", NOW_MS + 1).await;
    assert_eq!(settled, Settled::Forgotten);
}
