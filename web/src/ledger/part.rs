//! What has come of a video that is not whole yet: on disk piece by piece, or in this page where there are no files.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::database::StoreError;
use super::folder::{Folder, joined};

/// Name of the file beside the pieces that says what they are pieces of. No piece has it: theirs are numbers.
const HEAD: &str = "head";

/// What the pieces are pieces of, as its host told it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Its `ETag`, or else its `Last-Modified`: only bytes of the same version fit together.
    pub validator: Option<String>,
    /// Bytes in all, if announced.
    pub length: Option<u64>,
}

impl Head {
    /// As text: two lines.
    pub fn to_text(&self) -> String {
        let length = self.length.map(|length| length.to_string());
        let validator = self.validator.as_deref().unwrap_or_default();
        format!("{}\n{validator}", length.unwrap_or_default())
    }

    /// Reads that text again. What is unreadable is unknown, so that nothing is built on it.
    pub fn from_text(text: &str) -> Self {
        let (length, validator) = text.split_once('\n').unwrap_or_default();
        Self {
            validator: Some(validator.to_owned()).filter(|validator| !validator.is_empty()),
            length: length.parse().ok(),
        }
    }
}

/// What has come of one video.
#[derive(Debug)]
pub struct Part {
    id: String,
    /// The folder of parts; without one, the pieces live as long as this.
    parts: Option<Folder>,
    head: Head,
    pieces: Array,
    got: u64,
}

impl Part {
    /// What lies in that folder of a take's video, up to the first gap.
    pub(super) async fn open(parts: Option<Folder>, id: &str) -> Self {
        let mut part = Self {
            id: id.to_owned(),
            parts,
            head: Head::default(),
            pieces: Array::new(),
            got: 0,
        };
        // What cannot be read is fetched again.
        drop(part.find().await);
        part
    }

    async fn find(&mut self) -> Result<(), StoreError> {
        let Some(parts) = &self.parts else { return Ok(()) };
        if !parts.names().await?.contains(&self.id) {
            return Ok(());
        }
        let folder = parts.folder(&self.id).await?;
        let Some(head) = folder.file(HEAD).await? else {
            return Ok(());
        };
        let text = JsFuture::from(head.text()).await;
        let text = text.ok().and_then(|text| text.as_string()).unwrap_or_default();
        self.head = Head::from_text(&text);
        let names = folder.names().await?;
        let mut places: Vec<u64> = names.iter().filter_map(|name| name.parse().ok()).collect();
        places.sort_unstable();
        for place in places {
            if place == self.got
                && let Some(piece) = folder.file(&place.to_string()).await?
            {
                self.push(&piece);
            }
        }
        Ok(())
    }

    /// How many bytes have come.
    pub fn got(&self) -> u64 {
        self.got
    }

    /// What they are of.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// All of it as one, of that media type.
    ///
    /// # Errors
    /// [`StoreError`]; so for all below.
    pub fn blob(&self, media_type: &str) -> Result<Blob, StoreError> {
        joined(&self.pieces, media_type)
    }

    /// Begins anew, with nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn begin(&mut self, head: Head) -> Result<(), StoreError> {
        self.pieces = Array::new();
        self.got = 0;
        self.head = head;
        if let Some(parts) = &self.parts {
            parts.remove(&self.id).await?;
            let text = Blob::new_with_str_sequence(&Array::of1(&self.head.to_text().into()));
            let text = text.map_err(|error| StoreError::from_js(&error))?;
            parts.folder(&self.id).await?.write(HEAD, &text).await?;
        }
        Ok(())
    }

    /// Adds the bytes that follow. When this returns they are there to be gone on from.
    ///
    /// # Errors
    /// [`StoreError`]; then what came before is there.
    pub async fn add(&mut self, bytes: &[Uint8Array]) -> Result<(), StoreError> {
        let bytes: Array = bytes.iter().collect();
        let blob = Blob::new_with_u8_array_sequence(&bytes).map_err(|error| StoreError::from_js(&error))?;
        let piece = match &self.parts {
            Some(parts) => {
                let folder = parts.folder(&self.id).await?;
                folder.write(&self.got.to_string(), &blob).await?
            }
            None => blob,
        };
        self.push(&piece);
        Ok(())
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is a whole number, not below 0"
    )]
    fn push(&mut self, piece: &Blob) {
        if piece.size() > 0.0 {
            self.got += piece.size() as u64;
            self.pieces.push(piece.unchecked_ref());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Head;

    #[test]
    fn what_pieces_are_of_survives_being_written_down() {
        for validator in [None, Some("\"v1\""), Some("Wed, 21 Oct 2015 07:28:00 GMT")] {
            for length in [None, Some(0), Some(u64::MAX)] {
                let head = Head {
                    validator: validator.map(str::to_owned),
                    length,
                };
                assert_eq!(Head::from_text(&head.to_text()), head);
            }
        }
    }

    #[test]
    fn an_unreadable_note_says_nothing() {
        for text in ["", "\n", "five", "-1\n", "1e3"] {
            assert_eq!(Head::from_text(text), Head::default(), "{text:?}");
        }
    }
}
