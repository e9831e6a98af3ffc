//! Every pair of colours that carries words or edges passes WCAG 2.2 AA in both themes, computed from the token file.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashMap;

const TOKENS: &str = include_str!("../styles/tokens.css");

/// Words on a ground: 4.5:1 (1.4.3).
const WORDS: &[(&str, &[&str])] = &[
    (
        "ink",
        &["ground", "surface", "raised", "well", "amber-wash", "red-wash"],
    ),
    ("ink-soft", &["ground", "surface", "raised", "well", "amber-wash"]),
    ("amber", &["ground", "surface", "raised", "well"]),
    ("amber-deep", &["amber-wash", "surface"]),
    ("on-amber", &["amber", "amber-deep"]),
    ("red", &["ground", "surface", "raised", "well", "red-wash"]),
    ("on-red", &["red"]),
    ("on-screen", &["screen"]),
];

/// Edges, lamps, focus rings and switches on a ground: 3:1 (1.4.11).
const SHAPES: &[(&str, &[&str])] = &[
    ("edge", &["ground", "surface", "raised", "well"]),
    ("amber", &["ground", "surface", "raised", "well"]),
    ("red", &["ground", "surface", "raised", "well"]),
    ("focus", &["ground", "surface", "raised", "well"]),
    ("ink-soft", &["ground", "surface", "well"]),
];

/// The tokens of one theme: 0 is daylight, 1 the dark room.
fn theme(index: usize) -> HashMap<&'static str, [f64; 3]> {
    let mut colours = HashMap::new();
    for line in TOKENS.lines() {
        let Some((name, value)) = line
            .trim()
            .strip_prefix("--")
            .and_then(|line| line.split_once(": light-dark("))
        else {
            continue;
        };
        let both: Vec<&str> = value.trim_end_matches(");").split(", ").collect();
        colours.insert(name, colour(both[index]));
    }
    colours
}

fn colour(hex: &str) -> [f64; 3] {
    let number = u32::from_str_radix(hex.trim_start_matches('#'), 16).expect("a colour is #rrggbb");
    [16, 8, 0].map(|shift| f64::from(number >> shift & 0xff) / 255.0)
}

/// WCAG's relative luminance.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn black_on_white_is_21_to_1() {
    assert!((contrast(colour("#000000"), colour("#ffffff")) - 21.0).abs() < 1e-9);
    assert!((contrast(colour("#777777"), colour("#ffffff")) - 4.478).abs() < 1e-3);
}

#[test]
fn every_pair_passes_in_both_themes() {
    let mut failures = Vec::new();
    for (index, name) in ["daylight", "dark room"].into_iter().enumerate() {
        let colours = theme(index);
        assert!(colours.len() >= 14, "the tokens are read: {colours:?}");
        for (pairs, least) in [(WORDS, 4.5), (SHAPES, 3.0)] {
            for (front, grounds) in pairs {
                for ground in *grounds {
                    let ratio = contrast(colours[front], colours[ground]);
                    if ratio < least {
                        failures.push(format!(
                            "{name}: {front} on {ground} is {ratio:.2}, needs {least}"
                        ));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_colour_of_the_styles_is_a_token() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/styles");
    let mut looked_at = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "tokens.css" {
            continue;
        }
        looked_at += 1;
        let css = std::fs::read_to_string(&path).unwrap();
        for (number, line) in css.lines().enumerate() {
            let is_hex = line.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8)
                    && line.contains(':')
                    && rest[digits..].starts_with([';', ' ', ',', ')'])
            });
            assert!(!is_hex, "{name} line {}: {line}", number + 1);
        }
    }
    assert!(looked_at > 0, "there are styles");
}
