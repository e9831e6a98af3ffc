//! What a picture's header is judged by, and what an inspection says of a file.

mod support;

use rushes_core::image::{ImageFormat, ImageInfo, inspect, judge};
use rushes_core::{Code, Severity};
use support::{ihdr, jpeg, png_of};

/// Width, height and bytes; the codes, and whether each is an error.
type Row = (u32, u32, u64, &'static [(&'static str, bool)]);

#[test]
fn the_rules_are_exact_and_all_judged() {
    const MIB10: u64 = 10 * 1024 * 1024;
    const MEGA10: u64 = 10_000_000;
    let rows: [Row; 18] = [
        (300, 300, 1, &[]),
        (299, 300, 1, &[("image_too_small", true)]),
        (300, 299, 1, &[("image_too_small", true)]),
        (750, 300, 1, &[]),
        (300, 750, 1, &[]),
        (751, 300, 1, &[("image_ratio", true)]),
        (300, 751, 1, &[("image_ratio", true)]),
        (1002, 401, 1, &[]),
        (1003, 401, 1, &[("image_ratio", true)]),
        (2_147_483_647, 858_993_459, 1, &[]),
        (2_147_483_647, 858_993_458, 1, &[("image_ratio", true)]),
        (500, 500, MEGA10, &[]),
        (500, 500, MEGA10 + 1, &[("image_too_big", false)]),
        (500, 500, MIB10, &[("image_too_big", false)]),
        (500, 500, MIB10 + 1, &[("image_too_big", true)]),
        (500, 500, u64::MAX, &[("image_too_big", true)]),
        (0, 0, 1, &[("image_too_small", true)]),
        (
            1000,
            100,
            MIB10 + 1,
            &[
                ("image_too_big", true),
                ("image_too_small", true),
                ("image_ratio", true),
            ],
        ),
    ];
    for (width, height, bytes, expected) in rows {
        let info = ImageInfo {
            format: ImageFormat::Png,
            width,
            height,
            bytes,
            orientation: 1,
        };
        let issues = judge(&info, "/end_image");
        let found: Vec<_> = issues
            .iter()
            .map(|issue| (issue.code.as_str(), issue.severity == Severity::Error))
            .collect();
        assert_eq!(found, expected, "{width} × {height}, {bytes} bytes");
        for issue in issues {
            assert_eq!(issue.path, "/end_image");
            assert!(issue.limit.is_some() && issue.actual.is_some());
        }
    }
}

#[test]
fn an_inspection_says_all_that_can_be_said() {
    let mut noise = vec![0x8f; 11_000_000];
    let inspection = inspect(&noise, "/image");
    let codes: Vec<_> = inspection
        .issues
        .iter()
        .map(|issue| (issue.path.as_str(), issue.code))
        .collect();
    assert_eq!(
        codes,
        [("/image", Code::ImageFormat), ("/image", Code::ImageTooBig)]
    );
    assert_eq!(inspection.info, None);

    noise.truncate(9_900_000);
    let big = png_of(&[("IHDR", ihdr(299, 300)), ("IDAT", noise), ("IEND", Vec::new())]);
    let inspection = inspect(&big, "/image");
    let codes: Vec<_> = inspection.issues.iter().map(|issue| issue.code).collect();
    assert_eq!(codes, [Code::ImageTooSmall]);
    assert!(inspection.issues[0].message.contains("299 × 300"));
}

#[cfg(feature = "json")]
#[test]
fn an_inspection_serialises_flat() {
    let text = serde_json::to_string(&inspect(&jpeg(640, 480), "")).unwrap();
    let len = jpeg(640, 480).len();
    let expected =
        format!(r#"{{"format":"jpeg","width":640,"height":480,"bytes":{len},"orientation":1,"issues":[]}}"#);
    assert_eq!(text, expected);
    assert!(
        serde_json::to_string(&inspect(b"", ""))
            .unwrap()
            .starts_with(r#"{"issues":[{"path":"""#)
    );
}
