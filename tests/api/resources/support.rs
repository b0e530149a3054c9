//! Shared by these tests: a filled App, short queries to it, and generated official files.

use crate::support::{App, fixtures};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

/// An App with all fixtures.
pub async fn filled() -> App {
    let app = App::start().await;
    fixtures::import_all(&app).await;
    app
}

/// An App with one generated file of care offices.
pub async fn with_offices(offices: impl IntoIterator<Item = Office>) -> App {
    let app = App::start().await;
    import_offices(&app, offices).await;
    app
}

/// Imports care offices; none of them may be rejected.
pub async fn import_offices(app: &App, offices: impl IntoIterator<Item = Office>) {
    let report = app.import("jigyosho_20260601.csv", &jigyosho(offices)).await;
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
}

/// The names in a list of at most 100 resources, in order. The arguments stand in brackets.
pub async fn names(app: &App, arguments: &str) -> Vec<String> {
    names_in(app, "resources", arguments).await
}

/// The names in a list field of at most 100 rows, in order.
pub async fn names_in(app: &App, field: &str, arguments: &str) -> Vec<String> {
    let query = format!("{{ {field}({arguments} first: 100) {{ nodes {{ name }} }} }}");
    let data = app.as_anonymous().data(&query).await;
    texts(&data[field]["nodes"], "name")
}

/// One text field of each row, or the value of a word.
pub fn texts(rows: &Value, field: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap_or_else(|| panic!("no list: {rows}"));
    let text = |row: &Value| {
        let word = row[field]["value"].as_str().or(row[field].as_str());
        word.unwrap_or_else(|| panic!("no {field}: {row}")).to_owned()
    };
    rows.iter().map(text).collect()
}

/// The rows a list of resources with these arguments has in all.
pub async fn total(app: &App, arguments: &str) -> i64 {
    let query = format!("{{ resources({arguments} first: 1) {{ totalCount }} }}");
    app.as_anonymous().data(&query).await["resources"]["totalCount"].as_i64().expect("a number")
}

/// Which argument of a question is wrong: the answer holds one INVALID_INPUT that says so.
pub async fn refused(app: &App, query: &str) -> String {
    refused_with(app, query, json!({})).await
}

/// The same for a question with variables.
pub async fn refused_with(app: &App, query: &str, variables: Value) -> String {
    let answer = app.as_anonymous().ask_with(query, variables).await;
    let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("{query} was answered: {answer}"));
    assert_eq!(errors.len(), 1, "{query}: {answer}");
    let (error, extensions) = (&errors[0], &errors[0]["extensions"]);
    assert_eq!(extensions["code"], "INVALID_INPUT", "{query}: {answer}");
    let message = error["message"].as_str().expect("a sentence").to_lowercase();
    for inner in
        ["sqlite", "postgres", "fts5", "tsquery", "select ", "resource_search", "syntax error", "utf8"]
    {
        assert!(!message.contains(inner), "{query} shows {inner}: {message}");
    }
    extensions["field"].as_str().unwrap_or_else(|| panic!("{query}: no field: {answer}")).to_owned()
}

/// Writes facts that no official file has into the rows with these names.
pub async fn set(app: &App, names: &[&str], column: entity::resource::Column, value: SimpleExpr) {
    let rows = entity::resource::Entity::update_many().col_expr(column, value);
    let rows = rows.filter(entity::resource::Column::Name.is_in(names.iter().copied()));
    let written = rows.exec(app.databases().writer()).await.expect("the row takes the value");
    assert_eq!(written.rows_affected, names.len() as u64, "{names:?}");
}

/// A care office that offers one service.
pub struct Office {
    pub number: String,
    pub name: String,
    pub kana: String,
    pub service: &'static str,
    pub address: String,
    pub at: Option<(f64, f64)>,
    pub days: &'static str,
    pub organization: String,
}

impl Default for Office {
    fn default() -> Self {
        Self {
            number: "0690000000".into(),
            name: "見本事業所".into(),
            kana: String::new(),
            service: "訪問介護",
            address: "山形県鶴岡市馬場町1-1".into(),
            at: Some((38.7273, 139.8255)),
            days: "",
            organization: String::new(),
        }
    }
}

impl Office {
    /// The office with a number of its own and a name.
    pub fn named(number: usize, name: &str) -> Self {
        Self { number: format!("069{number:07}"), name: name.to_owned(), ..Self::default() }
    }
}

/// A file of 介護サービス情報公表 with the columns an [`Office`] has.
pub fn jigyosho(offices: impl IntoIterator<Item = Office>) -> String {
    let mut file = String::from(
        "事業所名,事業所名カナ,サービスの種類,住所,緯度,経度,電話番号,法人の名称,事業所番号,利用可能曜日\n",
    );
    for (n, office) in offices.into_iter().enumerate() {
        let Office { number, name, kana, service, address, at, days, organization } = office;
        let (latitude, longitude) = at.map_or_else(Default::default, |(a, b)| (a.to_string(), b.to_string()));
        let row = format!(
            "{name},{kana},{service},{address},{latitude},{longitude},0235-01-{n:04},{organization},{number},\"{days}\"\n"
        );
        file.push_str(&row);
    }
    file
}

/// The same numbers on every run, in place of chance.
pub struct Dice(pub u64);

impl Dice {
    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}
