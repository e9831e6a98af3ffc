//! The store, in a real browser: what was written is there, what is damaged stays, and two tabs undo nothing.
#![cfg(target_arch = "wasm32")]

mod common;

use std::rc::Rc;

use common::take;
use js_sys::{Array, Object, Reflect};
use rushes_core::{Input, TaskId};
use rushes_web::ledger::{
    Damage, Durability, Entry, Event, Head, KeptFile, Slot, State, Store, StoreError, Take, locks,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_browser);

/// A name for a database that no other test has.
fn name(test: &str) -> String {
    format!("test-{test}-{}", js_sys::Math::random())
}

async fn open(name: &str) -> Store {
    Store::open(name).await.expect("this browser has storage")
}

/// Both kinds of store, which must behave alike.
async fn stores(test: &str) -> [Store; 2] {
    [open(&name(test)).await, Store::memory()]
}

fn found(entry: Option<Entry>) -> Take {
    match entry {
        Some(Entry::Take(take)) => *take,
        other => panic!("no sound record: {other:?}"),
    }
}

fn blob(text: &str) -> Blob {
    Blob::new_with_str_sequence(&Array::of1(&text.into())).expect("a blob")
}

async fn text(blob: Blob) -> String {
    JsFuture::from(blob.text())
        .await
        .expect("it can be read")
        .as_string()
        .expect("text")
}

fn happen(event: Event) -> impl FnOnce(&mut Take) -> bool {
    move |take| match take.state.after(&event, 1) {
        Some(state) => {
            take.state = state;
            true
        }
        None => false,
    }
}

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
async fn bytes_are_there_when_the_record_says_so() {
    for store in stores("keep").await {
        let task = "t-1".to_owned();
        let done = State::Succeeded {
            task,
            link: None,
            not_kept: None,
        };
        store.begin(&take("a", done), &[]).await.expect("written");
        let file = KeptFile {
            bytes: 5,
            media_type: "video/mp4".into(),
            kept_ms: 7,
        };
        store
            .keep("a", &blob("video"), happen(Event::Kept(file.clone())))
            .await
            .expect("kept");
        let kept = State::Kept {
            task: "t-1".into(),
            file,
        };
        assert_eq!(found(store.get("a").await.expect("read")).state, kept);
        assert_eq!(
            text(store.video("a").await.expect("read").expect("it is there")).await,
            "video"
        );
    }
}

fn done_take(id: &str) -> Take {
    let done = State::Succeeded {
        task: "t-1".into(),
        link: None,
        not_kept: None,
    };
    take(id, done)
}

fn kept_event(bytes: u64) -> Event {
    Event::Kept(KeptFile {
        bytes,
        media_type: "video/mp4".into(),
        kept_ms: 7,
    })
}

/// The names in a folder of the page's own files.
async fn names(path: &[&str]) -> Vec<String> {
    let code = "let folder = await navigator.storage.getDirectory();
        for (const name of path) folder = await folder.getDirectoryHandle(name);
        const names = [];
        for await (const name of folder.keys()) names.push(name);
        return names.sort();";
    let list = js_sys::Function::new_with_args("path", &format!("return (async () => {{ {code} }})()"));
    let path: Array = path.iter().map(|name| JsValue::from_str(name)).collect();
    let listed = list.call1(&JsValue::NULL, &path).expect("it runs");
    let listed = JsFuture::from(listed.unchecked_into::<js_sys::Promise>())
        .await
        .expect("it is listed");
    Array::from(&listed)
        .iter()
        .filter_map(|name| name.as_string())
        .collect()
}

#[wasm_bindgen_test]
async fn a_video_is_a_file_and_goes_with_its_take() {
    let name = name("file");
    let store = open(&name).await;
    store.begin(&done_take("a"), &[]).await.expect("written");
    store
        .keep("a", &blob("video"), happen(kept_event(5)))
        .await
        .expect("kept");
    assert_eq!(names(&[&name, "videos"]).await, ["a"]);
    store.erase("a").await.expect("erased");
    assert_eq!(names(&[&name, "videos"]).await, Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn a_video_from_before_there_were_files_is_still_there() {
    let name = name("before");
    let store = open(&name).await;
    store.begin(&done_take("a"), &[]).await.expect("written");
    let Store::Disk(database, _) = &store else {
        panic!("this browser has storage")
    };
    let old = database
        .write(&["videos"], Durability::Strict)
        .expect("a transaction");
    old.put("videos", "a", &blob("old video")).await.expect("put");
    old.done().await.expect("written");
    let found = store.video("a").await.expect("read").expect("it is there");
    assert_eq!(text(found).await, "old video");
    store.drop_video("a").await.expect("dropped");
    assert!(store.video("a").await.expect("read").is_none());
}

#[wasm_bindgen_test]
async fn what_has_come_of_a_video_is_there_for_another_page() {
    let name = name("part");
    let store = open(&name).await;
    let head = Head {
        validator: Some("\"v\"".into()),
        length: Some(11),
    };
    let piece = |text: &str| vec![js_sys::Uint8Array::from(text.as_bytes())];
    let mut part = store.part("a").await;
    assert_eq!((part.got(), part.head()), (0, &Head::default()));
    part.begin(head.clone()).await.expect("begun");
    part.add(&piece("hello ")).await.expect("added");
    part.add(&piece("wor")).await.expect("added");
    drop(part);

    let mut part = open(&name).await.part("a").await;
    assert_eq!((part.got(), part.head()), (9, &head));
    part.add(&piece("ld")).await.expect("added");
    let all = part.blob("video/mp4").expect("a blob");
    assert_eq!((all.size(), all.type_().as_str()), (11.0, "video/mp4"));
    assert_eq!(text(all).await, "hello world");

    // A piece that is missing ends what can be gone on from.
    let code = "return navigator.storage.getDirectory().then((root) => root.getDirectoryHandle(name))
        .then((own) => own.getDirectoryHandle('parts')).then((parts) => parts.getDirectoryHandle('a'))
        .then((pieces) => pieces.removeEntry('6'));";
    let removed = js_sys::Function::new_with_args("name", code)
        .call1(&JsValue::NULL, &name.as_str().into())
        .expect("it runs");
    JsFuture::from(removed.unchecked_into::<js_sys::Promise>())
        .await
        .expect("removed");
    assert_eq!(store.part("a").await.got(), 6);

    let mut part = store.part("a").await;
    part.begin(Head::default()).await.expect("begun");
    assert_eq!(store.part("a").await.got(), 0);
}

#[wasm_bindgen_test]
async fn only_what_belongs_to_no_record_is_swept_away() {
    let name = name("sweep");
    let store = open(&name).await;
    for id in ["kept", "coming", "gone"] {
        store.begin(&done_take(id), &[]).await.expect("written");
        let mut part = store.part(id).await;
        part.begin(Head::default()).await.expect("begun");
        part.add(&[js_sys::Uint8Array::from(&b"piece"[..])])
            .await
            .expect("added");
    }
    for id in ["kept", "gone"] {
        store
            .keep(id, &blob("piece"), happen(kept_event(5)))
            .await
            .expect("kept");
    }
    // The record alone, as a page that died between the two leaves it.
    let Store::Disk(database, _) = &store else {
        panic!("this browser has storage")
    };
    let change = database
        .write(&["takes"], Durability::Strict)
        .expect("a transaction");
    change.delete("takes", "gone").await.expect("deleted");
    change.done().await.expect("written");
    let mut left = store.part("gone").await;
    left.begin(Head::default()).await.expect("begun");

    store.sweep().await.expect("swept");
    assert_eq!(names(&[&name, "videos"]).await, ["kept"]);
    assert_eq!(names(&[&name, "parts"]).await, ["coming"]);
    assert_eq!(store.part("coming").await.got(), 5);
}

#[wasm_bindgen_test]
async fn bytes_are_not_kept_for_a_take_that_has_no_use_for_them() {
    for store in stores("no-keep").await {
        let failed = State::Failed {
            task: "t-1".into(),
            reason: None,
        };
        store
            .begin(&take("a", failed.clone()), &[])
            .await
            .expect("written");
        let file = KeptFile {
            bytes: 5,
            media_type: "video/mp4".into(),
            kept_ms: 7,
        };
        store
            .keep("a", &blob("video"), happen(Event::Kept(file)))
            .await
            .expect("no trouble");
        assert_eq!(found(store.get("a").await.expect("read")).state, failed);
        assert!(store.video("a").await.expect("read").is_none());
    }
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
        let done = State::Succeeded {
            task: "t-1".into(),
            link: None,
            not_kept: None,
        };
        let image = Input::Text("data:image/png;base64,AAAA".into());
        store
            .begin(&take("a", done), &[(Slot::Start, image)])
            .await
            .expect("written");
        let file = KeptFile {
            bytes: 5,
            media_type: "video/mp4".into(),
            kept_ms: 7,
        };
        store
            .keep("a", &blob("video"), happen(Event::Kept(file)))
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
