//! The bindings as JavaScript sees them: the same cases in Node and in a browser.

use js_sys::{JSON, JsString, Reflect, Uint8Array};
use rushes_core::Input;
use rushes_wasm::{Arrived, HeaderProbe, Watch};
use wasm_bindgen::{JsError, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// What the TypeScript side makes of a value.
struct Laid {
    text: String,
    cells: Vec<f64>,
    files: Vec<Uint8Array>,
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
                self.files.push(Uint8Array::from(&bytes[..]));
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

fn check(endpoint: &str, input: &Input) -> Result<JsValue, JsError> {
    let Laid { text, cells, files } = lay(input);
    rushes_wasm::check(endpoint, &text, &cells, files, true)
}

/// The value as JSON text, as any JavaScript would see it.
fn json(value: Result<JsValue, JsError>) -> String {
    let value = value.map_err(JsValue::from).expect("core answers");
    JSON::stringify(&value)
        .map(|text: JsString| text.into())
        .expect("a plain value")
}

fn get(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, name| {
        Reflect::get(&value, &JsValue::from_str(name)).expect("an object")
    })
}

#[wasm_bindgen_test]
fn a_valid_request_is_a_path_a_body_and_its_defaults() {
    let input = object(&[
        ("prompt", "A fox 🦊".into()),
        ("duration", Input::Number(8.0)),
        ("sound", true.into()),
    ]);
    let expected = r#"{"sent":{"path":"/v3/async/kling-v3.0-std-t2v","body":"{\"prompt\":\"A fox 🦊\",\"duration\":8,\"sound\":true}","seconds":8},"request":{"prompt":"A fox 🦊","duration":8,"cfg_scale":0.5,"aspect_ratio":"16:9","sound":true},"issues":[]}"#;
    assert_eq!(json(check("text-to-video", &input)), expected);
}

#[wasm_bindgen_test]
fn every_issue_comes_at_once_as_plain_objects() {
    let input = object(&[
        ("prompt", " ".into()),
        ("duration", Input::Number(f64::NAN)),
        ("colour", Input::List(vec![])),
    ]);
    let found = check("text-to-video", &input)
        .map_err(JsValue::from)
        .expect("core answers");
    assert!(get(&found, &["sent"]).is_null());
    let codes: Vec<_> = (0..3)
        .map(|at| get(&found, &["issues", &at.to_string(), "code"]).as_string())
        .collect();
    assert_eq!(
        codes,
        ["blank", "out_of_range", "unknown_field"].map(|code| Some(code.to_owned()))
    );
    assert_eq!(get(&found, &["issues", "1", "limit", "max"]).as_f64(), Some(15.0));
}

#[wasm_bindgen_test]
fn bytes_are_read_as_an_image() {
    let input = object(&[("prompt", "A fox".into()), ("image", vec![1_u8, 2, 3].into())]);
    let found = json(check("image-to-video", &input));
    assert!(
        found.contains(r#""path":"/image","code":"image_format""#),
        "{found}"
    );
}

#[wasm_bindgen_test]
fn an_unknown_endpoint_is_an_error() {
    assert!(check("video-to-text", &Input::Null).is_err());
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
    let Laid { text, cells, files } = lay(&value);
    let read = rushes_wasm::tape::read(&text, &cells, &files).map_err(JsValue::from);
    assert_eq!(read.expect("it fits"), value);
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
        assert!(rushes_wasm::tape::read("🦊\0", cells, &[]).is_err(), "{cells:?}");
    }
    let endless: Vec<f64> = [6.0, 1.0].repeat(100_000);
    assert!(rushes_wasm::tape::read("", &endless, &[]).is_err());
    let mut noise = 1_u32;
    for _ in 0..2000 {
        let cells: Vec<f64> = (0..24)
            .map(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f64::from(noise >> 29)
            })
            .collect();
        if let Ok(read) = rushes_wasm::tape::read("a\0🦊\0漢\0\0\0", &cells, &[]) {
            assert_eq!(lay(&read).cells, cells);
        }
    }
}

#[wasm_bindgen_test]
fn a_price_follows_length_and_sound() {
    let Laid { text, cells, .. } = lay(&object(&[("prompt", "A fox".into()), ("sound", true.into())]));
    let found = json(rushes_wasm::estimate(
        "text-to-video",
        &text,
        &cells,
        None,
        Some(0.2),
        None,
        None,
    ));
    assert!(
        found.starts_with(r#"{"estimate":{"seconds":5,"usd":1,"ratePerSecond":0.2,"#),
        "{found}"
    );
    let none = json(rushes_wasm::estimate(
        "text-to-video",
        "",
        &[7.0, 0.0],
        None,
        None,
        None,
        None,
    ));
    assert!(
        none.starts_with(r#"{"estimate":null,"issues":[{"path":"/prompt","code":"required""#),
        "{none}"
    );
}

#[wasm_bindgen_test]
fn an_answer_to_a_create_is_an_id_or_a_failure_with_its_next_step() {
    let Laid { text, cells, .. } = lay(&object(&[("task_id", "t-1".into())]));
    let created = |arrived, status, text: &str, cells: &[f64], sent| {
        json(rushes_wasm::created(
            arrived, status, None, text, cells, 1e12, sent,
        ))
    };
    let id = created(Arrived::Json, 200, &text, &cells, 1);
    assert_eq!(id, r#"{"id":"t-1","failure":null,"resendMs":null}"#);
    let unsure = created(Arrived::Lost, 0, "reset", &[], 1);
    assert!(
        unsure.contains(r#""kind":"unsure""#) && unsure.ends_with(r#""resendMs":null}"#),
        "{unsure}"
    );
    let refused = created(Arrived::NotSent, 0, "no such name", &[], 1);
    assert!(
        refused.contains(r#""kind":"network""#) && refused.ends_with(r#""resendMs":1000}"#),
        "{refused}"
    );
    let enough = created(Arrived::NotSent, 0, "no such name", &[], 3);
    assert!(enough.ends_with(r#""resendMs":null}"#), "{enough}");
    let text = created(Arrived::Text, 401, "who are you?", &[], 1);
    assert!(text.contains(r#""kind":"auth""#), "{text}");
}

#[wasm_bindgen_test]
fn a_watch_asks_for_a_look_takes_it_and_lets_go_at_the_end() {
    let mut watch = Watch::new(Some(30.0), 7.0);
    watch
        .watch("t-1", 3_600_000.0, Some(8), 1000.0)
        .map_err(JsValue::from)
        .expect("an id");
    assert!(watch.watch("no id", 0.0, None, 0.0).is_err());
    assert_eq!(json(watch.next(1000.0)), r#"{"read":["t-1"],"waitUntil":null}"#);
    let answer = |status: &str| {
        lay(&object(&[(
            "task",
            object(&[("task_id", "t-1".into()), ("status", status.into())]),
        )]))
    };
    let mut saw = |status: &str, now| {
        let Laid { text, cells, .. } = answer(status);
        json(watch.saw("t-1", Arrived::Json, 200, None, &text, &cells, 1e12, now))
    };
    let going = saw("TASK_STATUS_PROCESSING", 1100.0);
    assert!(going.contains(r#""phase":"processing","ended":false"#), "{going}");
    let failed = saw("TASK_STATUS_FAILED", 9000.0);
    assert!(
        failed.contains(r#""phase":"failed","ended":true"#) && failed.contains(r#""kind":"task_failed""#),
        "{failed}"
    );
    assert_eq!(json(watch.next(10_000.0)), r#"{"read":[],"waitUntil":null}"#);
}

#[wasm_bindgen_test]
fn a_path_names_the_task_and_nothing_else() {
    let path = rushes_wasm::read_path("a/b?c&d")
        .map_err(JsValue::from)
        .expect("an id");
    assert_eq!(path, "/v3/async/task-result?task_id=a%2Fb%3Fc%26d");
    assert!(rushes_wasm::read_path("").is_err());
}

#[wasm_bindgen_test]
fn a_header_is_read_piece_by_piece() {
    let mut header = vec![
        0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R',
    ];
    header.extend([0, 0, 2, 128, 0, 0, 1, 224, 8, 2, 0, 0, 0, 0xba, 0xb3, 0x4b, 0xb3]);
    header.resize(20_000, 0);
    let mut probe = HeaderProbe::new(20_000.0);
    let mut read = 0;
    while let Some(range) = probe.wants() {
        let [start, end] = [range[0], range[1]].map(|at| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "within the file"
            )]
            let at = at as usize;
            at
        });
        read += end - start;
        probe.feed(&header[start..end]);
    }
    assert!(read <= 65_536, "{read}");
    let found = json(probe.finish("/image"));
    assert!(
        found.starts_with(r#"{"format":"png","width":640,"height":480,"#),
        "{found}"
    );
    let nothing = json(HeaderProbe::new(f64::NAN).finish("/image"));
    assert!(nothing.contains(r#""path":"/image","code":"image_"#), "{nothing}");
}
