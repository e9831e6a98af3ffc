use super::Endpoint;
use crate::check::{Checked, check};
use crate::input::Input;
use crate::report::Report;

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
/// The fields bear the API's names. It goes through the same door as JSON: [`Draft::check`], which is
/// `check(draft.endpoint, draft.into())`.
///
/// ```
/// use rushes_core::{Draft, Endpoint};
///
/// let draft = Draft {
///     prompt: Some("A fox leaps a mossy log".into()),
///     duration: Some(8.0),
///     ..Draft::new(Endpoint::TextToVideo)
/// };
/// assert_eq!(draft.check().unwrap().request.body(), r#"{"prompt":"A fox leaps a mossy log","duration":8}"#);
/// ```
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

    /// Checks it against every rule of its endpoint.
    ///
    /// # Errors
    /// As [`check`].
    pub fn check(self) -> Result<Checked, Report> {
        check(self.endpoint, self.into())
    }
}

impl From<DraftShot> for Input {
    fn from(shot: DraftShot) -> Self {
        let mut fields = Fields(vec![("prompt".to_owned(), shot.prompt.into())]);
        fields.put("duration", shot.duration);
        Self::Object(fields.0)
    }
}

impl From<Draft> for Input {
    /// An object of what is given; `None` leaves a field out.
    fn from(draft: Draft) -> Self {
        let mut fields = Fields(Vec::new());
        fields.put("image", draft.image);
        fields.put("prompt", draft.prompt);
        fields.put("negative_prompt", draft.negative_prompt);
        fields.put("duration", draft.duration);
        fields.put("cfg_scale", draft.cfg_scale);
        fields.put("aspect_ratio", draft.aspect_ratio);
        fields.put("sound", draft.sound);
        fields.put("end_image", draft.end_image);
        let shots = draft
            .multi_prompt
            .map(|shots| shots.into_iter().map(Input::from).collect::<Vec<_>>());
        fields.put("multi_prompt", shots);
        Self::Object(fields.0)
    }
}

/// The fields of an object as they are put in, without those not given.
struct Fields(Vec<(String, Input)>);

impl Fields {
    fn put(&mut self, name: &str, value: Option<impl Into<Input>>) {
        if let Some(value) = value {
            self.0.push((name.to_owned(), value.into()));
        }
    }
}
