//! The composer's state and what can be done with it.

use std::{
    cell::Cell,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use leptos::prelude::*;
use rushes_core::{
    Checked, Draft, Report,
    price::{Estimate, estimate},
};

use super::{
    compile,
    cure::Cure,
    fields::{FieldKey, Touched},
    form::{self, Form, Picture},
    history::{History, Step},
    kept_pictures, price_line, problems, reading, saved,
};
use crate::{
    app::{Columns, Politeness, announce},
    archive::{self, Depot},
    compose::problems::Problem,
    darkroom::Darkroom,
    dom::listen,
    kit::{Toaster, use_toaster},
    paper::{
        self,
        errand::{Errand, go},
    },
    storage,
    task::{after_ms, follow, spawn},
    text::t,
};

/// Which of the two pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The first frame.
    Start,
    /// The last frame.
    End,
}

impl Slot {
    /// Its field.
    pub fn field(self) -> FieldKey {
        match self {
            Self::Start => FieldKey::Start,
            Self::End => FieldKey::End,
        }
    }

    /// Its picture.
    pub fn of(self, form: &Form) -> &Picture {
        match self {
            Self::Start => &form.start,
            Self::End => &form.end,
        }
    }

    /// Its picture, to be changed.
    pub fn of_mut(self, form: &mut Form) -> &mut Picture {
        match self {
            Self::Start => &mut form.start,
            Self::End => &mut form.end,
        }
    }
}

/// Handle of the composer, given by context. It stands as long as the page, so the handle is one address.
#[derive(Clone, Copy)]
pub struct Composer(&'static Parts);

struct Parts {
    form: ArcRwSignal<Form>,
    history: ArcRwSignal<History>,
    touched: ArcRwSignal<Touched>,
    result: ArcMemo<Result<Checked, Report>>,
    problems: ArcMemo<Vec<Problem>>,
    /// What it will cost, and whether with sound.
    price: ArcMemo<Option<(Estimate, bool)>>,
    next_picture: AtomicU32,
    columns: Columns,
    toaster: Toaster,
    darkroom: Darkroom,
    depot: Depot,
    is_restored: ArcRwSignal<bool>,
}

/// Gives the composer to everything below; what was typed last comes back.
pub fn provide_composer() {
    let kept = storage::stored(storage::FORM);
    let form = ArcRwSignal::new(kept.and_then(|text| saved::read(&text)).unwrap_or_default());
    let checked = form.clone();
    let result = ArcMemo::new(move |_| checked.with(compile::judge));
    let (judged, verdict) = (form.clone(), result.clone());
    let problems = ArcMemo::new(move |_| {
        // Their words are the language's.
        crate::app::language::language();
        judged.with(|form| verdict.with(|result| problems::problems(form, result)))
    });
    let priced = form.clone();
    let price = ArcMemo::new(move |_| {
        crate::app::language::language();
        let (seconds, sound) = priced.with(|form| (form.total_seconds(), form.sound));
        let seconds = price_line::billable(seconds?)?;
        Some((estimate(seconds, sound, &crate::money::purse().rates()), sound))
    });
    let composer = Composer(Box::leak(Box::new(Parts {
        form,
        history: ArcRwSignal::default(),
        touched: ArcRwSignal::default(),
        result,
        problems,
        price,
        next_picture: AtomicU32::new(1),
        columns: expect_context(),
        toaster: use_toaster(),
        darkroom: expect_context(),
        depot: expect_context(),
        is_restored: ArcRwSignal::default(),
    })));
    keep_typed(composer);
    kept_pictures::keep(composer);
    super::undo::listen(composer);
    provide_context(composer);
}

/// Keeps the form as it stands: behind the key that changed it, so that no key waits for the disk, and before the page
/// goes.
fn keep_typed(composer: Composer) {
    let is_due = Rc::new(Cell::new(false));
    let due = Rc::clone(&is_due);
    let keep = move || {
        if due.take() {
            storage::remember(storage::FORM, &composer.now(saved::write));
        }
    };
    let last = keep.clone();
    listen(&window(), "pagehide", move |_| last());
    follow(move || {
        composer.with(|_| ());
        if !is_due.replace(true) {
            after_ms(0, keep.clone());
        }
    });
}

/// The composer.
///
/// # Panics
/// Outside the page's own tree, which is an error in the program.
pub fn use_composer() -> Composer {
    expect_context()
}

impl Composer {
    /// Puts those bytes in as the start image; the rest of the form stays.
    pub fn use_as_start_image(self, bytes: Arc<[u8]>, name: String, of: Option<String>) {
        let mut picture = form::held(self.fresh_picture_id(), name, bytes);
        if let Picture::Held { take, .. } = &mut picture {
            *take = of;
        }
        self.set_picture(Slot::Start, picture);
        self.0.columns.show(crate::ids::COMPOSE);
    }

    /// Replaces the form by that draft ("same again").
    pub fn load(self, draft: Draft) {
        self.load_saying(draft, t().compose.loaded.to_owned());
    }

    /// Replaces the form by that draft, and says so; what was in it can be taken back.
    pub fn load_saying(self, draft: Draft, said: String) {
        let before = self.0.form.get_untracked();
        let id = self.fresh_picture_id();
        self.fresh_picture_id();
        self.replace(form::from_draft(draft, id));
        self.0.columns.show(crate::ids::COMPOSE);
        if before.is_blank() {
            self.0.toaster.say(said);
        } else {
            let undo = move || self.replace(before.clone());
            self.0.toaster.offer(said, t().shell.undo, undo);
        }
    }

    /// Empties the form, with a way back.
    pub fn start_over(self) {
        let before = self.0.form.get_untracked();
        self.replace(Form::default());
        if before != Form::default() {
            let undo = move || self.replace(before.clone());
            self.0
                .toaster
                .offer(t().compose.started_over, t().shell.undo, undo);
        }
    }

    /// Replaces the whole form; nothing of it has been touched.
    pub fn replace(self, form: Form) {
        self.0.touched.update(Touched::clear);
        self.edit(|old| *old = form);
    }

    /// Puts a form in place that has stood there before.
    pub(super) fn put(self, form: Form) {
        self.0.form.set(form);
    }

    /// Whether the pictures of the last visit are back, or will not come.
    pub fn is_restored(self) -> &'static ArcRwSignal<bool> {
        &self.0.is_restored
    }

    /// What was done to the form, to be undone.
    pub(super) fn history(self) -> &'static ArcRwSignal<History> {
        &self.0.history
    }

    /// Reads something of the form, reactively.
    pub fn with<T>(self, read: impl FnOnce(&Form) -> T) -> T {
        self.0.form.with(read)
    }

    /// Reads something of the form, now.
    pub fn now<T>(self, read: impl FnOnce(&Form) -> T) -> T {
        self.0.form.with_untracked(read)
    }

    /// Changes the form, as a step of its own to be undone.
    pub fn edit(self, change: impl FnOnce(&mut Form)) {
        self.edit_as(Step::Alone, change);
    }

    /// Changes the form by what is written in a field.
    pub fn write(self, field: FieldKey, change: impl FnOnce(&mut Form)) {
        self.edit_as(Step::Typing(field), change);
    }

    /// Changes the form, as a part of such a step.
    pub fn edit_as(self, step: Step, change: impl FnOnce(&mut Form)) {
        let before = self.0.form.get_untracked();
        self.0.form.update(change);
        if self.now(|form| *form != before) {
            let now_ms = crate::ledger::now_ms();
            self.0
                .history
                .update(|history| history.record(before, step, now_ms));
        }
    }

    /// Changes the form by what is no doing of its author.
    pub(super) fn edit_silently(self, change: impl FnOnce(&mut Form)) {
        self.0.form.update(change);
    }

    /// What the core's check says of the form.
    pub fn result(self) -> &'static ArcMemo<Result<Checked, Report>> {
        &self.0.result
    }

    /// Everything that is wrong or good to know, in the order of the page.
    pub fn problems(self) -> &'static ArcMemo<Vec<Problem>> {
        &self.0.problems
    }

    /// How many problems stop the request, reactively.
    pub fn stopping(self) -> usize {
        self.0
            .problems
            .with(|problems| problems.iter().filter(|problem| problem.stops).count())
    }

    /// What may be said of a field, reactively: only once it was left, or Generate was pressed.
    pub fn notes(self, field: FieldKey) -> Vec<Problem> {
        if !self.0.touched.with(|touched| touched.has(field)) {
            return Vec::new();
        }
        self.0.problems.with(|problems| {
            problems
                .iter()
                .filter(|problem| problem.field == field)
                .cloned()
                .collect()
        })
    }

    /// Whether a field may be said to be wrong, and is; reactively.
    pub fn is_invalid(self, field: FieldKey) -> bool {
        self.notes(field).iter().any(|problem| problem.stops)
    }

    /// Applies a cure. Its button goes with its note, so the focus moves to what was cured.
    pub fn cure(self, cure: &Cure, field: FieldKey) {
        if let Cure::FixPicture(is_end) = cure {
            // Its dialog takes the focus, and gives it back.
            return self.0.darkroom.fix(if *is_end { Slot::End } else { Slot::Start });
        }
        self.edit(|form| cure.apply(form));
        let field = match (field, cure) {
            (FieldKey::ShotPrompt(_) | FieldKey::ShotSeconds(_), Cure::RemoveShot(_)) => FieldKey::Shots,
            _ => field,
        };
        if self.now(|form| field.is_shown(form)) {
            self.focus(field);
        }
    }

    /// A field was left: what is wrong with it may be said from now on, and is said once. While a pointer is pressed
    /// that waits: a note that appears between press and release would move what is being pressed.
    pub fn leave(self, field: FieldKey) {
        super::press::when_released(move || self.touch(field));
    }

    fn touch(self, field: FieldKey) {
        if self.0.touched.try_update(|touched| touched.touch(field)) == Some(true) {
            let text = self.0.problems.with_untracked(|problems| {
                problems
                    .iter()
                    .find(|problem| problem.field == field)
                    .map(|problem| problem.text.clone())
            });
            if let Some(text) = text {
                announce(text, Politeness::Polite);
            }
        }
    }

    /// Generate was pressed on a form that cannot be sent: everything is said, and the first problem has the focus.
    pub fn point_at_problems(self) {
        self.0.touched.update(Touched::touch_all);
        let first = self.0.problems.with_untracked(|problems| {
            problems
                .iter()
                .find(|problem| problem.stops)
                .map(|problem| (problem.field, problem.text.clone()))
        });
        let count = untrack(|| self.stopping());
        if let Some((field, text)) = first {
            announce(
                format!("{}. {text}", (t().compose.to_fix)(count)),
                Politeness::Polite,
            );
            self.focus(field);
        }
    }

    /// Shows the composer and puts the focus on a field.
    pub fn focus(self, field: FieldKey) {
        self.0.columns.show(crate::ids::COMPOSE);
        super::focus::focus_control(field.control_id());
    }

    /// What it will cost, where the length is sound; reactively.
    pub fn estimate(self) -> Option<Estimate> {
        self.price().map(|(estimate, _)| estimate)
    }

    /// The same, and whether that is with sound; reactively.
    pub fn price(self) -> Option<(Estimate, bool)> {
        self.0.price.get()
    }

    /// Puts bytes into a slot, with a header read on the spot.
    pub fn hold(self, slot: Slot, bytes: Arc<[u8]>, name: String) {
        let id = self.fresh_picture_id();
        self.set_picture(slot, form::held(id, name, bytes));
    }

    /// Puts bytes in the place of a picture, says what became of it, and offers the way back.
    pub fn put_in_place(self, slot: Slot, bytes: Arc<[u8]>, name: String, said: String) {
        let before = self.now(|form| slot.of(form).clone());
        self.hold(slot, bytes, name);
        let undo = move || self.set_picture(slot, before.clone());
        self.0.toaster.offer(said, t().shell.undo, undo);
        self.focus(slot.field());
    }

    /// Puts a picture into a slot, says so, and lets its issues be seen at once.
    pub fn set_picture(self, slot: Slot, picture: Picture) {
        let said = match &picture {
            Picture::Empty => Some(t().compose.picture_removed.to_owned()),
            Picture::Held { name, .. } => Some((t().compose.picture_added)(name)),
            _ => None,
        };
        let may_speak = matches!(picture, Picture::Held { .. } | Picture::Refused { .. });
        self.edit(|form| *slot.of_mut(form) = picture);
        if let Some(said) = said {
            announce(said, Politeness::Polite);
        }
        if may_speak {
            self.leave(slot.field());
        }
    }

    /// Reads a file into a slot: its header first, and its bytes only if that promises well. A film, a request or an
    /// archive is opened as what it is.
    pub fn take_file(self, slot: Slot, file: web_sys::File) {
        if paper::view::is_film(&file) {
            return go(Errand::Film(file), self, self.0.toaster);
        }
        if paper::view::is_request(&file) {
            return go(Errand::File(file), self, self.0.toaster);
        }
        if archive::is_archive(&file) {
            return self.0.depot.open_archive(Some(file));
        }
        let id = self.fresh_picture_id();
        let name = file.name();
        self.set_picture(
            slot,
            Picture::Reading {
                id,
                name: name.clone(),
            },
        );
        spawn(async move {
            let picture = reading::read(file.clone(), id).await;
            // Another file may have been put there meanwhile.
            let expected =
                self.now(|form| matches!(slot.of(form), Picture::Reading { id: held, .. } if *held == id));
            if !expected {
                return;
            }
            match picture {
                Ok(picture) => {
                    if let Picture::Refused { id, .. } = &picture {
                        self.0.darkroom.remember(*id, file);
                    }
                    self.set_picture(slot, picture);
                }
                Err(trouble) => {
                    self.set_picture(slot, Picture::Empty);
                    web_sys::console::error_2(&name.as_str().into(), &trouble);
                    self.0.toaster.say((t().compose.unreadable)(&name));
                }
            }
        });
    }

    /// An id that no other picture of this page's life has.
    pub fn fresh_picture_id(self) -> u32 {
        self.0.next_picture.fetch_add(1, Ordering::Relaxed)
    }
}
