//! Named texts of one's own, kept in this browser: drafts, snippets.

use std::collections::HashSet;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Tells it from the others.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Most of them that are kept.
pub const MOST: usize = 500;

/// All of them as one text, one a line.
pub fn write(items: &[Item]) -> String {
    let mut text = String::new();
    for item in items {
        for (index, part) in [&item.id, &item.name, &item.text].into_iter().enumerate() {
            text.push_str(if index == 0 { "" } else { "\t" });
            escape(part, &mut text);
        }
        text.push('\n');
    }
    text
}

/// What such a text holds; lines that are none are passed over.
pub fn read(text: &str) -> Vec<Item> {
    let item = |line: &str| {
        let mut parts = line.split('\t').map(unescape);
        let item = Item {
            id: parts.next().filter(|id| !id.is_empty())?,
            name: parts.next()?,
            text: parts.next()?,
        };
        parts.next().is_none().then_some(item)
    };
    text.split('\n').filter_map(item).collect()
}

/// What is kept under a key of the browser's storage.
pub fn stored(key: &str) -> Vec<Item> {
    crate::storage::stored(key)
        .map(|text| read(&text))
        .unwrap_or_default()
}

fn escape(part: &str, text: &mut String) {
    for character in part.chars() {
        match character {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            _ => text.push(character),
        }
    }
}

fn unescape(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    let mut characters = part.chars();
    while let Some(character) = characters.next() {
        let next = if character == '\\' {
            characters.next().map(|escaped| match escaped {
                'n' => '\n',
                't' => '\t',
                other => other,
            })
        } else {
            None
        };
        text.push(next.unwrap_or(character));
    }
    text
}

/// Those of `more` that are not among `items`, by their ids, each once.
pub fn fresh<'a>(items: &[Item], more: &'a [Item]) -> Vec<&'a Item> {
    let mut known: HashSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
    more.iter().filter(|item| known.insert(&item.id)).collect()
}

/// A name that none of them has: the wanted one, or with a number behind it.
pub fn free_name(items: &[Item], wanted: &str) -> String {
    let is_taken = |name: &str| items.iter().any(|item| item.name == name);
    if !is_taken(wanted) {
        return wanted.to_owned();
    }
    // One of so many is free, since there are fewer items than numbers.
    (2..items.len() + 3)
        .map(|number| [wanted, " ", &number.to_string()].concat())
        .find(|name| !is_taken(name))
        .unwrap_or_default()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn item(id: &str, name: &str) -> Item {
        Item {
            id: id.to_owned(),
            name: name.to_owned(),
            text: String::new(),
        }
    }

    #[test]
    fn lines_that_are_no_items_are_passed_over() {
        assert_eq!(
            read("\n\tname\ttext\nid\nid\tname\na\tb\tc\td\nid\tname\t\n"),
            [item("id", "name")]
        );
    }

    #[test]
    fn what_is_fresh_is_known_by_its_id_and_counts_once() {
        let here = [item("1", "Fox"), item("2", "Owl")];
        let more = [
            item("2", "Other"),
            item("3", "Hare"),
            item("3", "Hare again"),
            item("4", "Fox"),
        ];
        assert_eq!(fresh(&here, &more), [&more[1], &more[3]]);
        assert!(fresh(&more, &more).is_empty());
        assert_eq!(fresh(&[], &here), [&here[0], &here[1]]);
    }

    #[test]
    fn names_are_told_apart() {
        let items = [item("1", "Fox"), item("2", "Fox 2")];
        for (wanted, name) in [("Owl", "Owl"), ("Fox", "Fox 3"), ("Fox 2", "Fox 2 2")] {
            assert_eq!(free_name(&items, wanted), name);
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(parts in proptest::collection::vec(("[a-z0-9]{1,4}", "(\\PC|[\\\\\n\t]){0,20}", "(\\PC|[\\\\\n\t]){0,20}"), 0..6)) {
            let items: Vec<Item> = parts.into_iter().map(|(id, name, text)| Item { id, name, text }).collect();
            prop_assert_eq!(read(&write(&items)), items);
        }

        #[test]
        fn no_text_makes_it_stumble(text in "(\\PC|[\\\\\n\t]){0,60}") {
            read(&text);
        }
    }
}
