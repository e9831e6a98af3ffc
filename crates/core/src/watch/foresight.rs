//! When a task will end, by the provider's own words.

/// How often the end that the provider foretold may pass before its words are not believed any more.
const WRONG_ENDS: u32 = 3;

/// What the provider foretells of one task. Ages in seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Foresight {
    /// The age at which it ends.
    end: Option<f64>,
    /// When it was last looked at.
    looked: f64,
    /// The first percentage that was seen, and when it was reached.
    first: Option<Reached>,
    /// The last one.
    last: Option<Reached>,
    /// How often the end passed without being one.
    wrong_ends: u32,
}

/// A percentage, and the age at which it was reached.
#[derive(Clone, Copy, Debug)]
struct Reached {
    percent: f64,
    age: f64,
}

impl Foresight {
    /// Takes what a look at that age told.
    pub(super) fn learn(&mut self, age: f64, eta_secs: Option<f64>, progress_percent: Option<f64>) {
        // Words that prove wrong again and again are not believed any more: a time to go that never comes to an end
        // would otherwise keep the looks close together for ever.
        if self.end.is_some_and(|end| age > end * 1.1 + 5.0) {
            self.wrong_ends = self.wrong_ends.saturating_add(1);
            self.end = None;
            self.first = None;
        }
        let eta = eta_secs.filter(|eta| eta.is_finite() && *eta > 0.0);
        self.reach(age, progress_percent);
        self.looked = age;
        self.end = match eta {
            Some(eta) if self.end.is_none_or(|end| age < end) => Some(age + eta),
            Some(_) => self.end,
            None => self.by_progress().or(self.end),
        };
    }

    /// Notes a percentage that was not seen before. At 0 it has not begun, and 100 is no end.
    fn reach(&mut self, age: f64, progress_percent: Option<f64>) {
        let Some(percent) = progress_percent.filter(|percent| *percent > 0.0 && *percent <= 100.0) else {
            return;
        };
        let is_news = self
            .last
            .is_none_or(|last| last.percent.to_bits() != percent.to_bits());
        if !is_news && self.first.is_some() {
            return;
        }
        // Somewhere between the last look and this one.
        let now = Reached {
            percent,
            age: f64::midpoint(age, self.looked.min(age)),
        };
        if self.first.is_none() || self.last.is_some_and(|last| last.percent > percent) {
            self.first = Some(now);
        }
        self.last = Some(now);
    }

    /// The end by how fast the percentage grows; by one percentage alone, as if it had grown from the create on.
    fn by_progress(&self) -> Option<f64> {
        let (first, last) = (self.first?, self.last?);
        let grown = last.percent - first.percent;
        let per_percent = if grown > 0.0 && last.age > first.age {
            (last.age - first.age) / grown
        } else {
            // A few percent say nothing yet.
            (last.percent >= 5.0).then_some(last.age / last.percent)?
        };
        Some(last.age + (100.0 - last.percent) * per_percent)
    }

    /// Seconds left at that age, if that is known.
    pub(super) fn left(&self, age: f64) -> Option<f64> {
        let end = self.end.filter(|_| self.wrong_ends < WRONG_ENDS)?;
        Some((end - age).max(0.0))
    }
}
