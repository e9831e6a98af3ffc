#![no_main]

// A film: whatever it claims, what is read of it ends well, and what is put in it comes out again.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(film) = rushes_film::Film::open(&data) else { return };
    drop(film.carried());
    if let Ok(pieces) = film.carrying(Some("{}")) {
        let carrying = rushes_film::assemble(&pieces, &[&data]).expect("the pieces lie in the film");
        let again = rushes_film::Film::open(&carrying.as_slice()).expect("still a film");
        assert_eq!(again.carried(), Ok(Some("{}".to_owned())));
    }
    drop(rushes_film::join(&[film.clone(), film]));
});
