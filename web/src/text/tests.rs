//! Every language has every word.

use std::collections::BTreeSet;

use super::{Keys, LANGUAGES, Rooms, Text, best, en, locale, rooms, t, zh};
use crate::help::shortcuts::{Place, TABLE};
use crate::help::steps::Step;

/// The words of every language, and those of its rooms.
static ALL: [(&Text, &Rooms); LANGUAGES.len()] = [(&en::TEXT, &rooms::ENGLISH), (&zh::TEXT, &zh::ROOMS)];

/// The static shell is seen before the program runs: its words are the catalogue's.
#[test]
fn the_static_shell_has_the_same_words() {
    let html: String = include_str!("../../../index.html")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let (shell, compose, shots) = (t().shell, t().compose, t().shots);
    let words = [
        shell.name,
        shell.engine_unknown,
        (t().guide.say)(Step::Begin),
        t().guide.example,
        shell.compose,
        shell.stage,
        shell.library,
        compose.text_to_video,
        compose.start.label,
        compose.start.hint,
        compose.choose_file,
        compose.use_url,
        shots.plan,
        shots.plan_one,
        shots.plan_shots,
        shots.reason_text,
        compose.prompt.label,
        compose.prompt_placeholder,
        compose.seconds.label,
        compose.ratio.label,
        compose.sound.label,
        compose.sound.hint,
        compose.more,
        t().doors.request,
        compose.generate,
    ];
    let labels = compose.ratios.iter().map(|(_, label)| *label);
    let missing: Vec<&str> = words
        .into_iter()
        .chain(labels)
        .filter(|words| !html.contains(words))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_first_wanted_language_that_there_is_is_spoken() {
    for (wanted, tag, writes) in [
        (&["zh-CN", "en"][..], "zh-Hans", "zh-CN"),
        (&["fr-FR", "en-GB", "zh"], "en", "en-GB"),
        (&["fr", "ZH_hans"], "zh-Hans", "zh-Hans"),
        (&["en-US@posix"], "en", "en"),
        (&["zhx", "fr"], "en", "en"),
        (&[], "en", "en"),
    ] {
        let wanted: Vec<String> = wanted.iter().map(|tag| (*tag).to_owned()).collect();
        let language = best(&wanted);
        assert_eq!(
            (language.tag, locale(language, &wanted)),
            (tag, writes),
            "{wanted:?}"
        );
    }
}

/// Every line of a catalogue's debug form: words in quotes, functions as the addresses of their code.
fn lines((text, rooms): (&Text, &Rooms)) -> Vec<String> {
    let text = Text { rooms: None, ..*text };
    format!("{text:#?}\n{rooms:#?}")
        .lines()
        .map(|line| line.trim().to_owned())
        .collect()
}

/// What is the same in every language: names of formats, keys, signs.
const SAME: [&str; 3] = ["\"Rushes\"", "\"\"", "\"s\""];

/// Only the words of the first language come with its rooms: those of another come whole, with all of its rooms.
#[test]
fn another_language_has_its_words_of_rooms() {
    for (text, rooms) in ALL {
        let own = text.rooms.map(std::ptr::from_ref);
        let expected = (text.tag != LANGUAGES[0].tag).then_some(std::ptr::from_ref(rooms));
        assert_eq!(own, expected, "{}", text.tag);
    }
}

/// Words (in quotes) and functions (addresses) that stand in two catalogues alike were left untranslated.
#[test]
fn no_word_is_left_in_another_language() {
    let english = lines(ALL[0]);
    for other in ALL.into_iter().skip(1) {
        let (tag, theirs) = (other.0.tag, lines(other));
        assert_eq!(english.len(), theirs.len(), "{tag} has lists of other lengths");
        let left: BTreeSet<&String> = english
            .iter()
            .zip(&theirs)
            .filter(|(ours, theirs)| ours == theirs && is_translatable(ours))
            .map(|(ours, _)| ours)
            .collect();
        assert!(left.is_empty(), "{tag}: not translated: {left:#?}");
    }
}

fn is_translatable(line: &str) -> bool {
    let value = line.split_once(": ").map_or(line, |(_, value)| value);
    let value = value.trim_end_matches(',');
    let is_words = value.starts_with('"') && value.chars().any(char::is_alphabetic) && !is_ratio(value);
    let is_function = value.starts_with("0x");
    (is_words || is_function) && !SAME.contains(&value)
}

fn is_ratio(value: &str) -> bool {
    value
        .chars()
        .all(|char| char.is_ascii_digit() || matches!(char, '"' | ':'))
}

/// The list of keys has its words apart from the catalogue.
#[test]
fn every_key_is_explained_in_every_language() {
    let lists = [&super::en_keys::EN, &super::zh_keys::ZH];
    assert_eq!(lists.len(), ALL.len());
    let said = |list: &Keys| -> Vec<String> {
        let places = Place::EACH.map(|place| (list.place)(place).to_owned());
        let keys = TABLE.iter().map(|(_, what, _)| (list.does)(*what).to_owned());
        places.into_iter().chain(keys).collect()
    };
    let all = lists.map(said);
    for (at, words) in all.iter().enumerate() {
        assert!(words.iter().all(|words| !words.is_empty()));
        for other in &all[..at] {
            assert!(
                words.iter().zip(other).all(|(one, other)| one != other),
                "not translated"
            );
        }
    }
    let pages = [&super::en_design::EN, &super::zh_design::ZH].map(|page| format!("{page:#?}"));
    assert_eq!(pages.len(), ALL.len());
    for (one, other) in pages[0]
        .lines()
        .zip(pages[1].lines())
        .filter(|(line, _)| line.contains('"'))
    {
        assert_ne!(one, other, "not translated");
    }
    for steps in [Step::Begin, Step::Send, Step::Watch, Step::Kept] {
        let said: BTreeSet<&str> = ALL.iter().map(|(text, _)| (text.guide.say)(steps)).collect();
        assert_eq!(said.len(), ALL.len());
    }
}

/// The test above can see an untranslated word and an untranslated function.
#[test]
fn what_is_left_untranslated_is_seen() {
    for (line, seen) in [
        ("close: \"Close\",", true),
        ("over: 0x000055d0c0ffee00,", true),
        ("\"Close\",", true),
        ("hint: \"\",", false),
        ("\"16:9\",", false),
        ("shell: Shell {", false),
        ("3,", false),
    ] {
        assert_eq!(is_translatable(line), seen, "{line}");
    }
}

/// No sentence of Chinese has words of Latin letters beyond names and formats.
#[test]
fn chinese_is_chinese() {
    const NAMES: [&str; 26] = [
        "Alt", "Rushes", "PNG", "JPEG", "JSON", "curl", "http", "https", "ID", "Mod", "Enter", "Esc", "zh",
        "Hans", "CORS", "API", "rushes", "server", "allow", "origin", "connect", "src", "KB", "Shift", "MB",
        "MP",
    ];
    for line in lines((&zh::TEXT, &zh::ROOMS)) {
        let value = line.split_once(": \"").map_or(line.as_str(), |(_, value)| value);
        if !line.contains('"') {
            continue;
        }
        let odd: Vec<&str> = value
            .split(|char: char| !char.is_ascii_alphabetic())
            .filter(|word| word.len() > 1 && !NAMES.contains(word))
            .collect();
        assert!(odd.is_empty(), "{odd:?} in {line}");
    }
}
