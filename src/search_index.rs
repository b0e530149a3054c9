//! Writes the search keys of resources from their stored rows: names, readings, places and categories. The picture
//! (`src/picture`) makes its text index of them. Stands above the kinds, as `local_kinds.rs` does.

use crate::auth::row_scope::Unscoped;
use crate::database::{Databases, UpgradeStep, json, keys, state};
use crate::local_kinds::Details;
use entity::enums::PublicationState;
use entity::{
    care_service, liaison_contact, local_details, medical_facility_department, municipality, organization,
    physician, resource, resource_search,
};
use japan::text::search_key;
use japan::{address, codes};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult,
    IntoActiveModel, IntoSimpleExpr, JoinType, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{HashMap, HashSet};

/// The rules are the way in which the keys are written.
pub const STEP: UpgradeStep = UpgradeStep { note: state::SEARCH_INDEX, rules: "2026-11-30.2" };
/// Resources that are read at a time.
const CHUNK: usize = 1_000;

/// Rows that are written in one statement.
const WRITTEN_AT_ONCE: usize = 400;

/// The search keys of a resource.
struct Document {
    /// Names, readings, aliases.
    names: Vec<String>,
    /// Address, organization and other texts to search in.
    others: Vec<String>,
}

/// The indexed columns of a resource.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Row {
    /// Internal key.
    pub id: i64,
    /// Kind (種別).
    pub kind: entity::enums::ResourceKind,
    /// Name (名称).
    pub name: String,
    /// Reading (名称カナ).
    pub name_kana: Option<String>,
    /// Name in everyday use (通称).
    pub alias: Option<String>,
    /// Code of the prefecture.
    pub prefecture_code: Option<String>,
    /// Code of the municipality.
    pub municipality_code: Option<String>,
    /// Address (住所).
    pub address: Option<String>,
    /// Building and floor (方書).
    pub building: Option<String>,
    /// Name of the organization that runs it.
    pub organization: Option<String>,
    /// Description (説明).
    pub description: Option<String>,
}

/// The indexed columns of a service.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Service {
    /// Internal key of the resource.
    pub resource_id: i64,
    /// Name.
    pub name: String,
    /// Reading.
    pub name_kana: Option<String>,
    /// Address, where it is another one than that of the facility.
    pub address: Option<String>,
    /// Building and floor, in the same way.
    pub building: Option<String>,
}

/// The indexed columns of a department.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Department {
    /// Internal key of the resource.
    pub resource_id: i64,
    /// Official code; `None`: it has none.
    pub code: Option<String>,
    /// Name.
    pub name: String,
}

/// The index row of a resource that is not stored yet.
pub fn keys(
    row: &Row,
    services: &[Service],
    departments: &[Department],
    details: Option<&Details>,
) -> resource_search::ActiveModel {
    row.document(services, departments, details).keys(row.id)
}

/// Writes the keys of a table in which names are searched.
macro_rules! rewrite_keys {
    ($turn:expr, $table:ident) => {
        for row in $turn.every::<$table::Entity>().all($turn).await? {
            let key = of_parts(&row.search_key);
            if key != row.search_key {
                let mut changed = row.into_active_model();
                changed.search_key = Set(key);
                changed.update($turn).await?;
            }
        }
    };
}

/// Rows by the resource they belong to.
type Owned<T> = HashMap<i64, Vec<T>>;

/// Writes the index of some resources from their stored rows.
///
/// # Errors
/// When the database fails, or stored facts cannot be read.
pub async fn write(db: &impl Unscoped, ids: &[i64]) -> Result<(), DbErr> {
    for ids in ids.chunks(CHUNK) {
        let mut services = owned(services(db, ids).await?, |service| service.resource_id);
        let mut departments = owned(departments(db, ids).await?, |department| department.resource_id);
        let mut details = details(db, ids).await?;
        let documents = rows(db, ids).await?.into_iter().map(|row| {
            let services = services.remove(&row.id).unwrap_or_default();
            let departments = departments.remove(&row.id).unwrap_or_default();
            let details = details.remove(&row.id).map(|body| of_kind(&row, &body)).transpose()?.flatten();
            Ok((row.id, row.document(&services, &departments, details.as_ref())))
        });
        let documents: Vec<_> = documents.collect::<Result<_, DbErr>>()?;
        Box::pin(replace(db, &documents)).await?;
    }
    Ok(())
}

/// Replaces the search keys of some resources.
async fn replace(db: &impl ConnectionTrait, documents: &[(i64, Document)]) -> Result<(), DbErr> {
    for chunk in documents.chunks(WRITTEN_AT_ONCE) {
        remove(db, &chunk.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await?;
        let keys = chunk.iter().map(|(id, document)| document.keys(*id));
        resource_search::Entity::insert_many(keys).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Takes resources out of the search.
async fn remove(db: &impl ConnectionTrait, ids: &[i64]) -> Result<(), DbErr> {
    let key = resource_search::Column::ResourceId.into_simple_expr();
    let of_these = keys::among(db.get_database_backend(), key, ids);
    resource_search::Entity::delete_many().filter(of_these).exec(db).await?;
    Ok(())
}

fn of_kind(row: &Row, body: &str) -> Result<Option<Details>, DbErr> {
    let facts = json::read(body, "local_details", row.id)?;
    Details::read(row.kind, facts)
        .map_err(|cause| DbErr::Type(format!("stored facts cannot be read: {cause}")))
}

impl Document {
    fn keys(&self, id: i64) -> resource_search::ActiveModel {
        resource_search::ActiveModel {
            resource_id: Set(id),
            names: Set(self.names.join("\n")),
            others: Set(self.others.join("\n")),
        }
    }
}

impl Row {
    fn document(
        &self,
        services: &[Service],
        departments: &[Department],
        details: Option<&Details>,
    ) -> Document {
        let own = [Some(&self.name), self.name_kana.as_ref(), self.alias.as_ref()];
        let of_services =
            services.iter().flat_map(|service| [Some(&service.name), service.name_kana.as_ref()]);
        let names = own.into_iter().chain(of_services).flatten().map(|name| search_key(name));
        let mut seen = HashSet::new();
        let names = names.filter(|name| !name.is_empty() && seen.insert(name.clone())).collect();
        let elsewhere = services.iter().flat_map(|service| [&service.address, &service.building]);
        let others = [&self.building, &self.organization, &self.description].into_iter().chain(elsewhere);
        let unofficial = departments.iter().filter(|department| department.code.is_none());
        let words = details.map(Details::words).unwrap_or_default();
        let others = others
            .filter_map(|text| text.as_deref())
            .chain(unofficial.map(|department| department.name.as_str()))
            .chain(words)
            .map(search_key);
        Document { names, others: std::iter::once(self.place()).chain(others).collect() }
    }

    /// The address from the prefecture on, whether or not it was written there.
    fn place(&self) -> String {
        let municipality = self.municipality_code.as_deref().and_then(codes::municipality);
        let prefecture = self.prefecture_code.as_deref().and_then(codes::prefecture);
        let area = format!("{}{}", prefecture.map_or("", |p| p.name), municipality.map_or("", |m| m.name));
        let rest = address::split(self.address.as_deref().unwrap_or_default(), prefecture).rest;
        search_key(&format!("{area}{rest}"))
    }
}

fn owned<T>(rows: Vec<T>, owner: impl Fn(&T) -> i64) -> Owned<T> {
    let mut owned: Owned<T> = HashMap::new();
    for row in rows {
        owned.entry(owner(&row)).or_default().push(row);
    }
    owned
}

async fn rows(db: &impl Unscoped, ids: &[i64]) -> Result<Vec<Row>, DbErr> {
    use resource::Column;
    let columns = [
        Column::Id,
        Column::Kind,
        Column::Name,
        Column::NameKana,
        Column::Alias,
        Column::PrefectureCode,
        Column::Address,
        Column::Building,
        Column::Description,
    ];
    let municipality = resource::Entity::belongs_to(municipality::Entity);
    let municipality = municipality.from(Column::MunicipalityId).to(municipality::Column::Id).into();
    let organization = resource::Entity::belongs_to(organization::Entity);
    let organization = organization.from(Column::OrganizationId).to(organization::Column::Id).into();
    db.every::<resource::Entity>()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .select_only()
        .columns(columns)
        .column_as(municipality::Column::Code, "municipality_code")
        .column_as(organization::Column::Name, "organization")
        .join(JoinType::LeftJoin, municipality)
        .join(JoinType::LeftJoin, organization)
        .into_model()
        .all(db)
        .await
}

async fn services(db: &impl Unscoped, ids: &[i64]) -> Result<Vec<Service>, DbErr> {
    use care_service::Column;
    let select = db.every::<care_service::Entity>().filter(Column::ResourceId.is_in(ids.iter().copied()));
    select.order_by_asc(Column::Ordinal).into_model().all(db).await
}

async fn departments(db: &impl Unscoped, ids: &[i64]) -> Result<Vec<Department>, DbErr> {
    use medical_facility_department::{Column, Entity};
    let select = db.every::<Entity>().filter(Column::ResourceId.is_in(ids.iter().copied()));
    select.order_by_asc(Column::Ordinal).into_model().all(db).await
}

async fn details(db: &impl Unscoped, ids: &[i64]) -> Result<HashMap<i64, String>, DbErr> {
    use local_details::Column;
    let select = db.every::<local_details::Entity>().filter(Column::ResourceId.is_in(ids.iter().copied()));
    let select = select.select_only().columns([Column::ResourceId, Column::Body]);
    Ok(select.into_tuple::<(i64, String)>().all(db).await?.into_iter().collect())
}

/// Writes the whole index again, in one transaction; nothing when it was written in this way already.
///
/// # Errors
/// When the database fails, or stored facts cannot be read.
pub async fn refresh(databases: &Databases) -> Result<(), DbErr> {
    let Some(turn) = STEP.begin(databases).await? else { return Ok(()) };
    // What an import withdrew is not in the index.
    let withdrawn =
        resource::Column::Digest.is_null().and(resource::Column::State.eq(PublicationState::Withdrawn));
    let ids: Vec<i64> = turn
        .every::<resource::Entity>()
        .filter(withdrawn.not())
        .select_only()
        .column(resource::Column::Id)
        .order_by_asc(resource::Column::Id)
        .into_tuple()
        .all(&turn)
        .await?;
    if !ids.is_empty() {
        tracing::info!(resources = ids.len(), "writing the text index again, as this version spells it");
    }
    write(&turn, &ids).await?;
    rewrite_keys!(&turn, physician);
    rewrite_keys!(&turn, liaison_contact);
    STEP.finish(turn).await
}

/// Keys of several texts: a search key of a folded text is that of the text itself.
fn of_parts(keys: &str) -> String {
    keys.split(' ').map(search_key).collect::<Vec<_>>().join(" ")
}
