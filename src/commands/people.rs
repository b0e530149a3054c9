//! Shared by `yui account` and `yui token`: roles and codes from flags, and the sentences of refusals.

use super::Failure;
use crate::accounts::inputs;
use crate::auth::{self, Role};
use crate::database::Databases;
use crate::error::Error;
use crate::terms::Labelled;
use crate::user_error::{NotDone, UserError};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use sea_orm::DbErr;

/// What somebody is trusted with.
#[derive(Args, Debug)]
pub(super) struct GrantArguments {
    /// What they are trusted with; repeat the flag for several
    #[arg(long = "role", required = true, ignore_case = true, value_parser = roles())]
    roles: Vec<Role>,
    /// Code of the organization they belong to
    #[arg(long, value_name = "CODE")]
    organization: Option<String>,
    /// Code of a district they work for, D09 or 062031:D09; repeat the flag for several
    #[arg(long = "district", value_name = "CODE")]
    districts: Vec<String>,
}

fn roles() -> impl TypedValueParser<Value = Role> {
    let codes = Role::ALL.iter().map(|role| role.code());
    PossibleValuesParser::new(codes)
        .try_map(|code| Role::of_code(&code.to_ascii_uppercase()).ok_or("there is no such role"))
}

impl GrantArguments {
    /// The checked roles and codes.
    pub(super) fn checked(&self) -> Result<auth::Standing, Failure> {
        Ok(inputs::standing(&self.roles, self.organization.clone(), self.districts.clone())?)
    }
}

/// An address of a web site, without the slash at its end.
pub(super) fn public_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    match url.split_once("://") {
        Some(("http" | "https", host)) if !host.is_empty() && !host.contains(['#', '?', ' ']) => {
            Ok(url.to_owned())
        }
        _ => Err("YUI_PUBLIC_URL takes the address of a web site, such as https://yui.example.jp".into()),
    }
}

/// Opens and migrates the database, since accounts may be created before the first start.
pub(super) async fn open(database: &str) -> Result<Databases, Failure> {
    let databases = Databases::connect(database).await?;
    databases.migrate().await?;
    Ok(databases)
}

/// The same for a command about existing accounts: no database is created.
pub(super) async fn open_existing(database: &str) -> Result<Databases, Failure> {
    let databases = Databases::connect_existing(database).await?;
    databases.migrate().await?;
    Ok(databases)
}

/// An error of the domain as a failure for the operator.
pub(super) fn failed(error: Error) -> Failure {
    match error {
        Error::Internal(cause) => Failure::internal("The database failed", cause),
        Error::Unavailable(cause) => match cause.downcast::<DbErr>() {
            Ok(cause) => (*cause).into(),
            Err(cause) => Failure::internal("The database does not answer", cause),
        },
        told => Failure::new(told.message()),
    }
}

impl From<UserError> for Failure {
    fn from(error: UserError) -> Self {
        Self::setting(error.message)
    }
}

impl From<NotDone> for Failure {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Refused(errors) => {
                let sentences: Vec<_> = errors.into_iter().map(|error| error.message).collect();
                Self::new(sentences.join(" "))
            }
            NotDone::Failed(error) => failed(error),
        }
    }
}
