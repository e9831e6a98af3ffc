//! What can be done with the shots of a form.

use rushes_core::limits::{DURATION_MAX_SECS, DURATION_MIN_SECS};

use super::{
    form::{Form, ShotForm},
    timeline,
};
use crate::text::format;

impl Form {
    /// The shot of that id.
    pub fn shot(&self, id: u32) -> Option<&ShotForm> {
        self.shots.iter().find(|shot| shot.id == id)
    }

    /// Changes the shot of that id, if it is still there.
    pub fn edit_shot(&mut self, id: u32, change: impl FnOnce(&mut ShotForm)) {
        if let Some(shot) = self.shots.iter_mut().find(|shot| shot.id == id) {
            change(shot);
        }
    }

    /// Whether another shot of the shortest length has room.
    pub fn has_room_for_shot(&self) -> bool {
        self.shots.len() < usize::from(DURATION_MAX_SECS / DURATION_MIN_SECS)
    }

    /// Moves a shot by one place, up or down: from which index to which, or nothing at the ends.
    pub fn move_shot(&mut self, id: u32, by: isize) -> Option<(usize, usize)> {
        let from = self.shot_index(id)?;
        let to = from.checked_add_signed(by).filter(|to| *to < self.shots.len())?;
        self.shots.swap(from, to);
        Some((from, to))
    }

    /// Puts a shot at that place among the others: whether that changes anything.
    pub fn place_shot(&mut self, id: u32, to: usize) -> bool {
        match self.shot_index(id) {
            Some(from) if from != to && to < self.shots.len() => {
                let shot = self.shots.remove(from);
                self.shots.insert(to, shot);
                true
            }
            _ => false,
        }
    }

    /// Puts a copy of a shot behind it, as long as there is room for, but no shorter than is allowed: its id.
    pub fn copy_shot(&mut self, id: u32) -> Option<u32> {
        let index = self.shot_index(id)?;
        let mut copy = self.shots[index].clone();
        copy.id = self.fresh_shot_id();
        let left = f64::from(DURATION_MAX_SECS) - self.total_seconds().unwrap_or_default();
        if copy.seconds_number().is_some_and(|seconds| seconds > left) {
            copy.seconds = format::typed(left.max(f64::from(DURATION_MIN_SECS)));
        }
        let id = copy.id;
        self.shots.insert(index + 1, copy);
        Some(id)
    }

    /// Cuts a shot in two of half its length each: its words at `at` (a byte of them) if that is inside them, otherwise
    /// both have them all. The id of the second, or nothing where it is too short.
    pub fn split_shot(&mut self, id: u32, at: Option<usize>) -> Option<u32> {
        let index = self.shot_index(id)?;
        let shot = &self.shots[index];
        let (first, second) = timeline::halves(shot.seconds_number()?)?;
        let (before, after) = at
            .and_then(|at| shot.prompt.split_at_checked(at))
            .map(|(before, after)| (before.trim().to_owned(), after.trim().to_owned()))
            .filter(|(before, after)| !before.is_empty() && !after.is_empty())
            .unwrap_or_else(|| (shot.prompt.clone(), shot.prompt.clone()));
        let new = ShotForm {
            id: self.fresh_shot_id(),
            prompt: after,
            seconds: format::typed(second),
        };
        let new_id = new.id;
        self.shots[index].prompt = before;
        self.shots[index].seconds = format::typed(first);
        self.shots.insert(index + 1, new);
        Some(new_id)
    }

    /// Makes a shot and the next one one: their words one after the other (once, where they are the same), their
    /// seconds together, at most what is allowed. Whether there was a next one.
    pub fn merge_shot(&mut self, id: u32) -> bool {
        let Some(index) = self.shot_index(id).filter(|index| index + 1 < self.shots.len()) else {
            return false;
        };
        let next = self.shots.remove(index + 1);
        let shot = &mut self.shots[index];
        let seconds = shot.seconds_number().zip(next.seconds_number());
        if let Some((own, more)) = seconds {
            shot.seconds = format::typed((own + more).min(f64::from(DURATION_MAX_SECS)));
        }
        let (own, more) = (shot.prompt.trim(), next.prompt.trim());
        shot.prompt = if own == more || more.is_empty() {
            own.to_owned()
        } else if own.is_empty() {
            more.to_owned()
        } else {
            [own, " ", more].concat()
        };
        true
    }

    /// The seconds of every shot, 0 where none are typed that can be read.
    pub fn shot_seconds(&self) -> Vec<f64> {
        let seconds = |shot: &ShotForm| shot.seconds_number().unwrap_or_default().max(0.0);
        self.shots.iter().map(seconds).collect()
    }

    /// Gives every shot its seconds.
    pub fn set_shot_seconds(&mut self, seconds: &[f64]) {
        for (shot, seconds) in self.shots.iter_mut().zip(seconds) {
            // What is typed stays as it was typed where it says the same.
            if shot.seconds_number() != Some(*seconds) {
                shot.seconds = format::typed(*seconds);
            }
        }
    }

    /// Puts the main words before those of the first shot. Where shots are written into the prompt the main words are
    /// then done with; `multi_prompt` is not taken without a main prompt, so beside it they stay.
    pub fn give_to_first_shot(&mut self) {
        let is_compiled = self.is_compiled();
        if let Some(shot) = self.shots.first_mut() {
            let words = [self.prompt.trim(), shot.prompt.trim()].join(" ");
            words.trim().clone_into(&mut shot.prompt);
            if is_compiled {
                self.prompt.clear();
            }
        }
    }

    /// Whether the first shot lacks the main words.
    pub fn first_shot_lacks_prompt(&self) -> bool {
        let prompt = self.prompt.trim();
        let first = self
            .shots
            .first()
            .filter(|_| self.uses_shots() && !prompt.is_empty());
        first.is_some_and(|shot| !shot.prompt.trim().starts_with(prompt))
    }

    /// Makes a shot longer or shorter by whole seconds, within what is allowed.
    pub fn step_shot(&mut self, id: u32, by: f64) {
        let (min, max) = (f64::from(DURATION_MIN_SECS), f64::from(DURATION_MAX_SECS));
        self.edit_shot(id, |shot| {
            let now = shot.seconds_number().unwrap_or(min);
            // `clamp` would bring the writing of its limits along, a tenth of the page's program.
            shot.seconds = format::typed((now + by).max(min).min(max));
        });
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compose::form::{Picture, Plan};

    fn form(seconds: &[&str]) -> Form {
        let shot = |(id, seconds): (u32, &&str)| ShotForm {
            id,
            prompt: format!("shot {id}"),
            seconds: (*seconds).to_owned(),
        };
        Form {
            plan: Plan::Shots,
            shots: (1..).zip(seconds).map(shot).collect(),
            ..Form::default()
        }
    }

    fn order(form: &Form) -> Vec<u32> {
        form.shots.iter().map(|shot| shot.id).collect()
    }

    #[test]
    fn shots_move_by_one_place_and_stop_at_the_ends() {
        let mut form = form(&["3", "3", "3"]);
        assert_eq!(form.move_shot(1, -1), None);
        assert_eq!(form.move_shot(3, 1), None);
        assert_eq!(form.move_shot(9, 1), None);
        assert_eq!(form.move_shot(1, 1), Some((0, 1)));
        assert_eq!(order(&form), [2, 1, 3]);
    }

    #[test]
    fn a_copy_stands_behind_its_shot_and_is_its_own() {
        let mut form = form(&["3", "4"]);
        assert_eq!(form.copy_shot(1), Some(3));
        assert_eq!(order(&form), [1, 3, 2]);
        form.edit_shot(3, |shot| shot.prompt.clear());
        assert_eq!(form.shot(1).map(|shot| shot.prompt.as_str()), Some("shot 1"));
    }

    #[test]
    fn five_shots_fill_the_time() {
        assert!(form(&["3"; 4]).has_room_for_shot());
        assert!(!form(&["3"; 5]).has_room_for_shot());
    }

    #[test]
    fn steps_stay_within_what_is_allowed() {
        for (typed, by, seconds) in [
            ("3", -1.0, "3"),
            ("15", 1.0, "15"),
            ("5", 1.0, "6"),
            ("x", 1.0, "4"),
            ("", 1.0, "6"),
        ] {
            let mut form = form(&[typed]);
            form.step_shot(1, by);
            assert_eq!(form.shots[0].seconds, seconds, "{typed}");
        }
    }

    #[test]
    fn a_copy_takes_no_more_than_is_left() {
        for (seconds, copied) in [
            (&["5", "5"][..], "5"),
            (&["5", "6"], "4"),
            (&["6", "7"], "3"),
            (&["x"], "x"),
        ] {
            let mut form = form(seconds);
            form.copy_shot(1);
            assert_eq!(form.shots[1].seconds, copied, "{seconds:?}");
        }
    }

    #[test]
    fn a_shot_is_cut_where_the_caret_stands() {
        for (words, at, first, second) in [
            ("A gull lands. It cries.", Some(13), "A gull lands.", "It cries."),
            ("A gull", Some(0), "A gull", "A gull"),
            ("A gull", Some(6), "A gull", "A gull"),
            ("A gull", Some(99), "A gull", "A gull"),
            ("é gull", Some(1), "é gull", "é gull"),
            ("A gull", None, "A gull", "A gull"),
        ] {
            let mut form = form(&["7", "3"]);
            form.shots[0].prompt = words.to_owned();
            assert_eq!(form.split_shot(1, at), Some(3));
            assert_eq!(order(&form), [1, 3, 2]);
            let parts: Vec<&str> = form.shots[..2].iter().map(|shot| shot.prompt.as_str()).collect();
            assert_eq!(parts, [first, second]);
            assert_eq!(form.shot_seconds(), [4.0, 3.0, 3.0]);
        }
        for seconds in ["5", "x"] {
            assert_eq!(form(&[seconds]).split_shot(1, None), None, "{seconds}");
        }
    }

    #[test]
    fn merging_keeps_all_words_and_all_seconds_there_is_room_for() {
        for (first, second, merged) in [
            ("A gull.", "It cries.", "A gull. It cries."),
            ("A gull", "A gull ", "A gull"),
            (" ", "It cries.", "It cries."),
            ("A gull", "", "A gull"),
        ] {
            let mut form = form(&["4", "3", "5"]);
            (form.shots[0].prompt, form.shots[1].prompt) = (first.to_owned(), second.to_owned());
            assert!(form.merge_shot(1));
            assert_eq!(order(&form), [1, 3]);
            assert_eq!(
                (form.shots[0].prompt.as_str(), form.shots[0].seconds.as_str()),
                (merged, "7")
            );
            assert!(!form.merge_shot(3) && !form.merge_shot(9));
        }
        let mut long = form(&["9", "9"]);
        assert!(long.merge_shot(1));
        assert_eq!(long.shots[0].seconds, "15");
    }

    #[test]
    fn the_main_words_move_into_the_first_shot() {
        let mut form = form(&["3"]);
        form.prompt = "A harbour.".to_owned();
        assert!(form.first_shot_lacks_prompt());
        let mut with_image = form.clone();
        form.give_to_first_shot();
        assert_eq!(
            (form.prompt.as_str(), form.shots[0].prompt.as_str()),
            ("", "A harbour. shot 1")
        );
        assert!(!form.first_shot_lacks_prompt());
        with_image.start = Picture::Url("https://example.com/a.png".into());
        with_image.give_to_first_shot();
        assert_eq!(with_image.prompt, "A harbour.");
        assert!(!with_image.first_shot_lacks_prompt());
    }

    proptest! {
        #[test]
        fn a_cut_and_a_merge_give_the_shot_back(words in "[a-z]{1,5}( [a-z]{1,5}){0,4}", seconds in 6_u8..=15, at in 0_usize..30) {
            let mut form = form(&[&seconds.to_string(), "3"]);
            form.shots[0].prompt.clone_from(&words);
            // Between words only: inside a word the merge has put a space.
            let at = words.get(..at).map(|before| before.trim_end().len()).filter(|at| words[*at..].starts_with(' '));
            let before = form.clone();
            prop_assert!(form.split_shot(1, at).is_some());
            prop_assert!(form.merge_shot(1));
            prop_assert_eq!(form, before);
        }

        #[test]
        fn placing_keeps_every_shot_and_the_others_in_order(from in 0_usize..5, to in 0_usize..5) {
            let mut form = form(&["3"; 5]);
            let id = form.shots[from].id;
            prop_assert_eq!(form.place_shot(id, to), from != to);
            prop_assert_eq!(form.shot_index(id), Some(to));
            form.shots.retain(|shot| shot.id != id);
            prop_assert!(order(&form).is_sorted());
        }
    }
}
