//! What is written down of a take: plain values, stored as they are, checked again when they are read.

use rushes_core::input::Input;
use rushes_core::price::Estimate;
use rushes_core::request::{DraftShot, ImageSource, Plan};
use rushes_core::{Draft, Endpoint, Request};

use super::place::Place;
use super::state::State;

/// Version of the records this page writes. A record with a higher one is left alone.
pub const SCHEMA: u32 = 2;

/// An intent with everything that came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// [`SCHEMA`] at the time of writing.
    pub schema: u32,
    /// Our own id of the intent, the record's key: made before anything was sent.
    pub id: String,
    /// When the intent was confirmed, Unix milliseconds.
    pub created_ms: u64,
    /// When the record last changed, Unix milliseconds.
    pub changed_ms: u64,
    /// What was asked for.
    pub settings: Settings,
    /// The estimate that was on the button.
    pub price: Price,
    /// Who was asked.
    pub maker: Maker,
    /// Where it stands.
    pub state: State,
    /// How long it took to make, from its create to its end, in milliseconds; only where looks on both sides of its end
    /// tell. What later takes are expected to take follows from this.
    pub took_ms: Option<u64>,
    /// The take this one repeats, if its author sent it again knowingly.
    pub again_of: Option<String>,
    /// The take whose frame it begins with. Records from before this was written down have none.
    pub continues: Option<String>,
    /// What it called itself at a server of one's own, which can be asked by that what came of it. None where nobody
    /// can be asked, and in records from before this was written down.
    pub sent_as: Option<String>,
    /// How its author filed it.
    pub filed: Filed,
    /// Whether its author wants to be told when it is over.
    pub is_awaited: bool,
    /// When it was deleted, Unix milliseconds: hidden at once, erased once it cannot be taken back.
    pub deleted_ms: Option<u64>,
    /// Where it was sent; nothing is the page's own server.
    pub place: Option<Place>,
}

/// How a take's author filed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// Marked with a star.
    pub is_starred: bool,
    /// Names of the collections it is in, sorted, each once.
    pub collections: Vec<String>,
    /// What its author noted; empty without.
    pub note: String,
}

/// Who makes the video.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Maker {
    /// The local draft engine: free, and what it makes is marked as a draft.
    Engine,
    /// The provider, through a gateway or directly: costs money.
    Provider,
    /// Not known when it was sent; taken as costing money.
    #[default]
    Unknown,
}

/// The estimate shown before the click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Millionths of a US dollar.
    pub micro_usd: u64,
    /// Millionths of a US dollar per second.
    pub rate_micro_usd: u64,
    /// Who says so.
    pub source: String,
    /// When it was read, `YYYY-MM-DD`.
    pub as_of: String,
}

/// A request as it is written down: enough to show it, and to make the same request again.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// [`Endpoint::name`].
    pub endpoint: String,
    /// `prompt`
    pub prompt: String,
    /// `negative_prompt`
    pub negative_prompt: Option<String>,
    /// `duration`, seconds (with shots, their sum).
    pub duration_secs: u8,
    /// `cfg_scale`
    pub cfg_scale: f64,
    /// `sound`
    pub sound: bool,
    /// `aspect_ratio`, as the API writes it; text to video only.
    pub aspect_ratio: Option<String>,
    /// `image`; image to video only.
    pub image: Option<Picture>,
    /// `end_image`
    pub end_image: Option<Picture>,
    /// `multi_prompt`; empty without shots.
    pub shots: Vec<StoredShot>,
}

/// One shot of [`Settings`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredShot {
    /// The shot's words.
    pub prompt: String,
    /// Its length in seconds.
    pub duration_secs: u8,
}

/// Where an image of a take is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Public, at this address.
    Url(String),
    /// In the ledger's image store, under the take's id and the field's name.
    Kept {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}

/// The image fields of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// `image`
    Start,
    /// `end_image`
    End,
}

impl Slot {
    /// The API's field name.
    pub fn field(self) -> &'static str {
        match self {
            Self::Start => "image",
            Self::End => "end_image",
        }
    }
}

impl Settings {
    /// What a valid request asks for. The bytes of inline images are not in it: see [`inline_images`].
    pub fn of(request: &Request) -> Self {
        let mut settings = Self {
            endpoint: request.endpoint().name().to_owned(),
            prompt: request.prompt().to_owned(),
            negative_prompt: request.negative_prompt().map(str::to_owned),
            duration_secs: request.duration_secs(),
            cfg_scale: request.cfg_scale(),
            sound: request.sound(),
            aspect_ratio: None,
            image: None,
            end_image: None,
            shots: Vec::new(),
        };
        match request {
            Request::TextToVideo(text) => settings.aspect_ratio = Some(text.aspect_ratio().name().to_owned()),
            Request::ImageToVideo(image) => {
                settings.image = Some(picture(image.image()));
                match image.plan() {
                    Plan::Single { end_image, .. } => settings.end_image = end_image.as_ref().map(picture),
                    Plan::Shots(shots) => {
                        settings.shots = shots
                            .iter()
                            .map(|shot| StoredShot {
                                prompt: shot.prompt().to_owned(),
                                duration_secs: shot.duration_secs(),
                            })
                            .collect();
                    }
                }
            }
        }
        settings
    }

    /// The endpoint, if its name is known.
    pub fn endpoint(&self) -> Option<Endpoint> {
        Endpoint::from_name(&self.endpoint)
    }

    /// The same request as a draft; `start` and `end` are the kept images. `None` when the endpoint is not known.
    pub fn draft(&self, start: Option<Input>, end: Option<Input>) -> Option<Draft> {
        let mut draft = Draft::new(self.endpoint()?);
        draft.prompt = Some(self.prompt.clone());
        draft.negative_prompt.clone_from(&self.negative_prompt);
        draft.duration = Some(f64::from(self.duration_secs));
        draft.cfg_scale = Some(self.cfg_scale);
        draft.sound = Some(self.sound);
        draft.aspect_ratio.clone_from(&self.aspect_ratio);
        draft.image = self.image.as_ref().and_then(|picture| picture.input(start));
        draft.end_image = self.end_image.as_ref().and_then(|picture| picture.input(end));
        if !self.shots.is_empty() {
            draft.multi_prompt = Some(
                self.shots
                    .iter()
                    .map(|shot| DraftShot {
                        prompt: shot.prompt.clone(),
                        duration: Some(f64::from(shot.duration_secs)),
                    })
                    .collect(),
            );
        }
        Some(draft)
    }

    /// The picture in that field.
    pub fn picture(&self, slot: Slot) -> Option<&Picture> {
        match slot {
            Slot::Start => self.image.as_ref(),
            Slot::End => self.end_image.as_ref(),
        }
    }
}

impl Picture {
    fn input(&self, kept: Option<Input>) -> Option<Input> {
        match self {
            Self::Url(url) => Some(Input::Text(url.clone())),
            Self::Kept { .. } => kept,
        }
    }
}

impl Price {
    /// What is kept of an estimate.
    pub fn of(estimate: &Estimate) -> Self {
        Self {
            micro_usd: estimate.micro_usd,
            rate_micro_usd: estimate.rate_micro_usd,
            source: estimate.source.clone(),
            as_of: estimate.as_of.clone(),
        }
    }
}

/// The inline images of a request, to be kept beside its record: text stays the text it was, files stay bytes.
pub fn inline_images(request: &Request) -> Vec<(Slot, Input)> {
    let Request::ImageToVideo(request) = request else {
        return Vec::new();
    };
    let end = match request.plan() {
        Plan::Single { end_image, .. } => end_image.as_ref(),
        Plan::Shots(_) => None,
    };
    [(Slot::Start, Some(request.image())), (Slot::End, end)]
        .into_iter()
        .filter_map(|(slot, source)| Some((slot, inline(source?)?)))
        .collect()
}

fn inline(source: &ImageSource) -> Option<Input> {
    match source {
        ImageSource::Url(_) => None,
        ImageSource::InlineText { text, .. } => Some(Input::Text(text.as_ref().to_owned())),
        ImageSource::Bytes { bytes, .. } => Some(Input::Bytes(bytes.clone())),
    }
}

fn picture(source: &ImageSource) -> Picture {
    match source {
        ImageSource::Url(url) => Picture::Url(url.clone()),
        ImageSource::InlineText { info, .. } | ImageSource::Bytes { info, .. } => Picture::Kept {
            width: info.width,
            height: info.height,
        },
    }
}
