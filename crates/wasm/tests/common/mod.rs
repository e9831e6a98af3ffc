//! The bindings as JavaScript sees them: the same cases in Node and in a browser.

use js_sys::{JSON, JsString, Reflect};
use rushes_core::Input;
use rushes_wasm::tape::{Lengths, Tape};
use rushes_wasm::{Desk, HeaderProbe, Watch, exports, timeout_ms};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// What the TypeScript side makes of a value.
struct Laid {
    text: String,
    cells: Vec<f64>,
    files: Vec<Vec<u8>>,
}

fn lay(input: &Input) -> Laid {
    let mut laid = Laid {
        text: String::new(),
        cells: Vec::new(),
        files: Vec::new(),
    };
    laid.value(input);
    laid
}

impl Laid {
    fn value(&mut self, input: &Input) {
        match input {
            Input::Null => self.cells.push(0.0),
            Input::Bool(value) => self.cells.push(if *value { 2.0 } else { 1.0 }),
            Input::Number(value) => self.cells.extend([3.0, *value]),
            Input::Text(value) => {
                self.cells.push(4.0);
                self.string(value);
            }
            Input::Bytes(bytes) => {
                self.cells.extend([5.0, count(self.files.len())]);
                self.files.push(bytes.to_vec());
            }
            Input::List(items) => {
                self.cells.extend([6.0, count(items.len())]);
                for item in items {
                    self.value(item);
                }
            }
            Input::Object(fields) => {
                self.cells.extend([7.0, count(fields.len())]);
                for (name, value) in fields {
                    self.string(name);
                    self.value(value);
                }
            }
        }
    }

    fn string(&mut self, string: &str) {
        self.cells.push(count(string.encode_utf16().count()));
        self.text.push_str(string);
        self.text.push('\0');
    }
}

fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("small"))
}

fn object(fields: &[(&str, Input)]) -> Input {
    Input::Object(
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    )
}

/// Puts a value on the desk.
fn put(desk: &mut Desk, input: &Input) -> Lengths {
    let Laid { text, cells, files } = lay(input);
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    desk.write(&text, &cells, &files)
}

/// What answers a check, and its numbers.
fn check(image_to_video: bool, input: &Input) -> (String, Vec<f64>) {
    let mut desk = Desk::new();
    let Lengths { text, cells, files } = put(&mut desk, input);
    let length = desk.check(text, cells, files, image_to_video);
    assert_eq!(length, desk.answered().len());
    (desk.answered().to_owned(), desk.numbers().to_vec())
}

/// The answer as any JavaScript would see it, which is the same text if it is JSON in its shortest form.
fn json(answer: &str) -> String {
    let value = JSON::parse(answer).expect("JSON");
    let text: String = JSON::stringify(&value)
        .map(|text: JsString| text.into())
        .expect("a plain value");
    assert_eq!(text, answer);
    text
}

fn get(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, name| {
        Reflect::get(&value, &JsValue::from_str(name)).expect("an object")
    })
}

#[wasm_bindgen_test]
fn a_valid_request_is_an_outline_a_path_and_numbers() {
    let input = object(&[
        ("prompt", "A \"fox\" \u{7}🦊".into()),
        ("duration", Input::Number(8.0)),
        ("cfg_scale", Input::Number(0.1 + 0.2)),
        ("sound", true.into()),
    ]);
    let (answer, numbers) = check(false, &input);
    let outline = r#"{"prompt":"","duration":8,"cfg_scale":0.30000000000000004,"sound":true}"#;
    assert_eq!(answer, [outline, "/v3/async/kling-v3.0-std-t2v"].concat());
    let length = count(outline.len());
    assert_eq!(numbers, [length, 8.0, 0.1 + 0.2, 0.0, 1.0, 0.0, 0.0, 11.0, 0.0]);
}

#[wasm_bindgen_test]
fn shots_come_with_their_lengths_and_a_warning_beside_the_path() {
    let shot = |prompt: String| object(&[("prompt", prompt.into()), ("duration", Input::Number(4.0))]);
    let input = object(&[
        ("image", "https://example.com/a.png".into()),
        ("prompt", "A fox".into()),
        ("negative_prompt", "\u{fffd}".into()),
        (
            "multi_prompt",
            Input::List(vec![shot("é".repeat(513)), shot("雨\n".into())]),
        ),
    ]);
    let (answer, numbers) = check(true, &input);
    let outline = r#"{"image":"","prompt":"","negative_prompt":"","duration":8,"multi_prompt":[{"prompt":"","duration":4},{"prompt":"","duration":4}]}"#;
    let rest = answer.strip_prefix(outline).expect("the outline");
    let warnings = rest
        .strip_prefix("/v3/async/kling-v3.0-std-i2v")
        .expect("the path");
    assert!(
        json(warnings).starts_with(r#"[{"path":"/multi_prompt/0/prompt""#),
        "{warnings}"
    );
    let gaps: Vec<_> = outline
        .match_indices("\"\"")
        .map(|(at, _)| count(at + 1))
        .collect();
    let gaps = gaps.into_iter().zip([1.0, 1.0, 0.0, 1.0, 0.0]);
    let gaps: Vec<_> = gaps.flat_map(|(at, plain)| [at, plain]).collect();
    let head = [count(outline.len()), 8.0, 0.5, 0.0, 0.0, 1.0, 2.0, 4.0, 4.0];
    assert_eq!(numbers, [head.to_vec(), gaps].concat());
}

#[wasm_bindgen_test]
fn every_issue_comes_at_once_as_plain_objects() {
    let input = object(&[
        ("prompt", " ".into()),
        ("duration", Input::Number(f64::NAN)),
        ("aspect_ratio", "4:3".into()),
        ("sound", Input::Number(1e-7)),
        ("colour", Input::List(vec![])),
    ]);
    let (answer, numbers) = check(false, &input);
    assert_eq!(numbers, [0.0]);
    let found = JSON::parse(&json(&answer)).expect("JSON");
    let codes: Vec<_> = (0..5)
        .map(|at| get(&found, &[&at.to_string(), "code"]).as_string())
        .collect();
    assert_eq!(
        codes,
        [
            "blank",
            "out_of_range",
            "not_allowed",
            "wrong_type",
            "unknown_field"
        ]
        .map(|code| Some(code.to_owned()))
    );
    assert_eq!(get(&found, &["1", "limit", "max"]).as_f64(), Some(15.0));
    assert_eq!(
        get(&found, &["2", "limit", "2"]).as_string(),
        Some("1:1".to_owned())
    );
    assert_eq!(get(&found, &["3", "actual"]).as_f64(), Some(1e-7));
}

#[wasm_bindgen_test]
fn bytes_are_read_as_an_image() {
    let input = object(&[("prompt", "A fox".into()), ("image", vec![1_u8, 2, 3].into())]);
    let (found, _) = check(true, &input);
    assert!(
        found.contains(r#""path":"/image","code":"image_format""#),
        "{found}"
    );
}

#[wasm_bindgen_test]
fn a_tape_carries_every_value_through() {
    let deep = (0..60).fold(Input::Number(-0.5), |inner, _| Input::List(vec![inner]));
    let texts = ["", "\0", "a\0b", "🦊", "漢字\u{10ffff}", "é~}"].map(Input::from);
    let value = object(&[
        ("", Input::Null),
        ("🦊\0", Input::List(texts.to_vec())),
        (
            "n",
            Input::List([0.0, 1e300, f64::INFINITY, 0.1].map(Input::Number).to_vec()),
        ),
        ("bytes", vec![0_u8, 255].into()),
        ("deep", deep),
        ("o", object(&[("t", true.into()), ("f", false.into())])),
    ]);
    let mut desk = Desk::new();
    let lengths = put(&mut desk, &value);
    assert_eq!(desk.read(lengths), Some(value));
}

/// Whatever arrives on a tape, the answer is a value or an error, never a trap (which would end this test run).
#[wasm_bindgen_test]
fn a_broken_tape_is_an_error() {
    let broken: [&[f64]; 14] = [
        &[],
        &[8.0],
        &[-1.0],
        &[f64::NAN],
        &[0.5],
        &[3.0],
        &[4.0],
        &[4.0, 3.0],
        &[4.0, 4e9],
        &[5.0, 0.0],
        &[6.0, 4e9],
        &[7.0, 1.0, 1.0],
        &[0.0, 0.0],
        &[4.0, 1.0],
    ];
    for cells in broken {
        assert_eq!(read("🦊\0", cells), None, "{cells:?}");
    }
    let endless: Vec<f64> = [6.0, 1.0].repeat(100_000);
    assert_eq!(read("", &endless), None);
    let mut noise = 1_u32;
    for _ in 0..2000 {
        let cells: Vec<f64> = (0..24)
            .map(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f64::from(noise >> 29)
            })
            .collect();
        if let Some(read) = read("a\0🦊\0漢\0\0\0", &cells) {
            assert_eq!(lay(&read).cells, cells);
        }
    }
}

/// What is on such a tape.
fn read(text: &str, cells: &[f64]) -> Option<Input> {
    let mut desk = Desk::new();
    let lengths = desk.write(text, cells, &[]);
    desk.read(lengths)
}

/// Lengths that do not fit what was written.
#[wasm_bindgen_test]
fn lengths_that_do_not_fit_are_an_error() {
    let bytes = [b'a', 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0];
    for (text, cells, files) in [
        (13, 0, 0),
        (0, 2, 0),
        (0, 0, 1),
        (4, 1, 1),
        (10, 0, 0),
        (usize::MAX, usize::MAX, usize::MAX),
    ] {
        assert!(
            Tape::new(&bytes, Lengths { text, cells, files }).is_none(),
            "{text} {cells} {files}"
        );
    }
    let mut desk = Desk::new();
    let length = desk.check(1, 1, 1, true);
    assert!(desk.answered().starts_with("!the value was laid out wrongly") && length > 1);
}

#[wasm_bindgen_test]
fn a_price_follows_length_and_sound() {
    let request = object(&[("prompt", "A fox".into()), ("sound", true.into())]);
    let priced = |request: &Input, source: Input| {
        let mut desk = Desk::new();
        let list = Input::List(vec![request.clone(), source, Input::Null]);
        let Lengths { text, cells, .. } = put(&mut desk, &list);
        desk.estimate(text, cells, false, f64::NAN, 0.2);
        json(desk.answered())
    };
    let found = priced(&request, "a table".into());
    let expected = r#"{"estimate":{"seconds":5,"usd":1,"ratePerSecond":0.2,"source":"a table","asOf":"2026-10-07"},"issues":[]}"#;
    assert_eq!(found, expected);
    let none = priced(&object(&[]), Input::Null);
    assert!(
        none.starts_with(r#"{"estimate":null,"issues":[{"path":"/prompt","code":"required""#),
        "{none}"
    );
}

const JSON_BODY: u8 = 0;
const TEXT: u8 = 1;
const NOT_SENT: u8 = 2;
const LOST: u8 = 3;

/// An arrival as it is laid down: for a task, or for none.
fn arrival(desk: &mut Desk, id: &str, body: Input) -> (usize, usize) {
    let list = Input::List(vec![id.into(), Input::Null, body]);
    let Lengths { text, cells, .. } = put(desk, &list);
    (text, cells)
}

#[wasm_bindgen_test]
fn an_answer_to_a_create_is_an_id_or_a_failure_with_its_next_step() {
    let created = |arrived, status, body: Input, sent| {
        let mut desk = Desk::new();
        let (text, cells) = arrival(&mut desk, "", body);
        desk.created(text, cells, arrived, status, 1e12, sent);
        json(desk.answered())
    };
    let id = created(JSON_BODY, 200, object(&[("task_id", "t-1".into())]), 1);
    assert_eq!(id, r#"{"id":"t-1","failure":null,"resendMs":null}"#);
    let unsure = created(LOST, 0, "reset".into(), 1);
    assert!(
        unsure.contains(r#""kind":"unsure""#) && unsure.ends_with(r#""resendMs":null}"#),
        "{unsure}"
    );
    let refused = created(NOT_SENT, 0, "no such name".into(), 1);
    let expected = r#"{"id":null,"failure":{"kind":"network","status":null,"reason":null,"message":"No connection could be made and nothing was sent. Check the network, then send again.","detail":"no such name","retry_after_ms":null,"retryable":true},"resendMs":1000}"#;
    assert_eq!(refused, expected);
    let enough = created(NOT_SENT, 0, "no such name".into(), 3);
    assert!(enough.ends_with(r#""resendMs":null}"#), "{enough}");
    let text = created(TEXT, 401, "who are you?".into(), 1);
    assert!(text.contains(r#""kind":"auth","status":401"#), "{text}");
}

#[wasm_bindgen_test]
fn a_watch_asks_for_a_look_takes_it_and_lets_go_at_the_end() {
    let mut desk = Desk::new();
    let mut watch = Watch::new(30.0, 7.0);
    let text = desk.write("t-1", &[], &[]).text;
    assert_eq!(watch.watch(&mut desk, text, 3_600_000.0, 8, true, 1000.0), 0);
    let wrong = desk.write("no id", &[], &[]).text;
    assert!(watch.watch(&mut desk, wrong, 0.0, 0, false, 0.0) > 0);
    assert!(desk.answered().starts_with("!not a task id: "));
    watch.next(&mut desk, 1000.0);
    assert_eq!(json(desk.answered()), r#"{"read":["t-1"],"waitUntil":null}"#);
    let mut saw = |watch: &mut Watch, status: &str, now| {
        let video = object(&[
            ("video_url", "https://e.x/v.mp4".into()),
            ("video_url_ttl", "3600".into()),
        ]);
        let told = object(&[
            (
                "task",
                object(&[
                    ("task_id", "t-1".into()),
                    ("status", status.into()),
                    ("eta", Input::Number(12.5)),
                ]),
            ),
            ("videos", Input::List(vec![video])),
        ]);
        let (text, cells) = arrival(&mut desk, "t-1", told);
        watch.saw(&mut desk, text, cells, JSON_BODY, 200, 1e12, now);
        json(desk.answered())
    };
    let going = saw(&mut watch, "TASK_STATUS_PROCESSING", 1100.0);
    let expected = r#"{"state":{"task":{"task_id":"t-1","status":"TASK_STATUS_PROCESSING","reason":null,"task_type":null,"eta_secs":12.5,"progress_percent":null,"videos":[{"url":"https://e.x/v.mp4","ttl_secs":3600,"kind":null}],"images":[],"audios":[],"unusable_files":0,"seed":null},"phase":"processing","ended":false,"problem":null},"failure":null,"lost":false,"slow":false}"#;
    assert_eq!(going, expected);
    let failed = saw(&mut watch, "TASK_STATUS_FAILED", 9000.0);
    assert!(
        failed.contains(r#""phase":"failed","ended":true"#) && failed.contains(r#""kind":"task_failed""#),
        "{failed}"
    );
    watch.next(&mut desk, 10_000.0);
    assert_eq!(json(desk.answered()), r#"{"read":[],"waitUntil":null}"#);
}

#[wasm_bindgen_test]
fn a_path_names_the_task_and_nothing_else() {
    let mut desk = Desk::new();
    let text = desk.write("a/b?c&d", &[], &[]).text;
    desk.read_path(text);
    assert_eq!(desk.answered(), "/v3/async/task-result?task_id=a%2Fb%3Fc%26d");
    desk.read_path(0);
    assert!(desk.answered().starts_with('!'));
    assert!(timeout_ms(-1.0) < timeout_ms(0.0) && timeout_ms(0.0) < timeout_ms(1e7));
}

#[wasm_bindgen_test]
fn a_header_is_read_piece_by_piece() {
    let mut header = vec![
        0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R',
    ];
    header.extend([0, 0, 2, 128, 0, 0, 1, 224, 8, 2, 0, 0, 0, 0xba, 0xb3, 0x4b, 0xb3]);
    header.resize(20_000, 0);
    let mut desk = Desk::new();
    let mut probe = HeaderProbe::new(20_000.0);
    let mut read = 0;
    while probe.wants_from() >= 0.0 {
        let [start, end] = [probe.wants_from(), probe.wants_to()].map(|at| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "within the file"
            )]
            let at = at as usize;
            at
        });
        read += end - start;
        desk.write_bytes(&header[start..end]);
        probe.feed(&desk, end - start);
    }
    assert!(read <= 65_536, "{read}");
    let path = desk.write("/image", &[], &[]).text;
    probe.finish(&mut desk, path);
    let found = json(desk.answered());
    assert!(
        found.starts_with(r#"{"format":"png","width":640,"height":480,"orientation":1,"bytes":20000,"#),
        "{found}"
    );
    let path = desk.write("/image", &[], &[]).text;
    HeaderProbe::new(2e7).finish(&mut desk, path);
    let nothing = json(desk.answered());
    assert!(
        nothing.contains(r#""path":"/image","code":"image_unreadable""#)
            && nothing.contains(r#""path":"/image","code":"image_too_big""#),
        "{nothing}"
    );
}

#[wasm_bindgen_test]
fn an_image_given_as_text_is_inspected() {
    let mut desk = Desk::new();
    for (image, expected) in [
        (
            "data:image/gif;base64,R0lGODlh",
            r#""bytes":6,"issues":[{"path":"/image","code":"image_format""#,
        ),
        (
            "https://example.com/a.png",
            r#""bytes":0,"issues":[{"path":"/image","code":"bad_image_source""#,
        ),
    ] {
        let text = desk.write(&["/image", image].concat(), &[], &[]).text;
        desk.inspect_text(text, 6);
        let found = json(desk.answered());
        assert!(found.contains(expected), "{found}");
    }
}

/// What goes by a number is let go by it, and the number is given again.
#[wasm_bindgen_test]
fn watchers_and_probes_go_by_numbers() {
    let (first, second) = (exports::watch_new(60.0, 1.0), exports::watch_new(60.0, 2.0));
    assert_ne!(first, second);
    assert!(exports::watch_next(first, 0.0) > 1);
    exports::watch_free(first);
    exports::watch_free(first);
    let error = exports::watch_next(first, 0.0);
    assert_eq!(error, "!it was let go before".len());
    assert!(exports::watch_next(second, 0.0) > error);
    assert_eq!(exports::watch_new(60.0, 3.0), first);

    let probe = exports::probe_new(100.0);
    assert!(exports::probe_wants_from(probe) >= 0.0);
    assert!(exports::probe_finish(probe, 0) > error);
    assert_eq!(exports::probe_finish(probe, 0), error);
    assert!(exports::probe_wants_to(probe) < 0.0);
    assert_eq!(exports::probe_new(1.0), probe);
    exports::probe_free(probe);
}
