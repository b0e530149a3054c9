//! Reads the claims of a token of the identity provider, under the configured claim names.

use super::Names;
use crate::auth::{Refusal, Role, Roles, Standing};
use crate::config::ClaimPath;
use crate::terms::Labelled;
use serde_json::Value;

/// The longest name or code that is read.
const LONGEST: usize = 255;
const MOST_DISTRICTS: usize = 100;

/// The claims of a token of the identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Stable name of the person or program at the provider.
    pub subject: String,
    /// Id of the token.
    pub token_id: Option<String>,
    /// Until when it is valid, in seconds since 1970.
    pub ends_at: i64,
    /// The person's name.
    pub name: Option<String>,
    /// Roles and codes as the token states them.
    pub standing: Standing,
}

impl Claims {
    pub(super) fn read(claims: &Value, names: &Names) -> Result<Self, Refusal> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| is_name(text));
        Ok(Self {
            subject: text("sub").ok_or(Refusal::MissingClaim)?.to_owned(),
            token_id: token_id(claims)?,
            // Its presence was checked with the signature.
            ends_at: claims.get("exp").and_then(Value::as_f64).map_or(0, |end| end as i64),
            name: words(claims, &names.name).next().map(str::to_owned),
            standing: Standing {
                roles: roles(claims, names),
                organization_code: words(claims, &names.organization).next().map(str::to_owned),
                district_codes: districts(claims, names),
            },
        })
    }
}

/// The id by which a token is revoked. A token whose id is no text or number is refused, since it could not
/// be compared with revoked ids.
fn token_id(claims: &Value) -> Result<Option<String>, Refusal> {
    match claims.get("jti") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if is_name(text) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(Refusal::Malformed),
    }
}

/// Codes of districts, each once, at most `MOST_DISTRICTS`.
fn districts(claims: &Value, names: &Names) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in words(claims, &names.districts) {
        if codes.len() < MOST_DISTRICTS && !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
}

/// An unknown role grants nothing.
fn roles(claims: &Value, names: &Names) -> Roles {
    let known = |word: &str| {
        let renamed = names.role_names.iter().find(|role| role.name == word);
        renamed.map(|role| role.role).or_else(|| Role::of_code(word))
    };
    words(claims, &names.roles).filter_map(known).collect()
}

/// The texts of a claim: of a list, or a single one.
fn words<'c>(claims: &'c Value, path: &ClaimPath) -> impl Iterator<Item = &'c str> {
    let claim = path.names().iter().try_fold(claims, |claims, name| claims.get(name));
    let (list, text) = match claim {
        Some(Value::Array(list)) => (list.as_slice(), None),
        Some(Value::String(text)) => (&[][..], Some(text.as_str())),
        _ => (&[][..], None),
    };
    list.iter().filter_map(Value::as_str).chain(text).filter(|word| is_name(word))
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= LONGEST && !text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(roles: &str) -> Names {
        Names {
            roles: roles.parse().expect("a claim"),
            organization: "org".parse().expect("a claim"),
            districts: "districts".parse().expect("a claim"),
            name: "name".parse().expect("a claim"),
            role_names: vec!["care-manager=CARE_PROFESSIONAL".parse().expect("a role")],
        }
    }

    #[test]
    fn roles_are_found_under_the_providers_names() {
        let claims = json!({ "sub": "u1", "realm_access": { "roles": ["care-manager", "PARTNER", "boss"] } });
        let read = Claims::read(&claims, &names("realm_access.roles")).expect("claims");
        let expected: Roles = [Role::Partner, Role::CareProfessional].into_iter().collect();
        assert_eq!(read.standing.roles, expected);
    }

    #[test]
    fn a_role_that_is_no_text_or_of_another_writing_grants_nothing() {
        for roles in [json!("admin"), json!([1, null, "ADMIN "]), json!({ "ADMIN": true }), json!(null)] {
            let claims = json!({ "sub": "u1", "roles": roles });
            assert_eq!(Claims::read(&claims, &names("roles")).expect("claims").standing.roles, Roles::NONE);
        }
    }

    #[test]
    fn what_takes_a_token_back_can_be_compared() {
        let id = |jti| Claims::read(&json!({ "sub": "u1", "jti": jti }), &names("roles"));
        assert_eq!(id(json!(12345)).expect("claims").token_id.as_deref(), Some("12345"));
        assert_eq!(id(json!(null)).expect("claims").token_id, None);
        for odd in [json!("x".repeat(300)), json!("a\u{0}"), json!([1]), json!(""), json!(true)] {
            assert!(matches!(id(odd), Err(Refusal::Malformed)));
        }
    }

    #[test]
    fn a_long_list_of_districts_is_cut() {
        let many: Vec<String> = (0..1_000).flat_map(|n| [format!("D{n}"), "D1".to_owned()]).collect();
        let read = Claims::read(&json!({ "sub": "u1", "districts": many }), &names("roles")).expect("claims");
        assert_eq!(read.standing.district_codes.len(), MOST_DISTRICTS);
    }

    #[test]
    fn a_token_without_a_subject_is_refused() {
        for subject in [json!(null), json!(""), json!("  "), json!(7), json!("a\nb")] {
            let claims = json!({ "sub": subject });
            assert!(matches!(Claims::read(&claims, &names("roles")), Err(Refusal::MissingClaim)));
        }
    }
}
