//! Shots in a request that takes none: written into its prompt, one line each, and read back from there.

use std::borrow::Cow;

use rushes_core::{Checked, Draft, Endpoint, Issue, Report, check};

use super::form::{Form, ShotForm, typed_number};
use crate::text::format;

/// The prompt that main words and shots become: the words, then "Shot 1 (3 s): …" for each. It is in English whatever
/// the page's language, since it is for the model.
pub fn compiled(main: &str, shots: &[ShotForm]) -> String {
    let main = main.trim();
    let mut lines = Vec::with_capacity(shots.len() + 1);
    if !main.is_empty() {
        lines.push(main.to_owned());
    }
    for (index, shot) in shots.iter().enumerate() {
        let head = head(index + 1, &seconds_text(shot));
        lines.push([&head, " ", shot.prompt.trim()].concat().trim_end().to_owned());
    }
    lines.join("\n")
}

fn head(number: usize, seconds: &str) -> String {
    ["Shot ", &number.to_string(), " (", seconds, " s):"].concat()
}

fn seconds_text(shot: &ShotForm) -> Cow<'_, str> {
    match shot.seconds_number() {
        Some(seconds) => format::typed(seconds).into(),
        None => shot.seconds.trim().into(),
    }
}

/// Main words and shots of a prompt that was compiled, if it was: compiling them gives the very same text.
pub fn read_back(prompt: &str) -> Option<(String, Vec<ShotForm>)> {
    let mut main: Vec<&str> = Vec::new();
    let mut shots: Vec<ShotForm> = Vec::new();
    for line in prompt.split('\n') {
        if let Some((seconds, words)) = shot_line(line, shots.len() + 1) {
            let id = u32::try_from(shots.len() + 1).ok()?;
            shots.push(ShotForm {
                id,
                prompt: words.to_owned(),
                seconds: seconds.to_owned(),
            });
        } else if let Some(shot) = shots.last_mut() {
            shot.prompt.push('\n');
            shot.prompt.push_str(line);
        } else {
            main.push(line);
        }
    }
    let main = main.join("\n");
    (!shots.is_empty() && compiled(&main, &shots) == prompt).then_some((main, shots))
}

fn shot_line(line: &str, number: usize) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("Shot ")?.strip_prefix(&number.to_string())?;
    let (seconds, words) = rest.strip_prefix(" (")?.split_once(" s):")?;
    typed_number(seconds)
        .is_some_and(f64::is_finite)
        .then(|| (seconds, words.strip_prefix(' ').unwrap_or(words)))
}

/// What the core says of the form: of the request that it becomes, and of its shots, whether or not they are sent as
/// such.
///
/// # Errors
/// The core's [`Report`].
pub fn judge(form: &Form) -> Result<Checked, Report> {
    let draft = form.draft();
    let verdict = check(draft.endpoint, draft.into());
    if !form.is_compiled() {
        return verdict;
    }
    let of_shots = issues_of_shots(form);
    if of_shots.is_empty() {
        return verdict;
    }
    let mut issues = match verdict {
        Ok(checked) => checked.warnings,
        Err(report) => report.issues,
    };
    // The length is the sum of the shots: what is wrong with it is said of them.
    issues.retain(|issue| issue.path != "/duration");
    issues.extend(of_shots);
    Err(Report { issues })
}

/// What is wrong with the shots, by the rules of the request that has them as its own.
fn issues_of_shots(form: &Form) -> Vec<Issue> {
    let mut draft = Draft::new(Endpoint::ImageToVideo);
    draft.multi_prompt = Some(form.draft_shots());
    let issues = match check(draft.endpoint, draft.into()) {
        Ok(_) => Vec::new(),
        Err(report) => report.issues,
    };
    issues
        .into_iter()
        .filter(|issue| issue.is_error() && issue.path.starts_with("/multi_prompt"))
        .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use rushes_core::{Code, Request};

    use super::*;
    use crate::compose::form::{Picture, Plan, from_draft};

    fn shots(list: &[(&str, &str)]) -> Vec<ShotForm> {
        let shot = |(id, (prompt, seconds)): (u32, &(&str, &str))| ShotForm {
            id,
            prompt: (*prompt).to_owned(),
            seconds: (*seconds).to_owned(),
        };
        (1..).zip(list).map(shot).collect()
    }

    fn text_form(prompt: &str, list: &[(&str, &str)]) -> Form {
        Form {
            prompt: prompt.to_owned(),
            plan: Plan::Shots,
            shots: shots(list),
            ..Form::default()
        }
    }

    #[test]
    fn shots_become_lines_of_the_prompt() {
        let list = [(" The quay at dawn. ", "3"), ("A gull", "4,0"), ("", "")];
        for (main, expected) in [
            (
                "A harbour. ",
                "A harbour.\nShot 1 (3 s): The quay at dawn.\nShot 2 (4 s): A gull\nShot 3 (5 s):",
            ),
            (
                "  ",
                "Shot 1 (3 s): The quay at dawn.\nShot 2 (4 s): A gull\nShot 3 (5 s):",
            ),
        ] {
            assert_eq!(compiled(main, &shots(&list)), expected);
        }
    }

    #[test]
    fn the_request_has_the_compiled_prompt_and_the_sum() {
        let form = text_form("A harbour.", &[("The quay", "3"), ("A gull", "4")]);
        let checked = judge(&form).expect("valid");
        assert!(matches!(checked.request, Request::TextToVideo(_)));
        assert_eq!(
            checked.request.prompt(),
            "A harbour.\nShot 1 (3 s): The quay\nShot 2 (4 s): A gull"
        );
        assert_eq!(checked.request.duration_secs(), 7);
    }

    #[test]
    fn shots_are_judged_by_the_rules_for_shots() {
        for (list, found) in [
            (&[][..], &[("/multi_prompt", Code::Empty)][..]),
            (
                &[("a", "3"), (" ", "4")],
                &[("/multi_prompt/1/prompt", Code::Blank)],
            ),
            (&[("a", "2")], &[("/multi_prompt/0/duration", Code::OutOfRange)]),
            (&[("a", "x")], &[("/multi_prompt/0/duration", Code::OutOfRange)]),
            (&[("a", "9"), ("b", "9")], &[("/multi_prompt", Code::OutOfRange)]),
        ] {
            let report = judge(&text_form("A harbour.", list)).expect_err("invalid");
            let issues: Vec<(&str, Code)> = report
                .issues
                .iter()
                .map(|issue| (issue.path.as_str(), issue.code))
                .collect();
            assert_eq!(issues, found, "{list:?}");
        }
    }

    #[test]
    fn the_limit_is_that_of_the_whole_prompt() {
        let half = "x".repeat(1300);
        let report = judge(&text_form(&half, &[(&half, "3")])).expect_err("too long");
        assert_eq!(
            report
                .issues
                .iter()
                .map(|issue| (issue.path.as_str(), issue.code))
                .collect::<Vec<_>>(),
            [("/prompt", Code::TooLong)]
        );
        let mut with_image = text_form(&half, &[(&half, "3")]);
        with_image.start = Picture::Url("https://example.com/a.png".into());
        assert!(judge(&with_image).is_ok());
    }

    #[test]
    fn other_prompts_are_no_shots() {
        for prompt in [
            "A fox",
            "Shot 2 (3 s): a",
            "Shot 1 (x s): a",
            "Shot 1 (3 s):  a",
            "shot 1 (3 s): a",
            "",
        ] {
            assert_eq!(read_back(prompt), None, "{prompt}");
        }
    }

    #[test]
    fn a_compiled_request_comes_back_as_shots() {
        let form = text_form("A harbour.", &[("The quay", "3"), ("A gull\nlands", "4")]);
        assert_eq!(from_draft(form.draft(), 1), form.clone());
        let mut other_length = form.draft();
        other_length.duration = Some(9.0);
        assert_eq!(from_draft(other_length, 1).plan, Plan::OneTake);
    }

    proptest! {
        #[test]
        fn what_is_read_back_compiles_to_the_same(
            main in "[a-z .\n]{0,20}",
            list in proptest::collection::vec(("[a-zS .:\n]{0,20}", 3_u8..=15), 0..5),
        ) {
            let shots: Vec<ShotForm> = (1..).zip(list).map(|(id, (prompt, seconds))| ShotForm {
                id, prompt, seconds: seconds.to_string(),
            }).collect();
            let text = compiled(&main, &shots);
            match read_back(&text) {
                Some((main, read)) => prop_assert_eq!(compiled(&main, &read), text),
                None => prop_assert!(shots.is_empty()),
            }
        }

        #[test]
        fn no_prompt_makes_it_stumble(prompt in "(Shot [0-9]{1,3} \\([0-9.]{0,3} s\\):|\\PC|\n){0,40}") {
            if let Some((main, shots)) = read_back(&prompt) {
                prop_assert_eq!(compiled(&main, &shots), prompt);
            }
        }
    }
}
