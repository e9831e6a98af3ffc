//! Every rule of both requests: one row each, with path, code, limit and actual value.

#![cfg(feature = "json")]

mod support;

use rushes_core::check::check_json;
use rushes_core::image::{inspect, inspect_text};
use rushes_core::{Code, Endpoint, Input, Report, check};
use serde_json::Value;
use support::{base64, png};

const T2V: Endpoint = Endpoint::TextToVideo;
const I2V: Endpoint = Endpoint::ImageToVideo;

/// A request and the issues it must have, without their messages. In both, `IMAGE` stands for a sound image field, and
/// `x*N` in quotes for a text of N characters.
struct Row(Endpoint, &'static str, &'static str);

const RANGE: &str = r#"{"min":3,"max":15}"#;

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // required
    Row(T2V, r"{}", r#"[{"path":"/prompt","code":"required"}]"#),
    Row(T2V, r#"{"prompt":null}"#, r#"[{"path":"/prompt","code":"required"}]"#),
    Row(I2V, r"{}", r#"[{"path":"/image","code":"required"},{"path":"/prompt","code":"required"}]"#),
    Row(I2V, r#"{"image":null,"prompt":"p"}"#, r#"[{"path":"/image","code":"required"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"duration":5}]}"#, r#"[{"path":"/multi_prompt/0/prompt","code":"required"}]"#),
    // wrong_type
    Row(T2V, r#"{"prompt":3}"#, r#"[{"path":"/prompt","code":"wrong_type","limit":"a string","actual":3}]"#),
    Row(T2V, r#"{"prompt":["p"]}"#, r#"[{"path":"/prompt","code":"wrong_type","limit":"a string","actual":"an array"}]"#),
    Row(T2V, r#"{"prompt":"p","negative_prompt":false}"#, r#"[{"path":"/negative_prompt","code":"wrong_type","limit":"a string","actual":false}]"#),
    Row(T2V, r#"{"prompt":"p","duration":"5"}"#, r#"[{"path":"/duration","code":"wrong_type","limit":"a whole number of seconds","actual":"5","hint":"5"}]"#),
    Row(T2V, r#"{"prompt":"p","duration":"8s"}"#, r#"[{"path":"/duration","code":"wrong_type","limit":"a whole number of seconds","actual":"8s","hint":"8"}]"#),
    Row(T2V, r#"{"prompt":"p","duration":true}"#, r#"[{"path":"/duration","code":"wrong_type","limit":"a whole number of seconds","actual":true}]"#),
    Row(T2V, r#"{"prompt":"p","duration":"99"}"#, r#"[{"path":"/duration","code":"wrong_type","limit":"a whole number of seconds","actual":"99","hint":"15"}]"#),
    Row(T2V, r#"{"prompt":"p","duration":"5.5"}"#, r#"[{"path":"/duration","code":"wrong_type","limit":"a whole number of seconds","actual":"5.5","hint":"6"}]"#),
    Row(T2V, r#"{"prompt":"p","cfg_scale":"-1"}"#, r#"[{"path":"/cfg_scale","code":"wrong_type","limit":"a number","actual":"-1","hint":"0"}]"#),
    Row(T2V, r#"{"prompt":"p","cfg_scale":"0.5"}"#, r#"[{"path":"/cfg_scale","code":"wrong_type","limit":"a number","actual":"0.5","hint":"0.5"}]"#),
    Row(T2V, r#"{"prompt":"p","aspect_ratio":1.78}"#, r#"[{"path":"/aspect_ratio","code":"wrong_type","limit":"a string","actual":1.78}]"#),
    Row(T2V, r#"{"prompt":"p","sound":"on"}"#, r#"[{"path":"/sound","code":"wrong_type","limit":"a boolean (true or false)","actual":"on","hint":"true"}]"#),
    Row(T2V, r#"{"prompt":"p","sound":1}"#, r#"[{"path":"/sound","code":"wrong_type","limit":"a boolean (true or false)","actual":1}]"#),
    Row(I2V, r#"{"image":7,"prompt":"p"}"#, r#"[{"path":"/image","code":"wrong_type","limit":"a URL, a data URI, base64 or a file's bytes","actual":7}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","end_image":{}}"#, r#"[{"path":"/end_image","code":"wrong_type","limit":"a URL, a data URI, base64 or a file's bytes","actual":"an object"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":"three shots"}"#, r#"[{"path":"/multi_prompt","code":"wrong_type","limit":"an array of shots","actual":"three shots"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":["a"]}"#, r#"[{"path":"/multi_prompt/0","code":"wrong_type","limit":"an object {prompt, duration}","actual":"a"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[null]}"#, r#"[{"path":"/multi_prompt/0","code":"wrong_type","limit":"an object {prompt, duration}","actual":"null"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"prompt":1}]}"#, r#"[{"path":"/multi_prompt/0/prompt","code":"wrong_type","limit":"a string","actual":1}]"#),
    Row(T2V, "[]", r#"[{"path":"","code":"wrong_type","limit":"an object","actual":"an array"}]"#),
    Row(T2V, "null", r#"[{"path":"","code":"wrong_type","limit":"an object","actual":"null"}]"#),
    Row(T2V, "{", r#"[{"path":"","code":"wrong_type","limit":"an object"}]"#),
    Row(T2V, "", r#"[{"path":"","code":"wrong_type","limit":"an object"}]"#),
    // blank
    Row(T2V, r#"{"prompt":""}"#, r#"[{"path":"/prompt","code":"blank","actual":""}]"#),
    Row(T2V, r#"{"prompt":" \u3000\u200b\ufeff"}"#, r#"[{"path":"/prompt","code":"blank","actual":" \u3000\u200b\ufeff"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":" ","multi_prompt":[{"prompt":""}]}"#, r#"[{"path":"/prompt","code":"blank","actual":" "},{"path":"/multi_prompt/0/prompt","code":"blank","actual":""}]"#),
    // too_long: characters, not bytes and not UTF-16 units
    Row(T2V, r#"{"prompt":"x*2501"}"#, r#"[{"path":"/prompt","code":"too_long","limit":2500,"actual":2501}]"#),
    Row(T2V, r#"{"prompt":"😀*2501"}"#, r#"[{"path":"/prompt","code":"too_long","limit":2500,"actual":2501}]"#),
    Row(T2V, r#"{"prompt":"p","negative_prompt":"x*3000"}"#, r#"[{"path":"/negative_prompt","code":"too_long","limit":2500,"actual":3000}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"prompt":"x*2501"}]}"#, r#"[{"path":"/multi_prompt/0/prompt","code":"too_long","limit":2500,"actual":2501}]"#),
    // not_an_integer
    Row(T2V, r#"{"prompt":"p","duration":5.5}"#, r#"[{"path":"/duration","code":"not_an_integer","limit":RANGE,"actual":5.5,"hint":"6"}]"#),
    Row(T2V, r#"{"prompt":"p","duration":99.5}"#, r#"[{"path":"/duration","code":"not_an_integer","limit":RANGE,"actual":99.5,"hint":"15"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"prompt":"a","duration":3.2}]}"#, r#"[{"path":"/multi_prompt/0/duration","code":"not_an_integer","limit":RANGE,"actual":3.2,"hint":"3"}]"#),
    // out_of_range
    Row(T2V, r#"{"prompt":"p","duration":2}"#, r#"[{"path":"/duration","code":"out_of_range","limit":RANGE,"actual":2,"hint":"3"}]"#),
    Row(T2V, r#"{"prompt":"p","duration":16}"#, r#"[{"path":"/duration","code":"out_of_range","limit":RANGE,"actual":16,"hint":"15"}]"#),
    Row(T2V, r#"{"prompt":"p","duration":-5}"#, r#"[{"path":"/duration","code":"out_of_range","limit":RANGE,"actual":-5,"hint":"3"}]"#),
    Row(T2V, r#"{"prompt":"p","duration":1e300}"#, r#"[{"path":"/duration","code":"out_of_range","limit":RANGE,"actual":1e300,"hint":"15"}]"#),
    Row(T2V, r#"{"prompt":"p","duration":261}"#, r#"[{"path":"/duration","code":"out_of_range","limit":RANGE,"actual":261,"hint":"15"}]"#),
    Row(T2V, r#"{"prompt":"p","cfg_scale":1.01}"#, r#"[{"path":"/cfg_scale","code":"out_of_range","limit":{"min":0,"max":1},"actual":1.01}]"#),
    Row(T2V, r#"{"prompt":"p","cfg_scale":-0.01}"#, r#"[{"path":"/cfg_scale","code":"out_of_range","limit":{"min":0,"max":1},"actual":-0.01}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"prompt":"a","duration":2}]}"#, r#"[{"path":"/multi_prompt/0/duration","code":"out_of_range","limit":RANGE,"actual":2,"hint":"3"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"prompt":"a"},{"prompt":"b"},{"prompt":"c"},{"prompt":"d","duration":3}]}"#, r#"[{"path":"/multi_prompt","code":"out_of_range","limit":RANGE,"actual":18}]"#),
    // not_allowed
    Row(T2V, r#"{"prompt":"p","aspect_ratio":"4:3"}"#, r#"[{"path":"/aspect_ratio","code":"not_allowed","limit":["16:9","9:16","1:1"],"actual":"4:3"}]"#),
    Row(T2V, r#"{"prompt":"p","aspect_ratio":"16x9"}"#, r#"[{"path":"/aspect_ratio","code":"not_allowed","limit":["16:9","9:16","1:1"],"actual":"16x9","hint":"16:9"}]"#),
    Row(T2V, r#"{"prompt":"p","aspect_ratio":"16:9 "}"#, r#"[{"path":"/aspect_ratio","code":"not_allowed","limit":["16:9","9:16","1:1"],"actual":"16:9 ","hint":"16:9"}]"#),
    // unknown_field
    Row(T2V, r#"{"prompt":"p","negativePrompt":"n"}"#, r#"[{"path":"/negativePrompt","code":"unknown_field","hint":"negative_prompt"}]"#),
    Row(T2V, r#"{"prompt":"p","duratoin":5}"#, r#"[{"path":"/duratoin","code":"unknown_field","hint":"duration"}]"#),
    Row(T2V, r#"{"prompt":"p","Prompt":"q"}"#, r#"[{"path":"/Prompt","code":"unknown_field","hint":"prompt"}]"#),
    Row(T2V, r#"{"prompt":"p","seed":7}"#, r#"[{"path":"/seed","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","a/b~c":7}"#, r#"[{"path":"/a~1b~0c","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","":7}"#, r#"[{"path":"/","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","generate_audio":true}"#, r#"[{"path":"/generate_audio","code":"unknown_field","hint":"sound"}]"#),
    Row(T2V, r#"{"prompt":"p","with_audio":true}"#, r#"[{"path":"/with_audio","code":"unknown_field","hint":"sound"}]"#),
    Row(T2V, r#"{"prompt":"p","guidance_scale":1}"#, r#"[{"path":"/guidance_scale","code":"unknown_field","hint":"cfg_scale"}]"#),
    Row(T2V, r#"{"prompt":"p","multi_prompt":[]}"#, r#"[{"path":"/multi_prompt","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","multi_shots":[]}"#, r#"[{"path":"/multi_shots","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","image":"https://e.x/a.png"}"#, r#"[{"path":"/image","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","image_url":"https://e.x/a.png"}"#, r#"[{"path":"/image_url","code":"unknown_field"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","aspect_ratio":"1:1"}"#, r#"[{"path":"/aspect_ratio","code":"unknown_field"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","image_url":1}"#, r#"[{"path":"/image_url","code":"unknown_field","hint":"image"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","start_image":1}"#, r#"[{"path":"/start_image","code":"unknown_field","hint":"image"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","start_image_url":1}"#, r#"[{"path":"/start_image_url","code":"unknown_field","hint":"image"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","end_image_url":1}"#, r#"[{"path":"/end_image_url","code":"unknown_field","hint":"end_image"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","image_tail":1}"#, r#"[{"path":"/image_tail","code":"unknown_field","hint":"end_image"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","last_image":1}"#, r#"[{"path":"/last_image","code":"unknown_field","hint":"end_image"}]"#),
    Row(T2V, r#"{"prompt":"p","negativePrompt":1}"#, r#"[{"path":"/negativePrompt","code":"unknown_field","hint":"negative_prompt"}]"#),
    Row(T2V, r#"{"prompt":"p","aspectRatio":1}"#, r#"[{"path":"/aspectRatio","code":"unknown_field","hint":"aspect_ratio"}]"#),
    Row(T2V, r#"{"prompt":"p","cfgScale":1}"#, r#"[{"path":"/cfgScale","code":"unknown_field","hint":"cfg_scale"}]"#),
    Row(T2V, r#"{"prompt":"p","guidanceScale":1}"#, r#"[{"path":"/guidanceScale","code":"unknown_field","hint":"cfg_scale"}]"#),
    Row(T2V, r#"{"prompt":"p","generateAudio":1}"#, r#"[{"path":"/generateAudio","code":"unknown_field","hint":"sound"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","endImage":1}"#, r#"[{"path":"/endImage","code":"unknown_field","hint":"end_image"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","imageUrl":1}"#, r#"[{"path":"/imageUrl","code":"unknown_field","hint":"image"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","endImageUrl":1}"#, r#"[{"path":"/endImageUrl","code":"unknown_field","hint":"end_image"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multiPrompt":1}"#, r#"[{"path":"/multiPrompt","code":"unknown_field","hint":"multi_prompt"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","aspectRatio":1}"#, r#"[{"path":"/aspectRatio","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","multiPrompt":1}"#, r#"[{"path":"/multiPrompt","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","imageUrl":1}"#, r#"[{"path":"/imageUrl","code":"unknown_field"}]"#),
    Row(T2V, r#"{"prompt":"p","endImage":1}"#, r#"[{"path":"/endImage","code":"unknown_field"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_shots":1}"#, r#"[{"path":"/multi_shots","code":"unknown_field","hint":"multi_prompt"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"prompt":"a","duraton":3}],"sead":1}"#, r#"[{"path":"/multi_prompt/0/duraton","code":"unknown_field","hint":"duration"},{"path":"/sead","code":"unknown_field"}]"#),
    // conflict: whether both are given, not whether both are sound
    Row(I2V, r#"{IMAGE,"prompt":"p","end_image":"https://e.x/b.png","multi_prompt":[{"prompt":"a"}]}"#, r#"[{"path":"/multi_prompt","code":"conflict"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","end_image":"?","multi_prompt":[]}"#, r#"[{"path":"/end_image","code":"bad_image_source","actual":"?"},{"path":"/multi_prompt","code":"conflict"},{"path":"/multi_prompt","code":"empty","limit":1,"actual":0}]"#),
    // empty
    Row(I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[]}"#, r#"[{"path":"/multi_prompt","code":"empty","limit":1,"actual":0}]"#),
    // duration_mismatch, and when it cannot be judged
    Row(I2V, r#"{IMAGE,"prompt":"p","duration":10,"multi_prompt":[{"prompt":"a","duration":4},{"prompt":"b"}]}"#, r#"[{"path":"/duration","code":"duration_mismatch","limit":9,"actual":10,"hint":"9"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","duration":10,"multi_prompt":[{"prompt":" ","duration":4}]}"#, r#"[{"path":"/duration","code":"duration_mismatch","limit":4,"actual":10,"hint":"4"},{"path":"/multi_prompt/0/prompt","code":"blank","actual":" "}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","duration":10,"multi_prompt":[{"prompt":"a","duration":"4"},{"prompt":"b"}]}"#, r#"[{"path":"/multi_prompt/0/duration","code":"wrong_type","limit":"a whole number of seconds","actual":"4","hint":"4"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","duration":1,"multi_prompt":[{"prompt":"a"}]}"#, r#"[{"path":"/duration","code":"out_of_range","limit":RANGE,"actual":1,"hint":"3"}]"#),
    Row(I2V, r#"{IMAGE,"prompt":"p","duration":5,"multi_prompt":[{"prompt":"a","duration":15},{"prompt":"b"}]}"#, r#"[{"path":"/multi_prompt","code":"out_of_range","limit":RANGE,"actual":20}]"#),
    // all at once, in the order of the table, unknown fields last
    Row(T2V, r#"{"zoom":1,"sound":0,"aspect_ratio":"2:1","cfg_scale":2,"duration":0,"negative_prompt":1,"prompt":""}"#,
        r#"[{"path":"/prompt","code":"blank","actual":""},{"path":"/negative_prompt","code":"wrong_type","limit":"a string","actual":1},{"path":"/duration","code":"out_of_range","limit":RANGE,"actual":0,"hint":"3"},{"path":"/cfg_scale","code":"out_of_range","limit":{"min":0,"max":1},"actual":2},{"path":"/aspect_ratio","code":"not_allowed","limit":["16:9","9:16","1:1"],"actual":"2:1","hint":"1:1"},{"path":"/sound","code":"wrong_type","limit":"a boolean (true or false)","actual":0},{"path":"/zoom","code":"unknown_field"}]"#),
    Row(I2V, r#"{"zoom":1,"multi_prompt":[{"prompt":"a","x":1},{"prompt":"","duration":1}],"end_image":1,"sound":0,"cfg_scale":2,"duration":0,"negative_prompt":1}"#,
        r#"[{"path":"/image","code":"required"},{"path":"/prompt","code":"required"},{"path":"/negative_prompt","code":"wrong_type","limit":"a string","actual":1},{"path":"/duration","code":"out_of_range","limit":RANGE,"actual":0,"hint":"3"},{"path":"/cfg_scale","code":"out_of_range","limit":{"min":0,"max":1},"actual":2},{"path":"/sound","code":"wrong_type","limit":"a boolean (true or false)","actual":0},{"path":"/end_image","code":"wrong_type","limit":"a URL, a data URI, base64 or a file's bytes","actual":1},{"path":"/multi_prompt","code":"conflict"},{"path":"/multi_prompt/1/prompt","code":"blank","actual":""},{"path":"/multi_prompt/1/duration","code":"out_of_range","limit":RANGE,"actual":1,"hint":"3"},{"path":"/multi_prompt/0/x","code":"unknown_field"},{"path":"/zoom","code":"unknown_field"}]"#),
];

/// Writes out the shorthands of a row.
fn written_out(text: &str) -> String {
    let mut text = text
        .replace("IMAGE", r#""image":"https://example.com/a.png""#)
        .replace("RANGE", RANGE);
    for (sign, count) in [
        ("x", 2501),
        ("x", 3000),
        ("x", 2500),
        ("x", 513),
        ("x", 512),
        ("😀", 2501),
        ("😀", 2500),
    ] {
        text = text.replace(&format!("{sign}*{count}"), &sign.repeat(count));
    }
    text
}

#[test]
fn every_broken_rule_is_reported_with_its_path_code_limit_and_value() {
    for Row(endpoint, input, expected) in ROWS {
        let Err(report) = check_json(*endpoint, &written_out(input)) else {
            panic!("accepted: {input}")
        };
        assert_messages(&report);
        let mut found = serde_json::to_value(&report.issues).unwrap();
        for issue in found.as_array_mut().unwrap() {
            let issue = issue.as_object_mut().unwrap();
            issue.remove("message");
            assert_eq!(issue.remove("severity"), Some(Value::from("error")), "{input}");
        }
        let expected: Value = serde_json::from_str(&written_out(expected)).unwrap();
        assert_eq!(found, expected, "{input}");
    }
}

/// A message says the limit and the value, is one line and stays short.
fn assert_messages(report: &Report) {
    for issue in &report.issues {
        let message = &issue.message;
        assert!(message.ends_with(['.', '?']), "{message}");
        assert!(
            message.chars().count() < 300 && !message.contains('\n'),
            "{message}"
        );
        for number in [&issue.limit, &issue.actual].into_iter().flatten() {
            if let rushes_core::Detail::Number(number) = number
                && issue.code != rushes_core::Code::Empty
                && number.abs() < 1e6
            {
                assert!(
                    message.contains(&number.to_string()),
                    "{message} does not say {number}"
                );
            }
        }
        if let Some(hint) = &issue.hint
            && issue.code == rushes_core::Code::UnknownField
        {
            assert!(message.contains(&format!("`{hint}`")), "{message}");
        }
    }
    assert_eq!(report.to_string().lines().count(), report.issues.len());
}

#[test]
fn what_is_right_passes_with_its_warnings() {
    #[rustfmt::skip]
    let rows = [
        (T2V, r#"{"prompt":"p"}"#, ""),
        (T2V, r#"{"prompt":"x*2500","negative_prompt":"x*2500"}"#, ""),
        (T2V, r#"{"prompt":"😀*2500"}"#, ""),
        (T2V, r#"{"prompt":"p","negative_prompt":"","duration":null,"cfg_scale":null,"aspect_ratio":null,"sound":null,"seed":null}"#, ""),
        (T2V, r#"{"prompt":"p","duration":5.0,"cfg_scale":0,"aspect_ratio":"1:1","sound":true}"#, ""),
        (T2V, r#"{"prompt":1,"prompt":"the last of a name counts"}"#, ""),
        (I2V, r#"{IMAGE,"prompt":"p","end_image":"http://e.x/b.jpg"}"#, ""),
        (I2V, r#"{IMAGE,"prompt":"p","end_image":null,"multi_prompt":[{"prompt":"a"}]}"#, ""),
        (I2V, r#"{IMAGE,"prompt":"p","end_image":"https://e.x","multi_prompt":null}"#, ""),
        (I2V, r#"{IMAGE,"prompt":"p","duration":15,"multi_prompt":[{"prompt":"a","duration":3},{"prompt":"b","duration":3},{"prompt":"c","duration":3},{"prompt":"d","duration":3},{"prompt":"e","duration":3}]}"#, ""),
        (I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"prompt":"x*512"}]}"#, ""),
        (I2V, r#"{IMAGE,"prompt":"p","multi_prompt":[{"prompt":"a"},{"prompt":"x*513","duration":null}]}"#, "/multi_prompt/1/prompt too_long 512 513"),
    ];
    for (endpoint, input, warning) in rows {
        let checked =
            check_json(endpoint, &written_out(input)).unwrap_or_else(|report| panic!("{input}: {report}"));
        let warnings: Vec<String> = checked
            .warnings
            .iter()
            .map(|issue| {
                let issue = serde_json::to_value(issue).unwrap();
                assert_eq!(issue["severity"], "warning");
                format!(
                    "{} {} {} {}",
                    issue["path"], issue["code"], issue["limit"], issue["actual"]
                )
                .replace('"', "")
            })
            .collect();
        assert_eq!(warnings.join("; "), warning, "{input}");
    }
}

#[test]
fn warnings_stand_among_the_errors_of_a_report() {
    let input = written_out(r#"{IMAGE,"multi_prompt":[{"prompt":"x*513"}]}"#);
    let report = check_json(I2V, &input).unwrap_err();
    let found: Vec<_> = report
        .issues
        .iter()
        .map(|issue| (issue.path.as_str(), issue.is_error()))
        .collect();
    assert_eq!(found, [("/prompt", true), ("/multi_prompt/0/prompt", false)]);
}

#[test]
fn hostile_nesting_is_an_issue_and_no_stack_overflow() {
    for text in [
        "[".repeat(100_000),
        r#"{"a":"#.repeat(100_000),
        format!(r#"{{"prompt":{}1{}}}"#, "[".repeat(70), "]".repeat(70)),
    ] {
        let report = check_json(T2V, &text).unwrap_err();
        assert_eq!(report.issues.len(), 1);
        assert_eq!(report.issues[0].path, "");
    }
}

#[test]
fn hostile_names_and_lists_take_no_time_to_speak_of() {
    let name = "prompt".repeat(200_000);
    let report = check_json(T2V, &format!(r#"{{"prompt":"p","{name}":1}}"#)).unwrap_err();
    assert!(report.issues[0].hint.is_none() && report.issues[0].message.len() < 300);

    let names: Vec<String> = (0..20_000).map(|n| format!(r#""f{n}":1,"f{n}":2"#)).collect();
    let report = check_json(T2V, &format!(r#"{{"prompt":"p",{}}}"#, names.join(","))).unwrap_err();
    assert_eq!(report.issues.len(), 20_000);
    assert_eq!(report.issues[19_999].path, "/f19999");
}

#[test]
fn of_a_name_that_stands_twice_the_last_value_counts_at_the_first_place() {
    let many = (0..20)
        .map(|n| format!(r#","n{n}":{n}"#))
        .collect::<Vec<_>>()
        .concat();
    for rest in ["", &many] {
        let text = format!(r#"{{"a":1,"b":2,"a":3,"c":4,"b":5,"a":6{rest}}}"#);
        let read: rushes_core::Input = serde_json::from_str(&text).unwrap();
        let fields: Vec<_> = read.as_object().unwrap().iter().take(3).collect();
        let found: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_f64().unwrap()))
            .collect();
        assert_eq!(found, [("a", 6.0), ("b", 5.0), ("c", 4.0)]);
        assert_eq!(
            read.as_object().unwrap().len(),
            if rest.is_empty() { 3 } else { 23 }
        );
    }
}

/// What was given as an image may be an address with a key in it: no part of that is shown.
#[test]
fn a_text_that_is_no_image_shows_no_secret() {
    let texts = [
        "user:canary@host/a.png",
        "ftp://host/a.png?canary",
        "//host/a.png?X-Amz-Signature=canary",
        "host/a.png?X-Amz-Signature=canary",
        "host/a.png#canary",
        "https://user:canary@host/a.png",
        "https://host/a b.png?canary",
        "sk_canary123canary123",
        "Bearer canary123canary123canary",
        "data:image/png;base65,canary",
    ];
    for text in texts {
        let request = Input::Object(vec![
            ("prompt".to_owned(), "p".into()),
            ("image".to_owned(), text.into()),
        ]);
        let report = check(Endpoint::ImageToVideo, request).unwrap_err();
        let [issue] = report.issues.as_slice() else {
            panic!("{text}: {report:?}")
        };
        assert_eq!(issue.code, Code::BadImageSource, "{text}");
        assert!(!format!("{issue:?}").contains("canary"), "{issue:?}");
    }
}

#[test]
fn text_is_inspected_by_the_same_rules_as_a_request() {
    let picture = png(640, 480);
    for text in [base64(&picture), format!("data:;base64,{}", base64(&picture))] {
        assert_eq!(
            inspect_text(&text, "/image"),
            inspect(&picture, "/image"),
            "{text}"
        );
    }
    for text in [
        "",
        " ",
        "https://example.com/a.png",
        "data:image/png,abc",
        "iVBORw0K=",
        "a b",
    ] {
        let found = inspect_text(text, "/image");
        assert_eq!(found.info, None, "{text:?}");
        let codes: Vec<_> = found
            .issues
            .iter()
            .map(|issue| (issue.path.as_str(), issue.code))
            .collect();
        assert_eq!(codes, [("/image", Code::BadImageSource)], "{text:?}");
    }
}

#[test]
fn a_message_says_where_a_value_was_rounded_and_what_a_name_means_here() {
    let cases = [
        (
            T2V,
            r#"{"prompt":"p","duration":"99"}"#,
            "`duration` must be a whole number of seconds, not the string \"99\": the nearest that is taken is 15, without quotes.",
        ),
        (
            T2V,
            r#"{"prompt":"p","duration":"7s"}"#,
            "`duration` must be a whole number of seconds, not the string \"7s\": write 7 without quotes.",
        ),
        (
            I2V,
            r#"{IMAGE,"prompt":"p","imageUrl":1}"#,
            "`imageUrl` is another host's name: here it is `image`.",
        ),
        (
            I2V,
            r#"{IMAGE,"prompt":"p","cfgScale":1}"#,
            "image-to-video has no field `cfgScale`: did you mean `cfg_scale`?",
        ),
        (
            I2V,
            r#"{IMAGE,"prompt":"p","aspectRatio":1}"#,
            "`aspectRatio` is not taken by image-to-video: the image decides. Take it out.",
        ),
        (
            T2V,
            r#"{"prompt":"p","endImageUrl":1}"#,
            "`endImageUrl` is not taken by text-to-video: use image-to-video, or take it out.",
        ),
    ];
    for (endpoint, request, message) in cases {
        let report = check_json(endpoint, &written_out(request)).unwrap_err();
        let said: Vec<_> = report.issues.iter().map(|issue| issue.message.as_str()).collect();
        assert_eq!(said, [message]);
    }
}
