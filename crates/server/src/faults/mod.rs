//! The misbehaving service: faults on purpose, by a seeded script, and a bill of what was accepted. `docs/faults.md`
//! says how a script is written.

mod answers;
mod bill;
mod broken;
mod chooser;
pub(crate) mod layer;
mod log;
mod rewrite;
pub(crate) mod routes;
mod script;
mod wire;

use std::io;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use rushes_core::{Endpoint, check};
use tokio::net::TcpListener;

pub use bill::{Bill, BilledIntent};
pub use chooser::Tally;
pub use log::Entry;
pub use script::{Problem, Script, ScriptError};

use bill::{Book, Intent};
use chooser::Chooser;
pub(crate) use chooser::drawn;
use log::Log;
use wire::{Gate, Gated, Wire};

/// The bill's file in the data folder.
const BILL_FILE: &str = "faults-bill.jsonl";

/// The faults of one server. Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub struct Faults {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    chooser: RwLock<Arc<Chooser>>,
    book: Book,
    log: Log,
    gate: Gate,
}

impl Faults {
    /// With that script, and the bill in that folder.
    ///
    /// # Errors
    /// When the bill cannot be read or written.
    pub(crate) fn open(script: Script, data: &Path) -> io::Result<Self> {
        let book = Book::open(&data.join(BILL_FILE))?;
        Ok(Self {
            inner: Arc::new(Inner {
                chooser: RwLock::new(Arc::new(Chooser::new(script))),
                book,
                log: Log::default(),
                gate: Gate::default(),
            }),
        })
    }

    /// Puts on the bill what was accepted in the moment before an earlier server was killed: tasks on disk that the bill
    /// does not know.
    pub(crate) fn take_up(&self, tasks: Vec<(String, Endpoint, String)>) {
        for (id, endpoint, body) in tasks {
            if self.book().knows(&id) {
                continue;
            }
            if let Ok(accepted) = check::check_json(endpoint, &body) {
                self.book().accepted(&Intent::of(&accepted.request), &id);
            }
        }
    }

    /// What was accepted so far, for each intent.
    pub fn bill(&self) -> Bill {
        self.inner.book.bill(self.chooser().tallies())
    }

    /// The requests after the one of that number (0: all that are kept), in the order they came.
    pub fn log(&self, after: u64) -> Vec<Entry> {
        self.inner.log.after(after)
    }

    /// Begins a new bill.
    ///
    /// # Errors
    /// When the old one cannot be removed from the disk.
    pub fn clear_bill(&self) -> io::Result<()> {
        self.inner.book.clear()
    }

    /// Puts another script in force, with all counts at zero. What tasks pretend to stays as it was at the start.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn replace(&self, json: &str) -> Result<(), ScriptError> {
        let script = Script::parse(json)?;
        let mut chooser = self.inner.chooser.write().unwrap_or_else(PoisonError::into_inner);
        if script.tasks.is_some() && script.tasks != chooser.script().tasks {
            let problem = Problem {
                pointer: "/tasks".to_owned(),
                message: "can only be given when the server starts".to_owned(),
            };
            return Err(ScriptError {
                problems: vec![problem],
            });
        }
        let tasks = chooser.script().tasks;
        *chooser = Arc::new(Chooser::new(Script { tasks, ..script }));
        Ok(())
    }

    fn chooser(&self) -> Arc<Chooser> {
        Arc::clone(&self.inner.chooser.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn book(&self) -> &Book {
        &self.inner.book
    }

    fn gate(&self) -> &Gate {
        &self.inner.gate
    }

    /// The listener and the router made so that faults can end connections and close the port.
    pub(crate) fn wired(
        &self,
        listener: TcpListener,
        router: Router,
    ) -> io::Result<(Gated, IntoMakeServiceWithConnectInfo<Router, Wire>)> {
        let listener = Gated::new(listener, self.inner.gate.clone())?;
        Ok((listener, router.into_make_service_with_connect_info::<Wire>()))
    }
}
