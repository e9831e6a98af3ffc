//! Variations: what varies, what all of it costs, and how the series stands.

use leptos::prelude::*;
use rushes_core::limits::ASPECT_RATIOS;

use super::{
    compile,
    form::Form,
    price_line,
    problems::problems,
    series::{Phase, Series, Status},
    state::{Composer, use_composer},
    variations::{MOST, Spec, Variation, plan},
};
use crate::{
    connection::Connection,
    demand::on_demand,
    dom::{El, el, is_checked, live},
    kit::{Field, FieldIds, Icon, NoteKind, Tone, button, dialog, icon_button, note, notes},
    ledger::Ledger,
    money::purse,
    task::follow,
    text::{self, format, t},
};

/// The dialog, opened by `open`.
pub fn variations_dialog(open: RwSignal<bool>) -> El {
    dialog(open, t().doors.variations, move |body| {
        body.child(on_demand(move || variations_room(open)))
    })
}

crate::part! { in variations;
    /// What varies, and what it costs.
    fn variations_room(open: RwSignal<bool>) -> El {
        fill(el("div").class("stack"), open)
    }
}

fn fill(body: El, open: RwSignal<bool>) -> El {
    let composer = use_composer();
    let series = expect_context::<Series>();
    let words = text::variations();
    let spec = RwSignal::new(Spec {
        copies: 2,
        ..Spec::default()
    });
    let all = Memo::new(move |_| composer.with(|form| spec.with(|spec| plan(form, spec))));
    let trouble = Memo::new(move |_| all.with(|all| trouble(composer, series, all)));
    let total = move || {
        let rates = purse().rates();
        all.with(|all| all.iter().map(|one| cost(&one.form, &rates)).sum::<u64>())
    };
    let (ledger, connection) = (expect_context::<Ledger>(), expect_context::<Connection>());
    let send = button(
        Tone::Primary,
        live(move || (words.send)(all.with(Vec::len), &format::usd(total()))),
        move || {
            if trouble.with_untracked(Option::is_none) {
                let variations = all.get_untracked();
                let cost = untrack(total);
                open.set(false);
                purse().guard(ledger, connection, cost, move || series.start(variations));
            }
        },
    )
    .unavailable(move || trouble.with(Option::is_some));
    let list = el("ol").class("variation-list numbers").swap(
        move || all.get(),
        |all| {
            let row = |one: &Variation| el("li").say(one.label.clone());
            all.iter().take(MOST).map(row).collect::<Vec<El>>()
        },
    );
    body.child([
        el("p").class("hint").say(words.about),
        fields(composer, spec),
        list,
        notes().swap(
            move || trouble.get(),
            |trouble| {
                trouble
                    .clone()
                    .map(|trouble| note(NoteKind::Error, trouble, None))
            },
        ),
        el("div").class("row").child(send),
    ])
}

fn fields(composer: Composer, spec: RwSignal<Spec>) -> El {
    let words = text::variations();
    let copies = typed(words.copies, "2", "numeric", move |text| {
        spec.update(|spec| spec.copies = text.trim().parse().unwrap_or(0));
    });
    let guidance = typed(words.guidance, "", "text", move |text| {
        spec.update(|spec| spec.guidance = text);
    });
    el("div")
        .class("money-pair")
        .child([copies, guidance])
        .when(
            move || composer.with(|form| !form.uses_shots()),
            move || {
                typed(words.seconds, "", "text", move |text| {
                    spec.update(|spec| spec.seconds = text);
                })
            },
        )
        .when(
            move || composer.with(|form| form.start.is_empty()),
            move || ratios(spec),
        )
}

fn typed(label: &'static str, value: &str, mode: &str, write: impl Fn(String) + 'static) -> El {
    let ids = FieldIds::of(&crate::ids::fresh("vary"));
    let input = el("input")
        .class("line")
        .attr("type", "text")
        .attr("inputmode", mode)
        .attr("autocomplete", "off")
        .attr("value", value)
        .attr("placeholder", text::variations().own)
        .id(&ids.control)
        .on_text(write);
    Field {
        ids,
        label: label.into(),
        aside: None,
        hint: "".into(),
        notes: notes(),
        control: input,
    }
    .view()
}

fn ratios(spec: RwSignal<Spec>) -> El {
    let tick = |ratio: &'static str| {
        let input = el("input")
            .attr("type", "checkbox")
            .checked(move || spec.with(|spec| spec.ratios.contains(&ratio)))
            .on("change", move |event| {
                let is_ticked = is_checked(&event);
                spec.update(|spec| {
                    spec.ratios.retain(|other| *other != ratio);
                    if is_ticked {
                        spec.ratios.push(ratio);
                    }
                });
            });
        el("label")
            .class("tick")
            .child(input)
            .child(el("span").say(ratio))
    };
    el("fieldset")
        .class("ticks")
        .child(el("legend").say(text::variations().ratios))
        .child(ASPECT_RATIOS.into_iter().map(tick))
}

/// Why the series cannot be sent.
fn trouble(composer: Composer, series: Series, all: &[Variation]) -> Option<String> {
    let words = text::variations();
    let status = series.status();
    if status.phase != Phase::Still || !status.rest.is_empty() {
        return Some(words.another.to_owned());
    }
    if all.len() > MOST {
        return Some((words.too_many)(MOST));
    }
    if composer.stopping() > 0 {
        let first = composer.problems().with(|problems| {
            problems
                .iter()
                .find(|problem| problem.stops)
                .map(|problem| problem.text.clone())
        });
        return first.map(|first| (words.form_first)(&first));
    }
    all.iter().find_map(|one| {
        let verdict = compile::judge(&one.form);
        let found = problems(&one.form, &verdict);
        let first = found.into_iter().find(|problem| problem.stops)?;
        Some([&one.label, ": ", &first.text].concat())
    })
}

fn cost(form: &Form, rates: &rushes_core::price::Rates) -> u64 {
    let seconds = form.total_seconds().and_then(price_line::billable);
    seconds.map_or(0, |seconds| {
        rushes_core::price::estimate(seconds, form.sound, rates).micro_usd
    })
}

/// How the series stands, while there is something to say.
pub fn series_line() -> El {
    let series = expect_context::<Series>();
    let kind = move || {
        let status = series.status();
        match status.phase {
            Phase::Still if status.rest.is_empty() => status.reason.map(|_| "said"),
            Phase::Still => Some("rest"),
            Phase::Sending | Phase::Waiting(_) => Some("runs"),
            Phase::Stopping => Some("stopping"),
        }
    };
    let last = RwSignal::new(None);
    follow(move || last.set(kind()));
    el("div").class("series-place").swap(
        move || last.get(),
        move |kind| kind.map(|kind| on_demand(move || standing(series, kind))),
    )
}

crate::part! { in variations;
    /// How the series stands, and what can be done about it.
    fn standing(series: Series, kind: &'static str) -> El {
        stand(series, kind)
    }
}

fn stand(series: Series, kind: &'static str) -> El {
    let (ledger, connection) = (expect_context::<Ledger>(), expect_context::<Connection>());
    let words = text::variations();
    let said = el("span")
        .class("numbers")
        .say(live(move || sentence(&series.status())));
    let line = el("div")
        .class("series")
        .attr("role", "group")
        .attr("aria-label", t().doors.variations)
        .child(said);
    match kind {
        "runs" => line
            .child(button(Tone::Plain, words.stop, move || series.stop()))
            .child(waiting(series)),
        "rest" => line.child([
            button(Tone::Plain, words.go_on, move || {
                let cost = series_cost(series);
                purse().guard(ledger, connection, cost, move || series.go_on());
            }),
            discard(series),
            waiting(series),
        ]),
        _ => line,
    }
}

fn series_cost(series: Series) -> u64 {
    untrack(|| series.status()).cost
}

fn discard(series: Series) -> El {
    let toaster = crate::kit::use_toaster();
    button(Tone::Quiet, text::variations().discard, move || {
        let items = series.discard();
        toaster.offer(
            (text::variations().discarded)(items.len()),
            t().shell.undo,
            move || series.take_back(&items),
        );
    })
}

/// What waits to be sent, one by one; each can be taken out.
fn waiting(series: Series) -> El {
    let count = move || (text::archive().waiting)(series.status().rest.len());
    el("details")
        .class("series-waiting")
        .child(el("summary").class("numbers").say(live(count)))
        .child(list_waiting(series))
}

fn list_waiting(series: Series) -> El {
    let toaster = crate::kit::use_toaster();
    el("ol").class("series-list").each(
        move || series.status().rest,
        move |(id, label)| {
            let words = text::archive();
            let (own, name) = (id.clone(), label.clone());
            let press = move || {
                if let Some((place, item)) = series.remove(&own) {
                    super::focus::focus_first(".series-waiting summary");
                    let back = move || series.put_back(place, item.clone());
                    toaster.offer((words.removed_waiting)(&name), t().shell.undo, back);
                }
            };
            el("li").child([
                el("span").say(label.clone()),
                icon_button(Icon::Remove, (words.remove_waiting)(label), press),
            ])
        },
    )
}

fn sentence(status: &Status) -> String {
    let words = text::variations();
    let left = status.rest.len();
    let said = match status.phase {
        Phase::Sending => (words.sending)(status.sent + 1, status.sent + left),
        Phase::Waiting(secs) => (words.waiting)(secs),
        Phase::Stopping => words.stopping.to_owned(),
        Phase::Still if left == 0 => String::new(),
        Phase::Still => (words.rest)(left, &format::usd(status.cost)),
    };
    match &status.reason {
        Some(reason) => [reason, " ", &said].concat(),
        None => said,
    }
}
