use std::sync::Arc;

use crate::image::{ImageInfo, inline};
use crate::input::Input;

/// How bytes are written into the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum InlineForm {
    /// `data:image/png;base64,…` (what other clients of this route send).
    #[default]
    DataUri,
    /// Bare base64 (what Kling itself takes).
    Base64,
}

/// Where an image comes from; inline ones have passed the preflight.
#[derive(Clone, Debug, PartialEq)]
pub enum ImageSource {
    /// A public http(s) URL; what is behind it is not known here.
    Url(String),
    /// Text that was given inline (a data URI or base64), sent as it came.
    InlineText {
        /// The text.
        text: Arc<str>,
        /// What its header says.
        info: ImageInfo,
    },
    /// The bytes of a file, encoded when the body is written.
    Bytes {
        /// The file's bytes.
        bytes: Arc<[u8]>,
        /// What its header says.
        info: ImageInfo,
        /// How to write it.
        form: InlineForm,
    },
}

impl ImageSource {
    /// What is known of the image: nothing for a URL.
    pub fn info(&self) -> Option<&ImageInfo> {
        match self {
            Self::Url(_) => None,
            Self::InlineText { info, .. } | Self::Bytes { info, .. } => Some(info),
        }
    }

    /// The file's bytes, decoded if need be; `None` for a URL.
    pub fn bytes(&self) -> Option<Arc<[u8]>> {
        match self {
            Self::Url(_) => None,
            Self::InlineText { text, .. } => Some(inline::payload(text)?.decode().into()),
            Self::Bytes { bytes, .. } => Some(Arc::clone(bytes)),
        }
    }

    /// The value as it was given.
    pub(super) fn accepted(&self) -> Input {
        match self {
            Self::Url(url) => url.as_str().into(),
            Self::InlineText { text, .. } => Input::Text(text.as_ref().to_owned()),
            Self::Bytes { bytes, .. } => Input::Bytes(Arc::clone(bytes)),
        }
    }

    /// How many bytes it takes in the body, quotes aside.
    pub(super) fn body_len(&self) -> usize {
        match self {
            Self::Url(url) => url.len(),
            Self::InlineText { text, .. } => text.len(),
            Self::Bytes { bytes, .. } => DATA_URI_HEAD_MAX + bytes.len().div_ceil(3) * 4,
        }
    }
}

/// Length of the longest head of a data URI written here: `data:image/jpeg;base64,`.
const DATA_URI_HEAD_MAX: usize = 23;
