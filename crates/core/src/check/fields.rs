use crate::Input;

/// The fields of text to video, in the order of the documentation's table.
pub(crate) const TEXT_TO_VIDEO_FIELDS: [&str; 6] = [
    "prompt",
    "negative_prompt",
    "duration",
    "cfg_scale",
    "aspect_ratio",
    "sound",
];

/// The fields of image to video, in the order of the documentation's table.
pub(crate) const IMAGE_TO_VIDEO_FIELDS: [&str; 8] = [
    "image",
    "prompt",
    "negative_prompt",
    "duration",
    "cfg_scale",
    "sound",
    "end_image",
    "multi_prompt",
];

/// The fields of a shot.
pub(super) const SHOT_FIELDS: [&str; 2] = ["prompt", "duration"];

/// The values of an object's fields in the order of their names, `None` for absent and null, and the names of other
/// fields that are not null, in the order they came. Of a field that stands twice, the last value counts.
pub(super) fn sort<const N: usize>(
    fields: Vec<(String, Input)>,
    names: &[&str; N],
) -> ([Option<Input>; N], Vec<String>) {
    let mut known = [const { None }; N];
    let unknown = sort_into(fields, names, &mut known);
    (known, unknown)
}

fn sort_into(fields: Vec<(String, Input)>, names: &[&str], known: &mut [Option<Input>]) -> Vec<String> {
    let mut unknown = Vec::new();
    for (name, value) in fields {
        let value = (!value.is_null()).then_some(value);
        match names.iter().position(|known| *known == name) {
            Some(index) => known[index] = value,
            None if value.is_some() => unknown.push(name),
            None => {}
        }
    }
    unknown
}
