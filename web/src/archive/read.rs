//! An archive that is read: entry by entry, each measured before and summed up after.

use rushes_core::Input;
use web_sys::Blob;

use super::format::{Manifest, Name, NoArchive, Part, TAKES_MAX, is_too_deep, merged};
use super::keep;
use super::pack::size_of;
use super::work::Work;
use super::zip::{Flaw, Found, Seen, Sum, list, place};
use crate::compose::named::{self, Item};
use crate::ledger::{Ledger, Take, read_record};
use crate::money::purse;
use crate::paper::script::{self, bytes_of};
use crate::sorted::Sorted;

/// How often bytes are asked for until something is known.
const READS_MAX: usize = 64;
/// How many bytes are read at once.
const CHUNK_BYTES: u64 = 1024 * 1024;

/// A zip file on its reader's disk.
pub(super) struct Source {
    file: Blob,
    seen: Seen,
    /// How many parts its list is in.
    parts: usize,
}

impl Source {
    /// Reads its list.
    async fn open(file: Blob) -> Result<(Self, Vec<Found>), Flaw> {
        let mut source = Self {
            seen: Seen::new(size_of(&file)),
            file,
            parts: 0,
        };
        let found = source.know(list).await?;
        source.parts = source.seen.parts();
        Ok((source, found))
    }

    async fn know<T>(&self, act: impl Fn(&Seen) -> Result<T, Flaw>) -> Result<T, Flaw> {
        for _ in 0..READS_MAX {
            match (act(&self.seen), self.seen.wanted()) {
                (Err(Flaw::Unread), Some((from, to))) => {
                    let bytes = bytes_of(&self.file, from, to).await.ok_or(Flaw::NoZip)?;
                    self.seen.put(from, bytes);
                }
                (done, _) => return done,
            }
        }
        Err(Flaw::TooLarge)
    }

    /// An entry as it is on the disk, once all of it was read and its sum is right; `None` where it is damaged.
    pub(super) async fn blob(&self, entry: &Found, work: Work) -> Option<Blob> {
        let found = self.know(|seen| place(seen, entry)).await;
        self.seen.forget(self.parts);
        let (start, end) = found.ok()?;
        let (mut sum, mut at) = (Sum::default(), start);
        while at < end {
            if work.is_stopped() {
                return None;
            }
            let next = end.min(at + CHUNK_BYTES);
            let bytes = bytes_of(&self.file, at, next).await?;
            if bytes.len() as u64 != next - at {
                return None;
            }
            sum.see(&bytes);
            work.came(next - at);
            at = next;
        }
        #[expect(clippy::cast_precision_loss, reason = "a file is shorter than 2^53 bytes")]
        let blob = self.file.slice_with_f64_and_f64(start as f64, end as f64).ok()?;
        sum.is_of(entry).then_some(blob)
    }

    /// The bytes of a small entry.
    pub(super) async fn bytes(&self, entry: &Found, work: Work) -> Option<Vec<u8>> {
        let blob = self.blob(entry, work).await?;
        bytes_of(&blob, 0, entry.size).await
    }

    async fn json(&self, entry: &Found, work: Work) -> Option<Input> {
        let text = String::from_utf8(self.bytes(entry, work).await?).ok()?;
        if is_too_deep(&text) {
            return None;
        }
        script::from_text(&text)
    }
}

/// A take in an archive.
pub(super) struct Arriving {
    pub(super) take: Take,
    pub(super) parts: Vec<(Part, Found)>,
}

/// What an archive holds, and what would become of it here.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) takes: Vec<Arriving>,
    pub(super) drafts: Vec<Item>,
    /// Images of drafts, by draft.
    pub(super) pictures: Vec<(String, Part, Found)>,
    pub(super) snippets: Vec<Item>,
    /// What takes cost that were deleted.
    pub(super) spent: Vec<Item>,
    pub(super) choices: Vec<(&'static str, String)>,
    /// Names of entries that are left out: damaged, unknown, too large, there twice.
    pub(super) left_out: Vec<String>,
    /// Takes that are not here.
    pub(super) fresh: usize,
    /// Takes that are here, and are newer or more in the archive.
    pub(super) better: usize,
    /// Bytes of its videos.
    pub(super) video_bytes: u64,
}

/// Why it is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no archive of this page.
    Other(NoArchive),
    /// It is damaged, or not whole.
    Damaged,
    /// Its reader said so.
    Cancelled,
}

/// The entries of an archive, by where they belong.
#[derive(Default)]
struct Rooms {
    manifest: Option<Found>,
    settings: Option<Found>,
    drafts: Option<Found>,
    snippets: Option<Found>,
    spent: Option<Found>,
    takes: Sorted<Vec<(Part, Found)>>,
}

fn sorted_out(found: Vec<Found>, plan: &mut Plan) -> Rooms {
    let mut rooms = Rooms::default();
    for entry in found {
        let name = entry.name.clone();
        let read = Name::read(&name).filter(|read| entry.is_plain && entry.size <= read.most_bytes());
        let is_taken = match read {
            None => false,
            Some(Name::Manifest) => put(&mut rooms.manifest, entry),
            Some(Name::Settings) => put(&mut rooms.settings, entry),
            Some(Name::Drafts) => put(&mut rooms.drafts, entry),
            Some(Name::Snippets) => put(&mut rooms.snippets, entry),
            Some(Name::Spent) => put(&mut rooms.spent, entry),
            Some(Name::Draft(id, part)) => {
                let is_new = plan
                    .pictures
                    .iter()
                    .all(|(other, place, _)| (other.as_str(), *place) != (id, part));
                if is_new {
                    plan.pictures.push((id.to_owned(), part, entry));
                }
                is_new
            }
            Some(Name::Take(id, part)) => {
                let mut parts = rooms.takes.remove(id).unwrap_or_default();
                let is_new = parts.iter().all(|(other, _)| *other != part);
                if is_new {
                    parts.push((part, entry));
                }
                rooms.takes.insert(id, parts);
                is_new
            }
        };
        if !is_taken {
            plan.left_out.push(name);
        }
    }
    rooms
}

fn put(place: &mut Option<Found>, entry: Found) -> bool {
    let is_new = place.is_none();
    place.get_or_insert(entry);
    is_new
}

/// Reads what an archive holds, and what it would change; nothing is changed by that.
pub(super) async fn look(file: Blob, ledger: Ledger, work: Work) -> Result<(Source, Plan), Refusal> {
    let mut plan = Plan::default();
    let (source, found) = Source::open(file).await.map_err(|_| Refusal::Damaged)?;
    let rooms = sorted_out(found, &mut plan);
    let manifest = rooms.manifest.ok_or(Refusal::Other(NoArchive::Other))?;
    let manifest = source.json(&manifest, work).await.ok_or(Refusal::Damaged)?;
    Manifest::read(&manifest).map_err(Refusal::Other)?;
    for (entry, take_in) in [
        (rooms.settings, Plan::choose as fn(&mut Plan, &Input)),
        (rooms.drafts, Plan::know_drafts),
        (rooms.snippets, Plan::know_snippets),
        (rooms.spent, Plan::know_costs),
    ] {
        let Some(entry) = entry else { continue };
        match source.json(&entry, work).await {
            Some(value) => take_in(&mut plan, &value),
            None => plan.left_out.push(entry.name),
        }
    }
    work.expect(
        rooms
            .takes
            .iter()
            .flat_map(|(_, parts)| parts)
            .map(record_bytes)
            .sum(),
    );
    for (id, parts) in rooms.takes.iter() {
        if work.is_stopped() {
            return Err(Refusal::Cancelled);
        }
        match arriving(&source, id, parts, work).await {
            Some(arriving) if plan.takes.len() < TAKES_MAX as usize => {
                plan.count(ledger, &arriving);
                plan.takes.push(arriving);
            }
            _ => plan.left_out.push(["takes/", id].concat()),
        }
    }
    Ok((source, plan))
}

fn record_bytes((part, entry): &(Part, Found)) -> u64 {
    if *part == Part::Record { entry.size } else { 0 }
}

async fn arriving(source: &Source, id: &str, parts: &[(Part, Found)], work: Work) -> Option<Arriving> {
    let (_, record) = parts.iter().find(|(part, _)| *part == Part::Record)?;
    let take = read_record(id, source.json(record, work).await?).ok()?;
    // What is hidden here is no news from elsewhere.
    let take = Take {
        deleted_ms: None,
        ..take
    };
    let parts = parts
        .iter()
        .filter(|(part, _)| *part != Part::Record)
        .cloned()
        .collect();
    Some(Arriving { take, parts })
}

impl Plan {
    fn choose(&mut self, value: &Input) {
        self.choices = keep::read_choices(value);
    }

    fn know_drafts(&mut self, value: &Input) {
        self.drafts = keep::read_items(value, named::MOST);
    }

    fn know_snippets(&mut self, value: &Input) {
        self.snippets = keep::read_items(value, named::MOST);
    }

    fn know_costs(&mut self, value: &Input) {
        self.spent = keep::read_items(value, TAKES_MAX as usize);
        self.spent.retain(purse::is_cost);
    }

    fn count(&mut self, ledger: Ledger, arriving: &Arriving) {
        match ledger.take(&arriving.take.id) {
            None => self.fresh += 1,
            Some(here) if merged(Some(&here), &arriving.take).is_some() => self.better += 1,
            Some(_) => {}
        }
        let videos = arriving.parts.iter().filter(|(part, _)| *part == Part::Video);
        self.video_bytes += videos.map(|(_, entry)| entry.size).sum::<u64>();
    }
}
