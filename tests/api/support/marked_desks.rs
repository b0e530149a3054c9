//! Desks, acceptances and vacancies of the marked world: a desk of every marked clinic for the office LISTED,
//! and acceptances of every marked care facility for all care professionals.

use super::App;
use super::professionals::{ACCEPTANCES, DESKS, take};
use super::viewers::Viewer;
use super::world::MARKS;
use entity::enums::PublicationState;
use entity::{
    distribution, liaison_contact, liaison_contact_tag, medical_acceptance, resource, vacancy_report,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;
use yui::acceptances::acceptance_id;
use yui::id::{NodeId, NodeType};

/// Writes them by the lists a city imports.
pub async fn write(app: &App) {
    let (mut desks, mut taking) = (String::new(), String::new());
    for (n, (state, mark)) in MARKS.into_iter().enumerate() {
        // A list does not know facilities that were withdrawn.
        if state == PublicationState::Withdrawn {
            continue;
        }
        let clinic = format!("06:6110799001{n}");
        desks += &format!(
            "{mark},{mark}医院,医療機関（無床）,{clinic},,,,{mark}の担当,0235-88-100{n},電話,毎日 9:00～17:00,,,配布先に限る,LISTED,{mark},\n"
        );
        taking += &format!("{mark}事業所,067079901{n},通所介護,○,{mark},○,,,◎,2,,,\n");
    }
    take(app, DESKS, &desks).await;
    take(app, ACCEPTANCES, &taking).await;
    at_the_same_instant(app).await;
}

/// The public ids of the acceptance of the care facility of a mark, and of its report; of none where there is no
/// report.
pub async fn said(app: &App, mark: &str) -> (String, String) {
    let facility = resource::Entity::find().filter(resource::Column::Name.eq(format!("{mark}事業所")));
    let facility =
        facility.one(&app.databases().read).await.expect("records are read").expect("a marked facility");
    let report = vacancy_report::Entity::find().filter(vacancy_report::Column::ResourceId.eq(facility.id));
    let report = report.one(&app.databases().read).await.expect("reports are read");
    let report = NodeId::new(NodeType::VacancyReport, report.map_or(Uuid::max(), |report| report.uuid));
    (acceptance_id(facility.uuid, "150").text(), report.text())
}

/// So that two worlds answer alike.
async fn at_the_same_instant(app: &App) {
    let db = app.databases().writer();
    for report in vacancy_report::Entity::find().all(db).await.expect("reports are read") {
        let same = vacancy_report::ActiveModel {
            id: Set(report.id),
            uuid: Set(Uuid::from_u128(u128::from(report.resource_id.unsigned_abs()))),
            reported_at: Set(1_790_000_000_000),
            expires_at: Set(4_000_000_000_000),
            ..Default::default()
        };
        same.update(db).await.expect("a report is changed");
    }
}

/// Removes the records that a viewer may not know about.
pub async fn forget_unseen_by(app: &App, viewer: Viewer) {
    let db = app.databases().writer();
    let of = |states: &'static [PublicationState]| {
        let hidden =
            resource::Entity::find().filter(resource::Column::State.is_not_in(states.iter().copied()));
        async move {
            let hidden = hidden.all(db).await.expect("records are read");
            hidden.into_iter().map(|row| row.id).collect::<Vec<_>>()
        }
    };
    let gone = liaison_contact::Column::ResourceId.is_in(of(viewer.desks()).await);
    let desks = liaison_contact::Entity::find().filter(gone).all(db).await.expect("desks are read");
    let ids = || desks.iter().map(|desk| desk.id);
    let tags = liaison_contact_tag::Column::ContactId.is_in(ids());
    liaison_contact_tag::Entity::delete_many().filter(tags).exec(db).await.expect("tags go");
    let lists = distribution::Column::ThingUuid.is_in(desks.iter().map(|desk| desk.uuid));
    distribution::Entity::delete_many().filter(lists).exec(db).await.expect("lists go");
    let gone = liaison_contact::Column::Id.is_in(ids());
    liaison_contact::Entity::delete_many().filter(gone).exec(db).await.expect("desks go");
    let unseen = of(viewer.taking()).await;
    let gone = medical_acceptance::Column::ResourceId.is_in(unseen.iter().copied());
    medical_acceptance::Entity::delete_many().filter(gone).exec(db).await.expect("acceptances go");
    let gone = vacancy_report::Column::ResourceId.is_in(unseen);
    vacancy_report::Entity::delete_many().filter(gone).exec(db).await.expect("reports go");
}
