//! The one thread that renders, task after task.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rushes_animatic::Picture;
use rushes_core::request::{ImageSource, Plan};
use rushes_core::{Request, check};

use super::fetch::{FetchError, Fetcher};
use super::progress::Progress;
use super::render::{RenderError, render};
use super::{Inner, lock};
use crate::store::{Record, Stage};

/// Renders until the server stops.
pub(super) fn run(inner: &Arc<Inner>, fetcher: &Fetcher) {
    while let Some((record, progress)) = next(inner) {
        write(inner, &record);
        tracing::info!(task = %record.id, attempt = record.attempts, "rendering");
        // A bug in drawing or encoding ends the task, not the server.
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| make(inner, fetcher, &record, &progress)))
            .unwrap_or(Err(Failure::Panic));
        let ended = finish(inner, record, outcome);
        write(inner, &ended);
        if ended.stage.is_end() {
            inner.store.drop_body(&ended.id);
        }
        lock(&inner.tasks).end(ended);
    }
}

/// Waits for the next task; `None` when the server stops.
fn next(inner: &Inner) -> Option<(Record, Arc<Progress>)> {
    let mut tasks = lock(&inner.tasks);
    loop {
        if inner.stop.load(Ordering::Relaxed) {
            return None;
        }
        if let Some(begun) = tasks.begin((inner.clock)()) {
            return Some(begun);
        }
        tasks = inner
            .changed
            .wait(tasks)
            .unwrap_or_else(std::sync::PoisonError::into_inner);
    }
}

/// Why a task has no video.
enum Failure {
    Request,
    Image(FetchError),
    Picture(rushes_animatic::PictureError),
    Render(RenderError),
    Store(crate::store::StoreError),
    Panic,
}

impl Failure {
    /// One sentence for the person who waits for the video.
    fn reason(&self) -> String {
        match self {
            Self::Request => "The stored request could not be read again.".to_owned(),
            Self::Image(error) => error.to_string(),
            Self::Picture(error) => format!("The image behind the URL could not be read: {error}."),
            Self::Render(error) => format!("Rendering failed: {error}."),
            Self::Store(_) => "The video could not be written to disk.".to_owned(),
            Self::Panic => "Rendering failed for a reason the server did not foresee.".to_owned(),
        }
    }

    /// What the log says beyond the reason.
    fn detail(&self) -> String {
        match self {
            Self::Store(error) => error.to_string(),
            other => other.reason(),
        }
    }
}

/// Makes the video and puts it on disk; gives its size in bytes.
fn make(inner: &Inner, fetcher: &Fetcher, record: &Record, progress: &Progress) -> Result<u64, Failure> {
    let body = inner.store.body(&record.id).map_err(Failure::Store)?;
    let request = check::check_json(record.endpoint(), &body)
        .map_err(|_| Failure::Request)?
        .request;
    let (start, end) = fetched_images(&request, fetcher)?;
    let video = render(&request, start, end, progress, &inner.stop).map_err(Failure::Render)?;
    inner
        .store
        .write_video(&record.id, &video)
        .map_err(Failure::Store)?;
    Ok(video.len() as u64)
}

fn finish(inner: &Inner, record: Record, outcome: Result<u64, Failure>) -> Record {
    let ended_ms = Some((inner.clock)());
    match outcome {
        Ok(video_bytes) => {
            tracing::info!(task = %record.id, video_bytes, "rendered");
            Record {
                stage: Stage::Succeeded,
                ended_ms,
                video_bytes,
                ..record
            }
        }
        Err(Failure::Render(RenderError::Stopped)) => {
            tracing::info!(task = %record.id, "put back into the queue: the server stops");
            let attempts = record.attempts.saturating_sub(1);
            Record {
                stage: Stage::Queued,
                attempts,
                started_ms: None,
                ..record
            }
        }
        Err(failure) => {
            tracing::warn!(task = %record.id, reason = %failure.detail(), "a task failed");
            Record {
                stage: Stage::Failed,
                ended_ms,
                reason: Some(failure.reason()),
                ..record
            }
        }
    }
}

fn write(inner: &Inner, record: &Record) {
    // In memory it is right all the same; after a restart the task would be rendered once more.
    if let Err(error) = inner.store.update(record) {
        tracing::error!(task = %record.id, %error, "a task's record could not be written");
    }
}

/// The pictures behind the request's URLs.
fn fetched_images(
    request: &Request,
    fetcher: &Fetcher,
) -> Result<(Option<Picture>, Option<Picture>), Failure> {
    let Request::ImageToVideo(request) = request else {
        return Ok((None, None));
    };
    let end = match request.plan() {
        Plan::Single { end_image, .. } => end_image.as_ref(),
        Plan::Shots(_) => None,
    };
    let picture = |source: Option<&ImageSource>, field: &'static str| match source {
        Some(ImageSource::Url(url)) => {
            let bytes = fetcher.fetch(url, field).map_err(Failure::Image)?;
            Picture::decode(&bytes).map(Some).map_err(Failure::Picture)
        }
        _ => Ok(None),
    };
    Ok((
        picture(Some(request.image()), "image")?,
        picture(end, "end_image")?,
    ))
}
