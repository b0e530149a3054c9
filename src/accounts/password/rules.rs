//! Password rules: long passwords that are not among the most common ones.

use super::{LONGEST_TEXT, normal};
use crate::user_error::UserError;

const SHORTEST: usize = 12;
const LONGEST: usize = 128;
/// The most common passwords of sufficient length, in lower case.
const COMMONEST: &[&str] = &[
    "000000000000",
    "012345678901",
    "111111111111",
    "1111111111111",
    "112233445566",
    "121212121212",
    "123123123123",
    "1234512345123",
    "123456123456",
    "1234567890qwe",
    "1234567890ab",
    "1234567890abc",
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456789012345",
    "1234567890123456",
    "123456789123",
    "123456789abc",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "222222222222",
    "987654321987",
    "999999999999",
    "aaaaaaaaaaaa",
    "abc123456789",
    "abcd12345678",
    "abcdefghijkl",
    "abcdefghijklm",
    "abcdefghijklmnop",
    "admin1234567",
    "administrator",
    "administrator1",
    "asdfghjkl123",
    "baseball1234",
    "changeme1234",
    "correcthorsebatterystaple",
    "football1234",
    "iloveyou1234",
    "letmein12345",
    "letmein123456",
    "welcome12345",
    "monkey123456",
    "p@ssw0rd1234",
    "passw0rd1234",
    "password0000",
    "password1111",
    "password1234",
    "password12345",
    "password123456",
    "password123!",
    "passwordpassword",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qwerty123456",
    "qwertyqwerty",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdf",
    "qwertyuiop[]",
    "sakura123456",
    "sunshine1234",
    "zaq12wsxcde3",
    "zxcvbnm12345",
    "ぱすわーど123456",
    "パスワード1234567",
];

/// Refuses a password that is easily guessed.
///
/// # Errors
/// A sentence for each rule that it breaks.
pub fn check(field: &'static str, password: &str, email: &str) -> Result<(), Vec<UserError>> {
    let mut errors = Vec::new();
    let mut wrong = |sentence: String| errors.push(UserError::invalid(field, sentence));
    let normal = normal(password);
    let length = normal.chars().count();
    if password.len() > LONGEST_TEXT || length > LONGEST {
        wrong(format!("The password has more than {LONGEST} characters."));
    } else if length < SHORTEST {
        wrong(format!(
            "The password needs at least {SHORTEST} characters; several words are easy to remember."
        ));
    }
    let folded = normal.to_lowercase();
    if folded.trim() == email {
        wrong("The password must not be the mail address.".to_owned());
    }
    if COMMONEST.contains(&folded.as_str()) {
        wrong("This password is one of the commonest, which are tried first.".to_owned());
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(password: &str) -> Vec<String> {
        let errors = check("password", password, "hanako@example.jp").err().unwrap_or_default();
        errors.into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn every_rule_has_its_sentence() {
        assert!(sentences("雪かき と お茶 と 結").is_empty());
        assert!(sentences("short").concat().contains("at least 12"));
        assert!(sentences(&"長".repeat(129)).concat().contains("more than 128"));
        assert!(sentences(&"長".repeat(3_000)).concat().contains("more than 128"));
        assert!(sentences("Hanako@example.jp").concat().contains("mail address"));
        assert!(sentences("ＰＡＳＳＷＯＲＤ１２３４").concat().contains("commonest"));
    }

    #[test]
    fn characters_are_counted_as_they_are_compared() {
        // Twelve half-width letters, six of which only mark the one before: ガ is one character.
        assert!(sentences("ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞ").concat().contains("at least 12"));
    }
}
