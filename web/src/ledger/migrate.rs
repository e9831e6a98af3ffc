//! Records of older pages, brought up to date as they are read. They are written in the new form at their next change.

use rushes_core::Input;

use super::record::{Filed, SCHEMA};
use super::stored::Stored;

/// What each version added, from the one before: the fields, with what they hold in a record that lacks them.
fn added(version: u32) -> Vec<(&'static str, Input)> {
    match version {
        2 => vec![
            ("filed", Filed::default().write()),
            ("is_awaited", Input::Bool(false)),
        ],
        _ => Vec::new(),
    }
}

/// A record of version `from`, as today's page writes it; anything but a record stays what it is.
pub fn up_to_date(record: Input, from: u32) -> Input {
    let Input::Object(mut fields) = record else {
        return record;
    };
    for version in from + 1..=SCHEMA {
        for (name, value) in added(version) {
            fields.retain(|(key, _)| key != name);
            fields.push((name.to_owned(), value));
        }
    }
    for (key, value) in &mut fields {
        if key == "schema" {
            *value = Input::Number(SCHEMA.into());
        }
    }
    Input::Object(fields)
}
