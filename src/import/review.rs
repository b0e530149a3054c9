//! Lists withheld texts for review and releases them: the facility is derived again, now with the text.

use crate::audit::{self, Author, Change};
use crate::auth::row_scope::Unscoped;
use crate::database::{Databases, ImportTurn};
use crate::id::{NodeId, NodeType};
use crate::import::derive::draft::uuid_of;
use crate::import::derive::{derive, records};
use crate::import::report::Report;
use crate::import::screening;
use crate::import::unscoped::reading;
use crate::withheld::{digest, store as withheld};
use entity::enums::AuditAction;
use entity::enums::HeldReason;
use entity::{held_text, identifier, municipality, resource};
use sea_orm::{ColumnTrait, DbErr, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};
use serde_json::json;
use uuid::Uuid;

/// The field of a contact that was closed. A release does not open it: a consent does.
pub const CONTACT: &str = "contacts.tel";

/// A withheld text of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Public id of the resource.
    pub id: NodeId,
    /// Its name.
    pub name: String,
    /// Field of the text.
    pub field: String,
    /// Reason for which it is withheld.
    pub reason: HeldReason,
    /// The text.
    pub text: String,
}

/// Result of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// The text is shown again.
    Done,
    /// Nothing is withheld there.
    NothingThere,
    /// The text is released, but the resource stays unchanged: a person verified it later than any file, or
    /// no file contains it any more.
    WithTheNextFile,
}

/// All withheld texts, ordered by resource and field, then the contacts that the last screening closed.
///
/// # Errors
/// When the database fails.
pub async fn list(databases: &Databases) -> Result<Vec<Withheld>, DbErr> {
    let db = &reading(databases);
    let of_resource = held_text::Relation::Resource.def();
    let all = db.every::<held_text::Entity>();
    let found = all
        .select_also(resource::Entity)
        .join(JoinType::InnerJoin, of_resource)
        .order_by_asc(held_text::Column::ResourceId)
        .order_by_asc(held_text::Column::Field)
        .all(db)
        .await?;
    let withheld = |(held, resource): (held_text::Model, Option<resource::Model>)| {
        let resource = resource?;
        let id = NodeId::new(NodeType::Resource(resource.kind), resource.uuid);
        Some(Withheld { id, name: resource.name, field: held.field, reason: held.reason, text: held.text })
    };
    let mut all: Vec<Withheld> = found.into_iter().filter_map(withheld).collect();
    all.extend(screening::closed_contacts(db).await?.into_iter().map(|(resource, text)| Withheld {
        id: NodeId::new(NodeType::Resource(resource.kind), resource.uuid),
        name: resource.name,
        field: CONTACT.to_owned(),
        reason: HeldReason::PrivatePhone,
        text,
    }));
    Ok(all)
}

/// Releases a withheld text: restores it in its field, and accepts it in later files.
///
/// # Errors
/// When the database fails.
pub async fn release(databases: &Databases, uuid: Uuid, field: &str) -> Result<Release, DbErr> {
    let transaction = ImportTurn::begin(databases, false).await?;
    let author = &Author::command_line();
    let Some((resource, held)) = find(&transaction, uuid, field).await? else {
        return Ok(Release::NothingThere);
    };
    let text = (uuid, field, digest(&held.text));
    withheld::release(&transaction, text, (&author.subject, author.clock.now_ms())).await?;
    if let Some(key) = facility_key(&transaction, &resource).await? {
        derive(&transaction, vec![key], author.clock.today(), &mut Report::default()).await?;
    }
    let left = find(&transaction, uuid, field).await?.is_some();
    let things = vec![NodeId::new(NodeType::Resource(resource.kind), uuid)];
    let after = Some(json!({ "field": field, "shown": !left }));
    let change = Change { action: AuditAction::ReleaseText, things, before: None, after };
    audit::record(&transaction, author, change).await?;
    transaction.commit().await?;
    Ok(if left { Release::WithTheNextFile } else { Release::Done })
}

async fn find(
    db: &impl Unscoped,
    uuid: Uuid,
    field: &str,
) -> Result<Option<(resource::Model, held_text::Model)>, DbErr> {
    let found = db.every::<resource::Entity>().filter(resource::Column::Uuid.eq(uuid)).one(db).await?;
    let Some(resource) = found else { return Ok(None) };
    let held = db
        .every::<held_text::Entity>()
        .filter(held_text::Column::ResourceId.eq(resource.id))
        .filter(held_text::Column::Field.eq(field));
    Ok(held.one(db).await?.map(|held| (resource, held)))
}

/// The key of the facility in the official records of a resource.
async fn facility_key(db: &impl Unscoped, resource: &resource::Model) -> Result<Option<String>, DbErr> {
    let municipality = match resource.municipality_id {
        Some(id) => {
            db.every::<municipality::Entity>().filter(municipality::Column::Id.eq(id)).one(db).await?
        }
        None => None,
    };
    let office = db
        .every::<identifier::Entity>()
        .filter(identifier::Column::ResourceId.eq(resource.id))
        .filter(identifier::Column::System.eq(identifier::CARE_OFFICE_NUMBER));
    let office = office.one(db).await?.map(|code| format!("care:{}", code.value));
    let code = municipality.as_ref().map(|municipality| municipality.code.as_str());
    let is_its = |(record, facility): &(String, String)| {
        let by_id = [record, facility].into_iter().any(|key| uuid_of(key) == resource.uuid);
        by_id || office.as_ref() == Some(facility)
    };
    let keys = records::keys_in(db, code).await?;
    Ok(keys.into_iter().find(is_its).map(|(_, facility)| facility))
}
