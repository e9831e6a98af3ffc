//! When a fault happens.

use serde_json::Value;

use super::Problem;
use super::fault::{self, Fault};
use super::fields::{Fields, listed};
use crate::store::Stage;

/// Which requests a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// Both kinds of `POST`.
    Create,
    /// Only this one.
    TextToVideo,
    /// Only this one.
    ImageToVideo,
    /// `task-result`.
    Read,
    /// A result.
    File,
}

const ONS: [(&str, On); 5] = [
    ("create", On::Create),
    ("text_to_video", On::TextToVideo),
    ("image_to_video", On::ImageToVideo),
    ("read", On::Read),
    ("file", On::File),
];

pub(super) const STAGES: [(&str, Stage); 4] = [
    ("queued", Stage::Queued),
    ("processing", Stage::Processing),
    ("succeeded", Stage::Succeeded),
    ("failed", Stage::Failed),
];

impl On {
    /// Whether it looks at such a request.
    pub(crate) fn covers(self, request: Self) -> bool {
        self == request || (self == Self::Create && request.is_create())
    }

    /// Whether it is one of the `POST`s.
    pub(crate) fn is_create(self) -> bool {
        matches!(self, Self::Create | Self::TextToVideo | Self::ImageToVideo)
    }
}

/// One rule of a script.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) on: On,
    pub(crate) prompt: Option<String>,
    pub(crate) state: Option<Stage>,
    pub(crate) each: bool,
    pub(crate) when: When,
    pub(crate) fault: Fault,
}

/// At which of the requests that a rule looks at it fires. All conditions must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct When {
    /// At these; none: at all.
    nth: Vec<u64>,
    every: Option<u64>,
    after: u64,
    times: Option<u64>,
    chance: Option<f64>,
}

impl When {
    /// Whether it fires at the request of that number (from 1), after having fired that often; `drawn` is a number in
    /// [0, 1) for the chance.
    pub(crate) fn fires(&self, number: u64, fired: u64, drawn: f64) -> bool {
        (self.nth.is_empty() || self.nth.contains(&number))
            && self.every.is_none_or(|every| number.is_multiple_of(every))
            && number > self.after
            && self.times.is_none_or(|times| fired < times)
            && self.chance.is_none_or(|chance| drawn < chance)
    }
}

pub(super) fn read(value: &Value, at: String, problems: &mut Vec<Problem>) -> Option<Rule> {
    let mut fields = Fields::of(value, at, problems)?;
    fields.require("on", &listed(ONS.map(|(name, _)| name)));
    let on = fields.word("on", &ONS);
    let prompt = fields.text("prompt");
    let state = fields.word("state", &STAGES);
    let each = fields.flag("each").unwrap_or(false);
    let when = When {
        nth: fields.ordinals("nth").unwrap_or_default(),
        every: fields.whole("every", 1, u64::MAX),
        after: fields.whole("after", 0, u64::MAX).unwrap_or(0),
        times: fields.whole("times", 1, u64::MAX),
        chance: fields.number("chance", 0.0, 1.0),
    };
    let fault = fault::read(&mut fields, on);
    if let Some(on) = on
        && state.is_some()
        && on != On::Read
    {
        fields.problem("state", "only a read has a state");
    }
    let implied = fault.as_ref().and_then(Fault::state);
    if let (Some(fault), Some(implied), Some(given)) = (&fault, implied, state)
        && implied != given
    {
        let state = STAGES
            .iter()
            .find(|(_, stage)| *stage == implied)
            .map_or("", |(name, _)| name);
        let message = format!("{} only happens to a task that is {state}", fault.name());
        fields.problem("state", message);
    }
    // Without a fault the fields that belong to one cannot be told from those that belong to none.
    if fault.is_some() {
        fields.finish();
    }
    Some(Rule {
        on: on?,
        prompt,
        state: implied.or(state),
        each,
        when,
        fault: fault?,
    })
}

#[cfg(test)]
mod tests {
    use super::When;

    #[test]
    fn all_conditions_must_hold() {
        let fires = |when: &When, fired_before: bool| -> Vec<u64> {
            let mut fired = u64::from(fired_before);
            (1..=10)
                .filter(|number| {
                    let now = when.fires(*number, fired, 0.5);
                    fired += u64::from(now);
                    now
                })
                .collect()
        };
        let all: Vec<u64> = (1..=10).collect();
        let cases = [
            (When::default(), all.clone()),
            (
                When {
                    nth: vec![2, 5],
                    ..When::default()
                },
                vec![2, 5],
            ),
            (
                When {
                    every: Some(4),
                    ..When::default()
                },
                vec![4, 8],
            ),
            (
                When {
                    after: 7,
                    ..When::default()
                },
                vec![8, 9, 10],
            ),
            (
                When {
                    times: Some(2),
                    ..When::default()
                },
                vec![1, 2],
            ),
            (
                When {
                    after: 3,
                    times: Some(1),
                    ..When::default()
                },
                vec![4],
            ),
            (
                When {
                    every: Some(2),
                    after: 4,
                    times: Some(2),
                    ..When::default()
                },
                vec![6, 8],
            ),
            (
                When {
                    chance: Some(0.6),
                    ..When::default()
                },
                all,
            ),
            (
                When {
                    chance: Some(0.5),
                    ..When::default()
                },
                vec![],
            ),
        ];
        for (when, expected) in cases {
            assert_eq!(fires(&when, false), expected, "{when:?}");
        }
        assert_eq!(
            fires(
                &When {
                    times: Some(1),
                    ..When::default()
                },
                true
            ),
            Vec::<u64>::new()
        );
    }
}
