//! Which takes are attempts at the same thing: each that repeats another is linked to the first. Plain values.

use crate::ledger::Card;

/// Who repeats whom.
#[derive(Clone, Debug, Default)]
pub struct Links<'a> {
    /// The one that repeats, the one repeated; sorted.
    repeats: Vec<(&'a str, &'a str)>,
    /// The ones repeated, sorted.
    repeated: Vec<&'a str>,
}

impl<'a> Links<'a> {
    /// From each take's id and card.
    pub fn of(takes: impl Iterator<Item = (&'a str, &'a Card)>) -> Self {
        let mut repeats: Vec<(&str, &str)> = takes
            .filter_map(|(id, card)| Some((id, card.again_of.as_deref()?)))
            .collect();
        repeats.sort_unstable();
        let mut repeated: Vec<&str> = repeats.iter().map(|(_, first)| *first).collect();
        repeated.sort_unstable();
        Self { repeats, repeated }
    }

    /// Whether another take repeats it.
    pub fn has_next(&self, id: &str) -> bool {
        self.repeated.binary_search(&id).is_ok()
    }

    /// The first attempt, as far back as records tell; it may be gone itself.
    pub fn first(&self, id: &'a str) -> &'a str {
        let mut at = id;
        // As many steps as there are links: records from outside may run in a circle.
        for _ in 0..=self.repeats.len() {
            let Ok(index) = self.repeats.binary_search_by(|(repeat, _)| (*repeat).cmp(at)) else {
                return at;
            };
            at = self.repeats[index].1;
        }
        at
    }
}

/// The attempts at what that take is an attempt at, the first first, by their places in what was given (the newest
/// first); only one where it was never repeated.
pub fn attempts(takes: &[(&str, &Card)], id: &str) -> Vec<usize> {
    let links = Links::of(takes.iter().copied());
    let Some(own) = takes.iter().find(|(other, _)| *other == id) else {
        return Vec::new();
    };
    let first = links.first(own.0);
    let mut found: Vec<usize> = (0..takes.len())
        .filter(|index| links.first(takes[*index].0) == first)
        .collect();
    found.reverse();
    found
}
