//! A router on a port, until it is told to stop.

use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{AppState, Mode, app};

/// How long downloads and the running render get to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the answer to a request that was already forwarded is waited for: it may have been paid for.
const PATIENCE_FOR_ANSWERS: Duration = Duration::from_secs(30);
/// How often old results are looked for.
const CLEANING_PERIOD: Duration = Duration::from_mins(10);

/// Serves until `stop` is ready, then ends within a few seconds: no new connections, requests under way are answered,
/// the running render goes back into the queue.
///
/// # Errors
/// Whatever the listener gives.
pub async fn serve(listener: TcpListener, state: AppState, stop: impl Future<Output = ()>) -> io::Result<()> {
    let (told, mut to_stop) = watch::channel(false);
    let router = app(state.clone());
    let stopped = async move {
        // An error says that the other end is gone, which ends the server as well.
        let _ = to_stop.wait_for(|stop| *stop).await;
    };
    let serving = if let Some(faults) = state.faults() {
        let (listener, router) = faults.wired(listener, router)?;
        let serving = axum::serve(listener, router).with_graceful_shutdown(stopped);
        tokio::spawn(async move { serving.await })
    } else {
        let serving = axum::serve(listener, router).with_graceful_shutdown(stopped);
        tokio::spawn(async move { serving.await })
    };
    let cleaning = tokio::spawn(clean(state.clone()));
    stop.await;
    tracing::info!("stopping");
    let _ = told.send(true);
    cleaning.abort();
    let engine = state.clone();
    let stopping = tokio::task::spawn_blocking(move || engine.stop(PATIENCE));
    let served = tokio::time::timeout(PATIENCE, serving).await;
    if stopping.await.is_err() {
        tracing::error!("the engine did not stop in order");
    }
    if let Mode::Gateway(gateway) = state.mode()
        && tokio::time::timeout(PATIENCE_FOR_ANSWERS, gateway.settled())
            .await
            .is_err()
    {
        tracing::error!("the provider did not answer in time: a request may have been accepted");
    }
    match served {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => Err(io::Error::other(error)),
        Err(_) => {
            tracing::warn!("connections were still open after {} seconds", PATIENCE.as_secs());
            Ok(())
        }
    }
}

async fn clean(state: AppState) {
    let Mode::Local(engine) = state.mode() else { return };
    let mut ticks = tokio::time::interval(CLEANING_PERIOD);
    loop {
        ticks.tick().await;
        let engine = engine.clone();
        if tokio::task::spawn_blocking(move || engine.clean()).await.is_err() {
            tracing::error!("cleaning failed");
        }
    }
}
