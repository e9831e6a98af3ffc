//! Before and after, in numbers.

use rushes_core::image::{ImageFormat, Inspection};

use super::geometry::Size;
use crate::compose::form::Picture;
use crate::text::{self, format, t};

/// What is known of a picture as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// Its name.
    pub name: String,
    /// Size of its file in bytes.
    pub bytes: u64,
    /// Its format in a word.
    pub format: String,
    /// Whether it is a PNG: then what is made of it is one too, if that is small enough.
    pub is_png: bool,
    /// Whether its camera was held another way than its pixels lie.
    pub is_turned: bool,
    /// Whether a place was written in it.
    pub had_location: bool,
}

impl Before {
    /// What the form knows of it; nothing where there is no file.
    pub fn of(picture: &Picture) -> Option<Self> {
        let info = picture.info();
        let foreign = match picture {
            Picture::Refused { issues, .. } => issues.first().and_then(|issue| match &issue.actual {
                Some(rushes_core::Detail::Text(format)) => Some(format.as_str()),
                _ => None,
            }),
            _ => None,
        };
        Some(Self {
            name: picture.name()?.to_owned(),
            bytes: picture.size()?,
            format: info
                .map(|info| info.format.name())
                .or(foreign)
                .unwrap_or("")
                .to_ascii_uppercase(),
            is_png: info.is_some_and(|info| info.format == ImageFormat::Png),
            is_turned: info.is_some_and(|info| info.orientation != 1),
            had_location: matches!(
                picture,
                Picture::Held {
                    had_location: true,
                    ..
                }
            ),
        })
    }
}

/// One line: what, before, after.
pub type Row = [String; 3];

/// The lines; what is not known yet is an ellipsis.
pub fn rows(before: &Before, picture: Size, after: Option<&Inspection>) -> Vec<Row> {
    let words = text::darkroom();
    let info = after.and_then(|after| after.info);
    let known = |text: Option<String>| text.unwrap_or_else(|| words.unknown.to_owned());
    let row = |name: &str, before: String, after: String| [name.to_owned(), before, after];
    let mut pixels = known(info.map(|info| side(info.width, info.height)));
    if before.is_turned {
        pixels = format!("{pixels}, {}", words.turned);
    }
    let location = if before.had_location {
        (words.location_there, t().compose.location_removed)
    } else {
        (words.location_none, words.location_none)
    };
    vec![
        row(words.pixels, side(picture.width, picture.height), pixels),
        row(
            words.ratio,
            format::ratio(picture.width, picture.height),
            known(info.map(|info| format::ratio(info.width, info.height))),
        ),
        row(
            words.size,
            format::bytes(before.bytes),
            known(after.map(|after| format::bytes(after.bytes))),
        ),
        row(
            words.format,
            before.format.clone(),
            known(info.map(|info| info.format.name().to_ascii_uppercase())),
        ),
        row(words.location, location.0.to_owned(), location.1.to_owned()),
    ]
}

/// `1,920 × 1,080`.
pub fn side(width: u32, height: u32) -> String {
    format!(
        "{} × {}",
        format::whole(width.into()),
        format::whole(height.into())
    )
}

#[cfg(test)]
mod tests {
    use rushes_core::image::inspect;
    use rushes_core::{Code, Issue};

    use super::*;

    #[test]
    fn a_foreign_file_is_named_and_what_is_not_known_stays_open() {
        let issue = inspect(b"RIFF\0\0\0\0WEBPVP8 ", "").issues.remove(0);
        assert_eq!(issue.code, Code::ImageFormat);
        let refused = |issues: Vec<Issue>| Picture::Refused {
            id: 1,
            name: "a.webp".into(),
            size: 2_000_000,
            info: None,
            issues,
        };
        let before = Before::of(&refused(vec![issue])).unwrap();
        assert_eq!((before.format.as_str(), before.is_png), ("WEBP", false));
        let rows = rows(&before, Size::new(4000, 1000), None);
        let of = |row: usize| [rows[row][1].as_str(), rows[row][2].as_str()];
        assert_eq!(of(0), ["4,000 × 1,000", "…"]);
        assert_eq!(of(1), ["4:1", "…"]);
        assert_eq!(of(2), ["2.0 MB", "…"]);
        assert_eq!(of(4), ["none", "none"]);
    }

    #[test]
    fn what_was_taken_out_is_said() {
        let before = Before {
            name: "a.jpg".into(),
            bytes: 1,
            format: "JPEG".into(),
            is_png: false,
            is_turned: true,
            had_location: true,
        };
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\0\0\x01\0\x08\x02\0\0\0".to_vec();
        let rows = rows(&before, Size::new(1, 1), Some(&inspect(&png, "")));
        assert!(rows[0][2].ends_with("turned upright"));
        assert_eq!(rows[4][2], "location removed");
        assert_eq!(Before::of(&Picture::Empty), None);
    }
}
