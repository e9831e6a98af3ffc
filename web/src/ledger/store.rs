//! Where records, images and videos lie: on disk, or in memory where a browser gives no disk.

use std::cell::RefCell;

use rushes_core::Input;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::blobs::{Blobs, blob_from};
use super::checks::Damage;
use super::database::{Database, Durability, StoreError};
use super::files::Files;
use super::migrate::up_to_date;
use super::part::Part;
use super::record::{SCHEMA, Slot, Take};
use super::state::State;
use super::stored::Stored;
use crate::sorted::Sorted;

pub(super) const TAKES: &str = "takes";
pub(super) const IMAGES: &str = "images";
pub(super) const VIDEOS: &str = "videos";
pub(super) const POSTERS: &str = "posters";
pub(super) const STORES: [&str; 4] = [TAKES, IMAGES, VIDEOS, POSTERS];
/// Version of the object stores (not of the records in them).
const VERSION: u32 = 2;
/// Records by the time they were made.
pub(super) const BY_TIME: &str = "by_time";
/// Indexes: store, name, and the field they order by. Since version 2.
const INDEXES: [(&str, &str, &str); 1] = [(TAKES, BY_TIME, "created_ms")];

/// A record as it was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A sound one.
    Take(Box<Take>),
    /// One that cannot be read. It stays where it is until its owner deletes it.
    Damaged(Damaged),
}

/// A record that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Its key.
    pub id: String,
    /// What is wrong.
    pub damage: Damage,
    /// What it holds, as JSON, to be saved by its owner.
    pub text: String,
}

impl Entry {
    /// The record's key.
    pub fn id(&self) -> &str {
        match self {
            Self::Take(take) => &take.id,
            Self::Damaged(damaged) => &damaged.id,
        }
    }

    /// The take, if it could be read.
    pub fn take(&self) -> Option<&Take> {
        match self {
            Self::Take(take) => Some(take),
            Self::Damaged(_) => None,
        }
    }
}

/// Where records, images and videos lie.
#[derive(Debug)]
pub enum Store {
    /// In the browser's database, and videos in files where it gives those.
    Disk(Database, Option<Files>, Blobs),
    /// In this page only: all is gone with it.
    Memory(RefCell<Memory>),
}

/// The same stores as on disk, in this page only.
#[derive(Debug, Default)]
pub struct Memory([Sorted<JsValue>; STORES.len()]);

impl Memory {
    fn index(store: &str) -> usize {
        STORES.iter().position(|name| *name == store).unwrap_or_default()
    }

    pub(super) fn of(&self, store: &str) -> &Sorted<JsValue> {
        &self.0[Self::index(store)]
    }

    pub(super) fn of_mut(&mut self, store: &str) -> &mut Sorted<JsValue> {
        &mut self.0[Self::index(store)]
    }

    pub(super) fn put(&mut self, store: &str, key: &str, value: JsValue) {
        self.of_mut(store).insert(key, value);
    }
}

impl Store {
    /// Opens the database of that name.
    ///
    /// # Errors
    /// [`StoreError`]; [`Store::memory`] is what is left then.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let database = Database::open(name, VERSION, &STORES, &INDEXES).await?;
        let files = Files::open(name).await;
        // A window with files is no private one, and costs no look.
        let blobs = match &files {
            Some(_) => Blobs::Whole,
            None => Blobs::of(&database).await,
        };
        Ok(Self::Disk(database, files, blobs))
    }

    /// A store that lives as long as the page.
    pub fn memory() -> Self {
        Self::Memory(RefCell::default())
    }

    /// Whether what is written survives the page.
    pub fn is_lasting(&self) -> bool {
        matches!(self, Self::Disk(..))
    }

    /// Every record.
    ///
    /// # Errors
    /// [`StoreError`]; so for all below.
    pub async fn load(&self) -> Result<Vec<Entry>, StoreError> {
        let found = match self {
            Self::Disk(database, ..) => database.read(&[TAKES])?.all(TAKES).await?,
            Self::Memory(memory) => memory
                .borrow()
                .of(TAKES)
                .iter()
                .map(|(key, value)| (key.to_owned(), value.clone()))
                .collect(),
        };
        Ok(found.into_iter().map(|(key, value)| read(key, &value)).collect())
    }

    /// One record.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn get(&self, id: &str) -> Result<Option<Entry>, StoreError> {
        let value = self.value(TAKES, id).await?;
        Ok((!value.is_undefined()).then(|| read(id.to_owned(), &value)))
    }

    /// Writes a new intent and its images down. When this returns they are on disk: only then may it be sent.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was written.
    pub async fn begin(&self, take: &Take, images: &[(Slot, Input)]) -> Result<(), StoreError> {
        let record = write(take)?;
        let images: Vec<(String, JsValue)> = images
            .iter()
            .filter_map(|(slot, image)| Some((image_key(&take.id, *slot), image_value(image)?)))
            .collect();
        match self {
            Self::Disk(database, ..) => {
                let transaction = database.write(&[TAKES, IMAGES], Durability::Strict)?;
                transaction.add(TAKES, &take.id, &record).await?;
                for (key, image) in &images {
                    transaction.put(IMAGES, key, image).await?;
                }
                transaction.done().await
            }
            Self::Memory(memory) => {
                let mut memory = memory.borrow_mut();
                memory.put(TAKES, &take.id, record);
                for (key, image) in images {
                    memory.put(IMAGES, &key, image);
                }
                Ok(())
            }
        }
    }

    /// Changes a record as it stands on disk at that moment, so that two tabs never undo each other's news.
    ///
    /// `change` says whether it changed anything; nothing is written otherwise. `None` when there is no sound record.
    ///
    /// # Errors
    /// [`StoreError`]; then the record is as it was.
    pub async fn change(
        &self,
        id: &str,
        durability: Durability,
        change: impl FnOnce(&mut Take) -> bool,
    ) -> Result<Option<Take>, StoreError> {
        self.change_with(id, None, durability, change).await
    }

    /// [`change`](Self::change), once a video's bytes are in a file, or with them in the same transaction.
    ///
    /// # Errors
    /// [`StoreError`]; then the record is as it was.
    pub async fn keep(
        &self,
        id: &str,
        video: &web_sys::Blob,
        change: impl FnOnce(&mut Take) -> bool,
    ) -> Result<Option<Take>, StoreError> {
        if let Some(files) = self.files() {
            files.keep(id, video).await?;
            let outcome = self.change_with(id, None, Durability::Strict, change).await;
            match &outcome {
                Ok(Some(take)) if matches!(take.state, State::Kept { .. }) => files.forget_part(id).await,
                // Nobody wants it; a file that stays all the same is swept away later.
                _ => drop(files.erase(id).await),
            }
            return outcome;
        }
        let video = self.storable(video).await?;
        self.change_with(id, Some(&video), Durability::Strict, change)
            .await
    }

    async fn change_with(
        &self,
        id: &str,
        video: Option<&JsValue>,
        durability: Durability,
        change: impl FnOnce(&mut Take) -> bool,
    ) -> Result<Option<Take>, StoreError> {
        match self {
            Self::Disk(database, ..) => {
                let stores: &[&str] = if video.is_some() {
                    &[TAKES, VIDEOS]
                } else {
                    &[TAKES]
                };
                let transaction = database.write(stores, durability)?;
                let found = transaction.get(TAKES, id).await?;
                let Some((take, changed)) = changed(id, &found, change) else {
                    return Ok(None);
                };
                if changed {
                    transaction.put(TAKES, id, &write(&take)?).await?;
                    if let Some(video) = video {
                        transaction.put(VIDEOS, id, video).await?;
                    }
                }
                transaction.done().await?;
                Ok(Some(take))
            }
            Self::Memory(memory) => {
                let found = self.value(TAKES, id).await?;
                let Some((take, changed)) = changed(id, &found, change) else {
                    return Ok(None);
                };
                if changed {
                    let mut memory = memory.borrow_mut();
                    memory.put(TAKES, id, write(&take)?);
                    if let Some(video) = video {
                        memory.put(VIDEOS, id, video.clone());
                    }
                }
                Ok(Some(take))
            }
        }
    }

    /// A kept image of a take, as it was given: text or bytes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn image(&self, id: &str, slot: Slot) -> Result<Option<Input>, StoreError> {
        let value = self.value(IMAGES, &image_key(id, slot)).await?;
        if let Some(text) = value.as_string() {
            return Ok(Some(Input::Text(text)));
        }
        Ok(value
            .dyn_into::<js_sys::Uint8Array>()
            .ok()
            .map(|bytes| Input::Bytes(bytes.to_vec().into())))
    }

    /// The kept video of a take.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn video(&self, id: &str) -> Result<Option<web_sys::Blob>, StoreError> {
        if let Some(files) = self.files()
            && let Some(file) = files.video(id).await?
        {
            return Ok(Some(file));
        }
        // Kept without files, or before there were any.
        Ok(blob_from(self.value(VIDEOS, id).await?).filter(|blob| blob.size() > 0.0))
    }

    /// The small picture of a kept video.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn poster(&self, id: &str) -> Result<Option<web_sys::Blob>, StoreError> {
        Ok(blob_from(self.value(POSTERS, id).await?))
    }

    /// Keeps a small picture of a kept video.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_poster(&self, id: &str, poster: &web_sys::Blob) -> Result<(), StoreError> {
        let poster = self.storable(poster).await?;
        match self {
            Self::Disk(database, ..) => {
                let transaction = database.write(&[POSTERS], Durability::Relaxed)?;
                transaction.put(POSTERS, id, &poster).await?;
                transaction.done().await
            }
            Self::Memory(memory) => {
                memory.borrow_mut().put(POSTERS, id, poster);
                Ok(())
            }
        }
    }

    /// What has come of a video that is not kept yet.
    pub async fn part(&self, id: &str) -> Part {
        Part::open(self.files().map(|files| files.parts.clone()), id).await
    }

    /// Removes the bytes of a video, and nothing else.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn drop_video(&self, id: &str) -> Result<(), StoreError> {
        if let Some(files) = self.files() {
            files.erase(id).await?;
        }
        match self {
            Self::Disk(database, ..) => {
                let transaction = database.write(&[VIDEOS], Durability::Relaxed)?;
                transaction.delete(VIDEOS, id).await?;
                transaction.done().await
            }
            Self::Memory(memory) => {
                memory.borrow_mut().of_mut(VIDEOS).remove(id);
                Ok(())
            }
        }
    }

    /// Removes files that belong to no record. Files are listed before records are read: a record is there before its
    /// file.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self) -> Result<(), StoreError> {
        let Some(files) = self.files() else { return Ok(()) };
        let (videos, parts) = (files.videos.names().await?, files.parts.names().await?);
        if videos.is_empty() && parts.is_empty() {
            return Ok(());
        }
        let mut known = Sorted::default();
        for entry in self.load().await? {
            let is_kept = matches!(entry.take(), Some(take) if matches!(take.state, State::Kept { .. }));
            known.insert(entry.id(), is_kept);
        }
        for name in videos.iter().filter(|name| !known.contains(name)) {
            files.videos.remove(name).await?;
        }
        for name in parts.iter().filter(|name| known.get(name) != Some(&false)) {
            files.parts.remove(name).await?;
        }
        Ok(())
    }

    pub(super) fn files(&self) -> Option<&Files> {
        match self {
            Self::Disk(_, files, _) => files.as_ref(),
            Self::Memory(_) => None,
        }
    }

    /// What is kept for a blob. To be asked before a transaction is begun: that one waits for nobody.
    pub(super) async fn storable(&self, blob: &web_sys::Blob) -> Result<JsValue, StoreError> {
        match self {
            Self::Disk(_, _, blobs) => blobs.value(blob).await,
            Self::Memory(_) => Ok(blob.into()),
        }
    }

    async fn value(&self, store: &'static str, key: &str) -> Result<JsValue, StoreError> {
        match self {
            Self::Disk(database, ..) => database.read(&[store])?.get(store, key).await,
            Self::Memory(memory) => Ok(memory
                .borrow()
                .of(store)
                .get(key)
                .cloned()
                .unwrap_or(JsValue::UNDEFINED)),
        }
    }
}

pub(super) fn changed(
    id: &str,
    found: &JsValue,
    change: impl FnOnce(&mut Take) -> bool,
) -> Option<(Take, bool)> {
    if found.is_undefined() {
        return None;
    }
    let Entry::Take(take) = read(id.to_owned(), found) else {
        return None;
    };
    let mut take = *take;
    let changed = change(&mut take);
    Some((take, changed))
}

/// Reads a record, whatever it holds.
pub(super) fn read(key: String, value: &JsValue) -> Entry {
    // The version first: a newer page's record may have another shape altogether.
    let schema = js_sys::Reflect::get(value, &"schema".into())
        .ok()
        .and_then(|schema| schema.as_f64());
    let damage = if schema.is_some_and(|schema| schema > f64::from(SCHEMA)) {
        Damage::Newer
    } else {
        match plain(value).and_then(|value| Take::read(&up_to_date(value, version(schema)))) {
            Some(take) => match take.inspect(&key) {
                Ok(()) => return Entry::Take(Box::new(take)),
                Err(damage) => damage,
            },
            None => Damage::Shape,
        }
    };
    let text = js_sys::JSON::stringify_with_replacer_and_space(value, &JsValue::NULL, &2.into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| value.unchecked_ref::<js_sys::Object>().to_string().into());
    Entry::Damaged(Damaged {
        id: key,
        damage,
        text,
    })
}

/// The version that a record says it has; the first where it says none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not above today's; what is no version is taken for the first"
)]
fn version(schema: Option<f64>) -> u32 {
    schema.unwrap_or(1.0).max(1.0) as u32
}

/// A JavaScript value as a plain one.
fn plain(value: &JsValue) -> Option<Input> {
    Input::deserialize(serde_wasm_bindgen::Deserializer::from(value.clone())).ok()
}

/// A record as it is stored.
///
/// # Errors
/// [`StoreError::Other`] for a number that JavaScript cannot hold.
pub(super) fn write(take: &Take) -> Result<JsValue, StoreError> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    take.write()
        .serialize(&serializer)
        .map_err(|error| StoreError::Other(error.to_string()))
}

pub(super) fn image_key(id: &str, slot: Slot) -> String {
    format!("{id}/{}", slot.field())
}

pub(super) fn image_value(image: &Input) -> Option<JsValue> {
    match image {
        Input::Text(text) => Some(text.as_str().into()),
        Input::Bytes(bytes) => Some(js_sys::Uint8Array::from(bytes.as_ref()).into()),
        _ => None,
    }
}
