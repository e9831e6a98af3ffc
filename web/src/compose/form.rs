//! What the form holds, before any rule has looked at it.
//!
//! One value: so that cures, examples, drafts kept for later and undo are plain functions on it.

use std::sync::Arc;

use rushes_core::{
    Draft, Endpoint, Input, Issue, decimal,
    image::ImageInfo,
    limits::{CFG_SCALE_DEFAULT, DURATION_DEFAULT_SECS},
    request::DraftShot,
};

use super::compile;
use crate::darkroom::metadata;

/// An image of the form.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Picture {
    /// None.
    #[default]
    Empty,
    /// A web address, as typed.
    Url(String),
    /// A file whose header is being read.
    Reading {
        /// Tells this reading from a later one.
        id: u32,
        /// Its name.
        name: String,
    },
    /// A file whose bytes are held.
    Held {
        /// Tells this picture from any other of the same bytes; the thumbnail follows it.
        id: u32,
        /// Its name.
        name: String,
        /// Its bytes.
        bytes: Arc<[u8]>,
        /// What its header says, where that could be read.
        info: Option<ImageInfo>,
        /// Whether a place was written in the file, and taken out of these bytes.
        had_location: bool,
        /// The take that it is a frame of.
        take: Option<String>,
    },
    /// A file that was refused by its header or size, so its bytes were never read.
    Refused {
        /// Tells it from any other; the file itself is kept under it.
        id: u32,
        /// Its name.
        name: String,
        /// Its size.
        size: u64,
        /// What its header says, where that could be read.
        info: Option<ImageInfo>,
        /// Why; paths are empty.
        issues: Vec<Issue>,
    },
}

impl Picture {
    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// What is known of its header.
    pub fn info(&self) -> Option<&ImageInfo> {
        match self {
            Self::Held { info, .. } | Self::Refused { info, .. } => info.as_ref(),
            _ => None,
        }
    }

    /// Size of the file in bytes, if it is one.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Held { bytes, .. } => Some(bytes.len() as u64),
            Self::Refused { size, .. } => Some(*size),
            _ => None,
        }
    }

    /// Name of the file, if it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Reading { name, .. } | Self::Held { name, .. } | Self::Refused { name, .. } => Some(name),
            Self::Empty | Self::Url(_) => None,
        }
    }

    /// What goes into the draft. A file that is being read or was refused gives nothing: its own issue stands for it.
    fn input(&self) -> Option<Input> {
        match self {
            Self::Url(url) => Some(Input::Text(url.trim().to_owned())),
            Self::Held { bytes, .. } => Some(Input::Bytes(Arc::clone(bytes))),
            Self::Empty | Self::Reading { .. } | Self::Refused { .. } => None,
        }
    }
}

/// How the video fills its time. The form keeps both contents and sends one. With a start image shots are sent as
/// `multi_prompt` (an end image then steps aside), without one they are written into the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Plan {
    /// One take, possibly arriving at an end image.
    #[default]
    OneTake,
    /// Shots.
    Shots,
}

/// One shot of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct ShotForm {
    /// Tells it from the others, whatever its place.
    pub id: u32,
    /// Its words.
    pub prompt: String,
    /// Its seconds, as typed.
    pub seconds: String,
}

/// Everything in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// `prompt`
    pub prompt: String,
    /// `negative_prompt`
    pub negative: String,
    /// `duration`, as typed; not used with shots.
    pub seconds: String,
    /// `cfg_scale`, as typed.
    pub guidance: String,
    /// `aspect_ratio`; not used with a start image.
    pub ratio: String,
    /// `sound`
    pub sound: bool,
    /// `image`
    pub start: Picture,
    /// `end_image`
    pub end: Picture,
    /// Which of end image and shots is sent.
    pub plan: Plan,
    /// `multi_prompt`
    pub shots: Vec<ShotForm>,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            prompt: String::new(),
            negative: String::new(),
            seconds: DURATION_DEFAULT_SECS.to_string(),
            guidance: decimal::shown(CFG_SCALE_DEFAULT),
            ratio: rushes_core::limits::ASPECT_RATIOS[0].to_owned(),
            sound: false,
            start: Picture::Empty,
            end: Picture::Empty,
            plan: Plan::OneTake,
            shots: Vec::new(),
        }
    }
}

impl Form {
    /// Which request it is: a start image makes it image to video.
    pub fn endpoint(&self) -> Endpoint {
        if self.start.is_empty() {
            Endpoint::TextToVideo
        } else {
            Endpoint::ImageToVideo
        }
    }

    /// Whether shots are sent, in whichever way.
    pub fn uses_shots(&self) -> bool {
        self.plan == Plan::Shots
    }

    /// Whether shots are sent inside the prompt.
    pub fn is_compiled(&self) -> bool {
        self.uses_shots() && self.endpoint() == Endpoint::TextToVideo
    }

    /// The prompt as it is sent.
    pub fn sent_prompt(&self) -> String {
        if self.is_compiled() {
            compile::compiled(&self.prompt, &self.shots)
        } else {
            self.prompt.clone()
        }
    }

    /// Whether nothing has been entered.
    pub fn is_blank(&self) -> bool {
        self.prompt.trim().is_empty()
            && self.negative.trim().is_empty()
            && self.start.is_empty()
            && self.end.is_empty()
            && self.shots.iter().all(|shot| shot.prompt.trim().is_empty())
    }

    /// The draft for the core's check: only what the endpoint takes. What the form keeps for the other way is left out.
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::new(self.endpoint());
        draft.prompt = Some(self.sent_prompt());
        draft.negative_prompt = (!self.negative.trim().is_empty()).then(|| self.negative.clone());
        draft.cfg_scale = typed_number(&self.guidance);
        draft.sound = Some(self.sound);
        match draft.endpoint {
            Endpoint::TextToVideo => {
                draft.duration = match self.plan {
                    Plan::OneTake => typed_number(&self.seconds),
                    Plan::Shots => Some(self.total_seconds().unwrap_or(f64::NAN)),
                };
                draft.aspect_ratio = Some(self.ratio.clone());
            }
            Endpoint::ImageToVideo => {
                draft.image = self.start.input();
                match self.plan {
                    Plan::OneTake => {
                        draft.duration = typed_number(&self.seconds);
                        draft.end_image = self.end.input();
                    }
                    Plan::Shots => draft.multi_prompt = Some(self.draft_shots()),
                }
            }
        }
        draft
    }

    /// The shots as the core takes them.
    pub fn draft_shots(&self) -> Vec<DraftShot> {
        self.shots.iter().map(draft_shot).collect()
    }

    /// Seconds of the video as far as the form tells them: of the shots their sum. Nothing if any of it is no number.
    pub fn total_seconds(&self) -> Option<f64> {
        if self.uses_shots() {
            sum(&self.shots)
        } else {
            Some(seconds_or_default(&self.seconds)).filter(|seconds| seconds.is_finite())
        }
    }

    /// The take that the request continues: whose frame is the start image.
    pub fn continues(&self) -> Option<String> {
        match &self.start {
            Picture::Held { take, .. } => take.clone(),
            _ => None,
        }
    }

    /// An id that no shot has.
    pub fn fresh_shot_id(&self) -> u32 {
        self.shots
            .iter()
            .map(|shot| shot.id)
            .max()
            .map_or(1, |id| id.wrapping_add(1))
    }

    /// The place of a shot.
    pub fn shot_index(&self, id: u32) -> Option<usize> {
        self.shots.iter().position(|shot| shot.id == id)
    }
}

impl ShotForm {
    /// Its seconds, if a number was typed; nothing typed counts as the default.
    pub fn seconds_number(&self) -> Option<f64> {
        Some(seconds_or_default(&self.seconds)).filter(|seconds| seconds.is_finite())
    }
}

fn draft_shot(shot: &ShotForm) -> DraftShot {
    DraftShot {
        prompt: shot.prompt.clone(),
        duration: typed_number(&shot.seconds),
    }
}

fn seconds_or_default(text: &str) -> f64 {
    typed_number(text).unwrap_or_else(|| f64::from(DURATION_DEFAULT_SECS))
}

/// What was typed as a number: nothing typed is "not given"; what is no number is NaN, so that the check names it
/// rather than that it silently becomes the default. A decimal comma counts as a point.
pub fn typed_number(text: &str) -> Option<f64> {
    let text = text.trim();
    (!text.is_empty()).then(|| decimal::read(&text.replace(',', ".")).unwrap_or(f64::NAN))
}

/// The form that a draft came from, as far as it can tell ("same again"): images get `picture_id` and the next one.
pub fn from_draft(draft: Draft, picture_id: u32) -> Form {
    let blank = Form::default();
    let number = |value: Option<f64>, otherwise: String| value.map_or(otherwise, crate::text::format::typed);
    let mut prompt = draft.prompt.unwrap_or_default();
    let mut shots: Vec<ShotForm> = (1..)
        .zip(draft.multi_prompt.unwrap_or_default())
        .map(|(id, shot)| ShotForm {
            id,
            prompt: shot.prompt,
            seconds: number(shot.duration, DURATION_DEFAULT_SECS.to_string()),
        })
        .collect();
    if draft.endpoint == Endpoint::TextToVideo
        && let Some((main, read)) = compile::read_back(&prompt)
        && sum(&read) == draft.duration
    {
        (prompt, shots) = (main, read);
    }
    let uses_shots = !shots.is_empty();
    Form {
        prompt,
        negative: draft.negative_prompt.unwrap_or_default(),
        // Shots give the length; what stands beside them is for one take.
        seconds: number(draft.duration.filter(|_| !uses_shots), blank.seconds),
        guidance: number(draft.cfg_scale, blank.guidance),
        ratio: draft.aspect_ratio.unwrap_or(blank.ratio),
        sound: draft.sound.unwrap_or(false),
        start: picture_from(draft.image, "start", picture_id),
        end: picture_from(draft.end_image, "end", picture_id.wrapping_add(1)),
        plan: if uses_shots { Plan::Shots } else { Plan::OneTake },
        shots,
    }
}

/// Seconds of all of them; nothing if any is no number.
fn sum(shots: &[ShotForm]) -> Option<f64> {
    shots.iter().map(ShotForm::seconds_number).sum()
}

fn picture_from(input: Option<Input>, name: &str, id: u32) -> Picture {
    match input {
        Some(Input::Text(text)) => Picture::Url(text),
        Some(Input::Bytes(bytes)) => held(id, name.to_owned(), bytes),
        _ => Picture::Empty,
    }
}

/// A picture of those bytes, its header read, without what was written in it about place, time and camera: every picture
/// comes through here, so none of that is ever sent.
pub fn held(id: u32, name: String, bytes: Arc<[u8]>) -> Picture {
    let (bytes, had_location) = match metadata::clean(&bytes) {
        Some(cleaned) => (cleaned.bytes.into(), cleaned.had_location),
        None => (bytes, false),
    };
    let info = rushes_core::image::inspect(&bytes, "").info;
    Picture::Held {
        id,
        name,
        bytes,
        info,
        had_location,
        take: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_image() -> Form {
        Form {
            start: Picture::Url("https://example.com/a.png".into()),
            ..Form::default()
        }
    }

    #[test]
    fn a_start_image_makes_it_image_to_video_and_removing_it_returns() {
        let mut form = Form::default();
        assert_eq!(form.endpoint(), Endpoint::TextToVideo);
        form.start = Picture::Reading {
            id: 1,
            name: "a.png".into(),
        };
        assert_eq!(form.endpoint(), Endpoint::ImageToVideo);
        form.start = Picture::Empty;
        assert_eq!(form.endpoint(), Endpoint::TextToVideo);
    }

    #[test]
    fn only_what_the_endpoint_takes_is_in_the_draft() {
        let mut form = with_image();
        form.end = Picture::Url("https://example.com/b.png".into());
        form.shots = vec![ShotForm {
            id: 1,
            prompt: "a".into(),
            seconds: "4".into(),
        }];
        let one_take = form.draft();
        assert!(
            one_take.end_image.is_some()
                && one_take.multi_prompt.is_none()
                && one_take.aspect_ratio.is_none()
        );
        form.plan = Plan::Shots;
        let shots = form.draft();
        assert!(shots.end_image.is_none() && shots.duration.is_none());
        assert_eq!(shots.multi_prompt.map(|shots| shots.len()), Some(1));
        form.start = Picture::Empty;
        let text = form.draft();
        assert_eq!(text.prompt.as_deref(), Some("Shot 1 (4 s): a"));
        assert_eq!(text.duration, Some(4.0));
        assert!(text.image.is_none() && text.end_image.is_none() && text.multi_prompt.is_none());
        assert_eq!(text.aspect_ratio.as_deref(), Some("16:9"));
    }

    #[test]
    fn what_is_typed_is_kept_as_meant() {
        assert_eq!(typed_number("  "), None);
        assert_eq!(typed_number("5"), Some(5.0));
        assert_eq!(typed_number("0,7"), Some(0.7));
        assert!(typed_number("five").is_some_and(f64::is_nan));
    }

    #[test]
    fn shots_add_up() {
        let mut form = with_image();
        form.plan = Plan::Shots;
        let shot = |id, seconds: &str| ShotForm {
            id,
            prompt: String::new(),
            seconds: seconds.into(),
        };
        for (shots, total) in [
            (vec![], Some(0.0)),
            (vec![shot(1, "3"), shot(2, "4")], Some(7.0)),
            (vec![shot(1, ""), shot(2, "4")], Some(9.0)),
            (vec![shot(1, "x")], None),
        ] {
            form.shots = shots;
            assert_eq!(form.total_seconds(), total);
        }
    }

    #[test]
    fn a_draft_comes_back_as_the_form_it_came_from() {
        let mut form = with_image();
        form.prompt = "A fox".into();
        form.negative = "rain".into();
        form.guidance = "0.7".into();
        form.sound = true;
        form.plan = Plan::Shots;
        form.shots = vec![
            ShotForm {
                id: 1,
                prompt: "leaps".into(),
                seconds: "3".into(),
            },
            ShotForm {
                id: 2,
                prompt: "lands".into(),
                seconds: "4".into(),
            },
        ];
        assert_eq!(from_draft(form.draft(), 1), form);
        let text = Form {
            prompt: "A fox".into(),
            seconds: "8".into(),
            ratio: "9:16".into(),
            ..Form::default()
        };
        assert_eq!(from_draft(text.draft(), 1), text);
    }
}
