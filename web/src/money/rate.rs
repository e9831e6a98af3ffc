//! The reader's own rate and budget, as they are typed and kept.

use rushes_core::{decimal, price::Rates};

/// The most that is taken as a rate or a budget, in US dollars: beyond it somebody mistyped.
const MOST_USD: f64 = 100_000.0;

/// What the reader set. Nothing set means the table's rate and no budget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// Millionths of a US dollar a second, without sound.
    pub silent: Option<u64>,
    /// Millionths of a US dollar a second, with sound.
    pub sound: Option<u64>,
    /// When the rate was set, `YYYY-MM-DD`.
    pub as_of: String,
    /// The most a day may cost, in millionths of a US dollar.
    pub day: Option<u64>,
    /// The most that all takes together may cost, in millionths of a US dollar.
    pub all: Option<u64>,
}

/// One of the four amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// [`Money::silent`]
    Silent,
    /// [`Money::sound`]
    Sound,
    /// [`Money::day`]
    Day,
    /// [`Money::all`]
    All,
}

impl Money {
    /// That amount.
    pub fn get(&self, amount: Amount) -> Option<u64> {
        match amount {
            Amount::Silent => self.silent,
            Amount::Sound => self.sound,
            Amount::Day => self.day,
            Amount::All => self.all,
        }
    }

    /// Sets that amount.
    pub fn set(&mut self, amount: Amount, value: Option<u64>) {
        match amount {
            Amount::Silent => self.silent = value,
            Amount::Sound => self.sound = value,
            Amount::Day => self.day = value,
            Amount::All => self.all = value,
        }
    }

    /// The rates: one's own where they are set, the table's otherwise.
    pub fn rates(&self, own_source: &str) -> Rates {
        let mut rates = Rates::default();
        if self.silent.is_none() && self.sound.is_none() {
            return rates;
        }
        rates.silent_micro_usd = self.silent.unwrap_or(rates.silent_micro_usd);
        rates.sound_micro_usd = self.sound.unwrap_or(rates.sound_micro_usd);
        own_source.clone_into(&mut rates.source);
        rates.as_of.clone_from(&self.as_of);
        rates
    }

    /// As one text.
    pub fn write(&self) -> String {
        let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        [
            number(self.silent),
            number(self.sound),
            self.as_of.clone(),
            number(self.day),
            number(self.all),
        ]
        .join(" ")
    }

    /// Of such a text; what cannot be read is not set.
    pub fn read(text: &str) -> Self {
        let mut parts = text.split(' ');
        let mut next = || parts.next().unwrap_or_default();
        Self {
            silent: next().parse().ok(),
            sound: next().parse().ok(),
            as_of: next().to_owned(),
            day: next().parse().ok(),
            all: next().parse().ok(),
        }
    }
}

/// What was typed is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAmount;

/// What was typed as an amount of US dollars, in millionths: nothing typed is nothing set.
///
/// # Errors
/// [`NoAmount`] for what is none.
pub fn typed_usd(text: &str) -> Result<Option<u64>, NoAmount> {
    let text = text.trim().trim_start_matches('$').trim_start();
    if text.is_empty() {
        return Ok(None);
    }
    let usd = decimal::read(&text.replace(',', ".")).ok_or(NoAmount)?;
    if !(0.0..=MOST_USD).contains(&usd) {
        return Err(NoAmount);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked above"
    )]
    let micro = (usd * 1e6).round() as u64;
    Ok(Some(micro))
}

/// An amount as a field holds it: `0.126`.
#[expect(clippy::cast_precision_loss, reason = "amounts far below 2^53 millionths")]
pub fn shown_usd(micro_usd: u64) -> String {
    decimal::shown(micro_usd as f64 / 1e6)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_as_they_are_meant() {
        for (text, micro) in [
            ("", Ok(None)),
            (" ", Ok(None)),
            ("0.126", Ok(Some(126_000))),
            ("$5", Ok(Some(5_000_000))),
            ("0,084", Ok(Some(84_000))),
            ("0", Ok(Some(0))),
            ("-1", Err(NoAmount)),
            ("x", Err(NoAmount)),
            ("1e9", Err(NoAmount)),
        ] {
            assert_eq!(typed_usd(text), micro, "{text}");
        }
    }

    #[test]
    fn own_rates_stand_in_for_the_table_and_say_so() {
        assert_eq!(Money::default().rates("own"), Rates::default());
        let money = Money {
            sound: Some(200_000),
            as_of: "2026-11-22".into(),
            ..Money::default()
        };
        let rates = money.rates("own");
        assert_eq!(
            (
                rates.silent_micro_usd,
                rates.sound_micro_usd,
                rates.source.as_str(),
                rates.as_of.as_str()
            ),
            (84_000, 200_000, "own", "2026-11-22")
        );
    }

    proptest! {
        #[test]
        fn what_is_set_comes_back(silent in any::<Option<u64>>(), sound in any::<Option<u64>>(), day in any::<Option<u64>>(), all in any::<Option<u64>>(), dated in any::<bool>()) {
            let as_of = if dated { "2026-11-22".to_owned() } else { String::new() };
            let money = Money { silent, sound, as_of, day, all };
            prop_assert_eq!(Money::read(&money.write()), money);
        }

        #[test]
        fn what_is_shown_can_be_typed(micro in 0_u64..=100_000_000_000) {
            prop_assert_eq!(typed_usd(&shown_usd(micro)), Ok(Some(micro)));
        }

        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,30}") {
            Money::read(&text).rates("own");
            prop_assert!(typed_usd(&text).is_ok_and(|usd| usd.is_none()) || !text.trim().is_empty());
        }
    }
}
