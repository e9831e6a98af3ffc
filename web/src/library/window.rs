//! Which rows of thousands have to be on the page, and where the keyboard goes among them. Plain arithmetic.

use std::ops::Range;

/// How many rows stand ready above and below what is seen.
const SPARE_ROWS: usize = 4;

/// Equal cells in equal rows, read line by line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// How many cells there are.
    pub count: usize,
    /// How many fit in a row, at least 1.
    pub columns: usize,
    /// Height of a row in pixels, above 0.
    pub row_px: f64,
}

/// A step of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the cell before.
    Back,
    /// To the cell behind.
    On,
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// So many rows up.
    PageUp(usize),
    /// So many rows down.
    PageDown(usize),
    /// To the beginning of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
    /// To the first of all.
    First,
    /// To the last of all.
    Last,
}

impl Grid {
    /// How many rows there are.
    pub fn rows(self) -> usize {
        self.count.div_ceil(self.columns.max(1))
    }

    /// Height of all rows, in pixels.
    pub fn height_px(self) -> f64 {
        self.top_px(self.rows())
    }

    /// Where a row begins, in pixels below the top.
    #[expect(clippy::cast_precision_loss, reason = "rows of takes: far below 2^52")]
    pub fn top_px(self, row: usize) -> f64 {
        row as f64 * self.row_px
    }

    /// The row of a cell.
    pub fn row_of(self, index: usize) -> usize {
        index / self.columns.max(1)
    }

    /// The cells of a row.
    pub fn cells(self, row: usize) -> Range<usize> {
        let start = row.saturating_mul(self.columns).min(self.count);
        start..start.saturating_add(self.columns).min(self.count)
    }

    /// The rows that are to be on the page, where what is seen begins `above_px` below the top of the grid (negative
    /// where the grid begins further down) and is `view_px` high.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rows on a screen; below 0 it is 0"
    )]
    pub fn window(self, above_px: f64, view_px: f64) -> Range<usize> {
        let rows = self.rows();
        if self.row_px <= 0.0 || !above_px.is_finite() || !view_px.is_finite() {
            return 0..rows.min(1);
        }
        let first = (above_px / self.row_px).floor() as usize;
        let end = ((above_px + view_px.max(0.0)) / self.row_px).ceil() as usize;
        let start = first.saturating_sub(SPARE_ROWS).min(rows.saturating_sub(1));
        let end = end.saturating_add(SPARE_ROWS).min(rows);
        start..end.max(start + usize::from(rows > 0)).min(rows)
    }

    /// The window with the row of the cell that has the keyboard, which never leaves the page.
    pub fn rows_with(self, window: &Range<usize>, active: Option<usize>) -> Vec<usize> {
        let mut rows: Vec<usize> = window.clone().collect();
        if let Some(row) = active
            .filter(|index| *index < self.count)
            .map(|index| self.row_of(index))
            && !window.contains(&row)
        {
            let place = rows.partition_point(|other| *other < row);
            rows.insert(place, row);
        }
        rows
    }

    /// Where a step leads from a cell; it stays where there is nowhere to go.
    pub fn step(self, from: usize, step: Step) -> usize {
        let Some(last) = self.count.checked_sub(1) else {
            return 0;
        };
        let from = from.min(last);
        let up = |rows: usize| {
            let rows = rows.min(self.row_of(from));
            from - rows * self.columns
        };
        let down = |rows: usize| {
            let rows = rows.min(self.row_of(last) - self.row_of(from));
            (from + rows * self.columns).min(last)
        };
        match step {
            Step::Back => from.saturating_sub(1),
            Step::On => (from + 1).min(last),
            Step::Up => up(1),
            Step::Down => down(1),
            Step::PageUp(rows) => up(rows.max(1)),
            Step::PageDown(rows) => down(rows.max(1)),
            Step::RowStart => self.cells(self.row_of(from)).start,
            Step::RowEnd => self.cells(self.row_of(from)).end.saturating_sub(1),
            Step::First => 0,
            Step::Last => last,
        }
    }
}

/// How many cells of at least `least_px` fit beside each other, with `gap_px` between them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a handful; below 0 it is 0"
)]
pub fn columns(width_px: f64, least_px: f64, gap_px: f64) -> usize {
    (((width_px + gap_px) / (least_px + gap_px).max(1.0)).floor() as usize).clamp(1, 64)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rows and pixels of a page"
)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grids() -> impl Strategy<Value = Grid> {
        (0_usize..6_000, 1_usize..9, 20.0..300.0_f64).prop_map(|(count, columns, row_px)| Grid {
            count,
            columns,
            row_px,
        })
    }

    fn steps() -> impl Strategy<Value = Step> {
        prop_oneof![
            Just(Step::Back),
            Just(Step::On),
            Just(Step::Up),
            Just(Step::Down),
            (0_usize..30).prop_map(Step::PageUp),
            (0_usize..30).prop_map(Step::PageDown),
            Just(Step::RowStart),
            Just(Step::RowEnd),
            Just(Step::First),
            Just(Step::Last),
        ]
    }

    proptest! {
        /// Whatever is seen is there, and not much more.
        #[test]
        fn the_window_holds_what_is_seen_and_little_else(
            grid in grids(), above in -2_000.0..700_000.0_f64, view in 0.0..3_000.0_f64,
        ) {
            let window = grid.window(above, view);
            prop_assert!(window.start <= window.end && window.end <= grid.rows());
            for row in 0..grid.rows() {
                let (top, bottom) = (row as f64 * grid.row_px, (row + 1) as f64 * grid.row_px);
                if bottom > above && top < above + view {
                    prop_assert!(window.contains(&row), "{row} of {window:?}");
                }
            }
            let most = (view / grid.row_px).ceil() as usize + 2 + 2 * SPARE_ROWS;
            prop_assert!(window.len() <= most, "{} rows of at most {most}", window.len());
        }

        /// The row that has the keyboard is always there, once, in its place.
        #[test]
        fn the_keyboards_row_never_leaves(
            grid in grids(), above in 0.0..700_000.0_f64, active in proptest::option::of(0_usize..6_000),
        ) {
            let window = grid.window(above, 800.0);
            let rows = grid.rows_with(&window, active);
            prop_assert!(rows.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(rows.len() <= window.len() + 1);
            prop_assert!(window.clone().all(|row| rows.contains(&row)));
            if let Some(active) = active.filter(|active| *active < grid.count) {
                prop_assert!(rows.contains(&grid.row_of(active)));
            }
        }

        /// Each cell is in exactly one row.
        #[test]
        fn rows_share_the_cells_out(grid in grids()) {
            let all: Vec<usize> = (0..grid.rows()).flat_map(|row| grid.cells(row)).collect();
            prop_assert_eq!(all, (0..grid.count).collect::<Vec<_>>());
        }

        /// No step leads out of the grid, and what leads out of a cell leads back, where there was room.
        #[test]
        fn steps_stay_inside_and_lead_back(grid in grids(), from in 0_usize..6_000, step in steps()) {
            prop_assume!(grid.count > 0);
            let from = from.min(grid.count - 1);
            let to = grid.step(from, step);
            prop_assert!(to < grid.count);
            let back = match step {
                Step::Up if to != from => Some(Step::Down),
                Step::On if to != from => Some(Step::Back),
                Step::Back if to != from => Some(Step::On),
                _ => None,
            };
            if let Some(back) = back {
                prop_assert_eq!(grid.step(to, back), from);
            }
            match step {
                Step::Up | Step::PageUp(_) => prop_assert_eq!(to % grid.columns, from % grid.columns),
                Step::RowStart | Step::RowEnd => prop_assert_eq!(grid.row_of(to), grid.row_of(from)),
                Step::Down if grid.row_of(from) + 1 < grid.rows() => {
                    prop_assert_eq!(grid.row_of(to), grid.row_of(from) + 1);
                }
                _ => {}
            }
        }

        #[test]
        fn columns_fit_their_width(width in 0.0..4_000.0_f64, least in 40.0..400.0_f64, gap in 0.0..20.0_f64) {
            let columns = columns(width, least, gap);
            prop_assert!(columns >= 1);
            if columns > 1 {
                prop_assert!(columns as f64 * least + (columns - 1) as f64 * gap <= width + 1e-6);
            }
        }
    }

    #[test]
    fn nothing_has_no_rows() {
        let grid = Grid {
            count: 0,
            columns: 3,
            row_px: 100.0,
        };
        assert_eq!(
            (grid.rows(), grid.window(0.0, 800.0), grid.step(7, Step::On)),
            (0, 0..0, 0)
        );
    }
}
