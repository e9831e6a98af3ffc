use super::{ImageToVideo, Request, Shot, TextToVideo};
use crate::input::Input;

impl Request {
    /// The accepted request under the API's field names, with every default filled in and in the order of the
    /// documentation's table. What has no default and was not given is left out. With shots, `duration` is their sum.
    ///
    /// Checking it again gives the same request (bytes in the default form).
    pub fn accepted(&self) -> Input {
        let fields = match self {
            Self::TextToVideo(request) => text_to_video(request),
            Self::ImageToVideo(request) => image_to_video(request),
        };
        Input::Object(
            fields
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value?)))
                .collect(),
        )
    }
}

type Field = (&'static str, Option<Input>);

fn text_to_video(request: &TextToVideo) -> Vec<Field> {
    vec![
        ("prompt", Some(request.prompt.as_str().into())),
        (
            "negative_prompt",
            request.negative_prompt.as_deref().map(Input::from),
        ),
        ("duration", Some(request.duration_secs.into())),
        ("cfg_scale", Some(request.cfg_scale.into())),
        ("aspect_ratio", Some(request.aspect_ratio.name().into())),
        ("sound", Some(request.sound.into())),
    ]
}

fn image_to_video(request: &ImageToVideo) -> Vec<Field> {
    let shots = request.plan.shots();
    let shots = (!shots.is_empty()).then(|| Input::List(shots.iter().map(shot).collect()));
    vec![
        ("image", Some(request.image.accepted())),
        ("prompt", Some(request.prompt.as_str().into())),
        (
            "negative_prompt",
            request.negative_prompt.as_deref().map(Input::from),
        ),
        ("duration", Some(request.plan.duration_secs().into())),
        ("cfg_scale", Some(request.cfg_scale.into())),
        ("sound", Some(request.sound.into())),
        (
            "end_image",
            request.plan.end_image().map(super::ImageSource::accepted),
        ),
        ("multi_prompt", shots),
    ]
}

fn shot(shot: &Shot) -> Input {
    Input::Object(vec![
        ("prompt".to_owned(), shot.prompt().into()),
        ("duration".to_owned(), shot.duration_secs().into()),
    ])
}
