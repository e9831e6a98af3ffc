use super::*;

fn samples(sizes: &[usize], fill: u8) -> Samples {
    let mut out = Samples::default();
    for (index, size) in sizes.iter().enumerate() {
        out.push(&vec![fill.wrapping_add(u8::try_from(index % 64).unwrap()); *size]);
    }
    out
}

fn video(frames: usize) -> VideoTrack {
    let sizes: Vec<usize> = (0..frames).map(|frame| 50 + frame % 7).collect();
    VideoTrack {
        width: 1280,
        height: 720,
        frames_per_second: 24,
        sps: vec![0x67, 66, 0xc0, 31, 1],
        pps: vec![0x68, 1],
        samples: samples(&sizes, 0),
        keyframes: (0..frames)
            .step_by(24)
            .map(|frame| u32::try_from(frame).unwrap())
            .collect(),
    }
}

fn audio(frames: usize) -> AudioTrack {
    let sizes: Vec<usize> = (0..frames).map(|frame| 300 + frame % 5).collect();
    AudioTrack {
        sample_rate: 48_000,
        channels: 2,
        config: vec![0x11, 0x90],
        bits_per_second: 128_000,
        frame_samples: 1024,
        priming: 1024,
        samples: samples(&sizes, 128),
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// The boxes in some bytes: kind and content.
fn boxes(bytes: &[u8]) -> Vec<([u8; 4], &[u8])> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let size = u32_at(rest, 0) as usize;
        out.push((rest[4..8].try_into().unwrap(), &rest[8..size]));
        rest = &rest[size..];
    }
    out
}

/// All boxes of that kind, found by a path of kinds.
fn find<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Vec<&'a [u8]> {
    let Some((first, rest)) = path.split_first() else {
        return vec![bytes];
    };
    let inside = boxes(bytes).into_iter().filter(|(kind, _)| kind == *first);
    inside.flat_map(|(_, content)| find(content, rest)).collect()
}

/// The frames of a track as its tables find them in the file.
fn frames_of<'a>(file: &'a [u8], stbl: &[u8]) -> Vec<&'a [u8]> {
    let table = |kind| find(stbl, &[kind])[0];
    let (size_table, places, run_table) = (table(b"stsz"), table(b"stco"), table(b"stsc"));
    let sizes: Vec<usize> = (0..u32_at(size_table, 8) as usize)
        .map(|i| u32_at(size_table, 12 + i * 4) as usize)
        .collect();
    let runs: Vec<(usize, usize)> = (0..u32_at(run_table, 4) as usize)
        .map(|i| {
            (
                u32_at(run_table, 8 + i * 12) as usize,
                u32_at(run_table, 12 + i * 12) as usize,
            )
        })
        .collect();
    let mut sizes = sizes.into_iter();
    let mut out = Vec::new();
    for chunk in 1..=u32_at(places, 4) as usize {
        let mut place = u32_at(places, 8 + (chunk - 1) * 4) as usize;
        let count = runs.iter().rev().find(|(first, _)| *first <= chunk).unwrap().1;
        for size in sizes.by_ref().take(count) {
            out.push(&file[place..place + size]);
            place += size;
        }
    }
    assert_eq!(sizes.next(), None, "every frame lies in a chunk");
    out
}

fn frames_of_samples(samples: &Samples) -> Vec<&[u8]> {
    let mut rest = samples.bytes.as_slice();
    let cut = |size: &u32| {
        let (frame, after) = rest.split_at(*size as usize);
        rest = after;
        frame
    };
    samples.sizes.iter().map(cut).collect()
}

#[test]
fn the_tables_find_every_frame_again() {
    for (frames, sounds) in [
        (72, Some(142)),
        (120, None),
        (360, Some(705)),
        (13, Some(1)),
        (1, None),
    ] {
        let (video, audio) = (video(frames), sounds.map(audio));
        let file = mp4(&video, audio.as_ref());
        let kinds: Vec<[u8; 4]> = boxes(&file).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [*b"ftyp", *b"moov", *b"mdat"], "it plays while it loads");
        let tracks = find(&file, &[b"moov", b"trak", b"mdia", b"minf", b"stbl"]);
        assert_eq!(tracks.len(), 1 + usize::from(audio.is_some()));
        assert_eq!(frames_of(&file, tracks[0]), frames_of_samples(&video.samples));
        if let Some(audio) = &audio {
            assert_eq!(frames_of(&file, tracks[1]), frames_of_samples(&audio.samples));
        }
        let media: usize = find(&file, &[b"mdat"])[0].len();
        let sound = audio.as_ref().map_or(0, |audio| audio.samples.bytes.len());
        assert_eq!(
            media,
            video.samples.bytes.len() + sound,
            "nothing lies there unused"
        );
    }
}

#[test]
fn five_seconds_are_five_seconds() {
    let file = mp4(&video(120), Some(&audio(236)));
    let mvhd = find(&file, &[b"moov", b"mvhd"])[0];
    assert_eq!((u32_at(mvhd, 12), u32_at(mvhd, 16)), (1000, 5000));
    let edits = find(&file, &[b"moov", b"trak", b"edts", b"elst"]);
    assert_eq!((u32_at(edits[0], 8), u32_at(edits[0], 12)), (5000, 0));
    assert_eq!(
        (u32_at(edits[1], 8), u32_at(edits[1], 12)),
        (5000, 1024),
        "the codec's run-up is cut off"
    );
    let clocks = find(&file, &[b"moov", b"trak", b"mdia", b"mdhd"]);
    assert_eq!(u32_at(clocks[0], 16), 5 * u32_at(clocks[0], 12));
}

#[test]
fn the_same_tracks_give_the_same_bytes() {
    assert_eq!(
        mp4(&video(72), Some(&audio(142))),
        mp4(&video(72), Some(&audio(142)))
    );
}
