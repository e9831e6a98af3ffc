//! The tab's title and icon: how many takes run, and how far they are.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlLinkElement};

use crate::ledger::{Ledger, Standing, State};
use crate::task::follow;
use crate::text::{self, t};

/// Side of the icon in pixels.
const SIDE: u32 = 32;
/// The icon's colours: the dark theme's screen and amber, which stand on light and dark tabs alike.
const GROUND: &str = "#12100e";
const AMBER: &str = "#f2a541";

/// What runs, as the tab shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// How many takes run.
    pub running: usize,
    /// How far those are of which that is known, 0 to 100 on the average.
    pub percent: Option<u8>,
}

impl Badge {
    /// From how far each running take is, as far as the provider says; nothing where none runs.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "0 to 100, of a few takes"
    )]
    pub fn of(progress: &[Option<f64>]) -> Option<Self> {
        let known: Vec<f64> = progress
            .iter()
            .filter_map(|percent| percent.map(|percent| percent.clamp(0.0, 100.0)))
            .collect();
        let sum: f64 = known.iter().sum();
        (!progress.is_empty()).then(|| Self {
            running: progress.len(),
            percent: (!known.is_empty()).then(|| (sum / known.len() as f64) as u8),
        })
    }

    /// "(2) 45 % · Rushes".
    pub fn title(self, name: &str) -> String {
        let count = format!("({}) ", self.running);
        match self.percent {
            Some(percent) => [&count, &(text::takes().say.percent)(percent.into()), " · ", name].concat(),
            None => [&count, name].concat(),
        }
    }
}

/// What runs now, reactively.
fn badge(ledger: Ledger) -> Option<Badge> {
    let mut progress = Vec::new();
    ledger.takes.with(|takes| {
        for shelved in takes
            .iter()
            .filter(|shelved| shelved.card.standing == Standing::Running)
        {
            progress.push(
                shelved
                    .entry
                    .with(|entry| match entry.take().map(|take| &take.state) {
                        Some(State::Watched { watch, .. }) => {
                            watch.progress_percent.filter(|percent| *percent > 0.0)
                        }
                        _ => None,
                    }),
            );
        }
    });
    Badge::of(&progress)
}

/// Keeps the tab's title and icon in line with what runs, for as long as the page lives.
pub fn follow_takes(ledger: Ledger) {
    let badge = Memo::new(move |_| badge(ledger));
    let link = document()
        .query_selector("link[rel=icon]")
        .ok()
        .flatten()
        .map(JsCast::unchecked_into::<HtmlLinkElement>);
    let (usual_type, usual) = link
        .as_ref()
        .map(|link| (link.type_(), link.href()))
        .unwrap_or_default();
    follow(move || {
        let now = badge.get();
        let name = t().shell.name;
        document().set_title(&now.map_or_else(|| name.to_owned(), |badge| badge.title(name)));
        let Some(link) = &link else { return };
        let icon = now.and_then(drawn);
        link.set_type(if icon.is_some() { "image/png" } else { &usual_type });
        link.set_href(icon.as_ref().unwrap_or(&usual));
    });
}

/// The icon as an image's address: the count, in a ring that fills as takes go on.
fn drawn(badge: Badge) -> Option<String> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(SIDE);
    canvas.set_height(SIDE);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (side, middle) = (f64::from(SIDE), f64::from(SIDE) / 2.0);
    context.set_fill_style_str(GROUND);
    context.fill_rect(0.0, 0.0, side, side);
    let share = badge.percent.map_or(1.0, |percent| f64::from(percent) / 100.0);
    let from = -std::f64::consts::FRAC_PI_2;
    context.set_stroke_style_str(AMBER);
    context.set_line_width(4.0);
    context.begin_path();
    context
        .arc(
            middle,
            middle,
            middle - 3.0,
            from,
            from + std::f64::consts::TAU * share,
        )
        .ok()?;
    context.stroke();
    context.set_fill_style_str(AMBER);
    context.set_font("bold 16px sans-serif");
    context.set_text_align("center");
    context.set_text_baseline("middle");
    let count = if badge.running > 9 {
        "9+".to_owned()
    } else {
        badge.running.to_string()
    };
    context.fill_text(&count, middle, middle + 1.0).ok()?;
    canvas.to_data_url().ok()
}

#[cfg(test)]
mod tests {
    use super::Badge;

    #[test]
    fn a_badge_counts_and_averages_what_is_known() {
        for (progress, expected) in [
            (&[][..], None),
            (&[None], Some("(1) Rushes")),
            (&[Some(40.0), None], Some("(2) 40 % · Rushes")),
            (&[Some(40.0), Some(60.5)], Some("(2) 50 % · Rushes")),
            (&[Some(400.0)], Some("(1) 100 % · Rushes")),
        ] {
            let title = Badge::of(progress).map(|badge| badge.title("Rushes"));
            assert_eq!(title.as_deref(), expected);
        }
    }
}
