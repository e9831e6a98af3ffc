//! A card: what is needed to find a take among thousands, without its record.

use super::record::{Maker, Picture, Settings, Take};
use super::state::State;
use super::store::Entry;
use crate::text::format::{lower, ratio};

/// Where a take stands, as far as finding and counting go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// On its way, or going on and watched.
    Running,
    /// Going on, not watched.
    Stopped,
    /// Nobody knows.
    Unsure,
    /// Unsure, and given up.
    PutAway,
    /// Done, its bytes not kept (yet).
    Done,
    /// Kept.
    Kept,
    /// Surely not accepted.
    Refused,
    /// The provider failed it.
    Failed,
    /// Made, and gone.
    Gone,
    /// A record that cannot be read.
    Damaged,
}

/// Whether a take was charged, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// It was made.
    Billed,
    /// It is on its way, or nobody knows.
    Unknown,
    /// It was not accepted, or it was free.
    NotBilled,
}

impl Charge {
    /// Of that take.
    pub fn of(take: &Take) -> Self {
        match (take.maker, &take.state) {
            (Maker::Engine, _) | (_, State::Refused(_)) => Self::NotBilled,
            (_, State::Succeeded { .. } | State::Kept { .. } | State::Expired { .. }) => Self::Billed,
            (_, State::Sending | State::Unsure { .. } | State::Watched { .. } | State::Failed { .. }) => {
                Self::Unknown
            }
        }
    }
}

/// What is needed to find a take.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// When it was made, Unix milliseconds; 0 for a damaged record.
    pub created_ms: u64,
    /// Where it stands.
    pub standing: Standing,
    /// Whether it starts from an image.
    pub is_image: bool,
    /// The shape of its picture, where that is known.
    pub shape: Option<String>,
    /// Whether it has sound.
    pub sound: bool,
    /// Its length in seconds.
    pub duration_secs: u8,
    /// Whether it was charged.
    pub charge: Charge,
    /// What it cost, by the estimate, in millionths of a US dollar: 0 where it was free or surely not charged.
    pub micro_usd: u64,
    /// Size of the kept video in bytes, 0 without.
    pub bytes: u64,
    /// The take it repeats.
    pub again_of: Option<String>,
    /// Marked with a star.
    pub is_starred: bool,
    /// The collections it is in.
    pub collections: Vec<String>,
    /// What is searched, in small letters.
    pub words: String,
}

impl Card {
    /// The card of a record.
    pub fn of(entry: &Entry) -> Self {
        match entry {
            Entry::Take(take) => Self::of_take(take),
            Entry::Damaged(damaged) => Self {
                created_ms: 0,
                standing: Standing::Damaged,
                is_image: false,
                shape: None,
                sound: false,
                duration_secs: 0,
                charge: Charge::NotBilled,
                micro_usd: 0,
                bytes: 0,
                again_of: None,
                is_starred: false,
                collections: Vec::new(),
                words: lower(&damaged.id),
            },
        }
    }

    pub(super) fn of_take(take: &Take) -> Self {
        let settings = &take.settings;
        let charge = Charge::of(take);
        Self {
            created_ms: take.created_ms,
            standing: standing(&take.state),
            is_image: settings.image.is_some(),
            shape: settings.shape(),
            sound: settings.sound,
            duration_secs: settings.duration_secs,
            charge,
            micro_usd: if charge == Charge::NotBilled {
                0
            } else {
                take.price.micro_usd
            },
            bytes: match &take.state {
                State::Kept { file, .. } => file.bytes,
                _ => 0,
            },
            again_of: take.again_of.clone(),
            is_starred: take.filed.is_starred,
            collections: take.filed.collections.clone(),
            words: lower(&searched(take).join("\n")),
        }
    }

    /// Whether it goes on, or needs a decision of its author's.
    pub fn is_pending(&self) -> bool {
        matches!(
            self.standing,
            Standing::Running | Standing::Stopped | Standing::Unsure | Standing::Done | Standing::Damaged
        )
    }
}

/// Everything a take can be found by.
fn searched(take: &Take) -> Vec<&str> {
    let settings = &take.settings;
    let shots = settings.shots.iter().map(|shot| shot.prompt.as_str());
    let collections = take.filed.collections.iter().map(String::as_str);
    [settings.prompt.as_str(), take.filed.note.as_str()]
        .into_iter()
        .chain(shots)
        .chain(collections)
        .chain(take.state.task())
        .filter(|text| !text.is_empty())
        .collect()
}

fn standing(state: &State) -> Standing {
    match state {
        State::Unsure {
            is_put_away: true, ..
        } => Standing::PutAway,
        State::Unsure { .. } => Standing::Unsure,
        State::Watched { watch, .. } if watch.is_stopped => Standing::Stopped,
        State::Sending | State::Watched { .. } => Standing::Running,
        State::Succeeded { .. } => Standing::Done,
        State::Kept { .. } => Standing::Kept,
        State::Refused(_) => Standing::Refused,
        State::Failed { .. } => Standing::Failed,
        State::Expired { .. } => Standing::Gone,
    }
}

impl Settings {
    /// The shape of the picture, where it is known: `16:9`.
    pub fn shape(&self) -> Option<String> {
        match &self.image {
            Some(Picture::Kept { width, height }) => Some(ratio(*width, *height)),
            Some(Picture::Url(_)) => None,
            None => self.aspect_ratio.clone(),
        }
    }
}
