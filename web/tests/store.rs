//! The store, in a real browser: what was written is there, what is damaged stays, and two tabs undo nothing.
#![cfg(target_arch = "wasm32")]

mod common;
#[path = "common/disk.rs"]
mod disk;

use std::rc::Rc;

use common::take;
use disk::{blob, done_take, found, happen, kept_file, name, open, stores};
use js_sys::{Array, Object, Reflect};
use rushes_core::{Input, TaskId};
use rushes_web::ledger::{Damage, Durability, Entry, Event, Slot, State, StoreError, Take, locks};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Puts any value where records are, as only something broken would.
async fn put_raw(name: &str, key: &str, value: &JsValue) {
    let code = "const open = indexedDB.open(name);
        return new Promise((resolve, reject) => { open.onerror = reject; open.onsuccess = () => {
            const change = open.result.transaction('takes', 'readwrite');
            change.objectStore('takes').put(value, key);
            change.oncomplete = () => { open.result.close(); resolve(); };
            change.onabort = reject;
        }; });";
    let put = js_sys::Function::new_with_args("name, key, value", code);
    let done = put
        .call3(&JsValue::NULL, &name.into(), &key.into(), value)
        .expect("it runs");
    JsFuture::from(done.unchecked_into::<js_sys::Promise>())
        .await
        .expect("it is written");
}

#[wasm_bindgen_test]
async fn what_was_written_is_there_for_another_page() {
    let name = name("round-trip");
    let written = take("a", State::Sending);
    open(&name).await.begin(&written, &[]).await.expect("written");
    // Another connection, as another page or the next life of this one has.
    let store = open(&name).await;
    assert_eq!(found(store.get("a").await.expect("read")), written);
    assert_eq!(
        store.load().await.expect("read"),
        [Entry::Take(Box::new(written))]
    );
    assert_eq!(store.get("b").await.expect("read"), None);
    assert!(store.is_lasting());
}

#[wasm_bindgen_test]
async fn an_intent_is_never_written_over() {
    let store = open(&name("twice")).await;
    store
        .begin(&take("a", State::Sending), &[])
        .await
        .expect("written");
    let again = store.begin(&take("a", State::Sending), &[]).await;
    assert!(matches!(again, Err(StoreError::Other(_))), "{again:?}");
}

#[wasm_bindgen_test]
async fn images_are_kept_as_they_were_given() {
    for store in stores("images").await {
        let bytes: Vec<u8> = (0..=255).collect();
        let start = Input::Bytes(bytes.into());
        let end = Input::Text("data:image/png;base64,AAAA".into());
        let images = [(Slot::Start, start.clone()), (Slot::End, end.clone())];
        store
            .begin(&take("a", State::Sending), &images)
            .await
            .expect("written");
        assert_eq!(store.image("a", Slot::Start).await.expect("read"), Some(start));
        assert_eq!(store.image("a", Slot::End).await.expect("read"), Some(end));
        assert_eq!(store.image("b", Slot::Start).await.expect("read"), None);
    }
}

#[wasm_bindgen_test]
async fn a_change_is_made_to_what_is_on_disk_not_to_what_a_page_remembers() {
    let name = name("two-tabs");
    let (one, other) = (open(&name).await, open(&name).await);
    one.begin(&take("a", State::Sending), &[]).await.expect("written");
    let id = TaskId::new("t-1").expect("an id");
    one.change("a", Durability::Strict, happen(Event::Accepted(id)))
        .await
        .expect("changed");
    // The other page still believes that it is being sent, and that its sender died.
    let seen = other
        .change("a", Durability::Strict, happen(Event::PageClosed))
        .await
        .expect("read");
    assert_eq!(seen.expect("it is there").state.task(), Some("t-1"));
    assert_eq!(found(one.get("a").await.expect("read")).state.task(), Some("t-1"));
}

#[wasm_bindgen_test]
async fn changes_at_once_all_count() {
    let name = name("at-once");
    let pages = [Rc::new(open(&name).await), Rc::new(open(&name).await)];
    pages[0]
        .begin(&take("a", State::Sending), &[])
        .await
        .expect("written");
    let changes = (0..40).map(|index| {
        let page = pages[index % 2].clone();
        async move {
            let count = |take: &mut Take| {
                take.changed_ms += 1;
                true
            };
            page.change("a", Durability::Relaxed, count)
                .await
                .expect("changed");
        }
    });
    futures_util::future::join_all(changes).await;
    let take_now = found(pages[0].get("a").await.expect("read"));
    assert_eq!(take_now.changed_ms, take("a", State::Sending).changed_ms + 40);
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_shown_and_stays() {
    let name = name("damaged");
    let store = open(&name).await;
    store
        .begin(&take("sound", State::Sending), &[])
        .await
        .expect("written");
    let newer = Object::new();
    Reflect::set(&newer, &"schema".into(), &99.into()).expect("set");
    Reflect::set(&newer, &"task".into(), &"t-9".into()).expect("set");
    for (key, value) in [
        ("newer", newer.into()),
        ("nothing", JsValue::NULL),
        ("number", 7.into()),
        ("list", Array::of1(&1.into()).into()),
        ("text", "<img src=x onerror=alert(1)>".into()),
        ("empty", Object::new().into()),
    ] {
        put_raw(&name, key, &value).await;
    }
    let entries = store.load().await.expect("read");
    assert_eq!(entries.len(), 7);
    for entry in entries {
        match entry {
            Entry::Take(take) => assert_eq!(take.id, "sound"),
            Entry::Damaged(damaged) if damaged.id == "newer" => {
                assert_eq!(damaged.damage, Damage::Newer);
                assert!(
                    damaged.text.contains("t-9"),
                    "its owner can read what is in it: {}",
                    damaged.text
                );
            }
            Entry::Damaged(damaged) => assert_eq!(damaged.damage, Damage::Shape, "{}", damaged.id),
        }
    }
    // Nothing that happens to it writes over it.
    let touched = store
        .change("newer", Durability::Strict, |_| true)
        .await
        .expect("no trouble");
    assert_eq!(touched, None);
    assert!(matches!(store.get("newer").await, Ok(Some(Entry::Damaged(_)))));
    store.erase("newer").await.expect("its owner may delete it");
    assert_eq!(store.get("newer").await.expect("read"), None);
}

#[wasm_bindgen_test]
async fn erasing_leaves_nothing() {
    for store in stores("erase").await {
        let image = Input::Text("data:image/png;base64,AAAA".into());
        store
            .begin(&done_take("a"), &[(Slot::Start, image)])
            .await
            .expect("written");
        store
            .keep("a", &blob("video"), happen(Event::Kept(kept_file())))
            .await
            .expect("kept");
        store.keep_poster("a", &blob("poster")).await.expect("kept");
        store.erase("a").await.expect("erased");
        assert_eq!(store.load().await.expect("read"), []);
        assert_eq!(store.image("a", Slot::Start).await.expect("read"), None);
        assert!(store.video("a").await.expect("read").is_none());
        assert!(store.poster("a").await.expect("read").is_none());
    }
}

#[wasm_bindgen_test]
async fn a_lock_is_free_only_when_it_was_let_go() {
    let name = name("lock");
    let held = locks::hold(&name).await.expect("this browser has Web Locks");
    let order = Rc::new(std::cell::RefCell::new(Vec::new()));
    let (name, seen) = (name.clone(), order.clone());
    let (told, heard) = futures_channel();
    spawn_local(async move {
        let _held = locks::hold(&name).await;
        seen.borrow_mut().push("second");
        told.call0(&JsValue::NULL).expect("told");
    });
    gloo_timers::future::TimeoutFuture::new(50).await;
    order.borrow_mut().push("first");
    drop(held);
    JsFuture::from(heard).await.expect("heard");
    assert_eq!(*order.borrow(), ["first", "second"]);
}

fn futures_channel() -> (js_sys::Function, js_sys::Promise) {
    let mut tell = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| tell = Some(resolve));
    (tell.expect("called at once"), promise)
}
