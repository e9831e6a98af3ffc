//! Which takes are shown, and in which order.

use std::cmp::Reverse;

use crate::ledger::{Card, Standing};
use crate::text::format::lower;

/// One kind of takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// All.
    #[default]
    All,
    /// On their way or going on.
    Running,
    /// Nobody knows whether they were accepted.
    Unsure,
    /// With a video.
    Videos,
    /// Refused or failed.
    Failed,
    /// Made and gone, or unreadable.
    Gone,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// The longest first.
    Longest,
    /// What cost most first.
    Dearest,
    /// The largest file first.
    Largest,
}

/// How takes are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// As pictures.
    #[default]
    Grid,
    /// Line by line.
    List,
}

impl Named for View {
    const EACH: &'static [Self] = &[Self::Grid, Self::List];

    fn name(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::List => "list",
        }
    }
}

/// Values of a form: each has a name that is stored and never changed.
pub trait Named: Copy + Default + PartialEq + 'static {
    /// All values, in the order shown.
    const EACH: &'static [Self];

    /// Its name.
    fn name(self) -> &'static str;

    /// The value of that [`name`](Self::name), the usual one for any other.
    fn from_name(name: &str) -> Self {
        Self::EACH
            .iter()
            .copied()
            .find(|value| value.name() == name)
            .unwrap_or_default()
    }
}

impl Named for Kind {
    const EACH: &'static [Self] = &[
        Self::All,
        Self::Videos,
        Self::Running,
        Self::Unsure,
        Self::Failed,
        Self::Gone,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Running => "running",
            Self::Unsure => "unsure",
            Self::Videos => "videos",
            Self::Failed => "failed",
            Self::Gone => "gone",
        }
    }
}

impl Named for Order {
    const EACH: &'static [Self] = &[
        Self::Newest,
        Self::Oldest,
        Self::Longest,
        Self::Dearest,
        Self::Largest,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Longest => "longest",
            Self::Dearest => "dearest",
            Self::Largest => "largest",
        }
    }
}

impl Kind {
    fn takes_in(self, standing: Standing) -> bool {
        match self {
            Self::All => true,
            Self::Running => matches!(standing, Standing::Running | Standing::Stopped),
            Self::Unsure => matches!(standing, Standing::Unsure | Standing::PutAway),
            Self::Videos => matches!(standing, Standing::Done | Standing::Kept),
            Self::Failed => matches!(standing, Standing::Refused | Standing::Failed),
            Self::Gone => matches!(standing, Standing::Gone | Standing::Damaged),
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all be in the prompt, a shot, the note, a collection's name or the task id; in any case.
    pub words: String,
    /// The kind.
    pub kind: Kind,
    /// Only those that start from an image, or only those that do not.
    pub is_image: Option<bool>,
    /// Only those with sound, or only those without.
    pub sound: Option<bool>,
    /// Only that shape.
    pub shape: Option<String>,
    /// Only those with a star.
    pub is_starred: bool,
    /// Only those in that collection.
    pub collection: Option<String>,
}

impl Filter {
    fn fits_but_words(&self, card: &Card) -> bool {
        self.kind.takes_in(card.standing)
            && self.is_image.is_none_or(|is_image| card.is_image == is_image)
            && self.sound.is_none_or(|sound| card.sound == sound)
            && self
                .shape
                .as_ref()
                .is_none_or(|shape| card.shape.as_ref() == Some(shape))
            && (!self.is_starred || card.is_starred)
            && self
                .collection
                .as_ref()
                .is_none_or(|name| card.collections.contains(name))
    }

    /// Those of the cards that fit, given the newest first, by their place in what was given.
    pub fn find<'a>(&self, cards: impl Iterator<Item = &'a Card>, order: Order) -> Vec<usize> {
        let words = lower(&self.words);
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut found: Vec<(usize, &Card)> = cards
            .enumerate()
            .filter(|(_, card)| {
                self.fits_but_words(card) && words.iter().all(|word| card.words.contains(word))
            })
            .collect();
        // Sorting is stable: among equals the newest is first.
        match order {
            Order::Newest => {}
            Order::Oldest => found.reverse(),
            Order::Longest => found.sort_by_key(|(_, card)| Reverse(card.duration_secs)),
            Order::Dearest => found.sort_by_key(|(_, card)| Reverse(card.micro_usd)),
            Order::Largest => found.sort_by_key(|(_, card)| Reverse(card.bytes)),
        }
        found.into_iter().map(|(index, _)| index).collect()
    }

    /// How many of the narrower conditions are on, the words and the kind aside.
    pub fn count(&self) -> usize {
        [
            self.is_image.is_some(),
            self.sound.is_some(),
            self.shape.is_some(),
            self.is_starred,
            self.collection.is_some(),
        ]
        .into_iter()
        .filter(|is_on| *is_on)
        .count()
    }
}

/// Every value that some cards have, sorted, each once: what can be chosen between.
pub fn values<'a>(all: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut values: Vec<&String> = all.collect();
    values.sort_unstable();
    values.dedup();
    values.into_iter().cloned().collect()
}
