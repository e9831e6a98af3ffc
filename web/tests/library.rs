//! How takes are found among thousands, which stand in the queue, and which are attempts at the same thing.
#![cfg(not(target_arch = "wasm32"))]

mod common;
#[path = "common/state.rs"]
mod state;

use common::take;
use proptest::prelude::*;
use rushes_web::ledger::{
    Card, Damage, Damaged, Entry, Maker, Picture, Standing, State, StoredShot, Take, Watch,
};
use rushes_web::library::attempts::{Links, attempts};
use rushes_web::library::filter::{Filter, Kind, Named, Order, values};
use rushes_web::library::queue::{self, is_queued, queued};
use state::{TASK, done, failed, gone, kept, refused, stopped, unsure, watched};

fn card(change: impl FnOnce(&mut Take)) -> Card {
    let mut take = take("a", kept(5));
    change(&mut take);
    Card::of(&Entry::Take(Box::new(take)))
}

fn damaged() -> Card {
    Card::of(&Entry::Damaged(Damaged {
        id: "broken".into(),
        damage: Damage::Shape,
        text: "{}".into(),
    }))
}

#[test]
fn each_state_has_its_standing_and_kind() {
    for (state, standing, kind) in [
        (State::Sending, Standing::Running, Kind::Running),
        (watched(Watch::default()), Standing::Running, Kind::Running),
        (stopped(), Standing::Stopped, Kind::Running),
        (unsure(false), Standing::Unsure, Kind::Unsure),
        (unsure(true), Standing::PutAway, Kind::Unsure),
        (done(None, None), Standing::Done, Kind::Videos),
        (kept(1), Standing::Kept, Kind::Videos),
        (refused(), Standing::Refused, Kind::Failed),
        (failed(), Standing::Failed, Kind::Failed),
        (gone(), Standing::Gone, Kind::Gone),
    ] {
        let card = card(|take| take.state = state);
        assert_eq!(card.standing, standing);
        for other in Kind::EACH {
            let filter = Filter {
                kind: *other,
                ..Filter::default()
            };
            let is_found = !filter.find([&card].into_iter(), Order::Newest).is_empty();
            assert_eq!(
                is_found,
                *other == Kind::All || *other == kind,
                "{standing:?} {other:?}"
            );
        }
    }
    assert_eq!(damaged().standing, Standing::Damaged);
}

/// What is done to a take.
type Change = Box<dyn Fn(&mut Take)>;

#[test]
fn conditions_find_what_they_say() {
    let image = |take: &mut Take| {
        take.settings.image = Some(Picture::Kept {
            width: 900,
            height: 1600,
        });
    };
    let cases: Vec<(&str, Filter, Change, bool)> = vec![
        ("words", words("FOX log"), Box::new(|_| {}), true),
        ("not all words", words("fox cat"), Box::new(|_| {}), false),
        ("a task id", words(TASK), Box::new(|_| {}), true),
        (
            "a note",
            words("client"),
            Box::new(|take| take.filed.note = "For the Client".into()),
            true,
        ),
        (
            "a shot",
            words("harbour"),
            Box::new(|take| {
                take.settings.shots = vec![StoredShot {
                    prompt: "Harbour".into(),
                    duration_secs: 3,
                }];
            }),
            true,
        ),
        (
            "image",
            Filter {
                is_image: Some(true),
                ..Filter::default()
            },
            Box::new(image),
            true,
        ),
        (
            "no image",
            Filter {
                is_image: Some(true),
                ..Filter::default()
            },
            Box::new(|_| {}),
            false,
        ),
        (
            "sound",
            Filter {
                sound: Some(false),
                ..Filter::default()
            },
            Box::new(|_| {}),
            false,
        ),
        ("shape", shape("9:16"), Box::new(image), true),
        ("other shape", shape("1:1"), Box::new(image), false),
        (
            "star",
            Filter {
                is_starred: true,
                ..Filter::default()
            },
            Box::new(|take| take.filed.is_starred = true),
            true,
        ),
        (
            "no star",
            Filter {
                is_starred: true,
                ..Filter::default()
            },
            Box::new(|_| {}),
            false,
        ),
        (
            "collection",
            collection("b"),
            Box::new(|take| take.filed.collections = vec!["a".into(), "b".into()]),
            true,
        ),
        ("no such collection", collection("c"), Box::new(|_| {}), false),
    ];
    for (name, filter, change, is_found) in cases {
        let card = card(change);
        assert_eq!(
            filter.find([&card].into_iter(), Order::Newest).len() == 1,
            is_found,
            "{name}"
        );
    }
}

fn words(words: &str) -> Filter {
    Filter {
        words: words.into(),
        ..Filter::default()
    }
}

fn shape(shape: &str) -> Filter {
    Filter {
        shape: Some(shape.into()),
        ..Filter::default()
    }
}

fn collection(name: &str) -> Filter {
    Filter {
        collection: Some(name.into()),
        ..Filter::default()
    }
}

#[test]
fn forms_hold_names_that_come_back() {
    for kind in Kind::EACH {
        assert_eq!(Kind::from_name(kind.name()), *kind);
    }
    for order in Order::EACH {
        assert_eq!(Order::from_name(order.name()), *order);
    }
    assert_eq!(Kind::from_name("nonsense"), Kind::All);
    assert_eq!(Order::from_name(""), Order::Newest);
}

#[test]
fn values_are_sorted_and_stand_once() {
    let given = ["b", "a", "b"].map(str::to_owned);
    assert_eq!(values(given.iter()), ["a", "b"]);
}

fn cards() -> impl Strategy<Value = Vec<Card>> {
    let one = (1_u64..90, 3_u8..16, 0_u64..5, 0_u64..5).prop_map(|(made, secs, cost, bytes)| {
        card(|take| {
            take.created_ms = made;
            take.settings.duration_secs = secs;
            take.price.micro_usd = cost;
            take.state = kept(bytes + 1);
        })
    });
    proptest::collection::vec(one, 0..30).prop_map(|mut cards| {
        cards.sort_by_key(|card| std::cmp::Reverse(card.created_ms));
        cards
    })
}

proptest! {
    /// Whatever the order, nothing is lost or doubled, and each follows what it should.
    #[test]
    fn orders_are_orders_of_the_same(cards in cards(), order in proptest::sample::select(Order::EACH)) {
        let found = Filter::default().find(cards.iter(), order);
        let mut sorted = found.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..cards.len()).collect::<Vec<_>>());
        for pair in found.windows(2) {
            let (one, next) = (&cards[pair[0]], &cards[pair[1]]);
            let is_right = match order {
                Order::Newest => one.created_ms >= next.created_ms,
                Order::Oldest => one.created_ms <= next.created_ms,
                Order::Longest => one.duration_secs >= next.duration_secs,
                Order::Dearest => one.micro_usd >= next.micro_usd,
                Order::Largest => one.bytes >= next.bytes,
            };
            prop_assert!(is_right, "{:?}", order);
        }
    }

    /// More words find no more.
    #[test]
    fn each_word_narrows(cards in cards(), one in "[a-z]{0,3}", more in "[a-z]{0,3}") {
        let few = words(&format!("{one} {more}")).find(cards.iter(), Order::Newest);
        let many = words(&one).find(cards.iter(), Order::Newest);
        prop_assert!(few.iter().all(|index| many.contains(index)));
    }

    /// Attempts are shared out: each take is one of its own, and all of them agree on who they are.
    #[test]
    fn attempts_agree(links in proptest::collection::vec(proptest::option::of(0_usize..10), 1..10)) {
        let ids: Vec<String> = (0..links.len()).map(|number| format!("t{number}")).collect();
        let cards: Vec<Card> = links
            .iter()
            .map(|of| card(|take| take.again_of = of.map(|of| format!("t{of}"))))
            .collect();
        let takes: Vec<(&str, &Card)> = ids.iter().map(String::as_str).zip(&cards).collect();
        for (index, (id, _)) in takes.iter().enumerate() {
            let own = attempts(&takes, id);
            prop_assert!(own.contains(&index) || is_in_a_circle(&links, index));
            for other in &own {
                if !is_in_a_circle(&links, index) {
                    prop_assert_eq!(&attempts(&takes, takes[*other].0), &own);
                }
            }
        }
    }
}

/// Records from outside may say that two takes repeat each other.
fn is_in_a_circle(links: &[Option<usize>], from: usize) -> bool {
    let mut at = from;
    for _ in 0..=links.len() {
        match links.get(at).copied().flatten() {
            Some(next) => at = next,
            None => return false,
        }
    }
    true
}

#[test]
fn attempts_are_counted_from_the_first() {
    let of = |id: Option<&str>| card(|take| take.again_of = id.map(str::to_owned));
    let cards = [of(Some("b")), of(None), of(Some("a")), of(None)];
    // The newest first: c repeats b, b repeats a.
    let takes: Vec<(&str, &Card)> = ["c", "x", "b", "a"].into_iter().zip(&cards).collect();
    for (id, expected) in [
        ("a", vec![3, 2, 0]),
        ("b", vec![3, 2, 0]),
        ("c", vec![3, 2, 0]),
        ("x", vec![1]),
        ("?", vec![]),
    ] {
        assert_eq!(attempts(&takes, id), expected, "{id}");
    }
    // The first is gone: the others still belong together.
    assert_eq!(attempts(&takes[..3], "c"), [2, 0]);
}

#[test]
fn the_queue_is_what_goes_on_or_needs_a_decision() {
    const DAY: u64 = 24 * 3_600_000;
    for (state, has_next, age_ms, expected) in [
        (State::Sending, false, 0, true),
        (stopped(), false, 9 * DAY, true),
        (unsure(false), false, 9 * DAY, true),
        (unsure(true), false, 0, false),
        (done(None, None), false, 0, true),
        (kept(1), false, 0, false),
        (failed(), false, 0, true),
        (failed(), true, 0, false),
        (failed(), false, DAY, false),
        (refused(), false, 5, true),
        (gone(), false, 0, false),
    ] {
        let card = card(|take| take.state = state);
        let is_in = is_queued(&card, has_next, card.created_ms + age_ms);
        assert_eq!(is_in, expected, "{:?} {has_next} {age_ms}", card.standing);
    }
    assert!(
        is_queued(&damaged(), false, 0),
        "what cannot be read needs its owner"
    );
}

#[test]
fn what_ended_badly_makes_room_for_what_goes_on() {
    let [bad, going, good] = [failed(), unsure(false), kept(1)].map(|state| card(|take| take.state = state));
    for (name, many, expected) in [
        ("all fit", [(&bad, 3), (&going, 2), (&good, 2)], [3, 2, 0]),
        (
            "too many ended badly",
            [(&bad, 40), (&good, 1), (&going, 2)],
            [28, 0, 2],
        ),
        (
            "too many go on",
            [(&bad, 3), (&going, 40), (&good, 1)],
            [0, 30, 0],
        ),
        (
            "the newest stay",
            [(&going, 5), (&bad, 40), (&going, 5)],
            [5, 20, 5],
        ),
    ] {
        let takes: Vec<(&str, &Card)> = many
            .iter()
            .flat_map(|(card, count)| vec![("a", *card); *count])
            .collect();
        let is_in = queued(&takes, &Links::default(), bad.created_ms);
        let mut rest = is_in.as_slice();
        let counts = many.map(|(_, count)| {
            let (of_it, others) = rest.split_at(count);
            rest = others;
            let inside = of_it.iter().filter(|is_in| **is_in).count();
            assert!(
                of_it[..inside].iter().all(|is_in| *is_in),
                "{name}: the first of its kind"
            );
            inside
        });
        assert_eq!(counts, expected, "{name}");
        assert!(counts.iter().sum::<usize>() <= queue::MOST, "{name}");
    }
}

#[test]
fn what_surely_was_not_charged_costs_nothing() {
    for (maker, state, micro_usd) in [
        (Maker::Provider, kept(1), 630_000),
        (Maker::Unknown, failed(), 630_000),
        (Maker::Engine, kept(1), 0),
        (Maker::Provider, refused(), 0),
    ] {
        let card = card(|take| {
            take.maker = maker;
            take.state = state;
        });
        assert_eq!(card.micro_usd, micro_usd, "{:?}", card.standing);
    }
}
