use rushes_core::exchange::{self, Read};
use rushes_core::watch::{Action, Expectation, Options, Outlook, Sighting, Watcher};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::arrived::Arrived;
use crate::exchange::{arrival, task_id, whole};
use crate::view::{LookView, NextView, StateView, plain};

/// Decides when to look at which task. All times are milliseconds on one monotonic clock of the caller's.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Watch {
    watcher: Watcher,
}

#[wasm_bindgen]
impl Watch {
    /// A watcher of nothing. `max_reads_per_minute` is for all tasks together (core's default where not given);
    /// `seed` is any number, another for each watcher.
    #[wasm_bindgen(constructor)]
    pub fn new(max_reads_per_minute: Option<f64>, seed: f64) -> Self {
        let known = Options::default();
        let max_reads_per_minute = max_reads_per_minute.map_or(known.max_reads_per_minute, |most| {
            u32::try_from(whole(most)).unwrap_or(u32::MAX)
        });
        Self {
            watcher: Watcher::new(Options {
                max_reads_per_minute,
                seed: whole(seed),
            }),
        }
    }

    /// Takes on a task created `age_ms` ago; `seconds` is the length of its video, where known.
    ///
    /// # Errors
    /// Not a task id.
    pub fn watch(&mut self, id: &str, age_ms: f64, seconds: Option<u8>, now: f64) -> Result<(), JsError> {
        let expected = seconds.map_or_else(Expectation::default, Expectation::prior);
        self.watcher
            .watch(task_id(id)?, whole(age_ms), expected, whole(now));
        Ok(())
    }

    /// Stops watching a task.
    ///
    /// # Errors
    /// Not a task id.
    pub fn forget(&mut self, id: &str) -> Result<(), JsError> {
        self.watcher.forget(&task_id(id)?);
        Ok(())
    }

    /// Makes a task due now: somebody asked. The budget and a wait that the provider asked for still hold.
    ///
    /// # Errors
    /// Not a task id.
    pub fn look_now(&mut self, id: &str, now: f64) -> Result<(), JsError> {
        self.watcher.look_now(&task_id(id)?, whole(now));
        Ok(())
    }

    /// What to do now: `{ read, waitUntil }`, the tasks to read at once, and where there are none, until when nothing
    /// is to be done (`null`: until something changes).
    ///
    /// # Errors
    /// Only an engine out of memory.
    pub fn next(&mut self, now: f64) -> Result<JsValue, JsError> {
        let action = self.watcher.next(whole(now));
        let (read, wait_until) = match &action {
            Action::Read(ids) => (ids.as_slice(), None),
            Action::WaitUntil(at) => (&[][..], Some(*at)),
            Action::Idle => (&[][..], None),
        };
        plain(&NextView { read, wait_until })
    }

    /// Takes what came of reading a task: `{ state, failure, lost, slow }`, one of the first two, then whether the
    /// provider keeps not knowing the task, and whether it has gone on for very long.
    ///
    /// # Errors
    /// A broken tape, or not a task id.
    #[expect(
        clippy::too_many_arguments,
        reason = "one crossing of the boundary; the TypeScript gives them names"
    )]
    pub fn saw(
        &mut self,
        id: &str,
        arrived: Arrived,
        status: u16,
        retry_after: Option<String>,
        text: &str,
        tape: &[f64],
        now_unix_ms: f64,
        now: f64,
    ) -> Result<JsValue, JsError> {
        let id = task_id(id)?;
        let arrival = arrival(arrived, status, retry_after, text, tape)?;
        let read = exchange::was_read(&id, &arrival, whole(now_unix_ms));
        let outlook = self.watcher.saw(&id, &Sighting::from(&read), whole(now));
        let (state, failure) = match &read {
            Read::State(state) => (Some(StateView::new(state)), None),
            Read::Missed(failure) => (None, Some(failure)),
        };
        plain(&LookView {
            state,
            failure,
            lost: matches!(outlook, Outlook::LostSight { .. }),
            slow: matches!(outlook, Outlook::Watching { slow: true, .. }),
        })
    }

    /// Tells whether somebody can see the page; hidden, tasks are looked at less often.
    pub fn set_visible(&mut self, visible: bool) {
        self.watcher.set_visible(visible);
    }

    /// Tells whether there is a network; offline nothing is read.
    pub fn set_online(&mut self, online: bool) {
        self.watcher.set_online(online);
    }
}
