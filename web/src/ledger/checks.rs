//! What a record must satisfy when it is read back: storage is outside, and may hold anything.

use rushes_core::TaskId;

use super::place::Place;
use super::record::{Picture, SCHEMA, Settings, Take};
use super::state::{Link, State, Watch};

/// Longest id of an intent, in bytes: a UUID has 36.
const ID_MAX_BYTES: usize = 64;
/// Longest text believed, in bytes: four times what the API takes in characters, and room to spare.
const TEXT_MAX_BYTES: usize = 40_000;
/// Most shots believed: the API takes 5.
const SHOTS_MAX: usize = 32;
/// Last moment believed, Unix milliseconds: the last that a JavaScript date knows.
const TIME_MAX_MS: u64 = 8_640_000_000_000_000;

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It is not the shape of a record.
    Shape,
    /// A newer page wrote it.
    Newer,
    /// Its id is not its key, or none.
    Id,
    /// A time that cannot be.
    Time,
    /// A request that cannot have been sent.
    Settings,
    /// A task id, link or number that cannot be.
    State,
}

impl Take {
    /// What is wrong with a record that was found under `key`, if anything.
    ///
    /// # Errors
    /// The first [`Damage`] found.
    pub fn inspect(&self, key: &str) -> Result<(), Damage> {
        if self.schema > SCHEMA {
            return Err(Damage::Newer);
        }
        if self.id.is_empty() || self.id.len() > ID_MAX_BYTES || self.id != key {
            return Err(Damage::Id);
        }
        let may_be_none = [self.deleted_ms, self.took_ms].map(Option::unwrap_or_default);
        if [self.created_ms, self.changed_ms]
            .into_iter()
            .chain(may_be_none)
            .any(|time| time > TIME_MAX_MS)
        {
            return Err(Damage::Time);
        }
        let is_elsewhere = |place: &Place| place.base_url().is_some();
        if !is_sound(&self.settings) || !self.place.as_ref().is_none_or(is_elsewhere) {
            return Err(Damage::Settings);
        }
        if !is_possible(&self.state) {
            return Err(Damage::State);
        }
        Ok(())
    }
}

fn is_sound(settings: &Settings) -> bool {
    let texts = [
        Some(&settings.prompt),
        settings.negative_prompt.as_ref(),
        settings.aspect_ratio.as_ref(),
    ];
    let pictures = [settings.image.as_ref(), settings.end_image.as_ref()];
    settings.endpoint().is_some()
        && settings.cfg_scale.is_finite()
        && settings.duration_secs > 0
        && settings.shots.len() <= SHOTS_MAX
        && texts
            .into_iter()
            .flatten()
            .all(|text| text.len() <= TEXT_MAX_BYTES)
        && settings
            .shots
            .iter()
            .all(|shot| shot.prompt.len() <= TEXT_MAX_BYTES)
        && pictures.into_iter().flatten().all(|picture| match picture {
            Picture::Url(url) => is_web_address(url),
            Picture::Kept { .. } => true,
        })
}

fn is_possible(state: &State) -> bool {
    if state.task().is_some_and(|task| TaskId::new(task).is_none()) {
        return false;
    }
    match state {
        State::Watched { watch, .. } => is_believable(watch),
        State::Succeeded {
            link: Some(Link { url, .. }),
            ..
        } => is_web_address(url),
        State::Kept { file, .. } => file.bytes > 0,
        State::Unsure { since_ms, .. } => *since_ms <= TIME_MAX_MS,
        _ => true,
    }
}

fn is_believable(watch: &Watch) -> bool {
    watch
        .progress_percent
        .is_none_or(|percent| (0.0..=100.0).contains(&percent))
        && watch.eta_secs.is_none_or(|secs| secs.is_finite() && secs >= 0.0)
        && watch.checked_ms.is_none_or(|time| time <= TIME_MAX_MS)
}

/// Whether it is an http(s) address: never `javascript:` or the like, whatever a record says.
pub fn is_web_address(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        url.len() > scheme.len()
            && url
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Whether an address can be opened by anybody, and was made for nobody: it asks for nothing and names no user.
pub fn is_open_address(url: &str) -> bool {
    is_web_address(url) && !url.contains(['?', '#', '@'])
}
