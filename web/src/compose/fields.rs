//! The form's fields, and how an issue's path finds its field.

use super::form::{Form, Plan};

/// One place of the form that can be wrong and can take the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKey {
    /// `image`
    Start,
    /// `end_image`
    End,
    /// `multi_prompt` as a whole.
    Shots,
    /// A shot's words, by the shot's id.
    ShotPrompt(u32),
    /// A shot's seconds, by the shot's id.
    ShotSeconds(u32),
    /// `prompt`
    Prompt,
    /// `negative_prompt`
    Negative,
    /// `duration`
    Seconds,
    /// `cfg_scale`
    Guidance,
    /// `aspect_ratio`
    Ratio,
    /// `sound`
    Sound,
}

impl FieldKey {
    /// DOM id of the control that takes the focus.
    pub fn control_id(self) -> String {
        match self {
            Self::Start => "field-start".to_owned(),
            Self::End => "field-end".to_owned(),
            Self::Shots => "field-shots".to_owned(),
            Self::ShotPrompt(id) => format!("field-shot-{id}-prompt"),
            Self::ShotSeconds(id) => format!("field-shot-{id}-seconds"),
            Self::Prompt => crate::ids::PROMPT.to_owned(),
            Self::Negative => "field-negative".to_owned(),
            Self::Seconds => "field-seconds".to_owned(),
            Self::Guidance => "field-guidance".to_owned(),
            Self::Ratio => "field-ratio".to_owned(),
            Self::Sound => "field-sound".to_owned(),
        }
    }

    /// The field that an issue's JSON Pointer speaks of; what the form has no own place for is the prompt's, so that
    /// no issue is ever without a place.
    pub fn of_path(path: &str, form: &Form) -> Self {
        let mut parts = path.split('/').skip(1);
        let shot = |index: Option<&str>| {
            let index: usize = index?.parse().ok()?;
            form.shots.get(index).map(|shot| shot.id)
        };
        match parts.next() {
            Some("image") => Self::Start,
            Some("end_image") => Self::End,
            Some("negative_prompt") => Self::Negative,
            Some("duration") if form.uses_shots() => Self::Shots,
            Some("duration") => Self::Seconds,
            Some("cfg_scale") => Self::Guidance,
            Some("aspect_ratio") => Self::Ratio,
            Some("sound") => Self::Sound,
            Some("multi_prompt") => match (shot(parts.next()), parts.next()) {
                (Some(id), Some("duration")) => Self::ShotSeconds(id),
                (Some(id), _) => Self::ShotPrompt(id),
                (None, _) => Self::Shots,
            },
            _ => Self::Prompt,
        }
    }

    /// Its place from top to bottom of the page, for the order of the list of problems.
    pub fn place(self, form: &Form) -> (u8, usize) {
        let shot = |id| form.shot_index(id).map_or(usize::MAX, |index| index * 2 + 1);
        match self {
            Self::Start => (0, 0),
            Self::End => (1, 0),
            Self::Shots => (2, 0),
            Self::ShotPrompt(id) => (2, shot(id)),
            Self::ShotSeconds(id) => (2, shot(id).saturating_add(1)),
            Self::Prompt => (3, 0),
            Self::Seconds => (4, 0),
            Self::Ratio => (5, 0),
            Self::Sound => (6, 0),
            Self::Negative => (7, 0),
            Self::Guidance => (8, 0),
        }
    }

    /// Whether the form shows it now.
    pub fn is_shown(self, form: &Form) -> bool {
        let with_image = !form.start.is_empty();
        match self {
            Self::Ratio => !with_image,
            Self::End => with_image && form.plan == Plan::OneTake,
            Self::Shots | Self::ShotPrompt(_) | Self::ShotSeconds(_) => form.uses_shots(),
            Self::Seconds => !form.uses_shots(),
            _ => true,
        }
    }
}

/// Which fields have been left or pressed for, so that nothing shouts at an empty form.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Touched {
    all: bool,
    fields: Vec<FieldKey>,
}

impl Touched {
    /// Whether what is wrong with that field may be said.
    pub fn has(&self, field: FieldKey) -> bool {
        self.all || self.fields.contains(&field)
    }

    /// The field was left. Whether that is new.
    pub fn touch(&mut self, field: FieldKey) -> bool {
        let new = !self.has(field);
        if new {
            self.fields.push(field);
        }
        new
    }

    /// Generate was pressed: everything may be said.
    pub fn touch_all(&mut self) {
        self.all = true;
    }

    /// A new form: nothing may be said.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::form::{Picture, ShotForm};

    fn form() -> Form {
        let shot = |id| ShotForm {
            id,
            prompt: String::new(),
            seconds: "3".into(),
        };
        Form {
            start: Picture::Url("https://example.com/a.png".into()),
            plan: Plan::Shots,
            shots: vec![shot(7), shot(4)],
            ..Form::default()
        }
    }

    #[test]
    fn every_path_finds_its_field() {
        let form = form();
        for (path, field) in [
            ("/image", FieldKey::Start),
            ("/end_image", FieldKey::End),
            ("/prompt", FieldKey::Prompt),
            ("/negative_prompt", FieldKey::Negative),
            ("/cfg_scale", FieldKey::Guidance),
            ("/aspect_ratio", FieldKey::Ratio),
            ("/sound", FieldKey::Sound),
            ("/duration", FieldKey::Shots),
            ("/multi_prompt", FieldKey::Shots),
            ("/multi_prompt/0/prompt", FieldKey::ShotPrompt(7)),
            ("/multi_prompt/1/duration", FieldKey::ShotSeconds(4)),
            ("/multi_prompt/1", FieldKey::ShotPrompt(4)),
            ("/multi_prompt/9/prompt", FieldKey::Shots),
            ("/multi_prompt/x", FieldKey::Shots),
            ("", FieldKey::Prompt),
            ("/nobody_knows", FieldKey::Prompt),
        ] {
            assert_eq!(FieldKey::of_path(path, &form), field, "{path}");
        }
        assert_eq!(
            FieldKey::of_path("/duration", &Form::default()),
            FieldKey::Seconds
        );
    }

    #[test]
    fn shots_are_placed_in_their_order_words_before_seconds() {
        let form = form();
        let mut fields = [
            FieldKey::Prompt,
            FieldKey::ShotSeconds(4),
            FieldKey::ShotPrompt(4),
            FieldKey::ShotSeconds(7),
            FieldKey::Start,
        ];
        fields.sort_by_key(|field| field.place(&form));
        assert_eq!(
            fields,
            [
                FieldKey::Start,
                FieldKey::ShotSeconds(7),
                FieldKey::ShotPrompt(4),
                FieldKey::ShotSeconds(4),
                FieldKey::Prompt
            ]
        );
    }

    #[test]
    fn nothing_is_said_before_it_is_touched() {
        let mut touched = Touched::default();
        assert!(!touched.has(FieldKey::Prompt));
        assert!(touched.touch(FieldKey::Prompt) && !touched.touch(FieldKey::Prompt));
        assert!(touched.has(FieldKey::Prompt) && !touched.has(FieldKey::Sound));
        touched.touch_all();
        assert!(touched.has(FieldKey::Sound));
        touched.clear();
        assert!(!touched.has(FieldKey::Prompt));
    }
}
