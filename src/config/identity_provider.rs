//! Settings for the tokens of the city's identity provider.

use super::SecretSetting;
use crate::auth::Role;
use crate::terms::Labelled;
use clap::Args;
use jsonwebtoken::Algorithm;
use std::path::PathBuf;
use std::str::FromStr;

/// How tokens of the city's identity provider are checked and read. Without an issuer there is no such
/// provider, and only accounts and API tokens of this directory are known.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Tokens of an identity provider (Keycloak, Entra ID, …)")]
pub struct IdentityProviderSettings {
    /// The issuer ('iss') of the tokens; turns them on
    #[arg(long = "idp-issuer", env = "YUI_IDP_ISSUER", value_name = "ISSUER")]
    #[arg(requires_all = ["audience", "key_source"])]
    pub issuer: Option<String>,

    /// The audience ('aud') a token must be made for; repeat the flag, or separate several with commas
    #[arg(long = "idp-audience", env = "YUI_IDP_AUDIENCE", value_delimiter = ',', value_name = "AUDIENCE")]
    #[arg(id = "audience")]
    pub audience: Vec<String>,

    /// How tokens are signed: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA or HS256
    #[arg(
        long = "idp-algorithm",
        env = "YUI_IDP_ALGORITHM",
        default_value = "RS256",
        value_name = "ALGORITHM"
    )]
    #[arg(value_parser = algorithm)]
    pub algorithm: Algorithm,

    /// The keys of the provider: the URL or the file of its JWKS; a URL is asked again every five minutes
    #[arg(long = "idp-jwks", env = "YUI_IDP_JWKS", value_name = "URL or FILE", group = "key_source")]
    #[arg(value_parser = JwksLocation::from_str)]
    pub jwks: Option<JwksLocation>,

    /// The public key of the provider: a PEM file
    #[arg(long = "idp-public-key", env = "YUI_IDP_PUBLIC_KEY", value_name = "FILE", group = "key_source")]
    pub public_key: Option<PathBuf>,

    /// The secret shared with the provider (HS256 only), 32 bytes or more
    #[arg(long = "idp-secret", env = "YUI_IDP_SECRET", hide_env_values = true, value_name = "SECRET")]
    #[arg(id = "idp_secret", group = "key_source")]
    pub secret: Option<SecretSetting>,

    /// Certificates of the authority behind the URL of the JWKS, when it is the city's own: a PEM file
    #[arg(long = "idp-ca", env = "YUI_IDP_CA", value_name = "FILE")]
    pub authority: Option<PathBuf>,

    /// Where a token lists roles; 'realm_access.roles' means a list inside of another claim
    #[arg(
        long = "idp-roles-claim",
        env = "YUI_IDP_ROLES_CLAIM",
        default_value = "roles",
        value_name = "CLAIM"
    )]
    pub roles_claim: ClaimPath,

    /// Where a token names the code of the office a person works in
    #[arg(long = "idp-organization-claim", env = "YUI_IDP_ORGANIZATION_CLAIM", default_value = "org")]
    #[arg(value_name = "CLAIM")]
    pub organization_claim: ClaimPath,

    /// Where a token lists the codes of the districts a coordinator works for
    #[arg(long = "idp-districts-claim", env = "YUI_IDP_DISTRICTS_CLAIM", default_value = "districts")]
    #[arg(value_name = "CLAIM")]
    pub districts_claim: ClaimPath,

    /// Where a token says what to call the person
    #[arg(long = "idp-name-claim", env = "YUI_IDP_NAME_CLAIM", default_value = "name", value_name = "CLAIM")]
    pub name_claim: ClaimPath,

    /// What a role of the provider is here, such as care-manager=CARE_PROFESSIONAL; repeat the flag, or
    /// separate several with commas. PARTNER, CARE_PROFESSIONAL, COORDINATOR and ADMIN are known without it
    #[arg(long = "idp-role", env = "YUI_IDP_ROLES", value_delimiter = ',', value_name = "NAME=ROLE")]
    pub roles: Vec<RoleName>,
}

/// Where the keys of the provider are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JwksLocation {
    /// A file, read once.
    File(PathBuf),
    /// An address, asked again and again.
    Url(String),
}

impl FromStr for JwksLocation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((scheme, rest)) = text.split_once("://") else { return Ok(Self::File(text.into())) };
        let host = rest.split(['/', '?']).next().unwrap_or_default();
        let here = ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .any(|name| host.strip_prefix(name).is_some_and(|port| port.is_empty() || port.starts_with(':')));
        match scheme {
            "https" => Ok(Self::Url(text.to_owned())),
            "http" if here => Ok(Self::Url(text.to_owned())),
            _ => Err("YUI_IDP_JWKS takes an https:// address or a file: keys that anybody on the way can \
                      exchange prove nothing"
                .into()),
        }
    }
}

/// Names of claims within claims: `realm_access.roles`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimPath(Vec<String>);

impl ClaimPath {
    /// The names, outermost first.
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

impl FromStr for ClaimPath {
    type Err = String;

    /// A claim whose name is an address (`https://example.jp/roles`) is one name, in spite of its dots.
    fn from_str(text: &str) -> Result<Self, String> {
        let names: Vec<String> = if text.contains("://") {
            vec![text.to_owned()]
        } else {
            text.split('.').map(str::to_owned).collect()
        };
        if names.iter().any(String::is_empty) {
            return Err("the name of a claim is empty; write it like 'roles' or 'realm_access.roles'".into());
        }
        Ok(Self(names))
    }
}

/// What a role of the provider is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleName {
    /// As the provider calls it.
    pub name: String,
    /// What it is here.
    pub role: Role,
}

impl FromStr for RoleName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "YUI_IDP_ROLES takes NAME=ROLE, where ROLE is one of {}",
                Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ")
            )
        };
        let (name, role) = text.rsplit_once('=').ok_or_else(wrong)?;
        let role = Role::of_code(role.trim()).ok_or_else(wrong)?;
        Ok(Self { name: name.trim().to_owned(), role })
    }
}

fn algorithm(text: &str) -> Result<Algorithm, String> {
    text.parse()
        .map_err(|_| "takes RS256, PS256, ES256, EdDSA, HS256 or one of their longer forms".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_over_a_safe_way_or_from_this_machine() {
        for good in ["https://id.example.jp/certs", "http://127.0.0.1:9000/jwks", "http://localhost/jwks"] {
            assert_eq!(good.parse(), Ok(JwksLocation::Url(good.to_owned())));
        }
        assert_eq!("keys.json".parse(), Ok(JwksLocation::File("keys.json".into())));
        for bad in ["http://id.example.jp/certs", "http://localhost.example.jp/", "ftp://a/b", "file:///a"] {
            assert!(bad.parse::<JwksLocation>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_claim_may_lie_within_another() {
        let names = |text: &str| text.parse::<ClaimPath>().map(|path| path.0.join("|"));
        assert_eq!(names("realm_access.roles"), Ok("realm_access|roles".into()));
        assert_eq!(names("https://example.jp/roles"), Ok("https://example.jp/roles".into()));
        assert!(names("a..b").is_err());
    }

    #[test]
    fn a_role_of_the_provider_is_one_of_ours() {
        let parsed: RoleName = "care manager=CARE_PROFESSIONAL".parse().expect("a role");
        assert_eq!(parsed, RoleName { name: "care manager".into(), role: Role::CareProfessional });
        for bad in ["", "a", "a=", "a=BOSS"] {
            assert!(bad.parse::<RoleName>().is_err(), "{bad}");
        }
    }
}
