//! The schemas say what the checks say, and the files that are handed out are the schemas.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use rushes_core::schema::{self, Service};
use rushes_core::{Code, Endpoint, Input, Issue, check};
use serde_json::{Value, json};
use support::{base64, jpeg, png};

/// What only the checks can say: sums, and what an image source is beyond its beginning.
const BEYOND: [Code; 8] = [
    Code::OutOfRange,
    Code::DurationMismatch,
    Code::BadImageSource,
    Code::ImageFormat,
    Code::ImageUnreadable,
    Code::ImageTooBig,
    Code::ImageTooSmall,
    Code::ImageRatio,
];

fn validator(endpoint: Endpoint) -> Validator {
    let schema = serde_json::to_value(schema::request(endpoint)).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn is_beyond(issue: &Issue) -> bool {
    let of_the_sum = issue.code != Code::OutOfRange || issue.path == "/multi_prompt";
    BEYOND.contains(&issue.code) && of_the_sum
}

/// Whether both agree on a request, and if not, how.
fn agreement(endpoint: Endpoint, validator: &Validator, request: &Value) -> Result<bool, String> {
    let input: Input = serde_json::from_value(request.clone()).unwrap();
    let by_schema = validator.is_valid(request);
    match check(endpoint, input) {
        Ok(_) if by_schema || has_unknown_null(endpoint, request) => Ok(true),
        Ok(_) => {
            let said: Vec<_> = validator
                .iter_errors(request)
                .map(|error| error.to_string())
                .collect();
            Err(format!(
                "the schema refuses what the checks take: {request} {said:?}"
            ))
        }
        Err(report) if by_schema => {
            let errors = report.issues.iter().filter(|issue| issue.is_error());
            match errors.into_iter().find(|issue| !is_beyond(issue)) {
                Some(issue) => Err(format!("the schema takes {request}, but: {issue:?}")),
                None => Ok(false),
            }
        }
        Err(_) => Ok(false),
    }
}

/// The one thing that the checks alone take: `null` under a name that nobody knows.
fn has_unknown_null(endpoint: Endpoint, request: &Value) -> bool {
    let unknown_null = |object: &Value, known: &[&str]| {
        let fields = object.as_object().into_iter().flatten();
        fields
            .into_iter()
            .any(|(name, value)| value.is_null() && !known.contains(&name.as_str()))
    };
    let shots = request["multi_prompt"].as_array().into_iter().flatten();
    unknown_null(request, endpoint.fields())
        || shots
            .into_iter()
            .any(|shot| unknown_null(shot, &["prompt", "duration"]))
}

fn texts() -> impl Strategy<Value = Value> {
    let white = prop::collection::vec(
        prop::sample::select("\t\n\u{b}\u{c}\r \u{1c}\u{85}\u{a0}\u{1680}\u{180e}\u{2003}\u{200b}\u{2028}\u{202f}\u{205f}\u{2060}\u{3000}\u{feff}".chars().collect::<Vec<_>>()),
        0..4,
    );
    prop_oneof![
        20 => Just("A fox".to_owned()),
        2 => white.prop_map(|white| white.into_iter().collect()),
        1 => (2499..2502_usize).prop_map(|count| "x".repeat(count)),
        1 => (2499..2502_usize).prop_map(|count| "😀".repeat(count)),
        1 => any::<char>().prop_map(String::from),
        1 => ".{0,6}",
    ]
    .prop_map(Value::from)
}

fn numbers() -> impl Strategy<Value = Value> {
    prop_oneof![
        20 => (3..9_i64).prop_map(Value::from),
        3 => (2..17_i64).prop_map(Value::from),
        2 => (3..16_u8).prop_map(|whole| json!(f64::from(whole))),
        1 => any::<f64>().prop_map(|number| json!(number)),
        1 => any::<i64>().prop_map(Value::from),
        2 => (-2..13_i8).prop_map(|tenths| json!(f64::from(tenths) / 10.0)),
        1 => Just(json!(-0.0)),
    ]
}

fn images() -> impl Strategy<Value = Value> {
    let files = prop_oneof![
        10 => Just(png(640, 480)),
        10 => Just(jpeg(640, 480)),
        1 => Just(png(64, 480)),
        1 => Just(png(3000, 400)),
        1 => Just(b"GIF89a, really".to_vec()),
        1 => (0..30_usize).prop_map(|length| png(640, 480)[..length].to_vec()),
    ];
    let heads = prop::sample::select(vec![
        "",
        "data:image/png;base64,",
        "DATA:;Base64,",
        "data:image/png,",
        "data:a=b;x\n;BASE64,",
        "data:a,b;base64,",
        "data:",
    ]);
    let urls = prop::sample::select(vec![
        "https://e.x/a.png",
        "HTTP://e.x",
        "https://e.x?a#b",
        "https://e.x/a@b",
        "http://[::1]:80/a",
        "https://münchen.de/ä",
        "https://",
        "https:///a",
        "https://u@e.x/",
        "https://u:p@e.x",
        "https://e.x/a b",
        "https://e.x/a\\b",
        "https://e.x/<>",
        "https://e.x/\u{3000}",
        "https://e.x/\u{7f}",
        "https://e.x:99999/",
        "https://-/",
        " https://e.x",
        "ftp://e.x/a",
        "//e.x/a",
        "https://e.x/a\n",
        "C:\\fox.png",
        "fox.png",
        "/home/fox.png",
        "",
        " ",
        "blob:https://e.x/1",
    ]);
    prop_oneof![
        3 => (heads, files).prop_map(|(head, file)| format!("{head}{}", base64(&file))),
        3 => urls.prop_map(str::to_owned),
        1 => "(https?:|data:)?[a-zA-Z0-9:/?#@%. ]{0,12}",
    ]
    .prop_map(Value::from)
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        numbers(),
        texts(),
        images()
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{1,8}", inner, 0..3).prop_map(Value::from_iter),
        ]
    })
}

/// A field that is left out, right, nearly right or anything.
fn field(right: impl Strategy<Value = Value> + 'static, given: f64) -> BoxedStrategy<Option<Value>> {
    prop::option::weighted(given, prop_oneof![20 => right, 1 => anything()]).boxed()
}

fn object(fields: Vec<(&'static str, BoxedStrategy<Option<Value>>)>) -> BoxedStrategy<Value> {
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let extra = prop::option::weighted(0.05, ("[a-z_]{1,10}", anything()));
    (values, extra)
        .prop_map(move |(values, extra)| {
            let given = names
                .iter()
                .zip(values)
                .filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
            given.chain(extra).collect::<Value>()
        })
        .boxed()
}

fn requests(endpoint: Endpoint) -> BoxedStrategy<Value> {
    let shot = object(vec![
        ("prompt", field(texts(), 0.97)),
        ("duration", field(numbers(), 0.7)),
    ]);
    let shots = prop::collection::vec(prop_oneof![12 => shot, 1 => anything()], 0..7).prop_map(Value::from);
    let field_of = |name: &&'static str| {
        let strategy = match *name {
            "prompt" => field(texts(), 0.97),
            "negative_prompt" => field(texts(), 0.3),
            "duration" => field(numbers(), 0.4),
            "cfg_scale" => field(
                (-1..12_i8).prop_map(|tenths| json!(f64::from(tenths) / 10.0)),
                0.3,
            ),
            "aspect_ratio" => field(
                prop::sample::select(vec!["16:9", "9:16", "1:1", "4:3", ""]).prop_map(Value::from),
                0.4,
            ),
            "sound" => field(any::<bool>().prop_map(Value::from), 0.4),
            "image" => field(images(), 0.97),
            "end_image" => field(images(), 0.2),
            _ => field(shots.clone(), 0.4),
        };
        (*name, strategy)
    };
    let request = object(endpoint.fields().iter().map(field_of).collect());
    prop_oneof![30 => request, 1 => anything()].boxed()
}

#[test]
fn schemas_and_checks_agree() {
    const REQUESTS: usize = 6000;
    for endpoint in Endpoint::ALL {
        let validator = validator(endpoint);
        let requests = requests(endpoint);
        let mut runner = TestRunner::new_with_rng(Config::default(), TestRunner::deterministic().new_rng());
        let mut taken = 0;
        for _ in 0..REQUESTS {
            let request = requests.new_tree(&mut runner).unwrap().current();
            match agreement(endpoint, &validator, &request) {
                Ok(passed) => taken += usize::from(passed),
                Err(why) => panic!("{}: {why}", endpoint.name()),
            }
        }
        let enough = REQUESTS / 20..REQUESTS * 19 / 20;
        assert!(
            enough.contains(&taken),
            "{taken} of {REQUESTS} {} requests pass",
            endpoint.name()
        );
    }
}

/// One row for each code: what of it a schema refuses, and what only the checks do.
#[test]
fn each_code_is_refused_by_the_schema_or_beyond_it() {
    let fox = "https://e.x/fox.png";
    let shot = |seconds: u8| json!({ "prompt": "p", "duration": seconds });
    let small = base64(&png(299, 480));
    let rows = [
        (Code::Required, false, json!({ "image": fox })),
        (Code::WrongType, false, json!({ "image": fox, "prompt": 3 })),
        (
            Code::Blank,
            false,
            json!({ "image": fox, "prompt": "\u{3000}\u{200b}" }),
        ),
        (
            Code::TooLong,
            false,
            json!({ "image": fox, "prompt": "😀".repeat(2501) }),
        ),
        (
            Code::NotAnInteger,
            false,
            json!({ "image": fox, "prompt": "p", "duration": 5.5 }),
        ),
        (
            Code::OutOfRange,
            false,
            json!({ "image": fox, "prompt": "p", "duration": 16 }),
        ),
        (
            Code::OutOfRange,
            false,
            json!({ "image": fox, "prompt": "p", "cfg_scale": 1.1 }),
        ),
        (
            Code::OutOfRange,
            true,
            json!({ "image": fox, "prompt": "p", "multi_prompt": [shot(8), shot(8)] }),
        ),
        (
            Code::UnknownField,
            false,
            json!({ "image": fox, "prompt": "p", "seed": 1 }),
        ),
        (
            Code::Conflict,
            false,
            json!({ "image": fox, "prompt": "p", "end_image": fox, "multi_prompt": [shot(3)] }),
        ),
        (
            Code::Empty,
            false,
            json!({ "image": fox, "prompt": "p", "multi_prompt": [] }),
        ),
        (
            Code::DurationMismatch,
            true,
            json!({ "image": fox, "prompt": "p", "duration": 5, "multi_prompt": [shot(3)] }),
        ),
        (
            Code::BadImageSource,
            false,
            json!({ "image": "fox.png", "prompt": "p" }),
        ),
        (
            Code::BadImageSource,
            true,
            json!({ "image": "https://e.x:99999/", "prompt": "p" }),
        ),
        (
            Code::ImageFormat,
            false,
            json!({ "image": base64(b"GIF89a really"), "prompt": "p" }),
        ),
        (
            Code::ImageUnreadable,
            true,
            json!({ "image": base64(&png(640, 480)[..12]), "prompt": "p" }),
        ),
        (
            Code::ImageTooSmall,
            true,
            json!({ "image": small, "prompt": "p" }),
        ),
        (
            Code::ImageRatio,
            true,
            json!({ "image": base64(&png(3000, 400)), "prompt": "p" }),
        ),
    ];
    let validator = validator(Endpoint::ImageToVideo);
    for (code, beyond, request) in rows {
        let report = check(
            Endpoint::ImageToVideo,
            serde_json::from_value(request.clone()).unwrap(),
        )
        .unwrap_err();
        let codes: Vec<Code> = report.issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, [code], "{request}");
        assert_eq!(validator.is_valid(&request), beyond, "{code}: {request}");
    }
}

#[test]
fn every_field_is_described_and_every_example_passes() {
    for endpoint in Endpoint::ALL {
        let schema = serde_json::to_value(schema::request(endpoint)).unwrap();
        for name in endpoint.fields() {
            assert!(schema["properties"][name]["type"] != Value::Null, "{name}");
        }
        assert_eq!(
            schema["properties"].as_object().unwrap().len(),
            endpoint.fields().len()
        );
        let examples = schema["examples"].as_array().unwrap();
        assert!(!examples.is_empty());
        for example in examples {
            assert_eq!(
                agreement(endpoint, &validator(endpoint), example),
                Ok(true),
                "{example}"
            );
        }
    }
}

/// In the document, requests refer to the shot; otherwise they are the schemas that stand alone.
#[test]
fn openapi_holds_the_same_requests() {
    let document = serde_json::to_value(schema::openapi(&Service::provider("1.0.0"))).unwrap();
    let components = &document["components"]["schemas"];
    for (endpoint, name) in Endpoint::ALL.into_iter().zip(["TextToVideo", "ImageToVideo"]) {
        let mut alone = serde_json::to_value(schema::request(endpoint)).unwrap();
        alone.as_object_mut().unwrap().remove("$schema");
        if let Some(items) = alone.pointer_mut("/properties/multi_prompt/items") {
            assert_eq!(*items, components["Shot"]);
            *items = json!({ "$ref": "#/components/schemas/Shot" });
        }
        assert_eq!(alone, components[name]);
        let body =
            document["paths"][endpoint.path()]["post"]["requestBody"]["content"]["application/json"].clone();
        assert_eq!(
            body,
            json!({ "schema": { "$ref": format!("#/components/schemas/{name}") } })
        );
    }
}

/// Every reference in the document leads somewhere.
#[test]
fn openapi_refers_to_what_is_there() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = serde_json::to_value(schema::openapi(&Service::provider("1.0.0"))).unwrap();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 8, "{found:?}");
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

/// `UPDATE_SCHEMA=1 cargo test -p rushes-core --test schema` writes the package's files anew.
#[test]
fn the_packages_files_are_these() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../wasm/npm/schema");
    let provider = Service::provider(env!("CARGO_PKG_VERSION"));
    let files = [
        ("text-to-video.json", schema::request(Endpoint::TextToVideo)),
        ("image-to-video.json", schema::request(Endpoint::ImageToVideo)),
        ("openapi.json", schema::openapi(&provider)),
        ("../build/plain.json", schema::plain()),
    ];
    for (name, document) in files {
        let file = format!("{folder}/{name}");
        let text = schema::text(&document).unwrap();
        assert!(text.is_ascii());
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap(),
            serde_json::to_value(&document).unwrap()
        );
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            committed == text,
            "{file} is not what the limits say; run UPDATE_SCHEMA=1 cargo test -p rushes-core --test schema"
        );
    }
}
