//! What is sent: bodies, defaults, image sources; and drafts, prices and serialised forms.

#![cfg(feature = "json")]

mod support;

use rushes_core::check::check_json;
use rushes_core::image::{ImageFormat, inspect};
use rushes_core::price::{Rates, estimate};
use rushes_core::request::{AspectRatio, DraftShot, ImageSource, InlineForm, Plan};
use rushes_core::{Code, Draft, Endpoint, Input, Request, check};
use support::{JpegFile, base64, jpeg, png};

const T2V: Endpoint = Endpoint::TextToVideo;
const I2V: Endpoint = Endpoint::ImageToVideo;

fn accepted(endpoint: Endpoint, text: &str) -> Request {
    check_json(endpoint, text)
        .unwrap_or_else(|report| panic!("{text}: {report}"))
        .request
}

#[test]
fn bodies_leave_out_defaults_and_keep_the_order_of_the_table() {
    #[rustfmt::skip]
    let rows = [
        (T2V, r#"{"sound":false,"aspect_ratio":"16:9","cfg_scale":0.5,"duration":5,"prompt":"p"}"#, r#"{"prompt":"p"}"#),
        (T2V, r#"{"sound":true,"aspect_ratio":"9:16","cfg_scale":0.7,"duration":15.0,"negative_prompt":"n","prompt":"p"}"#,
              r#"{"prompt":"p","negative_prompt":"n","duration":15,"cfg_scale":0.7,"aspect_ratio":"9:16","sound":true}"#),
        (T2V, r#"{"prompt":"p","cfg_scale":-0.0}"#, r#"{"prompt":"p","cfg_scale":0}"#),
        (T2V, r#"{"prompt":"p","cfg_scale":1}"#, r#"{"prompt":"p","cfg_scale":1}"#),
        (T2V, r#"{"prompt":"p","cfg_scale":1e-9}"#, r#"{"prompt":"p","cfg_scale":1e-9}"#),
        (T2V, r#"{"prompt":"p","cfg_scale":0.000001}"#, r#"{"prompt":"p","cfg_scale":0.000001}"#),
        (T2V, r#"{"prompt":"p","negative_prompt":""}"#, r#"{"prompt":"p"}"#),
        (T2V, r#"{"prompt":" \"a\\\/b\"\n\r\t\b\f\u0000\u001F\u007f\u2028 é漢😀 "}"#,
              "{\"prompt\":\" \\\"a\\\\/b\\\"\\n\\r\\t\\b\\f\\u0000\\u001f\u{7f}\u{2028} é漢😀 \"}"),
        (I2V, r#"{"prompt":"p","image":"https://e.x/a.png"}"#, r#"{"image":"https://e.x/a.png","prompt":"p"}"#),
        (I2V, r#"{"end_image":"https://e.x/b.png","sound":true,"cfg_scale":0,"duration":3,"negative_prompt":"n","prompt":"p","image":"https://e.x/a.png"}"#,
              r#"{"image":"https://e.x/a.png","prompt":"p","negative_prompt":"n","duration":3,"cfg_scale":0,"sound":true,"end_image":"https://e.x/b.png"}"#),
        // Beside shots the sum is always sent, even where it is the default.
        (I2V, r#"{"image":"https://e.x/a.png","prompt":"p","multi_prompt":[{"prompt":"a"}]}"#,
              r#"{"image":"https://e.x/a.png","prompt":"p","duration":5,"multi_prompt":[{"prompt":"a"}]}"#),
        (I2V, r#"{"image":"https://e.x/a.png","prompt":"p","duration":12,"multi_prompt":[{"duration":4,"prompt":"a"},{"prompt":"b","duration":5},{"prompt":"\"c\"","duration":3}]}"#,
              r#"{"image":"https://e.x/a.png","prompt":"p","duration":12,"multi_prompt":[{"prompt":"a","duration":4},{"prompt":"b"},{"prompt":"\"c\"","duration":3}]}"#),
    ];
    for (endpoint, input, body) in rows {
        assert_eq!(accepted(endpoint, input).body(), body, "{input}");
    }
}

#[test]
fn accessors_give_the_accepted_values_and_their_defaults() {
    let request = accepted(T2V, r#"{"prompt":"p"}"#);
    assert_eq!(
        (request.endpoint(), request.prompt(), request.negative_prompt()),
        (T2V, "p", None)
    );
    assert_eq!((request.duration_secs(), request.sound()), (5, false));
    assert!((request.cfg_scale() - 0.5).abs() < f64::EPSILON);
    let Request::TextToVideo(text) = &request else {
        panic!()
    };
    assert_eq!(text.aspect_ratio(), AspectRatio::Wide);
    let json = serde_json::to_string(&request).unwrap();
    assert_eq!(
        json,
        r#"{"prompt":"p","duration":5,"cfg_scale":0.5,"aspect_ratio":"16:9","sound":false}"#
    );

    let shots = r#"{"image":"https://e.x/a.png","prompt":"p","multi_prompt":[{"prompt":"a"},{"prompt":"b","duration":4}]}"#;
    let request = accepted(I2V, shots);
    assert_eq!(request.duration_secs(), 9);
    let Request::ImageToVideo(video) = &request else {
        panic!()
    };
    let shots: Vec<_> = video
        .plan()
        .shots()
        .iter()
        .map(|shot| (shot.prompt(), shot.duration_secs()))
        .collect();
    assert_eq!(shots, [("a", 5), ("b", 4)]);
    assert_eq!(video.image().bytes(), None);
    let json = serde_json::to_string(&request).unwrap();
    assert_eq!(
        json,
        r#"{"image":"https://e.x/a.png","prompt":"p","duration":9,"cfg_scale":0.5,"sound":false,"multi_prompt":[{"prompt":"a","duration":5},{"prompt":"b","duration":4}]}"#
    );
}

#[test]
fn files_are_written_as_data_uris_or_bare_base64() {
    for (file, media_type) in [(png(640, 480), "image/png"), (jpeg(640, 480), "image/jpeg")] {
        let draft = Draft {
            image: Some(file.clone().into()),
            end_image: Some(file.clone().into()),
            prompt: Some("p".into()),
            ..Draft::new(I2V)
        };
        let request = draft.check().unwrap().request;
        let text = base64(&file);
        let uri = format!("data:{media_type};base64,{text}");
        let body = request.body();
        assert_eq!(
            body,
            format!(r#"{{"image":"{uri}","prompt":"p","end_image":"{uri}"}}"#)
        );
        assert!(
            body.capacity() < body.len() + 1024,
            "{} for {}",
            body.capacity(),
            body.len()
        );
        let bare = request.clone().with_inline_form(InlineForm::Base64);
        assert_eq!(
            bare.body(),
            format!(r#"{{"image":"{text}","prompt":"p","end_image":"{text}"}}"#)
        );

        for inline in [uri, text, format!("DATA:;charset=x;BASE64,{}", base64(&file))] {
            let request = accepted(I2V, &format!(r#"{{"image":"{inline}","prompt":"p"}}"#));
            assert_eq!(
                request.body(),
                format!(r#"{{"image":"{inline}","prompt":"p"}}"#),
                "sent as it came"
            );
            let Request::ImageToVideo(video) = &request else {
                panic!()
            };
            assert_eq!(video.image().bytes().as_deref(), Some(&file[..]));
            let info = video.image().info().unwrap();
            assert_eq!(
                (info.width, info.height, info.bytes),
                (640, 480, file.len() as u64)
            );
            let Plan::Single {
                duration_secs: 5,
                end_image: None,
            } = video.plan()
            else {
                panic!()
            };
        }
    }
}

/// The probe jumps to places that are no multiple of three, in text as in bytes.
#[test]
fn inline_text_is_read_at_any_place() {
    for len in 20_000..20_006 {
        let file = JpegFile::new(640, 480)
            .with_first(0xe2, vec![7; len])
            .with_first(0xe2, vec![7; 9_000])
            .build();
        let draft = Draft {
            image: Some(base64(&file).into()),
            prompt: Some("p".into()),
            ..Draft::new(I2V)
        };
        let Request::ImageToVideo(video) = draft.check().unwrap().request else {
            panic!()
        };
        assert_eq!(video.image().info(), inspect(&file, "").info.as_ref(), "{len}");
    }
}

#[test]
fn content_decides_over_the_declared_type() {
    let inline = format!("data:text/plain;base64,{}", base64(&png(640, 480)));
    let request = accepted(I2V, &format!(r#"{{"image":"{inline}","prompt":"p"}}"#));
    let Request::ImageToVideo(video) = &request else {
        panic!()
    };
    assert_eq!(video.image().info().unwrap().format, ImageFormat::Png);
    let gif = format!("data:image/png;base64,{}", base64(b"GIF89a\x01\0\x01\0"));
    let report = check_json(I2V, &format!(r#"{{"image":"{gif}","prompt":"p"}}"#)).unwrap_err();
    assert_eq!(report.issues[0].code, Code::ImageFormat);
    assert!(report.issues[0].message.contains("GIF"));
}

#[test]
fn image_sources_are_told_apart() {
    use Code::{BadImageSource as Bad, ImageFormat as Format, ImageUnreadable as Unreadable};
    let cut = base64(&jpeg(640, 480)[..99]);
    #[rustfmt::skip]
    let rows: &[(&str, Option<Code>)] = &[
        ("https://example.com/a.png?sig=1#x", None),
        ("HTTP://EXAMPLE.COM", None),
        ("https://bücher.example/a b".split(' ').next().unwrap(), None),
        ("http://127.0.0.1:7400/files/a.png", None),
        ("https://[2001:db8::1]:8443/a.png", None),
        ("https://example.com./a", None),
        ("https://", Some(Bad)), ("https:///a.png", Some(Bad)), ("https://:80/a", Some(Bad)),
        ("https://a..b/c", Some(Bad)), ("https://-a.b/c", Some(Bad)), ("https://exa mple.com/a", Some(Bad)),
        ("https://example.com/a b", Some(Bad)), ("https://example.com/a\n", Some(Bad)), ("https://e.x/\u{7f}", Some(Bad)),
        ("https://user:pass@example.com/a", Some(Bad)), ("https://user@example.com", Some(Bad)),
        ("https://a\\@b/c", Some(Bad)), ("https://e.x:port/a", Some(Bad)), ("https://e.x:65536/a", Some(Bad)),
        ("https://e.x:/a", Some(Bad)), ("https://[::1/a", Some(Bad)), ("https://[::g]/a", Some(Bad)),
        ("https://[::1]x/a", Some(Bad)), ("https://%65.x/a", Some(Bad)),
        ("ftp://example.com/a.png", Some(Bad)), ("file:///a.png", Some(Bad)), ("blob:https://e.x/1", Some(Bad)),
        ("javascript:alert(1)", Some(Bad)), ("//example.com/a.png", Some(Bad)), ("www.example.com/a.png", Some(Bad)),
        ("https:example.com", Some(Bad)), ("https:/example.com", Some(Bad)), (" https://example.com", Some(Bad)),
        ("", Some(Bad)), ("  ", Some(Bad)), ("photo.png", Some(Bad)), ("漢字", Some(Bad)), ("C:\\a.png", Some(Bad)),
        ("data:", Some(Bad)), ("data:image/png", Some(Bad)), ("data:image/png,AAAA", Some(Bad)),
        ("data:image/pngbase64,AAAA", Some(Bad)), ("data:base64,AAAA", Some(Bad)), ("data:image/png;base64,AAA", Some(Bad)),
        ("data:image/png;base64,AA-_", Some(Bad)), ("data:image/png;base64,AA%3D%3D", Some(Bad)),
        ("data:image/png;base64,", Some(Format)), ("data:;base64,AAAA", Some(Format)),
        ("AAAA", Some(Format)), ("AA==", Some(Format)), ("AAA=", Some(Format)), ("AAA", Some(Bad)), ("A", Some(Bad)),
        ("A===", Some(Bad)), ("====", Some(Bad)), ("=", Some(Bad)), ("AA=A", Some(Bad)), ("AAAA\n", Some(Bad)),
        ("AA-_", Some(Bad)), ("iVBORw0KGgo=", Some(Unreadable)), (&cut, Some(Unreadable)),
    ];
    for (text, code) in rows {
        for field in ["image", "end_image"] {
            let mut draft = Draft {
                prompt: Some("p".into()),
                image: Some("https://e.x/a".into()),
                ..Draft::new(I2V)
            };
            if field == "image" {
                draft.image = Some((*text).into());
            } else {
                draft.end_image = Some((*text).into());
            }
            let outcome = draft.check();
            let issues = outcome.as_ref().map_or_else(|report| &report.issues[..], |_| &[]);
            let found: Vec<_> = issues
                .iter()
                .map(|issue| (issue.path.clone(), issue.code))
                .collect();
            let expected: Vec<_> = code.iter().map(|code| (format!("/{field}"), *code)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}

#[test]
fn a_url_with_a_password_is_not_repeated() {
    let draft = Draft {
        image: Some("https://me:hunter2@e.x/a".into()),
        prompt: Some("p".into()),
        ..Draft::new(I2V)
    };
    let report = draft.check().unwrap_err();
    assert!(!serde_json::to_string(&report).unwrap().contains("hunter2"));
    assert!(!report.to_string().contains("hunter2"));
}

#[test]
fn long_texts_are_clipped_wherever_they_are_quoted() {
    let uri = format!("data:image/png;base64,{}", "A".repeat(200_000) + "%");
    for field in [
        "prompt",
        "duration",
        "cfg_scale",
        "aspect_ratio",
        "sound",
        "image",
        "end_image",
        "multi_prompt",
    ] {
        let fields = vec![(field.to_owned(), Input::from(vec![Input::from(uri.as_str())]))];
        let text = vec![(field.to_owned(), Input::from(uri.as_str()))];
        for fields in [fields, text] {
            let report = check(I2V, Input::Object(fields)).unwrap_err();
            let said = serde_json::to_string(&report).unwrap();
            assert!(said.len() < 3000, "{field}: {said}");
        }
    }
    let gif = format!("data:image/gif;base64,{}", base64(b"GIF89a"));
    let report = check(
        T2V,
        Input::Object(vec![
            ("prompt".into(), "p".into()),
            ("duration".into(), gif.as_str().into()),
        ]),
    );
    assert!(!report.unwrap_err().to_string().contains(&gif));
}

#[test]
fn drafts_leave_out_what_is_not_given() {
    assert_eq!(Input::from(Draft::new(T2V)), Input::Object(Vec::new()));
    let draft = Draft {
        prompt: Some("p".into()),
        aspect_ratio: Some("1:1".into()),
        multi_prompt: Some(vec![
            DraftShot {
                prompt: "a".into(),
                duration: Some(f64::NAN),
            },
            DraftShot::default(),
        ]),
        ..Draft::new(I2V)
    };
    let report = draft.check().unwrap_err();
    let found: Vec<_> = report
        .issues
        .iter()
        .map(|issue| (issue.path.as_str(), issue.code))
        .collect();
    let expected = [
        ("/image", Code::Required),
        ("/multi_prompt/0/duration", Code::OutOfRange),
        ("/multi_prompt/1/prompt", Code::Blank),
        ("/aspect_ratio", Code::UnknownField),
    ];
    assert_eq!(found, expected);
}

#[test]
fn numbers_that_json_cannot_say_are_out_of_range() {
    for (value, said) in [
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
    ] {
        for path in ["/duration", "/cfg_scale"] {
            let mut draft = Draft {
                prompt: Some("p".into()),
                ..Draft::new(T2V)
            };
            if path == "/duration" {
                draft.duration = Some(value);
            } else {
                draft.cfg_scale = Some(value);
            }
            let report = draft.check().unwrap_err();
            let [issue] = &report.issues[..] else {
                panic!("{report}")
            };
            assert_eq!((issue.path.as_str(), issue.code), (path, Code::OutOfRange));
            assert_eq!(issue.actual, Some(rushes_core::Detail::Text(said.into())));
            assert!(serde_json::to_string(issue).unwrap().contains(said));
        }
    }
}

#[test]
fn big_files_pass_with_a_warning_or_not_at_all() {
    let of_size = |bytes: usize| {
        let mut file = jpeg(640, 480);
        file.resize(bytes, 0);
        let draft = Draft {
            image: Some(file.into()),
            prompt: Some("p".into()),
            ..Draft::new(I2V)
        };
        draft
            .check()
            .map_or_else(|report| report.issues, |checked| checked.warnings)
    };
    let found = |bytes| {
        of_size(bytes)
            .iter()
            .map(|issue| (issue.code, issue.is_error()))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(10_000_000), []);
    assert_eq!(found(10_000_001), [(Code::ImageTooBig, false)]);
    assert_eq!(found(10 * 1024 * 1024), [(Code::ImageTooBig, false)]);
    assert_eq!(found(10 * 1024 * 1024 + 1), [(Code::ImageTooBig, true)]);
}

#[test]
fn prices_are_exact_and_can_be_overridden() {
    let rates = Rates::default();
    for (seconds, sound, micro_usd, usd) in [
        (5, false, 420_000, 0.42),
        (5, true, 630_000, 0.63),
        (15, false, 1_260_000, 1.26),
        (15, true, 1_890_000, 1.89),
    ] {
        let cost = estimate(seconds, sound, &rates);
        assert_eq!((cost.seconds, cost.micro_usd), (seconds, micro_usd));
        assert_eq!(cost.usd().to_string(), usd.to_string());
        assert_eq!(cost.as_of, "2026-10-07");
    }
    let own = Rates {
        silent_micro_usd: u64::MAX,
        source: "me".into(),
        ..rates
    };
    let request = accepted(T2V, r#"{"prompt":"p","duration":7}"#);
    assert_eq!(request.estimate(&own).micro_usd, u64::MAX);
    assert_eq!(
        serde_json::to_string(&request.estimate(&Rates {
            silent_micro_usd: 1,
            ..own
        }))
        .unwrap(),
        r#"{"seconds":7,"micro_usd":7,"rate_micro_usd":1,"source":"me","as_of":"2026-10-07"}"#
    );
}

#[test]
fn only_bytes_change_their_form() {
    let text = accepted(I2V, r#"{"image":"https://e.x/a","prompt":"p"}"#);
    assert_eq!(text.clone().with_inline_form(InlineForm::Base64), text);
    let Request::ImageToVideo(video) = &text else {
        panic!()
    };
    assert!(matches!(video.image(), ImageSource::Url(url) if url == "https://e.x/a"));
}
