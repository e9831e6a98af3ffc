//! Films built box by box, so that each claim of a file can be made a lie.

use proptest::prelude::*;
use rushes_film::{CARRIED_MAX_BYTES, Difference, Film, Flaw, NoJoin, Piece, Source, assemble, join};

fn boxed(name: &str, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).expect("short");
    [&length.to_be_bytes()[..], name.as_bytes(), content].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// What a test film is made of.
#[derive(Clone)]
struct Plan {
    samples: Vec<Vec<u8>>,
    each: u32,
    scale: u32,
    width: u32,
    codec: &'static [u8],
    sound: bool,
    index_first: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            samples: vec![b"one".to_vec(), b"three".to_vec(), b"five!".to_vec()],
            each: 512,
            scale: 12_288,
            width: 1280,
            codec: b"avcC: one way",
            sound: false,
            index_first: true,
        }
    }
}

fn track(plan: &Plan, kind: &str, chunk_at: u32) -> Vec<u8> {
    let count = u32::try_from(plan.samples.len()).expect("few");
    let lasts = count * plan.each;
    let sizes: Vec<u32> = plan
        .samples
        .iter()
        .map(|sample| u32::try_from(sample.len()).expect("short"))
        .collect();
    let entry = [
        vec![0; 78],
        boxed("avcC", plan.codec),
        boxed("btrt", &numbers(&[1, chunk_at, 3])),
    ]
    .concat();
    let tables = [
        boxed("stsd", &[numbers(&[0, 1]), boxed("avc1", &entry)].concat()),
        boxed("stts", &numbers(&[0, 1, count, plan.each])),
        boxed("stss", &numbers(&[0, 1, 1])),
        boxed("stsc", &numbers(&[0, 1, 1, count, 1])),
        boxed("stsz", &[numbers(&[0, 0, count]), numbers(&sizes)].concat()),
        boxed("stco", &numbers(&[0, 1, chunk_at])),
    ];
    let handler = [numbers(&[0, 0]), kind.as_bytes().to_vec(), vec![0; 13]].concat();
    let media = [
        boxed("mdhd", &numbers(&[0, 0, 0, plan.scale, lasts, 0])),
        boxed("hdlr", &handler),
        boxed("minf", &boxed("stbl", &tables.concat())),
    ];
    let mut header = numbers(&[0, 0, 0, 1, 0, lasts]);
    header.extend([0; 52]);
    header.extend(numbers(&[plan.width << 16, 720 << 16]));
    boxed(
        "trak",
        &[boxed("tkhd", &header), boxed("mdia", &media.concat())].concat(),
    )
}

fn film(plan: &Plan) -> Vec<u8> {
    let kind = boxed("ftyp", b"isom\0\0\0\0");
    let data = boxed("mdat", &plan.samples.concat());
    let index = |chunk_at| {
        let mut header = numbers(&[0, 0, 0, plan.scale, 0]);
        header.extend([0; 80]);
        let mut inside = [boxed("mvhd", &header), track(plan, "vide", chunk_at)].concat();
        if plan.sound {
            inside.extend(track(plan, "soun", chunk_at));
        }
        boxed("moov", &inside)
    };
    let before = if plan.index_first { index(0).len() } else { 0 };
    let index = index(u32::try_from(kind.len() + before + 8).expect("short"));
    if plan.index_first {
        [kind, index, data].concat()
    } else {
        [kind, data, index].concat()
    }
}

fn open(bytes: &[u8]) -> Result<Film, Flaw> {
    Film::open(&bytes)
}

fn built(pieces: &[Piece], films: &[&[u8]]) -> Vec<u8> {
    let sources: Vec<&dyn Source> = films.iter().map(|film| film as &dyn Source).collect();
    assemble(pieces, &sources).expect("the pieces lie in the films")
}

/// Every sample of a film whose chunks hold whole films' samples, found as a player finds them: join with nothing.
fn samples(bytes: &[u8], sizes: &[usize]) -> Vec<Vec<u8>> {
    let whole = built(&join(&[open(bytes).expect("sound")]).expect("alone"), &[bytes]);
    let data = whole
        .windows(4)
        .rposition(|window| window == b"mdat")
        .expect("data")
        + 12;
    let mut at = data;
    sizes
        .iter()
        .map(|size| {
            at += size;
            whole[at - size..at].to_vec()
        })
        .collect()
}

#[test]
fn a_request_goes_in_and_comes_out_and_the_samples_stay_where_they_are_sought() {
    for index_first in [true, false] {
        let plan = Plan {
            index_first,
            ..Plan::default()
        };
        let given = film(&plan);
        let opened = open(&given).expect("sound");
        assert_eq!(opened.carried(), Ok(None));
        let text = r#"{"prompt":"a fox — 狐狸"}"#;
        let carrying = built(&opened.carrying(Some(text)).expect("there is room"), &[&given]);
        let again = open(&carrying).expect("still a film");
        assert_eq!(again.carried(), Ok(Some(text.to_owned())));
        assert_eq!(samples(&carrying, &[3, 5, 5]), plan.samples);
        // Another text takes its place, and none leaves the film as it was.
        let other = built(&again.carrying(Some("{}")).expect("there is room"), &[&carrying]);
        assert_eq!(open(&other).expect("a film").carried(), Ok(Some("{}".to_owned())));
        let none = built(
            &open(&other).expect("a film").carrying(None).expect("fine"),
            &[&other],
        );
        assert_eq!(none, given);
    }
}

#[test]
fn what_others_put_in_a_film_stays() {
    let given = film(&Plan::default());
    let text = boxed("data", &[numbers(&[1, 0]), b"Holiday".to_vec()].concat());
    let list = boxed("ilst", &boxed("\u{40}nam", &text)[..]);
    let handler = boxed("hdlr", b"\0\0\0\0\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0");
    let user = boxed("udta", &boxed("meta", &[vec![0; 4], handler, list].concat()));
    let at = given
        .windows(4)
        .position(|window| window == b"moov")
        .expect("an index");
    let moov =
        usize::try_from(u32::from_be_bytes(given[at - 4..at].try_into().expect("four"))).expect("short");
    let mut with = given.clone();
    with.splice(at - 4 + moov..at - 4 + moov, user.clone());
    with[at - 4..at].copy_from_slice(&u32::try_from(moov + user.len()).expect("short").to_be_bytes());
    let carrying = built(
        &open(&with).expect("a film").carrying(Some("{}")).expect("room"),
        &[&with],
    );
    assert!(carrying.windows(7).any(|window| window == b"Holiday"));
    assert_eq!(
        open(&carrying).expect("a film").carried(),
        Ok(Some("{}".to_owned()))
    );
}

#[test]
fn films_that_are_alike_are_joined_and_others_are_told_apart() {
    let one = Plan::default();
    let two = Plan {
        samples: vec![b"seven..".to_vec(), b"8".to_vec()],
        index_first: false,
        ..Plan::default()
    };
    let (first, second) = (film(&one), film(&two));
    let films = [open(&first).expect("sound"), open(&second).expect("sound")];
    let whole = built(&join(&films).expect("alike"), &[&first, &second]);
    assert_eq!(
        samples(&whole, &[3, 5, 5, 7, 1]),
        [one.samples.clone(), two.samples].concat()
    );
    for (other, what) in [
        (
            Plan {
                width: 720,
                ..Plan::default()
            },
            Difference::Size,
        ),
        (
            Plan {
                codec: b"avcC: another",
                ..Plan::default()
            },
            Difference::Codec,
        ),
        (
            Plan {
                scale: 15_360,
                ..Plan::default()
            },
            Difference::Time,
        ),
        (
            Plan {
                sound: true,
                ..Plan::default()
            },
            Difference::Tracks,
        ),
    ] {
        let other = open(&film(&other)).expect("sound");
        assert_eq!(
            join(&[films[0].clone(), other]),
            Err(NoJoin::Differs { film: 1, what })
        );
    }
    assert_eq!(join(&[]), Err(NoJoin::Count));
}

#[test]
fn hostile_files_are_refused() {
    let sound = film(&Plan::default());
    let place = |name: &str| {
        sound
            .windows(4)
            .position(|window| window == name.as_bytes())
            .expect("there")
    };
    let lie = |name: &str, at: usize, value: u32| {
        let mut file = sound.clone();
        let at = place(name) + at;
        file[at..at + 4].copy_from_slice(&value.to_be_bytes());
        file
    };
    for (file, flaw) in [
        (Vec::new(), Flaw::NotAFilm),
        (b"RIFF....WEBP".to_vec(), Flaw::NotAFilm),
        (sound[..sound.len() - 1].to_vec(), Flaw::CutOff),
        (boxed("ftyp", b"isom"), Flaw::NotAFilm),
        (lie("ftyp", 0, 0), Flaw::NotAFilm),
    ] {
        assert_eq!(open(&file), Err(flaw), "{} bytes", file.len());
    }
    for (file, flaw) in [
        (lie("stts", 8, 0xffff_ffff), Flaw::CutOff),
        (lie("stts", 12, 7), Flaw::Contradictory),
        (lie("stsz", 12, 0xffff_fff0), Flaw::TooLarge),
        (lie("stsz", 12, 4), Flaw::CutOff),
        (lie("stsc", 16, 0xffff_ffff), Flaw::Contradictory),
        (lie("stco", 12, 0xffff_ffff), Flaw::Contradictory),
        (lie("stbl", 0, 0x7474_7474), Flaw::Contradictory),
    ] {
        let film = open(&file).expect("only inside it is broken");
        assert_eq!(join(&[film]), Err(NoJoin::Flawed { film: 0, flaw }));
    }
    let huge = "x".repeat(CARRIED_MAX_BYTES + 1);
    assert_eq!(
        open(&sound).expect("sound").carrying(Some(&huge)),
        Err(Flaw::TooLarge)
    );
}

proptest! {
    #[test]
    fn no_file_is_too_odd(at in 0..900_usize, value: u32, cut in 0..2000_usize, sound: bool) {
        let mut file = film(&Plan { sound, ..Plan::default() });
        let at = at.min(file.len() - 4);
        file[at..at + 4].copy_from_slice(&value.to_be_bytes());
        file.truncate(cut.max(8));
        if let Ok(film) = open(&file) {
            let _ = film.carried();
            if let Ok(pieces) = film.carrying(Some("{}")) {
                let again = built(&pieces, &[&file]);
                prop_assert_eq!(open(&again).map(|film| film.carried()), Ok(Ok(Some("{}".to_owned()))));
            }
            let _ = join(&[film.clone(), film]);
        }
    }

    #[test]
    fn any_text_comes_back(text in "\\PC{0,200}") {
        let given = film(&Plan::default());
        let carrying = built(&open(&given).expect("sound").carrying(Some(&text)).expect("room"), &[&given]);
        prop_assert_eq!(open(&carrying).expect("a film").carried(), Ok(Some(text)));
    }

    #[test]
    fn what_is_joined_lasts_as_long_as_all_together(counts in prop::collection::vec(1..9_usize, 1..6)) {
        let files: Vec<Vec<u8>> = counts
            .iter()
            .map(|count| film(&Plan { samples: vec![b"x".to_vec(); *count], ..Plan::default() }))
            .collect();
        let films: Vec<Film> = files.iter().map(|file| open(file).expect("sound")).collect();
        let sources: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
        let whole = built(&join(&films).expect("alike"), &sources);
        let header = whole.windows(4).position(|window| window == b"mdhd").expect("a header");
        let lasts = u32::from_be_bytes(whole[header + 20..header + 24].try_into().expect("four"));
        let all: usize = counts.iter().sum();
        prop_assert_eq!(usize::try_from(lasts).expect("short"), all * 512);
    }
}
