//! What each fuzz target does with its bytes; the ordinary tests run the same functions on seeded inputs.
//!
//! Run one with `RUSTC_BOOTSTRAP=1 cargo fuzz run image_header` in `crates/core`.

use rushes_core::check::check_json;
use rushes_core::exchange::{Arrival, Body, created, was_read};
use rushes_core::image::{ImageInfo, Probe, inspect, judge};
use rushes_core::{Endpoint, Input, Issue, TaskId, check};

/// The image header: the first byte says how small the pieces are, the rest is the file.
pub fn image_header(data: &[u8]) {
    let Some((piece, file)) = data.split_first() else {
        return;
    };
    let whole = probe(file, usize::MAX);
    let pieces = probe(file, usize::from(*piece) + 1);
    assert_eq!(whole, pieces, "the answer depends on the pieces");

    let inspection = inspect(file, "/image");
    assert_eq!(inspection.info.is_some(), whole.is_ok());
    match &whole {
        Ok(info) => {
            assert!(info.width > 0 && info.height > 0 && (1..=8).contains(&info.orientation));
            assert_eq!(inspection.issues, judge(info, "/image"));
        }
        Err(issue) => {
            assert!(matches!(issue.code.as_str(), "image_format" | "image_unreadable"));
            assert!(!inspection.issues.is_empty());
        }
    }
}

#[expect(clippy::result_large_err, reason = "as `Probe::finish` gives it")]
fn probe(file: &[u8], piece: usize) -> Result<ImageInfo, Issue> {
    let mut probe = Probe::new(file.len() as u64);
    let mut turns = 0;
    while let Some(range) = probe.wants() {
        assert!(range.start < range.end && range.end <= file.len() as u64);
        let start = usize::try_from(range.start).expect("within a slice");
        let end = usize::try_from(range.end).expect("within a slice");
        probe.feed(&file[start..end.min(start.saturating_add(piece))]);
        turns += 1;
        assert!(turns < 10_000_000, "does not come to an end");
    }
    probe.finish()
}

/// Both requests from JSON text: what passes is written to a body that passes again as the same request.
pub fn requests(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for endpoint in Endpoint::ALL {
        match check_json(endpoint, text) {
            Ok(checked) => {
                assert!(checked.warnings.iter().all(|issue| !issue.is_error()));
                let again = check_json(endpoint, &checked.request.body()).expect("a body passes again");
                assert_eq!(again.request, checked.request);
                let again =
                    check(endpoint, checked.request.accepted()).expect("an accepted request passes again");
                assert_eq!(again.request, checked.request);
                assert!((3..=15).contains(&checked.request.duration_secs()));
            }
            Err(report) => assert!(
                report.issues.iter().any(Issue::is_error),
                "refused without an error"
            ),
        }
    }
}

/// The readers of answers: the first two bytes are the status, the rest is the body.
pub fn answer(data: &[u8]) {
    let [high, low, body @ ..] = data else { return };
    let text = String::from_utf8_lossy(body);
    let body = match serde_json::from_str::<Input>(&text) {
        Ok(json) => Body::Json(json),
        Err(_) => Body::Text(text.clone().into_owned()),
    };
    let usual = [200, 201, 400, 401, 403, 404, 429, 500, 503, 504];
    let status = usual[usize::from(*high) % usual.len()].max(u16::from(*low));
    let retry_after = text.get(..text.len().min(40)).map(str::to_owned);
    let arrival = Arrival::Answer {
        status,
        retry_after,
        body,
    };
    let now_unix_ms = 1_800_000_000_000;
    let _created = created(&arrival, now_unix_ms);
    let id = TaskId::new("task-1").expect("a sound id");
    let _read = was_read(&id, &arrival, now_unix_ms);
}
