//! What is the reader's own beside takes: choices, drafts, words. As texts of the browser's storage, by their keys.

use rushes_core::Input;

use crate::{
    compose::named::{self, Item},
    storage::{self, store, stored},
};

/// Choices that travel. Where requests go does not: who opens an archive must not be led elsewhere by it.
const CHOICES: [&str; 8] = [
    storage::LANGUAGE,
    storage::THEME,
    storage::MONEY,
    storage::CARRY,
    storage::LIBRARY_VIEW,
    storage::LIBRARY_ORDER,
    storage::PLAYER_VOLUME,
    storage::PLAYER_KEYS,
];
/// Most characters of a choice.
const CHOICE_MAX: usize = 4_000;

/// Every choice that was made.
pub(super) fn choices() -> Input {
    let made = CHOICES
        .iter()
        .filter_map(|key| Some(((*key).to_owned(), Input::Text(stored(key)?))));
    Input::Object(made.collect())
}

/// The choices in an archive that this page knows.
pub(super) fn read_choices(value: &Input) -> Vec<(&'static str, String)> {
    CHOICES
        .into_iter()
        .filter_map(|key| {
            let text = value.get(key)?.as_str()?;
            (text.len() <= CHOICE_MAX).then(|| (key, text.to_owned()))
        })
        .collect()
}

/// Takes choices over; whether the browser took them all.
pub(super) fn choose(choices: &[(&'static str, String)]) -> bool {
    choices.iter().all(|(key, text)| store(key, text))
}

/// The items kept under a key, in their order.
pub(super) fn items(key: &str) -> Vec<Item> {
    named::stored(key)
}

/// Adds items that are not here, behind those that are; whether there was room for all, and the browser took them.
pub(super) fn add(key: &str, more: &[Item]) -> bool {
    let mut all = items(key);
    let fresh = named::fresh(&all, more);
    let room = named::MOST.saturating_sub(all.len());
    let has_room = fresh.len() <= room;
    all.extend(fresh.iter().take(room).copied().cloned());
    (fresh.is_empty() || store(key, &named::write(&all))) && has_room
}

/// Items as they travel.
pub(super) fn write_items(items: &[Item]) -> Input {
    let field = |name: &str, text: &str| (name.to_owned(), Input::Text(text.to_owned()));
    let write = |item: &Item| {
        Input::Object(vec![
            field("id", &item.id),
            field("name", &item.name),
            field("text", &item.text),
        ])
    };
    Input::List(items.iter().map(write).collect())
}

/// Items out of an archive, so many at most; what is none is passed over.
pub(super) fn read_items(value: &Input, most: usize) -> Vec<Item> {
    let read = |value: &Input| {
        let text = |name| value.get(name).and_then(Input::as_str).map(str::to_owned);
        Some(Item {
            id: text("id").filter(|id| super::format::is_plain_id(id))?,
            name: text("name")?,
            text: text("text")?,
        })
    };
    value
        .as_list()
        .unwrap_or_default()
        .iter()
        .take(most)
        .filter_map(read)
        .collect()
}
