//! An organization is visible as far as a resource it runs is.

use crate::support::{App, fixtures};
use entity::enums::PublicationState;
use entity::resource;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::{Value, json};

async fn corporation(app: &App) -> Value {
    let query =
        "{ careFacilities(first: 1) { nodes { organization { id name corporateNumber parent { id } } } } }";
    app.as_anonymous().data(query).await["careFacilities"]["nodes"][0]["organization"].clone()
}

async fn by_id(app: &App, id: &Value) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on Organization { name } } }";
    app.as_anonymous().data_with(query, json!({ "id": id })).await["node"].clone()
}

async fn hide_everything(app: &App) {
    let hidden = Expr::value(PublicationState::Draft);
    let all = resource::Entity::update_many().col_expr(resource::Column::State, hidden);
    all.exec(app.databases().writer()).await.expect("states change");
}

#[actix_web::test]
async fn a_corporation_is_found_by_the_id_its_facility_gives() {
    let app = App::start().await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    let corporation = corporation(&app).await;
    assert_eq!(corporation["parent"], json!(null), "{corporation}");
    assert_eq!(by_id(&app, &corporation["id"]).await["name"], corporation["name"]);
}

#[actix_web::test]
async fn a_corporation_that_runs_only_hidden_things_does_not_exist() {
    let app = App::start().await;
    app.import(fixtures::CARE_FILE, fixtures::care()).await;
    let corporation = corporation(&app).await;
    assert!(corporation["id"].is_string(), "{corporation}");
    hide_everything(&app).await;
    assert_eq!(by_id(&app, &corporation["id"]).await, json!(null));
    let municipalities = app.as_anonymous().data("{ municipalities { code } }").await;
    assert_eq!(municipalities["municipalities"], json!([]));
}
