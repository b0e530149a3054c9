//! Liaison sheets of the marked world: of every marked clinic, in two versions, watched by every viewer.

use super::liaison::{channel, entry};
use super::viewers::Viewer;
use super::world::MARKS;
use super::{App, Person};
use crate::support::clock;
use chrono::NaiveDate;
use entity::enums::{ConsentMethod, PublicationState};
use entity::{
    affiliation, distribution, liaison_entry, liaison_entry_tag, liaison_sheet, liaison_watch, organization,
    physician, resource,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use std::collections::HashSet;
use uuid::Uuid;
use yui::audit::Author;
use yui::database::ImportTurn;
use yui::id::{NodeId, NodeType};
use yui::liaison::facts::{Channel, SheetFacts};
use yui::liaison::review_due;
use yui::liaison::sheets::versions::{Draft, DraftEntry, store};
use yui::liaison::terms::ContactChannel;

/// The name of a physician of a marked clinic and their number, which occur nowhere else.
pub fn physician_of(mark: &str) -> String {
    format!("{mark}の医師")
}

/// The clinic of a mark.
fn clinic_of(mark: &str) -> String {
    format!("{mark}医院")
}

/// Writes the sheets. The office LISTED is on the list of the newest version of all but the suspended clinic's; that
/// which ended has withdrawn its consent.
pub async fn write(app: &App) {
    let db = app.databases().writer();
    let listed = organization::Entity::find().filter(organization::Column::Code.eq("LISTED")).one(db).await;
    let listed = listed.expect("organizations are read").expect("the office").id;
    for (n, (state, mark)) in MARKS.into_iter().enumerate() {
        let clinic =
            resource::Entity::find().filter(resource::Column::Name.eq(clinic_of(mark))).one(db).await;
        let clinic = clinic.expect("records are read").expect("a marked clinic");
        for by in [ContactChannel::Fax, ContactChannel::Phone] {
            let reach = Channel { target: Some(format!("0235-77-100{n}")), ..channel(by, "Tu 12:30-13:00") };
            let said = entry(&physician_of(mark), vec![reach]);
            let tx = ImportTurn::begin(app.databases(), false).await.expect("a transaction");
            let draft = draft(&clinic, said);
            store::replace(&tx, &Author::command_line(), &draft).await.expect("a sheet").expect("a version");
            tx.commit().await.expect("it stays");
        }
        if state != PublicationState::Suspended {
            let row = distribution::ActiveModel {
                thing_uuid: Set(uuid_of(&clinic, 2)),
                organization_id: Set(listed),
                covers_children: Set(false),
            };
            row.insert(db).await.expect("a reader is written");
        }
        let watch = liaison_watch::ActiveModel {
            subject: Set(format!("idp:{}", Person::SUBJECT)),
            resource_id: Set(clinic.id),
            since: Set(1_790_000_000_000),
        };
        watch.insert(db).await.expect("a watch is written");
        if state == PublicationState::Ended {
            let withdrawn = liaison_sheet::Entity::update_many()
                .col_expr(liaison_sheet::Column::ConsentWithdrawnOn, Expr::value(clock::today()))
                .filter(liaison_sheet::Column::ResourceId.eq(clinic.id));
            withdrawn.exec(db).await.expect("a consent is withdrawn");
        }
    }
    at_the_same_instant(app).await;
}

/// So that two worlds answer alike.
async fn at_the_same_instant(app: &App) {
    use liaison_sheet::{Column, Entity};
    let db = app.databases().writer();
    let recorded = Entity::update_many().col_expr(Column::RecordedAt, Expr::value(1_790_000_000_000_i64));
    recorded.exec(db).await.expect("sheets are changed");
    let replaced = Entity::update_many().col_expr(Column::ReplacedAt, Expr::value(1_790_000_000_000_i64));
    replaced.filter(Column::ReplacedAt.is_not_null()).exec(db).await.expect("sheets are changed");
}

fn draft(clinic: &resource::Model, said: DraftEntry) -> Draft {
    let day = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
    Draft {
        resource_id: clinic.id,
        resource_uuid: clinic.uuid,
        issuer: "見本市医師会".to_owned(),
        issued_on: day,
        as_of: day,
        review_due_on: review_due(day),
        facts: SheetFacts::default(),
        consent_method: ConsentMethod::Written,
        consented_on: day,
        entries: vec![said],
        left: Vec::new(),
    }
}

fn uuid_of(clinic: &resource::Model, version: i32) -> Uuid {
    Uuid::new_v5(&clinic.uuid, format!("liaison-sheet:{version}").as_bytes())
}

/// The public id of a version of the sheet of a mark.
pub async fn id_of(app: &App, mark: &str, version: i32) -> String {
    let clinic = resource::Entity::find().filter(resource::Column::Name.eq(clinic_of(mark)));
    let clinic = clinic.one(&app.databases().read).await.expect("records are read").expect("a marked clinic");
    NodeId::new(NodeType::LiaisonSheet, uuid_of(&clinic, version)).text()
}

/// The public ids of the physician of a mark and of what the newest version says of them.
pub async fn named(app: &App, mark: &str) -> (String, String) {
    let db = &app.databases().read;
    let physician = physician::Entity::find().filter(physician::Column::Name.eq(physician_of(mark)));
    let physician = physician.one(db).await.expect("physicians are read").expect("a physician");
    let entry = liaison_entry::Entity::find()
        .join(JoinType::InnerJoin, liaison_entry::Relation::Affiliation.def())
        .filter(affiliation::Column::PhysicianId.eq(physician.id))
        .order_by_desc(liaison_entry::Column::Id);
    let entry = entry.one(db).await.expect("entries are read").expect("an entry");
    let id = |node, uuid| NodeId::new(node, uuid).text();
    (id(NodeType::PhysicianEntry, entry.uuid), id(NodeType::Physician, physician.uuid))
}

/// Takes away the sheets and watches a viewer may not know about, and physicians of no other sheet.
pub async fn forget_unseen_by(app: &App, viewer: Viewer) {
    let db = app.databases().writer();
    let sheets = with_clinics(app).await;
    let unseen = |sheet: &liaison_sheet::Model, clinic: &resource::Model| {
        let readable = viewer.sheets().contains(&clinic.state);
        !readable || (sheet.version == 1 && !viewer.reads_history())
    };
    let gone: Vec<_> = sheets.iter().filter(|(sheet, clinic)| unseen(sheet, clinic)).collect();
    let ids: Vec<i64> = gone.iter().map(|(sheet, _)| sheet.id).collect();
    let entries = liaison_entry::Entity::find().filter(liaison_entry::Column::SheetId.is_in(ids.clone()));
    let entries = entries.all(db).await.expect("entries are read");
    let tags = liaison_entry_tag::Column::EntryId.is_in(entries.iter().map(|entry| entry.id));
    liaison_entry_tag::Entity::delete_many().filter(tags).exec(db).await.expect("tags go");
    let said = liaison_entry::Column::SheetId.is_in(ids.clone());
    liaison_entry::Entity::delete_many().filter(said).exec(db).await.expect("entries go");
    let lists = distribution::Column::ThingUuid.is_in(gone.iter().map(|(sheet, _)| sheet.uuid));
    distribution::Entity::delete_many().filter(lists).exec(db).await.expect("lists go");
    let versions = liaison_sheet::Column::Id.is_in(ids);
    liaison_sheet::Entity::delete_many().filter(versions).exec(db).await.expect("sheets go");
    let hidden = sheets.iter().filter(|(_, clinic)| !viewer.states().contains(&clinic.state));
    let hidden = liaison_watch::Column::ResourceId.is_in(hidden.map(|(_, clinic)| clinic.id));
    liaison_watch::Entity::delete_many().filter(hidden).exec(db).await.expect("watches go");
    forget_strangers(app).await;
}

/// Every version, with the clinic whose sheet it is.
async fn with_clinics(app: &App) -> Vec<(liaison_sheet::Model, resource::Model)> {
    let db = app.databases().writer();
    let sheets = liaison_sheet::Entity::find().all(db).await.expect("sheets are read");
    let clinics = resource::Column::Id.is_in(sheets.iter().map(|sheet| sheet.resource_id));
    let clinics = resource::Entity::find().filter(clinics).all(db).await.expect("records are read");
    let clinic = |id: i64| clinics.iter().find(|clinic| clinic.id == id).expect("a clinic").clone();
    sheets.into_iter().map(|sheet| (sheet.clone(), clinic(sheet.resource_id))).collect()
}

async fn forget_strangers(app: &App) {
    let db = app.databases().writer();
    let said = liaison_entry::Entity::find().all(db).await.expect("entries are read");
    let named: HashSet<i64> = said.iter().map(|entry| entry.affiliation_id).collect();
    let gone = affiliation::Column::Id.is_not_in(named);
    affiliation::Entity::delete_many().filter(gone).exec(db).await.expect("affiliations go");
    let left = affiliation::Entity::find().all(db).await.expect("affiliations are read");
    let gone = physician::Column::Id.is_not_in(left.iter().map(|affiliation| affiliation.physician_id));
    physician::Entity::delete_many().filter(gone).exec(db).await.expect("physicians go");
}
