//! Reads the directory from the database, all of it or some resources, as of one commit.

use super::areas::Areas;
use super::build::{Batch, Builder};
use super::raw::{self, MAIN, Which};
use super::segment::Segment;
use crate::auth::row_scope::public;
use entity::{district, municipality, municipality_boundary};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Statement};

/// Rows that are read at a time.
const AT_ONCE: i64 = 4_096;
/// Shorter texts, in bytes, are read at once instead of on another thread.
const SHORT: usize = 65_536;

/// The first and last key of the next rows of a table after a key; `None`: there are none.
pub(super) async fn next(
    db: &impl ConnectionTrait,
    table: &str,
    after: i64,
) -> Result<Option<(i64, i64)>, DbErr> {
    let sql = format!(
        "SELECT MIN(id), MAX(id) FROM (SELECT id FROM {table} WHERE id > $1 ORDER BY id LIMIT {AT_ONCE}) AS next"
    );
    let next = Statement::from_sql_and_values(db.get_database_backend(), sql, [after.into()]);
    let Some(row) = db.query_one_raw(next).await? else { return Ok(None) };
    let (first, last): (Option<i64>, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(first.zip(last))
}

async fn batch(db: &impl ConnectionTrait, which: &Which) -> Result<Batch, DbErr> {
    let below =
        async |table: &str, columns: &[&str]| raw::read(db, (table, "resource_id"), columns, which).await;
    Ok(Batch {
        main: raw::read(db, (MAIN, "r.id"), raw::Main::COLUMNS, which).await?,
        contacts: below("contact_point", raw::Contact::COLUMNS).await?,
        services: below("care_service", raw::Service::COLUMNS).await?,
        departments: below("medical_facility_department", raw::Department::COLUMNS).await?,
        tags: below("resource_tag", raw::Tag::COLUMNS).await?,
        served: below("resource_district", raw::Served::COLUMNS).await?,
        schedules: below("schedule", raw::Schedule::COLUMNS).await?,
        identifiers: below("identifier", raw::Identifier::COLUMNS).await?,
    })
}

/// Adds a batch on a thread where nobody waits.
async fn add(mut builder: Builder, batch: Batch) -> Result<Builder, DbErr> {
    let added = tokio::task::spawn_blocking(move || builder.push(&batch).map(|()| builder));
    added.await.map_err(|cause| DbErr::Custom(format!("building the picture broke off: {cause}")))?
}

async fn segment(builder: Builder) -> Result<Segment, DbErr> {
    let built = tokio::task::spawn_blocking(move || builder.build());
    built.await.map_err(|cause| DbErr::Custom(format!("building the picture broke off: {cause}")))
}

/// All resources.
pub(super) async fn everything(db: &impl ConnectionTrait) -> Result<Segment, DbErr> {
    let mut builder = Builder::default();
    let mut range = next(db, "resource", i64::MIN).await?;
    let mut read = None;
    while let Some((first, last)) = range {
        // The database reads the next batch while the one before is added.
        let reading = async {
            let batch = Box::pin(batch(db, &Which::Between(first, last))).await?;
            Ok((batch, next(db, "resource", last).await?))
        };
        let adding = async {
            match read.take() {
                Some(batch) => add(builder, batch).await,
                None => Ok(builder),
            }
        };
        let (next_batch, added): (Result<_, DbErr>, _) = tokio::join!(reading, adding);
        builder = added?;
        let (batch, following) = next_batch?;
        read = Some(batch);
        range = following;
    }
    if let Some(batch) = read {
        builder = add(builder, batch).await?;
    }
    segment(builder).await
}

/// The resources with some keys.
pub(super) async fn some(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = i64>,
) -> Result<Segment, DbErr> {
    let batch = Box::pin(batch(db, &Which::among(ids))).await?;
    if batch.main.len() < SHORT {
        let mut builder = Builder::default();
        builder.push(&batch)?;
        return Ok(builder.build());
    }
    segment(add(Builder::default(), batch).await?).await
}

/// All municipalities and districts.
pub(super) async fn areas(db: &impl ConnectionTrait) -> Result<Areas, DbErr> {
    let municipalities = all::<municipality::Entity>(db).await?;
    let boundaries = all::<municipality_boundary::Entity>(db).await?;
    Areas::new(municipalities, all::<district::Entity>(db).await?, boundaries)
}

async fn all<E: EntityTrait + crate::auth::row_scope::Public>(
    db: &impl ConnectionTrait,
) -> Result<Vec<E::Model>, DbErr> {
    public::<E>().all(db).await
}
