//! The page as the server hands it out.

use http::Method;
use rushes_contract::{Asked, Backend, Local, Settings};

#[tokio::test]
async fn the_page_is_served_under_its_policy() {
    let dir = tempfile::tempdir().expect("a folder");
    let files: [(&str, &[u8]); 5] = [
        ("index.html", b"<!doctype html>"),
        ("app-0123456789abcdef.js", b"plain"),
        ("app-0123456789abcdef.js.br", b"brotli"),
        ("app-0123456789abcdef.js.gz", b"gzip"),
        ("sw.js", b"worker"),
    ];
    for (name, bytes) in files {
        std::fs::write(dir.path().join(name), bytes).expect("a file");
    }
    let service = Local::with(&Settings {
        page: Some(dir.path().to_owned()),
        ..Settings::default()
    });
    for path in ["/", "/library", "/take/42"] {
        let answer = service.send(Asked::get(path)).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.body[..]),
            (200, &b"<!doctype html>"[..]),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert!(answer.header("content-type").starts_with("text/html"));
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("'wasm-unsafe-eval'"),
            "{policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("  "),
            "{policy}"
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
    }
    let hashed = Asked::get("/app-0123456789abcdef.js");
    for (accepts, encoding, body) in [
        ("br, gzip", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("", "", "plain"),
    ] {
        let answer = service
            .send(hashed.clone().with("accept-encoding", accepts))
            .await;
        assert_eq!(
            (answer.header("content-encoding"), &answer.body[..]),
            (encoding, body.as_bytes())
        );
        assert!(answer.header("content-type").contains("javascript"));
        assert!(answer.header("cache-control").contains("immutable"));
    }
    assert_eq!(
        service.send(Asked::get("/sw.js")).await.header("cache-control"),
        "no-cache"
    );
    for path in [
        "/missing.js",
        "/../Cargo.toml",
        "/%2e%2e/secret.txt",
        "/index.html/x.js",
    ] {
        service.send(Asked::get(path)).await.error(404, "API_NOT_FOUND");
    }
    service
        .send(Asked::new(Method::POST, "/"))
        .await
        .error(405, "API_NOT_FOUND");
}

#[tokio::test]
async fn what_has_no_hash_is_asked_for_each_time_and_answered_briefly() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("examples")).expect("a folder");
    let files = [
        ("/", "index.html"),
        ("/boot.js", "boot.js"),
        ("/examples/harbour.jpg", "examples/harbour.jpg"),
    ];
    for (_, name) in files {
        std::fs::write(dir.path().join(name), name).expect("a file");
    }
    let service = Local::with(&Settings {
        page: Some(dir.path().to_owned()),
        ..Settings::default()
    });
    for (path, name) in files {
        let first = service.send(Asked::get(path)).await;
        assert_eq!(
            (first.status.as_u16(), first.header("cache-control")),
            (200, "no-cache"),
            "{path}"
        );
        let asked = || Asked::get(path).with("if-none-match", first.header("etag"));
        let again = service.send(asked()).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{path}");
        for header in ["etag", "cache-control", "content-security-policy"] {
            assert_eq!(again.header(header), first.header(header), "{path} {header}");
        }
        std::fs::write(dir.path().join(name), "another build").expect("a file");
        let changed = service.send(asked()).await;
        assert_eq!(
            (changed.status.as_u16(), &changed.body[..]),
            (200, &b"another build"[..]),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_page_gives_up_only_what_browsers_know() {
    let service = Local::start();
    let policy = service.send(Asked::get("/")).await;
    // What Chromium 156 lists in `document.featurePolicy.features()` and is dangerous enough to give up; a start image
    // may be taken with the camera, by the page itself and nobody it frames.
    let known = [
        "accelerometer",
        "camera=(self)",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    ];
    let mut named: Vec<&str> = policy
        .header("permissions-policy")
        .split(',')
        .map(|part| part.trim().trim_end_matches("=()"))
        .collect();
    named.sort_unstable();
    assert_eq!(named, known);
}

#[tokio::test]
async fn without_a_page_it_says_how_to_build_one() {
    let service = Local::start();
    let answer = service.send(Asked::get("/")).await;
    assert!(answer.status == 200 && String::from_utf8_lossy(&answer.body).contains("cargo xtask"));
    service
        .send(Asked::get("/library"))
        .await
        .error(404, "API_NOT_FOUND");
}
