//! What stands on it: fields of the request by the API's own names, and what had to be left out.

use rushes_core::request::DraftShot;
use rushes_core::{Draft, Endpoint, Input};

use crate::ledger::is_open_address;

/// Version of what stands on it.
const VERSION: f64 = 1.0;
/// Most shots that are read; the API takes fewer.
const SHOTS_MAX: usize = 32;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The request.
    pub draft: Draft,
    /// The pictures that it had and that are not here, by their field's name.
    pub left_out: Vec<&'static str>,
}

/// The pictures of a request, by their field's name.
const PICTURES: [&str; 2] = ["image", "end_image"];

/// Writes it. Pictures of that many bytes at most go along, as `encode` writes them; the others are named.
pub fn write(draft: &Draft, picture_max: usize, encode: &dyn Fn(&[u8]) -> String) -> Input {
    let text = |value: &Option<String>| value.clone().map(Input::Text);
    let number = |value: Option<f64>| value.filter(|value| value.is_finite()).map(Input::Number);
    let mut fields = vec![
        ("prompt", text(&draft.prompt)),
        ("negative_prompt", text(&draft.negative_prompt)),
        ("duration", number(draft.duration)),
        ("cfg_scale", number(draft.cfg_scale)),
        ("aspect_ratio", text(&draft.aspect_ratio)),
        ("sound", draft.sound.map(Input::Bool)),
    ];
    let mut left_out = Vec::new();
    for (name, picture) in PICTURES.into_iter().zip([&draft.image, &draft.end_image]) {
        let written = match picture {
            None => continue,
            Some(Input::Text(url)) if is_open_address(url) => Some(Input::Text(url.clone())),
            Some(Input::Bytes(bytes)) if bytes.len() <= picture_max => Some(Input::Text(encode(bytes))),
            Some(_) => None,
        };
        match written {
            Some(written) => fields.push((name, Some(written))),
            None => left_out.push(Input::Text(name.to_owned())),
        }
    }
    let shots = draft.multi_prompt.as_ref().map(|shots| {
        let shot = |shot: &DraftShot| {
            object([
                ("prompt", Some(Input::Text(shot.prompt.clone()))),
                ("duration", number(shot.duration)),
            ])
        };
        Input::List(shots.iter().map(shot).collect())
    });
    fields.push(("multi_prompt", shots));
    object([
        ("rushes", Some(Input::Number(VERSION))),
        ("endpoint", Some(Input::Text(draft.endpoint.name().to_owned()))),
        ("request", Some(object(fields))),
        (
            "left_out",
            (!left_out.is_empty()).then_some(Input::List(left_out)),
        ),
    ])
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Option<Input>)>) -> Input {
    let there = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Input::Object(there.collect())
}

/// Reads it; `None` where it is something else. What does not fit is left away: core's check says what is missing then.
pub fn read(value: &Input, decode: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<Sheet> {
    value
        .get("rushes")
        .and_then(Input::as_f64)
        .filter(|version| *version == VERSION)?;
    let mut draft = Draft::new(Endpoint::from_name(value.get("endpoint")?.as_str()?)?);
    let request = value
        .get("request")
        .filter(|request| request.as_object().is_some())?;
    let text = |name| request.get(name).and_then(Input::as_str).map(str::to_owned);
    let number = |from: &Input, name| {
        from.get(name)
            .and_then(Input::as_f64)
            .filter(|number| number.is_finite())
    };
    draft.prompt = text("prompt");
    draft.negative_prompt = text("negative_prompt");
    draft.duration = number(request, "duration");
    draft.cfg_scale = number(request, "cfg_scale");
    draft.aspect_ratio = text("aspect_ratio");
    draft.sound = request.get("sound").and_then(Input::as_bool);
    let picture = |name| {
        let given = text(name)?;
        if is_open_address(&given) {
            Some(Input::Text(given))
        } else {
            Some(Input::Bytes(decode(&given)?.into()))
        }
    };
    draft.image = picture("image");
    draft.end_image = picture("end_image");
    draft.multi_prompt = request.get("multi_prompt").and_then(Input::as_list).map(|shots| {
        let shot = |shot: &Input| DraftShot {
            prompt: shot
                .get("prompt")
                .and_then(Input::as_str)
                .unwrap_or_default()
                .to_owned(),
            duration: number(shot, "duration"),
        };
        shots.iter().take(SHOTS_MAX).map(shot).collect()
    });
    let named = value.get("left_out").and_then(Input::as_list).unwrap_or_default();
    let is_named = |name: &&str| named.iter().any(|other| other.as_str() == Some(*name));
    Some(Sheet {
        left_out: PICTURES.into_iter().filter(is_named).collect(),
        draft,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let mut draft = Draft::new(Endpoint::ImageToVideo);
        draft.prompt = Some("a fox — 狐狸".into());
        draft.duration = Some(9.0);
        draft.cfg_scale = Some(0.3);
        draft.sound = Some(true);
        draft.image = Some(Input::Bytes(b"picture"[..].into()));
        draft.multi_prompt = Some(vec![
            DraftShot {
                prompt: "one".into(),
                duration: Some(3.0)
            };
            3
        ]);
        draft
    }

    fn hex(bytes: &[u8]) -> String {
        format!("data:{}", String::from_utf8_lossy(bytes))
    }

    fn unhex(text: &str) -> Option<Vec<u8>> {
        text.strip_prefix("data:").map(|rest| rest.as_bytes().to_vec())
    }

    #[test]
    fn a_request_comes_back_as_it_was() {
        let written = write(&draft(), 100, &hex);
        assert_eq!(
            read(&written, &unhex),
            Some(Sheet {
                draft: draft(),
                left_out: Vec::new()
            })
        );
    }

    #[test]
    fn what_is_too_large_or_made_for_somebody_is_named_and_not_written() {
        for picture in [
            Input::Bytes(vec![0; 101].into()),
            Input::Text("https://store.example/a.png?X-Amz-Signature=abc".into()),
            Input::Text("https://me:secret@store.example/a.png".into()),
            Input::Text("javascript:alert(1)".into()),
        ] {
            let given = Draft {
                image: Some(picture),
                ..draft()
            };
            let written = write(&given, 100, &hex);
            assert!(!format!("{written:?}").contains("Signature"));
            let read = read(&written, &unhex).expect("a sheet");
            assert_eq!((read.draft.image, read.left_out), (None, vec!["image"]));
        }
    }

    #[test]
    fn anything_else_is_none_and_odd_fields_are_left_away() {
        let object =
            |fields: Vec<(&str, Input)>| object(fields.into_iter().map(|(name, value)| (name, Some(value))));
        let sheet = |request: Input| {
            object(vec![
                ("rushes", Input::Number(1.0)),
                ("endpoint", Input::Text("text-to-video".into())),
                ("request", request),
            ])
        };
        for value in [
            Input::Null,
            Input::List(Vec::new()),
            object(vec![("rushes", Input::Number(2.0))]),
            object(vec![
                ("rushes", Input::Number(1.0)),
                ("endpoint", Input::Text("x".into())),
            ]),
            sheet(Input::Text("prompt".into())),
        ] {
            assert_eq!(read(&value, &unhex), None, "{value:?}");
        }
        let odd = sheet(object(vec![
            ("prompt", Input::Number(3.0)),
            ("duration", Input::Number(f64::NAN)),
            ("image", Input::Text("javascript:alert(1)".into())),
            ("multi_prompt", Input::List(vec![Input::Null; 1000])),
            ("api_key", Input::Text("sk_canary".into())),
        ]));
        let read = read(&odd, &unhex).expect("a sheet");
        assert_eq!(
            (read.draft.prompt, read.draft.duration, read.draft.image),
            (None, None, None)
        );
        assert_eq!(read.draft.multi_prompt.map(|shots| shots.len()), Some(SHOTS_MAX));
    }
}
