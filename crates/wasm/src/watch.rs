use rushes_core::exchange;
use rushes_core::watch::{Action, Expectation, Kind, Options, Outlook, Sighting, Watcher};

use crate::answer;
use crate::desk::Desk;
use crate::exchange::{seen, whole};
use crate::learned::Learned;
use crate::tape::Lengths;

/// Decides when to look at which task. All times are milliseconds on one monotonic clock of the caller's; ids are
/// written on the desk, and what returns a length answers there.
#[derive(Debug)]
pub struct Watch {
    watcher: Watcher,
    learned: Learned,
}

impl Watch {
    /// A watcher of nothing. `max_reads_per_minute` is for all tasks together (core's default for what is not a
    /// number); `seed` is any number, another for each watcher.
    pub fn new(max_reads_per_minute: f64, seed: f64) -> Self {
        let mut options = Options {
            seed: whole(seed),
            ..Options::default()
        };
        if !max_reads_per_minute.is_nan() {
            options.max_reads_per_minute = u32::try_from(whole(max_reads_per_minute)).unwrap_or(u32::MAX);
        }
        Self {
            watcher: Watcher::new(options),
            learned: Learned::default(),
        }
    }

    /// Takes on a task created `age_ms` ago; `seconds` is the length of its video, 0 where it is not known. How long it
    /// will take is learned from those that were seen to their end before. Answers nothing.
    pub fn watch(
        &mut self,
        desk: &mut Desk,
        text: usize,
        age_ms: f64,
        seconds: u8,
        sound: bool,
        now: f64,
    ) -> usize {
        match desk.task_id(text) {
            Ok(id) => {
                let kind = Kind {
                    duration_secs: seconds,
                    sound,
                };
                let expected = match seconds {
                    0 => Expectation::default(),
                    _ => self.learned.take_on(&id, kind, now - age_ms),
                };
                self.watcher.watch(id, whole(age_ms), expected, whole(now));
                0
            }
            Err(error) => error,
        }
    }

    /// Stops watching a task. Answers nothing.
    pub fn forget(&mut self, desk: &mut Desk, text: usize) -> usize {
        match desk.task_id(text) {
            Ok(id) => {
                self.watcher.forget(&id);
                self.learned.forget(&id);
                0
            }
            Err(error) => error,
        }
    }

    /// Makes a task due now: somebody asked. The budget and a wait that the provider asked for still hold. Answers
    /// nothing.
    pub fn look_now(&mut self, desk: &mut Desk, text: usize, now: f64) -> usize {
        match desk.task_id(text) {
            Ok(id) => {
                self.watcher.look_now(&id, whole(now));
                0
            }
            Err(error) => error,
        }
    }

    /// What to do now: `{ read, waitUntil }`, the tasks to read at once, and where there are none, until when nothing
    /// is to be done (`null`: until something changes).
    pub fn next(&mut self, desk: &mut Desk, now: f64) -> usize {
        desk.answer(match self.watcher.next(whole(now)) {
            Action::Read(ids) => answer::next(&ids, None),
            Action::WaitUntil(at) => answer::next(&[], Some(at)),
            Action::Idle => answer::next(&[], None),
        })
    }

    /// Takes what came of reading a task: `{ state, failure, lost, slow }`, one of the first two, then whether the
    /// provider keeps not knowing the task, and whether it has gone on for very long.
    #[expect(
        clippy::too_many_arguments,
        reason = "one crossing of the boundary; the TypeScript gives them names"
    )]
    pub fn saw(
        &mut self,
        desk: &mut Desk,
        text: usize,
        cells: usize,
        arrived: u8,
        status: u16,
        now_unix_ms: f64,
        now: f64,
    ) -> usize {
        let files = 0;
        let (id, arrival) = match desk.arrival_for(arrived, status, Lengths { text, cells, files }) {
            Ok(told) => told,
            Err(error) => return error,
        };
        let read = exchange::was_read(&id, &arrival, whole(now_unix_ms));
        if let Some(expected) = self.learned.saw(&id, &read, now)
            && self.watcher.is_watching(&id)
        {
            self.watcher.watch(id.clone(), 0, expected, whole(now));
        }
        let outlook = self.watcher.saw(&id, &Sighting::from(&read), whole(now));
        let lost = matches!(outlook, Outlook::LostSight { .. });
        let slow = matches!(outlook, Outlook::Watching { slow: true, .. });
        desk.answer(answer::look(seen(&read), lost, slow))
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
