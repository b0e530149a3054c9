//! People and programs with credentials of an App: created in its database, without an invitation.

use super::{App, Client};
use crate::support::clock;
use entity::{account, session};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;
use yui::api_tokens::store::{self, Draft};
use yui::audit::Author;
use yui::auth::{Role, Standing};

impl App {
    /// An administrator.
    pub async fn as_admin(&self) -> Client<'_> {
        self.as_somebody(standing(&[Role::Admin], &[])).await
    }

    /// A care or medical professional.
    pub async fn as_care_manager(&self) -> Client<'_> {
        self.as_somebody(standing(&[Role::CareProfessional], &[])).await
    }

    /// A coordinator of these districts.
    pub async fn as_coordinator(&self, districts: &[&str]) -> Client<'_> {
        self.as_somebody(standing(&[Role::Coordinator], districts)).await
    }

    /// A program of a partner organisation.
    pub async fn as_partner(&self) -> Client<'_> {
        self.with_token(&self.api_token(standing(&[Role::Partner], &[])).await)
    }

    /// A person who is signed in with an account.
    pub async fn as_somebody(&self, standing: Standing) -> Client<'_> {
        self.with_token(&self.access_token(standing).await)
    }

    /// The access token of a new account.
    pub async fn access_token(&self, standing: Standing) -> String {
        let account = self.account(standing, None).await;
        let now = clock::now_ms();
        let session = session::ActiveModel {
            uuid: Set(Uuid::new_v4()),
            account_id: Set(account.id),
            created_at: Set(now),
            expires_at: Set(now + 86_400_000),
            ended_at: Set(None),
            ..Default::default()
        };
        let session = session.insert(self.databases().writer()).await.expect("a session is written");
        self.keys().issue(account.uuid, session.uuid, clock::clock()).expect("our own key signs")
    }

    /// A new account; signing in needs the hash of a password.
    pub async fn account(&self, standing: Standing, password_hash: Option<String>) -> account::Model {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let account = account::ActiveModel {
            uuid: Set(Uuid::new_v4()),
            email: Set(format!("mihon{}@example.jp", COUNT.fetch_add(1, Ordering::Relaxed))),
            name: Set("見本 花子".to_owned()),
            password_hash: Set(Some(password_hash.unwrap_or_else(|| "none".to_owned()))),
            roles: Set(standing.roles.number()),
            organization_code: Set(standing.organization_code),
            district_codes: Set(standing.district_codes.join(" ")),
            created_at: Set(clock::now_ms()),
            closed_at: Set(None),
            failed_attempts: Set(0),
            locked_until: Set(0),
            ..Default::default()
        };
        account.insert(self.databases().writer()).await.expect("an account is written")
    }

    /// A new token of a program.
    pub async fn api_token(&self, standing: Standing) -> String {
        let tx = self.databases().begin_write().await.expect("a transaction");
        let draft = Draft { name: "見本".to_owned(), standing, expires_on: None };
        let made = store::create(&tx, &Author::command_line(), draft).await.expect("a token is made");
        tx.commit().await.expect("it stays");
        made.1
    }
}

/// An account with these roles and districts.
pub fn standing(roles: &[Role], districts: &[&str]) -> Standing {
    Standing {
        roles: roles.iter().copied().collect(),
        organization_code: None,
        district_codes: districts.iter().map(|code| (*code).to_owned()).collect(),
    }
}
