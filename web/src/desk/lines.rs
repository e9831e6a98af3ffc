//! A client and a lookout for each place that takes were sent to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::untrack;
use rushes_client::{Client, Lookout, News};

use super::line::{self, Fetch};
use crate::connection::Connection;
use crate::ledger::Place;
use crate::sorted::Sorted;
use crate::task::spawn;

/// Which take a watched task belongs to, by task.
pub(super) type Takes = Rc<RefCell<Sorted<String>>>;

/// The line to one place. It is closed when it is dropped, and its key goes with it.
pub(super) struct Line {
    pub(super) client: Client<Fetch>,
    pub(super) lookout: Lookout<Fetch>,
    pub(super) takes: Takes,
    /// Number of the key it was opened with.
    key_number: u32,
    stop: AbortHandle,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.stop.abort();
    }
}

/// The lines of this tab.
pub(super) struct Lines {
    connection: Connection,
    open: RefCell<Sorted<Rc<Line>>>,
    is_visible: Cell<bool>,
    is_online: Cell<bool>,
}

/// What a place is called among the lines; the page's own server has no address.
fn name(place: Option<&Place>) -> &str {
    place.map_or("", |place| &place.url)
}

impl Lines {
    /// None yet.
    pub(super) fn new(connection: Connection) -> Self {
        Self {
            connection,
            open: RefCell::default(),
            is_visible: Cell::new(true),
            is_online: Cell::new(true),
        }
    }

    /// The connection whose keys are used.
    pub(super) fn connection(&self) -> Connection {
        self.connection
    }

    /// The line to a place, opened where it is not, with the key held now. `hear` is told of every look.
    pub(super) fn to(&self, place: Option<&Place>, hear: impl Fn(&Takes, News) + 'static) -> Rc<Line> {
        let key = place.and_then(|place| self.connection.key(place));
        let (key_number, key) = key.map_or((0, None), |(number, key)| (number, Some(key)));
        if let Some(line) = self.is_open(place).filter(|line| line.key_number == key_number) {
            return line;
        }
        let client = line::open(place.and_then(Place::base_url), key);
        let lookout = Lookout::new(client.clone());
        lookout.set_visible(self.is_visible.get());
        lookout.set_online(self.is_online.get());
        let takes = Takes::default();
        let (running, heard) = (lookout.clone(), Rc::clone(&takes));
        let (run, stop) = abortable(async move { line::run(&running, |news| hear(&heard, news)).await });
        spawn(async move {
            let _is_closed = run.await;
        });
        let line = Rc::new(Line {
            client,
            lookout,
            takes,
            key_number,
            stop,
        });
        self.open.borrow_mut().insert(name(place), Rc::clone(&line));
        line
    }

    /// The line to a place, where one is open.
    pub(super) fn is_open(&self, place: Option<&Place>) -> Option<Rc<Line>> {
        self.open.borrow().get(name(place)).cloned()
    }

    /// Closes the line to a place: what it watched is not watched any more, and its key is gone.
    pub(super) fn close(&self, place: Option<&Place>) {
        drop(self.open.borrow_mut().remove(name(place)));
    }

    /// Does something on every line.
    pub(super) fn each(&self, mut run: impl FnMut(&Line)) {
        for (_, line) in self.open.borrow().iter() {
            run(line);
        }
    }

    /// Tells whether somebody can see the page.
    pub(super) fn set_visible(&self, is_visible: bool) {
        self.is_visible.set(is_visible);
        self.each(|line| line.lookout.set_visible(is_visible));
    }

    /// Tells whether there is a network.
    pub(super) fn set_online(&self, is_online: bool) {
        self.is_online.set(is_online);
        self.each(|line| line.lookout.set_online(is_online));
    }

    /// Whether there is a network.
    pub(super) fn is_online(&self) -> bool {
        self.is_online.get()
    }

    /// Whether this tab can speak to a place now.
    pub(super) fn can_reach_now(&self, place: Option<&Place>) -> bool {
        untrack(|| self.connection.can_reach(place))
    }
}
