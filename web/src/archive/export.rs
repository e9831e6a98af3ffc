//! Everything as one file.

use leptos::prelude::{With, WithUntracked};
use rushes_core::Input;
use web_sys::Blob;

use super::format::{Manifest, is_plain_id, to_travel};
use super::keep;
use super::pack::{Packer, Stop, size_of};
use super::work::{End, Work, save, today};
use crate::blob::blob_of;
use crate::compose::form::{Form, Picture};
use crate::compose::{Composer, kept_pictures, saved};
use crate::desk::extension;
use crate::ledger::stored::Stored;
use crate::ledger::{Ledger, Slot, State, Take, is_open_address};
use crate::money::purse;
use crate::paper::script;
use crate::storage;
use crate::text::{self, format};

/// How many bytes the videos have, and how many there are.
pub(super) fn videos(ledger: Ledger) -> (u64, usize) {
    ledger.takes.with(|takes| {
        let kept = takes.iter().filter(|shelved| shelved.card.bytes > 0);
        kept.fold((0, 0), |(bytes, count), shelved| {
            (bytes + shelved.card.bytes, count + 1)
        })
    })
}

/// Writes it and saves it.
pub(super) async fn export(
    ledger: Ledger,
    composer: Composer,
    work: Work,
    with_videos: bool,
) -> Result<(), Stop> {
    let (mut takes, left_out) = takes(ledger);
    takes.sort_unstable_by(|one, other| one.id.cmp(&other.id));
    let mut packer = Packer::new(work);
    let manifest = Manifest {
        takes: u32::try_from(takes.len()).unwrap_or(u32::MAX),
        has_videos: with_videos,
    };
    json(&mut packer, "manifest.json", &manifest.write()).await?;
    json(&mut packer, "settings.json", &keep::choices()).await?;
    json(
        &mut packer,
        "snippets.json",
        &keep::write_items(&keep::items(storage::SNIPPETS)),
    )
    .await?;
    json(&mut packer, "spent.json", &keep::write_items(&purse::gone())).await?;
    drafts(&mut packer, composer).await?;
    for take in &takes {
        one_take(&mut packer, ledger, take, with_videos).await?;
    }
    let file = packer.finish()?;
    let name = ["rushes-", &today(), ".zip"].concat();
    save(&file, &name);
    let words = text::archive();
    work.end(End {
        said: (words.exported)(takes.len(), &name, &format::bytes(size_of(&file))),
        left_out: (!left_out.is_empty()).then(|| ((words.damaged_here)(left_out.len()), left_out)),
        is_good: true,
    });
    Ok(())
}

/// Every take, and the ids of what cannot be read.
fn takes(ledger: Ledger) -> (Vec<Take>, Vec<String>) {
    let (mut takes, mut left_out) = (Vec::new(), Vec::new());
    ledger.takes.with_untracked(|all| {
        for shelved in all {
            let take = shelved.entry.with_untracked(|entry| entry.take().cloned());
            match take.filter(|take| is_plain_id(&take.id)) {
                Some(take) => takes.push(take),
                None => left_out.push(shelved.id.clone()),
            }
        }
    });
    (takes, left_out)
}

async fn json(packer: &mut Packer, name: &str, value: &Input) -> Result<(), Stop> {
    let text = script::to_text(value).ok_or_else(|| Stop::Unreadable(name.to_owned()))?;
    bytes(packer, name, text.as_bytes()).await
}

async fn bytes(packer: &mut Packer, name: &str, bytes: &[u8]) -> Result<(), Stop> {
    let blob = blob_of(bytes, "").ok_or_else(|| Stop::Unreadable(name.to_owned()))?;
    packer.put(name, blob, None).await
}

async fn one_take(packer: &mut Packer, ledger: Ledger, take: &Take, with_videos: bool) -> Result<(), Stop> {
    let room = ["takes/", &take.id, "/"].concat();
    let video = match &take.state {
        State::Kept { file, .. } if with_videos => {
            let found = ledger.video(&take.id).await.ok().flatten();
            found.map(|video| (video, extension(&file.media_type)))
        }
        _ => None,
    };
    let record = to_travel(take, video.is_some());
    json(packer, &[&room, "record.json"].concat(), &record.write()).await?;
    for (slot, name) in [(Slot::Start, "start"), (Slot::End, "end")] {
        match ledger.image(&take.id, slot).await.ok().flatten() {
            Some(Input::Text(text)) => {
                bytes(packer, &[&room, name, ".txt"].concat(), text.as_bytes()).await?;
            }
            Some(Input::Bytes(found)) => bytes(packer, &[&room, name, ".bin"].concat(), &found).await?,
            _ => {}
        }
    }
    if let Some((video, ending)) = video {
        if let Some(poster) = ledger.poster(&take.id).await {
            packer.put(&[&room, "poster.jpg"].concat(), poster, None).await?;
        }
        packer
            .put(&[&room, "video.", ending].concat(), video, None)
            .await?;
    }
    Ok(())
}

/// The form of a draft as it travels: an address that was made for somebody does not.
fn form_to_travel(text: &str) -> Option<Form> {
    let mut form = saved::read(text)?;
    for picture in [&mut form.start, &mut form.end] {
        if matches!(picture, Picture::Url(url) if !is_open_address(url)) {
            *picture = Picture::Empty;
        }
    }
    Some(form)
}

async fn drafts(packer: &mut Packer, composer: Composer) -> Result<(), Stop> {
    let mut drafts = keep::items(storage::DRAFTS);
    drafts.retain(|draft| is_plain_id(&draft.id));
    let mut pictures: Vec<(String, Blob)> = Vec::new();
    for draft in &mut drafts {
        let Some(mut form) = form_to_travel(&draft.text) else {
            continue;
        };
        draft.text = saved::write(&form);
        let name = ["draft-", &draft.id].concat();
        if kept_pictures::bring(&name, &mut form, composer).await.is_err() {
            continue;
        }
        for (picture, file) in [(&form.start, "/start.bin"), (&form.end, "/end.bin")] {
            if let Picture::Held { bytes, .. } = picture
                && let Some(blob) = blob_of(bytes, "")
            {
                pictures.push((["drafts/", &draft.id, file].concat(), blob));
            }
        }
    }
    json(packer, "drafts.json", &keep::write_items(&drafts)).await?;
    for (name, blob) in pictures {
        packer.put(&name, blob, None).await?;
    }
    Ok(())
}
