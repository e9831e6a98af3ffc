//! The tables of an index: a version, flags, a count, and rows of 32-bit numbers.

use crate::Flaw;
use crate::boxes::{Name, boxed, u32_at, u64_at};

/// The rows of a table whose count stands after version and flags, `N` numbers each.
pub(crate) fn rows<const N: usize>(table: &[u8]) -> Result<Vec<[u32; N]>, Flaw> {
    let count = usize::try_from(u32_at(table, 4).ok_or(Flaw::CutOff)?).map_err(|_| Flaw::CutOff)?;
    let bytes = table.get(8..).unwrap_or_default();
    if count.checked_mul(4 * N).is_none_or(|needed| needed > bytes.len()) {
        return Err(Flaw::CutOff);
    }
    Ok(bytes
        .chunks_exact(4 * N)
        .take(count)
        .map(|row| std::array::from_fn(|column| u32_at(row, column * 4).unwrap_or_default()))
        .collect())
}

/// A table of that name and version.
pub(crate) fn table<const N: usize>(name: Name, version: u8, rows: &[[u32; N]]) -> Result<Vec<u8>, Flaw> {
    let count = u32::try_from(rows.len()).map_err(|_| Flaw::TooLarge)?;
    let mut content = vec![version, 0, 0, 0];
    content.extend(count.to_be_bytes());
    for number in rows.iter().flatten() {
        content.extend(number.to_be_bytes());
    }
    boxed(name, &content)
}

/// Where the chunks are, of `stco` or `co64`.
pub(crate) fn offsets(name: Name, table: &[u8]) -> Result<Vec<u64>, Flaw> {
    if name == *b"stco" {
        return Ok(rows::<1>(table)?
            .into_iter()
            .map(|[offset]| offset.into())
            .collect());
    }
    let halves = rows::<2>(table)?;
    Ok(halves
        .iter()
        .enumerate()
        .map(|(row, _)| u64_at(table, 8 + row * 8).unwrap_or_default())
        .collect())
}

/// The same the other way.
pub(crate) fn write_offsets(name: Name, offsets: &[u64]) -> Result<Vec<u8>, Flaw> {
    if name == *b"stco" {
        let rows: Option<Vec<[u32; 1]>> = offsets
            .iter()
            .map(|offset| Some([u32::try_from(*offset).ok()?]))
            .collect();
        return table(name, 0, &rows.ok_or(Flaw::TooLarge)?);
    }
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of a number")]
    let rows: Vec<[u32; 2]> = offsets
        .iter()
        .map(|offset| [(offset >> 32) as u32, *offset as u32])
        .collect();
    table(name, 0, &rows)
}
