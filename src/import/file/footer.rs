//! Rows below a table that are no rows of it.

use unicode_normalization::UnicodeNormalization;

/// Most cells of a row below the table that only sums up or explains it.
const FOOTER_CELLS: usize = 3;

/// Rows below a table that only sum it up or explain it, which are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footer {
    /// Line of the first one.
    pub line: u64,
    /// Their number.
    pub rows: u64,
}

/// Whether a row has a total or a remark (`合計`, `※`, `注）`) and hardly another cell.
pub(super) fn is_footer(record: &csv::StringRecord) -> bool {
    const REMARKS: [&str; 9] = ["※", "*", "注)", "(注", "注:", "注1", "注意", "出典", "資料:"];
    const TOTALS: [&str; 8] = ["合計", "総計", "小計", "計", "件数", "以上", "総数", "合計件数"];
    let plain = |cell: &str| cell.nfkc().filter(|c| !c.is_whitespace()).collect::<String>();
    let filled: Vec<&str> =
        record.iter().filter(|cell| !cell.trim().is_empty()).take(FOOTER_CELLS + 1).collect();
    let begins = filled.first().is_some_and(|first| {
        let first = plain(first);
        REMARKS.iter().any(|mark| first.starts_with(mark))
    });
    // A total may stand beside the number of rows.
    let sums_up = || filled.iter().take(2).any(|cell| TOTALS.contains(&plain(cell).as_str()));
    (1..=FOOTER_CELLS).contains(&filled.len()) && (begins || sums_up())
}
