//! What can be done with the shots of a form.

use rushes_core::limits::{DURATION_MAX_SECS, DURATION_MIN_SECS};

use super::form::{Form, ShotForm};
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

    /// Puts a copy of a shot behind it.
    pub fn copy_shot(&mut self, id: u32) {
        if let Some(index) = self.shot_index(id) {
            let copy = ShotForm {
                id: self.fresh_shot_id(),
                ..self.shots[index].clone()
            };
            self.shots.insert(index + 1, copy);
        }
    }

    /// Makes a shot longer or shorter by whole seconds, within what is allowed.
    pub fn step_shot(&mut self, id: u32, by: f64) {
        let (min, max) = (f64::from(DURATION_MIN_SECS), f64::from(DURATION_MAX_SECS));
        self.edit_shot(id, |shot| {
            let now = shot.seconds_number().unwrap_or(min);
            shot.seconds = format::typed((now + by).clamp(min, max));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(seconds: &[&str]) -> Form {
        let shot = |(id, seconds): (u32, &&str)| ShotForm {
            id,
            prompt: format!("shot {id}"),
            seconds: (*seconds).to_owned(),
        };
        Form {
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
        form.copy_shot(1);
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
}
