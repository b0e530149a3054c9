//! Kana as they sound in a search: one large hiragana for each. Voicing marks are handled elsewhere.

/// The prolonged sound mark, which people write or omit at will.
pub(super) const PROLONGED_SOUND: char = 'ー';

/// The large hiragana of a kana that carries no voicing mark; any other character unchanged.
pub(super) fn large_hiragana(c: char) -> char {
    large(hiragana(c))
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' | 'ヽ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn large(c: char) -> char {
    match c {
        'ぁ' => 'あ',
        'ぃ' => 'い',
        'ぅ' => 'う',
        'ぇ' => 'え',
        'ぉ' => 'お',
        'っ' => 'つ',
        'ゃ' => 'や',
        'ゅ' => 'ゆ',
        'ょ' => 'よ',
        'ゎ' => 'わ',
        'ゕ' => 'か',
        'ゖ' => 'け',
        'ㇰ' => 'く',
        'ㇱ' => 'し',
        'ㇲ' => 'す',
        'ㇳ' => 'と',
        'ㇴ' => 'ぬ',
        'ㇵ' => 'は',
        'ㇶ' => 'ひ',
        'ㇷ' => 'ふ',
        'ㇸ' => 'へ',
        'ㇹ' => 'ほ',
        'ㇺ' => 'む',
        'ㇻ' => 'ら',
        'ㇼ' => 'り',
        'ㇽ' => 'る',
        'ㇾ' => 'れ',
        'ㇿ' => 'ろ',
        _ => c,
    }
}

/// The kana with the sound of another one: ぢ and づ as じ and ず, ゐ and ゑ as い and え; any other character unchanged.
pub(super) fn as_it_sounds(c: char) -> char {
    match c {
        'ぢ' => 'じ',
        'づ' => 'ず',
        'ゐ' => 'い',
        'ゑ' => 'え',
        _ => c,
    }
}

/// Kana without a voicing mark, each followed by its voiced form.
const VOICED: &str = "かがきぎくぐけげこごさざしじすずせぜそぞただちじつずてでとどはばひびふぶへべほぼ";

/// The voiced form of a kana, か is が; any other character unchanged.
pub(super) fn voiced(c: char) -> char {
    pairs().find(|(plain, _)| *plain == c).map_or(c, |(_, voiced)| voiced)
}

/// The kana without its voicing mark, が is か; any other character unchanged.
pub(super) fn unvoiced(c: char) -> char {
    pairs().find(|(_, voiced)| *voiced == c).map_or(c, |(plain, _)| plain)
}

fn pairs() -> impl Iterator<Item = (char, char)> {
    VOICED.chars().step_by(2).zip(VOICED.chars().skip(1).step_by(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn katakana_become_large_hiragana() {
        let large: String = "アァカヵヶッャンヲヽㇿ".chars().map(large_hiragana).collect();
        assert_eq!(large, "ああかかけつやんをゝろ");
    }

    #[test]
    fn what_is_not_kana_stays() {
        let text = "ー・亜aA1";
        assert_eq!(text.chars().map(large_hiragana).collect::<String>(), text);
    }
}
