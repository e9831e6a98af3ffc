//! Every key that the page listens to, in one table: the list that `?` opens is made of it, and a test holds it to what
//! the handlers match. The player's keys are its owner's to change: [`Deed`](crate::stage::keymap::Deed) is their table.

/// Where keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere on the page.
    Anywhere,
    /// In a prompt.
    Prompt,
    /// In the list of words that a prompt's button opens.
    Palette,
    /// On the timeline of the shots.
    Timeline,
    /// In the library.
    Library,
    /// On the frame that cuts a picture.
    Crop,
}

impl Place {
    /// All, in the order shown.
    pub const EACH: [Self; 6] = [
        Self::Anywhere,
        Self::Prompt,
        Self::Palette,
        Self::Timeline,
        Self::Library,
        Self::Crop,
    ];
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Sends the form.
    Generate,
    /// One step of the form back.
    Undo,
    /// One step of the form forth.
    Redo,
    /// Opens the list of keys.
    List,
    /// Closes what is open; the browser does.
    Close,
    /// Earlier prompts.
    Earlier,
    /// Goes through the words.
    WordGo,
    /// Puts a word in.
    WordPut,
    /// Goes from shot to shot.
    ShotGo,
    /// Goes to the first or last shot.
    ShotEnds,
    /// Moves a shot.
    ShotMove,
    /// Makes a shot longer or shorter.
    ShotLength,
    /// Takes a drag back.
    DragBack,
    /// Moves a shot's edge.
    EdgeMove,
    /// Moves a shot's edge as far as it goes.
    EdgeEnds,
    /// Goes from take to take.
    TakeGo,
    /// Goes to the ends of a row.
    TakeRow,
    /// Goes to the first or last take.
    TakeEnds,
    /// Goes on by a screenful.
    TakePage,
    /// Shows a take.
    TakeShow,
    /// Chooses a take, or not.
    TakeChoose,
    /// Chooses up to here.
    TakeExtend,
    /// Chooses all.
    TakeAll,
    /// Chooses none.
    TakeNone,
    /// Deletes what is chosen.
    TakeDelete,
    /// Moves the frame.
    CropMove,
    /// Changes its size.
    CropSize,
    /// By one pixel.
    CropPixel,
}

/// One line of the list: where, what, and the keys as the browser names them, each with what is held beside it.
pub type Line = (Place, Shortcut, &'static [&'static str]);

const ARROWS: [&str; 4] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/// Every key.
pub static TABLE: [Line; 28] = [
    (Place::Anywhere, Shortcut::Generate, &["Mod+Enter"]),
    (Place::Anywhere, Shortcut::Undo, &["Mod+Z"]),
    (Place::Anywhere, Shortcut::Redo, &["Mod+Shift+Z", "Ctrl+Y"]),
    (Place::Anywhere, Shortcut::List, &["?"]),
    (Place::Anywhere, Shortcut::Close, &["Escape"]),
    (
        Place::Prompt,
        Shortcut::Earlier,
        &["Alt+ArrowUp", "Alt+ArrowDown"],
    ),
    (Place::Palette, Shortcut::WordGo, &["ArrowUp", "ArrowDown"]),
    (Place::Palette, Shortcut::WordPut, &["Enter"]),
    (Place::Timeline, Shortcut::ShotGo, &["ArrowLeft", "ArrowRight"]),
    (Place::Timeline, Shortcut::ShotEnds, &["Home", "End"]),
    (
        Place::Timeline,
        Shortcut::ShotMove,
        &["Shift+ArrowLeft", "Shift+ArrowRight"],
    ),
    (Place::Timeline, Shortcut::ShotLength, &["ArrowUp", "ArrowDown"]),
    (Place::Timeline, Shortcut::EdgeMove, &ARROWS),
    (Place::Timeline, Shortcut::EdgeEnds, &["Home", "End"]),
    (Place::Timeline, Shortcut::DragBack, &["Escape"]),
    (Place::Library, Shortcut::TakeGo, &ARROWS),
    (Place::Library, Shortcut::TakeRow, &["Home", "End"]),
    (Place::Library, Shortcut::TakeEnds, &["Mod+Home", "Mod+End"]),
    (Place::Library, Shortcut::TakePage, &["PageUp", "PageDown"]),
    (Place::Library, Shortcut::TakeShow, &["Enter"]),
    (Place::Library, Shortcut::TakeChoose, &[" "]),
    (
        Place::Library,
        Shortcut::TakeExtend,
        &["Shift+ArrowDown", "Shift+ "],
    ),
    (Place::Library, Shortcut::TakeAll, &["Mod+A"]),
    (Place::Library, Shortcut::TakeNone, &["Escape"]),
    (Place::Library, Shortcut::TakeDelete, &["Delete", "Backspace"]),
    (Place::Crop, Shortcut::CropMove, &ARROWS),
    (
        Place::Crop,
        Shortcut::CropSize,
        &["Shift+ArrowLeft", "Shift+ArrowUp"],
    ),
    (
        Place::Crop,
        Shortcut::CropPixel,
        &["Alt+ArrowLeft", "Alt+ArrowUp"],
    ),
];

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;

    /// Where keys are listened to, and which lines of the table those are.
    const HANDLERS: [(&str, Place); 8] = [
        ("app/keys.rs", Place::Anywhere),
        ("compose/undo.rs", Place::Anywhere),
        ("compose/prompts.rs", Place::Prompt),
        ("compose/palette.rs", Place::Palette),
        ("compose/strip.rs", Place::Timeline),
        ("compose/shot_strip.rs", Place::Timeline),
        ("library/shelf.rs", Place::Library),
        ("darkroom/crop_tool.rs", Place::Crop),
    ];
    /// They listen by the player's own table, which its owner changes.
    const BY_KEYMAP: [&str; 2] = ["stage/controls.rs", "stage/key_dialog.rs"];

    /// Every source of the page, by its path in `src`.
    fn sources(folder: &Path, inside: &str, into: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{inside}{name}");
            if entry.path().is_dir() {
                sources(&entry.path(), &format!("{path}/"), into);
            } else if path != "help/shortcuts.rs" {
                into.insert(path, std::fs::read_to_string(entry.path()).expect("a source"));
            }
        }
    }

    fn all() -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        sources(&folder, "", &mut all);
        all
    }

    /// The keys that a source matches: in the arms of a `match` of a key, and in comparisons with one.
    fn matched(source: &str) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let mut is_inside = None;
        for line in source.lines() {
            let indent = line.len() - line.trim_start().len();
            if line.contains(".key().as_str() {") || line.trim_start().starts_with("match key {") {
                is_inside = Some(indent);
                continue;
            }
            if is_inside == Some(indent) && line.trim_start().starts_with('}') {
                is_inside = None;
            }
            let pattern = match (is_inside, line.split_once("=>")) {
                (Some(_), Some((pattern, _))) => pattern,
                _ => line.split_once(".key() == ").map_or("", |(_, rest)| rest),
            };
            keys.extend(pattern.split('"').skip(1).step_by(2).map(str::to_ascii_lowercase));
        }
        keys
    }

    fn bare(key: &str) -> String {
        let plain = key.rsplit_once('+').map_or(key, |(_, plain)| plain);
        plain.to_ascii_lowercase()
    }

    #[test]
    fn the_table_has_the_keys_that_are_listened_to() {
        let sources = all();
        for place in Place::EACH {
            let handled: BTreeSet<String> = HANDLERS
                .iter()
                .filter(|(_, own)| *own == place)
                .flat_map(|(file, _)| matched(&sources[*file]))
                .collect();
            let listed: BTreeSet<String> = TABLE
                .iter()
                .filter(|(own, what, _)| *own == place && *what != Shortcut::Close)
                .flat_map(|(_, _, keys)| keys.iter().map(|key| bare(key)))
                .collect();
            assert_eq!(listed, handled, "{place:?}");
        }
    }

    #[test]
    fn nobody_else_listens_to_keys() {
        let known: BTreeSet<&str> = HANDLERS.iter().map(|(file, _)| *file).chain(BY_KEYMAP).collect();
        let listening: BTreeSet<String> = all()
            .into_iter()
            .filter(|(_, source)| source.contains("\"keydown\""))
            .map(|(file, _)| file)
            .collect();
        assert_eq!(
            listening.iter().map(String::as_str).collect::<BTreeSet<_>>(),
            known
        );
    }

    #[test]
    fn keys_are_seen_in_arms_and_comparisons() {
        let source = "match event.key().as_str() {\n    \"Home\" | \"End\" if x => \"no\",\n    key => {}\n}\n\
                      if event.key() == \"Escape\" {}\nmatch other {\n    \"Tab\" => {}\n}\n";
        let seen: Vec<String> = matched(source).into_iter().collect();
        assert_eq!(seen, ["end", "escape", "home"]);
    }

    #[test]
    fn each_does_something_of_its_own() {
        for (at, (place, what, keys)) in TABLE.iter().enumerate() {
            assert!(!keys.is_empty(), "{what:?}");
            assert!(
                TABLE[..at].iter().all(|(_, other, _)| other != what),
                "{what:?} stands twice"
            );
            assert!(Place::EACH.contains(place));
        }
    }
}
