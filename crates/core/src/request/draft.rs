use super::Endpoint;
use crate::input::Input;

/// One shot of a [`Draft`].
#[derive(Clone, Debug, PartialEq, Default)]
pub struct DraftShot {
    /// The shot's words.
    pub prompt: String,
    /// Seconds; `None` leaves it to the default of 5.
    pub duration: Option<f64>,
}

/// A request being written, typed: what a form holds. Nothing in it is proven; `None` is "not given".
///
/// The fields bear the API's names. It goes through the same door as JSON: `check(draft.endpoint, draft.into())`.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Which endpoint it is for.
    pub endpoint: Endpoint,
    /// `prompt`
    pub prompt: Option<String>,
    /// `negative_prompt`
    pub negative_prompt: Option<String>,
    /// `duration`, seconds.
    pub duration: Option<f64>,
    /// `cfg_scale`
    pub cfg_scale: Option<f64>,
    /// `aspect_ratio` (text to video only)
    pub aspect_ratio: Option<String>,
    /// `sound`
    pub sound: Option<bool>,
    /// `image`: text or bytes (image to video only)
    pub image: Option<Input>,
    /// `end_image`: text or bytes (image to video only)
    pub end_image: Option<Input>,
    /// `multi_prompt` (image to video only)
    pub multi_prompt: Option<Vec<DraftShot>>,
}

impl Draft {
    /// An empty draft for that endpoint.
    pub fn new(endpoint: Endpoint) -> Self {
        Self {
            endpoint,
            prompt: None,
            negative_prompt: None,
            duration: None,
            cfg_scale: None,
            aspect_ratio: None,
            sound: None,
            image: None,
            end_image: None,
            multi_prompt: None,
        }
    }
}

impl From<Draft> for Input {
    fn from(_draft: Draft) -> Self {
        todo!()
    }
}
