//! How a take looks: its lamp, its word, its sentence, and what can be done with it. Plain values, no view.

use rushes_core::FailureKind;

use crate::kit::Light;
use crate::ledger::{
    Doubt, Gone, Link, Maker, NEVER_CAME, NotKept, Seen, State, Take, Trouble, is_web_address,
};
use crate::text::{self, LANGUAGES, format, t};

/// What can be done with a take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Stop watching; the task goes on.
    Stop,
    /// Look again.
    Look,
    /// Look whether an unsure one arrived.
    Arrived,
    /// Give the task id that is known from elsewhere.
    Paste,
    /// Send the same request as a new intent, knowingly.
    SendAgain,
    /// Give it up.
    PutAway,
    /// Take that back.
    TakeBack,
    /// Load it into the form.
    Edit,
    /// Bring it to the stage.
    Play,
    /// Save the file.
    Download,
    /// Hand the file to the system's sharing.
    Share,
    /// Make its last frame the start image.
    LastFrame,
    /// Make the same again.
    SameAgain,
    /// Ask the provider for a fresh link.
    FreshLink,
    /// Try to keep the bytes again.
    Keep,
    /// Load it and change the prompt.
    FixPrompt,
    /// Load it and change the image.
    OtherImage,
    /// Open where the key is.
    ChangeKey,
    /// Tell of its end, or not any more.
    Tell,
    /// Look for its file on disk.
    FindFile,
    /// Compare it with another.
    Compare,
    /// Delete it, with a way back.
    Delete,
}

impl Act {
    /// The words on its button, with the price where it costs.
    pub fn words(self, take: &Take) -> String {
        let words = &text::takes().act;
        match self {
            Self::Stop => words.stop.to_owned(),
            Self::Look => words.look.to_owned(),
            Self::Arrived => text::arrived().look.to_owned(),
            Self::Paste => words.paste.to_owned(),
            Self::SendAgain => (words.send_again)(&cost(take)),
            Self::PutAway => words.put_away.to_owned(),
            Self::TakeBack => words.take_back.to_owned(),
            Self::Edit => words.edit.to_owned(),
            Self::Play => words.play.to_owned(),
            Self::Download => words.download.to_owned(),
            Self::Share => text::archive().share_file.to_owned(),
            Self::LastFrame => words.last_frame.to_owned(),
            Self::SameAgain => (words.same_again)(&cost(take)),
            Self::FreshLink => words.fresh_link.to_owned(),
            Self::Keep => words.keep.to_owned(),
            Self::FixPrompt => text::watching().fix_prompt.to_owned(),
            Self::OtherImage => text::watching().other_image.to_owned(),
            Self::ChangeKey => text::watching().change_key.to_owned(),
            Self::Tell if take.is_awaited => text::watching().tell_off.to_owned(),
            Self::Tell => text::watching().tell.to_owned(),
            Self::FindFile => text::watching().find_file.to_owned(),
            Self::Compare => text::player().compare.to_owned(),
            Self::Delete => words.delete.to_owned(),
        }
    }
}

/// What can be done in that state, the likeliest first.
pub fn acts(state: &State) -> &'static [Act] {
    match state {
        State::Sending => &[],
        State::Unsure {
            is_put_away: false, ..
        } => &[Act::Arrived, Act::Paste, Act::SendAgain, Act::PutAway],
        State::Unsure {
            is_put_away: true, ..
        } => &[Act::TakeBack, Act::Edit, Act::Delete],
        State::Refused(trouble) => cures(trouble.kind()),
        State::Watched { watch, .. } if watch.is_stopped => &[Act::Look],
        State::Watched { .. } => &[Act::Tell, Act::Stop],
        State::Succeeded { not_kept: None, .. } => &[Act::Play, Act::Download],
        State::Succeeded {
            not_kept: Some(_), ..
        } => &[Act::Download, Act::Play, Act::Keep, Act::SameAgain, Act::Delete],
        State::Kept { .. } => &[
            Act::Play,
            Act::Download,
            Act::LastFrame,
            Act::Compare,
            Act::Edit,
            Act::SameAgain,
            Act::Delete,
        ],
        State::Failed { .. } => &[Act::FixPrompt, Act::OtherImage, Act::SameAgain, Act::Delete],
        State::Expired { .. } => &[
            Act::FreshLink,
            Act::FindFile,
            Act::Edit,
            Act::SameAgain,
            Act::Delete,
        ],
    }
}

/// What fits a refusal: what was wrong is changed, or what was outside it is put right and it is sent as it is.
fn cures(kind: FailureKind) -> &'static [Act] {
    match kind {
        FailureKind::Moderation => &[Act::FixPrompt, Act::OtherImage, Act::Delete],
        FailureKind::Image => &[Act::OtherImage, Act::Edit, Act::Delete],
        FailureKind::Auth | FailureKind::Permission => {
            &[Act::ChangeKey, Act::SendAgain, Act::Edit, Act::Delete]
        }
        FailureKind::Balance | FailureKind::RateLimit | FailureKind::Provider | FailureKind::Network => {
            &[Act::SendAgain, Act::Edit, Act::Delete]
        }
        FailureKind::Invalid | FailureKind::NotFound | FailureKind::Unsure | FailureKind::TaskFailed => {
            &[Act::Edit, Act::Delete]
        }
    }
}

/// The same for a take: without an image there is no other one to use.
pub fn acts_of(take: &Take) -> Vec<Act> {
    let has_image = take.settings.image.is_some();
    let fits = |act: &Act| *act != Act::OtherImage || has_image;
    acts(&take.state).iter().copied().filter(fits).collect()
}

/// How long a refused take must wait before it may be sent again, in milliseconds.
pub fn wait_ms(take: &Take, now_ms: u64) -> u64 {
    match &take.state {
        State::Refused(trouble) => {
            let until_ms = take
                .changed_ms
                .saturating_add(trouble.retry_after_ms.unwrap_or(0));
            until_ms.saturating_sub(now_ms)
        }
        _ => 0,
    }
}

/// The lamp of a state.
pub fn light(state: &State) -> Light {
    match state {
        State::Unsure {
            is_put_away: false, ..
        } => Light::Unsure,
        State::Watched { watch, .. } if watch.is_stopped => Light::Unsure,
        State::Sending | State::Watched { .. } | State::Succeeded { not_kept: None, .. } => Light::Live,
        State::Kept { .. } | State::Succeeded { .. } => Light::Done,
        State::Unsure {
            is_put_away: true, ..
        }
        | State::Expired { .. } => Light::Off,
        State::Refused(_) | State::Failed { .. } => Light::Bad,
    }
}

/// The word beside the lamp. `is_saving`: the bytes are coming in right now.
pub fn word(state: &State, is_saving: bool) -> &'static str {
    let words = &text::takes().state;
    match state {
        State::Sending => words.sending,
        State::Unsure {
            is_put_away: false, ..
        } => words.unsure,
        State::Unsure {
            is_put_away: true, ..
        } => words.put_away,
        State::Refused(_) => words.refused,
        State::Watched { watch, .. } if watch.is_stopped => words.stopped,
        State::Watched { watch, .. } => seen_word(&watch.status),
        State::Succeeded { .. } if is_saving => words.saving,
        State::Succeeded { .. } => words.succeeded,
        State::Kept { .. } => words.kept,
        State::Failed { .. } => words.failed,
        State::Expired { .. } => words.expired,
    }
}

/// Why it was surely not accepted: the core's reasons, or this page's own, in whatever language that was written down.
fn refusal(trouble: &Trouble) -> String {
    if trouble.message == NEVER_CAME {
        return text::arrived().never.to_owned();
    }
    if LANGUAGES
        .iter()
        .any(|language| language.not_written == trouble.message)
    {
        return text::takes().say.not_written.to_owned();
    }
    (t().measures.failure)(trouble)
}

fn seen_word(seen: &Seen) -> &'static str {
    let words = &text::takes().state;
    match seen {
        Seen::Nothing => words.accepted,
        Seen::Queued => words.queued,
        Seen::Processing => words.processing,
        Seen::Other(_) => words.other,
    }
}

/// The sentences that explain a state, the plain one first.
pub fn sentences(take: &Take) -> Vec<String> {
    let say = &text::takes().say;
    let one = |text: &str| vec![text.to_owned()];
    match &take.state {
        State::Sending => one(say.sending),
        State::Unsure {
            is_put_away: true, ..
        } => one(say.put_away),
        State::Unsure { why, .. } => {
            let doubt = match (take.maker, why) {
                (Maker::Engine, _) => say.unsure_free.to_owned(),
                _ => (say.unsure)(&format::usd(take.price.micro_usd)),
            };
            let why = match why {
                Doubt::PageClosed => say.page_closed.to_owned(),
                Doubt::Answer(_) => say.unsure_next.to_owned(),
            };
            vec![doubt, why]
        }
        State::Refused(trouble) => {
            let top_up = (trouble.kind() == FailureKind::Balance).then(|| text::watching().top_up.to_owned());
            let mut sentences = vec![refusal(trouble), say.not_charged.to_owned()];
            sentences.extend(top_up);
            sentences
        }
        State::Watched { watch, .. } => {
            let plain = match &watch.status {
                _ if watch.is_stopped => (say.stopped)(seen_word(&watch.status)),
                Seen::Nothing => say.accepted.to_owned(),
                Seen::Queued => say.queued.to_owned(),
                Seen::Processing => say.processing.to_owned(),
                Seen::Other(word) => (say.other)(word),
            };
            let missed = watch
                .missed
                .as_ref()
                .filter(|_| !watch.is_stopped)
                .map(|_| say.missed.to_owned());
            std::iter::once(plain).chain(missed).collect()
        }
        State::Succeeded { not_kept, .. } => not_kept
            .map(not_kept_words)
            .map(str::to_owned)
            .into_iter()
            .collect(),
        State::Kept { .. } => Vec::new(),
        State::Failed { .. } => vec![say.failed.to_owned(), charge(take.maker).to_owned()],
        State::Expired { cause, .. } => one(match cause {
            Gone::Link => say.link_died,
            Gone::Copy => say.copy_gone,
            Gone::NoLink => say.no_link,
            Gone::Freed => say.freed,
        }),
    }
}

/// The provider's words on a failure, verbatim, if it gave any.
pub fn provider_words(state: &State) -> Option<String> {
    let trouble = match state {
        State::Failed { reason, .. } => return reason.clone(),
        State::Refused(trouble)
        | State::Unsure {
            why: Doubt::Answer(trouble),
            ..
        } => trouble,
        State::Watched { watch, .. } => watch.missed.as_ref()?,
        _ => return None,
    };
    let status = trouble.status.map(|status| format!("HTTP {status}"));
    let parts: Vec<String> = [status, trouble.reason.clone(), trouble.detail.clone()]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The link that its owner must save, because this page could not.
pub fn to_save(state: &State) -> Option<&Link> {
    match state {
        State::Succeeded {
            link,
            not_kept: Some(_),
            ..
        } => link.as_ref().filter(|link| is_web_address(&link.url)),
        _ => None,
    }
}

/// Whether a failed task was charged, as far as is known.
fn charge(maker: Maker) -> &'static str {
    match maker {
        Maker::Engine => text::takes().say.was_free,
        Maker::Provider | Maker::Unknown => text::takes().say.charge_unknown,
    }
}

fn not_kept_words(why: NotKept) -> &'static str {
    let say = &text::takes().say;
    match why {
        NotKept::Unreadable => say.unreadable,
        NotKept::CutShort => say.cut_short,
        NotKept::NotAVideo => say.not_a_video,
        NotKept::NoRoom => say.no_room,
    }
}

/// What it costs: the estimate, or "free".
pub fn cost(take: &Take) -> String {
    match take.maker {
        Maker::Engine => text::takes().say.free.to_owned(),
        Maker::Provider | Maker::Unknown => format::usd(take.price.micro_usd),
    }
}

/// "5 s · 16:9 · with sound · $0.63".
pub fn facts(take: &Take) -> String {
    let words = &text::takes().stage;
    let settings = &take.settings;
    let mut facts = vec![(t().measures.seconds)(&format::whole(
        settings.duration_secs.into(),
    ))];
    facts.extend(shape(take));
    if !settings.shots.is_empty() {
        facts.push((words.shots)(settings.shots.len()));
    }
    facts.push(
        if settings.sound {
            words.with_sound
        } else {
            words.silent
        }
        .to_owned(),
    );
    if !matches!(take.state, State::Refused(_)) {
        facts.push(cost(take));
    }
    facts.join(" · ")
}

/// The shape of the picture, where it is known.
pub fn shape(take: &Take) -> Option<String> {
    take.settings.shape()
}

/// A length of time as a clock: `0:42`, `12:05`, `1:02:03`.
pub fn clock(ms: u64) -> String {
    let secs = ms / 1000;
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{secs:02}")
    } else {
        format!("{minutes}:{secs:02}")
    }
}

/// A rough length of time: `20 s`, `3 min`, `2 h`.
pub fn rough(secs: u64) -> String {
    let words = t().measures;
    let (unit, number) = match secs {
        0..60 => (words.seconds, secs.max(1)),
        60..5400 => (words.minutes, (secs + 30) / 60),
        _ => (words.hours, (secs + 1800) / 3600),
    };
    unit(&format::whole(number))
}

/// The first words of a prompt, at most `most` characters, cut between words where there are any.
pub fn excerpt(prompt: &str, most: usize) -> String {
    let mut chars = prompt.char_indices();
    let Some((end, _)) = chars.nth(most) else {
        return prompt.trim().to_owned();
    };
    let head = &prompt[..end];
    let cut = head
        .rfind(char::is_whitespace)
        .filter(|cut| cut * 3 > head.len())
        .unwrap_or(head.len());
    format!("{}…", head[..cut].trim())
}
