//! Names of files that lie side by side.

/// Gives each a name that no other has, on systems too that do not tell capitals apart: the wanted one, or with a
/// number before its ending.
pub fn unique(wanted: &[(String, &'static str)]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::with_capacity(wanted.len());
    let mut names = Vec::with_capacity(wanted.len());
    for (stem, ending) in wanted {
        let mut name = format!("{stem}.{ending}");
        let mut number = 2_usize;
        loop {
            let folded = name.to_ascii_lowercase();
            match taken.binary_search(&folded) {
                Ok(_) => {
                    name = format!("{stem}-{number}.{ending}");
                    number += 1;
                }
                Err(place) => {
                    taken.insert(place, folded);
                    break;
                }
            }
        }
        names.push(name);
    }
    names
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_keeps_its_name_and_others_get_a_number() {
        let of = |stem: &str, ending| (stem.to_owned(), ending);
        let names = unique(&[
            of("fox", "mp4"),
            of("Fox", "mp4"),
            of("fox", "gif"),
            of("fox-2", "mp4"),
            of("fox", "mp4"),
        ]);
        assert_eq!(
            names,
            ["fox.mp4", "Fox-2.mp4", "fox.gif", "fox-2-2.mp4", "fox-3.mp4"]
        );
    }

    proptest! {
        #[test]
        fn no_two_are_the_same(stems in proptest::collection::vec("[aA](-[23])?", 0..20)) {
            let wanted: Vec<(String, &'static str)> = stems.into_iter().map(|stem| (stem, "mp4")).collect();
            let mut names: Vec<String> = unique(&wanted).iter().map(|name| name.to_ascii_lowercase()).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            prop_assert_eq!(names.len(), count);
        }
    }
}
