//! The number of statements of a query: fields that are not selected are not read, and a long list takes as
//! many as a short one.

use super::support::{Office, import_offices};
use crate::support::App;
use entity::enums::ServiceArea;
use entity::{district, resource, resource_district};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

async fn statements(app: &App, query: &str) -> Vec<String> {
    app.statements().during(app.as_anonymous().data(query)).await.1
}

/// Sixty care offices and sixty clinics; each has an organization, a municipality of several, a
/// home district and two districts it can be used from.
async fn large() -> App {
    let app = App::start().await;
    let districts = "municipality_code,district_code,district_name,town\n062031,D01,第一,馬場町\n\
        062014,D02,第二,香澄町\n062049,D03,第三,本町\n";
    app.import("districts.csv", districts).await;
    let places = ["山形県鶴岡市馬場町", "山形県山形市香澄町", "山形県酒田市本町"];
    let office = |n: usize| Office {
        address: format!("{}{n}番", places[n % 3]),
        organization: format!("見本法人{n}"),
        at: None,
        ..Office::named(n, &format!("見本{n}"))
    };
    import_offices(&app, (0..60).map(office)).await;
    let clinic = |n: usize| format!("611079{n:05},見本医院{n},2,{}{n}番,内科;外科\n", places[n % 3]);
    let clinics: String = (0..60).map(clinic).collect();
    app.import("clinics_20260601.csv", &format!("ID,正式名称,機関区分,所在地,診療科目\n{clinics}")).await;
    use_everywhere(&app).await;
    app
}

/// Every resource can be used from the first two districts.
async fn use_everywhere(app: &App) {
    let db = app.databases().writer();
    let districts = district::Entity::find().all(db).await.expect("districts");
    let resources = resource::Entity::find().all(db).await.expect("resources");
    for row in &resources {
        for here in &districts[..2] {
            let pair = resource_district::ActiveModel { resource_id: Set(row.id), district_id: Set(here.id) };
            pair.insert(db).await.expect("a new pair");
        }
    }
    let listed = Expr::value(ServiceArea::Districts);
    let update = resource::Entity::update_many().col_expr(resource::Column::ServiceArea, listed);
    update.exec(db).await.expect("resources take it");
}

/// Everything there is below a resource, three levels deep.
const EVERYTHING: &str = "
    id kind { value } name nameKana alias description url state { value } serviceArea { value } asOf lastVerifiedOn
    vanishedOn freshness { value } note
    location { status { value } address building position { latitude }
        municipality { name prefecture { name } districts { code towns { name } } }
        homeDistrict { code municipality { name } towns { name } } }
    serviceDistricts { code municipality { name } towns { name } }
    organization { name parent { name } } contacts { tel } identifiers { value } source { title }";
const OF_CARE: &str = "services { name serviceType { name } contacts { tel } }";
const OF_MEDICAL: &str = "institutionType { value } departments { code } beds { total } closedDaysNote";

fn lists(size: usize) -> [String; 4] {
    let of_both = format!("... on CareFacility {{ {OF_CARE} }} ... on MedicalFacility {{ {OF_MEDICAL} }}");
    let list = |field: &str, own: &str| {
        format!("{{ {field}(first: {size}) {{ nodes {{ {EVERYTHING} {own} }} pageInfo {{ endCursor }} }} }}")
    };
    [
        list("careFacilities", OF_CARE),
        list("medicalFacilities", OF_MEDICAL),
        list("resources", &of_both),
        list("resources", &of_both).replace("first:", "orderBy: NAME, first:"),
    ]
}

/// Tables and how many paths of the question above lead to them. Those that the picture holds are not read.
const PATHS: [(&str, usize); 13] = [
    ("resource", 0),
    ("municipality", 0),
    ("district", 0),
    ("district_town", 3),
    ("resource_district", 0),
    ("organization", 1),
    ("contact_point", 0),
    ("identifier", 1),
    ("source", 1),
    ("care_service", 1),
    ("medical_facility_department", 1),
    ("medical_facility", 2),
    ("resource_search", 0),
];

#[actix_web::test]
async fn fifty_rows_take_no_more_statements_than_paths_lead_to_a_table() {
    let app = large().await;
    for query in lists(6).into_iter().chain(lists(50)) {
        let taken = statements(&app, &query).await;
        for (table, paths) in PATHS {
            let from = format!(" FROM \"{table}\"");
            let read = taken.iter().filter(|sql| sql.contains(&from)).count();
            assert!(read <= paths, "{table} is read {read} times: {taken:#?}");
        }
        assert!(taken.len() <= 10, "{} statements: {taken:#?}", taken.len());
    }
}

#[actix_web::test]
async fn a_hundred_nodes_suggestions_and_pins_are_read_at_once_too() {
    let app = large().await;
    let list = "{ resources(first: 100) { nodes { id } } }";
    let ids = super::support::texts(&app.as_anonymous().data(list).await["resources"]["nodes"], "id");
    for (few, many) in [(nodes(&ids[..5]), nodes(&ids[..50])), (suggestions(5), suggestions(20))] {
        assert_eq!(statements(&app, &few).await.len(), statements(&app, &many).await.len(), "{many}");
    }
}

fn nodes(ids: &[String]) -> String {
    format!(
        "{{ nodes(ids: {ids:?}) {{ ... on Resource {{ organization {{ name }} contacts {{ tel }} }} }} }}"
    )
}

fn suggestions(first: usize) -> String {
    format!("{{ suggest(text: \"見本\", first: {first}) {{ resource {{ organization {{ name }} }} }} }}")
}

#[actix_web::test]
async fn pages_counts_and_maps_take_no_statement() {
    let app = large().await;
    let near = "near: { latitude: 38.73, longitude: 139.83, withinMeters: 1000 }";
    let bounds = "bounds: { south: 38, west: 139, north: 39, east: 141 }";
    for query in [
        "{ resources(first: 1) { nodes { name url contacts { tel } organization { name } } } }".to_owned(),
        "{ resources(orderBy: NAME, last: 7) { nodes { name } totalCount } }".to_owned(),
        "{ resources(orderBy: RECENTLY_VERIFIED) { nodes { location { municipality { name } } } } }"
            .to_owned(),
        format!("{{ resources({near}) {{ edges {{ distanceMeters }} }} }}"),
        "{ resources(text: \"見本1\", first: 100) { edges { matchedOn { value } } totalCount } }".to_owned(),
        "{ resources { facets { kinds { count } categories { count } prefectures { count }
            municipalities { municipality { name } } homeDistricts { district { name } } } } }"
            .to_owned(),
        "{ suggest(text: \"見本\") { text } careServiceTypes { name } }".to_owned(),
        format!("{{ map({bounds}, zoom: 8) {{ clusters {{ count }} pins {{ resource {{ name }} }} }} }}"),
    ] {
        let taken = statements(&app, &query).await;
        assert!(taken.is_empty(), "{query}: {taken:#?}");
    }
    let unlocated = format!("{{ map({bounds}, zoom: 8) {{ unlocatedCount }} }}");
    assert!(statements(&app, &unlocated).await.len() <= 2, "the outlines of municipalities");
}

#[actix_web::test]
async fn what_is_refused_reads_nothing() {
    let app = large().await;
    for query in [
        "{ resources(first: -1) { nodes { id } } }",
        "{ resources(filter: { prefectureCodes: [\"99\"] }) { totalCount } }",
        "{ resources(text: \"・\") { totalCount } }",
        "{ node(id: \"x\") { id } }",
        "{ map(bounds: { south: 2, west: 1, north: 1, east: 2 }, zoom: 3) { pins { resource { id } } } }",
    ] {
        let (_, taken) = app.statements().during(app.as_anonymous().ask(query)).await;
        assert!(taken.is_empty(), "{query}: {taken:#?}");
    }
}
