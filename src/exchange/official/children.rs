//! The rows that hang below a facility: contacts, identifiers, services, departments.

use super::draft::Draft;
use entity::enums::{ContactKind, Visibility};
use entity::{
    care_service, contact_point, identifier, medical_facility, medical_facility_department as department,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
};

/// Rows per statement: twenty values each stay below SQLite's 32,766.
const CHUNK: usize = 1_000;

/// Takes away what hangs below some facilities.
pub async fn remove(db: &impl ConnectionTrait, ids: &[i64]) -> Result<(), DbErr> {
    for chunk in ids.chunks(CHUNK) {
        let ids = || chunk.iter().copied();
        contact_point::Entity::delete_many()
            .filter(contact_point::Column::ResourceId.is_in(ids()))
            .exec(db)
            .await?;
        identifier::Entity::delete_many()
            .filter(identifier::Column::ResourceId.is_in(ids()))
            .exec(db)
            .await?;
        care_service::Entity::delete_many()
            .filter(care_service::Column::ResourceId.is_in(ids()))
            .exec(db)
            .await?;
        medical_facility::Entity::delete_many()
            .filter(medical_facility::Column::ResourceId.is_in(ids()))
            .exec(db)
            .await?;
        department::Entity::delete_many()
            .filter(department::Column::ResourceId.is_in(ids()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Writes what hangs below some facilities.
pub async fn insert(db: &impl ConnectionTrait, drafts: &[(i64, &Draft)]) -> Result<(), DbErr> {
    insert_many(db, drafts.iter().flat_map(|(id, d)| contacts(*id, d))).await?;
    insert_many(db, drafts.iter().flat_map(|(id, d)| identifiers(*id, d))).await?;
    insert_many(db, drafts.iter().flat_map(|(id, d)| services(*id, d))).await?;
    insert_many(db, drafts.iter().filter_map(|(id, d)| medical(*id, d))).await?;
    insert_many(db, drafts.iter().flat_map(|(id, d)| departments(*id, d))).await
}

async fn insert_many<A>(db: &impl ConnectionTrait, models: impl Iterator<Item = A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
{
    let models: Vec<A> = models.collect();
    for chunk in models.chunks(CHUNK) {
        A::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

fn contacts(id: i64, draft: &Draft) -> impl Iterator<Item = contact_point::ActiveModel> + '_ {
    (0..).zip(&draft.contacts).map(move |(n, line)| contact_point::ActiveModel {
        resource_id: Set(id),
        service_code: Set(line.service_code.clone()),
        ordinal: Set(n),
        kind: Set(ContactKind::Representative),
        visibility: Set(Visibility::Public),
        label: Set(line.label.clone()),
        phone: Set(line.phone.clone()),
        phone_e164: Set(line.phone_e164.clone()),
        fax: Set(line.fax.clone()),
        fax_e164: Set(line.fax_e164.clone()),
        email: Set(None),
        ..Default::default()
    })
}

fn identifiers(id: i64, draft: &Draft) -> impl Iterator<Item = identifier::ActiveModel> + '_ {
    draft.identifiers.iter().map(move |(system, value)| identifier::ActiveModel {
        resource_id: Set(id),
        system: Set((*system).to_owned()),
        value: Set(value.clone()),
    })
}

fn services(id: i64, draft: &Draft) -> impl Iterator<Item = care_service::ActiveModel> + '_ {
    (0..).zip(&draft.services).map(move |(n, service)| care_service::ActiveModel {
        resource_id: Set(id),
        office_number: Set(service.office_number.clone()),
        service_code: Set(service.code.to_owned()),
        ordinal: Set(n),
        name: Set(service.name.clone()),
        name_kana: Set(service.name_kana.clone()),
        url: Set(service.url.clone()),
        capacity: Set(service.capacity),
        available_days: Set(service.available_days),
        available_days_note: Set(service.available_days_note.clone()),
        is_kyosei: Set(service.is_kyosei),
        meets_kaigo_standard: Set(service.meets_kaigo_standard),
        meets_shogai_standard: Set(service.meets_shogai_standard),
        note: Set(service.note.clone()),
        as_of: Set(service.as_of),
        vanished_on: Set(service.vanished_on),
        ..Default::default()
    })
}

fn medical(id: i64, draft: &Draft) -> Option<medical_facility::ActiveModel> {
    let medical = draft.medical.as_ref()?;
    let [general, long_term, psychiatric, tuberculosis, infectious, total] = medical.beds;
    Some(medical_facility::ActiveModel {
        resource_id: Set(id),
        institution_type: Set(medical.institution_type),
        published_id: Set(medical.published_id.clone()),
        closed_days_note: Set(medical.closed_days_note.clone()),
        beds_general: Set(general),
        beds_long_term: Set(long_term),
        beds_psychiatric: Set(psychiatric),
        beds_tuberculosis: Set(tuberculosis),
        beds_infectious: Set(infectious),
        beds_total: Set(total),
    })
}

fn departments(id: i64, draft: &Draft) -> Vec<department::ActiveModel> {
    let Some(medical) = &draft.medical else { return Vec::new() };
    let model = |(n, (code, name)): (i32, &(Option<String>, String))| department::ActiveModel {
        resource_id: Set(id),
        ordinal: Set(n),
        code: Set(code.clone()),
        name: Set(name.clone()),
    };
    (0..).zip(&medical.departments).map(model).collect()
}
