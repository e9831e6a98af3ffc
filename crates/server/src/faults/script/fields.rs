//! The fields of one object of a script. Whatever is not asked for is a problem.

use serde_json::{Map, Value};

use super::Problem;

/// The fields of one object.
pub(super) struct Fields<'a, 'p> {
    map: &'a Map<String, Value>,
    at: String,
    known: Vec<&'static str>,
    problems: &'p mut Vec<Problem>,
}

impl<'a, 'p> Fields<'a, 'p> {
    /// The fields of what stands at that pointer, if it is an object.
    pub(super) fn of(value: &'a Value, at: String, problems: &'p mut Vec<Problem>) -> Option<Self> {
        if let Value::Object(map) = value {
            return Some(Self {
                map,
                at,
                known: Vec::new(),
                problems,
            });
        }
        problems.push(Problem {
            pointer: at,
            message: "takes an object".to_owned(),
        });
        None
    }

    /// Says that something is wrong with a field.
    pub(super) fn problem(&mut self, name: &str, message: impl Into<String>) {
        let name = name.replace('~', "~0").replace('/', "~1");
        self.problems.push(Problem {
            pointer: format!("{}/{name}", self.at),
            message: message.into(),
        });
    }

    /// A field as it is.
    pub(super) fn value(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.map.get(name)
    }

    /// A field as `read` understands it; a problem where it does not.
    fn field<T>(
        &mut self,
        name: &'static str,
        takes: impl FnOnce() -> String,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(name)?;
        let read = read(value);
        if read.is_none() {
            self.problem(name, format!("takes {}", takes()));
        }
        read
    }

    pub(super) fn whole(&mut self, name: &'static str, least: u64, most: u64) -> Option<u64> {
        let takes = || {
            let upper = if most == u64::MAX {
                String::new()
            } else {
                format!(" to {most}")
            };
            format!("a whole number from {least}{upper}")
        };
        self.field(name, takes, |value| {
            value.as_u64().filter(|number| (least..=most).contains(number))
        })
    }

    /// A whole number but 0, perhaps below it.
    pub(super) fn difference(&mut self, name: &'static str) -> Option<i64> {
        self.field(
            name,
            || "a whole number but 0".to_owned(),
            |value| value.as_i64().filter(|number| *number != 0),
        )
    }

    pub(super) fn number(&mut self, name: &'static str, least: f64, most: f64) -> Option<f64> {
        self.field(
            name,
            || format!("a number from {least} to {most}"),
            |value| value.as_f64().filter(|number| (least..=most).contains(number)),
        )
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.field(name, || "true or false".to_owned(), Value::as_bool)
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        self.field(
            name,
            || "a text".to_owned(),
            |value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned),
        )
    }

    /// A text that a header can carry.
    pub(super) fn header(&mut self, name: &'static str) -> Option<String> {
        self.field(
            name,
            || "a text that can stand in a header".to_owned(),
            |value| value.as_str().filter(|text| fits_header(text)).map(str::to_owned),
        )
    }

    /// Seconds, or a text, as they stand in a header.
    pub(super) fn header_or_secs(&mut self, name: &'static str) -> Option<String> {
        self.field(
            name,
            || "seconds, or a text that can stand in a header".to_owned(),
            |value| match value {
                Value::String(text) => fits_header(text).then(|| text.clone()),
                other => other.as_u64().map(|secs| secs.to_string()),
            },
        )
    }

    /// One of these words.
    pub(super) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        self.field(
            name,
            || listed(words.iter().map(|(word, _)| *word)),
            |value| {
                let text = value.as_str()?;
                let (_, meaning) = words.iter().find(|(word, _)| *word == text)?;
                Some(*meaning)
            },
        )
    }

    /// One of these numbers.
    pub(super) fn one_of(&mut self, name: &'static str, numbers: &[u16]) -> Option<u16> {
        self.field(
            name,
            || listed(numbers),
            |value| {
                let number = u16::try_from(value.as_u64()?).ok()?;
                numbers.contains(&number).then_some(number)
            },
        )
    }

    /// A whole number from 1, or a list of them.
    pub(super) fn ordinals(&mut self, name: &'static str) -> Option<Vec<u64>> {
        let ordinal = |value: &Value| value.as_u64().filter(|number| *number > 0);
        self.field(
            name,
            || "a whole number from 1, or a list of them".to_owned(),
            |value| match value {
                Value::Array(items) if !items.is_empty() => items.iter().map(ordinal).collect(),
                Value::Array(_) => None,
                other => Some(vec![ordinal(other)?]),
            },
        )
    }

    /// A whole number, or a list of the least and the most.
    pub(super) fn span(&mut self, name: &'static str, most: u64) -> Option<(u64, u64)> {
        let takes = || format!("a whole number up to {most}, or the least and the most in a list");
        self.field(name, takes, |value| {
            let (from, to) = match value.as_array().map(Vec::as_slice) {
                Some([from, to]) => (from.as_u64()?, to.as_u64()?),
                Some(_) => return None,
                None => (value.as_u64()?, value.as_u64()?),
            };
            (from <= to && to <= most).then_some((from, to))
        })
    }

    pub(super) fn list(&mut self, name: &'static str, most: usize) -> &'a [Value] {
        let takes = || format!("a list of at most {most}");
        let list = self.field(name, takes, |value| {
            value.as_array().filter(|items| items.len() <= most)
        });
        list.map_or(&[], Vec::as_slice)
    }

    /// Says of a field that it is required, unless it is there.
    pub(super) fn require(&mut self, name: &'static str, takes: &str) {
        if !self.map.contains_key(name) {
            self.problem(name, format!("is required: {takes}"));
        }
    }

    /// Names every field that was not asked for.
    pub(super) fn finish(mut self) {
        let mut known = std::mem::take(&mut self.known);
        known.sort_unstable();
        known.dedup();
        for name in self.map.keys() {
            if !known.contains(&name.as_str()) {
                self.problem(name, format!("is no field here; there are {}", known.join(", ")));
            }
        }
    }
}

/// "a, b or c"
pub(super) fn listed<T: ToString>(words: impl IntoIterator<Item = T>) -> String {
    let mut words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    let last = words.pop().unwrap_or_default();
    if words.is_empty() {
        last
    } else {
        format!("{} or {last}", words.join(", "))
    }
}

fn fits_header(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}
