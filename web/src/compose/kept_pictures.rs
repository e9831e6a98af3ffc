//! The bytes of the form's pictures, kept in the browser's database so that a reload loses nothing.

use std::sync::Arc;

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::{
    form::{self, Form, Picture},
    state::Slot,
};
use crate::ledger::database::{Database, Durability, StoreError};

const DATABASE: &str = "rushes-form";
const STORES: &[&str] = &["pictures"];

/// A picture as it is kept.
#[derive(Clone, PartialEq)]
struct Kept {
    name: String,
    bytes: Arc<[u8]>,
}

fn kept(picture: &Picture) -> Option<Kept> {
    match picture {
        Picture::Held { name, bytes, .. } => Some(Kept {
            name: name.clone(),
            bytes: Arc::clone(bytes),
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
pub fn keep(form: RwSignal<Form>, next_picture: RwSignal<u32>) {
    let database = StoredValue::new_local(None::<std::rc::Rc<Database>>);
    let is_open = RwSignal::new(false);
    spawn_local(async move {
        match Database::open(DATABASE, 1, STORES).await {
            Ok(opened) => {
                if let Err(trouble) = restore(&opened, form, next_picture).await {
                    leptos::logging::warn!("the form's pictures did not come back: {trouble:?}");
                }
                database.set_value(Some(std::rc::Rc::new(opened)));
                is_open.set(true);
            }
            Err(trouble) => leptos::logging::warn!("the form's pictures are not kept: {trouble:?}"),
        }
    });
    for slot in [Slot::Start, Slot::End] {
        let picture = Memo::new(move |_| form.with(|form| kept(slot.of(form))));
        Effect::new(move |_| {
            let picture = picture.get();
            if !is_open.get() {
                return;
            }
            let Some(database) = database.get_value() else {
                return;
            };
            spawn_local(async move {
                if let Err(trouble) = write(&database, slot, picture).await {
                    leptos::logging::warn!("a picture of the form is not kept: {trouble:?}");
                }
            });
        });
    }
}

async fn restore(
    database: &Database,
    form: RwSignal<Form>,
    next_picture: RwSignal<u32>,
) -> Result<(), StoreError> {
    for slot in [Slot::Start, Slot::End] {
        let value = database.read(STORES)?.get(STORES[0], key(slot)).await?;
        let Some(Kept { name, bytes }) = read(&value) else {
            continue;
        };
        // What was put there meanwhile is newer.
        if form.with_untracked(|form| slot.of(form).is_empty()) {
            let id = next_picture.get_untracked();
            next_picture.set(id.wrapping_add(1));
            form.update(|form| *slot.of_mut(form) = form::held(id, name, bytes));
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
    })
}

async fn write(database: &Database, slot: Slot, picture: Option<Kept>) -> Result<(), StoreError> {
    let transaction = database.write(STORES, Durability::Relaxed)?;
    match picture {
        Some(Kept { name, bytes }) => {
            let value = Array::of2(&name.into(), &Uint8Array::from(&*bytes));
            transaction.put(STORES[0], key(slot), &value).await?;
        }
        None => transaction.delete(STORES[0], key(slot)).await?,
    }
    transaction.done().await
}
