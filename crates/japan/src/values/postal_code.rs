//! Postal codes (郵便番号).

use super::digits;

/// Reads a postal code in any writing, `〒997-0816`, `９９７０８１６`; answers `997-0816`. `None`: not seven digits.
pub fn postal_code(raw: &str) -> Option<String> {
    let written = digits::half_width(raw);
    let written = written.trim_start_matches(['〒', '郵', '〶']).trim_start();
    let plain: String =
        written.chars().filter(|c| !matches!(c, '-' | '‐' | '−' | '–' | 'ー' | ' ')).collect();
    if plain.len() != 7 || !digits::all(&plain) || plain == "0000000" {
        return None;
    }
    let (area, town) = plain.split_at(3);
    Some(format!("{area}-{town}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postal_code_has_seven_digits() {
        for written in ["997-0816", "9970816", "〒997-0816", "〒９９７－０８１６", " 997 0816", "997‐0816"]
        {
            assert_eq!(postal_code(written).as_deref(), Some("997-0816"), "{written}");
        }
        for other in ["", "997", "997-081", "997-08160", "なし", "000-0000", "9970816.0"] {
            assert_eq!(postal_code(other), None, "{other}");
        }
    }
}
