//! Records as plain values and back: by name, whatever else stands in them. What does not fit is no record.
//!
//! The plain value is core's [`Input`], which serde-wasm-bindgen carries to and from JavaScript. Reading and writing by
//! hand rather than by derive halves what a record costs the page's program; so does reading to the end in any case,
//! and noting what did not fit, rather than leaving at each field.

use std::cell::Cell;

use rushes_core::Input;

use super::place::Place;
use super::record::{Filed, Maker, Picture, Price, Settings, StoredShot, Take};
use super::state::{Doubt, Gone, KeptFile, Link, NotKept, Seen, State, Watch};
use super::trouble::Trouble;

/// Whether everything read so far had the right shape.
pub struct Shape(Cell<bool>);

impl Shape {
    /// What was read, or anything in its place where it did not fit: then the whole is no record.
    fn want<T>(&self, read: Option<T>, otherwise: T) -> T {
        if read.is_none() {
            self.0.set(false);
        }
        read.unwrap_or(otherwise)
    }
}

/// What a record can hold.
pub trait Stored: Sized {
    /// Reads it; where the value has another shape, notes that and gives anything.
    fn take(value: &Input, shape: &Shape) -> Self;

    /// Writes it.
    fn write(&self) -> Input;

    /// Reads it; `None` where the value has another shape.
    fn read(value: &Input) -> Option<Self> {
        let shape = Shape(Cell::new(true));
        let read = Self::take(value, &shape);
        shape.0.get().then_some(read)
    }
}

impl Stored for String {
    fn take(value: &Input, shape: &Shape) -> Self {
        shape.want(value.as_str(), "").to_owned()
    }

    fn write(&self) -> Input {
        Input::Text(self.clone())
    }
}

impl Stored for bool {
    fn take(value: &Input, shape: &Shape) -> Self {
        shape.want(value.as_bool(), false)
    }

    fn write(&self) -> Input {
        Input::Bool(*self)
    }
}

impl Stored for f64 {
    fn take(value: &Input, shape: &Shape) -> Self {
        shape.want(value.as_f64(), 0.0)
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
    fn take(value: &Input, shape: &Shape) -> Self {
        let whole = value
            .as_f64()
            .filter(|number| *number >= 0.0 && number.fract() == 0.0);
        shape.want(whole, 0.0) as Self
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
            fn take(value: &Input, shape: &Shape) -> Self {
                shape.want(u64::take(value, shape).try_into().ok(), 0)
            }

            fn write(&self) -> Input {
                Input::Number((*self).into())
            }
        }
    )*};
}
small_numbers!(u8, u16, u32);

impl<T: Stored> Stored for Option<T> {
    fn take(value: &Input, shape: &Shape) -> Self {
        (!value.is_null()).then(|| T::take(value, shape))
    }

    fn write(&self) -> Input {
        self.as_ref().map_or(Input::Null, T::write)
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn take(value: &Input, shape: &Shape) -> Self {
        let items = shape.want(value.as_list(), &[]);
        items.iter().map(|item| T::take(item, shape)).collect()
    }

    fn write(&self) -> Input {
        Input::List(self.iter().map(T::write).collect())
    }
}

/// A field of an object; one that is not there counts as null.
fn field<T: Stored>(object: &Input, name: &str, shape: &Shape) -> T {
    T::take(object.get(name).unwrap_or(&Input::Null), shape)
}

/// What an enum's value is called, and what it holds: a word alone, or an object of one field. Nothing is called "".
fn named(value: &Input) -> (&str, &Input) {
    match value {
        Input::Text(name) => (name, &Input::Null),
        Input::Object(fields) => match fields.as_slice() {
            [(name, inside)] => (name, inside),
            _ => ("", &Input::Null),
        },
        _ => ("", &Input::Null),
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
            fn take(value: &Input, shape: &Shape) -> Self {
                shape.want(value.as_object(), &[]);
                Self { $($field: field(value, stringify!($field), shape)),* }
            }

            fn write(&self) -> Input {
                object([$((stringify!($field), self.$field.write())),*])
            }
        }
    )*};
}

objects! {
    Take {
        schema, id, created_ms, changed_ms, settings, price, maker, state, took_ms, again_of, continues, sent_as,
        filed, is_awaited, deleted_ms, place
    }
    Filed { is_starred, collections, note }
    Place { url, needs_key }
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
            fn take(value: &Input, shape: &Shape) -> Self {
                let read = match value.as_str() {
                    $(Some($word) => Some(Self::$value),)*
                    _ => None,
                };
                shape.want(read, [$(Self::$value),*][0])
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
    Gone { Link = "link", Copy = "copy", NoLink = "no_link", Freed = "freed" }
}

impl Stored for Seen {
    fn take(value: &Input, shape: &Shape) -> Self {
        let read = match named(value) {
            ("nothing", _) => Some(Self::Nothing),
            ("queued", _) => Some(Self::Queued),
            ("processing", _) => Some(Self::Processing),
            ("other", word) => Some(Self::Other(Stored::take(word, shape))),
            _ => None,
        };
        shape.want(read, Self::Nothing)
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
    fn take(value: &Input, shape: &Shape) -> Self {
        let read = match named(value) {
            ("page_closed", _) => Some(Self::PageClosed),
            ("answer", trouble) => Some(Self::Answer(Stored::take(trouble, shape))),
            _ => None,
        };
        shape.want(read, Self::PageClosed)
    }

    fn write(&self) -> Input {
        match self {
            Self::PageClosed => word("page_closed"),
            Self::Answer(trouble) => holding("answer", trouble.write()),
        }
    }
}

impl Stored for Picture {
    fn take(value: &Input, shape: &Shape) -> Self {
        let read = match named(value) {
            ("url", url) => Some(Self::Url(Stored::take(url, shape))),
            ("kept", kept) => Some(Self::Kept {
                width: field(kept, "width", shape),
                height: field(kept, "height", shape),
            }),
            _ => None,
        };
        shape.want(read, Self::Url(String::new()))
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
    fn take(value: &Input, shape: &Shape) -> Self {
        let (name, inside) = named(value);
        let task = || field(inside, "task", shape);
        match name {
            "sending" => Self::Sending,
            "unsure" => Self::Unsure {
                why: field(inside, "why", shape),
                since_ms: field(inside, "since_ms", shape),
                is_put_away: field(inside, "is_put_away", shape),
            },
            "refused" => Self::Refused(Stored::take(inside, shape)),
            "watched" => Self::Watched {
                task: task(),
                watch: field(inside, "watch", shape),
            },
            "succeeded" => Self::Succeeded {
                task: task(),
                link: field(inside, "link", shape),
                not_kept: field(inside, "not_kept", shape),
            },
            "kept" => Self::Kept {
                task: task(),
                file: field(inside, "file", shape),
            },
            "failed" => Self::Failed {
                task: task(),
                reason: field(inside, "reason", shape),
            },
            "expired" => Self::Expired {
                task: task(),
                cause: field(inside, "cause", shape),
            },
            _ => {
                shape.0.set(false);
                Self::Sending
            }
        }
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
