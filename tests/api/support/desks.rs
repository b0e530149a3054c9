//! Consultation desks that answer for districts, written straight into the tables.

use super::App;
use entity::enums::{LocationStatus, PublicationState, ResourceKind, ServiceArea};
use entity::{
    contact_point, district, identifier, local_details, municipality, resource, resource_district,
    resource_tag,
};
use japan::text::fold;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use yui::desks::DeskDetails;
use yui::desks::terms::DeskTopic;
use yui::import::uuid_of;
use yui::local_kinds::Details;

/// A desk as a test needs it.
#[derive(Clone, Copy)]
pub struct Desk<'d> {
    pub name: &'d str,
    pub topic: DeskTopic,
    pub state: PublicationState,
    /// `062031:D01`
    pub districts: &'d [&'d str],
}

impl<'d> Desk<'d> {
    /// A published support centre.
    pub fn center(name: &'d str, districts: &'d [&'d str]) -> Self {
        Self { name, topic: DeskTopic::SupportCenter, state: PublicationState::Published, districts }
    }
}

/// Writes desks in order; their number in the list of the city is their name.
pub async fn write(app: &App, desks: &[Desk<'_>]) {
    for desk in desks {
        one(app, desk).await;
    }
}

async fn one(app: &App, desk: &Desk<'_>) {
    let db = app.databases().writer();
    let details = DeskDetails { topics: vec![desk.topic], ..DeskDetails::default() };
    let details = Details::Desk(Box::new(details));
    let searchable = details.searchable();
    let row = resource::ActiveModel {
        uuid: Set(uuid_of(desk.name)),
        kind: Set(ResourceKind::ConsultationDesk),
        state: Set(desk.state),
        name: Set(desk.name.to_owned()),
        sort_key: Set(fold(desk.name)),
        categories: Set(searchable.categories.join(",")),
        municipality_id: Set(municipality_id(app, "062031").await),
        location_status: Set(LocationStatus::Unknown),
        service_area: Set(ServiceArea::Districts),
        ..Default::default()
    };
    let id = row.insert(db).await.expect("a desk is written").id;
    let body = details.body().expect("facts are JSON");
    let facts = local_details::ActiveModel { resource_id: Set(id), body: Set(body), ..Default::default() };
    local_details::Entity::insert(facts).exec_without_returning(db).await.expect("facts are written");
    for tag in searchable.tags {
        let tag = resource_tag::ActiveModel { resource_id: Set(id), tag: Set(tag) };
        resource_tag::Entity::insert(tag).exec_without_returning(db).await.expect("a word is written");
    }
    let (system, value) = ("local-id".to_owned(), format!("desks:062031:{}", desk.name));
    let code = identifier::ActiveModel { resource_id: Set(id), system: Set(system), value: Set(value) };
    identifier::Entity::insert(code).exec_without_returning(db).await.expect("a code is written");
    let line = contact_point::ActiveModel {
        resource_id: Set(id),
        ordinal: Set(0),
        kind: Set(entity::enums::ContactKind::Representative),
        visibility: Set(entity::enums::Visibility::Public),
        phone: Set(Some("0235-00-0001".to_owned())),
        ..Default::default()
    };
    line.insert(db).await.expect("a contact is written");
    for code in desk.districts {
        serve(app, id, code).await;
    }
}

/// Lets a resource answer for a district.
pub async fn serve(app: &App, resource_id: i64, code: &str) {
    let district_id = district_id(app, code).await;
    let serves =
        resource_district::ActiveModel { resource_id: Set(resource_id), district_id: Set(district_id) };
    let insert = resource_district::Entity::insert(serves);
    insert.exec_without_returning(app.databases().writer()).await.expect("a district is written");
}

/// Moves the office of a desk into another district.
pub async fn move_office(app: &App, name: &str, district: &str) {
    let id = district_id(app, district).await;
    let desk = resource::Entity::update_many().filter(resource::Column::Name.eq(name));
    let moved = desk.col_expr(resource::Column::HomeDistrictId, Expr::value(id));
    let moved = moved.col_expr(resource::Column::Address, Expr::value("山形県鶴岡市見本町9"));
    assert_eq!(moved.exec(app.databases().writer()).await.expect("an office moves").rows_affected, 1);
}

/// The key of a district, `062031:D01`.
pub async fn district_id(app: &App, code: &str) -> i64 {
    let (municipality, code) = code.split_once(':').expect("062031:D01");
    let here = municipality_id(app, municipality).await.expect("a municipality that was met");
    let select = district::Entity::find().filter(district::Column::MunicipalityId.eq(here));
    let found = select.filter(district::Column::Code.eq(code)).one(&app.databases().read).await;
    found.expect("districts are read").expect("the district").id
}

/// The key of a municipality the directory has met.
pub async fn municipality_id(app: &App, code: &str) -> Option<i64> {
    let select = municipality::Entity::find().filter(municipality::Column::Code.eq(code));
    Some(select.one(&app.databases().read).await.expect("municipalities are read")?.id)
}
