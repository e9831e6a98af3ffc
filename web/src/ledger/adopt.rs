//! Records that come from elsewhere, out of an archive.

use rushes_core::Input;
use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::checks::Damage;
use super::database::{Durability, StoreError};
use super::migrate::up_to_date;
use super::record::{SCHEMA, Slot, Take};
use super::state::State;
use super::store::{IMAGES, POSTERS, Store, TAKES, VIDEOS, image_key, image_value, write};
use super::stored::Stored;
use super::{Entry, Ledger};

/// What comes with a record.
#[derive(Debug, Default)]
pub struct Luggage {
    /// Its images.
    pub images: Vec<(Slot, Input)>,
    /// Its video, if that is to be kept.
    pub video: Option<Blob>,
    /// Its small picture.
    pub poster: Option<Blob>,
}

/// A record as it stands in an archive, under that id.
///
/// # Errors
/// What is wrong with it.
pub fn read_record(id: &str, value: Input) -> Result<Take, Damage> {
    let schema = value.get("schema").and_then(Input::as_f64).unwrap_or(1.0);
    if schema > f64::from(SCHEMA) {
        return Err(Damage::Newer);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not above today's, and what is below the first is taken for it"
    )]
    let version = schema.max(1.0) as u32;
    let take = Take::read(&up_to_date(value, version)).ok_or(Damage::Shape)?;
    take.inspect(id)?;
    Ok(take)
}

impl Store {
    /// The record of that id as it is on disk, whether it is deleted or not.
    ///
    /// # Errors
    /// [`StoreError`]; so for all below.
    pub async fn record(&self, id: &str) -> Result<Option<Take>, StoreError> {
        Ok(self.get(id).await?.and_then(|entry| entry.take().cloned()))
    }

    /// Writes a record with what comes with it. The video first: a record without its bytes would be a lie.
    async fn adopt(&self, take: &Take, with: &Luggage) -> Result<(), StoreError> {
        let record = write(take)?;
        let mut values: Vec<(&'static str, String, JsValue)> = vec![(TAKES, take.id.clone(), record)];
        for (slot, image) in &with.images {
            if let Some(value) = image_value(image) {
                values.push((IMAGES, image_key(&take.id, *slot), value));
            }
        }
        if let Some(poster) = &with.poster {
            values.push((POSTERS, take.id.clone(), self.storable(poster).await?));
        }
        if let Some(video) = &with.video {
            match self.files() {
                Some(files) => files.keep(&take.id, video).await?,
                None => values.push((VIDEOS, take.id.clone(), self.storable(video).await?)),
            }
        }
        match self {
            Self::Disk(database, ..) => {
                let transaction = database.write(&[TAKES, IMAGES, POSTERS, VIDEOS], Durability::Strict)?;
                for (store, key, value) in &values {
                    transaction.put(store, key, value).await?;
                }
                transaction.done().await
            }
            Self::Memory(memory) => {
                let mut memory = memory.borrow_mut();
                for (store, key, value) in values {
                    memory.put(store, &key, value);
                }
                Ok(())
            }
        }
    }
}

impl Ledger {
    /// Takes a record in that comes from elsewhere: `merge` says what becomes of it, given what is here.
    /// Says what is on disk now, where that changed; it is not shown yet: see [`show_adopted`](Self::show_adopted).
    ///
    /// # Errors
    /// [`StoreError`]; then what is here is as it was.
    pub async fn adopt(
        self,
        id: &str,
        with: Luggage,
        merge: impl FnOnce(Option<&Take>) -> Option<Take>,
    ) -> Result<Option<Take>, StoreError> {
        let store = self.store().await;
        let outcome = async {
            let here = store.record(id).await?;
            let Some(take) = merge(here.as_ref()) else {
                return Ok(None);
            };
            let had_video = matches!(here.as_ref().map(|here| &here.state), Some(State::Kept { .. }));
            let keeps_video = matches!(take.state, State::Kept { .. }) && !had_video;
            // Images belong to what was sent, which does not change.
            let is_here = here.is_some_and(|here| here.deleted_ms.is_none());
            let with = Luggage {
                images: if is_here { Vec::new() } else { with.images },
                poster: with.poster.filter(|_| keeps_video),
                video: with.video.filter(|_| keeps_video),
            };
            store.adopt(&take, &with).await.map(|()| Some(take))
        };
        let adopted = outcome.await.inspect_err(|error| self.report(error))?;
        Ok(adopted)
    }

    /// Shows what was taken in, here and in other tabs: all at once, so that the list is put in order once.
    pub fn show_adopted(self, takes: Vec<Take>) {
        let ids: Vec<String> = takes.iter().map(|take| take.id.clone()).collect();
        self.show_all(
            takes
                .into_iter()
                .map(|take| Entry::Take(Box::new(take)))
                .collect(),
        );
        self.with_inner(|inner| inner.tabs.tell(&ids));
    }
}
