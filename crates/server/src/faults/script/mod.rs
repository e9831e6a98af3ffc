//! A script of faults, and how it is read: everything that is wrong with one is said at once.

mod fault;
mod fields;
mod rule;

use std::fmt;

use serde_json::Value;

use crate::engine::Pretence;

pub(crate) use fault::{Fault, Form, Garbled, NoId, NoUrl};
use fields::Fields;
pub(crate) use rule::{On, Rule};

/// Most rules in one script.
const MAX_RULES: usize = 1000;
/// Longest time in a script, in milliseconds: ten minutes.
pub(super) const MAX_MS: u64 = 600_000;

/// What a misbehaving service does, and when. See `docs/faults.md` for its form.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    pub(crate) seed: u64,
    pub(crate) rules: Vec<Rule>,
    pub(crate) tasks: Option<Pretence>,
}

/// One thing that is wrong with a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: a JSON Pointer.
    pub pointer: String,
    /// What: a sentence without its beginning, "takes a number from 0 to 1".
    pub message: String,
}

/// Everything that is wrong with a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// In the order of the script.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            let gap = if number == 0 { "" } else { "\n" };
            let place = if problem.pointer.is_empty() {
                "the script"
            } else {
                &problem.pointer
            };
            write!(f, "{gap}{place}: {}", problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for ScriptError {}

impl Script {
    /// Reads a script's JSON.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(json: &str) -> Result<Self, ScriptError> {
        let mut problems = Vec::new();
        let script = match serde_json::from_str::<Value>(json) {
            Ok(value) => Self::read(&value, &mut problems),
            Err(error) => {
                problems.push(Problem {
                    pointer: String::new(),
                    message: format!("cannot be read as JSON: {error}"),
                });
                None
            }
        };
        match script {
            Some(script) if problems.is_empty() => Ok(script),
            _ => Err(ScriptError { problems }),
        }
    }

    fn read(value: &Value, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut fields = Fields::of(value, String::new(), problems)?;
        let seed = fields.whole("seed", 0, u64::MAX).unwrap_or(0);
        let rules = fields.list("rules", MAX_RULES);
        let tasks = fields.value("tasks");
        fields.finish();
        let rules = rules
            .iter()
            .enumerate()
            .filter_map(|(number, value)| rule::read(value, format!("/rules/{number}"), problems))
            .collect();
        let tasks = tasks.and_then(|value| pretence(value, problems));
        Some(Self { seed, rules, tasks })
    }
}

fn pretence(value: &Value, problems: &mut Vec<Problem>) -> Option<Pretence> {
    let mut fields = Fields::of(value, "/tasks".to_owned(), problems)?;
    let queued_ms = fields.span("queued_ms", MAX_MS);
    let rendering_ms = fields.span("rendering_ms", MAX_MS);
    let failing = fields.number("failing", 0.0, 1.0);
    let silent = fields.flag("silent");
    fields.finish();
    Some(Pretence {
        queued_ms: queued_ms.unwrap_or((0, 0)),
        rendering_ms: rendering_ms.unwrap_or((0, 0)),
        failing: failing.unwrap_or(0.0),
        silent: silent.unwrap_or(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(json: &str) -> String {
        Script::parse(json).expect_err(json).to_string()
    }

    #[test]
    fn the_documented_script_is_one() {
        let documented = include_str!("../../../../../docs/faults.md");
        let start = documented.find("```json\n").expect("a script") + "```json\n".len();
        let json = &documented[start..start + documented[start..].find("```").expect("its end")];
        let script = Script::parse(json).expect("sound");
        assert_eq!((script.seed, script.rules.len()), (7, 6));
        assert_eq!(script.tasks.expect("tasks").rendering_ms, (2_000, 6_000));
        assert_eq!(
            Script::parse("{}"),
            Ok(Script {
                seed: 0,
                rules: Vec::new(),
                tasks: None
            })
        );
    }

    #[test]
    fn every_fault_of_the_documentation_is_known_and_no_other() {
        let documented = include_str!("../../../../../docs/faults.md");
        let table = documented.split("## What it does").nth(1).expect("the table");
        let table = table.split("\n## ").next().expect("its end");
        let names: Vec<&str> = table
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
            .skip(1)
            .collect();
        assert_eq!(names, Fault::NAMES);
    }

    /// One rule that is sound, and one with these fields.
    fn rule(fields: &str) -> String {
        format!(r#"{{"rules":[{{"on":"read","do":"drop"}},{{{fields}}}]}}"#)
    }

    fn refused(cases: &[(String, &str)]) {
        for (json, expected) in cases {
            let said = wrong(json);
            assert!(
                said.starts_with(expected) && !said.contains('\n'),
                "{json}\n{said}\n{expected}"
            );
        }
    }

    #[test]
    fn what_is_wrong_with_a_script_is_said() {
        refused(&[
            (
                "{".to_owned(),
                "the script: cannot be read as JSON: EOF while parsing an object at line 1 column 1",
            ),
            ("[]".to_owned(), "the script: takes an object"),
            (
                r#"{"sed":1}"#.to_owned(),
                "/sed: is no field here; there are rules, seed, tasks",
            ),
            (r#"{"seed":-1}"#.to_owned(), "/seed: takes a whole number from 0"),
            (r#"{"seed":1.5}"#.to_owned(), "/seed: takes a whole number from 0"),
            (
                r#"{"rules":{}}"#.to_owned(),
                "/rules: takes a list of at most 1000",
            ),
            (r#"{"rules":[7]}"#.to_owned(), "/rules/0: takes an object"),
            (
                r#"{"tasks":{"queued_ms":[5,1]}}"#.to_owned(),
                "/tasks/queued_ms: takes a whole number up to 600000, or the least and the most in a list",
            ),
            (
                r#"{"tasks":{"failing":2}}"#.to_owned(),
                "/tasks/failing: takes a number from 0 to 1",
            ),
        ]);
    }

    #[test]
    fn what_is_wrong_with_a_condition_is_said() {
        refused(&[
            (
                rule(r#""do":"drop""#),
                "/rules/1/on: is required: create, text_to_video, image_to_video, read or file",
            ),
            (
                rule(r#""on":"all","do":"drop""#),
                "/rules/1/on: takes create, text_to_video, image_to_video, read or file",
            ),
            (
                rule(r#""on":"read""#),
                "/rules/1/do: is required: rate_limit, error,",
            ),
            (
                rule(r#""on":"read","do":"explode""#),
                "/rules/1/do: takes rate_limit, error,",
            ),
            (
                rule(r#""on":"read","do":"no_task_id""#),
                "/rules/1/do: cannot happen on read, only on create",
            ),
            (
                rule(r#""on":"create","do":"drop","state":"queued""#),
                "/rules/1/state: only a read has a state",
            ),
            (
                rule(r#""on":"read","do":"no_url","state":"queued""#),
                "/rules/1/state: no_url only happens to a task that is succeeded",
            ),
            (
                rule(r#""on":"read","do":"drop","chance":1.1"#),
                "/rules/1/chance: takes a number from 0 to 1",
            ),
            (
                rule(r#""on":"read","do":"drop","nth":0"#),
                "/rules/1/nth: takes a whole number from 1, or a list of them",
            ),
            (
                rule(r#""on":"read","do":"drop","nth":[]"#),
                "/rules/1/nth: takes a whole number from 1, or a list of them",
            ),
            (
                rule(r#""on":"read","do":"drop","times":0"#),
                "/rules/1/times: takes a whole number from 1",
            ),
            (
                rule(r#""on":"read","do":"drop","each":1"#),
                "/rules/1/each: takes true or false",
            ),
            (
                rule(r#""on":"read","do":"drop","prompt":"""#),
                "/rules/1/prompt: takes a text",
            ),
        ]);
    }

    #[test]
    fn what_is_wrong_with_a_fault_is_said() {
        refused(&[
            (
                rule(r#""on":"read","do":"drop","when":"later""#),
                "/rules/1/when: takes before or after",
            ),
            (
                rule(r#""on":"read","do":"drop","at":0.5"#),
                "/rules/1/at: is no field here; there are after, chance,",
            ),
            (
                rule(r#""on":"read","do":"error","status":200"#),
                "/rules/1/status: takes a whole number from 400 to 599",
            ),
            (
                rule(r#""on":"read","do":"redirect""#),
                "/rules/1/to: is required: a URL",
            ),
            (
                rule(r#""on":"read","do":"redirect","to":"a\nb""#),
                "/rules/1/to: takes a text that can stand in a header",
            ),
            (
                rule(r#""on":"read","do":"redirect","to":"/x","status":300"#),
                "/rules/1/status: takes 301, 302, 303, 307 or 308",
            ),
            (
                rule(r#""on":"read","do":"rate_limit","retry_after":-1"#),
                "/rules/1/retry_after: takes seconds, or a text that can stand in a header",
            ),
            (
                rule(r#""on":"file","do":"slow""#),
                "/rules/1/bytes_per_sec: is required: a whole number from 1",
            ),
            (
                rule(r#""on":"file","do":"wrong_length","by":0"#),
                "/rules/1/by: takes a whole number but 0",
            ),
            (
                rule(r#""on":"read","do":"refuse","for_ms":600001"#),
                "/rules/1/for_ms: takes a whole number from 1 to 600000",
            ),
        ]);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let twice = wrong(r#"{"seed":"x","rules":[{"on":"read","do":"drop","chance":2,"odd/na~me":1}]}"#);
        let places: Vec<&str> = twice.lines().filter_map(|line| line.split(": ").next()).collect();
        assert_eq!(places, ["/seed", "/rules/0/chance", "/rules/0/odd~1na~0me"]);
    }
}
