//! A true bar: it shows what the provider said, or is not there.

use crate::dom::{El, Words, el};

/// A progress bar: `percent` gives 0 to 100, `label` says what it measures.
pub fn progress(percent: impl Fn() -> f64 + 'static, label: impl Into<Words>) -> El {
    el("progress")
        .class("progress")
        .attr("max", "100")
        .property("value", Box::new(move || percent().into()))
        .label("aria-label", label)
}
