//! The whole way of an intent in a real browser, with a provider played by the test: what is on disk at each step.
#![cfg(target_arch = "wasm32")]

use std::cell::OnceCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, JSON, Promise, Reflect};
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use rushes_core::price::{Rates, estimate};
use rushes_core::{Draft, Endpoint, check};
use rushes_web::ledger::{Ledger, State, Take};
use rushes_web::{app, archive, connection, desk, desk::Desk, kit, ledger};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Answers for the provider, by the prompt: at each call it notes what the ledger's database holds at that moment.
const PROVIDER: &str = r"
    const records = () => new Promise((resolve, reject) => {
        const open = indexedDB.open('rushes');
        open.onerror = reject;
        open.onsuccess = () => {
            const all = open.result.transaction('takes').objectStore('takes').getAll();
            all.onerror = reject;
            all.onsuccess = () => { open.result.close(); resolve(all.result); };
        };
    });
    const json = (body, status = 200) => new Response(JSON.stringify(body), { status });
    globalThis.calls = [];
    globalThis.fetch = async (input) => {
        const url = input.url ?? String(input);
        if (url.endsWith('/healthz')) return json({ mode: 'gateway' });
        if (input.method === 'POST') {
            const { prompt } = await input.json();
            const record = (await records()).find((take) => take.settings.prompt === prompt);
            const held = (await navigator.locks.query()).held.map((lock) => lock.name);
            calls.push({ prompt, at: 'post', record, isLocked: held.includes(`rushes-attempt-${record?.id}`) });
            if (prompt === 'lost') throw new TypeError('Failed to fetch');
            if (prompt === 'poor') return json({ code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'no' }, 403);
            return json({ task_id: `task-${prompt}` });
        }
        if (url.includes('task-result')) {
            const id = new URL(url).searchParams.get('task_id');
            const record = (await records()).find((take) => JSON.stringify(take.state).includes(id));
            calls.push({ prompt: id.slice(5), at: 'read', record });
            const looks = calls.filter((call) => call.at === 'read' && call.prompt === id.slice(5)).length;
            const gone = id === 'task-gone';
            const videos = [{ video_url: `https://files.example/${gone ? 'gone' : 'v'}.mp4`, video_url_ttl: '3600' }];
            if (looks === 1 && !gone) return json({ task: { task_id: id, status: 'TASK_STATUS_PROCESSING' } });
            return json({ task: { task_id: id, status: 'TASK_STATUS_SUCCEED' }, videos });
        }
        if (url.includes('files.example')) {
            calls.push({ prompt: url, at: 'file' });
            if (url.includes('gone')) return new Response('', { status: 403 });
            return new Response(new Uint8Array([0, 0, 0, 12, 102, 116, 121, 112, 105, 115, 111, 109]));
        }
        throw new Error(`nobody asked for ${url}`);
    };
";

thread_local! {
    /// One page for all tests of this file, as in life: its ledger and its watch are one each.
    static PAGE: (Ledger, Desk) = {
        Function::new_no_args(PROVIDER).call0(&JsValue::NULL).expect("it runs");
        let page = Rc::new(OnceCell::new());
        let built = page.clone();
        mount_to_body(move || {
            kit::provide_toaster();
            app::columns::provide_columns();
            connection::provide_connection();
            ledger::provide_ledger();
            archive::provide_depot();
            desk::provide_desk();
            built.set((expect_context::<Ledger>(), expect_context::<Desk>())).ok();
        });
        *page.get().expect("mounting builds the page at once")
    };
}

/// Sends a request with that prompt and waits until its take stands as wanted.
async fn send(prompt: &str, is_wanted: impl Fn(&State) -> bool) -> Take {
    let (ledger, desk) = PAGE.with(|page| *page);
    let draft = Draft {
        prompt: Some(prompt.to_owned()),
        ..Draft::new(Endpoint::TextToVideo)
    };
    let checked = check(draft.endpoint, draft.into()).expect("a valid draft");
    let cost = estimate(5, false, &Rates::default());
    while desk.is_sending().get_untracked() {
        TimeoutFuture::new(20).await;
    }
    desk.submit(checked.clone(), cost.clone(), None);
    // A second press while the first is on its way.
    desk.submit(checked, cost, None);
    for _ in 0..1_000 {
        let take = ledger
            .snapshot()
            .into_iter()
            .find(|take| take.settings.prompt == prompt);
        if let Some(take) = take.filter(|take| is_wanted(&take.state)) {
            return take;
        }
        TimeoutFuture::new(20).await;
    }
    panic!("it never stood as wanted: {:?}", ledger.snapshot());
}

/// What the provider was asked for that prompt, in order, and what was on disk then, as JSON text.
fn calls(prompt: &str) -> Vec<(String, String)> {
    let calls = Reflect::get(&js_sys::global(), &"calls".into()).expect("calls");
    let field = |call: &JsValue, name: &str| Reflect::get(call, &name.into()).expect("a field");
    let state = |call: &JsValue| {
        let record = field(call, "record");
        if record.is_undefined() {
            JsValue::UNDEFINED
        } else {
            field(&record, "state")
        }
    };
    let text = |value: &JsValue| {
        JSON::stringify(value)
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    };
    Array::from(&calls)
        .iter()
        .filter(|call| field(call, "prompt").as_string().is_some_and(|of| of == prompt))
        .inspect(|call| {
            let is_locked = field(call, "isLocked");
            assert!(
                is_locked.is_undefined() || is_locked == JsValue::TRUE,
                "its lock is held while it is out"
            );
        })
        .map(|call| (field(&call, "at").as_string().expect("text"), text(&state(&call))))
        .collect()
}

#[wasm_bindgen_test]
async fn the_intent_is_on_disk_before_the_post_and_the_id_before_the_first_look() {
    let take = send("good", |state| matches!(state, State::Kept { .. })).await;
    let calls = calls("good");
    assert_eq!(calls[0], ("post".to_owned(), "\"sending\"".to_owned()));
    assert_eq!(
        calls.iter().filter(|(at, _)| at == "post").count(),
        1,
        "one intent, one POST: {calls:?}"
    );
    let reads: Vec<_> = calls.iter().filter(|(at, _)| at == "read").collect();
    assert_eq!(reads.len(), 2);
    assert!(
        reads.iter().all(|(_, state)| state.contains("task-good")),
        "{reads:?}"
    );
    // The bytes are there, whole.
    let ledger = PAGE.with(|(ledger, _)| *ledger);
    let video = ledger.video(&take.id).await.expect("read").expect("kept");
    assert_eq!((video.size(), video.type_().as_str()), (12.0, "video/mp4"));
    assert_eq!(take.state.task(), Some("task-good"));
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_unsure_and_is_not_sent_again() {
    let take = send("lost", |state| matches!(state, State::Unsure { .. })).await;
    TimeoutFuture::new(3_000).await;
    let calls = calls("lost");
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!(take.state.task(), None);
}

#[wasm_bindgen_test]
async fn a_refusal_is_no_doubt() {
    let take = send("poor", |state| matches!(state, State::Refused(_))).await;
    let State::Refused(trouble) = take.state else {
        panic!("refused")
    };
    assert_eq!(trouble.reason.as_deref(), Some("NOT_ENOUGH_BALANCE"));
    assert_eq!(calls("poor").len(), 1);
}

#[wasm_bindgen_test]
async fn a_dead_link_gets_one_fresh_look_before_it_is_given_up() {
    send("gone", |state| matches!(state, State::Expired { .. })).await;
    let reads = calls("gone").into_iter().filter(|(at, _)| at == "read").count();
    assert_eq!(reads, 2, "the look that saw it done, and one more");
}

#[wasm_bindgen_test]
async fn what_is_coming_in_is_told_after_the_network_went_and_came() {
    let desk = PAGE.with(|(_, desk)| *desk);
    send("network", |state| matches!(state, State::Kept { .. })).await;
    for change in ["offline", "online"] {
        let event = web_sys::Event::new(change).expect("a name");
        assert!(window().dispatch_event(&event).expect("it is sent"));
        // Whoever follows the network has followed it.
        TimeoutFuture::new(20).await;
        assert_eq!(
            desk.saving("nobody's").map(|progress| progress.got),
            None,
            "{change}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_record_left_by_a_dead_page_becomes_unsure() {
    let ledger = PAGE.with(|(ledger, _)| *ledger);
    let sent = send("left", |state| {
        matches!(state, State::Watched { .. } | State::Kept { .. })
    })
    .await;
    // As a page that died while sending leaves it: on disk, with nobody holding its lock.
    let left = Take {
        id: "left-by-a-dead-page".to_owned(),
        state: State::Sending,
        ..sent
    };
    ledger.begin(left, &[]).await.expect("written");
    for _ in 0..500 {
        if let Some(State::Unsure { .. }) = ledger.take("left-by-a-dead-page").map(|take| take.state) {
            return;
        }
        TimeoutFuture::new(20).await;
    }
    panic!("it is still said to be on its way");
}

#[wasm_bindgen_test]
async fn what_another_tab_writes_is_seen_here() {
    let ledger = PAGE.with(|(ledger, _)| *ledger);
    let take = send("shared", |state| {
        matches!(state, State::Watched { .. } | State::Kept { .. })
    })
    .await;
    let code = "return new Promise((resolve, reject) => {
        const open = indexedDB.open('rushes');
        open.onerror = reject;
        open.onsuccess = () => {
            const change = open.result.transaction('takes', 'readwrite');
            const store = change.objectStore('takes');
            store.get(id).onsuccess = (event) => store.put({ ...event.target.result, again_of: 'seen' }, id);
            change.onabort = reject;
            change.oncomplete = () => {
                open.result.close();
                const line = new BroadcastChannel('rushes');
                line.postMessage(id);
                resolve();
            };
        };
    });";
    let write = Function::new_with_args("id", code);
    let written = write
        .call1(&JsValue::NULL, &take.id.as_str().into())
        .expect("it runs");
    JsFuture::from(written.unchecked_into::<Promise>())
        .await
        .expect("it is written");
    for _ in 0..500 {
        if ledger
            .take(&take.id)
            .is_some_and(|take| take.again_of.as_deref() == Some("seen"))
        {
            return;
        }
        TimeoutFuture::new(20).await;
    }
    panic!("the other tab's news never came");
}
