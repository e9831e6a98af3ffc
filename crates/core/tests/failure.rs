//! Kinds, their names, and what is taken out of foreign words.

use proptest::prelude::*;
use rushes_core::failure::redact;
use rushes_core::{Failure, FailureKind};

#[test]
fn every_kind_is_written_and_read_by_its_name() {
    let names = [
        (FailureKind::Invalid, "invalid"),
        (FailureKind::Image, "image"),
        (FailureKind::Moderation, "moderation"),
        (FailureKind::Balance, "balance"),
        (FailureKind::Auth, "auth"),
        (FailureKind::Permission, "permission"),
        (FailureKind::NotFound, "not_found"),
        (FailureKind::RateLimit, "rate_limit"),
        (FailureKind::Provider, "provider"),
        (FailureKind::Unsure, "unsure"),
        (FailureKind::Network, "network"),
        (FailureKind::TaskFailed, "task_failed"),
    ];
    for (kind, name) in names {
        assert_eq!(kind.as_str(), name);
        assert_eq!(serde_json::to_string(&kind).expect("text"), format!("\"{name}\""));
        assert_eq!(
            serde_json::from_str::<FailureKind>(&format!("\"{name}\"")).expect("a kind"),
            kind
        );
    }
}

#[test]
fn a_failure_survives_being_stored() {
    let failure = Failure {
        kind: FailureKind::RateLimit,
        status: Some(429),
        reason: Some("RATE_LIMIT_EXCEEDED".to_owned()),
        message: "Wait.".to_owned(),
        detail: None,
        retry_after_ms: Some(7_000),
        retryable: true,
    };
    let stored = serde_json::to_string(&failure).expect("text");
    assert_eq!(
        serde_json::from_str::<Failure>(&stored).expect("a failure"),
        failure
    );
}

#[test]
fn plain_words_stay_as_they_are() {
    for words in [
        "",
        "The prompt was not liked.",
        "task_id 8aff2d7e-7374-bef4-c319-75f10fc0466b not found",
        "width 299 is below 300 px",
        "quota of 5 requests per minute used up",
        "The key is missing.",
        "see https://novita.ai/docs/api-reference for more",
        "risk_level high, disk-space low",
        "多人, émoji 🦊 — fine",
    ] {
        assert_eq!(redact(words), words);
    }
}

proptest! {
    #[test]
    fn no_key_survives_whatever_stands_around_it(
        before in "[ -~]{0,40}",
        after in "[ -~]{0,40}",
        key in "[A-Za-z0-9]{12,40}[0-9]",
        form in 0_usize..7,
    ) {
        let told = match form {
            0 => format!("sk_{key}"),
            1 => format!("Bearer {key}"),
            2 => format!("\"Authorization\": \"Bearer {key}\""),
            3 => format!("api_key={key}"),
            4 => format!("https://host.example/v.mp4?sig={key}"),
            5 => format!("https://me:{key}@host.example/"),
            _ => format!("API key provided: {key}"),
        };
        let shown = redact(&format!("{before} {told} {after}"));
        prop_assert!(!shown.contains(&key), "{shown}");
    }

    #[test]
    fn anything_can_be_redacted_and_a_second_time_changes_nothing_more(text in any::<String>()) {
        let once = redact(&text);
        prop_assert_eq!(redact(&once), once);
    }
}
