//! Where faults meet requests: around the routes, within the guards.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rushes_core::{Endpoint, check};
use serde_json::Value;
use tokio::time::sleep;
use url::form_urlencoded;

use super::bill::Intent;
use super::chooser::{Chosen, Subject};
use super::rewrite::{self, LinkMaker};
use super::script::{Fault, On};
use super::wire::Wire;
use super::{Faults, answers, broken};
use crate::app::{AppState, Mode, TASK_RESULT_PATH};
use crate::error::{ApiError, Reason, json_response};
use crate::guard::Unshared;
use crate::routes::body;

/// Lets the script of faults act, if there is one.
pub(crate) async fn misbehave(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Some(faults) = state.faults().cloned() else {
        return next.run(request).await;
    };
    let wire = request
        .extensions()
        .get::<ConnectInfo<Wire>>()
        .map(|ConnectInfo(wire)| wire.clone());
    let here = Here { state, faults, wire };
    let (method, path) = (request.method(), request.uri().path());
    if method == Method::POST && path == Endpoint::TextToVideo.path() {
        here.create(Endpoint::TextToVideo, request, next).await
    } else if method == Method::POST && path == Endpoint::ImageToVideo.path() {
        here.create(Endpoint::ImageToVideo, request, next).await
    } else if method == Method::GET && path == TASK_RESULT_PATH {
        here.read(request, next).await
    } else if (method == Method::GET || method == Method::HEAD) && path.starts_with("/files/") {
        here.file(request, next).await
    } else {
        next.run(request).await
    }
}

/// What one request can be answered with.
struct Here {
    state: AppState,
    faults: Faults,
    wire: Option<Wire>,
}

impl Here {
    async fn create(&self, endpoint: Endpoint, request: Request, next: Next) -> Response {
        let (parts, incoming) = request.into_parts();
        let bytes = match body::read(incoming).await {
            Ok(bytes) => Bytes::from(bytes),
            Err(error) => return error.into_response(),
        };
        let intent = intent(endpoint, bytes.clone()).await;
        let request = Request::from_parts(parts, Body::from(bytes));
        let Some(intent) = intent else {
            // The service says what is wrong with it; nothing of that costs money.
            return next.run(request).await;
        };
        self.faults.book().post(&intent);
        let on = match endpoint {
            Endpoint::TextToVideo => On::TextToVideo,
            Endpoint::ImageToVideo => On::ImageToVideo,
        };
        let chosen = self.choose(Subject {
            on,
            key: &intent.digest,
            prompt: &intent.prompt,
            state: None,
        });
        self.note("create", &intent.digest, chosen.as_ref());
        if let Some(answer) = self.before(on, chosen.as_ref()).await {
            return answer;
        }
        // Carried out though the caller may go: what was accepted is on the bill.
        let (faults, billed) = (self.faults.clone(), intent.clone());
        let carried_out = tokio::spawn(async move {
            let answer = Taken::of(next.run(request).await).await;
            if let Some(task) = answer.task_id() {
                faults.book().accepted(&billed, task);
            }
            answer
        });
        let Ok(answer) = carried_out.await else {
            return lost().into_response();
        };
        let tells =
            answer.task_id().is_some() && chosen.as_ref().is_none_or(|chosen| chosen.fault.tells_id());
        let response = self.after(on, chosen.as_ref(), answer, "").await;
        if tells {
            self.faults.book().answered(&intent);
        }
        response
    }

    async fn read(&self, request: Request, next: Next) -> Response {
        let query = request.uri().query().unwrap_or_default();
        let task = form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "task_id")
            .map(|(_, id)| id.into_owned())
            .unwrap_or_default();
        // It costs nothing, and only its answer tells where the task stands.
        let answer = Taken::of(next.run(request).await).await;
        let stage = answer.json.as_ref().and_then(rewrite::stage);
        let chosen = self.choose_for_task(On::Read, &task, stage);
        self.note("read", &task, chosen.as_ref());
        match self.before(On::Read, chosen.as_ref()).await {
            Some(answer) => answer,
            None => self.after(On::Read, chosen.as_ref(), answer, &task).await,
        }
    }

    async fn file(&self, request: Request, next: Next) -> Response {
        let path = request.uri().path().strip_prefix("/files/").unwrap_or_default();
        let task = path.split('/').next().unwrap_or_default().to_owned();
        let chosen = self.choose_for_task(On::File, &task, None);
        self.note("file", &task, chosen.as_ref());
        if let Some(answer) = self.before(On::File, chosen.as_ref()).await {
            return answer;
        }
        let response = next.run(request).await;
        if chosen.is_none() {
            return response;
        }
        let answer = Taken::of(response).await;
        self.after(On::File, chosen.as_ref(), answer, &task).await
    }

    fn choose_for_task(&self, on: On, task: &str, state: Option<crate::store::Stage>) -> Option<Chosen> {
        let known = self.faults.book().intent_of(task);
        let (key, prompt) = known.map_or_else(
            || (task.to_owned(), String::new()),
            |(intent, number)| (format!("{}#{number}", intent.digest), intent.prompt),
        );
        self.choose(Subject {
            on,
            key: &key,
            prompt: &prompt,
            state,
        })
    }

    fn note(&self, on: &'static str, of: &str, chosen: Option<&Chosen>) {
        let fault = chosen.map(|chosen| chosen.fault.name());
        self.faults.inner.log.note(self.state.now_ms(), on, of, fault);
    }

    fn choose(&self, subject: Subject<'_>) -> Option<Chosen> {
        let chosen = self.faults.chooser().choose(subject);
        if let Some(chosen) = &chosen {
            tracing::info!(fault = chosen.fault.name(), rule = chosen.rule, on = ?subject.on, "a fault on purpose");
        }
        chosen
    }

    /// What happens before the request is carried out; an answer in place of that.
    async fn before(&self, on: On, chosen: Option<&Chosen>) -> Option<Response> {
        let fault = &chosen.filter(|chosen| chosen.fault.is_before())?.fault;
        self.instead(on, fault).await
    }

    /// The faults that need no answer of the service's.
    async fn instead(&self, on: On, fault: &Fault) -> Option<Response> {
        match fault {
            Fault::RateLimit { retry_after } => Some(answers::rate_limit(retry_after.as_deref())),
            Fault::Error {
                status, reason, form, ..
            } => Some(answers::error(on, *status, reason.as_deref(), *form)),
            Fault::Redirect { status, to, .. } => Some(answers::redirect(*status, to)),
            Fault::Drop { .. } => Some(broken::no_answer(self.wire.as_ref())),
            Fault::Refuse { time } => {
                self.faults.gate().close(*time);
                Some(broken::no_answer(self.wire.as_ref()))
            }
            Fault::Stall { time, .. } => {
                stall(*time).await;
                None
            }
            _ => None,
        }
    }

    /// What becomes of the service's answer.
    async fn after(&self, on: On, chosen: Option<&Chosen>, answer: Taken, task: &str) -> Response {
        let Some(chosen) = chosen.filter(|chosen| !chosen.fault.is_before()) else {
            return answer.into_response();
        };
        if let Some(response) = self.instead(on, &chosen.fault).await {
            return response;
        }
        match &chosen.fault {
            Fault::Cut { at } => broken::cut(answer.head, &answer.body, *at),
            Fault::Slow { bytes_per_sec } => broken::slow(answer.head, &answer.body, *bytes_per_sec),
            Fault::WrongLength { by } => broken::misannounced(answer.head, &answer.body, *by),
            Fault::NoCors => {
                let mut response = answer.into_response();
                response.extensions_mut().insert(Unshared);
                response
            }
            // Where the service itself refused, its refusal stands.
            _ if answer.head.status() != StatusCode::OK => answer.into_response(),
            Fault::Garble { into } => answers::garbled(&answer.body, *into),
            Fault::NoTaskId { into } => answers::without_id(answer.task_id().unwrap_or_default(), *into),
            fault => match self.rewritten(&answer, fault, chosen.before, task) {
                Some(json) => json_response(StatusCode::OK, &json),
                None => answer.into_response(),
            },
        }
    }

    fn rewritten(&self, answer: &Taken, fault: &Fault, before: u64, task: &str) -> Option<Value> {
        let Mode::Local(engine) = self.state.mode() else {
            return None;
        };
        let link = LinkMaker {
            key: engine.link_key(),
            task,
            now_ms: self.state.now_ms(),
        };
        rewrite::rewritten(answer.json.as_ref()?, fault, before, &link)
    }
}

/// An answer of the service's, whole.
struct Taken {
    /// All of it but the body.
    head: Response,
    body: Bytes,
    json: Option<Value>,
}

impl Taken {
    async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        match to_bytes(body, usize::MAX).await {
            Ok(body) => Self {
                json: serde_json::from_slice(&body).ok(),
                head: Response::from_parts(parts, Body::empty()),
                body,
            },
            Err(_) => Self {
                head: lost().into_response(),
                body: Bytes::new(),
                json: None,
            },
        }
    }

    /// The id of the task that was made, if one was.
    fn task_id(&self) -> Option<&str> {
        let made = self.head.status() == StatusCode::OK;
        self.json.as_ref().filter(|_| made)?.get("task_id")?.as_str()
    }

    fn into_response(self) -> Response {
        let (parts, empty) = self.head.into_parts();
        // An answer that broke while it was read is answered by what is said of that.
        let body = if self.body.is_empty() {
            empty
        } else {
            Body::from(self.body)
        };
        Response::from_parts(parts, body)
    }
}

fn lost() -> ApiError {
    ApiError::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        Reason::ServiceNotAvailable,
        "The answer was lost inside this server.",
    )
}

/// The intent behind a body; `None` where the body is no valid request.
async fn intent(endpoint: Endpoint, body: Bytes) -> Option<Intent> {
    let checked = tokio::task::spawn_blocking(move || {
        let text = std::str::from_utf8(&body).ok()?;
        let accepted = check::check_json(endpoint, text).ok()?;
        Some(Intent::of(&accepted.request))
    });
    checked.await.ok().flatten()
}

async fn stall(time: Option<Duration>) {
    match time {
        Some(time) => sleep(time).await,
        None => std::future::pending().await,
    }
}
