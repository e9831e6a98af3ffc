//! Which takes are chosen: by one, by a stretch, all. Plain values.

use std::mem;

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Sorted, each once.
    chosen: Vec<String>,
    /// From where a stretch goes.
    anchor: Option<String>,
    /// What was chosen before the stretch that is being drawn.
    before: Vec<String>,
}

impl Selection {
    /// Whether that one is chosen.
    pub fn contains(&self, id: &str) -> bool {
        self.chosen
            .binary_search_by(|other| other.as_str().cmp(id))
            .is_ok()
    }

    /// How many are chosen.
    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    /// Whether none is chosen.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// All that are chosen, sorted by their ids.
    pub fn ids(&self) -> &[String] {
        &self.chosen
    }

    /// Chooses one, or lets it go. Stretches go from here on.
    pub fn toggle(&mut self, id: &str) {
        match self.chosen.binary_search_by(|other| other.as_str().cmp(id)) {
            Ok(index) => drop(self.chosen.remove(index)),
            Err(index) => self.chosen.insert(index, id.to_owned()),
        }
        self.start_at(id);
    }

    /// Chooses none; stretches go from that one on.
    pub fn clear(&mut self, anchor: Option<&str>) {
        self.chosen.clear();
        self.anchor = anchor.map(str::to_owned);
        self.before.clear();
    }

    /// Notes from where a stretch goes.
    pub fn start_at(&mut self, id: &str) {
        self.anchor = Some(id.to_owned());
        self.before.clone_from(&self.chosen);
    }

    /// Chooses the stretch from where the last choice was to that one, in the order shown, beside what was chosen
    /// before; an earlier end of the same stretch is given up.
    pub fn extend_to(&mut self, order: &[String], id: &str) {
        let place = |id: &str| order.iter().position(|other| other == id);
        let Some(to) = place(id) else { return };
        let from = self.anchor.as_deref().and_then(place);
        if from.is_none() {
            self.start_at(id);
        }
        let from = from.unwrap_or(to);
        let stretch = &order[from.min(to)..=from.max(to)];
        self.chosen = united(&self.before, stretch);
    }

    /// Chooses all that are shown, beside what is chosen.
    pub fn add_all(&mut self, order: &[String]) {
        self.chosen = united(&self.chosen, order);
        self.before.clone_from(&self.chosen);
    }

    /// Lets go of what is not there any more; `there` is sorted.
    pub fn keep_only(&mut self, there: &[&str]) {
        let is_there = |id: &String| there.binary_search(&id.as_str()).is_ok();
        self.chosen.retain(is_there);
        self.before.retain(is_there);
    }

    /// Takes what is chosen out of it.
    pub fn take(&mut self) -> Vec<String> {
        self.before.clear();
        mem::take(&mut self.chosen)
    }
}

fn united(some: &[String], more: &[String]) -> Vec<String> {
    let mut all = [some, more].concat();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn order() -> Vec<String> {
        // Not in the order of the ids, as on the page.
        (0..12).map(|number| format!("t{}", number * 7 % 12)).collect()
    }

    fn sets(selection: &Selection) -> BTreeSet<&str> {
        selection.ids().iter().map(String::as_str).collect()
    }

    #[derive(Clone, Debug)]
    enum Act {
        Toggle(usize),
        Extend(usize),
        All,
        Clear,
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let one = prop_oneof![
            4 => (0_usize..12).prop_map(Act::Toggle),
            4 => (0_usize..12).prop_map(Act::Extend),
            1 => Just(Act::All),
            1 => Just(Act::Clear),
        ];
        proptest::collection::vec(one, 0..20)
    }

    fn done(acts: &[Act]) -> Selection {
        let (order, mut selection) = (order(), Selection::default());
        for act in acts {
            match act {
                Act::Toggle(index) => selection.toggle(&order[*index]),
                Act::Extend(index) => selection.extend_to(&order, &order[*index]),
                Act::All => selection.add_all(&order),
                Act::Clear => selection.clear(None),
            }
        }
        selection
    }

    proptest! {
        /// It is a set of what is there, and says so.
        #[test]
        fn it_is_a_set(acts in acts()) {
            let selection = done(&acts);
            prop_assert!(selection.ids().windows(2).all(|pair| pair[0] < pair[1]));
            for id in order() {
                prop_assert_eq!(selection.contains(&id), sets(&selection).contains(id.as_str()));
            }
            prop_assert_eq!(selection.is_empty(), selection.ids().is_empty());
        }

        /// Choosing and letting go leads back.
        #[test]
        fn two_toggles_are_none(acts in acts(), index in 0_usize..12) {
            let before = done(&acts);
            let mut after = before.clone();
            after.toggle(&order()[index]);
            prop_assert_ne!(before.contains(&order()[index]), after.contains(&order()[index]));
            after.toggle(&order()[index]);
            prop_assert_eq!(sets(&before), sets(&after));
        }

        /// A stretch is what lies between its ends, and only its last end counts.
        #[test]
        fn the_last_end_of_a_stretch_counts(acts in acts(), from in 0_usize..12, over in 0_usize..12, to in 0_usize..12) {
            let order = order();
            let mut one = done(&acts);
            one.toggle(&order[from]);
            let before = one.clone();
            let mut two = one.clone();
            one.extend_to(&order, &order[to]);
            two.extend_to(&order, &order[over]);
            two.extend_to(&order, &order[to]);
            prop_assert_eq!(&one, &two);
            for (index, id) in order.iter().enumerate() {
                let is_between = (from.min(to)..=from.max(to)).contains(&index);
                prop_assert_eq!(one.contains(id), is_between || before.contains(id));
            }
        }

        #[test]
        fn all_is_all_and_what_is_gone_is_let_go(acts in acts(), there in proptest::collection::btree_set(0_usize..12, 0..12)) {
            let order = order();
            let mut selection = done(&acts);
            selection.add_all(&order);
            prop_assert_eq!(selection.len(), order.len());
            let mut left: Vec<&str> = there.iter().map(|index| order[*index].as_str()).collect();
            left.sort_unstable();
            selection.keep_only(&left);
            prop_assert_eq!(selection.ids().iter().map(String::as_str).collect::<Vec<_>>(), left);
        }
    }
}
