//! What must hold of a record that is read back, and how takes are shown and found.
#![cfg(not(target_arch = "wasm32"))]

mod common;
#[path = "common/state.rs"]
mod state;

use common::take;
use rushes_core::check;
use rushes_core::{Draft, Endpoint, Input};
use rushes_web::kit::Light;
use rushes_web::ledger::{
    Card, Charge, Damage, Entry, Link, Maker, NotKept, Picture, Seen, Settings, Slot, State, Take, Trouble,
    Watch, inline_images, is_web_address,
};
use rushes_web::library::face::{self, Act};
use rushes_web::library::parts::Figure;
use rushes_web::money::spent::{self, Spent};
use state::{done, failed, gone, kept, refused, stopped, unsure, watched};

fn link(url: &str) -> Link {
    Link {
        url: url.into(),
        expires_ms: Some(1_700_000_060_000),
        kind: None,
    }
}

/// How to break a sound record.
type Break = fn(&mut Take);

#[test]
fn a_record_that_cannot_be_is_found_out() {
    let cases: [(&str, Break, Option<Damage>); 10] = [
        ("sound", |_| {}, None),
        ("from a newer page", |take| take.schema = 99, Some(Damage::Newer)),
        ("another's id", |take| take.id = "other".into(), Some(Damage::Id)),
        (
            "made in no year",
            |take| take.created_ms = u64::MAX,
            Some(Damage::Time),
        ),
        (
            "deleted in no year",
            |take| take.deleted_ms = Some(u64::MAX),
            Some(Damage::Time),
        ),
        (
            "unknown endpoint",
            |take| take.settings.endpoint = "text-to-song".into(),
            Some(Damage::Settings),
        ),
        (
            "guidance of nothing",
            |take| take.settings.cfg_scale = f64::NAN,
            Some(Damage::Settings),
        ),
        (
            "no length",
            |take| take.settings.duration_secs = 0,
            Some(Damage::Settings),
        ),
        (
            "a novel",
            |take| take.settings.prompt = "x".repeat(50_000),
            Some(Damage::Settings),
        ),
        (
            "an image that is a script",
            |take| take.settings.image = Some(Picture::Url("javascript:alert(1)".into())),
            Some(Damage::Settings),
        ),
    ];
    for (name, break_it, expected) in cases {
        let mut broken = take("a", State::Sending);
        break_it(&mut broken);
        assert_eq!(broken.inspect("a").err(), expected, "{name}");
    }
}

#[test]
fn a_state_that_cannot_be_is_found_out() {
    let failed = |task: &str| State::Failed {
        task: task.into(),
        reason: None,
    };
    let progress = |percent| {
        watched(Watch {
            progress_percent: Some(percent),
            ..Watch::default()
        })
    };
    let to_go = |secs| {
        watched(Watch {
            eta_secs: Some(secs),
            ..Watch::default()
        })
    };
    for (state, is_sound) in [
        (done(Some(link("https://x.example/v.mp4")), None), true),
        (done(Some(link("javascript:alert(1)")), None), false),
        (failed("t-1"), true),
        (failed("a b"), false),
        (failed(""), false),
        (progress(100.0), true),
        (progress(101.0), false),
        (progress(f64::NAN), false),
        (to_go(4.5), true),
        (to_go(-1.0), false),
        (to_go(f64::INFINITY), false),
        (kept(1), true),
        (kept(0), false),
        (
            watched(Watch {
                status: Seen::Other("X".into()),
                ..Watch::default()
            }),
            true,
        ),
    ] {
        let found = take("a", state.clone()).inspect("a").err();
        assert_eq!(found, (!is_sound).then_some(Damage::State), "{state:?}");
    }
}

#[test]
fn only_the_web_is_a_web_address() {
    for (url, is_web) in [
        ("https://x.example/v.mp4", true),
        ("HTTP://x.example", true),
        ("https://", false),
        ("javascript:alert(1)", false),
        ("data:text/html,x", false),
        ("//x.example", false),
        ("", false),
    ] {
        assert_eq!(is_web_address(url), is_web, "{url}");
    }
}

fn draft(endpoint: Endpoint) -> Draft {
    Draft {
        prompt: Some("A fox 🦊".into()),
        negative_prompt: Some("blur".into()),
        duration: Some(7.0),
        cfg_scale: Some(0.25),
        sound: Some(true),
        ..Draft::new(endpoint)
    }
}

/// A PNG of 640 × 360 as far as a header tells.
fn png() -> Vec<u8> {
    let mut bytes =
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\x68\x08\x02\0\0\0\x48\x50\xdd\x06".to_vec();
    bytes.extend([0; 64]);
    bytes
}

#[test]
fn the_same_request_can_be_made_again() {
    let image = || Some(Input::Bytes(png().into()));
    let drafts = [
        Draft {
            aspect_ratio: Some("9:16".into()),
            ..draft(Endpoint::TextToVideo)
        },
        Draft {
            image: Some("https://x.example/a.png".into()),
            ..draft(Endpoint::ImageToVideo)
        },
        Draft {
            image: image(),
            end_image: image(),
            ..draft(Endpoint::ImageToVideo)
        },
        Draft {
            image: image(),
            duration: None,
            multi_prompt: Some(vec![
                rushes_core::request::DraftShot {
                    prompt: "One".into(),
                    duration: Some(3.0),
                },
                rushes_core::request::DraftShot {
                    prompt: "Two".into(),
                    duration: Some(4.0),
                },
            ]),
            ..draft(Endpoint::ImageToVideo)
        },
    ];
    for draft in drafts {
        let first = check(draft.endpoint, draft.into())
            .expect("a valid draft")
            .request;
        let settings = Settings::of(&first);
        let kept = inline_images(&first);
        let image = |slot| {
            kept.iter()
                .find(|(kept, _)| *kept == slot)
                .map(|(_, image)| image.clone())
        };
        let again = settings
            .draft(image(Slot::Start), image(Slot::End))
            .expect("a known endpoint");
        let again = check(again.endpoint, again.into()).expect("still valid").request;
        assert_eq!(again.body(), first.body());
    }
}

#[test]
fn each_state_has_its_lamp_its_word_and_what_can_be_done() {
    let first = |state: &State| face::acts(state).first().copied();
    for (state, light, word, act) in [
        (State::Sending, Light::Live, "Sending", None),
        (unsure(false), Light::Unsure, "Not sure", Some(Act::Arrived)),
        (unsure(true), Light::Off, "Put away", Some(Act::TakeBack)),
        (refused(), Light::Bad, "Not accepted", Some(Act::SendAgain)),
        (
            watched(Watch::default()),
            Light::Live,
            "Accepted",
            Some(Act::Tell),
        ),
        (
            watched(Watch {
                status: Seen::Queued,
                ..Watch::default()
            }),
            Light::Live,
            "Queued",
            Some(Act::Tell),
        ),
        (
            watched(Watch {
                status: Seen::Processing,
                ..Watch::default()
            }),
            Light::Live,
            "Rendering",
            Some(Act::Tell),
        ),
        (
            watched(Watch {
                status: Seen::Other("X".into()),
                ..Watch::default()
            }),
            Light::Live,
            "Going on",
            Some(Act::Tell),
        ),
        (stopped(), Light::Unsure, "Not watched", Some(Act::Look)),
        (done(None, None), Light::Live, "Done", Some(Act::Play)),
        (
            done(None, Some(NotKept::Unreadable)),
            Light::Done,
            "Done",
            Some(Act::Download),
        ),
        (kept(5), Light::Done, "Saved", Some(Act::Play)),
        (failed(), Light::Bad, "Failed", Some(Act::FixPrompt)),
        (gone(), Light::Off, "Gone", Some(Act::FreshLink)),
    ] {
        assert_eq!(
            (face::light(&state), face::word(&state, false), first(&state)),
            (light, word, act),
            "{state:?}"
        );
        let can_delete = face::acts(&state).contains(&Act::Delete);
        assert!(!can_delete || state.is_deletable(), "{state:?}");
    }
}

#[test]
fn a_card_tells_of_a_takes_cost_what_its_record_does() {
    let cases = [
        (State::Sending, Charge::Unknown),
        (unsure(false), Charge::Unknown),
        (refused(), Charge::NotBilled),
        (watched(Watch::default()), Charge::Unknown),
        (done(None, None), Charge::Billed),
        (kept(5), Charge::Billed),
        (failed(), Charge::Unknown),
        (gone(), Charge::Billed),
    ];
    for (state, expected) in cases {
        for maker in [Maker::Provider, Maker::Engine] {
            let take = Take {
                maker,
                ..take("a", state.clone())
            };
            let charge = if maker == Maker::Engine {
                Charge::NotBilled
            } else {
                expected
            };
            let (of_take, of_card) = (
                spent::Entry::of(&take),
                spent::Entry::of_card(&Card::of(&Entry::Take(Box::new(take)))),
            );
            assert_eq!(of_take.charge, charge, "{state:?} {maker:?}");
            let sum = |entry| Spent::of([entry], 0);
            assert_eq!(sum(of_card), sum(of_take), "{state:?} {maker:?}");
        }
    }
}

#[test]
fn an_unsure_take_names_the_price_it_may_have_cost() {
    let said = face::sentences(&take("a", unsure(false))).join(" ");
    assert!(said.contains("may have been charged ($0.63)"), "{said}");
    assert_eq!(
        Act::SendAgain.words(&take("a", unsure(false))),
        "Send again · $0.63"
    );

    let free = Take {
        maker: Maker::Engine,
        ..take("a", unsure(false))
    };
    assert!(face::sentences(&free).join(" ").contains("costs nothing"));
    assert_eq!(Act::SendAgain.words(&free), "Send again · free");
}

#[test]
fn the_providers_words_are_kept_verbatim() {
    let reason = "<b>blood</b> & more".to_owned();
    let failed = State::Failed {
        task: "t".into(),
        reason: Some(reason.clone()),
    };
    assert_eq!(face::provider_words(&failed), Some(reason));
    let trouble = Trouble {
        status: Some(403),
        reason: Some("NOT_ENOUGH_BALANCE".into()),
        ..Trouble::not_sent("Top up.", Some("Balance not enough".into()))
    };
    assert_eq!(
        face::provider_words(&State::Refused(trouble)).as_deref(),
        Some("HTTP 403 · NOT_ENOUGH_BALANCE · Balance not enough")
    );
    assert_eq!(face::provider_words(&kept(5)), None);
}

#[test]
fn how_far_it_is_shows_only_what_is_known() {
    let now_ms = 1_700_000_042_000;
    let of = |state| Figure::of(&take("a", state), None, now_ms);
    let told = Watch {
        progress_percent: Some(39.9),
        eta_secs: Some(24.0),
        checked_ms: Some(1_700_000_038_000),
        ..Watch::default()
    };
    assert_eq!(of(watched(told)).words, "39 % · 0:42 so far · about 20 s to go");
    let nothing = of(watched(Watch {
        progress_percent: Some(0.0),
        ..Watch::default()
    }));
    assert_eq!((nothing.percent, nothing.words.as_str()), (None, "0:42 so far"));
    assert_eq!(
        of(done(Some(link("https://x.example/v.mp4")), None)).words,
        "link good for 0:18"
    );
}

#[test]
fn times_are_clocks() {
    for (ms, clock) in [
        (0, "0:00"),
        (42_999, "0:42"),
        (725_000, "12:05"),
        (3_723_000, "1:02:03"),
    ] {
        assert_eq!(face::clock(ms), clock);
    }
    for (secs, rough) in [
        (0, "1 s"),
        (20, "20 s"),
        (59, "59 s"),
        (60, "1 min"),
        (90, "2 min"),
        (3_600, "60 min"),
        (5_400, "2 h"),
        (9_000, "3 h"),
    ] {
        assert_eq!(face::rough(secs), rough, "{secs}");
    }
}

#[test]
fn excerpts_end_between_words_and_never_inside_a_character() {
    for (prompt, most, excerpt) in [
        ("A fox", 10, "A fox"),
        ("A fox leaps over a log", 10, "A fox…"),
        ("狐狸跳过长满青苔的原木", 4, "狐狸跳过…"),
        ("🦊🦊🦊", 2, "🦊🦊…"),
        ("  spaced  ", 20, "spaced"),
        ("", 5, ""),
    ] {
        assert_eq!(face::excerpt(prompt, most), excerpt, "{prompt}");
    }
}
