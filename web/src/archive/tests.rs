//! Whatever the bytes: an archive is read, or refused; never more.

use proptest::prelude::*;
use rushes_core::Input;

use super::format::{DEPTH_MAX, Manifest, Name, NoArchive, Part, is_too_deep, merged, to_travel};
use super::zip::{Flaw, Found, Piece, Seen, Sum, Writer, list, place};
use crate::ledger::stored::Stored;
use crate::ledger::{
    Filed, Gone, KeptFile, Link, Maker, Picture, Price, SCHEMA, Settings, State, Take, read_record,
};

/// A zip file of these entries, whole.
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = Writer::default();
    for (name, bytes) in entries {
        let mut body = writer.begin(name, None).expect("a name");
        for chunk in bytes.chunks(3) {
            body.see(chunk).expect("bytes");
        }
        body.end().expect("an end");
    }
    let mut whole = Vec::new();
    for piece in writer.finish().expect("a list") {
        match piece {
            Piece::Bytes(bytes) => whole.extend(bytes),
            Piece::Body(number) => whole.extend(entries[number].1),
        }
    }
    whole
}

/// Reads what is asked for, as the page does; at most so often.
fn reading<T>(file: &[u8], seen: &Seen, mut act: impl FnMut(&Seen) -> Result<T, Flaw>) -> Result<T, Flaw> {
    for _ in 0..64 {
        match (act(seen), seen.wanted()) {
            (Err(Flaw::Unread), Some((from, to))) => {
                let (from_, to_) = (
                    usize::try_from(from).expect("small"),
                    usize::try_from(to).expect("small"),
                );
                assert!(
                    from < to && to_ <= file.len(),
                    "it asks for what is there: {from} to {to} of {}",
                    file.len()
                );
                seen.put(from, file[from_..to_].to_vec());
            }
            (done, _) => return done,
        }
    }
    Err(Flaw::TooLarge)
}

/// Every entry that is whole: its name and its bytes.
fn unzipped(file: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Flaw> {
    let seen = Seen::new(file.len() as u64);
    let found: Vec<Found> = reading(file, &seen, list)?;
    let mut whole = Vec::new();
    for entry in found.iter().filter(|entry| entry.is_plain) {
        let Ok((from, to)) = reading(file, &seen, |seen| place(seen, entry)) else {
            continue;
        };
        let bytes = &file[usize::try_from(from).expect("small")..usize::try_from(to).expect("small")];
        let mut sum = Sum::default();
        sum.see(bytes);
        if sum.is_of(entry) {
            whole.push((entry.name.clone(), bytes.to_vec()));
        }
    }
    Ok(whole)
}

fn take(id: &str, state: State) -> Take {
    Take {
        schema: SCHEMA,
        id: id.to_owned(),
        created_ms: 1_000,
        changed_ms: 2_000,
        settings: Settings {
            endpoint: "text-to-video".to_owned(),
            prompt: "A fox — 狐狸".to_owned(),
            negative_prompt: None,
            duration_secs: 5,
            cfg_scale: 0.5,
            sound: true,
            aspect_ratio: Some("16:9".to_owned()),
            image: None,
            end_image: None,
            shots: Vec::new(),
        },
        price: Price {
            micro_usd: 420_000,
            rate_micro_usd: 84_000,
            source: "a table".to_owned(),
            as_of: "2026-10-07".to_owned(),
        },
        maker: Maker::Provider,
        state,
        took_ms: None,
        again_of: None,
        continues: None,
        filed: Filed::default(),
        is_awaited: false,
        deleted_ms: None,
        place: None,
        sent_as: None,
    }
}

fn kept(task: &str) -> State {
    State::Kept {
        task: task.to_owned(),
        file: KeptFile {
            bytes: 10,
            media_type: "video/mp4".to_owned(),
            kept_ms: 3_000,
        },
    }
}

fn states() -> impl Strategy<Value = State> {
    let expired = |cause| State::Expired {
        task: "t1".to_owned(),
        cause,
    };
    prop_oneof![
        Just(State::Sending),
        Just(kept("t1")),
        Just(kept("t2")),
        Just(expired(Gone::Copy)),
        Just(expired(Gone::Freed)),
        Just(State::Failed {
            task: "t1".to_owned(),
            reason: None
        }),
        Just(State::Watched {
            task: "t1".to_owned(),
            watch: crate::ledger::Watch::default()
        }),
        Just(State::Succeeded {
            task: "t1".to_owned(),
            link: Some(Link {
                url: "https://store.example/v.mp4?X-Amz-Signature=abc".to_owned(),
                expires_ms: None,
                kind: None
            }),
            not_kept: None,
        }),
    ]
}

fn takes() -> impl Strategy<Value = Take> {
    (states(), 0_u64..4, proptest::option::of(0_u64..4), any::<bool>()).prop_map(
        |(state, changed, deleted, star)| Take {
            changed_ms: changed,
            deleted_ms: deleted,
            filed: Filed {
                is_starred: star,
                ..Filed::default()
            },
            ..take("one", state)
        },
    )
}

#[test]
fn names_are_a_closed_set() {
    for (name, read) in [
        ("manifest.json", Some(Name::Manifest)),
        ("settings.json", Some(Name::Settings)),
        ("drafts.json", Some(Name::Drafts)),
        ("snippets.json", Some(Name::Snippets)),
        ("spent.json", Some(Name::Spent)),
        ("takes/a-1/record.json", Some(Name::Take("a-1", Part::Record))),
        ("takes/a-1/start.txt", Some(Name::Take("a-1", Part::Start))),
        ("takes/a-1/video.webm", Some(Name::Take("a-1", Part::Video))),
        ("drafts/7-0/end.bin", Some(Name::Draft("7-0", Part::End))),
        ("drafts/7-0/record.json", None),
        ("takes/../record.json", None),
        ("takes/a/b/record.json", None),
        ("/takes/a/record.json", None),
        ("takes\\a\\record.json", None),
        ("takes/a/video.exe", None),
        ("takes//record.json", None),
        ("TAKES/a/record.json", None),
        ("", None),
    ] {
        assert_eq!(Name::read(name), read, "{name}");
    }
}

#[test]
fn a_manifest_says_what_it_is() {
    let whole = Manifest {
        takes: 3,
        has_videos: true,
    };
    assert_eq!(Manifest::read(&whole.write()), Ok(whole.clone()));
    let with = |name: &str, value: Input| {
        let Input::Object(mut fields) = whole.write() else {
            unreachable!("it is an object")
        };
        fields.retain(|(other, _)| other != name);
        fields.push((name.to_owned(), value));
        Manifest::read(&Input::Object(fields))
    };
    assert_eq!(with("version", Input::Number(2.0)), Err(NoArchive::Newer));
    for (name, value) in [
        ("version", Input::Number(0.0)),
        ("version", Input::Number(f64::NAN)),
        ("version", Input::Null),
        ("format", Input::Text("zip".to_owned())),
        ("takes", Input::Number(-1.0)),
        ("takes", Input::Number(1e9)),
    ] {
        assert_eq!(
            with(name, value.clone()),
            Err(NoArchive::Other),
            "{name}: {value:?}"
        );
    }
    assert_eq!(Manifest::read(&Input::Null), Err(NoArchive::Other));
}

#[test]
fn depth_is_counted_outside_of_texts() {
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(!is_too_deep(&nested(DEPTH_MAX)) && is_too_deep(&nested(DEPTH_MAX + 1)));
    assert!(!is_too_deep(&format!(
        r#"{{"a":"{}","b":"\"[[["}}"#,
        "[{".repeat(99)
    )));
    assert!(!is_too_deep(&"[],".repeat(99)));
}

#[test]
fn what_travels_has_no_link_and_no_address_made_for_somebody() {
    let signed = "https://store.example/a.png?X-Amz-Signature=abc";
    let succeeded = State::Succeeded {
        task: "t".to_owned(),
        link: Some(Link {
            url: signed.to_owned(),
            expires_ms: None,
            kind: None,
        }),
        not_kept: None,
    };
    let mut with_image = take("a", succeeded);
    with_image.settings.image = Some(Picture::Url(signed.to_owned()));
    with_image.settings.end_image = Some(Picture::Url("https://open.example/b.png".to_owned()));
    let travelling = to_travel(&with_image, false);
    assert!(!format!("{:?}", travelling.write()).contains("Signature"));
    assert!(travelling.settings.end_image.is_some());
    let gone = |take: &Take| {
        matches!(
            take.state,
            State::Expired {
                cause: Gone::Copy,
                ..
            }
        )
    };
    assert!(gone(&to_travel(&take("a", kept("t")), false)) && !gone(&to_travel(&take("a", kept("t")), true)));
}

#[test]
fn a_cut_or_foreign_file_is_refused() {
    let whole = zipped(&[("a", b"some bytes"), ("b", b"")]);
    assert_eq!(unzipped(&whole).map(|entries| entries.len()), Ok(2));
    for cut in 0..whole.len() {
        assert!(unzipped(&whole[..cut]).is_err(), "cut at {cut}");
    }
    for other in [&b""[..], b"PK", b"\x89PNG\r\n\x1a\n", &[0; 10_000]] {
        assert!(unzipped(other).is_err());
    }
}

proptest! {
    #[test]
    fn what_is_packed_comes_back(entries in proptest::collection::btree_map("[a-z]{1,8}(/[a-z]{1,4})?", proptest::collection::vec(any::<u8>(), 0..40), 0..8)) {
        let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let file = zipped(&entries);
        prop_assert_eq!(&file, &zipped(&entries), "the same things make the same bytes");
        let found = unzipped(&file).expect("a zip file");
        prop_assert_eq!(found.len(), entries.len());
        for ((name, bytes), (wanted, all)) in found.iter().zip(&entries) {
            prop_assert_eq!((name.as_str(), bytes.as_slice()), (*wanted, *all));
        }
    }

    /// A changed byte is noticed, whatever it is: nothing comes out that was not put in.
    #[test]
    fn damage_is_noticed(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<Option<prop::sample::Index>>()) {
        let entries: [(&str, &[u8]); 3] = [("manifest.json", b"{}"), ("takes/a/record.json", b"0123456789"), ("takes/a/video.mp4", &[7; 300])];
        let mut file = zipped(&entries);
        for (place, byte) in &changes {
            let place = place.index(file.len());
            file[place] = *byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        for (_, bytes) in unzipped(&file).unwrap_or_default() {
            prop_assert!(entries.iter().any(|(_, all)| *all == bytes.as_slice()) || bytes.is_empty());
        }
    }

    #[test]
    fn no_bytes_make_it_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..400), tail in any::<bool>()) {
        let mut file = bytes;
        if tail {
            file.extend(zipped(&[("a", b"b")]));
        }
        drop(unzipped(&file));
    }

    #[test]
    fn a_record_comes_back_from_its_json(take in takes()) {
        let travelling = to_travel(&take, true);
        let text = serde_json::to_string(&travelling.write()).expect("JSON");
        prop_assert!(!is_too_deep(&text));
        let value: Input = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(read_record("one", value), Ok(travelling));
    }

    #[test]
    fn no_record_makes_it_stumble(text in r#"[\[\]{}:,"a-z0-9._\\ -]{0,60}"#) {
        is_too_deep(&text);
        if let Ok(value) = serde_json::from_str::<Input>(&text) {
            prop_assert!(Manifest::read(&value).is_err());
            prop_assert!(read_record("one", value).is_err());
        }
    }

    /// Nothing that is here gets worse, and a second time changes nothing.
    #[test]
    fn merging_loses_nothing(here in takes(), arrived in takes()) {
        let arrived = Take { deleted_ms: None, ..to_travel(&arrived, true) };
        let after = merged(Some(&here), &arrived);
        let now = after.clone().unwrap_or_else(|| here.clone());
        let was_here = here.deleted_ms.is_none();
        if was_here && matches!(here.state, State::Kept { .. }) {
            prop_assert_eq!(&now.state, &here.state);
        }
        if was_here && here.state.is_over() && here.state.task().is_some() {
            prop_assert!(now.state.is_over());
        }
        prop_assert!(now.changed_ms >= here.changed_ms || !was_here);
        if after.is_some() {
            prop_assert_eq!(merged(Some(&now), &arrived), None);
        }
        prop_assert_eq!(merged(None, &arrived), Some(arrived));
    }
}
