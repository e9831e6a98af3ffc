//! The bytes of the form's pictures, kept in the browser's database so that a reload loses nothing.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
    sync::Arc,
};

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::{
    form::{self, Form, Picture},
    state::{Composer, Slot},
};
use crate::{
    ledger::database::{Database, Durability, StoreError},
    task::{follow, spawn},
};

const DATABASE: &str = "rushes-form";
const STORES: &[&str] = &["pictures"];

thread_local! {
    static OPEN: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// Keeps both pictures of a form under a name of their own.
///
/// # Errors
/// [`StoreError`]; then they are not kept.
pub async fn keep_as(name: &str, form: &Form) -> Result<(), StoreError> {
    let pictures = [Slot::Start, Slot::End].map(|slot| (slot, kept(slot.of(form))));
    if pictures.iter().all(|(_, picture)| picture.is_none()) {
        return Ok(());
    }
    let database = OPEN.with_borrow(Clone::clone).ok_or(StoreError::Missing)?;
    for (slot, picture) in pictures {
        write(&database, &[name, "-", key(slot)].concat(), picture).await?;
    }
    Ok(())
}

/// Puts the pictures kept under that name into a form.
///
/// # Errors
/// [`StoreError`]; then the form has none of them.
pub async fn bring(name: &str, form: &mut Form, composer: Composer) -> Result<(), StoreError> {
    let Some(database) = OPEN.with_borrow(Clone::clone) else {
        return Ok(());
    };
    for slot in [Slot::Start, Slot::End] {
        let key = [name, "-", key(slot)].concat();
        let value = database.read(STORES)?.get(STORES[0], &key).await?;
        if let Some(Kept {
            name,
            bytes,
            take: of,
        }) = read(&value)
        {
            let mut picture = form::held(composer.fresh_picture_id(), name, bytes);
            if let Picture::Held { take, .. } = &mut picture {
                *take = of;
            }
            *slot.of_mut(form) = picture;
        }
    }
    Ok(())
}

/// Removes the pictures kept under that name.
///
/// # Errors
/// [`StoreError`]; then they may still be there.
pub async fn forget(name: &str) -> Result<(), StoreError> {
    let Some(database) = OPEN.with_borrow(Clone::clone) else {
        return Ok(());
    };
    for slot in [Slot::Start, Slot::End] {
        write(&database, &[name, "-", key(slot)].concat(), None).await?;
    }
    Ok(())
}

/// A picture as it is kept.
#[derive(Clone, PartialEq)]
struct Kept {
    name: String,
    bytes: Arc<[u8]>,
    take: Option<String>,
}

fn kept(picture: &Picture) -> Option<Kept> {
    match picture {
        Picture::Held {
            name, bytes, take, ..
        } => Some(Kept {
            name: name.clone(),
            bytes: Arc::clone(bytes),
            take: take.clone(),
        }),
        _ => None,
    }
}

fn key(slot: Slot) -> &'static str {
    match slot {
        Slot::Start => "start",
        Slot::End => "end",
    }
}

/// Brings back the pictures of the last visit, then keeps those of this one. Where there is no storage the form works
/// all the same, and only a reload loses its pictures.
pub fn keep(composer: Composer) {
    let database: Rc<OnceCell<Rc<Database>>> = Rc::default();
    let is_open = RwSignal::new(false);
    let opening = Rc::clone(&database);
    spawn(async move {
        match Database::open(DATABASE, 1, STORES, &[]).await {
            Ok(opened) => {
                if let Err(trouble) = restore(&opened, composer).await {
                    warn("the form's pictures did not come back", &trouble);
                }
                // Empty until now: it is opened once.
                let opened = opening.get_or_init(|| Rc::new(opened));
                OPEN.set(Some(Rc::clone(opened)));
                is_open.set(true);
            }
            Err(trouble) => warn("the form's pictures are not kept", &trouble),
        }
        composer.is_restored().set(true);
    });
    for slot in [Slot::Start, Slot::End] {
        let database = Rc::clone(&database);
        let mut last = None;
        follow(move || {
            let picture = composer.with(|form| kept(slot.of(form)));
            let is_open = is_open.get();
            let Some(database) = database.get().filter(|_| is_open) else {
                return;
            };
            if last.as_ref() != Some(&picture) {
                last = Some(picture.clone());
                spawn(write_or_warn(Rc::clone(database), key(slot), picture));
            }
        });
    }
}

fn warn(what: &str, trouble: &StoreError) {
    web_sys::console::warn_2(&what.into(), &trouble.words().into());
}

async fn write_or_warn(database: Rc<Database>, key: &'static str, picture: Option<Kept>) {
    if let Err(trouble) = write(&database, key, picture).await {
        warn("a picture of the form is not kept", &trouble);
    }
}

async fn restore(database: &Database, composer: Composer) -> Result<(), StoreError> {
    for slot in [Slot::Start, Slot::End] {
        let value = database.read(STORES)?.get(STORES[0], key(slot)).await?;
        let Some(Kept {
            name,
            bytes,
            take: of,
        }) = read(&value)
        else {
            continue;
        };
        // What was put there meanwhile is newer.
        if composer.now(|form| slot.of(form).is_empty()) {
            let id = composer.fresh_picture_id();
            let mut picture = form::held(id, name, bytes);
            if let Picture::Held { take, .. } = &mut picture {
                *take = of;
            }
            composer.edit_silently(|form| *slot.of_mut(form) = picture);
        }
    }
    Ok(())
}

fn read(value: &JsValue) -> Option<Kept> {
    let parts: &Array = value.dyn_ref()?;
    let name = parts.get(0).as_string()?;
    let bytes: Uint8Array = parts.get(1).dyn_into().ok()?;
    Some(Kept {
        name,
        bytes: bytes.to_vec().into(),
        take: parts.get(2).as_string(),
    })
}

async fn write(database: &Database, key: &str, picture: Option<Kept>) -> Result<(), StoreError> {
    let transaction = database.write(STORES, Durability::Relaxed)?;
    match picture {
        Some(Kept { name, bytes, take }) => {
            let value = Array::of3(&name.into(), &Uint8Array::from(&*bytes), &take.into());
            transaction.put(STORES[0], key, &value).await?;
        }
        None => transaction.delete(STORES[0], key).await?,
    }
    transaction.done().await
}
