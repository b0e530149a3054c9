//! Changes of distribution lists: permissions, and their immediate effect.

use crate::support::liaison::{CLINIC, HOSPITAL, Liaison, channel, entry};
use crate::support::{Client, Person, TestDatabase};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;
use yui::auth::Role;
use yui::import::complaint::Language::Japanese;
use yui::import::report::Report;
use yui::import::{ImportOptions, Outcome};
use yui::liaison::terms::ContactChannel;

const SET: &str = "mutation($input: SetLiaisonDistributionInput!) { setLiaisonDistribution(input: $input) {
    liaisonSheet { version distribution { organization { code name } coversChildren } }
    added { code } removed { code } userErrors { code field message } } }";
const FILE: &str = "readers.csv";
const HEADER: &str = "医療機関番号,医療機関名,組織コード,組織名,下位組織も\n";

/// Puts offices on the list of an institution: a code, with `+` for those below it.
async fn set(liaison: &Liaison, client: &Client<'_>, institution: &str, codes: &[&str]) -> Value {
    let organizations = codes.iter().map(|code| {
        let covers = code.ends_with('+');
        json!({ "code": code.trim_end_matches('+'), "coversChildren": covers })
    });
    let institution = liaison.institution_id(institution).await;
    let input = json!({ "institution": institution, "organizations": organizations.collect::<Vec<_>>() });
    client.ask_with(SET, json!({ "input": input })).await
}

/// The versions of the clinic's sheet that an office reads.
async fn versions(client: &Client<'_>) -> Vec<i64> {
    let data = client.data("{ liaisonSheets { nodes { versions { version } } } }").await;
    let versions = data["liaisonSheets"]["nodes"][0]["versions"].as_array().cloned().unwrap_or_default();
    versions.iter().filter_map(|version| version["version"].as_i64()).collect()
}

/// Another version of the clinic's sheet.
async fn next_version(liaison: &Liaison) -> Uuid {
    let entries = vec![entry("見本 一郎", vec![channel(ContactChannel::Fax, "")])];
    liaison.write(&liaison.draft(CLINIC, entries).await).await.expect("a new version")
}

#[actix_web::test]
async fn a_list_is_set_by_the_city_and_by_the_institution_itself() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    let admin = liaison.app.as_admin().await;
    let answer = set(&liaison, &admin, CLINIC, &["AWAY", "CORP+"]).await;
    let payload = &answer["data"]["setLiaisonDistribution"];
    assert_eq!(payload["added"], json!([{ "code": "AWAY" }, { "code": "CORP" }]), "{answer}");
    assert_eq!(payload["removed"], json!([{ "code": "HOME" }]));
    let names = json!([
        { "organization": { "code": "AWAY", "name": "見本よその居宅" }, "coversChildren": false },
        { "organization": { "code": "CORP", "name": "見本福祉会" }, "coversChildren": true },
    ]);
    assert_eq!(payload["liaisonSheet"]["distribution"], names, "offices that run nothing have names too");
    let clinic = liaison.app.as_person(&Person::default().of("CLINIC"));
    let again = set(&liaison, &clinic, CLINIC, &["AWAY", "CORP+"]).await;
    let nothing = json!({ "added": [], "removed": [], "userErrors": [],
        "liaisonSheet": { "version": 1, "distribution": names } });
    assert_eq!(again["data"]["setLiaisonDistribution"], nothing, "{again}");
    let log = "{ auditLog(filter: { action: SET_LIAISON_DISTRIBUTION }) { nodes { changes { field before after } } } }";
    let log = admin.data(log).await;
    assert_eq!(log["auditLog"]["nodes"].as_array().map(Vec::len), Some(1), "the same again is no change");
    let change = &log["auditLog"]["nodes"][0]["changes"][0];
    assert!(change["before"].to_string().contains("HOME") && change["after"].to_string().contains("CORP"));
}

/// Keeps entries about reading out of the audit.
async fn refuse_entries_of_reading(liaison: &Liaison) {
    let refuse = match TestDatabase::is_postgres() {
        true => {
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
             CREATE TRIGGER refuse BEFORE INSERT ON audit_entry FOR EACH ROW WHEN (NEW.kind = 1)
             EXECUTE FUNCTION refuse()"
        }
        false => {
            "CREATE TRIGGER refuse BEFORE INSERT ON audit_entry WHEN NEW.kind = 1
             BEGIN SELECT RAISE(ABORT, 'refused'); END"
        }
    };
    liaison.app.databases().writer().execute_unprepared(refuse).await.expect("a trigger");
}

#[actix_web::test]
async fn a_change_whose_answer_cannot_be_written_down_shows_nothing() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    let admin = liaison.app.as_admin().await;
    refuse_entries_of_reading(&liaison).await;
    let answer = set(&liaison, &admin, CLINIC, &["AWAY"]).await;
    assert_eq!(answer["data"], Value::Null, "{answer}");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "ANSWER_WITHHELD", "{answer}");
    assert!(!answer.to_string().contains("見本よその居宅"), "{answer}");
    let log = "{ auditLog(filter: { action: SET_LIAISON_DISTRIBUTION }) { nodes { changes { after } } } }";
    let log = admin.data(log).await;
    assert!(log["auditLog"]["nodes"][0]["changes"][0]["after"].to_string().contains("AWAY"), "{log}");
}

#[actix_web::test]
async fn nobody_else_sets_a_list_or_learns_that_there_is_a_sheet() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    for (client, code) in [
        (liaison.app.as_anonymous(), "UNAUTHENTICATED"),
        (liaison.care_manager("HOME"), "FORBIDDEN"),
        (liaison.app.as_partner().await, "FORBIDDEN"),
        (liaison.app.as_coordinator(&["D01"]).await, "FORBIDDEN"),
    ] {
        let answer = set(&liaison, &client, CLINIC, &["AWAY"]).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
        assert_eq!(answer["data"]["setLiaisonDistribution"], Value::Null);
    }
    let clinic = liaison.app.as_person(&Person::default().of("CLINIC"));
    let without = set(&liaison, &clinic, HOSPITAL, &["AWAY"]).await;
    liaison.sheet(HOSPITAL, "見本 二郎").await;
    assert_eq!(set(&liaison, &clinic, HOSPITAL, &["AWAY"]).await, without, "with a sheet or without");
    assert_eq!(without["data"]["setLiaisonDistribution"]["userErrors"][0]["code"], "NOT_FOUND");
    let unknown = set(&liaison, &clinic, CLINIC, &["HOME", "よそ"]).await;
    let told = &unknown["data"]["setLiaisonDistribution"]["userErrors"][0];
    assert!(told["message"].as_str().is_some_and(|text| text.contains("よそ")), "{unknown}");
    assert_eq!(versions(&liaison.care_manager("HOME")).await, [1], "a mistake changes nothing");
    let ask = "{ liaisonSheets { nodes { distribution { coversChildren } } } }";
    let refused = liaison.care_manager("HOME").ask(ask).await;
    assert_eq!(refused["data"]["liaisonSheets"]["nodes"][0]["distribution"], Value::Null);
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[actix_web::test]
async fn whoever_is_removed_reads_no_version_on_no_instance_and_whoever_is_added_no_history() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    next_version(&liaison).await;
    let elsewhere = liaison.app.second_instance().await;
    let home = Person::with(&[Role::CareProfessional]).of("HOME");
    assert_eq!(versions(&elsewhere.as_person(&home)).await, [2, 1]);
    let clinic = liaison.app.as_person(&Person::default().of("CLINIC"));
    set(&liaison, &clinic, CLINIC, &["AWAY"]).await;
    assert_eq!(versions(&elsewhere.as_person(&home)).await, [0; 0], "at once, on every instance");
    assert_eq!(versions(&liaison.care_manager("AWAY")).await, [2], "no history it was never given");
    set(&liaison, &clinic, CLINIC, &["AWAY", "HOME"]).await;
    assert_eq!(versions(&liaison.care_manager("HOME")).await, [2], "what it had is gone for good");
}

#[actix_web::test]
async fn whoever_no_longer_stands_for_those_below_takes_the_history_from_them() {
    let liaison = Liaison::create().await;
    let first = liaison.sheet(CLINIC, "見本 一郎").await;
    liaison.distribute(first, "CORP", true).await;
    next_version(&liaison).await;
    let clinic = liaison.app.as_person(&Person::default().of("CLINIC"));
    set(&liaison, &clinic, CLINIC, &["CORP+"]).await;
    assert_eq!(versions(&liaison.care_manager("HOME")).await, [2, 1]);
    let answer = set(&liaison, &clinic, CLINIC, &["CORP"]).await;
    assert_eq!(answer["data"]["setLiaisonDistribution"]["removed"], json!([]));
    assert_eq!(versions(&liaison.care_manager("HOME")).await, [0; 0]);
    assert_eq!(versions(&liaison.care_manager("CORP")).await, [2, 1]);
    set(&liaison, &clinic, CLINIC, &["CORP+"]).await;
    assert_eq!(versions(&liaison.care_manager("HOME")).await, [2], "wider again, for what holds now");
}

async fn import(liaison: &Liaison, rows: &str, options: ImportOptions) -> Report {
    liaison.app.import_with(FILE, &format!("{HEADER}{rows}"), &options).await
}

#[actix_web::test]
async fn a_list_in_a_file_adds_and_a_complete_one_also_takes_away() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    let rows = "06:61107990002,見本内科クリニック,HOME,見本居宅介護支援事業所,\n\
                06:61107990002,,CORP,見本福祉会,はい\n";
    let dry = import(&liaison, rows, ImportOptions { dry_run: true, ..ImportOptions::default() }).await;
    assert_eq!((dry.created, dry.unchanged, dry.written), (1, 1, false), "{:?}", dry.rejected);
    let report = import(&liaison, rows, ImportOptions::default()).await;
    assert_eq!((report.created, report.unchanged, report.written), (1, 1, true));
    let again = import(&liaison, rows, ImportOptions::default()).await;
    assert_eq!((again.created, again.unchanged, again.written), (0, 2, false));
    let alone = "06:61107990002,,AWAY,,いいえ\n";
    import(&liaison, alone, ImportOptions::default()).await;
    assert_eq!(versions(&liaison.care_manager("HOME")).await, [1], "rows add");
    let whole = import(&liaison, alone, ImportOptions { complete: true, ..ImportOptions::default() }).await;
    assert_eq!((whole.vanished, whole.unchanged, whole.written), (2, 1, true));
    assert_eq!(versions(&liaison.care_manager("HOME")).await, [0; 0]);
    assert_eq!(versions(&liaison.care_manager("AWAY")).await, [1]);
}

#[actix_web::test]
async fn a_wrong_code_is_complained_about_by_line_and_column_in_japanese() {
    let liaison = Liaison::create().await;
    liaison.sheet(CLINIC, "見本 一郎").await;
    let rows = "06:61107990002,,AWAY,,\n06:61107990002,,AWAY,,\n06:0,,HOME,,\n06:61107990002,,NIX,,\n\
                06:61107990002,見本外科,HOME,,\n06:61107990002,,CORP,見本よその居宅,\n\
                06:61107990002,,HOME,,たぶん\n,,HOME,,\n";
    let report = import(&liaison, rows, ImportOptions { complete: true, ..ImportOptions::default() }).await;
    let told: Vec<_> = report.rejected.iter().map(|row| (row.line, row.column.unwrap_or(""))).collect();
    let mut sorted = told.clone();
    sorted.sort_unstable();
    let expected = [
        (3, "組織コード"),
        (4, "医療機関番号"),
        (5, "組織コード"),
        (6, "医療機関名"),
        (7, "組織名"),
        (8, "下位組織も"),
        (9, "医療機関番号"),
    ];
    assert_eq!(sorted, expected, "{:#?}", report.rejected);
    let plain = |reason: &str| reason.chars().any(|c| ('ぁ'..='ん').contains(&c));
    assert!(report.rejected.iter().all(|row| plain(&row.flaw.say(Japanese))), "{:#?}", report.rejected);
    assert_eq!((report.created, report.vanished), (1, 0), "a list with flaws takes nobody away");
    assert_eq!(versions(&liaison.care_manager("HOME")).await, [1]);
    let strict = ImportOptions { strict: true, ..ImportOptions::default() };
    let outcome = liaison.app.try_import(FILE, format!("{HEADER}{rows}"), &strict).await;
    assert!(matches!(outcome, Outcome::Unusable(_)));
}
