//! What happens, and where it can.

use std::time::Duration;

use super::fields::{Fields, listed};
use super::{MAX_MS, On};
use crate::store::Stage;

/// Whether a fault comes before the request is carried out or after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Before,
    After,
}

/// What the body of an error looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Api,
    Nested,
    Text,
    Html,
    Empty,
}

/// What stands where JSON should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Garbled {
    HalfJson,
    Html,
    Text,
    Empty,
    NotUtf8,
}

/// How a `task_id` is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoId {
    EmptyObject,
    Null,
    Blank,
    Envelope,
}

/// How a link is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoUrl {
    EmptyList,
    Missing,
    Null,
    NotHttp,
}

/// One fault.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    RateLimit {
        retry_after: Option<String>,
    },
    Error {
        status: u16,
        reason: Option<String>,
        form: Form,
        when: Moment,
    },
    Redirect {
        status: u16,
        to: String,
        when: Moment,
    },
    Drop {
        when: Moment,
    },
    Refuse {
        time: Duration,
    },
    Stall {
        time: Option<Duration>,
        when: Moment,
    },
    Cut {
        at: f64,
    },
    Slow {
        bytes_per_sec: u64,
    },
    Garble {
        into: Garbled,
    },
    NoTaskId {
        into: NoId,
    },
    UnknownStatus {
        status: String,
    },
    ProgressBackwards,
    NoUrl {
        into: NoUrl,
    },
    ExpiredUrl {
        lives_secs: u64,
    },
    OtherHost,
    WrongLength {
        by: i64,
    },
    NoCors,
}

const MOMENTS: [(&str, Moment); 2] = [("before", Moment::Before), ("after", Moment::After)];
const FORMS: [(&str, Form); 5] = [
    ("api", Form::Api),
    ("nested", Form::Nested),
    ("text", Form::Text),
    ("html", Form::Html),
    ("empty", Form::Empty),
];
const GARBLED: [(&str, Garbled); 5] = [
    ("half_json", Garbled::HalfJson),
    ("html", Garbled::Html),
    ("text", Garbled::Text),
    ("empty", Garbled::Empty),
    ("not_utf8", Garbled::NotUtf8),
];
const NO_IDS: [(&str, NoId); 4] = [
    ("empty_object", NoId::EmptyObject),
    ("null", NoId::Null),
    ("blank", NoId::Blank),
    ("envelope", NoId::Envelope),
];
const NO_URLS: [(&str, NoUrl); 4] = [
    ("empty_list", NoUrl::EmptyList),
    ("missing", NoUrl::Missing),
    ("null", NoUrl::Null),
    ("not_http", NoUrl::NotHttp),
];

impl Fault {
    /// Every fault's name in a script, in the order of the documentation.
    pub(crate) const NAMES: [&'static str; 17] = [
        "rate_limit",
        "error",
        "redirect",
        "drop",
        "refuse",
        "stall",
        "cut",
        "slow",
        "garble",
        "no_task_id",
        "unknown_status",
        "progress_backwards",
        "no_url",
        "expired_url",
        "other_host",
        "wrong_length",
        "no_cors",
    ];

    /// Its name in a script.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::RateLimit { .. } => "rate_limit",
            Self::Error { .. } => "error",
            Self::Redirect { .. } => "redirect",
            Self::Drop { .. } => "drop",
            Self::Refuse { .. } => "refuse",
            Self::Stall { .. } => "stall",
            Self::Cut { .. } => "cut",
            Self::Slow { .. } => "slow",
            Self::Garble { .. } => "garble",
            Self::NoTaskId { .. } => "no_task_id",
            Self::UnknownStatus { .. } => "unknown_status",
            Self::ProgressBackwards => "progress_backwards",
            Self::NoUrl { .. } => "no_url",
            Self::ExpiredUrl { .. } => "expired_url",
            Self::OtherHost => "other_host",
            Self::WrongLength { .. } => "wrong_length",
            Self::NoCors => "no_cors",
        }
    }

    /// The state that a task must be in for it to happen, if any will not do.
    pub(crate) fn state(&self) -> Option<Stage> {
        match self {
            Self::ProgressBackwards => Some(Stage::Processing),
            Self::NoUrl { .. } | Self::ExpiredUrl { .. } | Self::OtherHost => Some(Stage::Succeeded),
            _ => None,
        }
    }

    /// Whether it happens before the request is carried out, and mostly instead.
    pub(crate) fn is_before(&self) -> bool {
        match self {
            Self::RateLimit { .. } | Self::Refuse { .. } => true,
            Self::Error { when, .. }
            | Self::Redirect { when, .. }
            | Self::Drop { when }
            | Self::Stall { when, .. } => *when == Moment::Before,
            _ => false,
        }
    }

    /// Whether the answer to a create still tells the task's id, whole.
    pub(crate) fn tells_id(&self) -> bool {
        matches!(self, Self::Stall { .. } | Self::Slow { .. } | Self::NoCors)
    }
}

/// Where a fault of that name can happen; `None`: anywhere.
fn place(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "garble" => Some(&["create", "read"]),
        "no_task_id" => Some(&["create"]),
        "unknown_status" | "progress_backwards" | "no_url" | "expired_url" | "other_host" => Some(&["read"]),
        "wrong_length" => Some(&["file"]),
        _ => None,
    }
}

pub(super) fn read(fields: &mut Fields<'_, '_>, on: Option<On>) -> Option<Fault> {
    let names = Fault::NAMES.map(|name| (name, name));
    fields.require("do", &listed(Fault::NAMES));
    let name = fields.word("do", &names)?;
    if let (Some(on), Some(places)) = (on, place(name)) {
        let here = match on {
            On::Read => "read",
            On::File => "file",
            On::Create | On::TextToVideo | On::ImageToVideo => "create",
        };
        if !places.contains(&here) {
            let message = format!("cannot happen on {here}, only on {}", listed(places));
            fields.problem("do", message);
            return None;
        }
    }
    with_fields(fields, name)
}

fn with_fields(fields: &mut Fields<'_, '_>, name: &str) -> Option<Fault> {
    Some(match name {
        "rate_limit" => Fault::RateLimit {
            retry_after: fields.header_or_secs("retry_after"),
        },
        "error" => Fault::Error {
            status: fields
                .whole("status", 400, 599)
                .and_then(|status| u16::try_from(status).ok())
                .unwrap_or(500),
            reason: fields.text("reason"),
            form: fields.word("form", &FORMS).unwrap_or(Form::Api),
            when: moment(fields, Moment::Before),
        },
        "redirect" => {
            fields.require("to", "a URL");
            Fault::Redirect {
                status: fields.one_of("status", &[301, 302, 303, 307, 308]).unwrap_or(307),
                to: fields.header("to").unwrap_or_default(),
                when: moment(fields, Moment::Before),
            }
        }
        "drop" => Fault::Drop {
            when: moment(fields, Moment::Before),
        },
        "refuse" => Fault::Refuse {
            time: Duration::from_millis(fields.whole("for_ms", 1, MAX_MS).unwrap_or(2000)),
        },
        "stall" => Fault::Stall {
            time: fields.whole("for_ms", 0, MAX_MS).map(Duration::from_millis),
            when: moment(fields, Moment::After),
        },
        other => return of_the_answer(fields, other),
    })
}

/// Those that change an answer.
fn of_the_answer(fields: &mut Fields<'_, '_>, name: &str) -> Option<Fault> {
    Some(match name {
        "cut" => Fault::Cut {
            at: fields.number("at", 0.0, 1.0).unwrap_or(0.5),
        },
        "slow" => {
            fields.require("bytes_per_sec", "a whole number from 1");
            Fault::Slow {
                bytes_per_sec: fields.whole("bytes_per_sec", 1, u64::MAX).unwrap_or(1),
            }
        }
        "garble" => Fault::Garble {
            into: fields.word("into", &GARBLED).unwrap_or(Garbled::HalfJson),
        },
        "no_task_id" => Fault::NoTaskId {
            into: fields.word("into", &NO_IDS).unwrap_or(NoId::EmptyObject),
        },
        "unknown_status" => Fault::UnknownStatus {
            status: fields
                .text("status")
                .unwrap_or_else(|| "TASK_STATUS_ON_HOLD".to_owned()),
        },
        "progress_backwards" => Fault::ProgressBackwards,
        "no_url" => Fault::NoUrl {
            into: fields.word("into", &NO_URLS).unwrap_or(NoUrl::EmptyList),
        },
        "expired_url" => Fault::ExpiredUrl {
            lives_secs: fields.whole("lives_secs", 0, MAX_MS / 1000).unwrap_or(0),
        },
        "other_host" => Fault::OtherHost,
        "wrong_length" => Fault::WrongLength {
            by: fields.difference("by").unwrap_or(1000),
        },
        "no_cors" => Fault::NoCors,
        _ => return None,
    })
}

fn moment(fields: &mut Fields<'_, '_>, otherwise: Moment) -> Moment {
    fields.word("when", &MOMENTS).unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::super::Script;
    use super::*;

    #[test]
    fn every_name_is_read_and_comes_back() {
        for name in Fault::NAMES {
            let on = place(name).map_or("read", |places| places[0]);
            let more = match name {
                "redirect" => r#","to":"http://a/""#,
                "slow" => r#","bytes_per_sec":9"#,
                _ => "",
            };
            let json = format!(r#"{{"rules":[{{"on":"{on}","do":"{name}"{more}}}]}}"#);
            let script = Script::parse(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
            assert_eq!(script.rules[0].fault.name(), name);
        }
    }
}
