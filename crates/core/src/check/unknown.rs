//! Fields that an endpoint does not take: what was probably meant.

use super::fields::SHOT_FIELDS;
use super::place::Place;
use crate::report::{Code, clip};
use crate::say::{list, say};
use crate::{Endpoint, Issue};

/// Names that other hosts of the same model use, and the API's own.
const FOREIGN_NAMES: [(&str, &str); 11] = [
    ("image_url", "image"),
    ("start_image", "image"),
    ("start_image_url", "image"),
    ("end_image_url", "end_image"),
    ("image_tail", "end_image"),
    ("last_image", "end_image"),
    ("generate_audio", "sound"),
    ("with_audio", "sound"),
    ("guidance_scale", "cfg_scale"),
    ("multi_shots", "multi_prompt"),
    ("multi_shot", "multi_prompt"),
];

/// Notes the unknown fields of a request.
pub(super) fn of_request(endpoint: Endpoint, unknown: &[String], issues: &mut Vec<Issue>) {
    issues.extend(unknown.iter().map(|name| {
        let (why, hint) = explain(endpoint, name);
        issue(Place::below(None, name), why, hint)
    }));
}

/// Notes the unknown fields of a shot.
pub(super) fn of_shot(shot: Place, unknown: &[String], issues: &mut Vec<Issue>) {
    issues.extend(unknown.iter().map(|name| {
        let hint = nearest(name, &SHOT_FIELDS);
        let next = next_step(hint, || "take it out".to_owned());
        let why = say!(
            "A shot has `prompt` and `duration`, no `{}`: {}",
            clip(name),
            next
        );
        issue(Place::below(Some(shot), name), why, hint)
    }));
}

fn issue(path: String, why: String, hint: Option<&'static str>) -> Issue {
    Issue::error(path, Code::UnknownField, why).hint(hint)
}

/// A sentence on an unknown field, and the known field that was probably meant.
fn explain(endpoint: Endpoint, name: &str) -> (String, Option<&'static str>) {
    let known = endpoint.fields();
    let is_it = |other: &str| letters(name).eq(letters(other));
    let foreign = FOREIGN_NAMES.iter().find(|(foreign, _)| is_it(foreign));
    if let Some((_, own)) = foreign.filter(|(_, own)| known.contains(own)) {
        let why = say!("`{}` is another host's name: here it is `{}`.", clip(name), own);
        return (why, Some(own));
    }
    // What it would be at the other endpoint, however it is spelt.
    let elsewhere = ["aspect_ratio", "multi_prompt", "image", "end_image"];
    let elsewhere = elsewhere
        .into_iter()
        .find(|field| !known.contains(field) && is_it(field));
    let why = match elsewhere.or(foreign.map(|(_, own)| *own)) {
        Some("aspect_ratio") => say!(
            "`{}` is not taken by image-to-video: the image decides. Take it out.",
            clip(name)
        ),
        Some("multi_prompt") => say!(
            "`{}` is not taken by text-to-video of this tier; image-to-video takes shots. Take it out.",
            clip(name)
        ),
        Some(_) => say!(
            "`{}` is not taken by text-to-video: use image-to-video, or take it out.",
            clip(name)
        ),
        None => {
            let hint = nearest(name, known);
            let next = next_step(hint, || say!("it takes {}", list(known, ", ")));
            let why = say!("{} has no field `{}`: {}", endpoint.name(), clip(name), next);
            return (why, hint);
        }
    };
    (why, None)
}

/// The end of the sentence: the field that was probably meant, or else what to do.
fn next_step(hint: Option<&str>, otherwise: impl FnOnce() -> String) -> String {
    hint.map_or_else(|| otherwise() + ".", |hint| say!("did you mean `{}`?", hint))
}

/// The candidate that a name was probably meant to be: the nearest within a third of its length.
pub(super) fn nearest(name: &str, candidates: &[&'static str]) -> Option<&'static str> {
    // Longer names are no slip.
    const LONGEST: usize = 32;
    if name.len() > LONGEST {
        return None;
    }
    let mut best = None;
    let mut least = usize::MAX;
    let given = kinds(name);
    for candidate in candidates {
        let most = letters(candidate).count().div_ceil(3).min(3);
        // Each letter that only one of them has must be taken out, put in or changed.
        let wanted = kinds(candidate);
        if (given & !wanted).count_ones().max((wanted & !given).count_ones()) as usize > most {
            continue;
        }
        let distance = distance(
            &letters(name).collect::<Vec<_>>(),
            &letters(candidate).collect::<Vec<_>>(),
        );
        if distance < least && distance <= most {
            best = Some(*candidate);
            least = distance;
        }
    }
    best
}

/// The letters and digits of a name in lower case, so that `negativePrompt` is `negative_prompt`. Whatever is not ASCII
/// counts as a letter.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || !c.is_ascii());
    letters.map(|c| c.to_ascii_lowercase())
}

/// Which letters a name has, as bits. All that are not ASCII share one, some digits and letters too.
fn kinds(name: &str) -> u64 {
    const OTHER: u8 = 63;
    let mut kinds = 0;
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            kinds |= 1_u64 << (byte.to_ascii_lowercase() % 64);
        } else if !byte.is_ascii() {
            kinds |= 1 << OTHER;
        }
    }
    kinds
}

/// Letters to insert, take out, change or swap with their neighbour to get from one to the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (row, a) in from.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, b) in to.iter().enumerate() {
            let mut best = (above[column] + usize::from(a != b))
                .min(above[column + 1] + 1)
                .min(current[column] + 1);
            if row > 0 && column > 0 && *a == to[column - 1] && from[row - 1] == *b {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = above;
        above = current;
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{distance, kinds, letters};

    proptest! {
        #[test]
        fn names_are_at_least_as_far_apart_as_their_letters(a in "[a-e0-9P_é漢]{0,12}", b in "[a-e0-9p_é語]{0,12}") {
            let far = distance(&letters(&a).collect::<Vec<_>>(), &letters(&b).collect::<Vec<_>>());
            for (one, other) in [(&a, &b), (&b, &a)] {
                prop_assert!((kinds(one) & !kinds(other)).count_ones() as usize <= far, "{} {} {}", a, b, far);
            }
        }
    }
}
