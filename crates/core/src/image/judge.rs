//! The rules of size, pixels and ratio.

use super::ImageInfo;
use crate::decimal::{self, digits};
use crate::limits::{IMAGE_ADVISED_BYTES, IMAGE_MAX_BYTES, IMAGE_MAX_RATIO, IMAGE_MIN_SIDE_PX};
use crate::report::{Code, Issue};
use crate::say::say;

/// The rules of size, pixels and ratio for what a [`Probe`](super::Probe) found, all at once.
pub fn judge(info: &ImageInfo, path: &str) -> Vec<Issue> {
    [bytes(info.bytes, path), pixels(info, path), ratio(info, path)]
        .into_iter()
        .flatten()
        .collect()
}

/// The rule of file size: over 10 MiB is an error, over ten million bytes a warning.
#[expect(clippy::cast_precision_loss, reason = "for display; exact below 9 petabytes")]
pub(super) fn bytes(bytes: u64, path: &str) -> Option<Issue> {
    if bytes > IMAGE_MAX_BYTES {
        let message = say!(
            "This image file is {}; at most 10 MiB (10,485,760 bytes) are taken. Save it smaller, for example as a JPEG \
             of lower quality.",
            size(bytes)
        );
        let issue = Issue::error(path, Code::ImageTooBig, message);
        return Some(issue.limit(IMAGE_MAX_BYTES as f64).actual(bytes as f64));
    }
    (bytes > IMAGE_ADVISED_BYTES).then(|| {
        let message = say!(
            "This image file is {}; the documented 10 MB may mean 10,000,000 bytes. Save it a little smaller to be safe.",
            size(bytes)
        );
        let issue = Issue::warning(path, Code::ImageTooBig, message);
        issue.limit(IMAGE_ADVISED_BYTES as f64).actual(bytes as f64)
    })
}

fn pixels(info: &ImageInfo, path: &str) -> Option<Issue> {
    let shortest = info.width.min(info.height);
    (shortest < IMAGE_MIN_SIDE_PX).then(|| {
        let message = say!(
            "This image is {} × {} pixels; width and height must be at least {}. Take a larger picture.",
            digits(info.width.into()),
            digits(info.height.into()),
            digits(IMAGE_MIN_SIDE_PX.into())
        );
        let issue = Issue::error(path, Code::ImageTooSmall, message);
        issue
            .limit(f64::from(IMAGE_MIN_SIDE_PX))
            .actual(f64::from(shortest))
    })
}

fn ratio(info: &ImageInfo, path: &str) -> Option<Issue> {
    let (long, short) = (info.width.max(info.height), info.width.min(info.height));
    // 2.5 is 5 : 2, so whole numbers decide exactly.
    (u64::from(long) * 2 > u64::from(short) * 5).then(|| {
        let (shape, next) = if info.width > info.height { ("wide", "width") } else { ("tall", "height") };
        let message = say!(
            "This image is too {}: {} × {} pixels; the long side may be at most {} times the short one. Crop its {} to {} \
             pixels or less.",
            shape,
            digits(info.width.into()),
            digits(info.height.into()),
            decimal::shown(IMAGE_MAX_RATIO),
            next,
            digits(u64::from(short) * 5 / 2)
        );
        let issue = Issue::error(path, Code::ImageRatio, message);
        issue.limit(IMAGE_MAX_RATIO).actual(f64::from(long) / f64::from(short))
    })
}

/// `10,485,761 bytes`.
fn size(bytes: u64) -> String {
    let digits = digits(bytes);
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 6);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + " bytes"
}
