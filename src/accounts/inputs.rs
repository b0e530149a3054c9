//! Checks of what an admin enters about an account or an API token, before anything is stored.

use crate::auth::{Role, Standing, UnknownCodes};
use crate::user_error::{NotDone, UserError};

const LONGEST_NAME: usize = 100;
const LONGEST_EMAIL: usize = 254;
const LONGEST_CODE: usize = 64;
const MOST_DISTRICTS: usize = 50;

/// A mail address as it is compared: trimmed, in lower case. A NUL, which no database stores, is replaced.
pub fn folded(email: &str) -> String {
    email.trim().to_lowercase().replace('\0', "\u{fffd}")
}

/// A mail address for an invitation.
///
/// # Errors
/// When it is none.
pub fn email(text: &str) -> Result<String, UserError> {
    let email = folded(text);
    let parts = email.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'));
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
    if parts.is_some_and(|(_, host)| !host.contains('@')) && plain && email.len() <= LONGEST_EMAIL {
        return Ok(email);
    }
    Err(UserError::invalid("email", "This is not a mail address like hanako@example.jp."))
}

/// The name of a person or program.
///
/// # Errors
/// When it is empty or too long.
pub fn name(text: &str) -> Result<String, UserError> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        let sentence = format!("A name has 1 to {LONGEST_NAME} characters in one line.");
        return Err(UserError::invalid("name", sentence));
    }
    Ok(name.to_owned())
}

/// Roles and codes of an account or API token.
///
/// # Errors
/// Without a role, with more than `MOST_DISTRICTS` districts, or when a code is malformed.
pub fn standing(
    roles: &[Role],
    organization_code: Option<String>,
    district_codes: Vec<String>,
) -> Result<Standing, UserError> {
    if roles.is_empty() {
        return Err(UserError::invalid("roles", "Without a role they would see what everybody sees."));
    }
    if district_codes.len() > MOST_DISTRICTS {
        let sentence = format!("At most {MOST_DISTRICTS} districts; an ADMIN works for all of them.");
        return Err(UserError::invalid("districtCodes", sentence));
    }
    let organization_code =
        organization_code.map(|text| code("organizationCode", "the code of an organization", &text));
    let district_codes =
        district_codes.iter().map(|text| code("districtCodes", "the code of a district", text));
    Ok(Standing {
        roles: roles.iter().copied().collect(),
        organization_code: organization_code.transpose()?,
        district_codes: district_codes.collect::<Result<_, _>>()?,
    })
}

fn code(field: &'static str, what: &str, text: &str) -> Result<String, UserError> {
    let code = text.trim();
    let plain = !code.chars().any(|c| c.is_whitespace() || c.is_control());
    if code.is_empty() || code.len() > LONGEST_CODE || !plain {
        return Err(UserError::invalid(field, format!("「{code}」 cannot be {what}.")));
    }
    Ok(code.to_owned())
}

/// Refuses codes that the directory does not know.
///
/// # Errors
/// One for each kind of code.
pub fn all_known(unknown: UnknownCodes) -> Result<(), NotDone> {
    let mut errors = Vec::new();
    if let Some(code) = unknown.organization {
        let sentence = format!("There is no organization with the code 「{code}」.");
        errors.push(UserError::not_found("organizationCode", sentence));
    }
    if !unknown.districts.is_empty() {
        let sentence =
            format!("There is no district with the code 「{}」.", unknown.districts.join("」 or 「"));
        errors.push(UserError::not_found("districtCodes", sentence));
    }
    if errors.is_empty() { Ok(()) } else { Err(NotDone::Refused(errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_is_kept_in_lower_case() {
        assert_eq!(email(" Hanako@Example.JP ").ok().as_deref(), Some("hanako@example.jp"));
        for wrong in ["", "hanako", "@example.jp", "a@b", "a@b@c.jp", "a b@c.jp", "a@c.jp\nb"] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn codes_are_single_words() {
        let codes = |code: &str| standing(&[Role::Coordinator], None, vec![code.to_owned()]);
        assert!(codes("062031:D09").is_ok());
        assert!(codes("D09 D10").is_err() && codes("").is_err());
        assert!(standing(&[], None, Vec::new()).is_err());
    }
}
