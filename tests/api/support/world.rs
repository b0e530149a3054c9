//! A directory with a record of every state and a contact of every visibility, and the same directory as if
//! the rows hidden from a viewer had never been entered.

use super::viewers::Viewer;
use super::{App, desks, fixtures, local, marked_desks, sheets};
use entity::enums::{ContactKind, PublicationState, ResourceKind, Visibility};
use entity::{contact_point, district, identifier, organization, resource};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use yui::id::{NodeId, NodeType};

/// Every state, and the mark that all texts of its records have.
pub const MARKS: [(PublicationState, &str); 5] = [
    (PublicationState::Draft, "しるし甲"),
    (PublicationState::Published, "しるし丙"),
    (PublicationState::Suspended, "しるし丁"),
    (PublicationState::Ended, "しるし戊"),
    (PublicationState::Withdrawn, "しるし己"),
];

/// Every visibility and the label of the contact that has it, at the published care facility.
pub const CONTACTS: [(Visibility, &str); 5] = [
    (Visibility::Public, "窓口甲"),
    (Visibility::Partner, "窓口乙"),
    (Visibility::CareProfessional, "窓口丙"),
    (Visibility::Coordinator, "窓口丁"),
    (Visibility::Admin, "窓口戊"),
];

/// More than a map shows one by one.
const CROWD: usize = 220;

/// A directory to be looked at by different viewers.
pub struct World {
    pub app: App,
    /// The query variables for each marked record: `id`, `system`, `value`, `text`, `bounds`, `near`.
    pub clues: Vec<Value>,
}

impl World {
    pub async fn create() -> Self {
        let app = App::start().await;
        // Without outlines the municipalities of a box follow from its records; hidden ones must not count.
        app.import(fixtures::TOWNS_FILE, fixtures::towns()).await;
        app.import(fixtures::CARE_FILE, fixtures::care()).await;
        app.import(fixtures::MEDICAL_LIST_FILE, fixtures::medical_list()).await;
        app.import("marked_20260601.csv", &care()).await;
        app.import("01_marked_20260601.csv", &medical()).await;
        app.import("crowd_20260601.csv", &crowd()).await;
        local::write(&app).await;
        answer_for_a_district(&app).await;
        for (state, mark) in MARKS {
            let marked = resource::Entity::update_many().filter(resource::Column::Name.contains(mark));
            let changed = marked.col_expr(resource::Column::State, Expr::value(state));
            changed.exec(app.databases().writer()).await.expect("states change");
        }
        settle(&app).await;
        insert_contacts(&app).await;
        sheets::write(&app).await;
        marked_desks::write(&app).await;
        let clues = clues(&app).await;
        Self { app, clues }
    }

    /// Removes the records that a viewer may not know about.
    pub async fn forget_unseen_by(&self, viewer: Viewer) {
        sheets::forget_unseen_by(&self.app, viewer).await;
        marked_desks::forget_unseen_by(&self.app, viewer).await;
        self.forget_all_but(viewer.states(), viewer.contacts()).await;
    }

    /// Removes the rows that a viewer of these states and visibilities may not read.
    async fn forget_all_but(&self, states: &[PublicationState], visibilities: &[Visibility]) {
        let db = self.app.databases().writer();
        let hidden = resource::Entity::find()
            .filter(resource::Column::State.is_not_in(states.iter().copied()))
            .all(db)
            .await
            .expect("records are read");
        let ids: Vec<i64> = hidden.into_iter().map(|row| row.id).collect();
        let gone = resource::Entity::delete_many().filter(resource::Column::Id.is_in(ids));
        gone.exec(db).await.expect("records go");
        let contacts = contact_point::Column::Visibility.is_not_in(visibilities.iter().copied());
        let gone = contact_point::Entity::delete_many().filter(contacts);
        gone.exec(db).await.expect("contacts go");
    }
}

/// Every desk answers for the district D01, and has a coordinator.
async fn answer_for_a_district(app: &App) {
    let districts = "municipality_code,district_code,district_name,town\n\
                     062031,D01,見本圏域,泉町\n062031,D02,見本の隣の圏域,馬場町\n";
    app.import("districts.csv", districts).await;
    let db = app.databases().writer();
    let here = desks::municipality_id(app, "062031").await;
    let all = resource::Entity::find().filter(resource::Column::Kind.eq(ResourceKind::ConsultationDesk));
    let mut coordinators = "市区町村コード,層,担当地区,所属,相談窓口の管理番号\n".to_owned();
    for desk in all.order_by_asc(resource::Column::Id).all(db).await.expect("desks are read") {
        desks::serve(app, desk.id, "062031:D01").await;
        let moved = resource::Entity::update_many().filter(resource::Column::Id.eq(desk.id));
        let moved = moved.col_expr(resource::Column::MunicipalityId, Expr::value(here));
        moved.exec(db).await.expect("a desk stands somewhere");
        coordinators += &format!("062031,2,D01,見本市社協,{}\n", desk.name);
    }
    let report = app.import("coordinators_20260601.csv", &coordinators).await;
    assert_eq!((report.created, report.warnings.len()), (MARKS.len() as u64, 0));
}

/// Every marked record stands in the district D01, and one office runs those of the marks 甲 and 丙.
async fn settle(app: &App) {
    let offices = "組織コード,組織名\nOWNER,見本の持ち主\nFOREIGN,見本のよその事業所\n\
        LISTED,見本の配布先\n";
    assert_eq!(app.import("organizations.csv", offices).await.created, 3);
    let db = app.databases().writer();
    let here = district::Entity::find().filter(district::Column::Code.eq("D01")).one(db).await;
    let here = here.expect("districts are read").expect("the district").id;
    let owner = organization::Entity::find().filter(organization::Column::Code.eq("OWNER")).one(db).await;
    let owner = owner.expect("organizations are read").expect("the owner").id;
    for (state, mark) in MARKS {
        let mut settled = resource::Entity::update_many()
            .filter(resource::Column::Name.contains(mark))
            .col_expr(resource::Column::HomeDistrictId, Expr::value(here));
        if matches!(state, PublicationState::Draft | PublicationState::Published) {
            settled = settled.col_expr(resource::Column::OrganizationId, Expr::value(owner));
        }
        settled.exec(db).await.expect("records are settled");
    }
}

/// One care facility for each state, two kilometres apart.
fn care() -> String {
    let header =
        "事業所名,サービスの種類,住所,方書（ビル名等）,緯度,経度,電話番号,法人の名称,事業所番号,備考\n";
    let row = |(n, (_, mark)): (usize, &(PublicationState, &str))| {
        let latitude = 38.60 + n as f64 / 50.0;
        format!(
            "{mark}事業所,通所介護,山形県鶴岡市泉町{n},{mark}ビル,{latitude:.4},139.70,0235-00-10{n:02},\
             {mark}法人,067079901{n},{mark}\n"
        )
    };
    header.to_owned() + &MARKS.iter().enumerate().map(row).collect::<String>()
}

/// One clinic for each state.
fn medical() -> String {
    let header = "ID,正式名称,機関区分,所在地,所在地座標（緯度）,所在地座標（経度）,診療科目\n";
    let row = |(n, (_, mark)): (usize, &(PublicationState, &str))| {
        let latitude = 38.60 + n as f64 / 50.0;
        format!("6110799001{n},{mark}医院,2,山形県鶴岡市馬場町{n},{latitude:.4},139.80,{mark}科\n")
    };
    header.to_owned() + &MARKS.iter().enumerate().map(row).collect::<String>()
}

/// Many offices close to each other in the next city.
fn crowd() -> String {
    let header = "事業所名,サービスの種類,住所,緯度,経度,事業所番号\n";
    let row = |n: usize| {
        let longitude = 139.83 + n as f64 / 10_000.0;
        format!("見本群衆{n},訪問介護,山形県酒田市本町{n},38.9100,{longitude:.4},0670899{n:03}\n")
    };
    header.to_owned() + &(0..CROWD).map(row).collect::<String>()
}

async fn insert_contacts(app: &App) {
    let db = app.databases().writer();
    let published = resource::Entity::find().filter(resource::Column::Name.eq("しるし丙事業所"));
    let published = published.one(db).await.expect("records are read").expect("the published care facility");
    for (n, (visibility, label)) in (1..).zip(CONTACTS) {
        let contact = contact_point::ActiveModel {
            resource_id: Set(published.id),
            service_code: Set(Some("150".to_owned())),
            ordinal: Set(100 + n),
            kind: Set(ContactKind::Staff),
            visibility: Set(visibility),
            label: Set(Some(label.to_owned())),
            phone: Set(Some(format!("0235-00-20{n:02}"))),
            phone_e164: Set(Some(format!("+812350020{n:02}"))),
            email: Set(Some(format!("{n}@example.jp"))),
            ..Default::default()
        };
        contact.insert(db).await.expect("a contact is written");
    }
}

async fn clues(app: &App) -> Vec<Value> {
    let db = &app.databases().read;
    let mut clues = Vec::new();
    for (_, mark) in MARKS {
        let versions = [sheets::id_of(app, mark, 1).await, sheets::id_of(app, mark, 2).await];
        let (entry, physician) = sheets::named(app, mark).await;
        let (acceptance, report) = marked_desks::said(app, mark).await;
        let marked = resource::Entity::find().filter(resource::Column::Name.contains(mark));
        for row in marked.order_by_asc(resource::Column::Id).all(db).await.expect("records are read") {
            let codes = identifier::Entity::find().filter(identifier::Column::ResourceId.eq(row.id));
            let code = codes.one(db).await.expect("codes are read").expect("an imported record has a code");
            let id = async_graphql::ID::from(NodeId::new(NodeType::Resource(row.kind), row.uuid));
            let (latitude, longitude) = row.latitude.zip(row.longitude).expect("marked records have a place");
            clues.push(json!({
                "id": id.as_str(), "system": system(&code.system), "value": code.value, "text": row.name, "sheet": versions[1], "versions": versions,
                "entry": entry, "physician": physician, "acceptance": acceptance, "report": report,
                "near": { "latitude": latitude, "longitude": longitude, "withinMeters": 100 },
                "bounds": {
                    "south": latitude - 0.001, "north": latitude + 0.001,
                    "west": longitude - 0.001, "east": longitude + 0.001,
                },
            }));
        }
    }
    clues
}

/// The word of the schema for a stored system of codes.
fn system(stored: &str) -> String {
    stored.to_uppercase().replace('-', "_")
}
