use super::fields::{SHOT_FIELDS, sort};
use super::place::{self, Place};
use super::{Broken, Sound, unknown, values};
use crate::decimal::digits;
use crate::limits::{DURATION_DEFAULT_SECS, DURATION_MAX_SECS, DURATION_MIN_SECS, SHOT_PROMPT_ADVISED_CHARS};
use crate::report::Code;
use crate::request::Shot;
use crate::say::{characters, say};
use crate::{Input, Issue};

/// What `multi_prompt` came to.
pub(super) struct Shots {
    /// The shots, if any are given and all are sound.
    pub(super) list: Sound<Option<Vec<Shot>>>,
    /// The sum of their durations, where all of those are sound and the sum is too.
    pub(super) sum: Option<u8>,
    /// Issues of the list and its shots.
    pub(super) issues: Vec<Issue>,
    /// Issues of unknown fields of shots, which stand last.
    pub(super) unknown: Vec<Issue>,
}

const FIELD: Place = Place::Field("multi_prompt");
const PATH: &str = "/multi_prompt";

impl Shots {
    /// Checks the shots, given whether an end frame is given too.
    pub(super) fn check(value: Option<Input>, with_end_image: bool) -> Self {
        let mut shots = Self {
            list: Ok(None),
            sum: None,
            issues: Vec::new(),
            unknown: Vec::new(),
        };
        let Some(value) = value else { return shots };
        if with_end_image {
            let message = "`multi_prompt` and `end_image` exclude each other: take out one of them.";
            shots.issues.push(Issue::error(PATH, Code::Conflict, message));
        }
        shots.list = match value {
            Input::List(items) => shots.items(items).map(Some),
            other => Err(values::wrong_type(
                FIELD,
                "an array of shots",
                &other,
                &mut shots.issues,
            )),
        };
        shots
    }

    fn items(&mut self, items: Vec<Input>) -> Sound<Vec<Shot>> {
        if items.is_empty() {
            let message =
                "`multi_prompt` is empty: give at least one shot, or leave it out for a single take.";
            self.issues
                .push(Issue::error(PATH, Code::Empty, message).limit(1.0).actual(0.0));
            return Err(Broken);
        }
        let items: Vec<_> = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| self.item(index, item))
            .collect();
        let durations: Sound<Vec<u8>> = items.iter().map(|(_, duration)| *duration).collect();
        let sum = durations.and_then(|durations| self.sum(&durations));
        self.sum = sum.ok();
        let shots = items.into_iter().map(|(prompt, duration)| {
            Ok(Shot {
                prompt: prompt?,
                duration_secs: duration?,
            })
        });
        let shots: Sound<Vec<Shot>> = shots.collect();
        sum.and(shots)
    }

    /// The prompt and the duration of one shot.
    fn item(&mut self, index: usize, item: Input) -> (Sound<String>, Sound<u8>) {
        let place = Place::Shot(index);
        let fields = match item {
            Input::Object(fields) => fields,
            other => {
                let broken =
                    values::wrong_type(place, "an object {prompt, duration}", &other, &mut self.issues);
                return (Err(broken), Err(broken));
            }
        };
        let ([prompt, duration], unknown) = sort(fields, &SHOT_FIELDS);
        let prompt = values::prompt(Place::ShotField(index, "prompt"), prompt, &mut self.issues);
        if let Ok(prompt) = &prompt {
            self.advise(index, prompt);
        }
        let duration = values::duration(Place::ShotField(index, "duration"), duration, &mut self.issues);
        unknown::of_shot(place, &unknown, &mut self.unknown);
        (
            prompt,
            duration.map(|seconds| seconds.unwrap_or(DURATION_DEFAULT_SECS)),
        )
    }

    /// Kling itself takes fewer words a shot than are documented here.
    fn advise(&mut self, index: usize, prompt: &str) {
        if prompt.len() <= SHOT_PROMPT_ADVISED_CHARS {
            return;
        }
        let count = characters(prompt);
        if count > SHOT_PROMPT_ADVISED_CHARS {
            let place = Place::ShotField(index, "prompt");
            let message = say!(
                "{} has {} characters; Kling itself takes {} a shot, so what is over may be ignored or refused. Shorten \
                 it to be safe.",
                place.subject(),
                place::count(count),
                place::count(SHOT_PROMPT_ADVISED_CHARS)
            );
            let issue = Issue::warning(place.path(), Code::TooLong, message);
            let limit = values::length(SHOT_PROMPT_ADVISED_CHARS);
            self.issues.push(issue.limit(limit).actual(values::length(count)));
        }
    }

    /// The shots fill the same 3 to 15 seconds as a single take.
    fn sum(&mut self, durations: &[u8]) -> Sound<u8> {
        let sum: u64 = durations.iter().copied().map(u64::from).sum();
        let allowed = DURATION_MIN_SECS..=DURATION_MAX_SECS;
        if let Some(sum) = u8::try_from(sum).ok().filter(|sum| allowed.contains(sum)) {
            return Ok(sum);
        }
        let message = say!(
            "The shots add up to {} seconds; together they may last {} to {}. Shorten or take out shots.",
            digits(sum),
            digits(DURATION_MIN_SECS.into()),
            digits(DURATION_MAX_SECS.into())
        );
        let issue = Issue::error(PATH, Code::OutOfRange, message);
        #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
        self.issues
            .push(issue.limit(values::duration_range()).actual(sum as f64));
        Err(Broken)
    }
}
