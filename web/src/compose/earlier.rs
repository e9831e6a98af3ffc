//! Prompts that were sent before, gone through one by one from within a field.

use super::{compile, fields::FieldKey};
use crate::ledger::Take;

/// How many are gone through.
const MOST: usize = 200;

/// What was sent before from such a field: the newest first, each once.
pub fn texts(takes: &[Take], field: FieldKey) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for take in takes {
        let settings = &take.settings;
        let read = compile::read_back(&settings.prompt);
        let of_take: Vec<&str> = match field {
            FieldKey::Negative => settings.negative_prompt.as_deref().into_iter().collect(),
            FieldKey::ShotPrompt(_) => {
                let compiled = read
                    .iter()
                    .flat_map(|(_, shots)| shots)
                    .map(|shot| shot.prompt.as_str());
                settings
                    .shots
                    .iter()
                    .map(|shot| shot.prompt.as_str())
                    .chain(compiled)
                    .collect()
            }
            _ => vec![
                read.as_ref()
                    .map_or(settings.prompt.as_str(), |(main, _)| main.as_str()),
            ],
        };
        for text in of_take {
            if !text.trim().is_empty() && !found.iter().any(|other| other == text) {
                found.push(text.to_owned());
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

/// Where somebody stands among earlier texts: before them all is one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    place: usize,
    own: String,
}

impl Walk {
    /// Whether an earlier text is shown.
    pub fn is_back(&self) -> bool {
        self.place > 0
    }

    /// Which one it is, from 1.
    pub fn place(&self) -> usize {
        self.place
    }

    /// One's own text again.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// One step to earlier texts, or back: what is shown then, or nothing at either end.
    pub fn step(&mut self, texts: &[String], now: &str, is_back: bool) -> Option<String> {
        let place = if is_back {
            self.place + 1
        } else {
            self.place.checked_sub(1)?
        };
        let text = match place.checked_sub(1) {
            None => std::mem::take(&mut self.own),
            Some(index) => texts.get(index)?.clone(),
        };
        if self.place == 0 {
            now.clone_into(&mut self.own);
        }
        self.place = place;
        Some(text)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_goes_back_and_forth_and_finds_ones_own_again() {
        let texts = ["newest".to_owned(), "oldest".to_owned()];
        let mut walk = Walk::default();
        for (is_back, shown) in [
            (false, None),
            (true, Some("newest")),
            (true, Some("oldest")),
            (true, None),
            (false, Some("newest")),
            (false, Some("own")),
            (false, None),
            (true, Some("newest")),
        ] {
            assert_eq!(walk.step(&texts, "own", is_back).as_deref(), shown);
        }
        walk.forget();
        assert!(!walk.is_back());
    }

    proptest! {
        #[test]
        fn ones_own_is_never_lost(texts in proptest::collection::vec("[a-z]{1,3}", 0..5), steps in proptest::collection::vec(any::<bool>(), 0..20)) {
            let mut walk = Walk::default();
            let mut now = "OWN".to_owned();
            for is_back in steps {
                if let Some(text) = walk.step(&texts, &now, is_back) {
                    now = text;
                }
                prop_assert_eq!(walk.is_back(), now != "OWN");
            }
            while walk.is_back() {
                now = walk.step(&texts, &now, false).expect("a step");
            }
            prop_assert_eq!(now, "OWN");
        }
    }
}
