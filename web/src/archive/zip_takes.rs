//! The videos of many takes as one zip, each with its request in it, as a single save has.

use leptos::prelude::*;
use web_sys::Blob;

use super::names::unique;
use super::pack::{Packer, Stop, size_of};
use super::work::{End, Work, save, today};
use crate::desk::{Desk, extension, stem};
use crate::dom::El;
use crate::kit::{Toaster, use_toaster};
use crate::ledger::{Ledger, State, Take};
use crate::library::face;
use crate::task::spawn;
use crate::text::{self, format};

/// Most characters of a prompt in the name of what was left out.
const WORDS_CHARS: usize = 60;

crate::part! { in archive;
    /// How far the zip of those takes is.
    pub(crate) fn zip_room(ids: Vec<String>, open: RwSignal<bool>) -> El {
        room(&ids, open)
    }
}

fn room(ids: &[String], open: RwSignal<bool>) -> El {
    let (desk, ledger, toaster) = (
        expect_context::<Desk>(),
        expect_context::<Ledger>(),
        use_toaster(),
    );
    let takes: Vec<Take> = ids.iter().filter_map(|id| ledger.take(id)).collect();
    let work = Work::new();
    work.expect(takes.iter().map(bytes_of).sum());
    spawn(async move {
        if let Err(why) = pack(desk, toaster, work, takes).await {
            work.stop(&why);
        }
    });
    work.view(move || open.set(false))
}

fn bytes_of(take: &Take) -> u64 {
    match &take.state {
        State::Kept { file, .. } => file.bytes,
        _ => 0,
    }
}

async fn pack(desk: Desk, toaster: Toaster, work: Work, takes: Vec<Take>) -> Result<(), Stop> {
    let wanted: Vec<(String, &'static str)> = takes
        .iter()
        .map(|take| match &take.state {
            State::Kept { file, .. } => (stem(take), extension(&file.media_type)),
            _ => (stem(take), ""),
        })
        .collect();
    let mut packer = Packer::new(work);
    let (mut count, mut left_out) = (0, Vec::new());
    for (take, name) in takes.iter().zip(unique(&wanted)) {
        if work.is_stopped() {
            return Err(Stop::Cancelled);
        }
        let Some(video) = carried(desk, toaster, take).await else {
            left_out.push(named(take));
            continue;
        };
        packer.put(&name, video, Some(take.created_ms)).await?;
        count += 1;
    }
    let words = text::archive();
    let left_out = (!left_out.is_empty()).then(|| ((words.not_kept)(left_out.len()), left_out));
    if count == 0 {
        work.end(End {
            said: text::library().no_videos.to_owned(),
            left_out,
            is_good: false,
        });
        return Ok(());
    }
    let file = packer.finish()?;
    let name = ["takes-", &today(), ".zip"].concat();
    save(&file, &name);
    work.end(End {
        said: (words.packed)(count, &name, &format::bytes(size_of(&file))),
        left_out,
        is_good: true,
    });
    Ok(())
}

async fn carried(desk: Desk, toaster: Toaster, take: &Take) -> Option<Blob> {
    let video = desk.video(take).await?;
    Some(desk.with_request(take, video, toaster).await)
}

/// A take by its first words and how it stands.
fn named(take: &Take) -> String {
    let words = face::excerpt(&take.settings.prompt, WORDS_CHARS);
    [&words, " · ", face::word(&take.state, false)].concat()
}
