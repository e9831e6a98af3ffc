//! What a record looks like on disk: names that are never changed, and what comes back of them.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::take;
use rushes_core::Input;
use rushes_web::ledger::migrate::up_to_date;
use rushes_web::ledger::stored::Stored;
use rushes_web::ledger::{
    Doubt, Filed, Gone, KeptFile, Link, Maker, NotKept, Picture, Place, SCHEMA, Seen, State, StoredShot,
    Take, Trouble, Watch,
};

fn trouble() -> Trouble {
    Trouble {
        kind: "provider".into(),
        status: Some(502),
        reason: Some("R".into()),
        message: "m".into(),
        detail: None,
        retry_after_ms: Some(7),
    }
}

/// [`trouble`], as it lies on disk.
const TROUBLE: &str = "{kind:provider status:502 reason:R message:m detail:- retry_after_ms:7}";

/// Every state, as it lies on disk; `-` is what is not there.
fn states() -> Vec<(State, &'static str)> {
    let task = || "t".to_owned();
    let watch = |status, missed| State::Watched {
        task: task(),
        watch: Watch {
            status,
            progress_percent: Some(12.5),
            eta_secs: None,
            checked_ms: Some(9),
            missed,
            is_stopped: true,
        },
    };
    let unsure = |why| State::Unsure {
        why,
        since_ms: 4,
        is_put_away: false,
    };
    let link = Link {
        url: "https://e.example/v".into(),
        expires_ms: Some(5),
        kind: None,
    };
    let file = KeptFile {
        bytes: 3,
        media_type: "video/mp4".into(),
        kept_ms: 8,
    };
    let succeeded = |link, not_kept| State::Succeeded {
        task: task(),
        link,
        not_kept,
    };
    let expired = |cause| State::Expired { task: task(), cause };
    let failed = State::Failed {
        task: task(),
        reason: Some("r".into()),
    };
    vec![
        (State::Sending, "sending"),
        (
            unsure(Doubt::PageClosed),
            "{unsure:{why:page_closed since_ms:4 is_put_away:false}}",
        ),
        (
            unsure(Doubt::Answer(trouble())),
            "{unsure:{why:{answer:TROUBLE} since_ms:4 is_put_away:false}}",
        ),
        (State::Refused(trouble()), "{refused:TROUBLE}"),
        (
            watch(Seen::Nothing, None),
            "{watched:{task:t watch:{status:nothing progress_percent:12.5 eta_secs:- checked_ms:9 missed:- is_stopped:true}}}",
        ),
        (
            watch(Seen::Other("X".into()), Some(trouble())),
            "{watched:{task:t watch:{status:{other:X} progress_percent:12.5 eta_secs:- checked_ms:9 missed:TROUBLE is_stopped:true}}}",
        ),
        (
            succeeded(Some(link), None),
            "{succeeded:{task:t link:{url:https://e.example/v expires_ms:5 kind:-} not_kept:-}}",
        ),
        (
            succeeded(None, Some(NotKept::CutShort)),
            "{succeeded:{task:t link:- not_kept:cut_short}}",
        ),
        (
            State::Kept { task: task(), file },
            "{kept:{task:t file:{bytes:3 media_type:video/mp4 kept_ms:8}}}",
        ),
        (failed, "{failed:{task:t reason:r}}"),
        (expired(Gone::NoLink), "{expired:{task:t cause:no_link}}"),
    ]
    .into_iter()
    .map(|(state, shown)| (state, &*shown.replace("TROUBLE", TROUBLE).leak()))
    .collect()
}

fn shown(value: &Input) -> String {
    match value {
        Input::Null => "-".to_owned(),
        Input::Bool(value) => value.to_string(),
        Input::Number(value) => value.to_string(),
        Input::Text(value) => value.clone(),
        Input::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Input::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}:{}", shown(value)))
                .collect();
            format!("{{{}}}", fields.join(" "))
        }
        Input::Bytes(_) => panic!("no such value is stored"),
    }
}

#[test]
fn states_lie_on_disk_under_their_names_and_come_back() {
    for (state, expected) in states() {
        let value = state.write();
        assert_eq!(shown(&value), expected);
        assert_eq!(State::read(&value), Some(state), "{expected}");
    }
}

fn full() -> Take {
    let mut full = take("a", State::Sending);
    full.settings.negative_prompt = Some("n".into());
    full.settings.image = Some(Picture::Kept { width: 4, height: 3 });
    full.settings.end_image = Some(Picture::Url("https://e.example/i".into()));
    full.settings.shots = vec![StoredShot {
        prompt: "s".into(),
        duration_secs: 3,
    }];
    full.again_of = Some("b".into());
    full.continues = Some("c".into());
    full.sent_as = Some("d".into());
    full.filed = Filed {
        is_starred: true,
        collections: vec!["c".into()],
        note: "n".into(),
    };
    full.is_awaited = true;
    full.deleted_ms = Some(6);
    full.took_ms = Some(7);
    full.place = Some(Place {
        url: "https://g.example".into(),
        needs_key: true,
    });
    full
}

#[test]
fn a_take_lies_on_disk_under_its_names_and_comes_back() {
    let take = full();
    let value = take.write();
    assert_eq!(
        shown(&value),
        "{schema:2 id:a created_ms:1700000000000 changed_ms:1700000000000 settings:{endpoint:text-to-video \
         prompt:A fox leaps over a mossy log 🦊 negative_prompt:n duration_secs:5 cfg_scale:0.5 sound:true \
         aspect_ratio:16:9 image:{kept:{width:4 height:3}} end_image:{url:https://e.example/i} \
         shots:[{prompt:s duration_secs:3}]} price:{micro_usd:630000 rate_micro_usd:126000 source:a table \
         as_of:2026-10-07} maker:provider state:sending took_ms:7 again_of:b continues:c sent_as:d \
         filed:{is_starred:true collections:[c] note:n} is_awaited:true deleted_ms:6 \
         place:{url:https://g.example needs_key:true}}"
    );
    assert_eq!(Take::read(&value), Some(take));
}

#[test]
fn a_record_from_before_it_named_itself_is_read() {
    let Input::Object(mut fields) = full().write() else {
        panic!("a record is an object")
    };
    fields.retain(|(name, _)| name != "sent_as");
    let expected = Take {
        sent_as: None,
        ..full()
    };
    assert_eq!(Take::read(&Input::Object(fields)), Some(expected));
}

#[test]
fn makers_have_their_words() {
    for (maker, word) in [
        (Maker::Engine, "engine"),
        (Maker::Provider, "provider"),
        (Maker::Unknown, "unknown"),
    ] {
        assert_eq!(maker.write(), Input::from(word));
        assert_eq!(Maker::read(&word.into()), Some(maker));
    }
}

/// Every way of taking one value away, or of putting another kind in its place.
fn damaged(value: &Input) -> Vec<Input> {
    match value {
        Input::Object(fields) => (0..fields.len())
            .flat_map(|index| {
                let mut without = fields.clone();
                without.remove(index);
                let inside = damaged(&fields[index].1).into_iter().map(move |broken| {
                    let mut with = fields.clone();
                    with[index].1 = broken;
                    Input::Object(with)
                });
                std::iter::once(Input::Object(without)).chain(inside)
            })
            .collect(),
        Input::List(items) => items
            .iter()
            .flat_map(damaged)
            .map(|item| Input::List(vec![item]))
            .collect(),
        Input::Bool(_) => vec![Input::from(1.0)],
        Input::Number(_) => vec![Input::from("1"), Input::from(-1.5)],
        _ => vec![Input::Bool(true), Input::List(Vec::new())],
    }
}

#[test]
fn what_is_damaged_is_no_record_or_another_but_never_the_same() {
    let take = full();
    let cases = damaged(&take.write());
    assert!(cases.len() > 60);
    for case in cases {
        assert_ne!(Take::read(&case), Some(take.clone()), "{}", shown(&case));
    }
}

#[test]
fn what_is_not_known_beside_a_record_is_passed_over() {
    let take = full();
    let Input::Object(mut fields) = take.write() else {
        panic!("a record is an object")
    };
    fields.push(("from_the_future".into(), Input::from(1.0)));
    assert_eq!(Take::read(&Input::Object(fields)), Some(take));
}

#[test]
fn numbers_that_do_not_fit_are_none() {
    for (number, fits) in [
        (0.0, true),
        (255.0, true),
        (256.0, false),
        (-1.0, false),
        (1.5, false),
        (f64::NAN, false),
    ] {
        assert_eq!(u8::read(&number.into()).is_some(), fits, "{number}");
    }
    assert_eq!(u64::read(&u64::MAX.write()), Some(u64::MAX));
}

/// A record as the first version of the page wrote it.
fn of_version_1() -> Input {
    let Input::Object(fields) = full().write() else {
        panic!("a record is an object")
    };
    let then = |(name, value): (String, Input)| match name.as_str() {
        "filed" | "is_awaited" => None,
        "schema" => Some((name, Input::from(1.0))),
        _ => Some((name, value)),
    };
    Input::Object(fields.into_iter().filter_map(then).collect())
}

#[test]
fn a_record_of_the_first_version_opens_with_all_it_held() {
    let old = of_version_1();
    assert_eq!(Take::read(&old), None, "as it is, it lacks what is known today");
    let expected = Take {
        filed: Filed::default(),
        is_awaited: false,
        ..full()
    };
    assert_eq!(Take::read(&up_to_date(old, 1)), Some(expected));
}

#[test]
fn what_is_up_to_date_or_no_record_stays_what_it_is() {
    assert_eq!(Take::read(&up_to_date(full().write(), SCHEMA)), Some(full()));
    for value in [Input::Null, Input::from("x"), Input::List(Vec::new())] {
        assert_eq!(up_to_date(value.clone(), 1), value);
    }
}
