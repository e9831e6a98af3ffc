//! What an archive holds, taken in: nothing that is here is lost by that.

use std::cell::Cell;

use rushes_core::Input;
use web_sys::Blob;

use super::format::{Part, merged, to_travel};
use super::keep;
use super::read::{Arriving, Plan, Source};
use super::work::{End, Work};
use super::zip::Found;
use crate::compose::{Composer, form, kept_pictures, saved};
use crate::desk::kind_of;
use crate::ledger::{Ledger, Luggage, Slot, State, Take};
use crate::money::purse;
use crate::storage;
use crate::text;

/// What became of it.
#[derive(Debug, Default)]
struct Count {
    added: usize,
    merged: usize,
    same: usize,
    left_out: Vec<String>,
    /// Records as they are on disk now, to be shown.
    adopted: Vec<Take>,
}

/// Takes it in; `with_choices`: the choices too.
pub(super) async fn import(
    ledger: Ledger,
    composer: Composer,
    source: &Source,
    plan: &Plan,
    with_choices: bool,
    work: Work,
) {
    let mut count = Count {
        left_out: plan.left_out.clone(),
        ..Count::default()
    };
    work.expect(
        plan.takes
            .iter()
            .flat_map(|arriving| &arriving.parts)
            .map(|(_, entry)| entry.size)
            .sum(),
    );
    for arriving in &plan.takes {
        if work.is_stopped() {
            break;
        }
        one(ledger, source, arriving, work, &mut count).await;
    }
    ledger.show_adopted(std::mem::take(&mut count.adopted));
    ledger.measure().await;
    let words = text::archive();
    let own = !work.is_stopped() && {
        pictures(composer, source, plan, work, &mut count.left_out).await;
        // Each is tried, whatever became of the one before.
        [
            keep::add(storage::DRAFTS, &plan.drafts),
            keep::add(storage::SNIPPETS, &plan.snippets),
            purse::add_gone(&plan.spent),
            !with_choices || keep::choose(&plan.choices),
        ]
        .iter()
        .all(|is_kept| *is_kept)
    };
    let mut said = (words.imported)(count.added, count.merged, count.same);
    if work.is_stopped() {
        said = [words.import_stopped, " ", &said].concat();
    } else if !own {
        said = [&said, " ", words.own_not_kept].concat();
    }
    work.end(End {
        said,
        left_out: (!count.left_out.is_empty())
            .then(|| ((words.left_out)(count.left_out.len()), count.left_out)),
        is_good: own,
    });
}

async fn one(ledger: Ledger, source: &Source, arriving: &Arriving, work: Work, count: &mut Count) {
    let id = &arriving.take.id;
    if merged(ledger.take(id).as_ref(), &arriving.take).is_none() {
        count.same += 1;
        return;
    }
    let (take, with) = unpacked(ledger, source, arriving, work, &mut count.left_out).await;
    if work.is_stopped() {
        return;
    }
    let was_here = Cell::new(false);
    let adopted = ledger.adopt(id, with, |here| {
        was_here.set(here.is_some_and(|here| here.deleted_ms.is_none()));
        merged(here, &take)
    });
    match adopted.await {
        Ok(Some(take)) => {
            count.adopted.push(take);
            *(if was_here.get() {
                &mut count.merged
            } else {
                &mut count.added
            }) += 1;
        }
        Ok(None) => count.same += 1,
        Err(_) => count.left_out.push(["takes/", id].concat()),
    }
}

/// A take with what comes with it, as far as that is sound.
async fn unpacked(
    ledger: Ledger,
    source: &Source,
    arriving: &Arriving,
    work: Work,
    left_out: &mut Vec<String>,
) -> (Take, Luggage) {
    let (mut take, mut with) = (arriving.take.clone(), Luggage::default());
    let of = |wanted: Part| {
        arriving
            .parts
            .iter()
            .find(|(part, _)| *part == wanted)
            .map(|(_, entry)| entry)
    };
    for (slot, part) in [(Slot::Start, Part::Start), (Slot::End, Part::End)] {
        if let Some(entry) = of(part) {
            match image(source, entry, work).await {
                Some(image) => with.images.push((slot, image)),
                None => left_out.push(entry.name.clone()),
            }
        }
    }
    if let State::Kept { file, .. } = &mut take.state {
        if let Some((blob, kind, bytes)) = video(ledger, source, of(Part::Video), work).await {
            (file.media_type, file.bytes) = (kind.to_owned(), bytes);
            with.video = Some(blob);
            if let Some(entry) = of(Part::Poster) {
                with.poster = source.blob(entry, work).await.and_then(|poster| as_jpeg(&poster));
            }
        } else {
            left_out.push(of(Part::Video).map_or_else(|| take.id.clone(), |entry| entry.name.clone()));
            take = to_travel(&take, false);
        }
    }
    (take, with)
}

fn as_jpeg(poster: &Blob) -> Option<Blob> {
    poster
        .slice_with_f64_and_f64_and_content_type(0.0, poster.size(), "image/jpeg")
        .ok()
}

/// An image as it was given: text or bytes.
async fn image(source: &Source, entry: &Found, work: Work) -> Option<Input> {
    let bytes = source.bytes(entry, work).await?;
    if entry.name.rsplit('.').next() == Some("txt") {
        return String::from_utf8(bytes).ok().map(Input::Text);
    }
    Some(Input::Bytes(bytes.into()))
}

/// A video that is whole and one by its content, where there is room for it.
async fn video(
    ledger: Ledger,
    source: &Source,
    entry: Option<&Found>,
    work: Work,
) -> Option<(Blob, &'static str, u64)> {
    let entry = entry?;
    if !ledger.has_room_for(entry.size).await {
        return None;
    }
    let blob = source.blob(entry, work).await?;
    let (kind, bytes) = kind_of(&blob).await?;
    let blob = blob
        .slice_with_f64_and_f64_and_content_type(0.0, blob.size(), kind)
        .ok()?;
    Some((blob, kind, bytes))
}

/// The images of drafts that are not here yet.
async fn pictures(composer: Composer, source: &Source, plan: &Plan, work: Work, left_out: &mut Vec<String>) {
    let here = keep::items(storage::DRAFTS);
    for draft in &plan.drafts {
        let Some(mut form) = saved::read(&draft.text) else {
            continue;
        };
        if here.iter().any(|other| other.id == draft.id) {
            continue;
        }
        for (_, part, entry) in plan.pictures.iter().filter(|(id, ..)| *id == draft.id) {
            let Some(bytes) = source.bytes(entry, work).await else {
                left_out.push(entry.name.clone());
                continue;
            };
            let name = if *part == Part::Start { "start" } else { "end" };
            let held = form::held(composer.fresh_picture_id(), name.to_owned(), bytes.into());
            if *part == Part::Start {
                form.start = held;
            } else {
                form.end = held;
            }
        }
        let name = ["draft-", &draft.id].concat();
        if kept_pictures::keep_as(&name, &form).await.is_err() {
            left_out.push(name);
        }
    }
}
