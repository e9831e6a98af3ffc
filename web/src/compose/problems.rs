//! What keeps the form from being sent: the core's issues, each with its field, its words and a cure.

use rushes_core::{Checked, Issue, Report};

use super::{
    cure::{self, Cure},
    fields::FieldKey,
    form::{Form, Picture},
};
use crate::text::t;

/// One thing that is wrong, or that is good to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where.
    pub field: FieldKey,
    /// Whether it stops the request.
    pub stops: bool,
    /// A sentence with the limit, the present value and what to do.
    pub text: String,
    /// What one press can do about it.
    pub cure: Option<Cure>,
}

/// What an issue speaks of, for its sentence.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The field.
    pub field: FieldKey,
    /// The number of the shot, from 1.
    pub shot: Option<usize>,
    /// The name of the file.
    pub file: Option<&'a str>,
    /// Whether shots are sent.
    pub uses_shots: bool,
    /// Whether they are sent inside the prompt.
    pub is_compiled: bool,
}

/// Every problem of the form, in the order of the page.
pub fn problems(form: &Form, result: &Result<Checked, Report>) -> Vec<Problem> {
    let issues = match result {
        Ok(checked) => &checked.warnings,
        Err(report) => &report.issues,
    };
    let mut problems: Vec<Problem> = issues
        .iter()
        .map(|issue| (FieldKey::of_path(&issue.path, form), issue))
        .filter(|(field, _)| !stands_for_itself(picture(form, *field)))
        .map(|(field, issue)| problem(form, field, issue))
        .collect();
    for (field, picture) in [(FieldKey::Start, &form.start), (FieldKey::End, &form.end)] {
        if field.is_shown(form) {
            add_own_problems(&mut problems, form, field, picture);
        }
    }
    in_order(problems, form)
}

/// From top to bottom; those of one place stay in their order. They are few, and a sort is three kilobytes of program.
fn in_order(problems: Vec<Problem>, form: &Form) -> Vec<Problem> {
    let mut ordered: Vec<Problem> = Vec::with_capacity(problems.len());
    for problem in problems {
        let place = problem.field.place(form);
        let index = ordered.partition_point(|other| other.field.place(form) <= place);
        ordered.insert(index, problem);
    }
    ordered
}

/// A picture whose bytes are not in the draft: what the check says of it is only that it is missing.
fn stands_for_itself(picture: Option<&Picture>) -> bool {
    matches!(picture, Some(Picture::Reading { .. } | Picture::Refused { .. }))
}

fn picture(form: &Form, field: FieldKey) -> Option<&Picture> {
    match field {
        FieldKey::Start => Some(&form.start),
        FieldKey::End => Some(&form.end),
        _ => None,
    }
}

fn add_own_problems(problems: &mut Vec<Problem>, form: &Form, field: FieldKey, picture: &Picture) {
    match picture {
        Picture::Reading { name, .. } => {
            problems.push(Problem {
                field,
                stops: true,
                text: (t().compose.reading)(name),
                cure: None,
            });
        }
        Picture::Refused { issues, .. } => {
            problems.extend(issues.iter().map(|issue| problem(form, field, issue)));
        }
        _ => {}
    }
}

fn problem(form: &Form, field: FieldKey, issue: &Issue) -> Problem {
    let shot = match field {
        FieldKey::ShotPrompt(id) | FieldKey::ShotSeconds(id) => form.shot_index(id).map(|index| index + 1),
        _ => None,
    };
    let file = picture(form, field).and_then(Picture::name);
    let subject = Subject {
        field,
        shot,
        file,
        uses_shots: form.uses_shots(),
        is_compiled: form.is_compiled(),
    };
    Problem {
        field,
        stops: issue.is_error(),
        text: (t().compose.issue)(&subject, issue),
        cure: issue.is_error().then(|| cure::find(form, field, issue)).flatten(),
    }
}
