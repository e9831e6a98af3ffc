//! Many records at once: read in batches, changed and erased in one transaction.

use wasm_bindgen::JsValue;

use super::database::{Durability, StoreError};
use super::record::Slot;
use super::record::Take;
use super::store::{
    BY_TIME, Entry, IMAGES, POSTERS, STORES, Store, TAKES, VIDEOS, changed, image_key, read, write,
};

impl Store {
    /// The keys of every record, the newest first; of records without a sound time, last.
    ///
    /// # Errors
    /// [`StoreError`]; so for all below.
    pub async fn keys(&self) -> Result<Vec<String>, StoreError> {
        let Self::Disk(database, ..) = self else {
            return Ok(self
                .load()
                .await?
                .iter()
                .map(|entry| entry.id().to_owned())
                .collect());
        };
        let transaction = database.read(&[TAKES])?;
        let mut keys = transaction.keys(TAKES, Some(BY_TIME)).await?;
        keys.reverse();
        let all = transaction.keys(TAKES, None).await?;
        if all.len() > keys.len() {
            let mut known = keys.clone();
            known.sort_unstable();
            keys.extend(all.into_iter().filter(|key| known.binary_search(key).is_err()));
        }
        Ok(keys)
    }

    /// The records under those keys, in their order, as far as they are there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read_many(&self, keys: &[String]) -> Result<Vec<Entry>, StoreError> {
        let values = match self {
            Self::Disk(database, ..) => database.read(&[TAKES])?.many(TAKES, keys).await?,
            Self::Memory(memory) => {
                let memory = memory.borrow();
                let of = |key: &String| memory.of(TAKES).get(key).cloned();
                keys.iter()
                    .map(|key| of(key).unwrap_or(JsValue::UNDEFINED))
                    .collect()
            }
        };
        let found = keys.iter().zip(values).filter(|(_, value)| !value.is_undefined());
        Ok(found.map(|(key, value)| read(key.clone(), &value)).collect())
    }

    /// Changes many records as they stand on disk at that moment: all of them, or none. Gives those that there are.
    ///
    /// # Errors
    /// [`StoreError`]; then every record is as it was.
    pub async fn change_many(
        &self,
        keys: &[String],
        change: impl Fn(&mut Take) -> bool,
    ) -> Result<Vec<Take>, StoreError> {
        match self {
            Self::Disk(database, ..) => {
                let transaction = database.write(&[TAKES], Durability::Strict)?;
                let values = transaction.many(TAKES, keys).await?;
                let mut takes = Vec::with_capacity(keys.len());
                for (key, value) in keys.iter().zip(values) {
                    let Some((take, changed)) = changed(key, &value, &change) else {
                        continue;
                    };
                    if changed {
                        transaction.put_soon(TAKES, key, &write(&take)?)?;
                    }
                    takes.push(take);
                }
                transaction.done().await?;
                Ok(takes)
            }
            Self::Memory(_) => {
                let mut takes = Vec::with_capacity(keys.len());
                for key in keys {
                    takes.extend(self.change(key, Durability::Strict, &change).await?);
                }
                Ok(takes)
            }
        }
    }

    /// Erases records with their images and videos. The records go all together; files that outlive a crash belong to
    /// no record then, and are swept away later.
    ///
    /// # Errors
    /// [`StoreError`]; then all of them are still there.
    pub async fn erase_many(&self, keys: &[String]) -> Result<(), StoreError> {
        match self {
            Self::Disk(database, files, _) => {
                let transaction = database.write(&STORES, Durability::Relaxed)?;
                for key in keys {
                    for store in [TAKES, VIDEOS, POSTERS] {
                        transaction.delete_soon(store, key)?;
                    }
                    for slot in [Slot::Start, Slot::End] {
                        transaction.delete_soon(IMAGES, &image_key(key, slot))?;
                    }
                }
                transaction.done().await?;
                if let Some(files) = files {
                    for key in keys {
                        // The record is gone; a file that stays all the same is swept away later.
                        drop(files.erase(key).await);
                    }
                }
                Ok(())
            }
            Self::Memory(memory) => {
                let mut memory = memory.borrow_mut();
                for key in keys {
                    for store in [TAKES, VIDEOS, POSTERS] {
                        memory.of_mut(store).remove(key);
                    }
                    for slot in [Slot::Start, Slot::End] {
                        memory.of_mut(IMAGES).remove(&image_key(key, slot));
                    }
                }
                Ok(())
            }
        }
    }

    /// Erases a record with its images and its video.
    ///
    /// # Errors
    /// [`StoreError`]; then all of it is still there.
    pub async fn erase(&self, id: &str) -> Result<(), StoreError> {
        self.erase_many(&[id.to_owned()]).await
    }
}
