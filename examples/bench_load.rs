//! Loads the prepared table of the benchmark into an empty Yui database, one resource per place.
//!
//! Only `scripts/bench` uses it: the positions of that table are partly placed at random, so it is
//! never an import. `resource.id` is `place.id`, so that answers can be compared with the table.

use chrono::NaiveDate;
use entity::enums::{
    ContactKind, InstitutionType, LocationStatus, PositionPrecision, PublicationState, ResourceKind,
    ServiceArea, Visibility,
};
use entity::{
    care_service, contact_point, medical_facility, municipality, organization, resource, schedule,
    schedule_rule, source,
};
use hours::opening_hours::OpeningHours;
use hours::recurrence::{HolidayPolicy, YearEndPolicy};
use hours::schedule::{Rule, Schedule};
use japan::address;
use japan::codes;
use japan::text::fold;
use japan::values::{PhoneNumber, cell};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbBackend, DbErr, EntityTrait};
use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use yui::database::Databases;
use yui::import::uuid_of;
use yui::medical;
use yui::schedules::store::rule_id;
use yui::search_index;
use yui::terms::Labelled;

/// Rows per statement: thirty values each stay below SQLite's 32,766.
const BATCH: usize = 800;
const SOURCE: i64 = 1;

type Failure = Box<dyn Error + Send + Sync>;

/// One line of `place.tsv`.
struct Place {
    id: i64,
    category: Category,
    name: String,
    kana: Option<String>,
    prefecture: &'static codes::Prefecture,
    municipality: Option<&'static codes::Municipality>,
    address: String,
    latitude: f64,
    longitude: f64,
    phone: Option<String>,
    url: Option<String>,
    days: Option<String>,
    note: Option<String>,
    capacity: Option<i32>,
    organization: i64,
}

#[derive(Clone, Copy)]
enum Category {
    Medical(InstitutionType),
    Care(&'static codes::CareServiceType),
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, database] = arguments.as_slice() else {
        return Err("usage: bench_load FOLDER_WITH_TSV DATABASE".into());
    };
    let folder = Path::new(folder);
    let databases = Databases::connect(database).await?;
    databases.migrate().await.map_err(|error| format!("{error:?}"))?;
    let municipalities = areas(&databases).await?;
    let rules = write_rules(&databases).await?;
    organizations(&databases, &folder.join("organization.tsv")).await?;
    let mut lines = BufReader::new(File::open(folder.join("place.tsv"))?).lines();
    let mut loaded = 0;
    // One transaction for some batches: the journal stays small and the disk is not waited for often.
    loop {
        let transaction = databases.begin_write().await?;
        for _ in 0..25 {
            let batch: Vec<Place> =
                lines.by_ref().take(BATCH).map(|line| place(&line?)).collect::<Result<_, Failure>>()?;
            if batch.is_empty() {
                transaction.commit().await?;
                search_index::refresh(&databases).await?;
                databases.writer().execute_unprepared("ANALYZE").await?;
                println!("{loaded} resources loaded");
                databases.close().await?;
                return Ok(());
            }
            write(&transaction, &batch, &municipalities, &rules).await?;
            loaded += batch.len();
        }
        transaction.commit().await?;
    }
}

fn place(line: &str) -> Result<Place, Failure> {
    let cells: Vec<&str> = line.split('\t').collect();
    let cell = |n: usize| cells.get(n).copied().filter(|cell| *cell != "\\N");
    let needed = |n: usize| cell(n).ok_or_else(|| format!("place.tsv: cell {n} is missing in {line}"));
    let text = |n: usize| cell(n).map(str::to_owned);
    let kind = needed(1)?;
    let prefecture = codes::prefectures().iter().find(|p| Some(p.name) == cell(4));
    let prefecture = prefecture.ok_or_else(|| format!("no prefecture is called {:?}", cell(4)))?;
    Ok(Place {
        id: needed(0)?.parse()?,
        category: category(kind).ok_or_else(|| format!("{kind} has no code"))?,
        name: needed(2)?.to_owned(),
        kana: text(3),
        prefecture,
        municipality: address::split(needed(5)?, Some(prefecture)).municipality,
        address: needed(5)?.to_owned(),
        latitude: needed(6)?.parse()?,
        longitude: needed(7)?.parse()?,
        phone: text(8),
        url: text(9),
        days: text(10),
        note: text(11),
        capacity: cell(12).map(str::parse).transpose()?,
        organization: needed(13)?.parse()?,
    })
}

fn category(kind: &str) -> Option<Category> {
    let medical = match kind {
        "病院" => Some(InstitutionType::Hospital),
        "診療所" => Some(InstitutionType::Clinic),
        "歯科診療所" => Some(InstitutionType::Dental),
        "薬局" => Some(InstitutionType::Pharmacy),
        _ => None,
    };
    medical.map(Category::Medical).or_else(|| codes::care_service_named(kind).map(Category::Care))
}

/// Every municipality, and the source of every row; gives the keys by code.
async fn areas(databases: &Databases) -> Result<HashMap<&'static str, i64>, DbErr> {
    let transaction = databases.begin_write().await?;
    let source = source::ActiveModel {
        id: Set(SOURCE),
        name_key: Set("bench".into()),
        title: Set("Benchmark".into()),
        publisher: Set(None),
        url: Set(None),
        license: Set(None),
        as_of: Set(day()),
    };
    source.insert(&transaction).await?;
    let keys: HashMap<&str, i64> = codes::municipalities().iter().map(|m| m.code).zip(1..).collect();
    for chunk in codes::municipalities().chunks(BATCH) {
        let models = chunk.iter().map(|m| municipality::ActiveModel {
            id: Set(keys.get(m.code).copied().unwrap_or_default()),
            uuid: Set(uuid_of(&format!("municipality:{}", m.code))),
            code: Set(m.code.into()),
            prefecture_code: Set(m.prefecture_code.into()),
            name: Set(m.name.into()),
            name_kana: Set(Some(m.kana.into())),
        });
        municipality::Entity::insert_many(models).exec_without_returning(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(keys)
}

/// Writes the organizations.
async fn organizations(databases: &Databases, file: &Path) -> Result<(), Failure> {
    let mut names = HashMap::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let line = line?;
        let (id, name) = line.split_once('\t').ok_or("organization.tsv: a line without a name")?;
        names.insert(id.parse::<i64>()?, name.to_owned());
    }
    let mut rows: Vec<(i64, &String)> = names.iter().map(|(id, name)| (*id, name)).collect();
    rows.sort_unstable();
    let transaction = databases.begin_write().await?;
    for chunk in rows.chunks(BATCH) {
        let models = chunk.iter().map(|(id, name)| organization::ActiveModel {
            id: Set(*id),
            uuid: Set(uuid_of(&format!("bench-organization:{id}"))),
            name_key: Set(format!("bench:{id}")),
            parent_id: Set(None),
            name: Set((*name).clone()),
            ..Default::default()
        });
        organization::Entity::insert_many(models).exec_without_returning(&transaction).await?;
    }
    if transaction.get_database_backend() == DbBackend::Postgres {
        // What is added later, by `bench_liaison`, is numbered after these.
        let next = "SELECT setval(pg_get_serial_sequence('organization', 'id'), MAX(id)) FROM organization";
        transaction.execute_unprepared(next).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn write(
    db: &impl ConnectionTrait,
    places: &[Place],
    municipalities: &HashMap<&str, i64>,
    rules: &[i64],
) -> Result<(), DbErr> {
    let rows = places.iter().map(|place| resource_row(place, municipalities));
    resource::Entity::insert_many(rows).exec_without_returning(db).await?;
    insert_many(db, places.iter().filter_map(contact_row)).await?;
    insert_many(db, places.iter().filter_map(service_row)).await?;
    insert_many(db, places.iter().filter_map(medical_row)).await?;
    insert_many(db, places.iter().filter_map(|place| schedule_row(place, rules))).await
}

async fn insert_many<A>(db: &impl ConnectionTrait, rows: impl Iterator<Item = A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
{
    let rows: Vec<A> = rows.collect();
    if !rows.is_empty() {
        A::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

fn day() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2025, 6, 1)
}

fn resource_row(place: &Place, municipalities: &HashMap<&str, i64>) -> resource::ActiveModel {
    let (kind, category, service_area) = match place.category {
        Category::Medical(institution) => (
            ResourceKind::MedicalFacility,
            medical::InstitutionType::from(institution).code(),
            ServiceArea::Everywhere,
        ),
        Category::Care(service) => (ResourceKind::CareFacility, service.code, ServiceArea::Unknown),
    };
    let municipality = place.municipality.and_then(|m| municipalities.get(m.code)).copied();
    resource::ActiveModel {
        id: Set(place.id),
        uuid: Set(uuid_of(&format!("bench:{}", place.id))),
        kind: Set(kind),
        state: Set(PublicationState::Published),
        name: Set(place.name.clone()),
        name_kana: Set(place.kana.clone()),
        url: Set(place.url.clone()),
        sort_key: Set(fold(place.kana.as_deref().unwrap_or(&place.name))),
        categories: Set(category.to_owned()),
        prefecture_code: Set(Some(place.prefecture.code.to_owned())),
        municipality_id: Set(municipality),
        address: Set(Some(place.address.clone())),
        location_status: Set(LocationStatus::Located),
        latitude: Set(Some(place.latitude)),
        longitude: Set(Some(place.longitude)),
        position_precision: Set(Some(PositionPrecision::Source)),
        cell: Set(Some(cell::cell(place.latitude, place.longitude))),
        service_area: Set(service_area),
        organization_id: Set(Some(place.organization)),
        source_id: Set(Some(SOURCE)),
        as_of: Set(day()),
        digest: Set(Some(format!("{:032x}", place.id))),
        ..Default::default()
    }
}

/// Two hundred rules spread over all places: the national files carry no times.
fn rules() -> Result<Vec<(i64, String)>, Failure> {
    const DAYS: [&str; 20] = [
        "Mo-Fr",
        "Mo-Sa",
        "Mo-Su",
        "Tu-Su",
        "Mo,We,Fr",
        "Tu,Th",
        "Tu-Sa",
        "Sa,Su",
        "Mo",
        "Tu",
        "We",
        "Th",
        "Fr",
        "Sa",
        "Su",
        "Mo-Th",
        "We-Su",
        "Mo,Tu,Th,Fr",
        "Mo-We,Fr,Sa",
        "Th-Sa",
    ];
    const TIMES: [&str; 10] = [
        "08:30-17:15",
        "09:00-17:00",
        "09:00-12:00,14:00-18:00",
        "08:45-12:30,15:00-19:00",
        "10:00-16:00",
        "10:00-11:30",
        "13:30-15:00",
        "07:00-21:00",
        "00:00-24:00",
        "18:00-20:30",
    ];
    let texts = DAYS.iter().flat_map(|days| TIMES.iter().map(move |times| format!("{days} {times}")));
    let rule = |text: String| {
        let mut rule =
            Schedule::new(Rule::Hours(OpeningHours::read(&text).map_err(|error| error.to_string())?));
        (rule.holidays, rule.year_end) = (HolidayPolicy::Held, YearEndPolicy::Held);
        let body = rule.to_json()?;
        Ok((rule_id(&body), body))
    };
    texts.map(rule).collect()
}

async fn write_rules(databases: &Databases) -> Result<Vec<i64>, Failure> {
    let rules = rules()?;
    let transaction = databases.begin_write().await?;
    let models =
        rules.iter().map(|(id, body)| schedule_rule::ActiveModel { id: Set(*id), body: Set(body.clone()) });
    schedule_rule::Entity::insert_many(models).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(rules.into_iter().map(|(id, _)| id).collect())
}

fn schedule_row(place: &Place, rules: &[i64]) -> Option<schedule::ActiveModel> {
    let rule = usize::try_from(place.id.wrapping_mul(7_919)).ok()? % rules.len();
    Some(schedule::ActiveModel {
        resource_id: Set(place.id),
        ordinal: Set(0),
        rule_id: Set(*rules.get(rule)?),
        label: Set(None),
        raw_text: Set(None),
        venues: Set(None),
        ..Default::default()
    })
}

fn contact_row(place: &Place) -> Option<contact_point::ActiveModel> {
    let written = place.phone.as_ref()?;
    let number = PhoneNumber::parse(written);
    let service = match place.category {
        Category::Care(service) => Some(service.code.to_owned()),
        Category::Medical(_) => None,
    };
    Some(contact_point::ActiveModel {
        resource_id: Set(place.id),
        service_code: Set(service),
        ordinal: Set(0),
        kind: Set(ContactKind::Representative),
        visibility: Set(Visibility::Public),
        label: Set(None),
        phone: Set(Some(number.as_ref().map_or(written.as_str(), PhoneNumber::display).to_owned())),
        phone_e164: Set(number.as_ref().and_then(PhoneNumber::e164).map(str::to_owned)),
        fax: Set(None),
        fax_e164: Set(None),
        email: Set(None),
        person_name: Set(None),
        ..Default::default()
    })
}

fn service_row(place: &Place) -> Option<care_service::ActiveModel> {
    let Category::Care(service) = place.category else { return None };
    Some(care_service::ActiveModel {
        resource_id: Set(place.id),
        office_number: Set(format!("{:010}", place.id)),
        service_code: Set(service.code.to_owned()),
        ordinal: Set(0),
        name: Set(place.name.clone()),
        name_kana: Set(place.kana.clone()),
        url: Set(place.url.clone()),
        capacity: Set(place.capacity),
        available_days: Set(place.days.as_deref().map(days)),
        available_days_note: Set(place.note.clone()),
        is_kyosei: Set(None),
        meets_kaigo_standard: Set(None),
        meets_shogai_standard: Set(None),
        note: Set(None),
        as_of: Set(day()),
        vanished_on: Set(None),
        ..Default::default()
    })
}

fn days(words: &str) -> i16 {
    let bits = [("平日", 1), ("土", 2), ("日曜", 4), ("祝", 8)];
    bits.into_iter().filter(|(word, _)| words.contains(word)).map(|(_, bit)| bit).sum()
}

fn medical_row(place: &Place) -> Option<medical_facility::ActiveModel> {
    let Category::Medical(institution) = place.category else { return None };
    Some(medical_facility::ActiveModel {
        resource_id: Set(place.id),
        institution_type: Set(institution),
        published_id: Set(format!("{:011}", place.id)),
        closed_days_note: Set(None),
        beds_general: Set(None),
        beds_long_term: Set(None),
        beds_psychiatric: Set(None),
        beds_tuberculosis: Set(None),
        beds_infectious: Set(None),
        beds_total: Set(None),
    })
}
