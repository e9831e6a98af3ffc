//! The form's words as one line of text each, so that a reload loses nothing that was typed.
//!
//! Bytes of images are not in here: they are too large for where this is kept.

use super::form::{Form, Picture, Plan, ShotForm};

/// The first line: which form this is, should it ever change.
const VERSION: &str = "rushes-form 1";

/// Everything of the form but the bytes of files.
pub fn write(form: &Form) -> String {
    let mut lines = vec![VERSION.to_owned()];
    let mut line = |name: &str, value: &str| lines.push(format!("{name} {}", escape(value)));
    line("prompt", &form.prompt);
    line("negative", &form.negative);
    line("seconds", &form.seconds);
    line("guidance", &form.guidance);
    line("ratio", &form.ratio);
    line("sound", if form.sound { "yes" } else { "no" });
    line("plan", if form.plan == Plan::Shots { "shots" } else { "one" });
    for (name, picture) in [("start-url", &form.start), ("end-url", &form.end)] {
        if let Picture::Url(url) = picture {
            line(name, url);
        }
    }
    for shot in &form.shots {
        line("shot-seconds", &shot.seconds);
        line("shot", &shot.prompt);
    }
    lines.join("\n")
}

/// The form of such a text; nothing if it is no such text. Lines it does not know are passed over.
pub fn read(text: &str) -> Option<Form> {
    let mut lines = text.split('\n');
    if lines.next() != Some(VERSION) {
        return None;
    }
    let mut form = Form::default();
    let mut seconds = None;
    for line in lines {
        let (name, value) = line.split_once(' ')?;
        let value = unescape(value);
        match name {
            "prompt" => form.prompt = value,
            "negative" => form.negative = value,
            "seconds" => form.seconds = value,
            "guidance" => form.guidance = value,
            "ratio" => form.ratio = value,
            "sound" => form.sound = value == "yes",
            "plan" if value == "shots" => form.plan = Plan::Shots,
            "start-url" => form.start = Picture::Url(value),
            "end-url" => form.end = Picture::Url(value),
            "shot-seconds" => seconds = Some(value),
            "shot" => {
                let id = form.fresh_shot_id();
                form.shots.push(ShotForm {
                    id,
                    prompt: value,
                    seconds: seconds.take().unwrap_or_default(),
                });
            }
            _ => {}
        }
    }
    Some(form)
}

fn escape(value: &str) -> String {
    value.replace('\\', r"\\").replace('\n', r"\n")
}

fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            _ => text.push(character),
        }
    }
    text
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn another_text_is_no_form() {
        for text in [
            "",
            "rushes-form 2\nprompt x",
            "{\"prompt\":\"x\"}",
            "rushes-form 1\nprompt",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(
            read("rushes-form 1\nnobody knows\nprompt x").map(|form| form.prompt),
            Some("x".to_owned())
        );
    }

    fn forms() -> impl Strategy<Value = Form> {
        let words = || "(\\PC|[\\\\\n ]){0,60}";
        let shots = proptest::collection::vec((words(), "[0-9.,]{0,4}"), 0..6);
        let url = proptest::option::of(words());
        (
            words(),
            words(),
            "[0-9.]{0,4}",
            any::<bool>(),
            any::<bool>(),
            shots,
            url,
        )
            .prop_map(
                |(prompt, negative, seconds, sound, with_shots, shots, url)| Form {
                    prompt,
                    negative,
                    seconds,
                    sound,
                    plan: if with_shots { Plan::Shots } else { Plan::OneTake },
                    start: url.map_or(Picture::Empty, Picture::Url),
                    shots: (1..)
                        .zip(shots)
                        .map(|(id, (prompt, seconds))| ShotForm { id, prompt, seconds })
                        .collect(),
                    ..Form::default()
                },
            )
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(form in forms()) {
            prop_assert_eq!(read(&write(&form)), Some(form));
        }

        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,80}") {
            read(&format!("{VERSION}\n{text}"));
        }
    }
}
