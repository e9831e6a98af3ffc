//! A server that ends in the middle of a render loses nothing and shows no half.

mod support;

use std::time::Duration;

use serde_json::Value;
use support::{Program, T2V, json_of, text_request};

async fn until(server: &Program, id: &str, wanted: &[&str]) -> Value {
    loop {
        let state = server.read(id).await;
        let status = state["task"]["status"].as_str().expect("a status").to_owned();
        if wanted.contains(&status.as_str()) {
            return state;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Begins a long render and returns once some of its frames are done.
async fn begun(server: &Program) -> String {
    let id = json_of(server.post(T2V, &text_request(6)).await).await["task_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    loop {
        let state = until(server, &id, &["TASK_STATUS_PROCESSING"]).await;
        if state["task"]["progress_percent"]
            .as_u64()
            .is_some_and(|percent| percent >= 5)
        {
            return id;
        }
    }
}

const ENDS: [&str; 2] = ["TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED"];

#[tokio::test]
async fn a_killed_render_ends_well_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Program::start(data.path(), &[], &[]);
    let id = begun(&server).await;
    let waiting = json_of(server.post(T2V, &text_request(3)).await).await;
    server.kill();
    assert!(
        !data.path().join("tasks").join(&id).join("video.mp4").exists(),
        "no half is visible"
    );

    let server = Program::start(data.path(), &[], &[]);
    let state = until(&server, &id, &ENDS).await;
    assert_eq!(state["task"]["status"], "TASK_STATUS_SUCCEED", "{state}");
    let url = state["videos"][0]["video_url"].as_str().expect("a URL");
    let video = support::client()
        .get(url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(&video[4..8], b"ftyp");
    let other = until(&server, waiting["task_id"].as_str().expect("an id"), &ENDS).await;
    assert_eq!(
        other["task"]["status"], "TASK_STATUS_SUCCEED",
        "the one that waited too"
    );
}

#[tokio::test]
async fn a_stopped_render_is_put_back_and_ends_well() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Program::start(data.path(), &[], &[]);
    let id = begun(&server).await;
    let status = server.terminate();
    let (_, log) = server.ended();
    assert!(status.success(), "{log}");
    let record = std::fs::read_to_string(data.path().join("tasks").join(&id).join("record.json")).unwrap();
    let record: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(
        (&record["stage"], &record["attempts"]),
        (&"queued".into(), &0.into()),
        "{log}"
    );

    let server = Program::start(data.path(), &[], &[]);
    assert_eq!(
        until(&server, &id, &ENDS).await["task"]["status"],
        "TASK_STATUS_SUCCEED"
    );
}

#[tokio::test]
async fn a_second_server_keeps_out_of_the_folder() {
    let data = tempfile::tempdir().unwrap();
    let _first = Program::start(data.path(), &[], &[]);
    let (status, log) = Program::start(data.path(), &[], &[]).ended();
    assert!(!status.success());
    assert!(log.contains("another server is using"), "{log}");
}
