//! Rules of single values: text, numbers, booleans, choices.

use super::place::{self, Place};
use super::unknown::nearest;
use super::{Broken, Sound};
use crate::decimal::{self, digits, shown as number};
use crate::input::whole;
use crate::limits::{
    ASPECT_RATIOS, CFG_SCALE_DEFAULT, CFG_SCALE_MAX, CFG_SCALE_MIN, DURATION_MAX_SECS, DURATION_MIN_SECS,
    PROMPT_MAX_CHARS,
};
use crate::report::{Code, Detail, clip};
use crate::request::AspectRatio;
use crate::say::{characters, list, say};
use crate::{Input, Issue};

/// A required field that is not there.
pub(super) fn required(place: Place, what: &str, issues: &mut Vec<Issue>) -> Broken {
    let message = say!("{} is required: {}.", place.subject(), what);
    issues.push(Issue::error(place.path(), Code::Required, message));
    Broken
}

/// A value of another type than the field takes.
pub(super) fn wrong_type(place: Place, wanted: &str, given: &Input, issues: &mut Vec<Issue>) -> Broken {
    let meant = meant(wanted, given);
    let next = match &meant {
        Some((hint, true)) => say!(": write {} without quotes", hint),
        Some((hint, false)) => say!(": the nearest that is taken is {}, without quotes", hint),
        None => String::new(),
    };
    let hint = meant.map(|(hint, _)| hint);
    let message = say!(
        "{} must be {}, not {}{}.",
        place.subject(),
        wanted,
        shown(given),
        next
    );
    let issue = Issue::error(place.path(), Code::WrongType, message);
    issues.push(issue.limit(wanted).actual(detail(given)).hint(hint));
    Broken
}

/// A request that is no object.
pub(super) fn not_an_object(given: &Input) -> Issue {
    let message = say!(
        "A request is a JSON object with fields such as `prompt`, not {}.",
        shown(given)
    );
    Issue::error("", Code::WrongType, message)
        .limit("an object")
        .actual(detail(given))
}

/// A text that is not JSON.
#[cfg(feature = "json")]
pub(super) fn not_json(error: &serde_json::Error) -> Issue {
    let message = say!("This cannot be read as JSON: {}.", clip(&error.to_string()));
    Issue::error("", Code::WrongType, message).limit("an object")
}

/// What was probably meant by a text where a number or a boolean is wanted, and whether that is just what it says.
fn meant(wanted: &str, given: &Input) -> Option<(String, bool)> {
    let text = given.as_str()?.trim();
    if wanted == BOOLEAN {
        return match text.to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => Some(("true".to_owned(), true)),
            "false" | "off" | "no" | "0" => Some(("false".to_owned(), true)),
            _ => None,
        };
    }
    let digits = text.trim_end_matches(['s', 'S']).trim_end();
    let value = decimal::read(digits).filter(|value| value.is_finite())?;
    let allowed = match wanted {
        WHOLE_NUMBER => nearest_duration(value),
        NUMBER => value.clamp(CFG_SCALE_MIN, CFG_SCALE_MAX),
        _ => return None,
    };
    Some((number(allowed), allowed.total_cmp(&value).is_eq()))
}

const BOOLEAN: &str = "a boolean (true or false)";
const WHOLE_NUMBER: &str = "a whole number of seconds";
const NUMBER: &str = "a number";
const STRING: &str = "a string";

/// A value as a sentence names it.
fn shown(given: &Input) -> String {
    match given {
        Input::Text(text) => say!("the string \"{}\"", clip(text)),
        Input::Number(value) => say!("the number {}", number(*value)),
        Input::Bool(value) => if *value { "true" } else { "false" }.to_owned(),
        other => other.kind().to_owned(),
    }
}

/// A value as an issue's detail; of lists, objects and bytes only what they are.
fn detail(given: &Input) -> Detail {
    match given {
        Input::Text(text) => text.as_str().into(),
        Input::Number(value) => (*value).into(),
        Input::Bool(value) => Detail::Bool(*value),
        other => other.kind().into(),
    }
}

/// Text, or an issue.
pub(super) fn text(place: Place, value: Input, issues: &mut Vec<Issue>) -> Sound<String> {
    match value {
        Input::Text(text) => Ok(text),
        other => Err(wrong_type(place, STRING, &other, issues)),
    }
}

/// A required prompt: not blank, not too long.
pub(super) fn prompt(place: Place, value: Option<Input>, issues: &mut Vec<Issue>) -> Sound<String> {
    let Some(value) = value else {
        return Err(required(place, "say what is to be seen", issues));
    };
    let text = text(place, value, issues)?;
    let blank = text.chars().all(is_white);
    if blank {
        let message = say!("{} is blank: say what is to be seen.", place.subject());
        issues.push(Issue::error(place.path(), Code::Blank, message).actual(text.as_str()));
    }
    match not_too_long(place, &text, issues) {
        Ok(()) if !blank => Ok(text),
        _ => Err(Broken),
    }
}

/// White space, and the characters without width that are as empty.
pub(crate) fn is_white(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The optional negative prompt; an empty one says nothing and counts as absent.
pub(super) fn negative_prompt(value: Option<Input>, issues: &mut Vec<Issue>) -> Sound<Option<String>> {
    let place = Place::Field("negative_prompt");
    let Some(value) = value else { return Ok(None) };
    let text = text(place, value, issues)?;
    not_too_long(place, &text, issues)?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// The rule of length, in Unicode scalar values.
fn not_too_long(place: Place, text: &str, issues: &mut Vec<Issue>) -> Sound<()> {
    if text.len() <= PROMPT_MAX_CHARS {
        return Ok(());
    }
    let count = characters(text);
    if count <= PROMPT_MAX_CHARS {
        return Ok(());
    }
    let message = say!(
        "{} has {} characters; at most {} are taken. Shorten it by {}.",
        place.subject(),
        place::count(count),
        place::count(PROMPT_MAX_CHARS),
        place::count(count - PROMPT_MAX_CHARS)
    );
    let issue = Issue::error(place.path(), Code::TooLong, message);
    issues.push(issue.limit(length(PROMPT_MAX_CHARS)).actual(length(count)));
    Err(Broken)
}

/// A count as a detail.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
pub(super) fn length(count: usize) -> f64 {
    count as f64
}

/// The range of durations.
pub(super) fn duration_range() -> Detail {
    Detail::Range {
        min: DURATION_MIN_SECS.into(),
        max: DURATION_MAX_SECS.into(),
    }
}

/// Whole seconds from 3 to 15.
pub(super) fn duration(place: Place, value: Option<Input>, issues: &mut Vec<Issue>) -> Sound<Option<u8>> {
    let seconds = match value {
        None => return Ok(None),
        Some(Input::Number(seconds)) => seconds,
        Some(other) => return Err(wrong_type(place, WHOLE_NUMBER, &other, issues)),
    };
    let (code, why) = if seconds.is_finite() && seconds.fract() != 0.0 {
        (Code::NotAnInteger, "must be a whole number of seconds")
    } else {
        let allowed = DURATION_MIN_SECS..=DURATION_MAX_SECS;
        match whole(seconds).and_then(|seconds| u8::try_from(seconds).ok()) {
            Some(seconds) if allowed.contains(&seconds) => return Ok(Some(seconds)),
            _ => (Code::OutOfRange, "is out of range"),
        }
    };
    let message = say!(
        "{} {}: {} is not one of {} to {} whole seconds.",
        place.subject(),
        why,
        number(seconds),
        digits(DURATION_MIN_SECS.into()),
        digits(DURATION_MAX_SECS.into())
    );
    let hint = (!seconds.is_nan()).then(|| number(nearest_duration(seconds)));
    issues.push(
        Issue::error(place.path(), code, message)
            .limit(duration_range())
            .actual(seconds)
            .hint(hint),
    );
    Err(Broken)
}

/// The nearest allowed duration.
fn nearest_duration(seconds: f64) -> f64 {
    seconds
        .round()
        .clamp(DURATION_MIN_SECS.into(), DURATION_MAX_SECS.into())
}

/// `cfg_scale`: 0 to 1.
pub(super) fn cfg_scale(value: Option<Input>, issues: &mut Vec<Issue>) -> Sound<f64> {
    let place = Place::Field("cfg_scale");
    let scale = match value {
        None => return Ok(CFG_SCALE_DEFAULT),
        Some(Input::Number(scale)) => scale,
        Some(other) => return Err(wrong_type(place, NUMBER, &other, issues)),
    };
    if (CFG_SCALE_MIN..=CFG_SCALE_MAX).contains(&scale) {
        // Negative zero is zero.
        return Ok(scale + 0.0);
    }
    let message = say!(
        "`cfg_scale` is out of range: {} is not between {} (most freedom) and {} (closest to the prompt).",
        number(scale),
        number(CFG_SCALE_MIN),
        number(CFG_SCALE_MAX)
    );
    let range = Detail::Range {
        min: CFG_SCALE_MIN,
        max: CFG_SCALE_MAX,
    };
    issues.push(
        Issue::error(place.path(), Code::OutOfRange, message)
            .limit(range)
            .actual(scale),
    );
    Err(Broken)
}

/// `sound`
pub(super) fn sound(value: Option<Input>, issues: &mut Vec<Issue>) -> Sound<bool> {
    match value {
        None => Ok(false),
        Some(Input::Bool(sound)) => Ok(sound),
        Some(other) => Err(wrong_type(Place::Field("sound"), BOOLEAN, &other, issues)),
    }
}

/// `aspect_ratio`
pub(super) fn aspect_ratio(value: Option<Input>, issues: &mut Vec<Issue>) -> Sound<AspectRatio> {
    let place = Place::Field("aspect_ratio");
    let Some(value) = value else {
        return Ok(AspectRatio::default());
    };
    let name = text(place, value, issues)?;
    AspectRatio::from_name(&name).ok_or_else(|| {
        let message = say!(
            "`aspect_ratio` is \"{}\"; it can be {}.",
            clip(&name),
            list(&ASPECT_RATIOS, ", ")
        );
        let issue = Issue::error(place.path(), Code::NotAllowed, message);
        let hint = nearest(&name, &ASPECT_RATIOS);
        issues.push(
            issue
                .limit(Detail::texts(&ASPECT_RATIOS))
                .actual(name.as_str())
                .hint(hint),
        );
        Broken
    })
}
