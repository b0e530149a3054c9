//! Places with schedules of every shape, written straight into the tables: these tests check the graph's
//! answers, not the import.

use crate::support::App;
use chrono::{Days, NaiveDate};
use entity::enums::{LocationStatus, PublicationState, ResourceKind, ServiceArea};
use entity::{resource, schedule, schedule_rule};
use hours::schedule::Schedule;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use yui::import::uuid_of;
use yui::schedules::store::rule_id;

/// Rules as stored, one of every shape.
pub const RULES: [&str; 14] = [
    r#"{"rule":{"HOURS":"Mo-Fr 09:00-17:00"},"holidays":"CANCELLED","year_end":"CANCELLED"}"#,
    r#"{"rule":{"HOURS":"Th[2,4] 10:00-11:30"}}"#,
    r#"{"rule":{"HOURS":"Tu 13:30-15:00"},"holidays":"HELD","year_end":"HELD"}"#,
    r#"{"rule":{"HOURS":"Fr,Sa 22:00-02:00"},"holidays":"HELD","year_end":"HELD"}"#,
    r#"{"rule":{"HOURS":"Mo-Su 00:00-24:00"},"holidays":"HELD","year_end":"HELD"}"#,
    r#"{"rule":{"HOURS":"Th 10:00-12:00"},"closures":[{"from":{"month":12,"day":1},"to":{"month":3,"day":31},"label":"冬期休止"}]}"#,
    r#"{"rule":{"UNDATED":{"why":"IRREGULAR"}}}"#,
    r#"{"rule":{"HOURS":"We 10:00-12:00"},"by_appointment":true}"#,
    r#"{"rule":{"HOURS":"Mo-Su 08:00-20:00"},"holidays":"HELD","year_end":"HELD","valid_from":"2026-12-01"}"#,
    r#"{"rule":{"HOURS":"Mo-Su 08:00-20:00"},"holidays":"HELD","year_end":"HELD","valid_to":"2026-11-30"}"#,
    r#"{"rule":{"FORTNIGHTLY":{"hours":"Mo 10:00-12:00","from":"2026-11-09"}},"holidays":"CANCELLED","year_end":"CANCELLED"}"#,
    r#"{"rule":{"HOURS":"Sa[-1] 11:00-13:00"},"holidays":"HELD","year_end":"CANCELLED","cancelled":["2026-11-28"],"added":["2026-11-21"]}"#,
    r#"{"rule":{"HOURS":"Mo-Sa 09:00-12:00"},"holidays":{"OWN_HOURS":[{"start":"10:00:00","end":"11:00:00"}]},"year_end":"CANCELLED"}"#,
    r#"{"rule":{"HOURS":"We[1,3] 09:30-11:30"},"holidays":{"MOVED":{"nth":{"Of":2},"weekday":"Wed"}},"year_end":"CANCELLED"}"#,
];

/// A place as a test needs it.
pub struct Place {
    pub name: String,
    pub kind: ResourceKind,
    pub state: PublicationState,
    pub verified: Option<NaiveDate>,
    pub suspended: (Option<NaiveDate>, Option<NaiveDate>),
    pub rules: Vec<&'static str>,
}

impl Place {
    /// Published, verified yesterday, following some rules.
    pub fn following(name: &str, rules: &[&'static str]) -> Self {
        Self {
            name: name.to_owned(),
            kind: ResourceKind::CareFacility,
            state: PublicationState::Published,
            verified: crate::support::clock::today().checked_sub_days(Days::new(1)),
            suspended: (None, None),
            rules: rules.to_vec(),
        }
    }
}

/// Writes places in order.
pub async fn write(app: &App, places: &[Place]) {
    let db = app.databases().writer();
    for (n, place) in (1..).zip(places) {
        row(n, place).insert(db).await.expect("a new resource");
        for (ordinal, rule) in (0..).zip(&place.rules) {
            let body = Schedule::from_json(rule).expect("a rule").to_json().expect("its text");
            let id = rule_id(&body);
            let once = OnConflict::column(schedule_rule::Column::Id).do_nothing().to_owned();
            let rule = schedule_rule::ActiveModel { id: Set(id), body: Set(body) };
            let insert = schedule_rule::Entity::insert(rule).on_conflict(once).try_insert();
            insert.exec_without_returning(db).await.expect("a rule is written");
            let follows = schedule::ActiveModel {
                resource_id: Set(n),
                ordinal: Set(ordinal),
                rule_id: Set(id),
                ..Default::default()
            };
            follows.insert(db).await.expect("a schedule is written");
        }
    }
}

fn row(id: i64, place: &Place) -> resource::ActiveModel {
    resource::ActiveModel {
        id: Set(id),
        uuid: Set(uuid_of(&format!("place:{id}"))),
        kind: Set(place.kind),
        state: Set(place.state),
        name: Set(place.name.clone()),
        sort_key: Set(place.name.clone()),
        categories: Set(String::new()),
        location_status: Set(LocationStatus::Unknown),
        service_area: Set(ServiceArea::Unknown),
        last_verified_on: Set(place.verified),
        suspended_from: Set(place.suspended.0),
        suspended_to: Set(place.suspended.1),
        ..Default::default()
    }
}

/// A day of the months around the one the tests look at.
pub fn day(month: u32, day: u32) -> NaiveDate {
    let year = if month < 6 { 2027 } else { 2026 };
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// The names of the nodes of a list.
pub fn names(list: &serde_json::Value) -> Vec<String> {
    crate::resources::support::texts(&list["nodes"], "name")
}
