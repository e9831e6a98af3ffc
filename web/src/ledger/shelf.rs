//! How records come onto the page's list and leave it: read in batches, filed, deleted with a way back.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Card, Entry, Filed, Ledger, Shelved, StoreError, Take, now_ms};
use crate::task::sleep;

/// How long a deleted take stays on disk, in milliseconds: so long it can be taken back.
pub const UNDO_MS: u64 = 600_000;

/// How many records are read at once: at first as many as are seen, then as many as cost no visible pause.
const BATCHES: (usize, usize) = (40, 80);

impl Ledger {
    /// Deletes takes: gone from the list at once, all or none, and from the disk when they can no longer be taken back.
    ///
    /// # Errors
    /// [`StoreError`]; then they are still there.
    pub async fn delete(self, ids: &[String]) -> Result<(), StoreError> {
        self.set_deleted(ids, Some(now_ms())).await
    }

    /// Takes a deletion back.
    ///
    /// # Errors
    /// [`StoreError`]; then they stay deleted.
    pub async fn restore(self, ids: &[String]) -> Result<(), StoreError> {
        self.set_deleted(ids, None).await
    }

    /// Changes how takes are filed, all of them or none.
    ///
    /// # Errors
    /// [`StoreError`]; then they are as they were.
    pub async fn file(self, ids: &[String], change: impl Fn(&mut Filed)) -> Result<(), StoreError> {
        self.change_many(ids, |take| {
            let before = take.filed.clone();
            change(&mut take.filed);
            take.filed != before
        })
        .await
    }

    /// Notes whether a take's author wants to be told when it is over.
    ///
    /// # Errors
    /// [`StoreError`]; then it is as it was.
    pub async fn await_end(self, id: &str, is_awaited: bool) -> Result<(), StoreError> {
        self.change_many(&[id.to_owned()], |take| {
            std::mem::replace(&mut take.is_awaited, is_awaited) != is_awaited
        })
        .await
    }

    /// Erases deleted takes, or damaged records, for good: all of them or none.
    ///
    /// # Errors
    /// [`StoreError`]; then they are still on disk.
    pub async fn erase(self, ids: &[String]) -> Result<(), StoreError> {
        self.store()
            .await
            .erase_many(ids)
            .await
            .inspect_err(|error| self.report(error))?;
        self.hide(ids);
        self.with_inner(|inner| inner.tabs.tell(ids));
        Ok(())
    }

    /// Erases what is still deleted of these takes: not what was taken back meanwhile.
    pub async fn erase_deleted(self, ids: &[String]) {
        let Ok(found) = self.store().await.read_many(ids).await else {
            return;
        };
        let gone: Vec<String> = found
            .iter()
            .filter(|entry| entry.take().is_some_and(|take| take.deleted_ms.is_some()))
            .map(|entry| entry.id().to_owned())
            .collect();
        if !gone.is_empty() {
            // Where it fails, the ledger says what is wrong with storage.
            drop(self.erase(&gone).await);
        }
    }

    /// Ids of what changed, came or went since this was last asked.
    pub fn take_news(self) -> Vec<String> {
        self.with_inner(|inner| std::mem::take(&mut *inner.news.borrow_mut()))
    }

    async fn set_deleted(self, ids: &[String], deleted_ms: Option<u64>) -> Result<(), StoreError> {
        let change = |take: &mut Take| std::mem::replace(&mut take.deleted_ms, deleted_ms) != deleted_ms;
        let takes = self.changed(ids, change).await?;
        crate::money::purse::note_deleted(&takes);
        self.show_changed(ids, takes);
        Ok(())
    }

    async fn change_many(self, ids: &[String], change: impl Fn(&mut Take) -> bool) -> Result<(), StoreError> {
        let takes = self.changed(ids, change).await?;
        self.show_changed(ids, takes);
        Ok(())
    }

    async fn changed(
        self,
        ids: &[String],
        change: impl Fn(&mut Take) -> bool,
    ) -> Result<Vec<Take>, StoreError> {
        let changed = self.store().await.change_many(ids, change).await;
        changed.inspect_err(|error| self.report(error))
    }

    fn show_changed(self, ids: &[String], takes: Vec<Take>) {
        self.show_all(
            takes
                .into_iter()
                .map(|take| Entry::Take(Box::new(take)))
                .collect(),
        );
        self.with_inner(|inner| inner.tabs.tell(ids));
    }

    /// Reads all records, the newest first, in batches between which the page stays at hand.
    pub(super) async fn load(self) {
        let store = self.store().await;
        let mut deleted = Vec::new();
        match store.keys().await {
            Ok(keys) => {
                let (first, rest) = keys.split_at(BATCHES.0.min(keys.len()));
                for batch in std::iter::once(first).chain(rest.chunks(BATCHES.1)) {
                    match store.read_many(batch).await {
                        Ok(entries) => self.show_loaded(entries, &mut deleted),
                        Err(error) => self.report(&error),
                    }
                    sleep(0).await;
                }
            }
            Err(error) => self.report(&error),
        }
        self.is_loaded.set(true);
        self.erase_leftovers(deleted).await;
        self.measure().await;
    }

    fn show_loaded(self, entries: Vec<Entry>, deleted: &mut Vec<(String, u64)>) {
        for entry in &entries {
            if let Some(take) = entry.take()
                && let Some(deleted_ms) = take.deleted_ms
            {
                deleted.push((take.id.clone(), deleted_ms));
            }
        }
        self.show_all(entries.into_iter().map(|entry| self.with_owed(entry)).collect());
    }

    /// Erases what was deleted before, unless another tab may still take it back.
    async fn erase_leftovers(self, deleted: Vec<(String, u64)>) {
        let now_ms = now_ms();
        let gone: Vec<String> = deleted
            .into_iter()
            .filter(|(_, deleted_ms)| now_ms.saturating_sub(*deleted_ms) > UNDO_MS)
            .map(|(id, _)| id)
            .collect();
        if !gone.is_empty() {
            self.erase_deleted(&gone).await;
        }
    }

    /// Reads records again that another tab changed.
    pub(super) async fn refresh(self, ids: &[String]) {
        match self.store().await.read_many(ids).await {
            Ok(entries) => {
                let is_gone = |id: &&String| entries.iter().all(|entry| entry.id() != **id);
                let gone: Vec<String> = ids.iter().filter(is_gone).cloned().collect();
                self.hide(&gone);
                self.show_all(entries.into_iter().map(|entry| self.with_owed(entry)).collect());
            }
            Err(error) => self.report(&error),
        }
    }

    pub(super) fn show(self, entry: Entry) {
        self.show_all(vec![entry]);
    }

    /// Shows records as they stand now; what is deleted goes from the list.
    pub(super) fn show_all(self, entries: Vec<Entry>) {
        let is_deleted = |entry: &Entry| entry.take().is_some_and(|take| take.deleted_ms.is_some());
        let (gone, there): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_deleted);
        let gone: Vec<String> = gone.iter().map(|entry| entry.id().to_owned()).collect();
        self.hide(&gone);
        let mut fresh = Vec::new();
        let mut changed = Vec::new();
        let mut heard = Vec::new();
        for entry in there {
            let id = entry.id().to_owned();
            let card = Card::of(&entry);
            if let Some(signal) = self.entry(&id) {
                if signal.with_untracked(|old| *old == entry) {
                    continue;
                }
                signal.set(entry);
                changed.push((id.clone(), card));
            } else {
                let entry = ArcRwSignal::new(entry);
                self.with_inner(|inner| inner.entries.borrow_mut().insert(&id, entry.clone()));
                let card = Arc::new(card);
                fresh.push(Shelved {
                    id: id.clone(),
                    card,
                    entry,
                });
            }
            heard.push(id);
        }
        self.shelve(fresh, changed);
        self.hear(heard);
    }

    /// Brings the list in line: only where a card is new or another does anybody hear of it.
    fn shelve(self, fresh: Vec<Shelved>, changed: Vec<(String, Card)>) {
        let changed: Vec<(usize, Card)> = self.takes.with_untracked(|takes| {
            let place = |id: &str| takes.iter().position(|shelved| shelved.id == id);
            let found = changed
                .into_iter()
                .filter_map(|(id, card)| Some((place(&id)?, card)));
            found
                .filter(|(index, card)| *takes[*index].card != *card)
                .collect()
        });
        if fresh.is_empty() && changed.is_empty() {
            return;
        }
        self.takes.update(|takes| {
            for (index, card) in changed {
                takes[index].card = Arc::new(card);
            }
            for shelved in fresh {
                let made_ms = shelved.card.created_ms;
                let place = takes.partition_point(|other| other.card.created_ms > made_ms);
                takes.insert(place, shelved);
            }
        });
    }

    pub(super) fn hide(self, ids: &[String]) {
        let gone: Vec<String> = self.with_inner(|inner| {
            let mut entries = inner.entries.borrow_mut();
            let was_there = |id: &&String| entries.remove(id).is_some();
            ids.iter().filter(was_there).cloned().collect()
        });
        if gone.is_empty() {
            return;
        }
        let mut sorted = gone.clone();
        sorted.sort_unstable();
        self.takes
            .update(|takes| takes.retain(|shelved| sorted.binary_search(&shelved.id).is_err()));
        self.hear(gone);
    }

    fn hear(self, ids: Vec<String>) {
        if ids.is_empty() {
            return;
        }
        self.with_inner(|inner| inner.news.borrow_mut().extend(ids));
        self.news.update(|count| *count = count.wrapping_add(1));
    }
}
