//! A thin layer of futures over the browser's `IndexedDB`.
//!
//! Written here rather than taken from a crate because everything rests on two things: a transaction that is asked to
//! be *strict* (on disk when it says so, which browsers do not do by default), and waiting for the transaction, not
//! for its requests. Of the crates for it, `idb` cannot ask for strictness and `indexed_db_futures` brings a dozen
//! macro crates.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, EventTarget, IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction,
};

/// What storage refused to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// This browser, or this kind of window, has no storage for pages.
    Missing,
    /// No room left.
    Full,
    /// A newer page uses it.
    Newer,
    /// Anything else, in the browser's words.
    Other(String),
}

impl StoreError {
    /// What is wrong, in a word or the browser's words.
    pub fn words(&self) -> &str {
        match self {
            Self::Missing => "no storage",
            Self::Full => "no room",
            Self::Newer => "kept by a newer page",
            Self::Other(words) => words,
        }
    }

    pub(super) fn from_js(error: &JsValue) -> Self {
        let Some(exception) = error.dyn_ref::<DomException>() else {
            return Self::Other(js_sys::Error::from(error.clone()).message().into());
        };
        match exception.name().as_str() {
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::Newer,
            "SecurityError" | "InvalidStateError" => Self::Missing,
            _ => Self::Other(exception.message()),
        }
    }
}

/// How soon a transaction must be on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// When it says that it is done.
    Strict,
    /// Soon.
    Relaxed,
}

/// An open database.
#[derive(Debug)]
pub struct Database {
    inner: IdbDatabase,
}

/// A transaction that was started; it goes on as long as requests are made of it in one go.
#[derive(Debug)]
pub struct Transaction {
    inner: IdbTransaction,
    /// Settled when the transaction is over, with the error if it was aborted: listens from the start, since it may
    /// be over before anybody asks, and never rejects, since nobody may ask.
    done: Promise,
}

impl Database {
    /// Opens (and creates) a database with these object stores, whose keys are outside their values, and these indexes:
    /// store, name, and the field they order by.
    ///
    /// # Errors
    /// [`StoreError`], also where there is no storage at all.
    pub async fn open(
        name: &str,
        version: u32,
        stores: &'static [&'static str],
        indexes: &'static [(&'static str, &'static str, &'static str)],
    ) -> Result<Self, StoreError> {
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())
            .ok()
            .and_then(|factory| factory.dyn_into::<IdbFactory>().ok())
            .ok_or(StoreError::Missing)?;
        let request = factory
            .open_with_u32(name, version)
            .map_err(|error| StoreError::from_js(&error))?;
        let on_upgrade = Closure::once(move |event: Event| create_stores(&event, stores, indexes));
        request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
        let opened = settled(request.unchecked_ref::<IdbRequest>()).await?;
        let inner = opened
            .dyn_into::<IdbDatabase>()
            .map_err(|_| StoreError::Missing)?;
        close_for_newer_pages(&inner);
        Ok(Self { inner })
    }

    /// Starts a transaction that may write.
    ///
    /// # Errors
    /// [`StoreError`] when the database is closed or a store does not exist.
    pub fn write(&self, stores: &[&str], durability: Durability) -> Result<Transaction, StoreError> {
        self.begin(stores, "readwrite", durability)
    }

    /// Starts a transaction that only reads.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn read(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.begin(stores, "readonly", Durability::Relaxed)
    }

    /// Closes it, once running transactions are over.
    pub fn close(&self) {
        self.inner.close();
    }

    fn begin(&self, stores: &[&str], mode: &str, durability: Durability) -> Result<Transaction, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        let word = match durability {
            Durability::Strict => "strict",
            Durability::Relaxed => "relaxed",
        };
        // The typed call of web-sys with options is not stable yet.
        let begun = Reflect::set(&options, &"durability".into(), &word.into())
            .and_then(|_| Reflect::get(&self.inner, &"transaction".into()))
            .and_then(JsCast::dyn_into::<Function>)
            .and_then(|function| function.call3(&self.inner, &names, &mode.into(), &options))
            .map_err(|error| StoreError::from_js(&error))?;
        let inner: IdbTransaction = begun.unchecked_into();
        let done = completion(&inner);
        Ok(Transaction { inner, done })
    }
}

impl Transaction {
    /// The value under a key, `undefined` if there is none.
    ///
    /// # Errors
    /// [`StoreError`] as the browser gives it; so for all below.
    pub async fn get(&self, store: &str, key: &str) -> Result<JsValue, StoreError> {
        settled(
            &self
                .store(store)?
                .get(&key.into())
                .map_err(|error| StoreError::from_js(&error))?,
        )
        .await
    }

    /// All keys and all values, in the order of the keys.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn all(&self, store: &str) -> Result<Vec<(String, JsValue)>, StoreError> {
        let store = self.store(store)?;
        let keys = store
            .get_all_keys()
            .map_err(|error| StoreError::from_js(&error))?;
        let values = store.get_all().map_err(|error| StoreError::from_js(&error))?;
        let keys = Array::from(&settled(&keys).await?);
        let values = Array::from(&settled(&values).await?);
        Ok(keys
            .iter()
            .map(|key| key.as_string().unwrap_or_default())
            .zip(values.iter())
            .collect())
    }

    /// The keys of a store, in their order or in that of an index, which leaves out what lacks its field.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keys(&self, store: &str, index: Option<&str>) -> Result<Vec<String>, StoreError> {
        let store = self.store(store)?;
        let asked = match index {
            Some(index) => store.index(index).and_then(|index| index.get_all_keys()),
            None => store.get_all_keys(),
        };
        let keys = Array::from(&settled(&asked.map_err(|error| StoreError::from_js(&error))?).await?);
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    /// The values under some keys, in their order, `undefined` where there is none; asked for all at once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn many(&self, store: &str, keys: &[String]) -> Result<Vec<JsValue>, StoreError> {
        let store = self.store(store)?;
        let asked: Vec<IdbRequest> = keys
            .iter()
            .map(|key| {
                store
                    .get(&key.into())
                    .map_err(|error| StoreError::from_js(&error))
            })
            .collect::<Result<_, _>>()?;
        // A transaction answers in order: what was asked last is answered last.
        if let Some(last) = asked.last() {
            settled(last).await?;
        }
        asked
            .iter()
            .map(|request| request.result().map_err(|error| StoreError::from_js(&error)))
            .collect()
    }

    /// Asks to write a value under a key; [`done`](Self::done) says whether it is there.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot even be asked.
    pub fn put_soon(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        let asked = self.store(store)?.put_with_key(value, &key.into());
        asked.map(drop).map_err(|error| StoreError::from_js(&error))
    }

    /// Asks to remove what is under a key; [`done`](Self::done) says whether it is gone.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot even be asked.
    pub fn delete_soon(&self, store: &str, key: &str) -> Result<(), StoreError> {
        let asked = self.store(store)?.delete(&key.into());
        asked.map(drop).map_err(|error| StoreError::from_js(&error))
    }

    /// Writes a value under a key that is not taken.
    ///
    /// # Errors
    /// [`StoreError`], and when the key is taken.
    pub async fn add(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        let request = self.store(store)?.add_with_key(value, &key.into());
        settled(&request.map_err(|error| StoreError::from_js(&error))?)
            .await
            .map(drop)
    }

    /// Writes a value under a key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        let request = self.store(store)?.put_with_key(value, &key.into());
        settled(&request.map_err(|error| StoreError::from_js(&error))?)
            .await
            .map(drop)
    }

    /// Removes what is under a key, if anything.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete(&self, store: &str, key: &str) -> Result<(), StoreError> {
        let request = self.store(store)?.delete(&key.into());
        settled(&request.map_err(|error| StoreError::from_js(&error))?)
            .await
            .map(drop)
    }

    /// Waits until everything is written, as durably as was asked for.
    ///
    /// # Errors
    /// [`StoreError`] when the transaction was aborted: then nothing of it was written.
    pub async fn done(self) -> Result<(), StoreError> {
        match JsFuture::from(self.done).await {
            Ok(error) if error.is_undefined() => Ok(()),
            Ok(error) | Err(error) => Err(StoreError::from_js(&error)),
        }
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.inner
            .object_store(name)
            .map_err(|error| StoreError::from_js(&error))
    }
}

fn create_stores(event: &Event, stores: &[&str], indexes: &[(&str, &str, &str)]) {
    let request = event
        .target()
        .and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok());
    let upgrade = request.as_ref().and_then(|request| request.transaction());
    let Some(database) = request.and_then(|request| request.result().ok()) else {
        return;
    };
    let database: IdbDatabase = database.unchecked_into();
    let known = database.object_store_names();
    for store in stores {
        if !known.contains(store) && database.create_object_store(store).is_err() {
            // The upgrade is aborted by the browser, and opening reports why.
            return;
        }
    }
    for (store, name, field) in indexes {
        let store = upgrade
            .as_ref()
            .and_then(|upgrade| upgrade.object_store(store).ok());
        if let Some(store) = store
            && !store.index_names().contains(name)
            && store.create_index_with_str(name, field).is_err()
        {
            return;
        }
    }
}

/// Lets go when another tab runs a newer page that must change the stores: holding on would block it for ever.
fn close_for_newer_pages(database: &IdbDatabase) {
    let held = database.clone();
    let close = Closure::<dyn FnMut(Event)>::new(move |_| held.close());
    database.set_onversionchange(Some(close.as_ref().unchecked_ref()));
    close.forget();
}

/// The result of a request.
async fn settled(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let (promise, _listening) = first_of(request, &["success"], &["error", "blocked"]);
    let outcome = JsFuture::from(promise).await;
    match outcome {
        Ok(_) => request.result().map_err(|error| StoreError::from_js(&error)),
        Err(_) => Err(request.error().ok().flatten().map_or_else(
            || StoreError::Other("blocked by another tab".to_owned()),
            |error| StoreError::from_js(&error),
        )),
    }
}

fn completion(transaction: &IdbTransaction) -> Promise {
    let (over, listening) = first_of(transaction, &["complete"], &["abort"]);
    let transaction = transaction.clone();
    wasm_bindgen_futures::future_to_promise(async move {
        let is_complete = JsFuture::from(over).await.is_ok();
        drop(listening);
        Ok(match transaction.error() {
            _ if is_complete => JsValue::UNDEFINED,
            Some(error) => error.into(),
            None => js_sys::Error::new("the transaction was aborted").into(),
        })
    })
}

type Listener = Closure<dyn FnMut(Event)>;

/// A promise that the first of some events settles, and the listeners, to be kept alive until then.
fn first_of(target: &EventTarget, good: &[&str], bad: &[&str]) -> (Promise, Vec<Listener>) {
    let listeners = RefCell::new(Vec::new());
    let promise = Promise::new(&mut |resolve, reject| {
        for (names, settle) in [(good, resolve), (bad, reject)] {
            let listener = Listener::new(move |_: Event| {
                // Settling a promise cannot throw, and a second time does nothing.
                settle.call0(&JsValue::UNDEFINED).ok();
            });
            for name in names {
                // Adding a listener fails only for a target that is none.
                target
                    .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref())
                    .ok();
            }
            listeners.borrow_mut().push(listener);
        }
    });
    (promise, listeners.into_inner())
}
