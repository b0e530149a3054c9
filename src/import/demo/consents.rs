//! Consents of the demo city: one that is valid, one that ends soon, one
//! that has ended, one that was withdrawn.

use crate::auth::row_scope::Unscoped;
use crate::consents::store as consents;
use crate::database::{Databases, ImportTurn, state};
use crate::import::derive::draft::uuid_of;
use chrono::{NaiveDate, TimeDelta};
use entity::enums::{ConsentMethod, ConsentPurpose, ConsentSubject};
use entity::{consent, resource};
use japan::clock::Clock;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

type Line = (&'static str, &'static str, ConsentPurpose, Option<i64>, Option<i64>);

/// Entry of `通いの場_見本.csv`, phone number, purpose, and days from today to the end and to the withdrawal.
const CONSENTS: [Line; 4] = [
    ("K-022", "+819000000011", ConsentPurpose::PublicWeb, Some(30), None),
    ("K-027", "+819000000012", ConsentPurpose::PublicWeb, Some(-10), None),
    ("K-030", "+819000000013", ConsentPurpose::PublicWeb, None, Some(-20)),
    ("K-013", "+819000000014", ConsentPurpose::Partner, None, None),
];

/// Writes the consents and applies them to the contacts.
pub async fn write(databases: &Databases, clock: Clock) -> Result<(), DbErr> {
    let transaction = ImportTurn::begin(databases, false).await?;
    consent::Entity::insert_many(CONSENTS.map(|one| line(one, clock)))
        .exec_without_returning(&transaction)
        .await?;
    let places = transaction.every::<resource::Entity>();
    let places =
        places.filter(resource::Column::Uuid.is_in(CONSENTS.map(|(place, ..)| key(place)))).select_only();
    let ids: Vec<i64> = places.column(resource::Column::Id).into_tuple().all(&transaction).await?;
    let ledger = consents::ledger(&transaction).await?;
    consents::apply(&transaction, &ledger, &ids).await?;
    // The last step: from here on the demo is complete.
    state::set(&transaction, state::DEMO, super::LOADED).await?;
    transaction.commit().await
}

fn key(place: &str) -> uuid::Uuid {
    uuid_of(&format!("local:gathering-places:062031:{place}"))
}

fn line((place, phone, purpose, ends, withdrawn): Line, clock: Clock) -> consent::ActiveModel {
    let day = |days: i64| -> NaiveDate { clock.today() + TimeDelta::days(days) };
    let now = clock.now_ms();
    consent::ActiveModel {
        uuid: Set(uuid_of(&format!("consent:demo:{place}"))),
        resource_uuid: Set(key(place)),
        purpose: Set(purpose),
        subject: Set(ConsentSubject::Person),
        method: Set(ConsentMethod::Written),
        phone: Set(Some(phone.to_owned())),
        fax: Set(None),
        email: Set(None),
        obtained_on: Set(day(-335)),
        expires_on: Set(ends.map(day)),
        withdrawn_on: Set(withdrawn.map(day)),
        withdrawn_at: Set(withdrawn.map(|_| now)),
        evidence: Set(Some("同意書綴り（見本）".to_owned())),
        recorded_by: Set("demo".to_owned()),
        recorded_at: Set(now),
        ..Default::default()
    }
}
