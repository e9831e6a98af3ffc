//! The line that says what a request costs, before it is sent.

use rushes_core::limits::{DURATION_MAX_SECS, DURATION_MIN_SECS};

/// The seconds that would be billed: nothing unless they are whole and allowed, so that a price is never made up.
pub fn billable(seconds: f64) -> Option<u8> {
    (DURATION_MIN_SECS..=DURATION_MAX_SECS).find(|whole| (f64::from(*whole) - seconds).abs() < f64::EPSILON)
}

#[cfg(test)]
mod tests {
    use rushes_core::price::{Rates, estimate};

    use super::billable;
    use crate::text::t;

    #[test]
    fn only_whole_allowed_seconds_have_a_price() {
        for (seconds, expected) in [
            (5.0, Some(5)),
            (3.0, Some(3)),
            (15.0, Some(15)),
            (2.0, None),
            (16.0, None),
            (5.5, None),
            (f64::NAN, None),
        ] {
            assert_eq!(billable(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn the_line_has_amount_rule_and_age() {
        let words = t().compose;
        for (seconds, sound, amount, rule) in [
            (
                5,
                true,
                "about $0.63",
                "5 s × $0.126 with sound · seen 2026-10-07",
            ),
            (5, false, "about $0.42", "5 s × $0.084 silent · seen 2026-10-07"),
            (
                15,
                true,
                "about $1.89",
                "15 s × $0.126 with sound · seen 2026-10-07",
            ),
        ] {
            let estimate = estimate(seconds, sound, &Rates::default());
            assert_eq!((words.price)(Some(&estimate)), amount);
            assert_eq!((words.price_rule)(&estimate, sound), rule);
        }
        assert_eq!((words.price)(None), "price not known");
    }
}
