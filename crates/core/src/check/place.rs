use crate::decimal::digits;
use crate::say::say;

/// A count in decimal.
pub(super) fn count(count: usize) -> String {
    digits(count as u64)
}

/// Where in a request a value stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// A field of the request.
    Field(&'static str),
    /// A shot, counted from 0.
    Shot(usize),
    /// A field of a shot.
    ShotField(usize, &'static str),
}

impl Place {
    /// The JSON Pointer.
    pub(super) fn path(self) -> String {
        match self {
            Self::Field(name) => say!("/{}", name),
            Self::Shot(index) => say!("/multi_prompt/{}", count(index)),
            Self::ShotField(index, name) => say!("/multi_prompt/{}/{}", count(index), name),
        }
    }

    /// How a sentence begins that speaks of it; people count shots from 1.
    pub(super) fn subject(self) -> String {
        match self {
            Self::Field(name) => say!("`{}`", name),
            Self::Shot(index) => say!("Shot {}", count(index + 1)),
            Self::ShotField(index, name) => say!("`{}` of shot {}", name, count(index + 1)),
        }
    }

    /// The pointer of a field from outside below this place, or of the request where there is none.
    pub(super) fn below(parent: Option<Self>, name: &str) -> String {
        let mut path = parent.map(Self::path).unwrap_or_default();
        path.push('/');
        for char in name.chars() {
            match char {
                '~' => path.push_str("~0"),
                '/' => path.push_str("~1"),
                other => path.push(other),
            }
        }
        path
    }
}
