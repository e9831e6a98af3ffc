//! Undo and redo over the whole form: forms as they were, one for each thing that was done.

use super::{
    fields::FieldKey,
    form::{Form, Picture},
};

/// How many steps back there are.
const MOST: usize = 200;
/// How long typing may rest and still be one step, in milliseconds.
const REST_MS: u64 = 1_000;

/// What a change is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Itself.
    Alone,
    /// Writing in a field, without a rest.
    Typing(FieldKey),
    /// A drag, by its number.
    Drag(u32),
}

/// The forms before and after what stands now.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Form>,
    future: Vec<Form>,
    last: Option<(Step, u64)>,
}

impl History {
    /// The form stood like this before a change at `now_ms`.
    pub fn record(&mut self, before: Form, step: Step, now_ms: u64) {
        let goes_on = match (self.last, step) {
            (_, Step::Alone) | (None, _) => false,
            (Some((last, at_ms)), Step::Typing(_)) => last == step && now_ms.saturating_sub(at_ms) < REST_MS,
            (Some((last, _)), Step::Drag(_)) => last == step,
        };
        self.last = Some((step, now_ms));
        self.future.clear();
        if goes_on || is_between(&before) {
            return;
        }
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(before);
    }

    /// The form one step back from `now`, if there is one.
    pub fn undo(&mut self, now: &Form) -> Option<Form> {
        Self::travel(&mut self.past, &mut self.future, &mut self.last, now)
    }

    /// The form that was undone last, if nothing has changed since.
    pub fn redo(&mut self, now: &Form) -> Option<Form> {
        Self::travel(&mut self.future, &mut self.past, &mut self.last, now)
    }

    fn travel(
        from: &mut Vec<Form>,
        to: &mut Vec<Form>,
        last: &mut Option<(Step, u64)>,
        now: &Form,
    ) -> Option<Form> {
        // A drag that was taken back, say, left a step that changes nothing.
        while from.last().is_some_and(|form| form == now) {
            from.pop();
        }
        let form = from.pop()?;
        *last = None;
        if !is_between(now) {
            to.push(now.clone());
        }
        Some(form)
    }

    /// Whether there is a step back, and whether there is one forth.
    pub fn can(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }
}

/// Whether a file is being read: nothing comes back to that.
fn is_between(form: &Form) -> bool {
    [&form.start, &form.end]
        .iter()
        .any(|picture| matches!(picture, Picture::Reading { .. }))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(prompt: &str) -> Form {
        Form {
            prompt: prompt.to_owned(),
            ..Form::default()
        }
    }

    const TYPING: Step = Step::Typing(FieldKey::Prompt);

    #[test]
    fn typing_without_a_rest_is_one_step() {
        let mut history = History::default();
        for (before, step, at_ms) in [
            ("", TYPING, 0),
            ("a", TYPING, 900),
            ("ab", TYPING, 1_800),
            ("abc", TYPING, 3_000),
            ("abcd", Step::Typing(FieldKey::Negative), 3_100),
            ("abcd-", Step::Alone, 3_200),
            ("x", Step::Alone, 3_300),
        ] {
            history.record(form(before), step, at_ms);
        }
        let mut now = form("y");
        let mut seen = Vec::new();
        while let Some(before) = history.undo(&now) {
            seen.push(before.prompt.clone());
            now = before;
        }
        assert_eq!(seen, ["x", "abcd-", "abcd", "abc", ""]);
        assert_eq!(history.can(), (false, true));
    }

    #[test]
    fn a_drag_is_one_step_however_long_it_takes() {
        let mut history = History::default();
        for (before, at_ms) in [("a", 0), ("b", 90_000), ("c", 180_000)] {
            history.record(form(before), Step::Drag(1), at_ms);
        }
        history.record(form("d"), Step::Drag(2), 180_001);
        assert_eq!(
            history.undo(&form("e")).map(|form| form.prompt),
            Some("d".to_owned())
        );
        assert_eq!(
            history.undo(&form("d")).map(|form| form.prompt),
            Some("a".to_owned())
        );
    }

    #[test]
    fn what_was_undone_is_gone_once_something_else_is_done() {
        let mut history = History::default();
        history.record(form("a"), Step::Alone, 0);
        assert!(history.undo(&form("b")).is_some());
        history.record(form("a"), TYPING, 1);
        assert_eq!(history.redo(&form("c")), None);
    }

    #[test]
    fn nobody_comes_back_to_a_file_that_was_being_read() {
        let mut history = History::default();
        let reading = Form {
            start: Picture::Reading {
                id: 1,
                name: "a.png".into(),
            },
            ..form("a")
        };
        history.record(form("a"), Step::Alone, 0);
        history.record(reading.clone(), Step::Alone, 1);
        assert_eq!(history.undo(&form("with it")), Some(form("a")));
        assert_eq!(history.undo(&reading), None);
        assert_eq!(history.redo(&form("a")), Some(form("with it")));
    }

    #[test]
    fn the_oldest_step_is_forgotten_first() {
        let mut history = History::default();
        for number in 0..=MOST {
            history.record(form(&number.to_string()), Step::Alone, 0);
        }
        let mut now = form("now");
        while let Some(before) = history.undo(&now) {
            now = before;
        }
        assert_eq!(now.prompt, "1");
    }

    proptest! {
        #[test]
        fn undone_and_redone_is_as_it_was(words in proptest::collection::vec("[a-c]{0,2}", 1..20), back in 0_usize..25) {
            let mut history = History::default();
            let mut now = form("");
            for word in words {
                let next = form(&word);
                if next != now {
                    history.record(now.clone(), Step::Alone, 0);
                }
                now = next;
            }
            let end = now.clone();
            let mut steps = 0;
            while steps < back && let Some(before) = history.undo(&now) {
                now = before;
                steps += 1;
            }
            for _ in 0..steps {
                now = history.redo(&now).expect("a step forth");
            }
            prop_assert_eq!(now, end);
            prop_assert!(!history.can().1);
        }
    }
}
