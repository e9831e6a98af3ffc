//! The fuzz targets' own functions on a few thousand seeded inputs, so that they run wherever the tests run.

#![cfg(feature = "json")]

#[expect(unreachable_pub, reason = "also the library of the fuzzing workspace")]
#[path = "../fuzz/src/lib.rs"]
mod fuzz;
mod support;

use support::{JpegFile, base64, exif, jpeg, png};

/// A small generator of numbers (xorshift*), seeded: every run sees the same inputs.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).expect("31 bits") % below
    }

    /// Changes, takes out, repeats and puts in some bytes.
    fn mutate(&mut self, seed: &[u8], spice: &[&[u8]]) -> Vec<u8> {
        let mut data = seed.to_vec();
        for _ in 0..self.next(8) {
            let at = self.next(data.len() + 1);
            let end = (at + self.next(12)).min(data.len());
            match self.next(4) {
                0 => drop(data.drain(at..end)),
                1 => data[at..end].fill_with(|| u8::try_from(self.next(256)).expect("a byte")),
                2 => {
                    let copy = data[at..end].to_vec();
                    let to = self.next(data.len() + 1);
                    drop(data.splice(to..to, copy));
                }
                _ => {
                    let piece = spice[self.next(spice.len())];
                    drop(data.splice(at..end, piece.iter().copied()));
                }
            }
        }
        data
    }
}

fn run(target: fn(&[u8]), seeds: &[Vec<u8>], spice: &[&[u8]]) {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    target(b"");
    for seed in seeds {
        target(seed);
        for _ in 0..600 {
            target(&numbers.mutate(seed, spice));
        }
    }
}

#[test]
fn image_headers() {
    let seeds: Vec<Vec<u8>> = [
        png(640, 480),
        jpeg(640, 480),
        JpegFile {
            frame: 0xc2,
            ..JpegFile::new(320, 900)
        }
        .with_first(0xe1, exif(6, true, 30))
        .build(),
        JpegFile::new(640, 480)
            .with_first(0xe1, exif(8, false, 0))
            .with_first(0xe2, vec![0xff; 2000])
            .build(),
    ]
    .into_iter()
    .flat_map(|file| [[&[0][..], &file].concat(), [&[200][..], &file].concat()])
    .collect();
    run(
        fuzz::image_header,
        &seeds,
        &[
            b"\xff",
            b"\xff\xd9",
            b"\xff\xff\xff\xff",
            b"\0\0\0\0",
            b"\x7f\xff\xff\xff",
            b"IEND",
        ],
    );
}

#[test]
fn requests() {
    let uri = format!("data:image/png;base64,{}", base64(&png(640, 480)));
    let seeds = [
        r#"{"prompt":"A fox","negative_prompt":"rain","duration":8,"cfg_scale":0.25,"aspect_ratio":"9:16","sound":true}"#.to_owned(),
        r#"{"image":"https://e.x/a.png","prompt":"p","duration":9,"multi_prompt":[{"prompt":"a","duration":4},{"prompt":"b"}]}"#.to_owned(),
        format!(r#"{{"image":"{uri}","prompt":"p","end_image":"{}"}}"#, base64(&jpeg(400, 300))),
        r#"{"prompt":"\ud83d\ude00\n","sound":null,"guidance_scale":1e2}"#.to_owned(),
    ];
    let seeds: Vec<Vec<u8>> = seeds.into_iter().map(String::into_bytes).collect();
    run(
        fuzz::requests,
        &seeds,
        &[
            b"null",
            b"[",
            b"{",
            b"\"",
            b"1e308",
            b"-0.0",
            b"\\u0000",
            b",\"prompt\":\"q\"",
            b"=",
            b"true",
        ],
    );
}

#[test]
fn answers() {
    let seeds = [
        r#"{"task_id":"t-1"}"#,
        r#"{"code":400,"reason":"INVALID_REQUEST_BODY","message":"no","metadata":{"a":"b"}}"#,
        r#"{"error":{"message":"no","code":"X"}}"#,
        "<html>502</html>",
        r#"{"task":{"task_id":"t","status":"TASK_STATUS_SUCCEED","eta":3,"progress_percent":100},"videos":[{"video_url":"https://e.x/v.mp4","video_url_ttl":"3600","video_type":"mp4"}],"images":[],"audios":[],"extra":{"seed":"1"}}"#,
    ];
    let seeds: Vec<Vec<u8>> = seeds
        .into_iter()
        .flat_map(|body| (0..10_u8).map(move |high| [&[high, 0][..], body.as_bytes()].concat()))
        .collect();
    run(
        fuzz::answer,
        &seeds,
        &[
            b"null",
            b"[]",
            b"{}",
            b"\"",
            b"1e308",
            b"-1",
            b"99999999999999999999",
            b"\xff",
        ],
    );
}
