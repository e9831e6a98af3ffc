//! Laws that hold for every request: nothing panics, a model of the rules agrees, order, and idempotence.

#![cfg(feature = "json")]

mod support;

use proptest::prelude::*;
use rushes_core::check::check_json;
use rushes_core::{Endpoint, Input, Issue, check};
use support::{base64, jpeg, png};

/// Values of any kind, among them those that matter to some rule.
fn value() -> impl Strategy<Value = Input> {
    let number = prop_oneof![
        any::<f64>(),
        (-2..20_i8).prop_map(f64::from),
        (0..=10_u8).prop_map(|tenths| f64::from(tenths) / 10.0),
        Just(f64::NAN),
    ];
    let text = prop_oneof![
        Just("A fox".to_owned()),
        Just(" ".to_owned()),
        Just("16:9".to_owned()),
        Just("x".repeat(2500)),
        Just("é".repeat(2501)),
        Just("https://e.x/a.png".to_owned()),
        Just(base64(&png(640, 480))),
        Just(base64(&png(64, 480))),
        Just(format!("data:image/jpeg;base64,{}", base64(&jpeg(640, 480)))),
        ".{0,8}",
    ];
    let leaf = prop_oneof![
        Just(Input::Null),
        any::<bool>().prop_map(Input::Bool),
        number.prop_map(Input::Number),
        text.prop_map(Input::Text),
        Just(Input::from(png(640, 480))),
        prop::collection::vec(any::<u8>(), 0..9).prop_map(Input::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Input::List),
            prop::collection::vec((name(), inner), 0..4).prop_map(Input::Object),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let known = Endpoint::ImageToVideo
        .fields()
        .iter()
        .chain(["aspect_ratio", "image_url", "seed", "a/b~"].iter());
    prop_oneof![8 => prop::sample::select(known.map(ToString::to_string).collect::<Vec<_>>()), 1 => ".{0,8}"]
}

fn endpoint() -> impl Strategy<Value = Endpoint> {
    prop::sample::select(Endpoint::ALL.to_vec())
}

/// A field of a value that is as often right as wrong.
fn mostly(right: Vec<Input>) -> impl Strategy<Value = Input> {
    prop_oneof![6 => prop::sample::select(right), 1 => value()]
}

/// Requests that pass about as often as not.
fn plausible() -> impl Strategy<Value = (Endpoint, Vec<(String, Input)>)> {
    let seconds: Vec<Input> = [3.0, 4.0, 5.0, 15.0].map(Input::from).to_vec();
    let prompt = || mostly(vec!["A fox".into(), "漢".into()]);
    let shot = (prompt(), prop::option::of(mostly(seconds.clone()))).prop_map(|(prompt, duration)| {
        let mut shot = vec![("prompt".to_owned(), prompt)];
        shot.extend(duration.map(|duration| ("duration".to_owned(), duration)));
        Input::Object(shot)
    });
    let shots = prop_oneof![4 => prop::collection::vec(shot, 0..5).prop_map(Input::List), 1 => value()];
    let image = || {
        mostly(vec![
            "https://e.x/a.png".into(),
            png(300, 300).into(),
            base64(&jpeg(640, 480)).into(),
        ])
    };
    let fields = (
        image(),
        prompt(),
        prop::option::of(prompt()),
        prop::option::of(mostly(seconds)),
        prop::option::of(mostly(vec![0.0.into(), 0.5.into(), 1.0.into()])),
        prop::option::of(mostly(vec!["1:1".into(), "16:9".into()])),
        prop::option::of(mostly(vec![true.into(), false.into()])),
        prop::option::weighted(0.2, image()),
        prop::option::weighted(0.4, shots),
        prop::option::weighted(0.1, (name(), value())),
    );
    (endpoint(), fields).prop_map(|(endpoint, fields)| {
        let (image, prompt, negative, duration, scale, ratio, sound, end_image, shots, other) = fields;
        let text = endpoint == Endpoint::TextToVideo;
        let given = [
            ("multi_prompt", shots.filter(|_| !text)),
            ("prompt", Some(prompt)),
            ("image", Some(image).filter(|_| !text)),
            ("negative_prompt", negative),
            ("duration", duration),
            ("cfg_scale", scale),
            ("aspect_ratio", ratio.filter(|_| text)),
            ("sound", sound),
            ("end_image", end_image.filter(|_| !text)),
        ];
        let mut fields: Vec<_> = given
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect();
        fields.extend(other);
        (endpoint, fields)
    })
}

/// The outline of a request's body, filled with its texts as the outline says: those that are plain as they are.
fn filled(request: &rushes_core::Request) -> String {
    let accepted = request.accepted();
    let mut texts = Vec::new();
    for name in ["image", "prompt", "negative_prompt", "end_image"] {
        texts.extend(accepted.get(name).and_then(Input::as_str).map(str::to_owned));
    }
    for shot in accepted
        .get("multi_prompt")
        .and_then(Input::as_list)
        .unwrap_or_default()
    {
        texts.extend(shot.get("prompt").and_then(Input::as_str).map(str::to_owned));
    }
    let outline = request.outline();
    assert_eq!(outline.gaps.len(), texts.len());
    let (mut out, mut at) = (String::new(), 0);
    for (gap, text) in outline.gaps.iter().zip(texts) {
        out.push_str(&outline.json[at..gap.at]);
        let json = serde_json::to_string(&text).expect("a text");
        out.push_str(if gap.is_plain {
            &text
        } else {
            &json[1..json.len() - 1]
        });
        at = gap.at;
    }
    out + &outline.json[at..]
}

/// The rules once more, as plainly as they can be said: whether a request may be sent.
fn may_be_sent(endpoint: Endpoint, request: &Input) -> bool {
    let given = |object: &Input, name: &str| object.get(name).filter(|value| !value.is_null()).cloned();
    let short = |text: &str| text.chars().count() <= 2500;
    let prompt = |object: &Input| {
        given(object, "prompt").is_some_and(|value| {
            let blank = |c: char| c.is_whitespace() || "\u{200b}\u{2060}\u{feff}".contains(c);
            value
                .as_str()
                .is_some_and(|text| short(text) && !text.chars().all(blank))
        })
    };
    let seconds = |object: &Input| match given(object, "duration") {
        None => Some(None),
        Some(Input::Number(n)) if n.fract() == 0.0 && (3.0..=15.0).contains(&n) => Some(Some(n)),
        Some(_) => None,
    };
    let optional =
        |name: &str, right: &dyn Fn(&Input) -> bool| given(request, name).is_none_or(|value| right(&value));
    let names = endpoint.fields();
    let Some(fields) = request.as_object() else {
        return false;
    };
    let known = fields
        .iter()
        .all(|(name, value)| value.is_null() || names.contains(&name.as_str()));
    let common = known
        && prompt(request)
        && optional("negative_prompt", &|value| value.as_str().is_some_and(short))
        && optional("cfg_scale", &|value| {
            value.as_f64().is_some_and(|scale| (0.0..=1.0).contains(&scale))
        })
        && optional("sound", &|value| value.as_bool().is_some());
    let Some(duration) = seconds(request) else {
        return false;
    };
    if endpoint == Endpoint::TextToVideo {
        let ratio = |value: &Input| {
            value
                .as_str()
                .is_some_and(|text| ["16:9", "9:16", "1:1"].contains(&text))
        };
        return common && optional("aspect_ratio", &ratio);
    }
    let image = |value: &Input| match value {
        Input::Text(text) if text.starts_with("https://") => text == "https://e.x/a.png",
        Input::Text(text) => [base64(&png(640, 480)), base64(&jpeg(640, 480))]
            .iter()
            .any(|good| text.ends_with(good)),
        Input::Bytes(bytes) => [png(640, 480), png(300, 300)]
            .iter()
            .any(|good| good[..] == bytes[..]),
        _ => false,
    };
    let shots = match given(request, "multi_prompt") {
        None => true,
        Some(Input::List(shots)) if given(request, "end_image").is_none() && !shots.is_empty() => {
            let right = |shot: &Input| {
                let names = ["prompt", "duration"];
                let known =
                    |(name, value): &(String, Input)| value.is_null() || names.contains(&name.as_str());
                prompt(shot)
                    && seconds(shot).is_some()
                    && shot.as_object().is_some_and(|shot| shot.iter().all(known))
            };
            let sum: f64 = shots
                .iter()
                .filter_map(|shot| Some(seconds(shot)?.unwrap_or(5.0)))
                .sum();
            shots.iter().all(right) && sum <= 15.0 && duration.is_none_or(|given| (given - sum).abs() < 0.5)
        }
        Some(_) => false,
    };
    common
        && given(request, "image").is_some_and(|value| image(&value))
        && optional("end_image", &image)
        && shots
}

/// Where an issue stands in the order: its field's place in the table, unknown fields last.
fn place(endpoint: Endpoint, issue: &Issue) -> usize {
    let field = issue.path.split('/').nth(1).unwrap_or_default();
    let known = endpoint.fields().iter().position(|name| *name == field);
    known
        .filter(|_| issue.code.as_str() != "unknown_field")
        .unwrap_or(usize::MAX)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn anything_is_answered(endpoint in endpoint(), input in value()) {
        if let Err(report) = check(endpoint, input) {
            prop_assert!(report.issues.iter().any(Issue::is_error));
        }
    }

    #[test]
    fn what_passes_is_what_the_model_of_the_rules_lets_pass((endpoint, fields) in plausible()) {
        let input = Input::Object(fields);
        let outcome = check(endpoint, input.clone());
        prop_assert_eq!(outcome.is_ok(), may_be_sent(endpoint, &input), "{:?}", outcome);
    }

    #[test]
    fn issues_follow_the_table_and_point_at_what_is_there((endpoint, fields) in plausible()) {
        if let Err(report) = check(endpoint, Input::Object(fields.clone())) {
            prop_assert!(report.issues.is_sorted_by_key(|issue| place(endpoint, issue)), "{}", report);
            for issue in &report.issues {
                let field = issue.path.split('/').nth(1).unwrap_or_default().replace("~1", "/").replace("~0", "~");
                let there = fields.iter().any(|(name, _)| *name == field);
                prop_assert_eq!(there || issue.code.as_str() == "required", true, "{}", issue);
            }
        }
    }

    #[test]
    fn the_order_of_fields_does_not_matter((endpoint, fields) in plausible(), turn in any::<prop::sample::Index>()) {
        let mut names: Vec<_> = fields.iter().map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        prop_assume!(names.len() == fields.len());
        let mut turned = fields.clone();
        turned.rotate_left(turn.index(fields.len()));
        let (one, other) = (check(endpoint, Input::Object(fields)), check(endpoint, Input::Object(turned)));
        // NaN is no equal of itself, so compare what is said.
        prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
    }

    #[test]
    fn a_body_reads_back_as_the_same_request((endpoint, fields) in plausible()) {
        if let Ok(checked) = check(endpoint, Input::Object(fields)) {
            let request = checked.request;
            let body = request.body();
            let again = check_json(endpoint, &body).unwrap().request;
            prop_assert_eq!(again.body(), body.clone());
            prop_assert_eq!(check(endpoint, request.accepted()).unwrap().request, request.clone());
            prop_assert_eq!(filled(&request), body.clone());

            let json: Input = serde_json::from_str(&body).unwrap();
            prop_assert_eq!(json.get("prompt").and_then(Input::as_str), Some(request.prompt()));
            prop_assert_eq!(json.get("negative_prompt").and_then(Input::as_str), request.negative_prompt());
            let seconds = json.get("duration").map_or(Some(5.0), Input::as_f64);
            prop_assert_eq!(seconds, Some(f64::from(request.duration_secs())));
            let scale = json.get("cfg_scale").map_or(Some(0.5), Input::as_f64);
            prop_assert_eq!(scale, Some(request.cfg_scale()));
            prop_assert_eq!(json.get("sound").map_or(Some(false), Input::as_bool), Some(request.sound()));
        }
    }

    #[test]
    fn any_text_and_scale_survive_the_body(prompt in "[^a].{0,40}\\PC{0,5}a", scale in 0.0..=1.0_f64) {
        let fields = vec![("prompt".to_owned(), prompt.as_str().into()), ("cfg_scale".to_owned(), scale.into())];
        let request = check(Endpoint::TextToVideo, Input::Object(fields)).unwrap().request;
        let json: serde_json::Value = serde_json::from_str(&request.body()).unwrap();
        prop_assert_eq!(json["prompt"].as_str(), Some(&prompt[..]));
        prop_assert_eq!(serde_json::to_string(&prompt).unwrap(), serde_json::to_string(&json["prompt"]).unwrap());
        prop_assert!(request.body().contains(&serde_json::to_string(&prompt).unwrap()));
        prop_assert_eq!(filled(&request), request.body());
    }

    #[test]
    fn any_json_text_is_answered(endpoint in endpoint(), text in "[\\[\\]{}\",:0-9a-z\\\\ ]{0,60}") {
        prop_assert!(check_json(endpoint, &text).is_err());
    }
}

/// The laws above say nothing if their requests all pass or all fail.
#[test]
fn plausible_requests_pass_about_as_often_as_not() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for endpoint in Endpoint::ALL {
        let mut passed = 0;
        let mut seen = 0;
        while seen < 400 {
            let (drawn, fields) = plausible().new_tree(&mut runner).unwrap().current();
            if drawn == endpoint {
                seen += 1;
                passed += usize::from(check(drawn, Input::Object(fields)).is_ok());
            }
        }
        assert!(
            (60..340).contains(&passed),
            "{passed} of 400 passed for {}",
            endpoint.name()
        );
    }
}
