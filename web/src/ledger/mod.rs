//! The records of every take: what they hold, where they lie, and who may write them. No views.
//!
//! Order of writes: the intent before the `POST`, the task id before the first look, the bytes before the link dies.

mod adopt;
mod blobs;
mod card;
mod checks;
pub mod database;
mod files;
mod folder;
pub mod locks;
mod many;
pub mod migrate;
mod part;
mod place;
mod record;
mod room;
mod shelf;
mod state;
mod store;
pub mod stored;
mod tabs;
mod trouble;
mod write;

use std::cell::RefCell;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::Shared;
use leptos::prelude::*;
use rushes_core::Input;

pub use adopt::{Luggage, read_record};
pub use card::{Card, Charge, Standing};
pub use checks::{Damage, is_open_address, is_web_address};
pub use database::{Durability, StoreError};
pub use part::{Head, Part};
pub use place::Place;
pub use record::{Filed, Maker, Picture, Price, SCHEMA, Settings, Slot, StoredShot, Take, inline_images};
pub use room::{Room, ask_to_persist};
pub use shelf::UNDO_MS;
pub use state::{Doubt, Event, Gone, KeptFile, Link, NotKept, Seen, State, Watch};
pub use store::{Damaged, Entry, Store};
pub use tabs::Progress;
pub use trouble::{NEVER_CAME, Trouble};

use crate::sorted::Sorted;
use tabs::{Heard, Tabs};
use write::Owed;

/// Name of the database and of the line between tabs.
pub(crate) const NAME: &str = "rushes";

/// After so long without a word of another tab that saves a video, it may be dead, in milliseconds.
const SILENCE_MS: u32 = 10_000;

/// One record of the list; its content is a signal of its own, so that one row's news redraws one row.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// The record's key.
    pub id: String,
    /// What it is found by.
    pub card: Arc<Card>,
    /// The record.
    pub entry: ArcRwSignal<Entry>,
}

/// What is wrong with keeping things here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageTrouble {
    /// Nothing survives this page.
    MemoryOnly,
    /// No room left.
    Full,
    /// A write failed, in the browser's words.
    Failed(String),
}

/// Handle of the ledger, given by context. A ledger stands as long as its page, so the handle is one address.
#[derive(Clone, Copy)]
pub struct Ledger(&'static Parts);

impl Deref for Ledger {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

/// What a [`Ledger`] gives to read.
pub struct Parts {
    /// Every take that is not deleted, the newest first. Changes where a card does: how far a task is, is no such news.
    pub takes: ArcRwSignal<Vec<Shelved>>,
    /// Whether the records have been read.
    pub is_loaded: ArcRwSignal<bool>,
    /// What is wrong with keeping things here, if anything.
    pub trouble: ArcRwSignal<Option<StorageTrouble>>,
    /// Goes up with every record that is new, changed or gone: see [`Ledger::take_news`].
    pub news: ArcRwSignal<u32>,
    /// How many posters were kept in this page's life: whoever misses one looks again when it changes.
    pub posters: ArcRwSignal<u32>,
    /// How much has come of the videos that another tab is saving.
    pub saving_elsewhere: ArcRwSignal<Sorted<Progress>>,
    /// How much room the browser gives, as it was last asked.
    pub room: ArcRwSignal<Option<Room>>,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

type Opening = Shared<Pin<Box<dyn Future<Output = Rc<Store>>>>>;

struct Inner {
    name: &'static str,
    store: RefCell<Option<Opening>>,
    tabs: Tabs,
    owed: Owed,
    entries: RefCell<Sorted<ArcRwSignal<Entry>>>,
    /// Ids of what changed and was not asked for yet.
    news: RefCell<Vec<String>>,
}

/// Gives the ledger to everything below. It is not read yet.
pub fn provide_ledger() {
    provide_context(Ledger::closed(NAME));
}

impl Ledger {
    /// Opens the ledger of that name and starts to read it.
    pub fn open(name: &'static str) -> Self {
        let ledger = Self::closed(name);
        ledger.read();
        ledger
    }

    /// The ledger of that name, empty until it is [`read`](Self::read).
    pub fn closed(name: &'static str) -> Self {
        Self(Box::leak(Box::new(Parts {
            takes: ArcRwSignal::default(),
            is_loaded: ArcRwSignal::default(),
            trouble: ArcRwSignal::default(),
            news: ArcRwSignal::default(),
            posters: ArcRwSignal::default(),
            saving_elsewhere: ArcRwSignal::default(),
            room: ArcRwSignal::default(),
            inner: StoredValue::new_local(Rc::new(Inner {
                name,
                store: RefCell::new(None),
                tabs: Tabs::open(name),
                owed: Owed::default(),
                entries: RefCell::default(),
                news: RefCell::default(),
            })),
        })))
    }

    /// Calls `run` when another tab says something, until this ledger is read.
    pub fn on_word(self, run: impl Fn() + 'static) {
        self.with_inner(|inner| inner.tabs.listen(move |_| run()));
    }

    /// Opens what is on disk and starts to read it.
    pub fn read(self) {
        let ledger = self;
        let name = self.with_inner(|inner| inner.name);
        let opening: Pin<Box<dyn Future<Output = Rc<Store>>>> =
            Box::pin(async move { ledger.opened(name).await });
        ledger.with_inner(|inner| {
            inner.store.replace(Some(opening.shared()));
            inner.tabs.listen(move |news| match news {
                Heard::Changed(ids) => crate::task::spawn(async move { ledger.refresh(&ids).await }),
                Heard::Saving(id, progress) => ledger.hear_saving(&id, progress),
            });
        });
        crate::task::spawn(async move { ledger.load().await });
    }

    /// The record of that id, as it stands in this page now.
    pub fn take(self, id: &str) -> Option<Take> {
        self.entry(id)?.with_untracked(|entry| entry.take().cloned())
    }

    /// The signal of that record.
    pub fn entry(self, id: &str) -> Option<ArcRwSignal<Entry>> {
        self.with_inner(|inner| inner.entries.borrow().get(id).cloned())
    }

    /// Every take as it stands in this page now, the newest first, without following changes.
    pub fn snapshot(self) -> Vec<Take> {
        self.takes.with_untracked(|takes| {
            takes
                .iter()
                .filter_map(|shelved| shelved.entry.with_untracked(|entry| entry.take().cloned()))
                .collect()
        })
    }

    /// Writes a new intent down. When this returns it is on disk: only then may it be sent.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was written, and nothing may be sent.
    pub async fn begin(self, take: Take, images: &[(Slot, Input)]) -> Result<(), StoreError> {
        if let Err(error) = self.store().await.begin(&take, images).await {
            self.report(&error);
            return Err(error);
        }
        let id = take.id.clone();
        self.show(Entry::Take(Box::new(take)));
        self.tell(&id);
        Ok(())
    }

    /// Shows a take that could not be written down, until the page goes away.
    pub fn show_unwritten(self, take: Take) {
        self.show(Entry::Take(Box::new(take)));
    }

    /// What has come of a take's video.
    pub async fn part(self, id: &str) -> Part {
        self.store().await.part(id).await
    }

    /// Removes the kept bytes of a take's video, and says so in its record.
    ///
    /// # Errors
    /// [`StoreError`]; then they may still be there.
    pub async fn free(self, id: &str) -> Result<(), StoreError> {
        // The record first: bytes without a record are swept away, a record without its bytes would be a lie.
        self.apply(id, &Event::Freed).await;
        let freed = self.store().await.drop_video(id).await;
        self.measure().await;
        freed.inspect_err(|error| self.report(error))
    }

    /// Reads a record again before something long is begun. A take that is only in this page stays.
    pub async fn look_again(self, id: &str) {
        if let Ok(Some(entry)) = self.store().await.get(id).await {
            self.show(self.with_owed(entry));
        }
    }

    /// Tells the other tabs how much of a take's video has come here; `None`: nothing comes any more.
    pub fn tell_saving(self, id: &str, progress: Option<Progress>) {
        self.with_inner(|inner| inner.tabs.tell_saving(id, progress));
    }

    /// Shows what another tab tells of its saving, until it ends or that tab falls silent.
    fn hear_saving(self, id: &str, progress: Option<Progress>) {
        self.saving_elsewhere.update(|saving| {
            match progress {
                Some(progress) => saving.insert(id, progress),
                None => saving.remove(id),
            };
        });
        let id = id.to_owned();
        crate::task::after_ms(SILENCE_MS, move || {
            self.saving_elsewhere.update(|saving| {
                if saving.get(&id).copied() == progress {
                    saving.remove(&id);
                }
            });
        });
    }

    /// Says that there is no room for a video.
    pub fn say_full(self) {
        self.report(&StoreError::Full);
    }

    /// Takes back that there is no room, until something finds none again; not while something is still not written.
    pub fn forget_full(self) {
        let is_all_written = self.with_inner(|inner| inner.owed.is_empty());
        if is_all_written && self.trouble.get_untracked() == Some(StorageTrouble::Full) {
            self.trouble.set(None);
        }
    }

    /// Removes what belongs to no record. Only one tab may do so at a time.
    pub async fn sweep(self) {
        if let Err(error) = self.store().await.sweep().await {
            self.report(&error);
        }
    }

    /// Asks the browser how much room there is.
    pub async fn measure(self) {
        let room = Room::look().await;
        if self.room.get_untracked() != room {
            self.room.set(room);
        }
    }

    /// Whether that many bytes more can be kept, as far as the browser says.
    pub async fn has_room_for(self, bytes: u64) -> bool {
        self.measure().await;
        self.room.get_untracked().is_none_or(|room| room.left() >= bytes)
    }

    /// The kept video of a take.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn video(self, id: &str) -> Result<Option<web_sys::Blob>, StoreError> {
        let found = self.store().await.video(id).await?;
        Ok(found.map(|video| match self.take(id).map(|take| take.state) {
            // A file has no media type of its own.
            Some(State::Kept { file, .. }) if video.type_().is_empty() => video
                .slice_with_f64_and_f64_and_content_type(0.0, video.size(), &file.media_type)
                .unwrap_or(video),
            _ => video,
        }))
    }

    /// The small picture of a kept video, if there is one.
    pub async fn poster(self, id: &str) -> Option<web_sys::Blob> {
        self.store().await.poster(id).await.ok().flatten()
    }

    /// Keeps a small picture of a kept video. Without one the take has its words, so a failure changes nothing.
    pub async fn keep_poster(self, id: &str, poster: &web_sys::Blob) {
        if self.store().await.keep_poster(id, poster).await.is_ok() {
            self.posters.update(|count| *count += 1);
        }
    }

    /// A kept image of a take.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn image(self, id: &str, slot: Slot) -> Result<Option<Input>, StoreError> {
        self.store().await.image(id, slot).await
    }

    async fn opened(self, name: &'static str) -> Rc<Store> {
        if let Ok(store) = Store::open(name).await {
            Rc::new(store)
        } else {
            // Whatever the reason, what remains is the same, and so is the warning.
            self.trouble.set(Some(StorageTrouble::MemoryOnly));
            Rc::new(Store::memory())
        }
    }

    fn report(self, error: &StoreError) {
        let trouble = match error {
            StoreError::Missing | StoreError::Newer => StorageTrouble::MemoryOnly,
            StoreError::Full => StorageTrouble::Full,
            StoreError::Other(words) => StorageTrouble::Failed(words.clone()),
        };
        self.trouble.set(Some(trouble));
    }

    fn tell(self, id: &str) {
        self.with_inner(|inner| inner.tabs.tell(&[id.to_owned()]));
    }

    async fn store(self) -> Rc<Store> {
        let opening = self.with_inner(|inner| inner.store.borrow().clone());
        match opening {
            Some(opening) => opening.await,
            // Only while `open` is still running, which hands it over before it returns.
            None => Rc::new(Store::memory()),
        }
    }

    fn with_inner<T>(self, use_it: impl FnOnce(&Inner) -> T) -> T {
        self.inner.with_value(|inner| use_it(inner))
    }
}

/// Now, Unix milliseconds, by this computer's clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a date after 1970, and whole milliseconds"
)]
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}
