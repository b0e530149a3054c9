//! The rows below a resource: contacts, identifiers, services, departments, schedules, local details, tags, withheld texts,
//! search keys, districts.

use crate::auth::row_scope::Unscoped;
use crate::consents::effect::Ledger;
use crate::database::staging::{StagedTables, insert_into};
use crate::import::derive::draft::Draft;
use crate::schedules::store::rule_id;
use entity::{
    care_service, contact_point, held_text, identifier, local_details, medical_facility,
    medical_facility_department as department, resource_district, resource_search, resource_tag, schedule,
    schedule_rule,
};
use sea_orm::sea_query::ValueType;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityName, EntityTrait, Iden,
    IdenStatic, Iterable, ModelTrait, QueryFilter, Value,
};
use std::collections::{BTreeMap, BTreeSet};

/// Rows per statement: twenty values each stay below SQLite's 32,766.
const CHUNK: usize = 1_000;

/// Declares the child tables of a resource, each with the function that makes its rows from a draft, and
/// generates the functions that list the tables, and that stage and compare their rows.
macro_rules! children {
    ($($table:ident: $rows:ident),+ $(,)?) => {
        fn child_tables() -> Vec<Table> {
            vec![$(Table::of::<$table::Entity>()),+]
        }

        async fn stage_rows(
            db: &impl ConnectionTrait,
            staged: StagedTables,
            drafts: &[(i64, &Draft)],
            ledger: &Ledger,
        ) -> Result<(), DbErr> {
            $(let rows = drafts.iter().flat_map(|(id, draft)| $rows(*id, draft, ledger));
            let name = staged.name($table::Entity::default().table_name());
            insert_into(db, &name, rows).await?;)+
            Ok(())
        }

        async fn altered_rows(
            db: &impl Unscoped,
            drafts: &[(i64, &Draft)],
            ledger: &Ledger,
        ) -> Result<BTreeSet<i64>, DbErr> {
            let mut found = BTreeSet::new();
            $(let rows = drafts.iter().flat_map(|(id, draft)| $rows(*id, draft, ledger));
            found.extend(differing(db, drafts, $table::Column::ResourceId, rows).await?);)+
            Ok(found)
        }
    };
}

children! {
    contact_point: contacts,
    identifier: identifiers,
    care_service: services,
    medical_facility: medical,
    department: departments,
    schedule: schedules,
    local_details: details,
    resource_tag: tags,
}

/// A table whose rows belong to a resource.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Its columns, without a key that the database gives.
    pub(super) columns: Vec<&'static str>,
}

impl Table {
    pub(super) fn of<E: EntityTrait>() -> Self {
        let columns = E::Column::iter().map(|column| column.as_str());
        Self { name: E::default().table_name(), columns: columns.filter(|column| *column != "id").collect() }
    }
}

/// The tables whose rows are replaced as a whole when a resource changes.
pub(super) fn tables() -> Vec<Table> {
    let mut all = child_tables();
    all.extend([Table::of::<held_text::Entity>(), Table::of::<resource_search::Entity>()]);
    all
}

/// Stages the child rows of some facilities; the ledger of consents decides the visibility of their contacts.
pub(super) async fn stage(
    db: &impl ConnectionTrait,
    staged: StagedTables,
    drafts: &[(i64, &Draft)],
    ledger: &Ledger,
) -> Result<(), DbErr> {
    insert_into(db, &staged.name(schedule_rule::Entity.table_name()), rules(drafts)).await?;
    stage_rows(db, staged, drafts, ledger).await?;
    let held = drafts.iter().flat_map(|(id, draft)| held_texts(*id, draft));
    insert_into(db, &staged.name(held_text::Entity.table_name()), held).await?;
    // Only local lists contain districts; those that people recorded here for national facilities are kept.
    let districts = drafts.iter().flat_map(|(id, draft)| districts(*id, draft));
    insert_into(db, &staged.name(resource_district::Entity.table_name()), districts).await
}

/// The withheld texts of a draft; of two in one field the later one.
fn held_texts(id: i64, draft: &Draft) -> impl Iterator<Item = held_text::ActiveModel> + use<> {
    let held: BTreeMap<String, held_text::ActiveModel> = draft
        .held
        .iter()
        .map(|held| {
            let row = held_text::ActiveModel {
                resource_id: Set(id),
                field: Set(held.field.clone()),
                text: Set(held.text.clone()),
                reason: Set(held.reason),
            };
            (held.field.clone(), row)
        })
        .collect();
    held.into_values()
}

/// Internal keys of facilities whose stored child rows differ from their draft.
pub async fn altered(
    db: &impl Unscoped,
    drafts: &[(i64, &Draft)],
    ledger: &Ledger,
) -> Result<BTreeSet<i64>, DbErr> {
    let mut found = altered_rows(db, drafts, ledger).await?;
    // Districts of national facilities are recorded by people, not derived.
    let local: Vec<(i64, &Draft)> =
        drafts.iter().copied().filter(|(_, draft)| draft.local.is_some()).collect();
    let rows = local.iter().flat_map(|(id, draft)| districts(*id, draft));
    found.extend(differing(db, &local, resource_district::Column::ResourceId, rows).await?);
    Ok(found)
}

/// Internal keys of facilities whose rows in one table differ from the expected ones. The column `id`, which
/// the database assigns, is not compared.
async fn differing<A>(
    db: &impl Unscoped,
    drafts: &[(i64, &Draft)],
    resource: <A::Entity as EntityTrait>::Column,
    expected: impl Iterator<Item = A>,
) -> Result<BTreeSet<i64>, DbErr>
where
    A: ActiveModelTrait,
{
    type Column<A> = <<A as ActiveModelTrait>::Entity as EntityTrait>::Column;
    let compared: Vec<Column<A>> = Column::<A>::iter().filter(|column| column.to_string() != "id").collect();
    let mut rows: BTreeMap<(i64, String), (usize, usize)> = BTreeMap::new();
    let of_resource = |value: Value| <i64 as ValueType>::try_from(value).ok();
    for row in expected {
        let value = |column: &Column<A>| row.get(*column).into_value();
        let key = value(&resource).and_then(of_resource).unwrap_or_default();
        let told: Vec<Option<Value>> = compared.iter().map(value).collect();
        rows.entry((key, format!("{told:?}"))).or_default().0 += 1;
    }
    for chunk in drafts.chunks(CHUNK) {
        let below = resource.is_in(chunk.iter().map(|(id, _)| *id));
        for row in db.every::<A::Entity>().filter(below).all(db).await? {
            let key = of_resource(row.get(resource)).unwrap_or_default();
            let told: Vec<Option<Value>> = compared.iter().map(|column| Some(row.get(*column))).collect();
            rows.entry((key, format!("{told:?}"))).or_default().1 += 1;
        }
    }
    let differs = rows.into_iter().filter(|(_, (expected, stored))| expected != stored);
    Ok(differs.map(|((key, _), _)| key).collect())
}

/// The distinct rules; the key of a rule is derived from its text.
fn rules(drafts: &[(i64, &Draft)]) -> Vec<schedule_rule::ActiveModel> {
    let bodies: BTreeMap<i64, String> = drafts
        .iter()
        .flat_map(|(_, draft)| &draft.schedules)
        .map(|timing| timing.rule.to_json().unwrap_or_default())
        .map(|body| (rule_id(&body), body))
        .collect();
    bodies.into_iter().map(|(id, body)| schedule_rule::ActiveModel { id: Set(id), body: Set(body) }).collect()
}

fn schedules<'d>(
    id: i64,
    draft: &'d Draft,
    _: &Ledger,
) -> impl Iterator<Item = schedule::ActiveModel> + use<'d> {
    (0..).zip(&draft.schedules).map(move |(n, timing)| schedule::ActiveModel {
        resource_id: Set(id),
        ordinal: Set(n),
        rule_id: Set(rule_id(&timing.rule.to_json().unwrap_or_default())),
        label: Set(timing.label.clone()),
        raw_text: Set(timing.raw_text.clone()),
        venues: Set(serde_json::to_string(&timing.venues).ok().filter(|_| !timing.venues.is_empty())),
        ..Default::default()
    })
}

fn details(id: i64, draft: &Draft, _: &Ledger) -> Option<local_details::ActiveModel> {
    let local = draft.local.as_deref()?;
    let searchable = local.details.searchable();
    Some(local_details::ActiveModel {
        resource_id: Set(id),
        body: Set(local.details.body().unwrap_or_default()),
        visit_yen: Set(searchable.visit_yen),
        hour_yen: Set(searchable.hour_yen),
        partner: Set(serde_json::to_string(&local.partner).ok().filter(|_| !local.partner.is_empty())),
    })
}

fn tags<'d>(
    id: i64,
    draft: &'d Draft,
    _: &Ledger,
) -> impl Iterator<Item = resource_tag::ActiveModel> + use<'d> {
    let tags = draft.local.iter().flat_map(|local| local.details.searchable().tags);
    tags.map(move |tag| resource_tag::ActiveModel { resource_id: Set(id), tag: Set(tag) })
}

fn districts(id: i64, draft: &Draft) -> impl Iterator<Item = resource_district::ActiveModel> + '_ {
    let ids = draft.local.iter().flat_map(|local| &local.district_ids);
    ids.map(move |district| resource_district::ActiveModel {
        resource_id: Set(id),
        district_id: Set(*district),
    })
}

fn contacts<'d>(
    id: i64,
    draft: &'d Draft,
    ledger: &'d Ledger,
) -> impl Iterator<Item = contact_point::ActiveModel> + 'd {
    let uuid = draft.uuid();
    (0..).zip(&draft.contacts).map(move |(n, line)| {
        let effect = line.effect(uuid, ledger);
        let closed = effect.visibility != line.visibility;
        contact_point::ActiveModel {
            resource_id: Set(id),
            service_code: Set(line.service_code.clone()),
            ordinal: Set(n),
            kind: Set(line.kind),
            visibility: Set(effect.visibility),
            label: Set(line.label.clone()),
            phone: Set(line.phone.clone()),
            phone_e164: Set(line.phone_e164.clone()),
            fax: Set(line.fax.clone()),
            fax_e164: Set(line.fax_e164.clone()),
            email: Set(line.email.clone()),
            person_name: Set(line.person_name.clone()),
            public_until: Set(effect.public_until),
            partner_until: Set(effect.partner_until),
            care_until: Set(effect.care_until),
            base_visibility: Set(closed.then_some(line.visibility)),
            ..Default::default()
        }
    })
}

fn identifiers<'d>(
    id: i64,
    draft: &'d Draft,
    _: &Ledger,
) -> impl Iterator<Item = identifier::ActiveModel> + use<'d> {
    draft.identifiers.iter().map(move |(system, value)| identifier::ActiveModel {
        resource_id: Set(id),
        system: Set((*system).to_owned()),
        value: Set(value.clone()),
    })
}

fn services<'d>(
    id: i64,
    draft: &'d Draft,
    _: &Ledger,
) -> impl Iterator<Item = care_service::ActiveModel> + use<'d> {
    (0..).zip(&draft.services).map(move |(n, service)| care_service::ActiveModel {
        resource_id: Set(id),
        office_number: Set(service.office_number.clone()),
        service_code: Set(service.code.to_owned()),
        ordinal: Set(n),
        name: Set(service.name.clone()),
        name_kana: Set(service.name_kana.clone()),
        address: Set(service.address.clone()),
        building: Set(service.building.clone()),
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

fn medical(id: i64, draft: &Draft, _: &Ledger) -> Option<medical_facility::ActiveModel> {
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

fn departments(id: i64, draft: &Draft, _: &Ledger) -> Vec<department::ActiveModel> {
    let Some(medical) = &draft.medical else { return Vec::new() };
    let model = |(n, (code, name)): (i32, &(Option<String>, String))| department::ActiveModel {
        resource_id: Set(id),
        ordinal: Set(n),
        code: Set(code.clone()),
        name: Set(name.clone()),
    };
    (0..).zip(&medical.departments).map(model).collect()
}
