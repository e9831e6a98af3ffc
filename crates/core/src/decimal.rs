//! Decimal numbers in text, both ways, as JavaScript reads and writes them.
//!
//! Rust's own conversions are as exact but bring tables and three algorithms, which weigh a fifth of the whole module
//! that browsers download. These are small, and quick for the short numbers that occur.

use std::cmp::Ordering;

/// A number as JavaScript writes it: the fewest digits from which the same number is read again.
pub fn shown(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    let mut out = String::new();
    if value < 0.0 {
        out.push('-');
    }
    let size = value.abs();
    if size.is_infinite() {
        out.push_str("Infinity");
    } else if let Some(whole) = crate::input::whole(size) {
        out.push_str(&digits(whole.unsigned_abs()));
    } else {
        let (shortest, point) = shortest(size);
        lay_out(&shortest, point, &mut out);
    }
    out
}

/// A whole number in decimal.
pub(crate) fn digits(mut number: u64) -> String {
    // As many as the largest number has.
    let mut text = [b'0'; 20];
    let mut count = 0;
    for place in text.iter_mut().rev() {
        *place += (number % 10) as u8;
        number /= 10;
        count += 1;
        if number == 0 {
            break;
        }
    }
    let (_, digits) = text.split_at(text.len() - count);
    str::from_utf8(digits).unwrap_or_default().to_owned()
}

/// Writes digits whose decimal point stands after so many of them, in JavaScript's form.
fn lay_out(digits: &str, point: i32, out: &mut String) {
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let whole = usize::try_from(point).unwrap_or(0);
    if !(-5..=21).contains(&point) {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out.push('e');
        out.push(if point < 1 { '-' } else { '+' });
        out.push_str(&self::digits(u64::from((point - 1).unsigned_abs())));
    } else if point <= 0 {
        out.push_str("0.");
        (point..0).for_each(|_| out.push('0'));
        out.push_str(digits);
    } else if let Some((before, after)) = digits.split_at_checked(whole).filter(|_| count > point) {
        out.push_str(before);
        out.push('.');
        out.push_str(after);
    } else {
        out.push_str(digits);
        (count..point).for_each(|_| out.push('0'));
    }
}

/// The shortest digits that tell a finite number above zero from its neighbours, and where its decimal point stands:
/// `0.00125` is `125` and -2. (Steele and White's algorithm, in whole numbers of any length.)
fn shortest(value: f64) -> (String, i32) {
    const MANTISSA_BITS: u32 = 52;
    const BIAS: u64 = 1075;
    let mantissa = value.to_bits() & ((1 << MANTISSA_BITS) - 1);
    let biased = value.to_bits() >> MANTISSA_BITS;
    // Subnormal numbers lack the leading bit and share the exponent of the smallest normal ones.
    let (mantissa, exponent) = if biased == 0 {
        (mantissa, 1)
    } else {
        (mantissa | 1 << MANTISSA_BITS, biased)
    };
    // The neighbour below a power of two is half as far as the one above.
    let narrow = mantissa == 1 << MANTISSA_BITS && biased > 1;
    let inclusive = mantissa.is_multiple_of(2);

    // The value is rest / scale, half the distance to the neighbour below is gap / scale.
    let unit = if narrow { 4 } else { 2 };
    let mut rest = Big::of(mantissa * unit);
    let mut scale = Big::of(unit);
    let mut gap = Big::of(1);
    for _ in BIAS..exponent {
        rest.times(2);
        gap.times(2);
    }
    for _ in exponent..BIAS {
        scale.times(2);
    }
    let reaches = |rest: &Big, gap: &Big, scale: &Big| {
        let mut sum = rest.clone();
        sum.add(gap);
        if narrow {
            sum.add(gap);
        }
        is_beyond(sum.compare(scale), inclusive)
    };
    let mut point = 0;
    while reaches(&rest, &gap, &scale) {
        scale.times(10);
        point += 1;
    }
    let mut text = String::new();
    loop {
        rest.times(10);
        gap.times(10);
        let mut digit = b'0';
        while rest.compare(&scale).is_ge() {
            rest.subtract(&scale);
            digit += 1;
        }
        let low = is_beyond(gap.compare(&rest), inclusive);
        let high = reaches(&rest, &gap, &scale);
        if low || high {
            rest.times(2);
            // Of two that are as near, the even one.
            let down = low && is_beyond(scale.compare(&rest), digit.is_multiple_of(2));
            let up = high && !down;
            text.push(char::from(digit + u8::from(up)));
            return (text, point);
        }
        if digit == b'0' && text.is_empty() {
            point -= 1;
        } else {
            text.push(char::from(digit));
        }
    }
}

fn is_beyond(ordering: Ordering, inclusive: bool) -> bool {
    ordering.is_gt() || (inclusive && ordering.is_eq())
}

/// A whole number of any length: its base-2³² digits, the lowest first, the highest not zero.
#[derive(Clone)]
struct Big(Vec<u32>);

/// The low half of a number.
#[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
fn low(number: u64) -> u32 {
    number as u32
}

impl Big {
    fn of(number: u64) -> Self {
        let mut big = Self(vec![low(number), low(number >> 32)]);
        big.trim();
        big
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn times(&mut self, factor: u32) {
        let mut carry = 0;
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn add(&mut self, other: &Self) {
        let longest = self.0.len().max(other.0.len());
        self.0.resize(longest + 1, 0);
        let mut carry = 0;
        for (limb, more) in self.0.iter_mut().zip(other.0.iter().chain(std::iter::repeat(&0))) {
            carry += u64::from(*limb) + u64::from(*more);
            *limb = low(carry);
            carry >>= 32;
        }
        self.trim();
    }

    /// Takes away what is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (limb, less) in self.0.iter_mut().zip(other.0.iter().chain(std::iter::repeat(&0))) {
            let (first, under) = limb.overflowing_sub(*less);
            let (second, under_again) = first.overflowing_sub(u32::from(borrow));
            *limb = second;
            borrow = under || under_again;
        }
        self.trim();
    }

    fn compare(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// Reads a decimal number: `3600`, `-0.5`, `1e-3`; `None` for anything else.
///
/// Exactly the nearest number where the text has at most 15 digits that count and an exponent within ±22, as all have
/// that people and the API write; beyond that it may be off by some units in the last place.
pub fn read(text: &str) -> Option<f64> {
    let (unsigned, sign) = match text.strip_prefix('-') {
        Some(rest) => (rest, -1.0),
        None => (text.strip_prefix('+').unwrap_or(text), 1.0),
    };
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, self::exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut mantissa = 0_u64;
    // The power of ten that the mantissa is to be multiplied with.
    let mut power = exponent;
    for (part, step) in [(whole, 0), (fraction, -1)] {
        for byte in part.bytes() {
            let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
            if mantissa < MANTISSA_FULL {
                mantissa = mantissa * 10 + u64::from(digit);
                power += step;
            } else {
                power += step + 1;
            }
        }
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "exact below 2^53; beyond, the nearest is near enough"
    )]
    let mut value = mantissa as f64;
    while power != 0 && value != 0.0 && value.is_finite() {
        // Powers of ten up to 10^22 are exact, so there is one rounding in all for a power within ±22.
        let step = power.clamp(-22, 22);
        let ten = (0..step.abs()).fold(1.0, |ten, _| ten * 10.0);
        value = if step > 0 { value * ten } else { value / ten };
        power -= step;
    }
    Some(value * sign)
}

/// From here on another digit might not fit; its place still counts.
const MANTISSA_FULL: u64 = 1_000_000_000_000_000_000;

/// An exponent; sizes that lead beyond every number are all alike.
fn exponent(text: &str) -> Option<i32> {
    const FAR: i32 = 100_000;
    let (digits, is_negative) = match text.strip_prefix('-') {
        Some(digits) => (digits, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    if digits.is_empty() {
        return None;
    }
    let mut exponent = 0;
    for byte in digits.bytes() {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        exponent = (exponent * 10 + i32::from(digit)).min(FAR);
    }
    Some(if is_negative { -exponent } else { exponent })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{digits, read, shown};

    #[test]
    fn numbers_are_shown_as_javascript_shows_them() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (5.0, "5"),
            (-2.5, "-2.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1.0 / 3.0, "0.3333333333333333"),
            (8.0 / 3.0, "2.6666666666666665"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (1.25e-7, "1.25e-7"),
            (123_456.789, "123456.789"),
            (1e20, "100000000000000000000"),
            (1.5e21, "1.5e+21"),
            (1e23, "1e+23"),
            (7_236_193_691_984_897.0 / 4.0, "1809048422996224.2"),
            (7_236_193_691_984_899.0 / 4.0, "1809048422996224.8"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (5e-324, "5e-324"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (value, text) in cases {
            assert_eq!(shown(value), text);
        }
    }

    #[test]
    fn powers_of_two_and_of_ten_are_shown_in_the_fewest_digits() {
        let numbers = (-1074..1024)
            .map(|power| 2_f64.powi(power))
            .chain((-320..309).map(|power| format!("1e{power}").parse().unwrap_or(0.0)));
        for value in numbers {
            assert_eq!(plain(&shown(value)), plain(&as_json(value)), "{value:e}");
        }
    }

    /// Rust itself takes the larger of two that are as near.
    fn as_json(value: f64) -> String {
        serde_json::to_string(&value).unwrap_or_default()
    }

    /// The digits of a number without sign, point, exponent and zeros around.
    fn plain(number: &str) -> String {
        let mantissa = number
            .split('e')
            .next()
            .unwrap_or_default()
            .replace(['.', '-'], "");
        mantissa.trim_matches('0').to_owned()
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in [
            "", " ", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x1", "--1", "NaN", "inf", "١",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert_eq!(read("1e999999999999"), Some(f64::INFINITY));
        assert_eq!(read("1e-999999999999"), Some(0.0));
        assert_eq!(read("0e999999999999"), Some(0.0));
    }

    proptest! {
        #[test]
        fn a_number_shown_is_read_as_the_same_in_the_fewest_digits(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(shown(value).parse::<f64>().map(f64::to_bits), Ok((value + 0.0).to_bits()));
            prop_assert_eq!(plain(&shown(value)), plain(&as_json(value)));
        }

        #[test]
        fn common_sizes_too(value in 0.0..20.0_f64) {
            prop_assert_eq!(shown(value), value.to_string());
        }

        #[test]
        fn short_decimals_are_read_exactly(mantissa in 0..1_000_000_000_000_000_u64, exponent in -22..=22_i32, cut in 0..15_usize) {
            let digits = digits(mantissa);
            let (whole, fraction) = digits.split_at(cut.min(digits.len()));
            prop_assert_eq!(mantissa.to_string(), digits.clone());
            let texts = [
                format!("{mantissa}e{exponent}"),
                format!("-{whole}.{fraction}"),
                format!("{whole}.{fraction}0"),
            ];
            for text in texts {
                prop_assert_eq!(read(&text), text.parse().ok(), "{}", text);
            }
        }

        #[test]
        fn any_text_is_a_number_to_it_where_it_is_one_to_rust(text in "[-+]?[0-9]{0,25}[.]?[0-9]{0,25}([eE][-+]?[0-9]{0,4})?") {
            let known = text.parse::<f64>().ok();
            let read = read(&text);
            prop_assert_eq!(read.is_some(), known.is_some(), "{}", text);
            if let (Some(read), Some(known)) = (read, known) {
                let is_extreme = !(1e-300..1e300).contains(&known.abs());
                let near = is_extreme || (read - known).abs() <= known.abs() * 1e-13;
                prop_assert!(near, "{} {} {}", text, read, known);
            }
        }
    }
}
