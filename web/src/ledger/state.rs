//! Where a take stands, and what each event makes of it: one table, no I/O.

use rushes_core::{Status, TaskId, TaskState};

use super::trouble::Trouble;

/// Where a take stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The intent is on disk; the one `POST` may be on its way.
    Sending,
    /// Nobody knows whether it was accepted. It is never sent again by itself.
    Unsure {
        /// Why.
        why: Doubt,
        /// Since when, Unix milliseconds.
        since_ms: u64,
        /// Its author put it away.
        is_put_away: bool,
    },
    /// Surely not accepted, so not charged.
    Refused(Trouble),
    /// The API gave it a task id; it is not over.
    Watched {
        /// The task's id.
        task: String,
        /// What was last seen of it.
        watch: Watch,
    },
    /// Done; the video is behind a link that dies, not yet kept here.
    Succeeded {
        /// The task's id.
        task: String,
        /// The video, if the provider gave a link.
        link: Option<Link>,
        /// Why the last attempt to keep it did not work.
        not_kept: Option<NotKept>,
    },
    /// The video's bytes are on this disk.
    Kept {
        /// The task's id.
        task: String,
        /// What was kept.
        file: KeptFile,
    },
    /// The provider says that it failed.
    Failed {
        /// The task's id.
        task: String,
        /// The provider's words.
        reason: Option<String>,
    },
    /// It was made, and can no longer be had through what is known here.
    Expired {
        /// The task's id.
        task: String,
        /// What is gone.
        cause: Gone,
    },
}

/// Why the outcome of a `POST` is not known.
#[derive(Clone, Debug, PartialEq)]
pub enum Doubt {
    /// The page went away while it was being sent.
    PageClosed,
    /// No answer, or one that says nothing.
    Answer(Trouble),
}

/// What was last seen of a running task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watch {
    /// What the provider last said.
    pub status: Seen,
    /// 0 to 100, if the provider says so.
    pub progress_percent: Option<f64>,
    /// Seconds to go at the last look, if the provider says so.
    pub eta_secs: Option<f64>,
    /// When the last look that told something was, Unix milliseconds.
    pub checked_ms: Option<u64>,
    /// Why the last look told nothing, if it did not.
    pub missed: Option<Trouble>,
    /// Its author stopped watching. The task goes on.
    pub is_stopped: bool,
}

/// The provider's word for a task that is not over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// Accepted; nothing seen yet.
    #[default]
    Nothing,
    /// In the provider's queue.
    Queued,
    /// Being made.
    Processing,
    /// A word nobody knows, verbatim: it may be anything but an end.
    Other(String),
}

/// A link to a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where: http(s) only.
    pub url: String,
    /// When it dies, Unix milliseconds, if the provider says so.
    pub expires_ms: Option<u64>,
    /// `mp4`, `gif`, as the provider says.
    pub kind: Option<String>,
}

/// Why bytes could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The host of the file lets no page read it, or cannot be reached: the two look alike.
    Unreadable,
    /// The file came short of its length.
    CutShort,
    /// What came is not a video.
    NotAVideo,
    /// This browser's storage took it not: full, most likely.
    NoRoom,
}

/// A video on this disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Size in bytes.
    pub bytes: u64,
    /// `video/mp4`, `image/gif`.
    pub media_type: String,
    /// Since when, Unix milliseconds.
    pub kept_ms: u64,
}

/// What is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// The link died before the video was kept, and a fresh look gave no other.
    Link,
    /// The browser cleared the copy, and the link is dead.
    Copy,
    /// The task is done, and the provider gives no link.
    NoLink,
    /// Its author made room.
    Freed,
}

/// What happens to a take.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The answer to the `POST` gave a task id.
    Accepted(TaskId),
    /// The answer says that it was surely not accepted.
    Refused(Trouble),
    /// The `POST` came to nothing that could be read.
    Doubted(Trouble),
    /// The page that was sending it is gone.
    PageClosed,
    /// A look at the task told this.
    Saw(Box<TaskState>),
    /// A look at the task told nothing.
    Missed(Trouble),
    /// Its author stops watching.
    StopWatching,
    /// Its author looks again.
    LookAgain,
    /// Its author knows the task id.
    Named(TaskId),
    /// Its author gives an unsure one up, or takes that back.
    PutAway(bool),
    /// The bytes are on disk.
    Kept(KeptFile),
    /// The bytes could not be kept this time.
    NotKept(NotKept),
    /// No link works any more.
    LinkDied(Gone),
    /// The copy on disk is not there.
    CopyGone,
    /// Its author gives the copy on disk up.
    Freed,
}

impl State {
    /// The state after that event at `now_ms` (Unix milliseconds), or `None` where the event changes nothing.
    ///
    /// A late success wins over *unsure* and over having stopped to watch; nothing wins over the provider's failure.
    pub fn after(&self, event: &Event, now_ms: u64) -> Option<Self> {
        match (self, event) {
            (Self::Sending | Self::Unsure { .. } | Self::Refused(_), Event::Accepted(task))
            | (Self::Unsure { .. }, Event::Named(task)) => Some(Self::watched(task)),
            (Self::Sending | Self::Unsure { .. }, Event::Refused(trouble)) => {
                Some(Self::Refused(trouble.clone()))
            }
            (Self::Sending, Event::Doubted(trouble)) => {
                Some(Self::unsure(Doubt::Answer(trouble.clone()), now_ms))
            }
            (
                Self::Unsure {
                    why: Doubt::PageClosed,
                    since_ms,
                    is_put_away,
                },
                Event::Doubted(trouble),
            ) => Some(Self::Unsure {
                why: Doubt::Answer(trouble.clone()),
                since_ms: *since_ms,
                is_put_away: *is_put_away,
            }),
            (Self::Sending, Event::PageClosed) => Some(Self::unsure(Doubt::PageClosed, now_ms)),
            (
                Self::Unsure {
                    why,
                    since_ms,
                    is_put_away,
                },
                Event::PutAway(away),
            ) if is_put_away != away => Some(Self::Unsure {
                why: why.clone(),
                since_ms: *since_ms,
                is_put_away: *away,
            }),
            (Self::Watched { task, watch }, event) => watched_after(task, watch, event, now_ms),
            (Self::Succeeded { task, link, not_kept }, event) => {
                succeeded_after(task, link.as_ref(), *not_kept, event, now_ms)
            }
            (Self::Kept { task, .. }, Event::CopyGone) => Some(Self::Expired {
                task: task.clone(),
                cause: Gone::Copy,
            }),
            (Self::Kept { task, .. }, Event::Freed) => Some(Self::Expired {
                task: task.clone(),
                cause: Gone::Freed,
            }),
            (Self::Expired { task, .. }, Event::Saw(seen)) => {
                let link = link(seen, now_ms)?;
                (seen.status == Status::Succeeded).then(|| Self::Succeeded {
                    task: task.clone(),
                    link: Some(link),
                    not_kept: None,
                })
            }
            (Self::Expired { task, .. }, Event::Kept(file)) => Some(Self::Kept {
                task: task.clone(),
                file: file.clone(),
            }),
            _ => None,
        }
    }

    /// The task's id, once there is one.
    pub fn task(&self) -> Option<&str> {
        match self {
            Self::Sending | Self::Unsure { .. } | Self::Refused(_) => None,
            Self::Watched { task, .. }
            | Self::Succeeded { task, .. }
            | Self::Kept { task, .. }
            | Self::Failed { task, .. }
            | Self::Expired { task, .. } => Some(task),
        }
    }

    /// Whether the watcher should look at it.
    pub fn is_watched(&self) -> bool {
        matches!(self, Self::Watched { watch, .. } if !watch.is_stopped)
    }

    /// Whether it is on its way at the provider, watched or not, or on its way there.
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Sending | Self::Watched { .. })
    }

    /// Whether nothing more is waited for: the video is there, or never will be.
    pub fn is_over(&self) -> bool {
        !matches!(
            self,
            Self::Sending | Self::Watched { .. } | Self::Succeeded { not_kept: None, .. }
        )
    }

    /// Whether it may be deleted without losing something that was paid for or may yet come.
    pub fn is_deletable(&self) -> bool {
        match self {
            Self::Sending | Self::Watched { .. } => false,
            Self::Unsure { is_put_away, .. } => *is_put_away,
            Self::Refused(_)
            | Self::Succeeded { .. }
            | Self::Kept { .. }
            | Self::Failed { .. }
            | Self::Expired { .. } => true,
        }
    }

    fn watched(task: &TaskId) -> Self {
        Self::Watched {
            task: task.as_str().to_owned(),
            watch: Watch::default(),
        }
    }

    fn unsure(why: Doubt, since_ms: u64) -> Self {
        Self::Unsure {
            why,
            since_ms,
            is_put_away: false,
        }
    }
}

fn watched_after(task: &str, watch: &Watch, event: &Event, now_ms: u64) -> Option<State> {
    let task = task.to_owned();
    let changed = match event {
        Event::Saw(seen) => return Some(saw(task, watch, seen, now_ms)),
        Event::Missed(trouble) => Watch {
            missed: Some(trouble.clone()),
            ..watch.clone()
        },
        Event::StopWatching => Watch {
            is_stopped: true,
            ..watch.clone()
        },
        Event::LookAgain => Watch {
            is_stopped: false,
            missed: None,
            ..watch.clone()
        },
        _ => return None,
    };
    (changed != *watch).then_some(State::Watched { task, watch: changed })
}

fn saw(task: String, watch: &Watch, seen: &TaskState, now_ms: u64) -> State {
    let status = match &seen.status {
        Status::Succeeded => {
            return State::Succeeded {
                task,
                link: link(seen, now_ms),
                not_kept: None,
            };
        }
        Status::Failed => {
            return State::Failed {
                task,
                reason: seen.reason.clone(),
            };
        }
        Status::Queued => Seen::Queued,
        Status::Processing => Seen::Processing,
        Status::Unknown(word) => Seen::Other(word.clone()),
    };
    let watch = Watch {
        status,
        progress_percent: seen.progress_percent,
        eta_secs: seen.eta_secs,
        checked_ms: Some(now_ms),
        missed: None,
        is_stopped: watch.is_stopped,
    };
    State::Watched { task, watch }
}

fn succeeded_after(
    task: &str,
    old: Option<&Link>,
    not_kept: Option<NotKept>,
    event: &Event,
    now_ms: u64,
) -> Option<State> {
    let task = task.to_owned();
    match event {
        Event::Saw(seen) if seen.status == Status::Succeeded => {
            let mut fresh = link(seen, now_ms)?;
            if let Some(old) = old.filter(|old| old.url == fresh.url) {
                // The same link again: its life began when it was first seen, whatever the answer repeats.
                fresh.expires_ms = old.expires_ms;
            }
            Some(State::Succeeded {
                task,
                link: Some(fresh),
                not_kept: None,
            })
        }
        Event::Kept(file) => Some(State::Kept {
            task,
            file: file.clone(),
        }),
        Event::NotKept(why) if not_kept != Some(*why) => Some(State::Succeeded {
            task,
            link: old.cloned(),
            not_kept: Some(*why),
        }),
        Event::LinkDied(cause) => Some(State::Expired { task, cause: *cause }),
        _ => None,
    }
}

/// The first video of a result; its life counts from when it was read.
fn link(seen: &TaskState, now_ms: u64) -> Option<Link> {
    let video = seen.videos.first()?;
    Some(Link {
        url: video.url.clone(),
        expires_ms: video
            .ttl_secs
            .map(|secs| now_ms.saturating_add(secs.saturating_mul(1000))),
        kind: video.kind.clone(),
    })
}
