//! Which takes are shown.

use crate::ledger::{Entry, State};
use crate::text::format::lower;

/// One kind of takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// All.
    #[default]
    All,
    /// On their way or going on.
    Running,
    /// With a video.
    Videos,
    /// Unsure, refused, failed, gone, unreadable.
    Trouble,
}

impl Kind {
    /// All kinds, in the order shown.
    pub const EACH: [Self; 4] = [Self::All, Self::Running, Self::Videos, Self::Trouble];

    /// A name for a form's value.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Running => "running",
            Self::Videos => "videos",
            Self::Trouble => "trouble",
        }
    }

    /// The kind of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Self {
        Self::EACH
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or_default()
    }

    fn takes_in(self, entry: &Entry) -> bool {
        let Some(take) = entry.take() else {
            return matches!(self, Self::All | Self::Trouble);
        };
        match self {
            Self::All => true,
            Self::Running => take.state.is_running(),
            Self::Videos => matches!(take.state, State::Succeeded { .. } | State::Kept { .. }),
            Self::Trouble => matches!(
                take.state,
                State::Unsure { .. } | State::Refused(_) | State::Failed { .. } | State::Expired { .. }
            ),
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all be in the prompt, a shot, or the task id; in any case.
    pub words: String,
    /// The kind.
    pub kind: Kind,
}

impl Filter {
    /// Whether a record is shown.
    pub fn fits(&self, entry: &Entry) -> bool {
        if !self.kind.takes_in(entry) {
            return false;
        }
        if self.words.trim().is_empty() {
            return true;
        }
        let Some(take) = entry.take() else { return false };
        let shots = take.settings.shots.iter().map(|shot| shot.prompt.as_str());
        let text: Vec<&str> = std::iter::once(take.settings.prompt.as_str())
            .chain(shots)
            .chain(take.state.task())
            .collect();
        let text = lower(&text.join("\n"));
        lower(&self.words)
            .split_whitespace()
            .all(|word| text.contains(word))
    }
}
