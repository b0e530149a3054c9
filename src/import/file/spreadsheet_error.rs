//! Errors that a spreadsheet shows in place of a value.

/// Whether a cell has an error that a spreadsheet shows instead of a value, or a value too wide for its column.
pub fn is_spreadsheet_error(cell: &str) -> bool {
    // LibreOffice's own errors have numbers.
    if cell.trim().strip_prefix("Err:").is_some_and(|number| number.parse::<u16>().is_ok()) {
        return true;
    }
    let Some(error) = cell.trim().strip_prefix('#') else { return false };
    const ERRORS: [&str; 15] = [
        "N/A",
        "REF!",
        "VALUE!",
        "NAME?",
        "名前?",
        "DIV/0!",
        "NULL!",
        "NUM!",
        "SPILL!",
        "CALC!",
        "GETTING_DATA",
        "FIELD!",
        "BLOCKED!",
        "CONNECT!",
        "UNKNOWN!",
    ];
    ERRORS.contains(&error) || error.len() >= 2 && error.chars().all(|c| c == '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_every_program_are_known_and_words_are_none() {
        for cell in ["#N/A", " #REF! ", "#名前?", "#GETTING_DATA", "Err:502", "########"] {
            assert!(is_spreadsheet_error(cell), "{cell}");
        }
        for cell in ["", "#", "#1", "#7119", "Err: 見本", "見本 #N/A"] {
            assert!(!is_spreadsheet_error(cell), "{cell}");
        }
    }
}
