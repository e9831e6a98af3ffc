//! Looks that somebody asked for, once each, at tasks that need not be watched.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rushes_core::TaskId;
use rushes_core::exchange::Read;

use crate::bell::Bell;

/// What a lookout was asked to look at.
#[derive(Debug, Default)]
pub(crate) struct Asks {
    open: Mutex<Vec<Arc<Ask>>>,
    answered: Bell,
}

/// One of them.
#[derive(Debug)]
pub(crate) struct Ask {
    id: TaskId,
    told: Mutex<Told>,
}

#[derive(Debug, Default)]
enum Told {
    #[default]
    Nothing,
    Answer(Read),
    /// Nobody looks any more.
    End,
}

impl Asks {
    fn open(&self) -> MutexGuard<'_, Vec<Arc<Ask>>> {
        // Every change under it is a single step.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that somebody asks.
    pub(crate) fn ask(&self, id: &TaskId) -> Arc<Ask> {
        let ask = Arc::new(Ask {
            id: id.clone(),
            told: Mutex::default(),
        });
        self.open().push(Arc::clone(&ask));
        ask
    }

    /// Whether anybody asks for that task.
    pub(crate) fn are_open(&self, id: &TaskId) -> bool {
        self.open().iter().any(|ask| ask.id == *id)
    }

    /// Tells everybody who asked for that task.
    pub(crate) fn tell(&self, id: &TaskId, read: &Read) {
        self.close(|ask| ask.id == *id, Some(read));
    }

    /// Tells everybody that nobody looks any more.
    pub(crate) fn tell_all_that_it_ends(&self) {
        self.close(|_| true, None);
    }

    /// Takes one back.
    pub(crate) fn take_back(&self, given: &Arc<Ask>) {
        self.open().retain(|ask| !Arc::ptr_eq(ask, given));
    }

    fn close(&self, is_told: impl Fn(&Ask) -> bool, read: Option<&Read>) {
        self.open().retain(|ask| {
            let is_told = is_told(ask);
            if is_told {
                *ask.told() = read.cloned().map_or(Told::End, Told::Answer);
            }
            !is_told
        });
        self.answered.ring();
    }

    /// Waits for what came of it; `None` where nobody looks any more.
    pub(crate) async fn answer(&self, ask: &Ask) -> Option<Read> {
        loop {
            let rings = self.answered.rings();
            let told = std::mem::take(&mut *ask.told());
            match told {
                Told::Nothing => {}
                Told::Answer(read) => return Some(read),
                Told::End => return None,
            }
            self.answered.after(rings).await;
        }
    }
}

impl Ask {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
