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
            Self::Field(name) => format!("/{name}"),
            Self::Shot(index) => format!("/multi_prompt/{index}"),
            Self::ShotField(index, name) => format!("/multi_prompt/{index}/{name}"),
        }
    }

    /// How a sentence begins that speaks of it; people count shots from 1.
    pub(super) fn subject(self) -> String {
        match self {
            Self::Field(name) => format!("`{name}`"),
            Self::Shot(index) => format!("Shot {}", index + 1),
            Self::ShotField(index, name) => format!("`{name}` of shot {}", index + 1),
        }
    }

    /// The pointer of a field from outside below this place, or of the request where there is none.
    pub(super) fn below(parent: Option<Self>, name: &str) -> String {
        let parent = parent.map(Self::path).unwrap_or_default();
        format!("{parent}/{}", name.replace('~', "~0").replace('/', "~1"))
    }
}
