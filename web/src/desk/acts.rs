//! What a take's author can do with it.

use crate::task::{after_ms, spawn};
use leptos::prelude::*;
use rushes_core::price::Estimate;
use rushes_core::{Checked, Draft, TaskId, check};
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement};

use super::send::From;
use super::{Desk, ObjectUrl, extension, frame};
use crate::compose::{Composer, fields::FieldKey};
use crate::ids;
use crate::kit::Toaster;
use crate::ledger::{Event, NotKept, Settings, Slot, State, Take};
use crate::library::face::{self, Act};
use crate::money::purse;
use crate::paper;
use crate::text::{self, format::lower, t};

/// Most characters of a prompt in a file's name.
const NAME_CHARS: usize = 40;
/// How long the address of a downloaded file stays good, in milliseconds: the browser copies from it.
const DOWNLOAD_MS: u32 = 60_000;

/// What actions need beside the desk.
#[derive(Clone, Copy)]
pub struct Tools {
    /// Where drafts and frames go.
    pub composer: Composer,
    /// Where short messages go.
    pub toaster: Toaster,
}

impl Desk {
    /// Does it. Pasting an id needs the id: see [`name_task`](Self::name_task).
    pub fn act(self, act: Act, id: &str, tools: Tools) {
        let Some(take) = self.ledger.take(id) else { return };
        match act {
            Act::Stop => self.happens(take.id, Event::StopWatching),
            Act::Look => self.happens(take.id, Event::LookAgain),
            Act::PutAway => self.happens(take.id, Event::PutAway(true)),
            Act::TakeBack => self.happens(take.id, Event::PutAway(false)),
            // These have controls of their own.
            Act::Paste | Act::FindFile => {}
            Act::Arrived => spawn(self.look_whether_it_arrived(take, tools.toaster)),
            Act::FixPrompt => spawn(self.edit_at(take, FieldKey::Prompt, tools)),
            Act::OtherImage => spawn(self.edit_at(take, FieldKey::Start, tools)),
            Act::ChangeKey => open_settings(),
            Act::Tell => self.tell_of(&take, tools.toaster),
            Act::SendAgain | Act::SameAgain => spawn(self.repeat(take, tools.toaster)),
            Act::Edit => spawn(self.edit(take, tools)),
            Act::Play => self.show(&take.id),
            Act::Download => spawn(self.download(take, tools.toaster)),
            Act::Share => spawn(self.share(take, tools.toaster)),
            Act::LastFrame => spawn(self.use_last_frame(take, tools)),
            Act::FreshLink => spawn(self.ask_for_link(take, tools.toaster)),
            Act::Keep => self.inner().keeper.again(&take.id),
            Act::Compare => self.compare(take.id, tools.toaster),
            Act::Delete => {
                // The pressed button is gone with its row.
                self.columns.go(ids::LIBRARY);
                self.delete_many(vec![take.id], tools.toaster);
            }
        }
    }

    /// Gives an unsure take the task id that its author knows from elsewhere.
    ///
    /// # Errors
    /// The sentence that says why not.
    pub fn name_task(self, id: &str, task: &str) -> Result<(), &'static str> {
        let task = TaskId::new(task.trim()).ok_or(text::takes().say.bad_id)?;
        let is_known = self
            .ledger
            .snapshot()
            .iter()
            .any(|take| take.state.task() == Some(task.as_str()));
        if is_known {
            return Err(text::takes().say.known_id);
        }
        self.happens(id.to_owned(), Event::Named(task));
        Ok(())
    }

    /// The bytes of a kept take. Where the browser has cleared them, the take says so, and gets one fresh look.
    pub async fn video(self, take: &Take) -> Option<Blob> {
        let State::Kept { .. } = take.state else {
            return None;
        };
        match self.ledger.video(&take.id).await {
            Ok(Some(blob)) => Some(blob),
            Ok(None) => {
                if let Some(gone) = self.ledger.apply(&take.id, &Event::CopyGone).await {
                    self.inner().watch.look_once(&gone).await;
                }
                None
            }
            // Storage did not answer, which is no proof that the copy is gone.
            Err(_) => None,
        }
    }

    /// The request of a take as a draft, with its kept images.
    pub async fn draft(self, take: &Take) -> Option<Draft> {
        let image = async |slot: Slot| match take.settings.picture(slot) {
            Some(_) => self.ledger.image(&take.id, slot).await.ok().flatten(),
            None => None,
        };
        take.settings
            .draft(image(Slot::Start).await, image(Slot::End).await)
    }

    /// The request of a take, checked again; `None` where it cannot be sent any more.
    pub async fn request(self, take: &Take) -> Option<Checked> {
        let draft = self.draft(take).await?;
        let checked = check(draft.endpoint, draft.into()).ok()?;
        // The same in every field: an image that got lost must not turn it into another request.
        (Settings::of(&checked.request) == take.settings).then_some(checked)
    }

    /// Gives the copies of some takes up, for good, and keeps what found no room before.
    pub fn make_room(self, ids: Vec<String>) {
        spawn(async move {
            for id in &ids {
                // Where it fails, the ledger says what is wrong with storage.
                drop(self.ledger.free(id).await);
            }
            self.ledger.forget_full();
            for take in self.ledger.snapshot() {
                if matches!(
                    take.state,
                    State::Succeeded {
                        not_kept: Some(NotKept::NoRoom),
                        ..
                    }
                ) {
                    self.inner().keeper.again(&take.id);
                }
            }
        });
    }

    fn happens(self, id: String, event: Event) {
        spawn(async move { drop(self.ledger.apply(&id, &event).await) });
    }

    async fn repeat(self, take: Take, toaster: Toaster) {
        match self.request(&take).await {
            Some(checked) => {
                let estimate = estimate_of(&take);
                let cost = estimate.micro_usd;
                let go = move || spawn(self.repeat_now(take, checked, estimate));
                purse().guard(self.ledger, self.connection, cost, go);
            }
            None => toaster.say(text::takes().say.cannot_repeat),
        }
    }

    async fn repeat_now(self, take: Take, checked: Checked, estimate: Estimate) {
        if let State::Unsure { .. } = take.state {
            self.ledger.apply(&take.id, &Event::PutAway(true)).await;
        }
        let from = From {
            again_of: Some(take.id.clone()),
            continues: take.continues.clone(),
        };
        self.send(checked.request, estimate, from);
    }

    async fn edit(self, take: Take, tools: Tools) {
        match self.draft(&take).await {
            Some(draft) => tools.composer.load(draft),
            None => tools.toaster.say(text::takes().say.cannot_repeat),
        }
    }

    async fn edit_at(self, take: Take, field: FieldKey, tools: Tools) {
        self.edit(take, tools).await;
        tools.composer.focus(field);
    }

    async fn download(self, take: Take, toaster: Toaster) {
        if !self.save(&take, toaster).await
            && let State::Succeeded { link: Some(link), .. } = &take.state
        {
            follow_link(&link.url, &file_name(&take));
        }
    }

    /// Saves the kept video of a take as a file; says whether there was one.
    pub(super) async fn save(self, take: &Take, toaster: Toaster) -> bool {
        let Some(blob) = self.video(take).await else {
            return false;
        };
        let blob = self.with_request(take, blob, toaster).await;
        let Some(url) = ObjectUrl::of(&blob) else {
            return false;
        };
        follow_link(url.as_str(), &file_name(take));
        after_ms(DOWNLOAD_MS, move || drop(url));
        true
    }

    /// The video with its request in it, where its owner wants that and it can be; the video alone otherwise.
    pub(crate) async fn with_request(self, take: &Take, video: Blob, toaster: Toaster) -> Blob {
        if !paper::view::carries() || !video.type_().contains("mp4") {
            return video;
        }
        let Some(draft) = self.draft(take).await else {
            return video;
        };
        let put = match paper::paper_put(video.clone(), draft).await {
            Ok(later) => later.await,
            Err(_) => Err(t().demand.missing.to_owned()),
        };
        put.unwrap_or_else(|why| {
            toaster.say((text::paper().not_carried)(&why));
            video
        })
    }

    async fn use_last_frame(self, take: Take, tools: Tools) {
        let frame = match self.video(&take).await {
            Some(blob) => frame::last(&blob).await,
            None => None,
        };
        match frame {
            Some(bytes) => {
                let name = format!("{}.png", stem(&take));
                tools.composer.use_as_start_image(bytes, name, Some(take.id));
                tools.toaster.say(text::takes().say.frame_used);
            }
            None => tools.toaster.say(text::takes().say.no_frame),
        }
    }

    async fn ask_for_link(self, take: Take, toaster: Toaster) {
        self.inner().watch.look_once(&take).await;
        match self.ledger.take(&take.id).map(|take| take.state) {
            Some(State::Expired { .. }) => toaster.say(text::takes().say.still_gone),
            _ => self.inner().keeper.again(&take.id),
        }
    }
}

/// Opens the page's settings, where the connection is.
fn open_settings() {
    if let Some(button) = document().get_element_by_id(ids::SETTINGS) {
        button.unchecked_into::<web_sys::HtmlElement>().click();
    }
}

/// The estimate of a take made again: the rates of today.
fn estimate_of(take: &Take) -> Estimate {
    rushes_core::price::estimate(
        take.settings.duration_secs,
        take.settings.sound,
        &untrack(|| purse().rates()),
    )
}

/// A name for the file: the first words of the prompt, in letters that every system takes.
pub(crate) fn file_name(take: &Take) -> String {
    let media_type = match &take.state {
        State::Kept { file, .. } => file.media_type.as_str(),
        _ => "video/mp4",
    };
    format!("{}.{}", stem(take), extension(media_type))
}

/// The same without its ending.
pub(crate) fn stem(take: &Take) -> String {
    let words = lower(&face::excerpt(&take.settings.prompt, NAME_CHARS));
    let words: Vec<&str> = words
        .split(is_no_letter)
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        "take".to_owned()
    } else {
        words.join("-")
    }
}

/// Whether a file's name is better without it: whatever is neither a letter nor a digit, as far as that can be told
/// without tables of every alphabet (signs of ASCII and Latin-1, white space, general and East Asian punctuation).
fn is_no_letter(char: char) -> bool {
    match char {
        '\0'..='\x7f' => !char.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' => {
            true
        }
        _ => char.is_whitespace(),
    }
}

/// Presses a link that saves a file.
pub fn follow_link(url: &str, name: &str) {
    let Ok(link) = document().create_element("a") else {
        return;
    };
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(url);
    link.set_download(name);
    link.set_rel("noopener noreferrer");
    // A link to another host cannot be told to save; it opens beside this page, which must stay.
    link.set_target("_blank");
    link.click();
}

#[cfg(test)]
mod tests {
    use super::is_no_letter;

    #[test]
    fn words_are_told_apart_in_any_script() {
        for (text, words) in [
            ("A fox, at dawn!", "A fox at dawn"),
            ("«Été» – là-bas…", "Été là bas"),
            ("一只白猫，雪山。", "一只白猫 雪山"),
            ("../etc/passwd:<x>", "etc passwd x"),
        ] {
            let found: Vec<&str> = text.split(is_no_letter).filter(|word| !word.is_empty()).collect();
            assert_eq!(found.join(" "), words, "{text}");
        }
    }
}
