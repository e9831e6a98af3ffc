//! The two endpoints: each field's rule, in the order of the documentation's table.

use super::fields::{IMAGE_TO_VIDEO_FIELDS, TEXT_TO_VIDEO_FIELDS, sort};
use super::place::Place;
use super::shots::Shots;
use super::{Broken, Checked, Sound, image_source, unknown, values};
use crate::decimal::digits;
use crate::limits::DURATION_DEFAULT_SECS;
use crate::report::Code;
use crate::request::{ImageSource, ImageToVideo, Plan, Shot, TextToVideo};
use crate::say::say;
use crate::{Endpoint, Input, Issue, Report, Request};

pub(super) fn text_to_video(fields: Vec<(String, Input)>) -> Result<Checked, Report> {
    let (known, unknown) = sort(fields, &TEXT_TO_VIDEO_FIELDS);
    let [prompt, negative_prompt, duration, cfg_scale, aspect_ratio, sound] = known;
    let mut issues = Vec::new();
    let prompt = values::prompt(Place::Field("prompt"), prompt, &mut issues);
    let negative_prompt = values::negative_prompt(negative_prompt, &mut issues);
    let duration = values::duration(Place::Field("duration"), duration, &mut issues);
    let cfg_scale = values::cfg_scale(cfg_scale, &mut issues);
    let aspect_ratio = values::aspect_ratio(aspect_ratio, &mut issues);
    let sound = values::sound(sound, &mut issues);
    unknown::of_request(Endpoint::TextToVideo, &unknown, &mut issues);

    let build = || {
        Ok(Request::TextToVideo(TextToVideo {
            prompt: prompt?,
            negative_prompt: negative_prompt?,
            duration_secs: duration?.unwrap_or(DURATION_DEFAULT_SECS),
            cfg_scale: cfg_scale?,
            aspect_ratio: aspect_ratio?,
            sound: sound?,
        }))
    };
    verdict(build(), issues)
}

pub(super) fn image_to_video(fields: Vec<(String, Input)>) -> Result<Checked, Report> {
    let (known, unknown) = sort(fields, &IMAGE_TO_VIDEO_FIELDS);
    let [
        image,
        prompt,
        negative_prompt,
        duration,
        cfg_scale,
        sound,
        end_image,
        multi_prompt,
    ] = known;
    // The shots come last in the table, but `duration` is compared with their sum.
    let shots = Shots::check(multi_prompt, end_image.is_some());
    let mut issues = Vec::new();
    let image = required_image(image, &mut issues);
    let prompt = values::prompt(Place::Field("prompt"), prompt, &mut issues);
    let negative_prompt = values::negative_prompt(negative_prompt, &mut issues);
    let duration = values::duration(Place::Field("duration"), duration, &mut issues)
        .and_then(|seconds| same_as_sum(seconds, shots.sum, &mut issues));
    let cfg_scale = values::cfg_scale(cfg_scale, &mut issues);
    let sound = values::sound(sound, &mut issues);
    let end_image = end_image
        .map(|image| image_source::check(Place::Field("end_image"), image, &mut issues))
        .transpose();
    issues.extend(shots.issues);
    issues.extend(shots.unknown);
    unknown::of_request(Endpoint::ImageToVideo, &unknown, &mut issues);

    let build = || {
        let duration_secs = duration?.unwrap_or(DURATION_DEFAULT_SECS);
        let (end_image, list): (_, Option<Vec<Shot>>) = (end_image?, shots.list?);
        let plan = list.map_or(
            Plan::Single {
                duration_secs,
                end_image,
            },
            Plan::Shots,
        );
        Ok(Request::ImageToVideo(ImageToVideo {
            image: image?,
            prompt: prompt?,
            negative_prompt: negative_prompt?,
            cfg_scale: cfg_scale?,
            sound: sound?,
            plan,
        }))
    };
    verdict(build(), issues)
}

fn required_image(image: Option<Input>, issues: &mut Vec<Issue>) -> Sound<ImageSource> {
    let place = Place::Field("image");
    let what = "give the first frame as a URL, a data URI, base64 or a file";
    let image = image.ok_or_else(|| values::required(place, what, issues))?;
    image_source::check(place, image, issues)
}

/// With shots, a `duration` that is given must be their sum.
fn same_as_sum(seconds: Option<u8>, sum: Option<u8>, issues: &mut Vec<Issue>) -> Sound<Option<u8>> {
    match (seconds, sum) {
        (Some(seconds), Some(sum)) if seconds != sum => {
            let total = digits(sum.into());
            let message = say!(
                "`duration` is {}, but the shots add up to {} seconds. Leave `duration` out, or make it {}.",
                digits(seconds.into()),
                total,
                total
            );
            let issue = Issue::error("/duration", Code::DurationMismatch, message);
            issues.push(
                issue
                    .limit(f64::from(sum))
                    .actual(f64::from(seconds))
                    .hint(Some(total)),
            );
            Err(Broken)
        }
        _ => Ok(seconds),
    }
}

/// A request passes when every value is sound and no error was noted.
fn verdict(request: Sound<Request>, issues: Vec<Issue>) -> Result<Checked, Report> {
    match request {
        Ok(request) if !issues.iter().any(Issue::is_error) => Ok(Checked {
            request,
            warnings: issues,
        }),
        _ => Err(Report { issues }),
    }
}
