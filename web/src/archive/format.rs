//! What an archive holds: its names, its limits, and records as they travel. Plain values.
//!
//! Nothing in it tells when or where it was made, so that the same things make the same bytes.

use rushes_core::Input;

use crate::ledger::{Gone, Picture, SCHEMA, State, Take, is_open_address};

/// What an archive says it is.
const FORMAT: &str = "rushes-archive";
/// Version of archives that this page writes, and the newest that it reads.
pub const VERSION: u32 = 1;
/// How deep JSON may be nested: a record has six levels.
pub const DEPTH_MAX: usize = 24;
/// Most takes that are read.
pub const TAKES_MAX: u32 = 50_000;

/// Which bytes of a take or a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The record.
    Record,
    /// The start image.
    Start,
    /// The end image.
    End,
    /// The small picture.
    Poster,
    /// The video.
    Video,
}

/// Where an entry belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name<'a> {
    /// What it is.
    Manifest,
    /// Choices of the page's reader.
    Settings,
    /// Drafts, in their order.
    Drafts,
    /// Words of one's own, in their order.
    Snippets,
    /// What deleted takes cost.
    Spent,
    /// Something of a draft.
    Draft(&'a str, Part),
    /// Something of a take.
    Take(&'a str, Part),
}

/// Whether an id may be part of a name, here and on the disk.
pub fn is_plain_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

impl<'a> Name<'a> {
    /// Reads it; `None` for a name that no archive of this page has.
    pub fn read(name: &'a str) -> Option<Self> {
        match name {
            "manifest.json" => return Some(Self::Manifest),
            "settings.json" => return Some(Self::Settings),
            "drafts.json" => return Some(Self::Drafts),
            "snippets.json" => return Some(Self::Snippets),
            "spent.json" => return Some(Self::Spent),
            _ => {}
        }
        let mut steps = name.split('/');
        let (room, id, file) = (steps.next()?, steps.next()?, steps.next()?);
        if steps.next().is_some() || !is_plain_id(id) {
            return None;
        }
        match (room, part(file)?) {
            ("takes", part) => Some(Self::Take(id, part)),
            ("drafts", part @ (Part::Start | Part::End)) => Some(Self::Draft(id, part)),
            _ => None,
        }
    }

    /// Most bytes of it: what is larger is no such thing.
    pub fn most_bytes(&self) -> u64 {
        const MB: u64 = 1024 * 1024;
        match self {
            Self::Manifest => MB / 16,
            Self::Settings => MB / 4,
            Self::Drafts | Self::Snippets | Self::Spent => 32 * MB,
            Self::Draft(_, part) | Self::Take(_, part) => match part {
                Part::Record => MB,
                // The largest image that may be sent, as base64.
                Part::Start | Part::End => 16 * MB,
                Part::Poster => 2 * MB,
                Part::Video => 4096 * MB,
            },
        }
    }
}

fn part(file: &str) -> Option<Part> {
    Some(match file {
        "record.json" => Part::Record,
        "start.bin" | "start.txt" => Part::Start,
        "end.bin" | "end.txt" => Part::End,
        "poster.jpg" => Part::Poster,
        "video.mp4" | "video.webm" | "video.gif" => Part::Video,
        _ => return None,
    })
}

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// How many takes are in it.
    pub takes: u32,
    /// Whether their videos are.
    pub has_videos: bool,
}

/// Why something is no archive that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoArchive {
    /// It is something else.
    Other,
    /// A newer page wrote it.
    Newer,
}

impl Manifest {
    /// Writes it.
    pub fn write(&self) -> Input {
        let fields = [
            ("format", Input::Text(FORMAT.to_owned())),
            ("version", Input::Number(VERSION.into())),
            ("takes", Input::Number(self.takes.into())),
            ("has_videos", Input::Bool(self.has_videos)),
        ];
        Input::Object(fields.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`NoArchive`].
    pub fn read(value: &Input) -> Result<Self, NoArchive> {
        let number = |name| {
            let number = value.get(name).and_then(Input::as_f64);
            number.filter(|number| *number >= 0.0 && number.fract() == 0.0)
        };
        if value.get("format").and_then(Input::as_str) != Some(FORMAT) {
            return Err(NoArchive::Other);
        }
        match number("version") {
            Some(version) if version > f64::from(VERSION) => return Err(NoArchive::Newer),
            Some(version) if version >= 1.0 => {}
            _ => return Err(NoArchive::Other),
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bounded just before"
        )]
        let takes = number("takes")
            .filter(|takes| *takes <= f64::from(TAKES_MAX))
            .ok_or(NoArchive::Other)? as u32;
        let has_videos = value
            .get("has_videos")
            .and_then(Input::as_bool)
            .unwrap_or_default();
        Ok(Self { takes, has_videos })
    }
}

/// Whether JSON is nested deeper than [`DEPTH_MAX`]; of what is no JSON it says anything.
pub fn is_too_deep(json: &str) -> bool {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return true;
                }
            }
            b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// A record as it travels: without links, which are signed for somebody and die anyway, and without an address of an
/// image that is made for somebody; where its video does not travel, it says that there is no copy.
pub fn to_travel(take: &Take, has_video: bool) -> Take {
    let mut take = take.clone();
    take.schema = SCHEMA;
    take.deleted_ms = None;
    take.state = match take.state {
        State::Succeeded { task, .. } => State::Expired {
            task,
            cause: Gone::Link,
        },
        State::Kept { task, .. } if !has_video => State::Expired {
            task,
            cause: Gone::Copy,
        },
        other => other,
    };
    for picture in [&mut take.settings.image, &mut take.settings.end_image] {
        if let Some(Picture::Url(url)) = picture
            && !is_open_address(url)
        {
            *picture = None;
        }
    }
    take
}

/// What becomes of a record that is here, or is not, when one of the same id arrives; `None`: nothing. Nothing that is
/// here gets worse: what has ended stays ended, and a copy that is kept stays kept.
pub fn merged(here: Option<&Take>, arrived: &Take) -> Option<Take> {
    let Some(here) = here.filter(|here| here.deleted_ms.is_none()) else {
        return Some(arrived.clone());
    };
    let is_newer = arrived.changed_ms > here.changed_ms;
    let mut both = if is_newer { arrived.clone() } else { here.clone() };
    let is_same_task = here.state.task().is_none() || here.state.task() == arrived.state.task();
    both.state = match (&here.state, &arrived.state) {
        (State::Kept { .. }, _) => here.state.clone(),
        (_, State::Kept { .. }) if is_same_task => arrived.state.clone(),
        (old, _) if old.is_over() && old.task().is_some() => old.clone(),
        _ => both.state,
    };
    (both != *here).then_some(both)
}
