//! Videos in the store, in a real browser: whole, in pieces, in files or in the database, and gone with their takes.
#![cfg(target_arch = "wasm32")]

mod common;
#[path = "common/disk.rs"]
mod disk;

use common::take;
use disk::{blob, done_take, found, happen, kept_file, name, open, stores};
use js_sys::Array;
use rushes_web::ledger::{Durability, Event, Head, State, Store};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Blob;

wasm_bindgen_test_configure!(run_in_browser);

async fn text(blob: Blob) -> String {
    JsFuture::from(blob.text())
        .await
        .expect("it can be read")
        .as_string()
        .expect("text")
}

#[wasm_bindgen_test]
async fn bytes_are_there_when_the_record_says_so() {
    for store in stores("keep").await {
        store.begin(&done_take("a"), &[]).await.expect("written");
        store
            .keep("a", &blob("video"), happen(Event::Kept(kept_file())))
            .await
            .expect("kept");
        let kept = State::Kept {
            task: "t-1".into(),
            file: kept_file(),
        };
        assert_eq!(found(store.get("a").await.expect("read")).state, kept);
        assert_eq!(
            text(store.video("a").await.expect("read").expect("it is there")).await,
            "video"
        );
    }
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
        .keep("a", &blob("video"), happen(Event::Kept(kept_file())))
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
    let Store::Disk(database, ..) = &store else {
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

/// Makes this browser one that gives no files, and a database that takes no blobs, until the function it gives is
/// called: as `WebKit` in a private window.
fn private_window() -> js_sys::Function {
    let code =
        "const { createWritable } = FileSystemFileHandle.prototype, { put } = IDBObjectStore.prototype;
        delete FileSystemFileHandle.prototype.createWritable;
        IDBObjectStore.prototype.put = function (value, key) {
            if (value instanceof Blob) throw new DOMException('no blobs', 'UnknownError');
            return put.call(this, value, key);
        };
        return () => {
            Object.assign(FileSystemFileHandle.prototype, { createWritable });
            Object.assign(IDBObjectStore.prototype, { put });
        };";
    let made = js_sys::Function::new_no_args(code).call0(&JsValue::NULL);
    made.expect("it runs").unchecked_into()
}

#[wasm_bindgen_test]
async fn where_no_blob_is_taken_its_bytes_are_kept() {
    let name = name("bytes");
    let leave = private_window();
    let store = open(&name).await;
    store.begin(&done_take("a"), &[]).await.expect("written");
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("video/mp4");
    let video =
        Blob::new_with_str_sequence_and_options(&Array::of1(&"video".into()), &options).expect("a blob");
    let kept = store.keep("a", &video, happen(Event::Kept(kept_file()))).await;
    let poster = store.keep_poster("a", &blob("poster")).await;
    leave.call0(&JsValue::NULL).expect("it runs");
    kept.expect("kept");
    poster.expect("kept");

    // Any other page reads it, whatever its window takes.
    let store = open(&name).await;
    let found = store.video("a").await.expect("read").expect("it is there");
    assert_eq!(found.type_(), "video/mp4");
    assert_eq!(text(found).await, "video");
    let found = store.poster("a").await.expect("read").expect("it is there");
    assert_eq!(text(found).await, "poster");
    assert!(store.video("b").await.expect("read").is_none());
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
            .keep(id, &blob("piece"), happen(Event::Kept(kept_file())))
            .await
            .expect("kept");
    }
    // The record alone, as a page that died between the two leaves it.
    let Store::Disk(database, ..) = &store else {
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
        store
            .keep("a", &blob("video"), happen(Event::Kept(kept_file())))
            .await
            .expect("no trouble");
        assert_eq!(found(store.get("a").await.expect("read")).state, failed);
        assert!(store.video("a").await.expect("read").is_none());
    }
}
