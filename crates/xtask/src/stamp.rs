//! Knowing that nothing changed: a fingerprint of the inputs, kept beside the output.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::fail::{self, Failure, Result};

/// Folders that hold no source of ours, wherever they lie.
const NOT_SOURCE: [&str; 4] = ["target", "node_modules", "dist", "coverage"];

/// A fingerprint of files' names and contents, and of any words that matter too.
///
/// Contents rather than times: a fresh clone, a switched branch and a touched file all tell the truth.
#[derive(Debug, Default)]
pub(crate) struct Fingerprint {
    hasher: DefaultHasher,
}

impl Fingerprint {
    /// Adds a word (a version, a setting).
    pub(crate) fn word(&mut self, word: &str) {
        word.hash(&mut self.hasher);
    }

    /// Adds a file, or every file of a folder; one that is missing counts as missing.
    pub(crate) fn path(&mut self, root: &Path, relative: &Path) -> Result<()> {
        for file in files(&root.join(relative))? {
            let name = file.strip_prefix(root).unwrap_or(&file);
            name.to_string_lossy().hash(&mut self.hasher);
            fs::read(&file)
                .map_err(|e| Failure::io("reading", &file, &e))?
                .hash(&mut self.hasher);
        }
        Ok(())
    }

    /// The fingerprint as text.
    pub(crate) fn finish(&self) -> String {
        format!("{:016x}", self.hasher.finish())
    }
}

/// Every source file under a path, sorted; hidden ones and what tools produced are left out.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let entry = entry.map_err(|e| Failure::io("reading", &folder, &e))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry
                .file_type()
                .map_err(|e| Failure::io("reading", &entry.path(), &e))?;
            if name.starts_with('.') || (kind.is_dir() && NOT_SOURCE.contains(&name.as_str())) {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A note that an output was made from inputs of one fingerprint.
#[derive(Debug)]
pub(crate) struct Stamp {
    file: PathBuf,
}

impl Stamp {
    /// The stamp kept in this file.
    pub(crate) fn at(file: PathBuf) -> Self {
        Self { file }
    }

    /// Whether the output was made from exactly these inputs.
    pub(crate) fn holds(&self, fingerprint: &str) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == fingerprint)
    }

    /// Forgets the output: it is about to be remade, and may be left half made.
    pub(crate) fn clear(&self) -> Result<()> {
        match fs::remove_file(&self.file) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                Err(Failure::io("removing", &self.file, &e))
            }
            _ => Ok(()),
        }
    }

    /// Notes that the output is now made from these inputs.
    pub(crate) fn set(&self, fingerprint: &str) -> Result<()> {
        fail::write(&self.file, fingerprint)
    }
}

/// Runs `work` while no other xtask runs work of the same name; waits for one that does.
pub(crate) fn alone<T>(lock_file: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    fail::make_parent(lock_file)?;
    let file = fs::File::options().create(true).append(true).open(lock_file);
    let file = file.map_err(|e| Failure::io("opening", lock_file, &e))?;
    file.lock().map_err(|e| Failure::io("locking", lock_file, &e))?;
    work()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A new empty folder, removed at the end of the test.
    pub(crate) struct Scratch(pub(crate) PathBuf);

    impl Scratch {
        pub(crate) fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("rushes-xtask-{name}-{}", std::process::id()));
            fail::remove_dir(&folder).unwrap();
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        pub(crate) fn write(&self, name: &str, text: &str) {
            fail::write(&self.0.join(name), text).unwrap();
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _left_behind = fs::remove_dir_all(&self.0);
        }
    }

    fn fingerprint(root: &Path) -> String {
        let mut print = Fingerprint::default();
        print.path(root, Path::new("src")).unwrap();
        print.finish()
    }

    #[test]
    fn a_fingerprint_follows_names_and_contents_of_sources_alone() {
        let scratch = Scratch::new("fingerprint");
        scratch.write("src/a.rs", "one");
        let first = fingerprint(&scratch.0);
        assert_eq!(first, fingerprint(&scratch.0));

        scratch.write("src/a.rs", "two");
        let second = fingerprint(&scratch.0);
        assert_ne!(first, second);

        scratch.write("src/b.rs", "");
        let third = fingerprint(&scratch.0);
        assert_ne!(second, third);

        for ignored in [
            "src/node_modules/x.js",
            "src/target/y",
            "src/.hidden",
            "other/z.rs",
        ] {
            scratch.write(ignored, "noise");
        }
        assert_eq!(third, fingerprint(&scratch.0));
    }

    #[test]
    fn words_are_part_of_a_fingerprint() {
        let of = |words: &[&str]| {
            let mut print = Fingerprint::default();
            for word in words {
                print.word(word);
            }
            print.finish()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    }

    #[test]
    fn a_stamp_holds_for_its_fingerprint_until_cleared() {
        let scratch = Scratch::new("stamp");
        let stamp = Stamp::at(scratch.0.join("deep/page.stamp"));
        assert!(!stamp.holds("a"));
        stamp.clear().unwrap();
        stamp.set("a").unwrap();
        assert!(stamp.holds("a"));
        assert!(!stamp.holds("b"));
        stamp.clear().unwrap();
        assert!(!stamp.holds("a"));
    }
}
