//! A resource of each local kind for each mark, with schedules, words and private contacts.

use super::App;
use super::world::MARKS;
use chrono::Days;
use entity::enums::{
    ContactKind, LocationStatus, PositionPrecision, PublicationState, ResourceKind, ServiceArea, Visibility,
};
use entity::{
    contact_point, identifier, local_details, resource, resource_search, resource_tag, schedule,
    schedule_rule,
};
use japan::text::fold;
use japan::values::cell;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};
use yui::desks::DeskDetails;
use yui::desks::terms::DeskTopic;
use yui::gatherings::terms::{Activity, GatheringKind};
use yui::gatherings::{GatheringDetails, Venue};
use yui::import::uuid_of;
use yui::local_kinds::Details;
use yui::mutual_aid::MutualAidDetails;
use yui::mutual_aid::terms::AidCategory;
use yui::private_services::PrivateServiceDetails;
use yui::private_services::terms::PrivateServiceKind;
use yui::schedules::store::rule_id;

/// Every Thursday: dates and hours that are the same for all marks.
const RULE: &str = r#"{"rule":{"HOURS":"Th 10:00-11:30"},"holidays":"HELD","year_end":"HELD"}"#;

/// Writes them all, published; the caller gives them their states.
pub async fn write(app: &App) {
    let db = app.databases().writer();
    let rule = schedule_rule::ActiveModel { id: Set(rule_id(RULE)), body: Set(RULE.to_owned()) };
    let once = OnConflict::column(schedule_rule::Column::Id).do_nothing().to_owned();
    let insert = schedule_rule::Entity::insert(rule).on_conflict(once).try_insert();
    insert.exec_without_returning(db).await.expect("a rule is written");
    for (n, (_, mark)) in MARKS.iter().enumerate() {
        for (k, details) in kinds(mark).into_iter().enumerate() {
            one(db, mark, &details, (38.60 + n as f64 / 50.0, 139.72 + k as f64 / 100.0)).await;
        }
    }
}

fn kinds(mark: &str) -> [Details; 4] {
    let venue = Venue { name: Some(format!("{mark}会館")), kind: None };
    [
        Details::Gathering(Box::new(GatheringDetails {
            main_activity: Some(Activity::Exercise),
            venue: Some(venue),
            ..GatheringDetails::of(GatheringKind::Salon)
        })),
        Details::MutualAid(Box::new(MutualAidDetails {
            categories: vec![AidCategory::Garbage],
            recruit_note: Some(format!("{mark}の担い手")),
            ..MutualAidDetails::default()
        })),
        Details::PrivateService(Box::new(PrivateServiceDetails {
            kinds: vec![PrivateServiceKind::Meals],
            ..PrivateServiceDetails::default()
        })),
        Details::Desk(Box::new(DeskDetails {
            topics: vec![DeskTopic::SupportCenter],
            after_hours: Some(format!("{mark}へ")),
            ..DeskDetails::default()
        })),
    ]
}

async fn one(db: &impl ConnectionTrait, mark: &str, details: &Details, (latitude, longitude): (f64, f64)) {
    let noun = match details.kind() {
        ResourceKind::GatheringPlace => "サロン",
        ResourceKind::MutualAidGroup => "支え合い",
        ResourceKind::PrivateService => "配食",
        _ => "窓口",
    };
    let name = format!("{mark}{noun}");
    let searchable = details.searchable();
    let row = resource::ActiveModel {
        uuid: Set(uuid_of(&name)),
        kind: Set(details.kind()),
        state: Set(PublicationState::Published),
        sort_key: Set(fold(&name)),
        name: Set(name.clone()),
        description: Set(Some(format!("{mark}の説明"))),
        categories: Set(searchable.categories.join(",")),
        location_status: Set(LocationStatus::Located),
        latitude: Set(Some(latitude)),
        longitude: Set(Some(longitude)),
        position_precision: Set(Some(PositionPrecision::Source)),
        cell: Set(Some(cell::cell(latitude, longitude))),
        service_area: Set(ServiceArea::Everywhere),
        last_verified_on: Set(crate::support::clock::today().checked_sub_days(Days::new(1))),
        ..Default::default()
    };
    let id = row.insert(db).await.expect("a resource is written").id;
    let facts = local_details::ActiveModel {
        resource_id: Set(id),
        body: Set(details.body().expect("facts are JSON")),
        visit_yen: Set(searchable.visit_yen),
        hour_yen: Set(searchable.hour_yen),
        partner: Set(Some(r#"{"registered":22,"helpers":7}"#.to_owned())),
    };
    local_details::Entity::insert(facts).exec_without_returning(db).await.expect("facts are written");
    for tag in searchable.tags {
        let tag = resource_tag::ActiveModel { resource_id: Set(id), tag: Set(tag) };
        resource_tag::Entity::insert(tag).exec_without_returning(db).await.expect("a word is written");
    }
    below(db, id, mark, &name).await;
}

async fn below(db: &impl ConnectionTrait, id: i64, mark: &str, name: &str) {
    let code = identifier::ActiveModel {
        resource_id: Set(id),
        system: Set("local-id".to_owned()),
        value: Set(format!("desks:062031:{name}")),
    };
    identifier::Entity::insert(code).exec_without_returning(db).await.expect("a code is written");
    let schedule = schedule::ActiveModel {
        resource_id: Set(id),
        ordinal: Set(0),
        rule_id: Set(rule_id(RULE)),
        label: Set(Some(format!("{mark}の部"))),
        raw_text: Set(Some(format!("{mark} 毎週木曜"))),
        ..Default::default()
    };
    schedule.insert(db).await.expect("a schedule is written");
    let leader = contact_point::ActiveModel {
        resource_id: Set(id),
        ordinal: Set(0),
        kind: Set(ContactKind::LeaderPersonal),
        visibility: Set(Visibility::Coordinator),
        person_name: Set(Some("窓口丁の人".to_owned())),
        label: Set(Some("窓口丁".to_owned())),
        phone: Set(Some("090-0000-2004".to_owned())),
        ..Default::default()
    };
    leader.insert(db).await.expect("a contact is written");
    let keys = resource_search::ActiveModel {
        resource_id: Set(id),
        names: Set(fold(name)),
        others: Set(fold(mark)),
    };
    resource_search::Entity::insert(keys).exec_without_returning(db).await.expect("search keys are written");
}
