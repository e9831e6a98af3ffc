//! `--faults` as a program: what it refuses, and what its bill outlives.

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use support::{Program, T2V, client, json_of};

fn script(dir: &tempfile::TempDir, json: &str) -> String {
    let path = dir.path().join("faults.json");
    std::fs::write(&path, json).expect("a file");
    path.to_str().expect("a plain path").to_owned()
}

async fn bill(server: &Program) -> Value {
    let url = format!("{}/faults/bill", server.url);
    json_of(client().get(url).send().await.expect("an answer")).await
}

fn request(prompt: &str) -> Value {
    json!({ "prompt": prompt, "duration": 3, "aspect_ratio": "1:1" })
}

#[test]
fn a_wrong_script_is_refused_with_everything_that_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let key = [("NOVITA_API_KEY", "sk-canary")];
    let cases = [
        (
            r#"{"seed":-1,"rules":[{"on":"read","do":"explode"}]}"#,
            &key[..0],
            vec!["/seed: takes", "/rules/0/do: takes"],
        ),
        ("{\n  nonsense\n}", &key[..0], vec!["line 2 column 3"]),
        ("{}", &key[..], vec!["NOVITA_API_KEY"]),
        ("", &key[..0], vec!["cannot be read as JSON"]),
    ];
    for (json, env, words) in cases {
        let path = script(&dir, json);
        let (status, log) = Program::start(dir.path(), &["--faults", &path], env).ended();
        assert!(!status.success(), "{json}");
        for word in words {
            assert!(log.contains(word), "{json}: {log}");
        }
        assert!(!log.contains("canary"));
    }
    let (status, log) = Program::start(dir.path(), &["--faults", "/nowhere"], &[]).ended();
    assert!(!status.success() && log.contains("could not be read"), "{log}");
}

#[tokio::test]
async fn the_bill_outlives_a_killed_server() {
    let dir = tempfile::tempdir().unwrap();
    let rules = r#"[{"on":"create","prompt":"lost","do":"drop","when":"after"}]"#;
    let path = script(&dir, &format!(r#"{{"tasks":{{}},"rules":{rules}}}"#));
    let flags = ["--faults", path.as_str()];
    let mut server = Program::start(dir.path(), &flags, &[]);
    let answer = server.post(T2V, &request("a fox")).await;
    let id = json_of(answer).await["task_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let url = format!("{}{T2V}", server.url);
    let lost = client()
        .post(url)
        .header("content-type", "application/json")
        .body(request("a lost hen").to_string());
    assert!(lost.send().await.is_err(), "no answer");
    let before = bill(&server).await;
    assert_eq!((&before["accepted"], &before["answered"]), (&json!(2), &json!(1)));
    server.kill();

    let server = Program::start(dir.path(), &flags, &[]);
    let after = bill(&server).await;
    assert_eq!(after["intents"], before["intents"]);
    let state = server.read(&id).await;
    assert_eq!(state["task"]["status"], "TASK_STATUS_SUCCEED", "{state}");
}

#[tokio::test]
async fn whenever_it_is_killed_every_task_is_on_the_bill() {
    let dir = tempfile::tempdir().unwrap();
    let path = script(&dir, r#"{"tasks":{"rendering_ms":600000}}"#);
    let flags = ["--faults", path.as_str()];
    let tasks = || -> BTreeSet<String> {
        let entries = std::fs::read_dir(dir.path().join("tasks")).expect("a folder");
        entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .into_string()
                    .expect("a name")
            })
            .filter(|name| !name.starts_with('.'))
            .collect()
    };
    let http = client();
    for round in 0..4 {
        let mut server = Program::start(dir.path(), &flags, &[]);
        let posts: Vec<_> = (0..30)
            .map(|number| {
                let url = format!("{}{T2V}", server.url);
                let body = request(&format!("take {round} {number}")).to_string();
                let post = http
                    .post(url)
                    .header("content-type", "application/json")
                    .body(body);
                tokio::spawn(async move { post.send().await.is_ok() })
            })
            .collect();
        // In the middle of them.
        while tasks().len() < round * 20 + 5 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.kill();
        for post in posts {
            let _ = post.await;
        }
    }
    let server = Program::start(dir.path(), &flags, &[]);
    let billed: Vec<String> = bill(&server).await["intents"]
        .as_array()
        .expect("intents")
        .iter()
        .flat_map(|intent| intent["tasks"].as_array().expect("tasks").clone())
        .map(|task| task.as_str().expect("an id").to_owned())
        .collect();
    let on_disk = tasks();
    assert!(on_disk.len() >= 65, "{}", on_disk.len());
    assert_eq!(billed.len(), on_disk.len(), "none twice");
    assert_eq!(billed.into_iter().collect::<BTreeSet<_>>(), on_disk);
}
