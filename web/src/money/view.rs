//! What a request costs and why, the reader's own rate and budget, what was spent; and the question before a budget is
//! passed.

use leptos::prelude::*;

use super::{
    purse::{purse, today},
    rate::{Amount, shown_usd, typed_usd},
    spent::{Passed, Sum},
};
use crate::{
    compose::use_composer,
    demand::on_demand,
    dom::{El, el, live},
    kit::{Field, FieldIds, NoteKind, Tone, button, dialog, note, notes},
    ledger::Ledger,
    task::follow,
    text::{self, format, t},
};

/// The price, with all that belongs to it, opened by `open`.
pub fn money_dialog(open: RwSignal<bool>) -> El {
    dialog(open, t().doors.money, |body| body.child(on_demand(money_room)))
}

crate::part! { in money;
    /// The price of the form's request, and all that belongs to money.
    fn money_room() -> El {
        el("div").class("stack").child([this_request(), money()])
    }
}

/// Money as a section of the settings.
pub fn money_section() -> El {
    on_demand(money_settings_room)
}

crate::part! { in money;
    /// Rates, budget and what was spent.
    fn money_settings_room() -> El {
        money()
    }
}

/// What the form's request costs, and who says so.
fn this_request() -> El {
    let composer = use_composer();
    let text = move || {
        composer.estimate().map_or_else(
            || text::money().not_known.to_owned(),
            |estimate| {
                let sound = composer.with(|form| form.sound);
                let rule = (t().compose.price_rule)(&estimate, sound);
                let amount = (t().compose.price)(Some(&estimate));
                [&amount, " · ", &rule].concat()
            },
        )
    };
    let source = move || {
        let rates = purse().rates();
        (text::money().source)(&rates.source, &format::day(&rates.as_of))
    };
    el("div").class("stack-tight").child([
        el("p").class("numbers").say(live(text)),
        el("p").class("hint").say(live(source)),
    ])
}

/// One's own rate, the budget, and what was spent.
fn money() -> El {
    let words = text::money();
    let own = move || {
        let money = purse().money();
        money.silent.is_some() || money.sound.is_some()
    };
    let rates = section(words.rates)
        .child(el("p").class("hint").say(words.rates_about))
        .child(pair(Amount::Silent, words.silent, Amount::Sound, words.sound))
        .when(own, move || {
            button(Tone::Quiet, words.use_table, || {
                purse().set(|money| (money.silent, money.sound) = (None, None));
            })
        });
    let budget = section(words.budget)
        .child(el("p").class("hint").say(words.budget_about))
        .child(pair(Amount::Day, words.per_day, Amount::All, words.in_all));
    el("div").class("money").child([rates, budget, spent()])
}

fn section(title: &'static str) -> El {
    el("section").class("stack-tight").child(el("h3").say(title))
}

fn pair(one: Amount, one_label: &'static str, other: Amount, other_label: &'static str) -> El {
    el("div")
        .class("money-pair")
        .child([amount(one, one_label), amount(other, other_label)])
}

fn amount(which: Amount, label: &'static str) -> El {
    let ids = FieldIds::of(&crate::ids::fresh("amount"));
    let set = move || purse().money().get(which).map(shown_usd).unwrap_or_default();
    let typed = RwSignal::new(untrack(set));
    let is_wrong = move || typed.with(|typed| typed_usd(typed).is_err());
    follow(move || {
        // Set from elsewhere, such as back to the table's.
        let set = set();
        if typed.with_untracked(|typed| typed_usd(typed) != typed_usd(&set)) {
            typed.set(set);
        }
    });
    let placeholder = move || match which {
        Amount::Silent => shown_usd(purse().rates().silent_micro_usd),
        Amount::Sound => shown_usd(purse().rates().sound_micro_usd),
        Amount::Day | Amount::All => text::money().none.to_owned(),
    };
    let input = el("input")
        .class("line")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .id(&ids.control)
        .attr("aria-describedby", &ids.described_by())
        .set("placeholder", move || Some(placeholder()))
        .set_aria("aria-invalid", is_wrong)
        .value(move || typed.get())
        .on_text(move |text| {
            typed.set(text.clone());
            if let Ok(value) = typed_usd(&text) {
                purse().set(|money| {
                    money.set(which, value);
                    if matches!(which, Amount::Silent | Amount::Sound) {
                        money.as_of = today();
                    }
                });
            }
        });
    Field {
        ids,
        label: label.into(),
        aside: None,
        hint: "".into(),
        notes: notes().when(is_wrong, || {
            note(NoteKind::Error, text::money().no_amount.to_owned(), None)
        }),
        control: input,
    }
    .view()
}

/// What was spent, today and in all.
fn spent() -> El {
    let ledger = expect_context::<Ledger>();
    let words = text::money();
    let spent = Memo::new(move |_| purse().spent(ledger));
    let row = |name: &'static str, sum: fn(&super::spent::Spent) -> Sum, which: fn(&Sum) -> String| {
        let text = move || spent.with(|spent| which(&sum(spent)));
        (name, text)
    };
    let head = el("tr").child([
        el("td"),
        el("th").attr("scope", "col").say(words.today),
        el("th").attr("scope", "col").say(words.ever),
    ]);
    let line = move |name: &'static str, which: fn(&Sum) -> String| {
        let (_, today) = row(name, |spent| spent.today, which);
        let (_, all) = row(name, |spent| spent.all, which);
        el("tr").child([
            el("th").attr("scope", "row").say(name),
            el("td").say(live(today)),
            el("td").say(live(all)),
        ])
    };
    let table = el("table").class("spent numbers").child([
        el("thead").child(head),
        el("tbody").child([
            line(words.billed, |sum| format::usd(sum.billed)),
            line(words.unknown, |sum| format::usd(sum.unknown)),
            line(words.not_billed, |sum| (text::money().takes)(sum.not_billed)),
        ]),
    ]);
    section(words.spent)
        .child(table)
        .child(el("p").class("hint").say(words.spent_about))
}

/// The question before a budget is passed.
pub fn budget_question() -> El {
    let open = RwSignal::new(false);
    let asking = move || purse().asking();
    follow(move || open.set(asking().is_some()));
    // Closed by Esc or beside it: the answer is no.
    follow(move || {
        if !open.get() && untrack(asking).is_some() {
            purse().answer(false);
        }
    });
    dialog(open, t().doors.budget, move |body| match untrack(asking) {
        Some(passed) => body.child(on_demand(move || question_room(passed))),
        None => body,
    })
}

crate::part! { in money;
    /// The question before a budget is passed.
    fn question_room(passed: Passed) -> El {
        question(el("div").class("stack"), &passed)
    }
}

fn question(body: El, passed: &Passed) -> El {
    let words = text::money();
    let go = button(Tone::Danger, (words.go_on)(&format::usd(passed.cost)), || {
        purse().answer(true);
    });
    let stay = button(Tone::Plain, words.stay, || purse().answer(false));
    body.child(el("p").say((words.asks)(
        passed.is_day,
        &format::usd(passed.spent),
        &format::usd(passed.budget),
        &format::usd(passed.cost),
    )))
    .child(el("div").class("row").child([stay, go]))
    .child(el("details").class("fold").child([
        el("summary").say(words.change),
        el("div").class("fold-body").child(money()),
    ]))
}
