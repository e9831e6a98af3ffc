//! Records as plain values and back: by name, whatever else stands in them. What does not fit is no record.
//!
//! The plain value is core's [`Input`], which serde-wasm-bindgen carries to and from JavaScript. Reading and writing by
//! hand rather than by derive halves what a record costs the page's program.

use rushes_core::Input;

use super::record::{Maker, Picture, Price, Settings, StoredShot, Take};
use super::state::{Doubt, Gone, KeptFile, Link, NotKept, Seen, State, Watch};
use super::trouble::Trouble;

/// What a record can hold.
pub trait Stored: Sized {
    /// Reads it; `None` where the value has another shape.
    fn read(value: &Input) -> Option<Self>;

    /// Writes it.
    fn write(&self) -> Input;
}

impl Stored for String {
    fn read(value: &Input) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }

    fn write(&self) -> Input {
        Input::Text(self.clone())
    }
}

impl Stored for bool {
    fn read(value: &Input) -> Option<Self> {
        value.as_bool()
    }

    fn write(&self) -> Input {
        Input::Bool(*self)
    }
}

impl Stored for f64 {
    fn read(value: &Input) -> Option<Self> {
        value.as_f64()
    }

    fn write(&self) -> Input {
        Input::Number(*self)
    }
}

impl Stored for u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and not below 0; beyond the largest it is the largest"
    )]
    fn read(value: &Input) -> Option<Self> {
        let number = value.as_f64()?;
        (number >= 0.0 && number.fract() == 0.0).then_some(number as Self)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "times and sizes below 2^53; beyond, the nearest will do"
    )]
    fn write(&self) -> Input {
        Input::Number(*self as f64)
    }
}

macro_rules! small_numbers {
    ($($kind:ty),*) => {$(
        impl Stored for $kind {
            fn read(value: &Input) -> Option<Self> {
                u64::read(value)?.try_into().ok()
            }

            fn write(&self) -> Input {
                Input::Number((*self).into())
            }
        }
    )*};
}
small_numbers!(u8, u16, u32);

impl<T: Stored> Stored for Option<T> {
    fn read(value: &Input) -> Option<Self> {
        if value.is_null() {
            return Some(None);
        }
        T::read(value).map(Some)
    }

    fn write(&self) -> Input {
        self.as_ref().map_or(Input::Null, T::write)
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn read(value: &Input) -> Option<Self> {
        value.as_list()?.iter().map(T::read).collect()
    }

    fn write(&self) -> Input {
        Input::List(self.iter().map(T::write).collect())
    }
}

/// A field of an object; one that is not there counts as null.
fn field<T: Stored>(object: &Input, name: &str) -> Option<T> {
    T::read(object.get(name).unwrap_or(&Input::Null))
}

/// What an enum's value is called, and what it holds: a word alone, or an object of one field.
fn named(value: &Input) -> Option<(&str, &Input)> {
    match value {
        Input::Text(name) => Some((name, &Input::Null)),
        Input::Object(fields) => match fields.as_slice() {
            [(name, inside)] => Some((name, inside)),
            _ => None,
        },
        _ => None,
    }
}

fn word(name: &str) -> Input {
    Input::Text(name.to_owned())
}

fn holding(name: &str, inside: Input) -> Input {
    Input::Object(vec![(name.to_owned(), inside)])
}

fn object<const N: usize>(fields: [(&str, Input); N]) -> Input {
    Input::Object(fields.map(|(name, value)| (name.to_owned(), value)).into())
}

/// Structs, field by field.
macro_rules! objects {
    ($($kind:ident { $($field:ident),* })*) => {$(
        impl Stored for $kind {
            fn read(value: &Input) -> Option<Self> {
                value.as_object()?;
                Some(Self { $($field: field(value, stringify!($field))?),* })
            }

            fn write(&self) -> Input {
                object([$((stringify!($field), self.$field.write())),*])
            }
        }
    )*};
}

objects! {
    Take {
        schema, id, created_ms, changed_ms, settings, price, maker, state, again_of, deleted_ms
    }
    Price { micro_usd, rate_micro_usd, source, as_of }
    Settings {
        endpoint, prompt, negative_prompt, duration_secs, cfg_scale, sound, aspect_ratio, image, end_image, shots
    }
    StoredShot { prompt, duration_secs }
    Watch { status, progress_percent, eta_secs, checked_ms, missed, is_stopped }
    Link { url, expires_ms, kind }
    KeptFile { bytes, media_type, kept_ms }
    Trouble { kind, status, reason, message, detail, retry_after_ms }
}

/// Enums of words alone.
macro_rules! words {
    ($($kind:ident { $($value:ident = $word:literal),* })*) => {$(
        impl Stored for $kind {
            fn read(value: &Input) -> Option<Self> {
                match value.as_str()? {
                    $($word => Some(Self::$value),)*
                    _ => None,
                }
            }

            fn write(&self) -> Input {
                word(match self { $(Self::$value => $word),* })
            }
        }
    )*};
}

words! {
    Maker { Engine = "engine", Provider = "provider", Unknown = "unknown" }
    NotKept {
        Unreadable = "unreadable", CutShort = "cut_short", NotAVideo = "not_a_video", NoRoom = "no_room"
    }
    Gone { Link = "link", Copy = "copy", NoLink = "no_link" }
}

impl Stored for Seen {
    fn read(value: &Input) -> Option<Self> {
        match named(value)? {
            ("nothing", _) => Some(Self::Nothing),
            ("queued", _) => Some(Self::Queued),
            ("processing", _) => Some(Self::Processing),
            ("other", word) => Stored::read(word).map(Self::Other),
            _ => None,
        }
    }

    fn write(&self) -> Input {
        match self {
            Self::Nothing => word("nothing"),
            Self::Queued => word("queued"),
            Self::Processing => word("processing"),
            Self::Other(word) => holding("other", word.write()),
        }
    }
}

impl Stored for Doubt {
    fn read(value: &Input) -> Option<Self> {
        match named(value)? {
            ("page_closed", _) => Some(Self::PageClosed),
            ("answer", trouble) => Stored::read(trouble).map(Self::Answer),
            _ => None,
        }
    }

    fn write(&self) -> Input {
        match self {
            Self::PageClosed => word("page_closed"),
            Self::Answer(trouble) => holding("answer", trouble.write()),
        }
    }
}

impl Stored for Picture {
    fn read(value: &Input) -> Option<Self> {
        match named(value)? {
            ("url", url) => Stored::read(url).map(Self::Url),
            ("kept", kept) => Some(Self::Kept {
                width: field(kept, "width")?,
                height: field(kept, "height")?,
            }),
            _ => None,
        }
    }

    fn write(&self) -> Input {
        match self {
            Self::Url(url) => holding("url", url.write()),
            Self::Kept { width, height } => holding(
                "kept",
                object([("width", width.write()), ("height", height.write())]),
            ),
        }
    }
}

impl Stored for State {
    fn read(value: &Input) -> Option<Self> {
        let (name, inside) = named(value)?;
        let task = || field(inside, "task");
        Some(match name {
            "sending" => Self::Sending,
            "unsure" => Self::Unsure {
                why: field(inside, "why")?,
                since_ms: field(inside, "since_ms")?,
                is_put_away: field(inside, "is_put_away")?,
            },
            "refused" => Self::Refused(Stored::read(inside)?),
            "watched" => Self::Watched {
                task: task()?,
                watch: field(inside, "watch")?,
            },
            "succeeded" => Self::Succeeded {
                task: task()?,
                link: field(inside, "link")?,
                not_kept: field(inside, "not_kept")?,
            },
            "kept" => Self::Kept {
                task: task()?,
                file: field(inside, "file")?,
            },
            "failed" => Self::Failed {
                task: task()?,
                reason: field(inside, "reason")?,
            },
            "expired" => Self::Expired {
                task: task()?,
                cause: field(inside, "cause")?,
            },
            _ => return None,
        })
    }

    fn write(&self) -> Input {
        let of_task = |state: &str, task: &String, name: &str, value: Input| {
            holding(state, object([("task", task.write()), (name, value)]))
        };
        match self {
            Self::Sending => word("sending"),
            Self::Unsure {
                why,
                since_ms,
                is_put_away,
            } => holding(
                "unsure",
                object([
                    ("why", why.write()),
                    ("since_ms", since_ms.write()),
                    ("is_put_away", is_put_away.write()),
                ]),
            ),
            Self::Refused(trouble) => holding("refused", trouble.write()),
            Self::Watched { task, watch } => of_task("watched", task, "watch", watch.write()),
            Self::Succeeded { task, link, not_kept } => holding(
                "succeeded",
                object([
                    ("task", task.write()),
                    ("link", link.write()),
                    ("not_kept", not_kept.write()),
                ]),
            ),
            Self::Kept { task, file } => of_task("kept", task, "file", file.write()),
            Self::Failed { task, reason } => of_task("failed", task, "reason", reason.write()),
            Self::Expired { task, cause } => of_task("expired", task, "cause", cause.write()),
        }
    }
}
