//! Adds made liaison sheets to the database of the benchmark: 3,000 institutions with three physicians each, whose
//! times all differ, readable for the office `BENCH`. Only `scripts/bench` uses it.

use chrono::NaiveDate;
use entity::enums::{ConsentMethod, ResourceKind};
use entity::{
    affiliation, distribution, liaison_entry, liaison_entry_tag, liaison_sheet, organization, physician,
    resource,
};
use hours::opening_hours::OpeningHours;
use hours::recurrence::{HolidayPolicy, YearEndPolicy};
use hours::schedule::{Rule, Schedule};
use japan::clock::Clock;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::error::Error;
use uuid::Uuid;
use yui::database::Databases;
use yui::liaison::facts::{Channel, Department, EntryFacts, SheetFacts, Times};
use yui::liaison::review_due;
use yui::liaison::sheets::versions::{code_of, search_key};
use yui::liaison::terms::ContactChannel;

const INSTITUTIONS: u64 = 3_000;
const PHYSICIANS: i64 = 3;
const DAYS: [&str; 10] = ["Mo-Fr", "Mo,We,Fr", "Tu,Th", "Mo", "Tu", "We", "Th", "Fr", "Mo,Tu", "We-Fr"];
const DEPARTMENTS: [(&str, &str); 10] = [
    ("01001", "内科"),
    ("03001", "小児科"),
    ("04001", "産婦人科"),
    ("06001", "皮膚科"),
    ("01001", "内科"),
    ("01001", "内科"),
    ("03001", "小児科"),
    ("06001", "皮膚科"),
    ("01001", "内科"),
    ("04003", "婦人科"),
];

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "a command begins")]
async fn main() -> Result<(), Failure> {
    let clock = Clock::read();
    let database = std::env::args().nth(1).ok_or("usage: bench_liaison DATABASE")?;
    let databases = Databases::connect(&database).await?;
    let tx = databases.begin_write().await?;
    let office = organization::ActiveModel {
        uuid: Set(Uuid::from_u128(1)),
        name_key: Set("code:BENCH".to_owned()),
        name: Set("居宅介護支援事業所".to_owned()),
        code: Set(Some("BENCH".to_owned())),
        ..Default::default()
    };
    let office = office.insert(&tx).await?.id;
    #[expect(clippy::disallowed_methods, reason = "the benchmark has no viewer")]
    let clinics = resource::Entity::find().filter(resource::Column::Kind.eq(ResourceKind::MedicalFacility));
    // Every 40th, so that they lie all over the country.
    let clinics =
        clinics.filter(sea_orm::sea_query::Expr::cust("id % 40 = 0")).order_by_asc(resource::Column::Id);
    for clinic in clinics.limit(INSTITUTIONS).all(&tx).await? {
        write(&tx, clock, &clinic, office).await?;
    }
    tx.commit().await?;
    databases.writer().execute_unprepared("ANALYZE").await?;
    databases.close().await?;
    Ok(())
}

async fn write(
    db: &impl ConnectionTrait,
    clock: Clock,
    clinic: &resource::Model,
    office: i64,
) -> Result<(), Failure> {
    let today = clock.today();
    let uuid = Uuid::new_v5(&clinic.uuid, b"sheet");
    let sheet = liaison_sheet::ActiveModel {
        uuid: Set(uuid),
        resource_id: Set(clinic.id),
        version: Set(1),
        issuer: Set("bench".to_owned()),
        issued_on: Set(today),
        as_of: Set(today),
        // Never past its review, whenever the database was loaded.
        review_due_on: Set(NaiveDate::from_ymd_opt(2100, 1, 1).unwrap_or(review_due(today))),
        facts: Set(serde_json::to_string(&SheetFacts::default())?),
        consent_method: Set(ConsentMethod::Written),
        consented_on: Set(today),
        recorded_at: Set(clock.now_ms()),
        recorded_by: Set("bench".to_owned()),
        ..Default::default()
    };
    let sheet = sheet.insert(db).await?.id;
    let reader = distribution::ActiveModel {
        thing_uuid: Set(uuid),
        organization_id: Set(office),
        covers_children: Set(false),
    };
    reader.insert(db).await?;
    for n in 0..PHYSICIANS {
        physician(db, clinic, sheet, n).await?;
    }
    Ok(())
}

async fn physician(
    db: &impl ConnectionTrait,
    clinic: &resource::Model,
    sheet: i64,
    n: i64,
) -> Result<(), Failure> {
    let seed = u64::try_from(clinic.id * PHYSICIANS + n)?.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let uuid = Uuid::new_v5(&clinic.uuid, &n.to_be_bytes());
    let name = format!("見本 {seed}");
    let key = search_key(&name, None);
    let doctor = physician::ActiveModel {
        uuid: Set(uuid),
        code: Set(code_of(uuid)),
        name: Set(name),
        search_key: Set(key),
        ..Default::default()
    };
    let works = affiliation::ActiveModel {
        uuid: Set(Uuid::new_v5(&uuid, b"affiliation")),
        physician_id: Set(doctor.insert(db).await?.id),
        resource_id: Set(clinic.id),
        ..Default::default()
    };
    let facts = facts(seed)?;
    let entry = liaison_entry::ActiveModel {
        uuid: Set(Uuid::new_v5(&uuid, b"entry")),
        sheet_id: Set(sheet),
        affiliation_id: Set(works.insert(db).await?.id),
        ordinal: Set(i32::try_from(n)?),
        facts: Set(serde_json::to_string(&facts)?),
        reach: Set(serde_json::to_string(&facts.reach()?)?),
        ..Default::default()
    };
    let entry = entry.insert(db).await?.id;
    let tags = facts
        .tags()
        .into_iter()
        .map(|tag| liaison_entry_tag::ActiveModel { tag: Set(tag), entry_id: Set(entry) });
    liaison_entry_tag::Entity::insert_many(tags).exec_without_returning(db).await?;
    Ok(())
}

/// Phone at times that hardly anybody else has, fax in office hours, and a time to avoid.
fn facts(seed: u64) -> Result<EntryFacts, Failure> {
    let pick = |from: u64, most: usize| usize::try_from(seed / from % most as u64).unwrap_or(0);
    let (days, avoid) = (DAYS[pick(1, 10)], DAYS[pick(10, 10)]);
    let (from, long) = (8 * 60 + 5 * pick(100, 110), 15 + 5 * pick(11_000, 20));
    let clock = |minute: usize| format!("{:02}:{:02}", minute / 60, minute % 60);
    let phone = times(&format!("{days} {}-{}", clock(from), clock(from + long)))?;
    let channel = |channel, times| Channel { channel, times, ..Channel::default() };
    let (code, name) = DEPARTMENTS[pick(220_000, 10)];
    Ok(EntryFacts {
        departments: vec![Department { code: Some(code.to_owned()), name: name.to_owned() }],
        channels: vec![
            channel(ContactChannel::Phone, vec![phone]),
            channel(ContactChannel::Fax, vec![times(&format!("{days} 09:00-17:00"))?]),
        ],
        avoid: vec![times(&format!("{avoid} {}-{}", clock(from + long / 2), clock(from + long / 2 + 30)))?],
        ..EntryFacts::default()
    })
}

fn times(hours: &str) -> Result<Times, Failure> {
    let hours = OpeningHours::read(hours).map_err(|error| error.to_string())?;
    let rule = Schedule {
        holidays: HolidayPolicy::Held,
        year_end: YearEndPolicy::Held,
        ..Schedule::new(Rule::Hours(hours))
    };
    Ok(Times { rule, raw: None })
}
