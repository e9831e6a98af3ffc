//! A loosely typed value from outside, before any rule has looked at it.

use std::fmt;
use std::sync::Arc;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Deepest nesting of lists and objects that is read; more is an error. A request needs three levels.
pub const DEPTH_MAX: usize = 64;

/// A value from outside: JSON, a JavaScript value or a typed draft, all through one door.
///
/// Unlike a JSON value it can hold what JavaScript can hand over and JSON cannot: numbers that are not finite,
/// and the bytes of an image file. It deserialises from any self-describing format, and refuses (instead of
/// overflowing the stack) what is nested deeper than [`DEPTH_MAX`]. Where an object names a field twice, the last
/// value stands, as in `JSON.parse`.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// `null` or `undefined`: counts as absent.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, possibly NaN or infinite.
    Number(f64),
    /// A string.
    Text(String),
    /// The bytes of a file (cheap to clone).
    Bytes(Arc<[u8]>),
    /// An array.
    List(Vec<Input>),
    /// An object, its fields in the order they came.
    Object(Vec<(String, Input)>),
}

impl Input {
    /// Whether it is `null` or `undefined`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one; it may be NaN or infinite.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(value) => Some(value),
            _ => None,
        }
    }

    /// The bytes, if it is a file's bytes.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(value) => Some(value),
            _ => None,
        }
    }

    /// The items, if it is an array.
    pub fn as_list(&self) -> Option<&[Input]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The fields in their order, if it is an object.
    pub fn as_object(&self) -> Option<&[(String, Input)]> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// The field of that name, if it is an object that has it; the last one where a name stands twice.
    pub fn get(&self, name: &str) -> Option<&Input> {
        self.as_object()?
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// What kind of value it is, for a sentence: `a string`, `an array`, …
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

impl From<bool> for Input {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Input {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<u8> for Input {
    fn from(value: u8) -> Self {
        Self::Number(value.into())
    }
}

impl From<&str> for Input {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Input {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Input {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value.into())
    }
}

impl From<Arc<[u8]>> for Input {
    fn from(value: Arc<[u8]>) -> Self {
        Self::Bytes(value)
    }
}

impl From<Vec<Input>> for Input {
    fn from(value: Vec<Input>) -> Self {
        Self::List(value)
    }
}

impl<T: Into<Input>> From<Option<T>> for Input {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Serialize for Input {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serialize_number(*value, serializer),
            Self::Text(value) => serializer.serialize_str(value),
            Self::Bytes(value) => serializer.serialize_bytes(value),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// Writes a whole number as an integer (`5`, not `5.0`), as JavaScript does.
pub(crate) fn serialize_number<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(value) {
        Some(integer) => serializer.serialize_i64(integer),
        None => serializer.serialize_f64(value),
    }
}

/// The integer that a number is, if it is one and every integer up to it is exact (below 2^53).
pub(crate) fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "has no fraction and lies within ±2^53"
    )]
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i64)
}

impl<'de> Deserialize<'de> for Input {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nested { depth: 0 }.deserialize(deserializer)
    }
}

/// Reads a value that stands that many lists and objects deep.
#[derive(Clone, Copy)]
struct Nested {
    depth: usize,
}

impl Nested {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        if self.depth >= DEPTH_MAX {
            return Err(E::custom(format_args!("nested deeper than {DEPTH_MAX} levels")));
        }
        Ok(Self {
            depth: self.depth + 1,
        })
    }
}

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Input;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Input, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Input;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value JSON can hold, or bytes")
    }

    fn visit_unit<E>(self) -> Result<Input, E> {
        Ok(Input::Null)
    }

    fn visit_none<E>(self) -> Result<Input, E> {
        Ok(Input::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Input, D::Error> {
        self.deeper()?.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Input, D::Error> {
        self.deeper()?.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Input, E> {
        Ok(Input::Bool(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Input, E> {
        Ok(Input::Number(value))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON numbers are doubles to everyone this speaks with"
    )]
    fn visit_i64<E>(self, value: i64) -> Result<Input, E> {
        Ok(Input::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON numbers are doubles to everyone this speaks with"
    )]
    fn visit_u64<E>(self, value: u64) -> Result<Input, E> {
        Ok(Input::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON numbers are doubles to everyone this speaks with"
    )]
    fn visit_i128<E>(self, value: i128) -> Result<Input, E> {
        Ok(Input::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON numbers are doubles to everyone this speaks with"
    )]
    fn visit_u128<E>(self, value: u128) -> Result<Input, E> {
        Ok(Input::Number(value as f64))
    }

    fn visit_str<E>(self, value: &str) -> Result<Input, E> {
        Ok(Input::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Input, E> {
        Ok(Input::Text(value))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Input, E> {
        Ok(Input::Bytes(value.into()))
    }

    fn visit_byte_buf<E>(self, value: Vec<u8>) -> Result<Input, E> {
        Ok(Input::Bytes(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Input, A::Error> {
        let seed = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(seed)? {
            items.push(item);
        }
        Ok(Input::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Input, A::Error> {
        let seed = self.deeper()?;
        let mut fields = Vec::new();
        while let Some(name) = access.next_key::<String>()? {
            fields.push((name, access.next_value_seed(seed)?));
        }
        Ok(Input::Object(last_of_each(fields)))
    }
}

/// Keeps the last value of each name, at the place where the name first stood.
fn last_of_each(mut fields: Vec<(String, Input)>) -> Vec<(String, Input)> {
    const FEW: usize = 12;
    let unlike = |(index, (name, _)): (usize, &(String, Input))| {
        fields[..index].iter().all(|(other, _)| other != name)
    };
    if fields.len() <= FEW && fields.iter().enumerate().all(unlike) {
        return fields;
    }
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by(|a, b| fields[*a].0.cmp(&fields[*b].0));
    let mut dropped = Vec::new();
    for same in order.chunk_by(|a, b| fields[*a].0 == fields[*b].0) {
        if let [first, .., last] = same {
            dropped.push((*first, *last, same[1..].to_vec()));
        }
    }
    if dropped.is_empty() {
        return fields;
    }
    let mut keep = vec![true; fields.len()];
    for (first, last, others) in dropped {
        fields[first].1 = std::mem::replace(&mut fields[last].1, Input::Null);
        for other in others {
            keep[other] = false;
        }
    }
    let mut keep = keep.into_iter();
    fields.retain(|_| keep.next().unwrap_or(true));
    fields
}
