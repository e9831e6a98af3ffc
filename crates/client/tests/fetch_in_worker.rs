//! The `fetch` transport in a worker, where there is no `window`.
#![cfg(all(feature = "fetch", target_arch = "wasm32"))]

use rushes_client::{BaseUrl, Client, Config, Fetch, Outgoing, Transport};
use rushes_core::exchange::{Arrival, Method, Read};
use rushes_core::{FailureKind, TaskId};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn it_works_without_a_window() {
    let window = js_sys::Reflect::get(&js_sys::global(), &"window".into()).expect("a global");
    assert!(window.is_undefined());
    let location = js_sys::Reflect::get(&js_sys::global(), &"location".into()).expect("a location");
    let origin = js_sys::Reflect::get(&location, &"origin".into())
        .ok()
        .and_then(|origin| origin.as_string());
    let base_url = BaseUrl::new(&origin.expect("an origin")).expect("a URL");
    let client = Client::new(
        Fetch,
        Config {
            base_url,
            ..Config::default()
        },
    );
    let Read::Missed(failure) = client.read(&TaskId::new("t-1").expect("an id")).await else {
        panic!("missed")
    };
    assert_eq!((failure.kind, failure.status), (FailureKind::NotFound, Some(404)));

    let outgoing = Outgoing::new(
        Method::Get,
        "data:application/json,[1]".to_owned(),
        None,
        60_000,
        None,
    );
    assert!(matches!(
        Fetch.send(outgoing).await,
        Arrival::Answer { status: 200, .. }
    ));
    let before = Fetch.now_ms();
    Fetch.sleep(30).await;
    assert!(Fetch.now_ms() >= before + 25);
}
