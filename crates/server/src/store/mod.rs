//! The data folder: one folder per task, in it a small record, the request until it is rendered, and the video.
//!
//! ```text
//! data/lock                    held while a server runs
//! data/link-key                signs the links to results
//! data/tasks/<id>/record.json  where the task stands
//! data/tasks/<id>/request.json the request's exact body, until the task has ended
//! data/tasks/<id>/video.mp4    the result
//! ```
//! Every file appears whole or not at all: it is written beside its place, flushed to the disk and renamed.

mod atomic;
mod record;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use ring::rand::{SecureRandom, SystemRandom};

pub use record::{Record, Stage};

use crate::hex;

/// Why the data folder cannot be used.
#[derive(Debug)]
pub enum StoreError {
    /// Another server holds it.
    InUse(PathBuf),
    /// The disk or its permissions.
    Io {
        /// What was being done.
        doing: &'static str,
        /// What went wrong.
        error: io::Error,
    },
    /// The system gives no random numbers.
    Random,
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::InUse(path) => {
                write!(
                    f,
                    "another server is using {}: stop it, or name another folder with --data",
                    path.display()
                )
            }
            Self::Io { doing, error } => write!(f, "{doing}: {error}"),
            Self::Random => f.write_str("the system gives no random numbers"),
        }
    }
}

impl std::error::Error for StoreError {}

fn failed(doing: &'static str) -> impl FnOnce(io::Error) -> StoreError {
    move |error| StoreError::Io { doing, error }
}

/// Writes a file that appears whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    atomic::write(path, bytes).map_err(failed("writing a file"))
}

/// The data folder of one running server.
#[derive(Debug)]
pub(crate) struct Store {
    tasks: PathBuf,
    link_key: [u8; 32],
    /// Held, not read: the lock goes with the file.
    _lock: File,
}

impl Store {
    /// Opens the folder, makes it where it is missing, and locks it.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another server has it.
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreError> {
        let tasks = dir.join("tasks");
        atomic::make_private_dir(&tasks).map_err(failed("making the data folder"))?;
        let lock = File::create(dir.join("lock")).map_err(failed("opening the lock file"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse(dir.to_owned())),
            Err(TryLockError::Error(error)) => return Err(failed("locking the data folder")(error)),
        }
        let link_key = link_key(&dir.join("link-key"))?;
        let store = Self {
            tasks,
            link_key,
            _lock: lock,
        };
        store.sweep();
        Ok(store)
    }

    /// The key that signs links to results.
    pub(crate) fn link_key(&self) -> &[u8; 32] {
        &self.link_key
    }

    /// Every record that can be read, the oldest first; the others are skipped and logged.
    pub(crate) fn load(&self) -> Result<Vec<Record>, StoreError> {
        let mut records = Vec::new();
        for entry in fs::read_dir(&self.tasks).map_err(failed("reading the data folder"))? {
            let Ok(entry) = entry else { continue };
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            match record::read(&entry.path(), &name) {
                Ok(record) => records.push(record),
                Err(problem) => tracing::warn!(task = %name, %problem, "a task's record is skipped"),
            }
        }
        records.sort_by(|a, b| (a.created_ms, &a.id).cmp(&(b.created_ms, &b.id)));
        Ok(records)
    }

    /// Puts a new task on disk, with its request's body: whole, or not at all.
    pub(crate) fn create(&self, record: &Record, body: &str) -> Result<(), StoreError> {
        let doing = "writing a task";
        let draft = self.tasks.join(format!("{}{}", atomic::DRAFT_PREFIX, record.id));
        atomic::make_private_dir(&draft).map_err(failed(doing))?;
        atomic::write(&draft.join("request.json"), body.as_bytes()).map_err(failed(doing))?;
        write_record(&draft, record).map_err(failed(doing))?;
        fs::rename(&draft, self.folder(&record.id)).map_err(failed(doing))?;
        atomic::flush_dir(&self.tasks).map_err(failed(doing))
    }

    /// Writes where a task stands now.
    pub(crate) fn update(&self, record: &Record) -> Result<(), StoreError> {
        write_record(&self.folder(&record.id), record).map_err(failed("writing a task's record"))
    }

    /// The body of a task's request.
    pub(crate) fn body(&self, id: &str) -> Result<String, StoreError> {
        fs::read_to_string(self.folder(id).join("request.json")).map_err(failed("reading a task's request"))
    }

    /// Drops the request of a task that has ended: it may hold 20 MB of images.
    pub(crate) fn drop_body(&self, id: &str) {
        if let Err(error) = fs::remove_file(self.folder(id).join("request.json")) {
            tracing::debug!(task = id, %error, "the request of an ended task stays on disk");
        }
    }

    /// Puts a task's video on disk.
    pub(crate) fn write_video(&self, id: &str, bytes: &[u8]) -> Result<(), StoreError> {
        atomic::write(&self.video(id), bytes).map_err(failed("writing a video"))
    }

    /// Where a task's video is, once it has succeeded.
    pub(crate) fn video(&self, id: &str) -> PathBuf {
        self.folder(id).join("video.mp4")
    }

    /// Forgets a task and all its files.
    pub(crate) fn remove(&self, id: &str) -> Result<(), StoreError> {
        // Renamed first: whoever looks meanwhile sees the task whole or not at all.
        let doomed = self.tasks.join(format!("{}{id}", atomic::DRAFT_PREFIX));
        fs::rename(self.folder(id), &doomed).map_err(failed("removing a task"))?;
        fs::remove_dir_all(doomed).map_err(failed("removing a task"))
    }

    fn folder(&self, id: &str) -> PathBuf {
        self.tasks.join(id)
    }

    /// Clears away what a server that was killed had begun to write.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.tasks) else {
            return;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let removed = if atomic::is_draft(&path) {
                if path.is_dir() {
                    fs::remove_dir_all(&path)
                } else {
                    fs::remove_file(&path)
                }
            } else {
                sweep_folder(&path)
            };
            if let Err(error) = removed {
                tracing::warn!(%error, "a left-over in the data folder cannot be removed");
            }
        }
    }
}

fn write_record(folder: &Path, record: &Record) -> io::Result<()> {
    atomic::write(&folder.join("record.json"), &record.to_json()?)
}

fn sweep_folder(folder: &Path) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)?.flatten() {
        if atomic::is_draft(&entry.path()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A new task's id: 128 random bits, so that knowing one tells nothing of another.
pub(crate) fn new_id() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| StoreError::Random)?;
    Ok(hex::encode(&bytes))
}

/// Whether a text could be an id made by [`new_id`].
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn link_key(path: &Path) -> Result<[u8; 32], StoreError> {
    if let Ok(bytes) = fs::read(path)
        && let Ok(key) = <[u8; 32]>::try_from(bytes.as_slice())
    {
        return Ok(key);
    }
    let mut key = [0; 32];
    SystemRandom::new()
        .fill(&mut key)
        .map_err(|_| StoreError::Random)?;
    atomic::write(path, &key).map_err(failed("writing the key of links"))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rushes_core::Endpoint;

    fn record(id: &str) -> Record {
        Record::new(id.to_owned(), Endpoint::TextToVideo, 5, 1_000)
    }

    #[test]
    fn a_task_is_found_again() {
        let dir = tempfile::tempdir().unwrap();
        let id = new_id().unwrap();
        assert!(is_id(&id), "{id}");
        let key = {
            let store = Store::open(dir.path()).unwrap();
            store.create(&record(&id), "{\"prompt\":\"x\"}").unwrap();
            *store.link_key()
        };
        let store = Store::open(dir.path()).unwrap();
        assert_eq!(store.load().unwrap(), vec![record(&id)]);
        assert_eq!(store.body(&id).unwrap(), "{\"prompt\":\"x\"}");
        assert_eq!(*store.link_key(), key);
        store.remove(&id).unwrap();
        assert_eq!(store.load().unwrap(), vec![]);
    }

    #[test]
    fn two_servers_never_share_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        let first = Store::open(dir.path()).unwrap();
        assert!(matches!(Store::open(dir.path()), Err(StoreError::InUse(_))));
        drop(first);
        assert!(Store::open(dir.path()).is_ok());
    }

    #[test]
    fn damaged_and_hostile_records_are_skipped() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let good = new_id().unwrap();
        store.create(&record(&good), "{}").unwrap();
        let hostile = [
            ("0".repeat(32), Some(String::new())),
            ("1".repeat(32), Some("{".to_owned())),
            ("2".repeat(32), Some("[1]".to_owned())),
            ("3".repeat(32), None),
            // Names another task's folder.
            (
                "4".repeat(32),
                Some(String::from_utf8(record(&good).to_json().unwrap()).unwrap()),
            ),
            (
                "not-an-id".to_owned(),
                Some(String::from_utf8(record("not-an-id").to_json().unwrap()).unwrap()),
            ),
            (
                "5".repeat(32),
                Some("{\"version\":1,\"id\":\"../../x\"}".to_owned()),
            ),
        ];
        for (name, text) in hostile {
            fs::create_dir(store.tasks.join(&name)).unwrap();
            if let Some(text) = text {
                fs::write(store.tasks.join(&name).join("record.json"), text).unwrap();
            }
        }
        assert_eq!(store.load().unwrap(), vec![record(&good)]);
    }

    #[test]
    fn half_written_files_are_cleared_away() {
        let dir = tempfile::tempdir().unwrap();
        let id = new_id().unwrap();
        {
            let store = Store::open(dir.path()).unwrap();
            store.create(&record(&id), "{}").unwrap();
            fs::write(store.folder(&id).join(".part-video.mp4"), "half").unwrap();
            fs::create_dir(store.tasks.join(".part-abc")).unwrap();
        }
        let store = Store::open(dir.path()).unwrap();
        assert!(!store.folder(&id).join(".part-video.mp4").exists());
        assert!(!store.tasks.join(".part-abc").exists());
        assert_eq!(store.load().unwrap().len(), 1);
    }
}
