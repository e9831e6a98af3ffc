//! Words of the composer.

use rushes_core::{Issue, price::Estimate};

use crate::compose::{cure::Cure, problems::Subject};

/// A request to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its mode.
    pub mode: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// The prompt it fills in.
    pub prompt: &'static str,
    /// Its shots, words and seconds; only with an image.
    pub shots: &'static [(&'static str, u8)],
}

/// A label and the line that explains it.
#[derive(Clone, Copy, Debug)]
pub struct Labelled {
    /// The label.
    pub label: &'static str,
    /// The line under it.
    pub hint: &'static str,
}

/// Words of the composer.
#[derive(Debug)]
pub struct Compose {
    /// Name of the request without an image.
    pub text_to_video: &'static str,
    /// Name of the request with a start image.
    pub image_to_video: &'static str,
    /// Empties the form.
    pub start_over: &'static str,
    /// After the form was emptied.
    pub started_over: &'static str,
    /// The prompt.
    pub prompt: Labelled,
    /// In the empty prompt.
    pub prompt_placeholder: &'static str,
    /// The negative prompt.
    pub negative: Labelled,
    /// The length.
    pub seconds: Labelled,
    /// Sign of seconds.
    pub second_unit: &'static str,
    /// The shape of the picture.
    pub ratio: Labelled,
    /// The shapes, as `aspect_ratio` has them, with their words.
    pub ratios: &'static [(&'static str, &'static str)],
    /// The shape where the image gives it.
    pub ratio_from_image: fn(&str) -> String,
    /// The shape where the image gives it and is not known.
    pub ratio_unknown: &'static str,
    /// Sound.
    pub sound: Labelled,
    /// Guidance.
    pub guidance: Labelled,
    /// The loose end.
    pub guidance_loose: &'static str,
    /// The strict end.
    pub guidance_strict: &'static str,
    /// A value of guidance in words, from its number.
    pub guidance_words: fn(f64) -> &'static str,
    /// The fold that holds what is seldom needed.
    pub more: &'static str,
    /// The start image.
    pub start: Labelled,
    /// The end image.
    pub end: Labelled,
    /// Opens the file picker.
    pub choose_file: &'static str,
    /// Opens the field for an address.
    pub use_url: &'static str,
    /// Label of that field.
    pub url_label: fn(bool) -> String,
    /// Under that field.
    pub url_hint: &'static str,
    /// Takes another file.
    pub replace: &'static str,
    /// Removes the picture.
    pub remove: &'static str,
    /// Where to drop, while something is dragged over.
    pub drop_here: &'static str,
    /// Something was dropped or pasted that is no file.
    pub no_file: &'static str,
    /// The file could not be read by the browser.
    pub unreadable: fn(&str) -> String,
    /// A file is being read.
    pub reading: fn(&str) -> String,
    /// A picture was added, by its name.
    pub picture_added: fn(&str) -> String,
    /// A picture was removed.
    pub picture_removed: &'static str,
    /// What the thumbnail shows, by its name.
    pub thumbnail: fn(&str) -> String,
    /// Heading of the examples.
    pub examples: &'static str,
    /// Uses one.
    pub use_example: &'static str,
    /// Text to video.
    pub example_text: Example,
    /// Image to video.
    pub example_image: Example,
    /// The example's image did not arrive.
    pub example_failed: &'static str,
    /// The button that sends.
    pub generate: &'static str,
    /// The button while one is being sent.
    pub sending: &'static str,
    /// Why it does not send while one is being sent.
    pub sending_reason: &'static str,
    /// How many things stop the request.
    pub to_fix: fn(usize) -> String,
    /// None does.
    pub ready: &'static str,
    /// Heading of the list of problems.
    pub problems_title: &'static str,
    /// Heading of what is only good to know.
    pub notices_title: &'static str,
    /// The sentence for an issue.
    pub issue: fn(&Subject<'_>, &Issue) -> String,
    /// The words of a cure.
    pub cure: fn(&Cure) -> String,
    /// The amount, or that it is not known.
    pub price: fn(Option<&Estimate>) -> String,
    /// The rule and its age.
    pub price_rule: fn(&Estimate, bool) -> String,
    /// Before the amount, where the local engine answers.
    pub price_local: &'static str,
    /// Where the price comes from.
    pub price_source: fn(&Estimate) -> String,
    /// A take's request was put into the form.
    pub loaded: &'static str,
    /// The source of one's own rate.
    pub own_rate: &'static str,
    /// Behind the price, where there is a budget: spent, of how much, and whether it is the day's.
    pub price_against: fn(&str, &str, bool) -> String,
    /// The place was taken out.
    pub location_removed: &'static str,
}
