//! The small pictures of kept videos, made one after another: a video's own as soon as it is kept, and those that are
//! missing as they come into sight. A page may have been closed, or hidden, before it came to make one.

use std::cell::RefCell;

use super::frame;
use crate::ledger::Ledger;
use crate::sorted::Sorted;
use crate::task::spawn;

/// How many may wait: as many as a screen shows. Who scrolls on wants others.
const WAITING: usize = 60;

thread_local! {
    static LINE: RefCell<Line> = RefCell::default();
}

/// Which pictures are to be made.
#[derive(Debug, Default)]
struct Line {
    /// Takes; the last is the next.
    waiting: Vec<String>,
    is_busy: bool,
    /// Those whose video gave none: not asked of this page again.
    without: Sorted<()>,
}

impl Line {
    /// Puts a take in front; says whether somebody has to begin.
    fn join(&mut self, id: &str) -> bool {
        if self.without.contains(id) {
            return false;
        }
        self.waiting.retain(|other| other != id);
        if self.waiting.len() >= WAITING {
            self.waiting.remove(0);
        }
        self.waiting.push(id.to_owned());
        !std::mem::replace(&mut self.is_busy, true)
    }

    /// The next; who is told that there is none has ended.
    fn next(&mut self) -> Option<String> {
        let next = self.waiting.pop();
        self.is_busy = next.is_some();
        next
    }
}

/// Makes the small picture of a video that was just kept.
pub(super) fn make_poster(ledger: Ledger, id: &str) {
    LINE.with_borrow_mut(|line| line.without.remove(id));
    miss_poster(ledger, id);
}

/// Makes the small picture of a kept video that has none.
pub fn miss_poster(ledger: Ledger, id: &str) {
    if !LINE.with_borrow_mut(|line| line.join(id)) {
        return;
    }
    spawn(async move {
        while let Some(id) = LINE.with_borrow_mut(Line::next) {
            if !make(ledger, &id).await {
                LINE.with_borrow_mut(|line| line.without.insert(&id, ()));
            }
        }
    });
}

/// Whether the take has its picture, or needs none.
async fn make(ledger: Ledger, id: &str) -> bool {
    let Ok(Some(video)) = ledger.video(id).await else {
        return true;
    };
    if ledger.poster(id).await.is_some() {
        return true;
    }
    let Some(poster) = frame::poster(&video).await else {
        return false;
    };
    // Meanwhile its owner may have chosen one.
    if ledger.poster(id).await.is_none() {
        ledger.keep_poster(id, &poster).await;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_made_at_a_time_the_newest_first() {
        let mut line = Line::default();
        assert!(line.join("a"), "the first begins");
        assert!(!line.join("b"), "somebody is at it");
        assert!(!line.join("a"), "nobody waits twice");
        assert_eq!(line.next().as_deref(), Some("a"));
        assert_eq!(line.next().as_deref(), Some("b"));
        assert_eq!(line.next(), None);
        assert!(line.join("c"), "whoever was at it has ended");
    }

    #[test]
    fn who_scrolls_on_is_not_kept_waiting_by_what_was_left_behind() {
        let mut line = Line::default();
        for at in 0..=WAITING {
            line.join(&at.to_string());
        }
        assert_eq!(line.waiting.len(), WAITING);
        assert!(!line.waiting.contains(&"0".to_owned()));
        assert_eq!(line.next(), Some(WAITING.to_string()));
    }

    #[test]
    fn a_video_that_gives_none_is_asked_once() {
        let mut line = Line::default();
        line.without.insert("a", ());
        assert!(!line.join("a"));
        assert_eq!(line.next(), None);
    }
}
