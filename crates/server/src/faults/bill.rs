//! What was accepted, for each intent: the provider's bill, as a test may ask for it. Kept on disk, so that it outlives
//! a server that is killed.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ring::digest::{SHA256, digest};
use rushes_core::Request;
use serde::{Deserialize, Serialize};

use super::chooser::Tally;
use crate::hex;

/// Of a prompt, what the bill shows.
const PROMPT_CHARS: usize = 80;

/// What was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// `POST`s that arrived with a valid request.
    pub posts: u64,
    /// Of these, those that made a task and would have cost money.
    pub accepted: u64,
    /// Of these, those whose id left the server whole.
    pub answered: u64,
    /// Each intent, in the order they came.
    pub intents: Vec<BilledIntent>,
    /// Each rule of the script that is in force.
    pub rules: Vec<Tally>,
}

/// One intent on the bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BilledIntent {
    /// A digest of its checked request.
    pub intent: String,
    /// The beginning of its prompt.
    pub prompt: String,
    /// `text-to-video` or `image-to-video`.
    pub endpoint: String,
    /// How long the video is.
    pub seconds: u8,
    /// `POST`s of it that arrived.
    pub posts: u64,
    /// Of these, those that made a task.
    pub accepted: u64,
    /// Of these, those whose id left the server whole.
    pub answered: u64,
    /// The tasks it made.
    pub tasks: Vec<String>,
}

/// One intent as rules and the bill know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Intent {
    pub(super) digest: String,
    pub(super) prompt: String,
    pub(super) endpoint: String,
    pub(super) seconds: u8,
}

impl Intent {
    /// The intent behind a request: its exact body decides which.
    pub(super) fn of(request: &Request) -> Self {
        let endpoint = request.endpoint();
        let named = format!("{}\n{}", endpoint.name(), request.body());
        let digest = digest(&SHA256, named.as_bytes());
        Self {
            digest: hex::encode(&digest.as_ref()[..8]),
            prompt: request.prompt().to_owned(),
            endpoint: endpoint.name().to_owned(),
            seconds: request.duration_secs(),
        }
    }
}

/// One line of the file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    Post(Intent),
    Accepted {
        intent: String,
        task: String,
    },
    Answered {
        intent: String,
    },
    /// Tasks of a bill that was cleared.
    Forgotten {
        tasks: Vec<String>,
    },
}

#[derive(Debug, Default)]
struct Lines {
    intents: Vec<(Intent, BilledIntent)>,
    /// Where an intent stands in the list.
    places: HashMap<String, usize>,
    /// Which intent a task is of, and which of its tasks it is.
    tasks: HashMap<String, (usize, usize)>,
    /// Tasks that were on a bill before this one.
    forgotten: HashSet<String>,
}

impl Lines {
    fn take(&mut self, event: Event) {
        match event {
            Event::Post(intent) => {
                let next = self.intents.len();
                let place = *self.places.entry(intent.digest.clone()).or_insert(next);
                if place == next {
                    let billed = BilledIntent {
                        intent: intent.digest.clone(),
                        prompt: intent.prompt.chars().take(PROMPT_CHARS).collect(),
                        endpoint: intent.endpoint.clone(),
                        seconds: intent.seconds,
                        posts: 0,
                        accepted: 0,
                        answered: 0,
                        tasks: Vec::new(),
                    };
                    self.intents.push((intent, billed));
                }
                self.intents[place].1.posts += 1;
            }
            Event::Accepted { intent, task } => {
                if let Some(place) = self.places.get(&intent).copied() {
                    let billed = &mut self.intents[place].1;
                    billed.accepted += 1;
                    self.tasks.insert(task.clone(), (place, billed.tasks.len()));
                    billed.tasks.push(task);
                }
            }
            Event::Answered { intent } => {
                if let Some(place) = self.places.get(&intent) {
                    self.intents[*place].1.answered += 1;
                }
            }
            Event::Forgotten { tasks } => self.forgotten.extend(tasks),
        }
    }
}

/// The bill and its file.
#[derive(Debug)]
pub(super) struct Book {
    inner: Mutex<(Lines, File)>,
}

impl Book {
    /// Opens the file and reads what an earlier server left. A last line that was cut off is as if never written.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut lines = Lines::default();
        let mut whole = 0_u64;
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        for line in text.split_inclusive('\n') {
            let Ok(event) = serde_json::from_str(line) else {
                tracing::warn!(path = %path.display(), "the bill has a damaged line: it and what follows are left out");
                break;
            };
            if !line.ends_with('\n') {
                break;
            }
            lines.take(event);
            whole += line.len() as u64;
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        file.set_len(whole)?;
        Ok(Self {
            inner: Mutex::new((lines, file)),
        })
    }

    fn lock(&self) -> MutexGuard<'_, (Lines, File)> {
        // Every change under it is a single step.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, event: Event) {
        note(&mut self.lock(), event);
    }

    /// A `POST` of that intent arrived.
    pub(super) fn post(&self, intent: &Intent) {
        self.note(Event::Post(intent.clone()));
    }

    /// It made that task. Told twice (a request sent again under its key gets its first task), it counts once.
    pub(super) fn accepted(&self, intent: &Intent, task: &str) {
        let mut inner = self.lock();
        if inner.0.tasks.contains_key(task) {
            return;
        }
        let event = Event::Accepted {
            intent: intent.digest.clone(),
            task: task.to_owned(),
        };
        note(&mut inner, event);
    }

    /// Its task's id left whole.
    pub(super) fn answered(&self, intent: &Intent) {
        self.note(Event::Answered {
            intent: intent.digest.clone(),
        });
    }

    /// Which intent a task is of, and which of its tasks it is.
    pub(super) fn intent_of(&self, task: &str) -> Option<(Intent, usize)> {
        let inner = self.lock();
        let (place, number) = *inner.0.tasks.get(task)?;
        Some((inner.0.intents.get(place)?.0.clone(), number))
    }

    /// Whether a task is on this bill, or was on one before it.
    pub(super) fn knows(&self, task: &str) -> bool {
        let inner = self.lock();
        inner.0.tasks.contains_key(task) || inner.0.forgotten.contains(task)
    }

    /// Begins a new one.
    pub(super) fn clear(&self) -> io::Result<()> {
        let mut inner = self.lock();
        let (lines, file) = &mut *inner;
        let mut tasks: Vec<String> = lines
            .forgotten
            .drain()
            .chain(lines.tasks.drain().map(|(id, _)| id))
            .collect();
        tasks.sort_unstable();
        let event = Event::Forgotten { tasks };
        let line = serde_json::to_string(&event)?;
        file.set_len(0)?;
        file.write_all(format!("{line}\n").as_bytes())?;
        *lines = Lines::default();
        lines.take(event);
        Ok(())
    }

    /// The bill as it stands.
    pub(super) fn bill(&self, rules: Vec<Tally>) -> Bill {
        let inner = self.lock();
        let intents: Vec<BilledIntent> = inner.0.intents.iter().map(|(_, billed)| billed.clone()).collect();
        let sum = |count: fn(&BilledIntent) -> u64| intents.iter().map(count).sum();
        Bill {
            posts: sum(|intent| intent.posts),
            accepted: sum(|intent| intent.accepted),
            answered: sum(|intent| intent.answered),
            intents,
            rules,
        }
    }
}

/// Written before it counts; a bill that cannot be written still counts in memory.
fn note((lines, file): &mut (Lines, File), event: Event) {
    let written = serde_json::to_string(&event)
        .map_err(io::Error::from)
        .and_then(|line| file.write_all(format!("{line}\n").as_bytes()));
    if let Err(error) = written {
        tracing::error!(%error, "the bill could not be written to disk");
    }
    lines.take(event);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent(prompt: &str) -> Intent {
        Intent {
            digest: format!("d-{prompt}"),
            prompt: prompt.to_owned(),
            endpoint: "text-to-video".to_owned(),
            seconds: 5,
        }
    }

    #[test]
    fn a_bill_outlives_its_server_even_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bill");
        let book = Book::open(&path).unwrap();
        let (fox, hen) = (intent("fox"), intent(&"hen".repeat(50)));
        book.post(&fox);
        book.post(&hen);
        book.accepted(&fox, "t-1");
        book.post(&fox);
        book.accepted(&fox, "t-2");
        book.accepted(&fox, "t-2");
        book.answered(&fox);
        let bill = book.bill(Vec::new());
        assert_eq!((bill.posts, bill.accepted, bill.answered), (3, 2, 1));
        assert_eq!(bill.intents[0].tasks, ["t-1", "t-2"]);
        assert_eq!(bill.intents[1].prompt.len(), PROMPT_CHARS);
        assert_eq!(book.intent_of("t-2"), Some((fox.clone(), 1)));
        drop(book);

        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"answered\":{\"inte").unwrap();
        let book = Book::open(&path).unwrap();
        assert_eq!(book.bill(Vec::new()), bill);
        assert_eq!(book.intent_of("t-1"), Some((fox.clone(), 0)));
        book.answered(&fox);
        drop(book);
        let book = Book::open(&path).unwrap();
        assert_eq!(book.bill(Vec::new()).answered, 2, "written after what was whole");
        book.clear().unwrap();
        assert_eq!(book.bill(Vec::new()), Bill::default());
        let book = Book::open(&path).unwrap();
        assert_eq!(book.bill(Vec::new()), Bill::default());
        assert!(book.knows("t-1") && !book.knows("t-3"));
    }
}
