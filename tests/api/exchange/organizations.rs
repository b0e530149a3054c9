//! The organizations whose people sign in.

use crate::support::App;
use entity::organization::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use yui::import::complaint::Refusal;
use yui::import::{ImportOptions, Outcome};

const FILE: &str = "organizations.csv";
const HEADER: &str = "組織コード,組織名,上位組織コード,法人番号,事業所番号\n";

async fn find(app: &App, code: &str) -> Option<Model> {
    let found = Entity::find().filter(Column::Code.eq(code)).one(&app.databases().read).await;
    found.expect("organizations are read")
}

#[actix_web::test]
async fn an_office_is_part_of_its_corporation_wherever_it_stands_in_the_list() {
    let app = App::start().await;
    let rows = "見本-1-居宅,見本居宅介護支援事業所,見本-1,,0670100999\n見本-1,見本法人,見本-0,,\n見本-0,見本連合,,,\n";
    let report = app.import(FILE, &format!("{HEADER}{rows}")).await;
    assert_eq!((report.created, report.rejected.len()), (3, 0));
    let (office, corporation) = (find(&app, "見本-1-居宅").await, find(&app, "見本-1").await);
    let (office, corporation) = (office.expect("the office"), corporation.expect("the corporation"));
    assert_eq!(office.parent_id, Some(corporation.id));
    assert_eq!(office.facility_number.as_deref(), Some("0670100999"));
    let again = app.import(FILE, &format!("{HEADER}{rows}")).await;
    assert_eq!((again.unchanged, again.written), (3, false));
    let renamed = app.import(FILE, &format!("{HEADER}見本-0,見本の新しい連合,,,\n")).await;
    assert_eq!(renamed.updated, 1);
    assert_eq!(find(&app, "見本-0").await.map(|row| row.name), Some("見本の新しい連合".to_owned()));
}

#[actix_web::test]
async fn a_corporation_that_a_national_file_brought_gets_its_code() {
    let app = App::start().await;
    let care = "事業所名,サービスの種類,住所,法人の名称,法人番号,事業所番号\n\
                見本事業所,通所介護,山形県鶴岡市泉町1,見本会,7000012050002,0670100001\n";
    app.import("jigyosho_20260601.csv", care).await;
    let report = app.import(FILE, &format!("{HEADER}C1,見本会,,7000012050002,\n")).await;
    assert_eq!((report.created, report.updated), (0, 1));
    let row = find(&app, "C1").await.expect("the corporation");
    assert_eq!(row.corporate_number.as_deref(), Some("7000012050002"));
}

#[actix_web::test]
async fn a_row_that_makes_no_sense_is_reported_with_its_line_and_column() {
    let app = App::start().await;
    let rows = "A,一,B,,\nB,二,A,,\nC,三,どこにもない,,\nD,,,,\n,五,,,\nE,六,E,,\nF,七,,123,\nG,八,,,\nG,九,,,\nH,十,C,,\n";
    let report = app.import(FILE, &format!("{HEADER}{rows}")).await;
    assert_eq!(report.created, 1, "only G is good");
    let mut flaws: Vec<(u64, &str)> =
        report.rejected.iter().map(|row| (row.line, row.column.unwrap_or_default())).collect();
    flaws.sort_unstable();
    assert_eq!(
        flaws,
        [
            (2, "上位組織コード"),
            (3, "上位組織コード"),
            (4, "上位組織コード"),
            (5, "組織名"),
            (6, "組織コード"),
            (7, "上位組織コード"),
            (8, "法人番号"),
            (10, "組織コード"),
            (11, "上位組織コード"),
        ]
    );
    assert!(find(&app, "A").await.is_none() && find(&app, "G").await.is_some());
}

#[actix_web::test]
async fn strictly_one_flaw_refuses_the_file() {
    let app = App::start().await;
    let options = ImportOptions { strict: true, ..ImportOptions::default() };
    let outcome = app.try_import(FILE, format!("{HEADER}A,一,,,\nB,二,C,,\n"), &options).await;
    assert!(matches!(outcome, Outcome::Unusable(Refusal::Strict { .. })));
    assert!(find(&app, "A").await.is_none());
}
