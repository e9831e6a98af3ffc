//! Counting tests from what the test runners print.

/// How many tests passed and failed, and the names of those that failed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tests that passed.
    pub(crate) passed: u32,
    /// Tests that failed.
    pub(crate) failed: u32,
    /// The names of failed tests, in the order they were printed.
    pub(crate) failures: Vec<String>,
}

impl Count {
    /// Adds what another run counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures);
    }

    /// Notes one success.
    pub(crate) fn pass(&mut self) {
        self.passed += 1;
    }

    /// Notes one failure by name.
    pub(crate) fn fail(&mut self, name: impl Into<String>) {
        self.failed += 1;
        self.failures.push(name.into());
    }

    /// Whether nothing was counted at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.passed + self.failed == 0
    }

    fn name(&mut self, name: &str) {
        if !self.failures.iter().any(|known| known == name) {
            self.failures.push(name.to_owned());
        }
    }

    /// Reads a line of `cargo test` or of wasm-bindgen's runner, which speaks alike.
    pub(crate) fn cargo_test(&mut self, line: &str) {
        if let Some(result) = line.trim().strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
        } else if let Some(test) = line.trim().strip_prefix("test ") {
            let failed = test
                .strip_suffix(" ... FAILED")
                .or_else(|| test.strip_suffix(" ... FAIL"));
            if let Some(name) = failed {
                self.name(name);
            }
        }
    }

    /// Reads a line of `cargo nextest run`.
    pub(crate) fn nextest(&mut self, line: &str) {
        let line = line.trim();
        if line.starts_with("Summary [") {
            self.passed += number_before(line, " passed");
            // "2 failed", or "1 failed, 1 timed out, 1 exec failed": each of these tests did not pass.
            let bad = [" failed", " timed out", " exec failed"];
            self.failed += bad.iter().map(|word| number_before(line, word)).sum::<u32>();
            return;
        }
        let bad = ["FAIL [", "TIMEOUT [", "ABORT ["]
            .iter()
            .find_map(|word| line.strip_prefix(word));
        if let Some((_, name)) = bad.and_then(|rest| rest.split_once(']')) {
            let name = name.trim_start();
            let numbered = name.strip_prefix('(').and_then(|rest| rest.split_once(") "));
            self.name(numbered.map_or(name, |(_, name)| name));
        }
    }

    /// Reads a line of `node --test`, of its `spec` or its `tap` reporter.
    pub(crate) fn node_test(&mut self, line: &str) {
        let text = line.trim();
        let total = text.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "));
        if let Some((word, count)) = total.and_then(|total| total.split_once(' ')) {
            let count = count.trim().parse().unwrap_or(0);
            match word {
                "pass" => self.passed += count,
                // A test that was cancelled (its parent failed, or time ran out) did not pass.
                "fail" | "cancelled" => self.failed += count,
                _ => {}
            }
        } else if let Some(name) = text.strip_prefix("✖ ").filter(|name| *name != "failing tests:") {
            self.name(without_time(name));
        } else if let Some((_, name)) = text
            .strip_prefix("not ok ")
            .and_then(|rest| rest.split_once(" - "))
        {
            self.name(name);
        }
    }
}

/// The number right before the first place where `word` follows a number.
fn number_before(text: &str, word: &str) -> u32 {
    text.match_indices(word)
        .find_map(|(at, _)| text[..at].rsplit(' ').next()?.parse().ok())
        .unwrap_or(0)
}

/// A test's name without the `(12.3ms)` behind it.
fn without_time(name: &str) -> &str {
    match name.rsplit_once(" (") {
        Some((before, time)) if time.ends_with("ms)") => before,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(read: fn(&mut Count, &str), output: &str) -> Count {
        let mut count = Count::default();
        output.lines().for_each(|line| read(&mut count, line));
        count
    }

    #[test]
    fn cargo_test_is_counted_over_all_its_binaries() {
        let output = "running 2 tests\ntest a::b ... ok\ntest a::c ... FAILED\n\nfailures:\n    a::c\n\n\
            test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 1.20s";
        let expected = Count {
            passed: 13,
            failed: 1,
            failures: vec!["a::c".into()],
        };
        assert_eq!(count(Count::cargo_test, output), expected);
    }

    #[test]
    fn the_wasm_runner_is_counted_alike() {
        let output = "running 2 tests\ntest web::fetches ... ok\ntest web::aborts ... FAIL\n\
            test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 filtered out; finished in 0.31s";
        let expected = Count {
            passed: 1,
            failed: 1,
            failures: vec!["web::aborts".into()],
        };
        assert_eq!(count(Count::cargo_test, output), expected);
    }

    #[test]
    fn nextest_is_counted_from_its_summary() {
        let output = "    PASS [   0.005s] ( 1/3) rushes-core price::tests::exact\n\
            \x20   FAIL [   0.005s] ( 2/3) rushes-core check::tests::order\n\
            ------------\n     Summary [   0.123s] 3 tests run: 2 passed, 1 failed, 4 skipped\n\
            \x20   FAIL [   0.005s] ( 2/3) rushes-core check::tests::order";
        let expected = Count {
            passed: 2,
            failed: 1,
            failures: vec!["rushes-core check::tests::order".into()],
        };
        assert_eq!(count(Count::nextest, output), expected);
    }

    #[test]
    fn node_is_counted_with_either_reporter() {
        let spec = "▶ check\n  ✔ takes a good request (1.2ms)\n  ✖ names (every) issue (0.9ms)\n✖ check (3ms)\n\
            ℹ tests 3\nℹ suites 1\nℹ pass 2\nℹ fail 1\nℹ cancelled 0\n✖ failing tests:\n✖ names (every) issue (0.9ms)";
        let tap =
            "TAP version 13\nnot ok 1 - names (every) issue\n# tests 3\n# pass 2\n# fail 1\n# cancelled 0";
        let name = "names (every) issue".to_owned();
        let expected = Count {
            passed: 2,
            failed: 1,
            failures: vec![name.clone(), "check".into()],
        };
        assert_eq!(count(Count::node_test, spec), expected);
        assert_eq!(
            count(Count::node_test, tap),
            Count {
                passed: 2,
                failed: 1,
                failures: vec![name]
            }
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in [
            "12 passed",
            "# pass by value",
            "ℹ duration_ms 12.5",
            "test me",
            "Summary of what failed",
        ] {
            for read in [Count::cargo_test, Count::nextest, Count::node_test] {
                let count = count(read, line);
                assert!(count.is_empty() && count.failures.is_empty(), "{line}");
            }
        }
    }
}
