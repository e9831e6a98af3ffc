//! Where somebody is on the way to a first take. Plain values.

/// A step of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is written: begin with an example, or with words of one's own.
    Begin,
    /// There is a request: what it costs, and the button that sends.
    Send,
    /// It is on its way: watch.
    Watch,
    /// It is kept: in the library.
    Kept,
}

impl Step {
    /// How many there are.
    pub const COUNT: usize = 4;

    /// Its number, from 1.
    pub fn number(self) -> usize {
        match self {
            Self::Begin => 1,
            Self::Send => 2,
            Self::Watch => 3,
            Self::Kept => 4,
        }
    }
}

/// What the guide follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Nothing is written in the form.
    pub is_blank: bool,
    /// A take begun since is on its way.
    pub is_running: bool,
    /// A take begun since is kept.
    pub is_kept: bool,
}

/// The step that fits. What surely was not accepted, failed or is unsure has words of its own elsewhere: the guide then
/// stands where the next try begins.
pub fn step(facts: Facts) -> Step {
    match facts {
        Facts { is_kept: true, .. } => Step::Kept,
        Facts { is_running: true, .. } => Step::Watch,
        Facts { is_blank: true, .. } => Step::Begin,
        Facts { .. } => Step::Send,
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, Step, step};

    #[test]
    fn each_step_follows_what_was_done() {
        let facts = |is_blank, is_running, is_kept| Facts {
            is_blank,
            is_running,
            is_kept,
        };
        for (facts, expected) in [
            (facts(true, false, false), Step::Begin),
            (facts(false, false, false), Step::Send),
            (facts(false, true, false), Step::Watch),
            (facts(true, true, false), Step::Watch),
            (facts(false, false, true), Step::Kept),
            (facts(false, true, true), Step::Kept),
        ] {
            assert_eq!(step(facts), expected, "{facts:?}");
        }
        let numbers = [Step::Begin, Step::Send, Step::Watch, Step::Kept].map(Step::number);
        assert_eq!(numbers, [1, 2, 3, 4]);
        assert_eq!(numbers.len(), Step::COUNT);
    }
}
