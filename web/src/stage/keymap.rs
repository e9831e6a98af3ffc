//! The keys of the player: which does what, changed or turned off by who uses them. Plain values.

/// What a key of the player does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Plays, or stops.
    Play,
    /// Backward, faster with each press.
    Backward,
    /// Stops.
    Stop,
    /// Forward, faster with each press.
    Forward,
    /// One frame back.
    FrameBack,
    /// One frame on.
    FrameOn,
    /// The loop begins here.
    MarkIn,
    /// The loop ends here.
    MarkOut,
    /// Loops, or not.
    Loop,
    /// Mutes, or not.
    Mute,
    /// Fills the screen, or not.
    Full,
}

impl Deed {
    /// All, in the order shown.
    pub const EACH: [Self; 11] = [
        Self::Play,
        Self::Backward,
        Self::Stop,
        Self::Forward,
        Self::FrameBack,
        Self::FrameOn,
        Self::MarkIn,
        Self::MarkOut,
        Self::Loop,
        Self::Mute,
        Self::Full,
    ];

    /// Its key until it is changed, as the browser names it.
    fn usual(self) -> &'static str {
        match self {
            Self::Play => " ",
            Self::Backward => "j",
            Self::Stop => "k",
            Self::Forward => "l",
            Self::FrameBack => ",",
            Self::FrameOn => ".",
            Self::MarkIn => "[",
            Self::MarkOut => "]",
            Self::Loop => "o",
            Self::Mute => "m",
            Self::Full => "f",
        }
    }
}

/// The keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// Whether single keys do anything at all.
    pub is_on: bool,
    keys: [String; Deed::EACH.len()],
}

impl Default for Keymap {
    fn default() -> Self {
        Self {
            is_on: true,
            keys: Deed::EACH.map(|deed| deed.usual().to_owned()),
        }
    }
}

impl Keymap {
    fn place(deed: Deed) -> usize {
        Deed::EACH
            .iter()
            .position(|other| *other == deed)
            .unwrap_or_default()
    }

    /// The key that does it.
    pub fn key(&self, deed: Deed) -> &str {
        &self.keys[Self::place(deed)]
    }

    /// What a key does, if anything; small or capital letters alike.
    pub fn deed(&self, key: &str) -> Option<Deed> {
        let key = normal(key)?;
        let place = self.keys.iter().position(|other| *other == key)?;
        self.is_on.then_some(Deed::EACH[place])
    }

    /// Gives a deed another key; what had that key gets the old one, so that nothing is without. Says whether the key
    /// can be one.
    pub fn set(&mut self, deed: Deed, key: &str) -> bool {
        let Some(key) = normal(key) else { return false };
        let own = Self::place(deed);
        if let Some(other) = self.keys.iter().position(|other| *other == key) {
            self.keys.swap(own, other);
        } else {
            self.keys[own] = key;
        }
        true
    }

    /// As it is stored: whether they are on, then the keys, each as its number.
    pub fn stored(&self) -> String {
        let mut text = if self.is_on { "on" } else { "off" }.to_owned();
        for key in &self.keys {
            let char = key.chars().next().map_or(0, u32::from);
            text.push(' ');
            text.push_str(&char.to_string());
        }
        text
    }

    /// From what was stored; the usual keys where that is none.
    pub fn read(text: &str) -> Self {
        let mut words = text.split(' ');
        let is_on = words.next() != Some("off");
        let keys: Vec<String> = words
            .filter_map(|word| char::from_u32(word.parse().ok()?))
            .filter_map(|char| normal(&char.to_string()))
            .collect();
        let mut each = keys.clone();
        each.sort_unstable();
        each.dedup();
        match keys.try_into() {
            Ok(keys) if each.len() == Deed::EACH.len() => Self { is_on, keys },
            _ => Self {
                is_on,
                ..Self::default()
            },
        }
    }
}

/// A key as it is kept: one character, small; none for keys with names of their own, which keep what they do.
fn normal(key: &str) -> Option<String> {
    let mut chars = key.chars();
    let char = chars.next()?;
    (chars.next().is_none() && !char.is_control()).then(|| char.to_ascii_lowercase().to_string())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However keys are changed, each deed has one key, no two the same, and storing loses nothing.
        #[test]
        fn each_deed_has_a_key(changes in proptest::collection::vec((0_usize..11, "[ -~]"), 0..30), is_on in any::<bool>()) {
            let mut keymap = Keymap { is_on, ..Keymap::default() };
            for (deed, key) in changes {
                prop_assert!(keymap.set(Deed::EACH[deed], &key));
                prop_assert_eq!(keymap.key(Deed::EACH[deed]), key.to_ascii_lowercase());
            }
            for deed in Deed::EACH {
                let expected = is_on.then_some(deed);
                prop_assert_eq!(keymap.deed(keymap.key(deed)), expected);
                prop_assert_eq!(keymap.deed(&keymap.key(deed).to_ascii_uppercase()), expected);
            }
            prop_assert_eq!(Keymap::read(&keymap.stored()), keymap);
        }

        #[test]
        fn anything_stored_is_read(text in ".{0,60}") {
            let keymap = Keymap::read(&text);
            prop_assert_eq!(Keymap::read(&keymap.stored()), keymap);
        }
    }

    #[test]
    fn keys_with_names_are_left_alone() {
        let mut keymap = Keymap::default();
        for key in ["Tab", "Escape", "ArrowLeft", ""] {
            assert!(!keymap.set(Deed::Play, key), "{key}");
            assert_eq!(keymap.deed(key), None);
        }
        assert_eq!(keymap, Keymap::default());
    }
}
