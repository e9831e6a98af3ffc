//! Which rule acts on a request: counted, and drawn from the seed.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::script::{Fault, On, Script};
use crate::store::Stage;

/// A request, as rules look at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) on: On,
    /// Which intent or task it is of: the same text for the same script in every run.
    pub(super) key: &'a str,
    pub(super) prompt: &'a str,
    /// Where the task stands, for a read that found one.
    pub(super) state: Option<Stage>,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chosen {
    pub(super) fault: Fault,
    /// Which rule.
    pub(super) rule: usize,
    /// How often that rule had acted before, for this key where it counts each.
    pub(super) before: u64,
}

/// How often a rule looked and acted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Requests it looked at.
    pub looked: u64,
    /// Requests it acted on.
    pub fired: u64,
}

/// The rules of one script and their counts.
#[derive(Debug)]
pub(super) struct Chooser {
    script: Script,
    /// For each rule, by key.
    counts: Mutex<Vec<HashMap<String, Tally>>>,
}

impl Chooser {
    pub(super) fn new(script: Script) -> Self {
        let counts = Mutex::new(vec![HashMap::new(); script.rules.len()]);
        Self { script, counts }
    }

    pub(super) fn script(&self) -> &Script {
        &self.script
    }

    /// The fault for a request, if any rule fires. Every rule that looks at it counts it.
    pub(super) fn choose(&self, subject: Subject<'_>) -> Option<Chosen> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut chosen = None;
        for (number, (rule, counts)) in self.script.rules.iter().zip(counts.iter_mut()).enumerate() {
            let looks = rule.on.covers(subject.on)
                && rule
                    .prompt
                    .as_ref()
                    .is_none_or(|part| subject.prompt.contains(part))
                && (rule.state.is_none() || rule.state == subject.state);
            if !looks {
                continue;
            }
            let key = if rule.each { subject.key } else { "" };
            let tally = counts.entry(key.to_owned()).or_default();
            tally.looked += 1;
            let drawn = drawn(self.script.seed, &format!("{number}\n{key}\n{}", tally.looked));
            if chosen.is_none() && rule.when.fires(tally.looked, tally.fired, drawn) {
                chosen = Some(Chosen {
                    fault: rule.fault.clone(),
                    rule: number,
                    before: tally.fired,
                });
                tally.fired += 1;
            }
        }
        chosen
    }

    /// For each rule, how often it looked and acted.
    pub(super) fn tallies(&self) -> Vec<Tally> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = |tallies: &HashMap<String, Tally>| {
            tallies.values().fold(Tally::default(), |sum, one| Tally {
                looked: sum.looked + one.looked,
                fired: sum.fired + one.fired,
            })
        };
        counts.iter().map(sum).collect()
    }
}

/// A number in [0, 1) that follows from the seed and the words alone. A digest: words that differ little give numbers
/// that have nothing to do with each other.
pub(crate) fn drawn(seed: u64, words: &str) -> f64 {
    let text = format!("rushes-faults\n{seed}\n{words}");
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let mut bits = [0; 4];
    bits.copy_from_slice(&digest.as_ref()[..4]);
    f64::from(u32::from_le_bytes(bits)) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chooser(json: &str) -> Chooser {
        Chooser::new(Script::parse(json).expect("sound"))
    }

    fn subject<'a>(on: On, key: &'a str, prompt: &'a str) -> Subject<'a> {
        Subject {
            on,
            key,
            prompt,
            state: None,
        }
    }

    #[test]
    fn the_first_rule_that_fires_acts_alone_and_all_that_look_count() {
        let chooser = chooser(
            r#"{"rules":[
                {"on":"create","nth":2,"do":"drop"},
                {"on":"text_to_video","do":"rate_limit"},
                {"on":"create","nth":[2,3],"do":"no_cors"},
                {"on":"image_to_video","do":"no_cors"}
            ]}"#,
        );
        let mut names = Vec::new();
        for on in [On::TextToVideo, On::TextToVideo, On::ImageToVideo, On::Read] {
            names.push(
                chooser
                    .choose(subject(on, "a", ""))
                    .map(|chosen| (chosen.rule, chosen.fault.name())),
            );
        }
        assert_eq!(
            names,
            [
                Some((1, "rate_limit")),
                Some((0, "drop")),
                Some((2, "no_cors")),
                None
            ]
        );
        let tally = |looked, fired| Tally { looked, fired };
        assert_eq!(
            chooser.tallies(),
            [tally(3, 1), tally(2, 1), tally(3, 1), tally(1, 0)]
        );
    }

    #[test]
    fn each_intent_counts_for_itself_and_words_choose() {
        let chooser = chooser(
            r#"{"rules":[
                {"on":"read","each":true,"times":1,"prompt":"fox","do":"drop"},
                {"on":"read","state":"succeeded","do":"no_cors"}
            ]}"#,
        );
        let ask = |key, prompt, state| {
            let subject = Subject {
                state,
                ..subject(On::Read, key, prompt)
            };
            chooser.choose(subject).map(|chosen| chosen.fault.name())
        };
        assert_eq!(ask("a", "a fox", None), Some("drop"));
        assert_eq!(ask("a", "a fox", None), None);
        assert_eq!(ask("b", "the fox", None), Some("drop"));
        assert_eq!(ask("c", "a hen", None), None);
        assert_eq!(ask("c", "a hen", Some(Stage::Processing)), None);
        assert_eq!(ask("c", "a hen", Some(Stage::Succeeded)), Some("no_cors"));
    }

    #[test]
    fn chances_follow_from_the_seed_whatever_order_intents_come_in() {
        let script = |seed: u64| {
            chooser(&format!(
                r#"{{"seed":{seed},"rules":[{{"on":"read","each":true,"chance":0.3,"do":"drop"}}]}}"#
            ))
        };
        let run = |chooser: &Chooser, keys: &[&str], wanted: &str| -> Vec<bool> {
            (0..200)
                .flat_map(|_| keys)
                .map(|key| (*key, chooser.choose(subject(On::Read, key, "")).is_some()))
                .filter(|(key, _)| *key == wanted)
                .map(|(_, fired)| fired)
                .collect()
        };
        let first = run(&script(1), &["a", "b"], "a");
        assert_eq!(run(&script(1), &["b", "c", "a"], "a"), first);
        assert_ne!(run(&script(2), &["a"], "a"), first);
        assert_ne!(run(&script(1), &["b"], "b"), first);
        let hits = first.iter().filter(|fired| **fired).count();
        assert!((40..=80).contains(&hits), "about 60 of 200: {hits}");
    }
}
