//! The same words from the provider itself: only what costs nothing, and only when asked for with
//! `NOVITA_API_KEY=… RUSHES_CONTRACT_PROVIDER=1 cargo test -p rushes-contract --test provider -- --ignored`.

use rushes_contract::{Answered, Asked, Backend, Provider};
use rushes_core::exchange::{self, Arrival, Body, Read};
use rushes_core::{FailureKind, TaskId};

async fn ask(asked: Asked) -> Answered {
    let provider = Provider::from_env().expect("NOVITA_API_KEY and RUSHES_CONTRACT_PROVIDER=1");
    provider.send(asked).await
}

#[tokio::test]
#[ignore = "asks the real provider"]
async fn a_task_that_is_not_there_is_not_found() {
    let answer = ask(Asked::read("00000000-0000-4000-8000-000000000000")).await;
    let body = Body::from_json_text(std::str::from_utf8(&answer.body).expect("text"));
    let arrival = Arrival::Answer {
        status: answer.status.as_u16(),
        retry_after: None,
        body,
    };
    let id = TaskId::new("00000000-0000-4000-8000-000000000000").expect("an id");
    match exchange::was_read(&id, &arrival, 0) {
        Read::Missed(failure) => assert_eq!(failure.kind, FailureKind::NotFound, "{failure:?}"),
        Read::State(state) => panic!("a task that nobody made: {state:?}"),
    }
}

#[tokio::test]
#[ignore = "asks the real provider"]
async fn an_unknown_route_is_not_found() {
    let answer = ask(Asked::get("/v3/async/no-such-model")).await;
    assert_eq!(answer.status, 404, "{answer:?}");
}
