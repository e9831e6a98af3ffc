//! The two requests, field by field in the order of the documentation's tables.

use super::build::{count, joined, object, optional, texts};
use super::patterns;
use crate::limits::{
    ASPECT_RATIOS, CFG_SCALE_DEFAULT, CFG_SCALE_MAX, CFG_SCALE_MIN, DURATION_DEFAULT_SECS, DURATION_MAX_SECS,
    DURATION_MIN_SECS, IMAGE_MAX_BYTES, IMAGE_MAX_RATIO, IMAGE_MIN_SIDE_PX, PROMPT_MAX_CHARS,
    SHOT_PROMPT_ADVISED_CHARS,
};
use crate::{Endpoint, Input};

/// The request of an endpoint, with the schema that its shots follow.
pub(super) fn of(endpoint: Endpoint, shot: &Input) -> Input {
    let properties = endpoint
        .fields()
        .iter()
        .map(|name| ((*name).to_owned(), field(endpoint, name, shot)));
    let properties = Input::Object(properties.collect());
    let head = |title: &str, description: &str, required: &[&str]| {
        object([
            ("title", title.into()),
            ("description", description.into()),
            ("type", "object".into()),
            ("required", texts(required)),
            ("properties", properties.clone()),
            ("additionalProperties", false.into()),
        ])
    };
    let (head, rest) = match endpoint {
        Endpoint::TextToVideo => (
            head(
                "Text to video",
                "Kling v3.0 Standard: a video from words.",
                &["prompt"],
            ),
            object([("examples", vec![text_example()].into())]),
        ),
        Endpoint::ImageToVideo => (
            head(
                "Image to video",
                "Kling v3.0 Standard: a video from a first frame, in one take or in shots.",
                &["image", "prompt"],
            ),
            object([
                ("not", end_image_and_shots()),
                ("examples", vec![end_image_example(), shots_example()].into()),
            ]),
        ),
    };
    joined(head, rest)
}

/// One shot.
pub(super) fn shot() -> Input {
    let said = format!(
        "What the shot shows. Kling itself takes {SHOT_PROMPT_ADVISED_CHARS} characters a shot; what is over may be ignored."
    );
    object([
        ("title", "Shot".into()),
        ("type", "object".into()),
        ("required", texts(&["prompt"])),
        (
            "properties",
            object([
                ("prompt", prompt(&said)),
                ("duration", duration("Length of the shot in seconds.")),
            ]),
        ),
        ("additionalProperties", false.into()),
    ])
}

fn field(endpoint: Endpoint, name: &str, shot: &Input) -> Input {
    match name {
        "prompt" => prompt("What the video shows."),
        "negative_prompt" => optional(
            "string",
            object([
                ("maxLength", count(PROMPT_MAX_CHARS)),
                (
                    "description",
                    "What to keep out of picture and sound. An empty text counts as absent.".into(),
                ),
            ]),
        ),
        "duration" => duration(match endpoint {
            Endpoint::TextToVideo => "Length of the video in seconds.",
            Endpoint::ImageToVideo => {
                "Length of the video in seconds. With shots it is their sum, and best left out."
            }
        }),
        "cfg_scale" => optional(
            "number",
            object([
                ("minimum", CFG_SCALE_MIN.into()),
                ("maximum", CFG_SCALE_MAX.into()),
                ("default", CFG_SCALE_DEFAULT.into()),
                (
                    "description",
                    "How closely the prompt is followed: 0 is most freedom.".into(),
                ),
            ]),
        ),
        "aspect_ratio" => aspect_ratio(),
        "sound" => optional(
            "boolean",
            object([
                ("default", false.into()),
                (
                    "description",
                    "Whether sound is made with the video; a second costs more then.".into(),
                ),
            ]),
        ),
        "image" => joined(object([("type", "string".into())]), image("The first frame")),
        "end_image" => optional(
            "string",
            image("The last frame, not together with `multi_prompt`"),
        ),
        "multi_prompt" => shots(shot.clone()),
        // The test of the schemas tells of a field that is missing here.
        _ => object([]),
    }
}

fn prompt(description: &str) -> Input {
    object([
        ("type", "string".into()),
        ("minLength", count(1)),
        ("maxLength", count(PROMPT_MAX_CHARS)),
        ("pattern", patterns::not_blank().into()),
        (
            "description",
            format!("{description} Not only white space.").into(),
        ),
    ])
}

fn duration(description: &str) -> Input {
    optional(
        "integer",
        object([
            ("minimum", DURATION_MIN_SECS.into()),
            ("maximum", DURATION_MAX_SECS.into()),
            ("default", DURATION_DEFAULT_SECS.into()),
            ("description", description.into()),
        ]),
    )
}

fn aspect_ratio() -> Input {
    let mut ratios: Vec<Input> = ASPECT_RATIOS.iter().map(|ratio| Input::from(*ratio)).collect();
    ratios.push(Input::Null);
    optional(
        "string",
        object([
            ("enum", ratios.into()),
            ("default", ASPECT_RATIOS[0].into()),
            ("description", "Shape of the picture.".into()),
        ]),
    )
}

fn image(role: &str) -> Input {
    let megabytes = IMAGE_MAX_BYTES / (1024 * 1024);
    let description = format!(
        "{role}: a public http(s) URL, a data URI or base64. PNG or JPEG by content, at most {megabytes} MB \
         ({IMAGE_MAX_BYTES} bytes), at least {IMAGE_MIN_SIDE_PX} pixels a side, ratio between 1:{IMAGE_MAX_RATIO} and \
         {IMAGE_MAX_RATIO}:1."
    );
    object([
        ("pattern", patterns::image().into()),
        ("description", description.into()),
    ])
}

fn shots(shot: Input) -> Input {
    let description = format!(
        "One item per shot; together they last {DURATION_MIN_SECS} to {DURATION_MAX_SECS} seconds. Not together with \
         `end_image`."
    );
    optional(
        "array",
        object([
            ("minItems", count(1)),
            ("maxItems", (DURATION_MAX_SECS / DURATION_MIN_SECS).into()),
            ("items", shot),
            ("description", description.into()),
        ]),
    )
}

/// Both given, and neither `null`.
fn end_image_and_shots() -> Input {
    let given = || object([("not", object([("type", "null".into())]))]);
    object([
        ("required", texts(&["end_image", "multi_prompt"])),
        (
            "properties",
            object([("end_image", given()), ("multi_prompt", given())]),
        ),
    ])
}

fn text_example() -> Input {
    object([
        ("prompt", "A fox leaps a mossy log".into()),
        ("duration", 8_u8.into()),
        ("sound", true.into()),
    ])
}

const EXAMPLE_IMAGE: &str = "https://example.com/fox.jpg";

fn end_image_example() -> Input {
    object([
        ("image", EXAMPLE_IMAGE.into()),
        ("prompt", "The fox at dawn".into()),
        ("end_image", "https://example.com/dawn.png".into()),
    ])
}

fn shots_example() -> Input {
    let shot = |prompt: &str, seconds: u8| object([("prompt", prompt.into()), ("duration", seconds.into())]);
    object([
        ("image", EXAMPLE_IMAGE.into()),
        ("prompt", "The fox at dawn".into()),
        (
            "multi_prompt",
            vec![shot("It wakes", 3), shot("It runs", 5)].into(),
        ),
    ])
}
